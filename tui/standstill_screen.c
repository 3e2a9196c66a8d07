/* SPDX-License-Identifier: Apache-2.0
 *
 *  MẤT ĐIỆN, NGỪNG VIỆC                     Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 14:41
 *   Loại       Từ                Đến               Chuyện gì
 * > mất điện   20/11/2026 09:00  20/11/2026 11:00  Mất điện cả xã
 *  ────────────────────────────────────────────────────────────────────────────
 *   2 hồ sơ mất giờ làm việc: người phụ trách F9 lùi ngày hẹn như dưới đây.
 *   H01.999-261120-0007   24/11/2026 17:00 → 25/11/2026 10:00   mất 2 giờ 0 phút
 *  F1 Giúp  F5 Ghi sự cố  F6 Đã hết  F8 Ghi sai  F9 Lùi hẹn  Esc Về
 */
#include "tui/standstill_own.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/blanks.h"
#include "tui/program.h"

enum { MOST = 100, MOVES_MOST = 1000, TOP_ROWS = 8 };

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[32];
	const struct standstill *one = &((const struct standing *)owner)->rows[row];
	switch (column) {
	case 0: out->text = standstill_name(one->kind); break;
	case 1: out->text = moment_write(one->from, text, sizeof text); break;
	case 2:
		out->text = one->to == MOMENT_NONE ? _("! chưa hết") : moment_write(one->to, text, sizeof text);
		out->role = one->to == MOMENT_NONE ? ROLE_WARN : ROLE_TEXT;
		break;
	default: out->text = one->story;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct standing *)owner)->rows[row].standstill_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Loại"), .width = 10 },
	{ .head = N_("Từ"), .width = 16 },
	{ .head = N_("Đến"), .width = 16 },
	{ .head = N_("Chuyện gì"), .width = 0 },
	{ 0 },
};

static void move_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[40];
	const struct due_move *one = &((const struct standing *)owner)->moves[row];
	switch (column) {
	case 0: out->text = one->code; break;
	case 1: out->text = moment_write(one->old_due, text, sizeof text); break;
	case 2: out->text = moment_write(one->new_due, text, sizeof text); break;
	case 3:
		snprintf(text, sizeof text, _("%d giờ %d phút"), one->minutes / 60, one->minutes % 60);
		out->text = text;
		break;
	default: out->text = one->procedure_name;
	}
}

static const struct list_column move_columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Đang hẹn"), .width = 16 },
	{ .head = N_("Lùi đến"), .width = 16 },
	{ .head = N_("Mất"), .width = 16 },
	{ .head = N_("Thủ tục"), .width = 0, .from = 100 },
	{ 0 },
};

/* ---- reading ---- */

static void read_moves(struct standing *s);

static void on_moves(struct due_moves_ask *ask, const struct due_move *moves, int count, const struct error *err)
{
	struct standing *s = ask->owner;
	if (err) {
		desk_tell(s->fresh.screen->desk, err);
		arena_free(&s->moves_coming);
		return;
	}
	arena_free(&s->moves_memory);
	s->moves_memory = s->moves_coming;
	s->moves_coming = (struct arena){ 0 };
	s->moves = moves;
	s->moves_known = true;
	list_set_count(&s->moves_list, count);
	screen_dirty(s->fresh.screen);
}

/* Of the incident under the cursor, when it is over; an answer on its way for another one is forgotten. */
static void read_moves(struct standing *s)
{
	const struct standstill *one = standing_here(s);
	struct screen *screen = s->fresh.screen;
	ask_forget(&s->moves_ask.ask);
	arena_free(&s->moves_coming);
	s->moves_known = false;
	list_set_count(&s->moves_list, 0);
	s->moves_of = one && one->to != MOMENT_NONE ? one->standstill_id : 0;
	if (!s->moves_of)
		return;
	s->moves_ask = (struct due_moves_ask){ .done = on_moves, .into = &s->moves_coming, .owner = s };
	due_moves_read(duty_store(duty_of(screen)), &screen->scope, &s->moves_ask, "standstill", s->moves_of, MOVES_MOST);
}

static void on_read(struct blanks_ask *ask, const struct error *err)
{
	struct standing *s = ask->owner;
	if (fresh_came(&s->fresh, err)) {
		s->rows = ask->standstills;
		list_set_count(&s->list, ask->count);
		read_moves(s);
	}
	fresh_taken(&s->fresh);
}

