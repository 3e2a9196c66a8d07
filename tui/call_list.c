/* SPDX-License-Identifier: Apache-2.0
 *
 *  DANH SÁCH GỌI ĐIỆN                       Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Mã hồ sơ              Báo việc gì        Điện thoại     Từ ngày      Đã gọi
 *  >H01.999-261120-0007   Có kết quả         0912•••678     20/11/2026   2 lần
 *  …
 *   Nội dung cần báo: Trung tâm … hồ sơ H01.999-261120-0007 đã có kết quả. …
 *  F1 Giúp  Enter Hồ sơ  F4 Hiện số  F6 Đã gọi  F7 Không nghe  F8 Đã gọi/chờ
 */
#include "tui/call_list.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/results.h"
#include "tui/ask.h"
#include "tui/citizen_words.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"

enum { MOST = 300, WORD_ROWS = 4 };

struct calls {
	struct list list;
	const struct call_row *rows;
	struct fresh fresh;
	struct calls_ask ask;
	struct result_act number, mark;
	int64_t shown;               /* the message whose number is in clear      */
	char phone[40];              /* … and that number                         */
	bool called;                 /* who was called is shown, not who is to be */
};

static const char *number_of(const struct calls *c, const struct call_row *r)
{
	return c->shown == r->message_id && *c->phone ? c->phone : *r->phone ? r->phone : _("không có số");
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[40];
	const struct calls *c = owner;
	const struct call_row *r = &c->rows[row];
	switch (column) {
	case 0: out->text = r->code; break;
	case 1: out->text = citizen_kind(r->kind); break;
	case 2:
		out->text = number_of(c, r);
		out->role = ROLE_PERSON;
		break;
	case 3: out->text = day_write(moment_day(r->at), text, sizeof text); break;
	default:
		if (!r->tries)
			return;
		snprintf(text, sizeof text, _("%d lần"), r->tries);
		out->text = text;
		out->role = ROLE_WARN;
		break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct calls *)owner)->rows[row].message_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 23 },
	{ .head = N_("Báo việc gì"), .width = 16 },
	{ .head = N_("Điện thoại"), .width = 14 },
	{ .head = N_("Từ ngày"), .width = 11 },
	{ .head = N_("Không nghe"), .width = 11 },
	{ 0 },
};

static void on_read(struct calls_ask *ask, const struct call_row *rows, int count, const struct error *err)
{
	struct calls *c = ask->owner;
	if (fresh_came(&c->fresh, err)) {
		c->rows = rows;
		list_set_count(&c->list, count);
	}
	fresh_taken(&c->fresh);
}

static void read_now(struct screen *screen)
{
	struct calls *c = screen->state;
	c->ask = (struct calls_ask){ .done = on_read, .into = &c->fresh.coming, .owner = c };
	(c->called ? called_read : calls_read)(duty_store(duty_of(screen)), &screen->scope, &c->ask, MOST);
}

static void calls_open(struct screen *screen, const void *argument)
{
	struct calls *c = screen->state;
	(void)argument;
	c->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = c, .empty = N_("Không còn ai phải gọi.") };
	fresh_open(&c->fresh, screen, read_now);
}

static void calls_close(struct screen *screen)
{
	struct calls *c = screen->state;
	memset(c->phone, 0, sizeof c->phone);
	fresh_close(&c->fresh);
}

static void calls_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct calls *c = screen->state;
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - WORD_ROWS - 2, canvas->cols);
	fresh_list(&c->fresh, (struct list *)&c->list, &rows, true);
	if (!c->list.count)
		return;
	const struct call_row *r = &c->rows[c->list.at];
	struct canvas words = canvas_part(canvas, canvas->rows - WORD_ROWS - 1, 1, WORD_ROWS, canvas->cols - 2);
	canvas_lines(&words, 0, 0, words.cols, ROLE_TEXT, r->words);
	if (*r->note)
		canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_ERROR, citizen_note(r->note));
}

static const struct call_row *row_at(const struct screen *screen)
{
	const struct calls *c = screen->state;
	return c->list.count ? &c->rows[c->list.at] : NULL;
}

/* Whose number was shown is masked again when the cursor goes on. */
static bool calls_handle(struct screen *screen, const struct event *event)
{
	struct calls *c = screen->state;
	if (list_handle(&c->list, event)) {
		if (c->list.count && c->rows[c->list.at].message_id != c->shown)
			c->shown = 0;
		return true;
	}
	if (!event_is(event, K_ENTER, 0) || !c->list.count)
		return false;
	if (!c->rows[c->list.at].dossier_id)
		desk_say(screen->desk, FAULT_NONE, "%s", _("Hồ sơ nộp trực tuyến này chưa được tiếp nhận: xem ở danh sách Hồ sơ trực tuyến."));
	else
		screen_push(screen->desk, &dossier_screen, &(int64_t){ c->rows[c->list.at].dossier_id });
	return true;
}

