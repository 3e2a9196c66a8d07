/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the parts of the board stand: figures above, one panel below on a small
 * screen, all of them on a large one. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/board_own.h"
#include "tui/desk.h"
#include "tui/sync_words.h"

enum { FIGURES_TOP = 1, FIGURE_ROWS = 9, WIDE_COLUMNS = 120, WIDE_ROWS = 34 };

/* When it was counted; an old figure says that it is old. */
static void draw_age(const struct board_view *view, struct canvas *canvas)
{
	const struct desk *desk = view->screen->desk;
	const struct duty *duty = duty_at(desk);
	char when[32] = "", age[32];
	int col = 1 + canvas_format(canvas, 0, 1, ROLE_DIM, "%s, %s", duty->facts->unit_name, duty->facts->parent_name);
	if (!view->known) {
		canvas_format(canvas, 0, col, ROLE_DIM, " — %s", duty->on_line ? _("đang đọc…") : _("chưa đọc được, mất kết nối"));
		return;
	}
	int64_t old = (desk->loop->clock() - view->read_ms) / 1000;
	struct clock clock = moment_clock(view->board.at);
	snprintf(when, sizeof when, "%02d:%02d:%02d", clock.hour, clock.minute, clock.second);
	col += canvas_format(canvas, 0, col, ROLE_DIM, _(" — số liệu lúc %s"), when);
	if (!duty->on_line || old > 60)
		canvas_format(canvas, 0, col, ROLE_LATE, duty->on_line ? _("  ! cũ %s") : _("  ! cũ %s, mất kết nối"),
		              sync_age(view->board.at, view->board.at + old, age, sizeof age));
}

static void draw_tabs(const struct board_view *view, struct canvas *canvas, int row)
{
	int col = 1;
	canvas_rule(canvas, row, ROLE_FRAME);
	for (int pane = PANE_FIRST; pane < PANE_COUNT; pane++) {
		bool here = pane == (int)view->shown;
		col += canvas_format(canvas, row, col, here ? ROLE_HEAD : ROLE_DIM, here ? "[%s]" : " %s ", board_pane_title(pane));
		col++;
	}
}

static void draw_panel(struct board_view *view, struct canvas *canvas, enum board_pane pane, int row, int col, int rows, int cols)
{
	struct canvas part = canvas_part(canvas, row, col, rows, cols);
	list_draw(&view->lists[pane], &part, view->at == pane);
}

static void draw_all(struct board_view *view, struct canvas *canvas, int top)
{
	enum { ACROSS = 2 };
	int panels = PANE_COUNT - PANE_FIRST, lines = (panels + ACROSS - 1) / ACROSS;
	int rows = (canvas->rows - top) / lines, cols = canvas->cols / ACROSS;
	for (int i = 0; i < panels; i++) {
		int row = top + i / ACROSS * rows, col = i % ACROSS * cols;
		struct canvas head = canvas_part(canvas, row, col, 1, cols - 1);
		enum board_pane pane = (enum board_pane)(PANE_FIRST + i);
		canvas_rule(&head, 0, ROLE_FRAME);
		canvas_format(&head, 0, 1, view->at == pane ? ROLE_HEAD : ROLE_DIM, "[%s]", board_pane_title(pane));
		draw_panel(view, canvas, pane, row + 1, col, rows - 1, cols - 1);
	}
}

void board_draw(const struct screen *screen, struct canvas *canvas)
{
	struct board_view *view = screen->state;
	int half = canvas->cols / 2;
	view->wide = canvas->cols >= WIDE_COLUMNS && canvas->rows >= WIDE_ROWS;
	draw_age(view, canvas);
	draw_panel(view, canvas, PANE_DOSSIERS, FIGURES_TOP, 0, FIGURE_ROWS, half);
	draw_panel(view, canvas, PANE_TASKS, FIGURES_TOP, half, FIGURE_ROWS, canvas->cols - half);
	int top = FIGURES_TOP + FIGURE_ROWS;
	if (view->wide) {
		draw_all(view, canvas, top);
		return;
	}
	draw_tabs(view, canvas, top);
	draw_panel(view, canvas, view->shown, top + 1, 0, canvas->rows - top - 1, canvas->cols);
}