static void read_now(struct screen *screen)
{
	struct standing *s = screen->state;
	s->read = (struct blanks_ask){ .done = on_read, .into = &s->fresh.coming, .owner = s };
	standstills_read(duty_store(duty_of(screen)), &screen->scope, &s->read, MOST);
}

/* ---- the screen ---- */

static void standing_open(struct screen *screen, const void *argument)
{
	struct standing *s = screen->state;
	(void)argument;
	s->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = s, .empty = N_("Chưa ghi sự cố nào. F5 ghi một lần mất điện, mất mạng.") };
	s->moves_list = (struct list){ .columns = move_columns, .cell = move_cell, .owner = s, .beside = true };
	fresh_open(&s->fresh, screen, read_now);
}

static void standing_close(struct screen *screen)
{
	struct standing *s = screen->state;
	fresh_close(&s->fresh);
	arena_free(&s->told_memory);
	arena_free(&s->moves_memory);
	arena_free(&s->moves_coming);
}

static void standing_draw(const struct screen *screen, struct canvas *canvas)
{
	struct standing *s = screen->state;
	struct canvas top = canvas_part(canvas, 0, 0, TOP_ROWS, canvas->cols);
	struct canvas rest = canvas_part(canvas, TOP_ROWS + 2, 0, canvas->rows - TOP_ROWS - 2, canvas->cols);
	const struct standstill *one = standing_here(s);
	fresh_list(&s->fresh, &s->list, &top, true);
	canvas_rule(canvas, TOP_ROWS, ROLE_DIM);
	if (!one)
		return;
	if (one->to == MOMENT_NONE)
		canvas_text(canvas, TOP_ROWS + 1, 1, ROLE_WARN, _("Chưa hết: có lại thì F6 ghi giờ, rồi mới tính lại ngày hẹn."));
	else if (s->moves_known && !s->moves_list.count)
		canvas_text(canvas, TOP_ROWS + 1, 1, ROLE_DIM, _("Không hồ sơ nào mất giờ làm việc vì sự cố này, hoặc đã tính lại rồi."));
	else if (s->moves_known)
		canvas_format(canvas, TOP_ROWS + 1, 1, ROLE_TEXT, _("%d hồ sơ mất giờ làm việc: người phụ trách F9 lùi ngày hẹn như dưới đây."), s->moves_list.count);
	if (s->moves_list.count)
		list_draw(&s->moves_list, &rest, false);
}

static bool standing_handle(struct screen *screen, const struct event *event)
{
	struct standing *s = screen->state;
	int was = s->list.at;
	if (list_handle(&s->list, event)) {
		if (s->list.at != was)
			read_moves(s);
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static const struct action actions[] = {
	{ "standstill-new", "F5", N_("Ghi sự cố"), N_("Ghi một lần mất điện, mất mạng: từ lúc nào, đến lúc nào."), NULL, standing_new },
	{ "standstill-end", "F6", N_("Đã hết"), N_("Ghi giờ có lại của sự cố đang chọn."), standing_may_end, standing_end },
	{ "standstill-void", "F8", N_("Ghi sai"), N_("Bỏ sự cố ghi sai đang chọn, ngày hẹn nó đã lùi trở lại như trước; người phụ trách."), standing_may_void, standing_void },
	{ "standstill-due", "F9", N_("Lùi hẹn"), N_("Lùi ngày hẹn của các hồ sơ mất giờ làm việc, đúng như danh sách; người phụ trách."), standing_may_move, standing_move },
	{ 0 },
};

const struct screen_kind standstill_screen = {
	.name = "standstills",
	.title = N_("MẤT ĐIỆN, NGỪNG VIỆC"),
	.help = N_("Cả đơn vị ngừng việc: mất điện, mất mạng, mất cơ sở dữ liệu. Ghi từ lúc nào đến lúc nào; phần dưới cho thấy hồ sơ nào mất bao nhiêu giờ làm việc, ngày hẹn "
	           "lùi đến đâu. Giờ nghỉ, giờ chờ công dân và giờ đã tính cho sự cố khác không tính. Người phụ trách F9 mới đổi, mỗi sự cố một lần.\n"
	           "Hệ thống bên ngoài ngừng: Ctrl-P sự cố, F7."),
	.actions = actions,
	.size = sizeof(struct standing),
	.open = standing_open,
	.draw = standing_draw,
	.handle = standing_handle,
	.close = standing_close,
};