static void calls_resume(struct screen *screen)
{
	fresh_read(&((struct calls *)screen->state)->fresh);
}

/* ---- the number, the marks ---- */

static void on_number(struct result_act *act, const char *value, const struct error *err)
{
	struct calls *c = act->owner;
	if (err) {
		desk_tell(c->fresh.screen->desk, err);
		c->shown = 0;
		return;
	}
	snprintf(c->phone, sizeof c->phone, "%s", value);
	desk_say(c->fresh.screen->desk, FAULT_NONE, "%s", _("Lần xem này được ghi vào nhật ký truy cập."));
	screen_dirty(c->fresh.screen);
}

static bool may(const struct screen *screen)
{
	return row_at(screen) != NULL && !((const struct calls *)screen->state)->called;
}

static bool may_again(const struct screen *screen)
{
	return row_at(screen) != NULL && ((const struct calls *)screen->state)->called;
}

static void run_show(struct screen *screen)
{
	struct calls *c = screen->state;
	if (c->number.ask.slot)
		return;
	c->shown = row_at(screen)->message_id;
	c->phone[0] = '\0';
	c->number = (struct result_act){ .done = on_number, .owner = c };
	result_number(duty_store(duty_of(screen)), &screen->scope, &c->number, c->shown);
}

static void on_marked(struct result_act *act, const char *value, const struct error *err)
{
	struct calls *c = act->owner;
	(void)value;
	if (err)
		desk_tell(c->fresh.screen->desk, err);
	else
		desk_say(c->fresh.screen->desk, FAULT_NONE, "%s", _("Đã ghi."));
	fresh_read(&c->fresh);
}

static void mark(struct screen *screen, const char *outcome)
{
	struct calls *c = screen->state;
	if (c->mark.ask.slot)
		return;
	c->mark = (struct result_act){ .done = on_marked, .owner = c };
	result_called(duty_store(duty_of(screen)), &screen->scope, &c->mark, row_at(screen)->message_id, outcome, "");
}

static void run_done(struct screen *screen)
{
	mark(screen, "done");
}

static void run_no_answer(struct screen *screen)
{
	mark(screen, "no_answer");
}

/* The mark was a mistake: it waits for its call again. */
static void run_again(struct screen *screen)
{
	mark(screen, "reopened");
}

static void run_turn(struct screen *screen)
{
	struct calls *c = screen->state;
	c->called = !c->called;
	c->shown = 0;
	list_set_count(&c->list, 0);
	c->list.empty = c->called ? N_("Bảy ngày qua chưa ghi gọi ai.") : N_("Không còn ai phải gọi.");
	screen->title = c->called ? _("ĐÃ GỌI TRONG BẢY NGÀY") : NULL;
	fresh_other(&c->fresh);
}

static const struct action actions[] = {
	{ "call-show", "F4", N_("Hiện số"), N_("Hiện số điện thoại của dòng đang chọn; lần xem được ghi lại."), may, run_show },
	{ "call-done", "F6", N_("Đã gọi"), N_("Đã báo được công dân: dòng rời danh sách."), may, run_done },
	{ "call-no-answer", "F7", N_("Không nghe"), N_("Gọi mà không nghe máy: dòng xuống cuối, gọi lại sau."), may, run_no_answer },
	{ "call-turn", "F8", N_("Đã gọi/chờ"), N_("Xem những người đã ghi là đã gọi trong bảy ngày, hay những người chờ gọi."), NULL, run_turn },
	{ "call-again", "F9", N_("Lấy lại"), N_("Ghi nhầm là đã gọi: đưa dòng đang chọn về danh sách chờ gọi."), may_again, run_again },
	{ 0 },
};

static void calls_about(const struct screen *screen, struct about *about)
{
	const struct call_row *r = row_at(screen);
	if (!r)
		return;
	about->dossier_id = r->dossier_id;
	about->dossier = r->code;
}

const struct screen_kind call_list_screen = {
	.name = "calls",
	.title = N_("DANH SÁCH GỌI ĐIỆN"),
	.help = N_("Công dân cần được báo mà đơn vị không có cổng nhắn tin, hoặc cổng không gửi tới được.\n"
	           "F4 hiện số (ghi nhật ký), gọi, rồi F6 đã gọi hoặc F7 không nghe máy. Enter mở hồ sơ.\n"
	           "Ghi nhầm đã gọi: F8 xem những người đã gọi, F9 đưa về danh sách."),
	.actions = actions,
	.size = sizeof(struct calls),
	.open = calls_open,
	.draw = calls_draw,
	.handle = calls_handle,
	.resume = calls_resume,
	.close = calls_close,
	.about = calls_about,
};
