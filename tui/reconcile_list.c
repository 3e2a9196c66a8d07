/* SPDX-License-Identifier: Apache-2.0
 *
 *  CHÊNH LỆCH — HỆ THỐNG TẬP TRUNG CỦA BỘ TƯ PHÁP
 *   Điều gì         Mã hồ sơ               Ở đây            Bên kia          Việc
 * > Bên kia thiếu   H01.999-261120-0007    Được tiếp nhận   —                chưa xem
 *   Khác trạng thái H01.999-261120-0009    Được tiếp nhận   Đang xử lý       đã hỏi lại
 *  …
 *   nhận 20/11/2026 09:41 · còn chờ gửi
 *  F1 Giúp  F4 Gửi lại  F5 Hỏi lại  F6 Nhận việc  F7 Giải thích  Enter Mở  Esc Về
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/lifecycle.h"
#include "core/store/reconcile.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/program.h"
#include "tui/reconcile_screen.h"

enum { MOST = 1000, NOTE_ROWS = 3 };

struct differences {
	struct list list;
	const char *system, *system_name;
	const struct reconcile_difference *rows;
	struct fresh fresh;
	struct reconcile_ask ask, repair_ask;
	int64_t explained; /* the difference whose reason is being written */
};

static const char *label(const char *word)
{
	static const struct {
		const char *word, *label;
	} labels[] = {
		{ "missing_there", N_("Bên kia thiếu") }, { "missing_here", N_("Ở đây thiếu") },
		{ "status", N_("Khác trạng thái") },      { "double", N_("Trùng bên kia") },
		{ "open", N_("chưa xem") },               { "sent", N_("đã gửi lại") },
		{ "asked", N_("đã hỏi lại") },            { "taken", N_("có người nhận") },
		{ "explained", N_("đã giải thích") },
	};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].word, word) == 0)
			return _(labels[i].label);
	return word;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct reconcile_difference *d = &((const struct differences *)owner)->rows[row];
	bool settled = strcmp(d->state, "explained") == 0;
	switch (column) {
	case 0:
		out->text = label(d->kind);
		out->role = settled ? ROLE_DIM : ROLE_ERROR;
		break;
	case 1: out->text = d->code; break;
	case 2: out->text = d->our_status ? status_name(d->our_status) : "—"; break;
	case 3:
		out->text = d->their_status ? status_name(d->their_status)
		            : *d->their_word ? d->their_word
		                             : "—";
		break;
	default:
		out->text = label(d->state);
		out->role = strcmp(d->state, "open") == 0 ? ROLE_WARN : ROLE_DIM;
		break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct differences *)owner)->rows[row].difference_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Điều gì"), .width = 15 },
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Ở đây"), .width = 13 },
	{ .head = N_("Bên kia"), .width = 0 },
	{ .head = N_("Việc"), .width = 13 },
	{ 0 },
};

static void on_read(struct reconcile_ask *ask, const void *rows, int count, const struct error *err)
{
	struct differences *x = ask->owner;
	if (fresh_came(&x->fresh, err)) {
		x->rows = rows;
		list_set_count(&x->list, count);
	}
	fresh_taken(&x->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "reconcile") == 0 || strcmp(what, "again") == 0;
}

static void read_now(struct screen *screen)
{
	struct differences *x = screen->state;
	x->ask = (struct reconcile_ask){ .done = on_read, .into = &x->fresh.coming, .owner = x };
	reconcile_differences(duty_store(duty_of(screen)), &screen->scope, &x->ask, x->system,
	                      MOST);
}

static void differences_open(struct screen *screen, const void *argument)
{
	const struct reconcile_list_plan *plan = argument;
	struct differences *x = screen->state;
	x->system = arena_string(&screen->arena, plan->system);
	x->system_name = arena_string(&screen->arena, plan->system_name);
	screen->title = text_upper(&screen->arena,
	                           arena_format(&screen->arena, _("Chênh lệch — %s"), plan->system_name));
	x->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = x,
		.empty = N_("Lần đối chiếu cuối không thấy chênh lệch nào.") };
	x->fresh.heeds = heeds;
	fresh_open(&x->fresh, screen, read_now);
}

static void differences_close(struct screen *screen)
{
	fresh_close(&((struct differences *)screen->state)->fresh);
}

static const struct reconcile_difference *chosen(const struct screen *screen)
{
	const struct differences *x = screen->state;
	return x->list.count ? &x->rows[x->list.at] : NULL;
}

static void draw_note(const struct reconcile_difference *d, struct canvas *canvas)
{
	char at[32], line[600];
	snprintf(line, sizeof line, "%s%s%s%s%s%s",
	         d->received_at == MOMENT_NONE ? "" : _("nhận "),
	         d->received_at == MOMENT_NONE ? "" : moment_write(d->received_at, at, sizeof at),
	         *d->foreign_code ? _(" · mã bên kia ") : "", d->foreign_code, *d->why ? " · " : "",
	         d->why);
	int row = canvas_lines(canvas, 0, 0, canvas->cols, ROLE_TEXT, line);
	if (d->at != MOMENT_NONE)
		canvas_format(canvas, row, 0, ROLE_DIM, "%s · %s%s%s", moment_write(d->at, at, sizeof at),
		              d->by_name, *d->reason ? ": " : "", d->reason);
}

