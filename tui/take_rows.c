/* SPDX-License-Identifier: Apache-2.0
 *
 * The papers of the supplement screen: marked with the keys of reception. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/hand_in.h"
#include "tui/held_offer.h"
#include "tui/take_own.h"

static const char *state_of(const struct take_row *row)
{
	if (row->on_the_way)
		return _("đang cất");
	if (row->brought)
		return row->action == ACTION_LOOKUP ? _("dùng lại") : row->file_count ? _("có tệp") : _("mang đến");
	if (row->asked)
		return _("còn chờ");
	if (strcmp(row->state, "brought") == 0)
		return _("đã nhận");
	return strcmp(row->state, "ok") == 0 ? _("đã có") : _("chưa có");
}

static void cell(void *owner, int at, int column, struct list_cell *out)
{
	static char number[16];
	const struct take_row *row = &((const struct taking *)owner)->rows[at];
	out->role = row->brought ? ROLE_GOOD : row->asked ? ROLE_WARN : ROLE_DIM;
	switch (column) {
	case 0: out->text = row->brought ? "■" : row->asked ? "□" : "·"; break;
	case 1: out->text = row->name; break;
	case 2:
	case 3:
		snprintf(number, sizeof number, "%d", column == 2 ? row->originals : row->copies);
		out->text = row->brought ? number : "";
		break;
	case 4: out->text = row->brought ? paper_action_name(row->action) : ""; break;
	default: out->text = state_of(row); break;
	}
}

static const struct list_column columns[] = {
	{ .head = " ", .width = 1 },
	{ .head = N_("Giấy tờ"), .width = 0 },
	{ .head = N_("chính"), .width = 5, .right = true },
	{ .head = N_("sao"), .width = 3, .right = true },
	{ .head = N_("cách"), .width = 14 },
	{ .head = N_("trạng thái"), .width = 10 },
	{ 0 },
};

void take_rows_start(struct taking *t)
{
	t->list = (struct list){ .columns = columns, .cell = cell, .owner = t,
		.empty = N_("Không rõ bên kia cần giấy tờ nào: F8 ghi giấy tờ công dân mang đến.") };
}

/* ---- what was read, under the marks that were made ---- */

static struct take_row *known_row(struct taking *t, const struct asked_row *asked)
{
	for (int i = 0; i < t->count; i++) {
		struct take_row *row = &t->rows[i];
		if (asked->part_id ? row->part_id == asked->part_id
		    : asked->seq   ? row->seq == asked->seq
		                   : !row->part_id && !row->seq && strcmp(row->name, asked->name) == 0)
			return row;
	}
	return NULL;
}

void take_rows_merge(struct taking *t)
{
	struct arena *arena = &t->screen->arena;
	for (int i = 0; i < t->waits_ask.asked_count; i++) {
		const struct asked_row *asked = &t->waits_ask.asked[i];
		struct take_row *row = known_row(t, asked);
		enum paper_action action = ACTION_SUBMIT;
		if (row || t->count == TAKE_ROWS)
			continue;
		row = &t->rows[t->count++];
		for (int a = 0; a < PAPER_ACTION_COUNT; a++)
			if (a != ACTION_LOOKUP && strcmp(paper_action_stored((enum paper_action)a), asked->action) == 0)
				action = (enum paper_action)a;
		*row = (struct take_row){ .part_id = asked->part_id, .seq = asked->seq,
			.name = arena_string(arena, asked->name), .asked_by = arena_string(arena, asked->asked_by),
			.state = arena_string(arena, asked->state), .action = action,
			.asked = asked->seq == 0 && strcmp(asked->state, "brought") != 0,
			.originals = asked->originals, .copies = asked->copies };
	}
	list_set_count(&t->list, t->count);
}

struct take_row *take_row_at(struct taking *t)
{
	return t->list.at < t->count ? &t->rows[t->list.at] : NULL;
}

/* ---- marks ---- */

