/* SPDX-License-Identifier: Apache-2.0
 *
 *  MẤT ĐIỆN, NGỪNG VIỆC                     Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 14:41
 *   Loại       Từ                Đến               Chuyện gì
 * > mất điện   20/11/2026 09:00  20/11/2026 11:00  Mất điện cả xã
 *  ────────────────────────────────────────────────────────────────────────────
 *   2 hồ sơ mất giờ làm việc: người phụ trách F9 lùi ngày hẹn như dưới đây.
 *   H01.999-261120-0007   24/11/2026 17:00 → 25/11/2026 10:00   mất 2 giờ 0 phút
 *  F1 Giúp  F5 Ghi sự cố  F6 Đã hết  F9 Lùi hẹn  Esc Về
 */
#include "tui/standstill_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "core/store/blanks.h"
#include "core/store/stand.h"
#include "tui/ask.h"
#include "tui/blanks.h"
#include "tui/desk.h"
#include "tui/fresh.h"
#include "tui/later_entry.h"
#include "tui/list.h"
#include "tui/program.h"

enum { MOST = 100, MOVES_MOST = 1000, TOP_ROWS = 8 };

struct standing {
	struct fresh fresh;
	struct list list, moves_list;
	const struct standstill *rows;
	struct blanks_ask read, tell;
	struct arena told_memory;
	const struct due_move *moves;
	struct due_moves_ask moves_ask;
	struct arena moves_memory, moves_coming;
	int64_t moves_of;        /* of which incident moves are, or are being read; 0: none */
	bool moves_known;
	struct handover_ask act;
	/* What is being told: */
	int kind;
	char story[400];
	moment_t from;
	int64_t about;
};

static const char *const kinds[] = { "power", "network", "database", "other" };
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct standstill *here(const struct standing *s)
{
	return s->list.count ? &s->rows[s->list.at] : NULL;
}

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
	const struct standstill *one = here(s);
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

/* ---- telling ---- */

static moment_t typed(const struct screen *screen, const char *text)
{
	day_t today = desk_today(screen->desk);
	return typed_moment(text, today, today);
}

static const char *check_past(struct screen *screen, const char *text, void *data)
{
	moment_t now = desk_now(screen->desk), at = typed(screen, text);
	(void)data;
	return at != MOMENT_NONE && at <= now ? NULL : _("Gõ giờ, ngày đã qua, ví dụ 0915, 09:15 20/11 hoặc 9h15 hôm qua.");
}

static const char *check_end(struct screen *screen, const char *text, void *data)
{
	const struct standing *s = screen->state;
	moment_t at = typed(screen, text);
	if (!*text && !data)
		return NULL;
	const char *wrong = check_past(screen, text, NULL);
	return wrong ? wrong : at > s->from ? NULL : _("Sự cố phải hết sau khi bắt đầu.");
}

static void on_told(struct blanks_ask *ask, const struct error *err)
{
	struct standing *s = ask->owner;
	if (err)
		ask_refused(s->fresh.screen, err);
	fresh_read(&s->fresh);
}

static void on_to(struct screen *screen, const char *text, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!text || ask_busy(screen, s->tell.ask.slot))
		return;
	arena_free(&s->told_memory);
	s->tell = (struct blanks_ask){ .done = on_told, .into = &s->told_memory, .owner = s };
	standstill_tell(duty_store(duty_of(screen)), &screen->scope, &s->tell, kinds[s->kind], s->story, s->from,
	                *text ? typed(screen, text) : MOMENT_NONE);
}

static void on_from(struct screen *screen, const char *text, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!text)
		return;
	s->from = typed(screen, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Có lại lúc nào? (chưa hết thì để trống, hết rồi F6)"), .plain = true, .max = 20, .check = check_end }, on_to, NULL);
}

static const char *check_story(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi sự cố là gì.");
}

static void on_story(struct screen *screen, const char *text, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!text)
		return;
	snprintf(s->story, sizeof s->story, "%s", text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Từ lúc nào? (0915, 09:15 20/11, 9h15 hôm qua)"), .plain = true, .max = 20, .check = check_past }, on_from, NULL);
}

static void on_kind(struct screen *screen, int choice, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (choice < 0)
		return;
	s->kind = choice;
	ask_for_text(screen, &(struct ask_text){ .question = _("Chuyện gì? (ghi vào từng hồ sơ được lùi hẹn)"), .max = 100, .check = check_story }, on_story, NULL);
}

static void run_new(struct screen *screen)
{
	const char *choices[KINDS];
	for (int i = 0; i < KINDS; i++)
		choices[i] = standstill_name(kinds[i]);
	ask_choice(screen, _("Sự cố gì?"), choices, KINDS, 0, on_kind, NULL);
}

/* ---- its end, and what follows ---- */

static void on_acted(struct handover_ask *ask, int64_t id, const struct error *err)
{
	struct standing *s = ask->owner;
	(void)id;
	if (err)
		ask_refused(s->fresh.screen, err);
	fresh_read(&s->fresh);
}

static void on_moved(struct handover_ask *ask, int64_t count, const struct error *err)
{
	struct standing *s = ask->owner;
	if (!err)
		desk_say(s->fresh.screen->desk, FAULT_NONE, _("Đã tính lại ngày hẹn của %d hồ sơ; các hệ thống được báo."), (int)count);
	on_acted(ask, count, err);
}

static void on_end(struct screen *screen, const char *text, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!text || ask_busy(screen, s->act.ask.slot))
		return;
	s->act = (struct handover_ask){ .done = on_acted, .owner = s };
	standstill_end(duty_store(duty_of(screen)), &screen->scope, &s->act, s->about, typed(screen, text));
}

static bool may_end(const struct screen *screen)
{
	const struct standstill *one = here(screen->state);
	return one && one->to == MOMENT_NONE;
}

static void run_end(struct screen *screen)
{
	struct standing *s = screen->state;
	s->about = here(s)->standstill_id;
	s->from = here(s)->from;
	ask_for_text(screen, &(struct ask_text){ .question = _("Có lại lúc nào? (0915, hoặc 09:15 20/11/2026)"), .plain = true, .max = 20, .check = check_end }, on_end, s);
}

static void on_yes(struct screen *screen, bool yes, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!yes || s->act.ask.slot)
		return;
	s->act = (struct handover_ask){ .done = on_moved, .owner = s };
	incident_due(duty_store(duty_of(screen)), &screen->scope, &s->act, "standstill", s->about, true);
}

static bool may_move(const struct screen *screen)
{
	const struct standing *s = screen->state;
	return s->moves_known && s->moves_list.count && duty_of(screen)->facts->is_supervisor;
}

static void run_move(struct screen *screen)
{
	struct standing *s = screen->state;
	struct arena arena = { 0 };
	s->about = s->moves_of;
	ask_yes(screen, arena_format(&arena, _("Lùi ngày hẹn của %d hồ sơ đúng bằng số giờ làm việc đã mất, ghi vào từng hồ sơ và báo các hệ thống?"), s->moves_list.count), true,
	        on_yes, NULL);
	arena_free(&arena);
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
	const struct standstill *one = here(s);
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
	{ "standstill-new", "F5", N_("Ghi sự cố"), N_("Ghi một lần mất điện, mất mạng: từ lúc nào, đến lúc nào."), NULL, run_new },
	{ "standstill-end", "F6", N_("Đã hết"), N_("Ghi giờ có lại của sự cố đang chọn."), may_end, run_end },
	{ "standstill-due", "F9", N_("Lùi hẹn"), N_("Lùi ngày hẹn của các hồ sơ mất giờ làm việc, đúng như danh sách; người phụ trách."), may_move, run_move },
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