static void differences_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct differences *x = screen->state;
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - NOTE_ROWS - 1, canvas->cols);
	fresh_list(&x->fresh, (struct list *)&x->list, &rows, true);
	if (!x->list.count)
		return;
	struct canvas note = canvas_part(canvas, canvas->rows - NOTE_ROWS, 1, NOTE_ROWS,
	                                 canvas->cols - 2);
	draw_note(chosen(screen), &note);
}

static bool differences_handle(struct screen *screen, const struct event *event)
{
	struct differences *x = screen->state;
	if (list_handle(&x->list, event))
		return true;
	const struct reconcile_difference *d = chosen(screen);
	if (!event_is(event, K_ENTER, 0) || !d)
		return false;
	if (d->dossier_id)
		screen_push(screen->desk, &dossier_screen, &d->dossier_id);
	else
		desk_say(screen->desk, FAULT_INPUT, "%s",
		         _("Hồ sơ này chưa có ở đây: F6 nhận việc tìm hiểu, F7 giải thích."));
	return true;
}

static void differences_resume(struct screen *screen)
{
	fresh_read(&((struct differences *)screen->state)->fresh);
}

/* ---- repairs ---- */

static void on_repaired(struct reconcile_ask *ask, const void *rows, int count,
                        const struct error *err)
{
	struct differences *x = ask->owner;
	(void)rows, (void)count;
	if (err)
		ask_refused(x->fresh.screen, err);
	fresh_read(&x->fresh);
}

static void repair(struct screen *screen, int64_t id, const char *act, const char *reason)
{
	struct differences *x = screen->state;
	if (x->repair_ask.ask.slot)
		return;
	x->repair_ask = (struct reconcile_ask){ .done = on_repaired, .owner = x };
	reconcile_repair(duty_store(duty_of(screen)), &screen->scope, &x->repair_ask, id, act, reason);
}

static bool may_send(const struct screen *screen)
{
	const struct reconcile_difference *d = chosen(screen);
	return d && d->dossier_id && strcmp(d->kind, "double") != 0;
}

static bool may_ask(const struct screen *screen)
{
	const struct reconcile_difference *d = chosen(screen);
	return d && d->dossier_id;
}

static bool may_any(const struct screen *screen)
{
	return chosen(screen) != NULL;
}

static void on_sure(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (yes && chosen(screen))
		repair(screen, ((struct differences *)screen->state)->explained, "send", "");
}

static void run_send(struct screen *screen)
{
	struct differences *x = screen->state;
	char question[300];
	x->explained = chosen(screen)->difference_id;
	snprintf(question, sizeof question,
	         _("Gửi lại hồ sơ %s tới %s? Chương trình hỏi bên kia trước khi gửi."),
	         chosen(screen)->code, x->system_name);
	ask_yes(screen, question, false, on_sure, NULL);
}

static void run_ask(struct screen *screen)
{
	repair(screen, chosen(screen)->difference_id, "ask", "");
	desk_say(screen->desk, FAULT_NONE, "%s", _("Sẽ hỏi bên kia hồ sơ này trước các hồ sơ khác."));
}

static void run_take(struct screen *screen)
{
	repair(screen, chosen(screen)->difference_id, "take", "");
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		repair(screen, ((struct differences *)screen->state)->explained, "explain", text);
}

static void run_explain(struct screen *screen)
{
	struct differences *x = screen->state;
	x->explained = chosen(screen)->difference_id;
	ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao có chênh lệch này? (giữ lại cho các lần đối chiếu sau)"),
	                                         .max = 500 }, on_reason, NULL);
}

static const struct action actions[] = {
	{ "difference-send", "F4", N_("Gửi lại"), N_("Gửi lại hồ sơ tới hệ thống này; hỏi bên kia trước khi gửi."), may_send, run_send },
	{ "difference-ask", "F5", N_("Hỏi lại"), N_("Hỏi bên kia về hồ sơ này trước các hồ sơ khác."), may_ask, run_ask },
	{ "difference-take", "F6", N_("Nhận việc"), N_("Nhận việc tìm hiểu chênh lệch này."), may_any, run_take },
	{ "difference-explain", "F7", N_("Giải thích"), N_("Ghi vì sao có chênh lệch; nó không hiện lại như việc mới."),
	  may_any, run_explain },
	{ 0 },
};

const struct screen_kind reconcile_list_screen = {
	.name = "differences",
	.title = N_("CHÊNH LỆCH"),
	.help = N_("Những hồ sơ mà danh sách ở đây và bên kia khác nhau, theo lần đối chiếu cuối. Mỗi dòng có phím sửa:\n"
	           "F4 gửi lại, F5 hỏi lại, F6 nhận việc, F7 ghi lời giải thích, Enter mở hồ sơ."),
	.actions = actions,
	.size = sizeof(struct differences),
	.open = differences_open,
	.draw = differences_draw,
	.handle = differences_handle,
	.resume = differences_resume,
	.close = differences_close,
};
