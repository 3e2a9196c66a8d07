/* SPDX-License-Identifier: Apache-2.0
 *
 *  THÊM VÀO CHUYẾN                          Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *     Mã hồ sơ              Gửi gì    Gửi ai                    Giấy  Chuyển trước
 * > ■ H01.999-261120-0007   hồ sơ     UBND xã Tri Tôn              2  ! 20/11 17:00
 *  Đã đánh dấu 1 hồ sơ. F9 thêm vào chuyến.
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/consign.h"
#include "core/store/seal.h"
#include "tui/consign_screen.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/marks.h"
#include "tui/program.h"

enum { MOST = 200 };

struct picking {
	struct consign_pick plan;
	struct list list;
	const struct consign_row *rows;
	struct marks marks;
	struct arena memory;
	struct consign_rows_ask ask;
	struct consign_act act;
	char request[37];
	struct screen *screen;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[32];
	const struct picking *p = owner;
	const struct consign_row *one = &p->rows[row];
	bool late = one->hand_until != MOMENT_NONE && one->hand_until < desk_now(p->screen->desk);
	switch (column) {
	case 0:
		if (!*one->lies) {
			marks_cell(&p->marks, row, out);
			break;
		}
		out->text = "–";
		out->role = ROLE_DIM;
		break;
	case 1: out->text = one->code; break;
	case 2: out->text = strcmp(one->what, "result") == 0 ? _("kết quả") : _("hồ sơ"); break;
	case 3:
		out->text = one->person;
		out->role = ROLE_PERSON;
		break;
	case 4:
		snprintf(text, sizeof text, "%d", one->papers);
		out->text = text;
		break;
	default:
		snprintf(text, sizeof text, "%s", late ? "! " : "");
		if (one->hand_until != MOMENT_NONE)
			moment_write(one->hand_until, text + strlen(text), sizeof text - strlen(text));
		out->text = text;
		out->role = late ? ROLE_LATE : ROLE_TEXT;
	}
}

static const struct list_column columns[] = {
	{ .head = NULL, .width = 1 },
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Gửi gì"), .width = 8 },
	{ .head = N_("Gửi ai"), .width = 0 },
	{ .head = N_("Giấy"), .width = 4, .right = true },
	{ .head = N_("Chuyển trước"), .width = 18 },
	{ 0 },
};

static void count_aloud(struct picking *p)
{
	int n = marks_count(&p->marks, &p->list);
	p->screen->status = n ? arena_format(&p->screen->arena, _("Đã đánh dấu %d hồ sơ. F9 thêm vào chuyến."), n) : _("Phím cách đánh dấu; F5 đánh dấu tất cả.");
	screen_dirty(p->screen);
}

static void on_rows(struct consign_rows_ask *ask, const struct consign_row *rows, int count, const struct error *err)
{
	struct picking *p = ask->owner;
	if (err) {
		p->list.empty = N_("Chưa đọc được: Esc, mở lại.");
		desk_tell(p->screen->desk, err);
		return;
	}
	p->list.empty = N_("Không còn gì phải gửi đi theo chuyến này.");
	p->rows = rows;
	marks_start(&p->marks, &p->memory, count);
	list_set_count(&p->list, count);
	count_aloud(p);
}

static void pick_open(struct screen *screen, const void *argument)
{
	struct picking *p = screen->state;
	p->plan = *(const struct consign_pick *)argument;
	p->plan.agency = arena_string(&screen->arena, p->plan.agency);
	p->screen = screen;
	seal_uuid(p->request);
	p->list = (struct list){ .columns = columns, .cell = cell, .owner = p, .empty = N_("Đang đọc…") };
	p->ask = (struct consign_rows_ask){ .done = on_rows, .into = &p->memory, .owner = p };
	consign_rows_read(duty_store(duty_of(screen)), &screen->scope, &p->ask, p->plan.post, p->plan.agency, MOST);
}

static void pick_close(struct screen *screen)
{
	arena_free(&((struct picking *)screen->state)->memory);
}

static void on_added(struct consign_act *act, int64_t id, const struct error *err)
{
	struct picking *p = act->owner;
	(void)id;
	if (err)
		desk_tell(p->screen->desk, err);
	else
		screen_pop(p->screen);
}

static bool may_add(const struct screen *screen)
{
	const struct picking *p = screen->state;
	return marks_count(&p->marks, &p->list) > 0;
}

static void run_add(struct screen *screen)
{
	struct picking *p = screen->state;
	int64_t ids[MOST];
	const char *what[MOST];
	int n = 0;
	if (p->act.ask.slot)
		return;
	for (int i = 0; i < p->list.count && n < MOST; i++)
		if (p->marks.on[i]) {
			ids[n] = p->rows[i].dossier_id;
			what[n++] = p->rows[i].what;
		}
	p->act = (struct consign_act){ .done = on_added, .owner = p };
	consign_add_all(duty_store(duty_of(screen)), &screen->scope, &p->act, p->request, p->plan.consignment, ids, what, n);
}

static void run_all(struct screen *screen)
{
	struct picking *p = screen->state;
	int may = 0;
	for (int i = 0; i < p->list.count; i++)
		may += !*p->rows[i].lies;
	bool all = marks_count(&p->marks, &p->list) < may;
	for (int i = 0; i < p->list.count; i++)
		p->marks.on[i] = all && !*p->rows[i].lies;
	count_aloud(p);
}

static void pick_draw(const struct screen *screen, struct canvas *canvas)
{
	struct picking *p = screen->state;
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - 2, canvas->cols);
	list_draw(&p->list, &rows, true);
	if (!p->list.count)
		return;
	const struct consign_row *one = &p->rows[p->list.at];
	char line[900];
	snprintf(line, sizeof line, "%s%s%s", one->procedure_name, *one->address ? " · " : "", one->address);
	canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, *one->lies ? ROLE_WARN : ROLE_DIM, *one->lies ? one->lies : line);
}

static bool pick_handle(struct screen *screen, const struct event *event)
{
	struct picking *p = screen->state;
	if (event->kind == EVENT_TEXT && strcmp(event->text, " ") == 0 && p->list.count && *p->rows[p->list.at].lies) {
		desk_say(screen->desk, FAULT_INPUT, "%s", p->rows[p->list.at].lies);
		return true;
	}
	if (marks_handle(&p->marks, &p->list, event)) {
		count_aloud(p);
		return true;
	}
	if (list_handle(&p->list, event))
		return true;
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static const struct action actions[] = {
	{ "consign-pick-all", "F5", N_("Tất cả"), N_("Đánh dấu tất cả, hoặc bỏ đánh dấu."), NULL, run_all },
	{ "consign-pick", "F9", N_("Thêm"), N_("Thêm những hồ sơ đã đánh dấu vào chuyến."), may_add, run_add },
	{ 0 },
};

const struct screen_kind consign_pick_screen = {
	.name = "consign-pick",
	.title = N_("THÊM VÀO CHUYẾN"),
	.help = N_("Hồ sơ nhận hộ còn giấy tờ phải chuyển, kết quả trả ở nơi khác, kết quả công dân nhận qua bưu chính. Phím cách đánh dấu, F9 thêm.\n"
	           "Kết quả gửi công dân phải có bản điện tử trước khi gửi."),
	.actions = actions,
	.size = sizeof(struct picking),
	.open = pick_open,
	.draw = pick_draw,
	.handle = pick_handle,
	.close = pick_close,
};
