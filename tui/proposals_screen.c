/* SPDX-License-Identifier: Apache-2.0
 *
 *  ┌ ĐỌC ĐƯỢC TRÊN GIẤY ───────────────────────────────────────────────────────┐
 *  │    Mục          đọc được                        đang ghi                   │
 *  │ >□ Họ tên       Nguyễn Thị Thuỳ Dương           —                          │
 *  │  ■ Số thẻ       089199990001                    089199990001               │
 *  │ Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Thuỳ Dương                      │
 *  │ Tờ khai cấp Giấy xác nhận tình trạng hôn nhân, trang 1                     │
 *  │ Dấu cách, Enter lấy dòng này vào ô · Esc về                                │
 *  └───────────────────────────────────────────────────────────────────────────┘
 */
#include "tui/proposals_screen.h"

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk.h"
#include "tui/list.h"

struct proposing {
	struct list list;
	struct proposals_row *rows;
	struct screen *asker;
	void (*take)(struct screen *, int);
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct proposals_row *r = &((struct proposing *)owner)->rows[row];
	switch (column) {
	case 0: out->text = r->same ? "■" : r->doubted ? "?" : "□"; break;
	case 1: out->text = r->label; break;
	case 2: out->text = r->text; break;
	default: out->text = *r->typed ? r->typed : "—"; break;
	}
	out->role = r->same ? ROLE_GOOD : r->doubted ? ROLE_WARN : ROLE_TEXT;
}

static const struct list_column columns[] = {
	{ .head = " ", .width = 1 },
	{ .head = N_("Mục"), .width = 12 },
	{ .head = N_("đọc được"), .width = 0 },
	{ .head = N_("đang ghi"), .width = 24 },
	{ 0 },
};

static void proposing_open(struct screen *screen, const void *argument)
{
	const struct proposals_plan *plan = argument;
	struct proposing *p = screen->state;
	struct arena *arena = &screen->arena;
	p->asker = plan->asker;
	p->take = plan->take;
	p->rows = ARENA_MANY(arena, struct proposals_row, plan->count + 1);
	for (int i = 0; i < plan->count; i++) {
		const struct proposals_row *row = &plan->rows[i];
		p->rows[i] = (struct proposals_row){ arena_string(arena, row->label), arena_string(arena, row->text),
			arena_string(arena, row->typed), arena_string(arena, row->beside), arena_string(arena, row->paper),
			row->page, row->same, row->doubted };
	}
	p->list = (struct list){ .columns = columns, .cell = cell, .owner = p };
	list_set_count(&p->list, plan->count);
	p->list.at = plan->at < plan->count ? plan->at : 0;
}

/* The row as the paper has it, and which paper. */
static void draw_source(const struct proposing *p, struct canvas *inside)
{
	struct arena arena = { 0 };
	const struct proposals_row *r = &p->rows[p->list.at];
	const char *paper = r->paper;
	size_t n = text_cut(paper, inside->cols - 30, NULL);
	if (paper[n])
		paper = arena_format(&arena, "%s…", arena_copy(&arena, paper, n));
	canvas_cell(inside, inside->rows - 3, 1, inside->cols - 2, ROLE_TEXT,
	            *r->beside ? arena_format(&arena, "%s: %s", r->beside, r->text) : r->text);
	canvas_cell(inside, inside->rows - 2, 1, inside->cols - 2, r->doubted ? ROLE_WARN : ROLE_DIM,
	            arena_format(&arena, r->doubted ? _("%s, trang %d · nghi đọc nhầm số") : _("%s, trang %d"), paper, r->page));
	arena_free(&arena);
}

static void proposing_draw(const struct screen *screen, struct canvas *canvas)
{
	struct proposing *p = screen->state;
	int rows = p->list.count + 6 < canvas->rows ? p->list.count + 6 : canvas->rows;
	int cols = canvas->cols < 110 ? canvas->cols : 110;
	struct canvas box = canvas_part(canvas, canvas->rows - rows, (canvas->cols - cols) / 2, rows, cols);
	struct canvas inside = canvas_frame(&box, ROLE_FRAME, _(screen->kind->title));
	struct canvas list = canvas_part(&inside, 0, 0, inside.rows - 3, inside.cols);
	list_draw(&p->list, &list, true);
	if (p->list.count)
		draw_source(p, &inside);
	canvas_text(&inside, inside.rows - 1, 1, ROLE_DIM, _("Dấu cách, Enter lấy dòng này vào ô · Esc về"));
}

static void take_row(struct proposing *p)
{
	struct proposals_row *r = &p->rows[p->list.at];
	if (!r->same)
		p->take(p->asker, p->list.at);
	for (int i = 0; i < p->list.count; i++)
		if (p->rows[i].label == r->label)
			p->rows[i].same = false;
	r->typed = r->text;
	r->same = true;
}

static bool proposing_handle(struct screen *screen, const struct event *event)
{
	struct proposing *p = screen->state;
	bool space = event->kind == EVENT_TEXT && event->text[0] == ' ';
	if ((space || event_is(event, K_ENTER, 0)) && p->list.count) {
		take_row(p);
		if (p->list.at + 1 < p->list.count)
			p->list.at++;
		screen_dirty(screen);
		return true;
	}
	return list_handle(&p->list, event);
}

const struct screen_kind proposals_screen = {
	.name = "proposals",
	.title = N_("ĐỌC ĐƯỢC TRÊN GIẤY"),
	.help = N_("Máy đọc chữ trên giấy đã quét và đề nghị; không ô nào tự điền. □ chưa lấy, ■ đang ghi như vậy, ? nghi đọc nhầm.\n"
	           "Đọc nhầm là chuyện thường: ô đã lấy phải được đối chiếu với giấy trước khi nhận."),
	.size = sizeof(struct proposing),
	.dialog = true,
	.open = proposing_open,
	.draw = proposing_draw,
	.handle = proposing_handle,
};
