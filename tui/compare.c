/* SPDX-License-Identifier: Apache-2.0
 *
 *  ┌ CSDL quốc gia về dân cư · 20/11/2026 09:42 ─────────────────────────────┐
 *  │              đang ghi                     CSDL                          │
 *  │   Số thẻ     089199990001               = 089199990001                  │
 *  │ > Họ tên     Nguyễn Thị Thuỳ Dơng       ≠ NGUYỄN THỊ THÙY DƯƠNG         │
 *  │ Enter lấy dòng này · F9 lấy mọi dòng khác nhau · Esc giữ như đang ghi   │
 *  └──────────────────────────────────────────────────────────────────────────┘
 */
#include "tui/compare.h"

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/list.h"

struct compare {
	struct list list;
	struct compare_row rows[COMPARE_MOST];
	const char *title, *note;
	struct screen *asker;
	void (*take)(struct screen *, int);
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct compare_row *r = &((struct compare *)owner)->rows[row];
	switch (column) {
	case 0: out->text = r->label; break;
	case 1: out->text = *r->typed ? r->typed : "—"; break;
	case 2: out->text = !*r->theirs ? " " : r->same ? "=" : "≠"; break;
	default: out->text = *r->theirs ? r->theirs : _("không nói"); break;
	}
	out->role = !*r->theirs ? ROLE_DIM : r->same ? ROLE_GOOD : ROLE_WARN;
}

static const struct list_column columns[] = {
	{ .head = " ", .width = 11 },
	{ .head = N_("đang ghi"), .width = 27 },
	{ .head = " ", .width = 1 },
	{ .head = N_("cơ sở dữ liệu"), .width = 0 },
	{ 0 },
};

static void compare_open(struct screen *screen, const void *argument)
{
	const struct compare_plan *plan = argument;
	struct compare *c = screen->state;
	struct arena *arena = &screen->arena;
	int count = plan->count < COMPARE_MOST ? plan->count : COMPARE_MOST;
	c->asker = plan->asker;
	c->take = plan->take;
	c->title = arena_string(arena, plan->title);
	c->note = arena_string(arena, plan->note ? plan->note : "");
	for (int i = 0; i < count; i++) {
		c->rows[i] = plan->rows[i];
		c->rows[i].typed = arena_string(arena, plan->rows[i].typed);
		c->rows[i].theirs = arena_string(arena, plan->rows[i].theirs);
	}
	c->list = (struct list){ .columns = columns, .cell = cell, .owner = c };
	list_set_count(&c->list, count);
	for (int i = count - 1; i >= 0; i--)
		if (!c->rows[i].same && *c->rows[i].theirs)
			c->list.at = i;
}

static void compare_draw(const struct screen *screen, struct canvas *canvas)
{
	struct compare *c = screen->state;
	int rows = c->list.count + 6 < canvas->rows ? c->list.count + 6 : canvas->rows;
	int cols = canvas->cols < 100 ? canvas->cols : 100;
	struct canvas box = canvas_part(canvas, canvas->rows - rows, (canvas->cols - cols) / 2, rows, cols);
	struct canvas inside = canvas_frame(&box, ROLE_FRAME, c->title);
	struct canvas list = canvas_part(&inside, 0, 0, c->list.count + 1, inside.cols);
	list_draw(&c->list, &list, true);
	const struct compare_row *r = &c->rows[c->list.at];
	canvas_cell(&inside, inside.rows - 2, 1, inside.cols - 2, ROLE_TEXT,
	            c->list.count && *r->theirs ? r->theirs : c->note);
	canvas_text(&inside, inside.rows - 1, 1, ROLE_DIM,
	            _("Enter lấy dòng này · F9 lấy mọi dòng khác nhau · Esc giữ như đang ghi"));
}

static void take_row(struct compare *c, int i)
{
	struct compare_row *r = &c->rows[i];
	if (r->fixed || r->same || !*r->theirs)
		return;
	c->take(c->asker, r->id);
	r->typed = r->theirs;
	r->same = true;
}

static bool compare_handle(struct screen *screen, const struct event *event)
{
	struct compare *c = screen->state;
	if (event_is(event, K_ENTER, 0) && c->list.count) {
		take_row(c, c->list.at);
		if (c->list.at + 1 < c->list.count)
			c->list.at++;
		screen_dirty(screen);
		return true;
	}
	if (event_is(event, K_ESC, 0)) {
		screen_pop(screen);
		return true;
	}
	return list_handle(&c->list, event);
}

static void run_all(struct screen *screen)
{
	struct compare *c = screen->state;
	for (int i = 0; i < c->list.count; i++)
		take_row(c, i);
	screen_pop(screen);
}

static const struct action actions[] = {
	{ "compare-all", "F9", N_("Lấy hết"), N_("Lấy mọi dòng khác nhau theo cơ sở dữ liệu."), NULL, run_all },
	{ 0 },
};

const struct screen_kind compare_screen = {
	.name = "compare",
	.title = N_("ĐỐI CHIẾU"),
	.help = N_("Điều đang ghi bên cạnh điều cơ sở dữ liệu trả lời; ≠ là khác nhau. Không có gì bị thay nếu không bấm phím."),
	.actions = actions,
	.size = sizeof(struct compare),
	.dialog = true,
	.open = compare_open,
	.draw = compare_draw,
	.handle = compare_handle,
};