static void bring(struct take_row *row, enum paper_action action)
{
	row->brought = true;
	row->action = action;
	if (action == ACTION_COMPARE && row->copies == 0)
		row->copies = 1;
	if (row->originals + row->copies == 0)
		row->originals = 1;
}

static void mark(struct taking *t, enum paper_action action)
{
	struct take_row *row = take_row_at(t);
	if (!row)
		return;
	bring(row, action);
	if (t->list.at + 1 < t->count)
		t->list.at++;
}

static void toggle(struct taking *t)
{
	struct take_row *row = take_row_at(t);
	if (row && row->brought && !row->on_the_way && !row->file_count)
		row->brought = false;
	else if (row && !row->brought)
		mark(t, row->action);
}

static void change(struct taking *t, int by, bool copies)
{
	struct take_row *row = take_row_at(t);
	int *number = !row || !row->brought ? NULL : copies ? &row->copies : &row->originals;
	if (number && *number + by >= 0 && *number + by <= 999)
		*number += by;
}

bool take_rows_handle(struct taking *t, const struct event *event)
{
	if (event->kind != EVENT_TEXT || !event->text[0] || event->text[1])
		return list_handle(&t->list, event);
	switch (event->text[0]) {
	case ' ': toggle(t); return true;
	case 'n': mark(t, ACTION_SUBMIT); return true;
	case 'x': mark(t, ACTION_SHOW); return true;
	case 'd': mark(t, ACTION_COMPARE); return true;
	case 'c': change(t, +1, false); return true;
	case 'C': change(t, -1, false); return true;
	case 's': change(t, +1, true); return true;
	case 'S': change(t, -1, true); return true;
	default: return false;
	}
}

/* ---- F8: a paper that stands in no list ---- */

static const char *check_name(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Gõ tên giấy tờ công dân mang đến.");
}

static void on_name(struct screen *screen, const char *text, void *data)
{
	struct taking *t = screen->state;
	(void)data;
	if (!text || t->count == TAKE_ROWS)
		return;
	t->rows[t->count++] = (struct take_row){ .name = arena_string(&screen->arena, text), .asked_by = "",
		.state = "missing", .action = ACTION_SUBMIT, .originals = 1, .brought = true };
	list_set_count(&t->list, t->count);
	t->list.at = t->count - 1;
	screen_dirty(screen);
}

void take_add(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Giấy tờ gì? (ghi như trên giấy)"), .max = 300, .check = check_name },
	             on_name, NULL);
}

/* ---- F4: a file for the paper under the cursor ---- */

static void on_begun(struct screen *screen, const struct hand_in_plan *plan)
{
	struct take_row *row = &((struct taking *)screen->state)->rows[plan->row];
	row->on_the_way++;
	if (!row->brought)
		bring(row, row->action);
	screen_dirty(screen);
}

static void on_done(struct screen *screen, const struct hand_in_plan *plan, int64_t file_id, const struct held_paper *held)
{
	struct take_row *row = &((struct taking *)screen->state)->rows[plan->row];
	row->on_the_way--;
	if (!file_id)
		return;
	row->files[row->file_count++] = file_id;
	if (!held)
		return;
	row->action = ACTION_LOOKUP;
	row->originals = row->copies = 0;
	row->where = held_where(&screen->arena, held);
	desk_say(screen->desk, FAULT_NONE, _("Dùng lại giấy tờ của hồ sơ %s, không phải nộp lại."), held->code);
}

void take_attach(struct screen *screen)
{
	struct taking *t = screen->state;
	struct take_row *row = take_row_at(t);
	if (!row)
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Chọn một giấy tờ trong danh sách trước."));
	else if (row->file_count + row->on_the_way >= TAKE_FILES)
		desk_say(screen->desk, FAULT_INPUT, _("Mỗi giấy tờ kèm nhiều nhất %d tệp."), TAKE_FILES);
	else
		hand_in(screen, &(struct hand_in_plan){ .dossier_id = t->id, .paper = row->name,
			.system = t->full ? t->full->route_system : "", .row = t->list.at, .begun = on_begun, .done = on_done });
}
