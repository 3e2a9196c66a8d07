/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/base/say.h"
#include "tui/accounts_private.h"

enum { HEAD = 1, FIRST = 2, CELL = 5, NAME_LEAST = 18, DETAIL = 7 };

static struct arena *scratch_of(const struct accounts *a)
{
	return (struct arena *)&a->scratch;
}

const char *accounts_source(struct arena *arena, const struct account_row *row)
{
	char at[32];
	if (row->checked_at == MOMENT_NONE)
		return _("chưa kiểm tra");
	moment_write(row->checked_at, at, sizeof at);
	if (row->by_system)
		return arena_format(arena, _("hệ thống báo %s"), at);
	return arena_format(arena, _("%s ghi %s"), *row->by_name ? row->by_name : "?", at);
}

static void draw_summary(const struct accounts *a, struct canvas *canvas)
{
	if (!a->rows) {
		canvas_text(canvas, 0, 1, ROLE_DIM, _("Đang đọc…"));
		return;
	}
	enum role role = a->gaps ? ROLE_WARN : a->unknown ? ROLE_DIM : ROLE_GOOD;
	canvas_cell(canvas, 0, 1, canvas->cols - 2, role,
	            arena_format(scratch_of(a), _("%d cán bộ × %d hệ thống cần ở đây: %d thiếu hoặc lỗi, %d chưa rõ"),
	                         a->clerks, a->needed, a->gaps, a->unknown));
}

/* The mark says it without colour: "■-" is a right that lacks some procedures. */
static const char *mark_of(const struct accounts *a, const struct account_row *row, bool needed,
                           enum role *role)
{
	static const enum role roles[RIGHT_COUNT] = { [RIGHT_UNKNOWN] = ROLE_DIM,
		[RIGHT_GRANTED] = ROLE_GOOD, [RIGHT_ERROR] = ROLE_ERROR, [RIGHT_MISSING] = ROLE_WARN,
		[RIGHT_ASKED] = ROLE_WARN };
	*role = roles[row->state];
	if (row->state == RIGHT_UNKNOWN && !needed)
		return "·";
	if (!accounts_partial(a, row))
		return right_mark(row->state);
	*role = ROLE_WARN;
	return "■-";
}

static void draw_head(const struct accounts *a, struct canvas *canvas, int name_width)
{
	canvas_cell(canvas, HEAD, 2, name_width, ROLE_HEAD, _("Họ tên"));
	for (int i = 0; i < a->page_columns; i++) {
		int column = a->first_column + i;
		const struct account_row *row = accounts_at(a, 0, column);
		enum role role = column == a->column ? ROLE_SELECTED
		                 : column < a->needed ? ROLE_HEAD
		                                      : ROLE_DIM;
		if (row)
			canvas_cell(canvas, HEAD, a->left + i * CELL, CELL - 1, role,
			            system_short(scratch_of(a), row->system));
	}
	if (a->first_column > 0)
		canvas_text(canvas, HEAD, a->left - 1, ROLE_WARN, "<");
	if (a->first_column + a->page_columns < a->systems)
		canvas_text(canvas, HEAD, canvas->cols - 1, ROLE_WARN, ">");
}

static void draw_clerk(const struct accounts *a, struct canvas *canvas, int clerk, int name_width)
{
	int row = FIRST + clerk - a->first;
	const struct account_row *any = accounts_at(a, clerk, 0);
	bool here = clerk == a->at;
	if (here)
		canvas_text(canvas, row, 0, ROLE_SELECTED, ">");
	canvas_cell(canvas, row, 2, name_width, here ? ROLE_SELECTED : ROLE_TEXT, any->full_name);
	for (int i = 0; i < a->page_columns && a->first_column + i < a->systems; i++) {
		int column = a->first_column + i;
		enum role role;
		const char *mark = mark_of(a, accounts_at(a, clerk, column), column < a->needed, &role);
		bool selected = here && column == a->column;
		canvas_format(canvas, row, a->left + i * CELL, selected ? ROLE_SELECTED : role,
		              selected ? "[%s]" : " %s", mark);
		if (selected)
			canvas_cursor(canvas, row, a->left + i * CELL + 1);
	}
}

/* ---- the cell in words ---- */

static const char *asked_text(const struct accounts *a, const struct account_row *row)
{
	char at[32];
	if (!row->checks)
		return _("Hệ thống này không cho hỏi quyền: người phụ trách ghi.");
	if (strcmp(row->asked_state, "waiting") == 0)
		return _("→ Đang hỏi hệ thống này…");
	if (strcmp(row->asked_state, "failed") == 0)
		return arena_format(scratch_of(a), _("! Hỏi lúc %s không được: %s"),
		                    moment_write(row->asked_at, at, sizeof at), row->asked_note);
	if (strcmp(row->asked_state, "answered") == 0)
		return arena_format(scratch_of(a), _("Hệ thống trả lời lúc %s."),
		                    moment_write(row->asked_at, at, sizeof at));
	return _("Chưa hỏi hệ thống này lần nào.");
}

static const char *need_text(const struct accounts *a, const struct account_row *row)
{
	const struct right_work *work = accounts_work(a, row->system);
	if (!work)
		return _("không thủ tục nào ở đây cần");
	return arena_format(scratch_of(a), _("%zu thủ tục ở đây cần"), work->count);
}

static void draw_detail(const struct accounts *a, struct canvas *canvas)
{
	const struct account_row *row = accounts_here(a);
	struct arena *arena = scratch_of(a);
	int cols = canvas->cols - 2;
	canvas_rule(canvas, 0, ROLE_FRAME);
	if (!row)
		return;
	canvas_cell(canvas, 1, 1, cols, ROLE_HEAD,
	            arena_format(arena, "%s · %s: %s%s", row->full_name, row->system_name,
	                         right_name(row->state),
	                         accounts_partial(a, row) ? _(", thiếu một số thủ tục") : ""));
	canvas_cell(canvas, 2, 1, cols, ROLE_TEXT,
	            arena_format(arena, "%s%s%s · %s", accounts_source(arena, row),
	                         *row->account ? _(" · tài khoản ") : "", row->account,
	                         need_text(a, row)));
	bool limited = *row->fields || *row->procedures;
	canvas_cell(canvas, 3, 1, cols, ROLE_TEXT,
	            !limited ? "" : arena_format(arena, _("Lĩnh vực: %s · Thủ tục: %s"),
	                                         *row->fields ? row->fields : "—",
	                                         *row->procedures ? row->procedures : "—"));
	canvas_cell(canvas, 4, 1, cols, ROLE_WARN, row->note);
	bool failed = strcmp(row->asked_state, "failed") == 0;
	canvas_cell(canvas, 5, 1, cols, failed ? ROLE_ERROR : ROLE_DIM, asked_text(a, row));
	canvas_cell(canvas, 6, 1, cols, ROLE_DIM,
	            _("■ đã cấp  ■- thiếu thủ tục  ! lỗi  □ chưa có  → đã xin  ? chưa rõ  · không cần"));
}

/* Keeps the cursor's cell in what is drawn. */
static void scroll(struct accounts *a)
{
	if (a->at < a->first)
		a->first = a->at;
	if (a->page > 0 && a->at >= a->first + a->page)
		a->first = a->at - a->page + 1;
	if (a->column < a->first_column)
		a->first_column = a->column;
	if (a->page_columns > 0 && a->column >= a->first_column + a->page_columns)
		a->first_column = a->column - a->page_columns + 1;
}

void accounts_draw(const struct screen *screen, struct canvas *canvas)
{
	struct accounts *a = screen->state;
	arena_free(&a->scratch);
	draw_summary(a, canvas);
	a->page = canvas->rows - FIRST - DETAIL;
	a->page_columns = (canvas->cols - NAME_LEAST - 2) / CELL;
	if (a->page_columns > a->systems)
		a->page_columns = a->systems;
	a->left = canvas->cols - a->page_columns * CELL;
	int most = NAME_LEAST + 14;
	int name_width = a->left - 3 > most ? most : a->left - 3;
	a->left = name_width + 3;
	a->top = canvas->top + FIRST;
	scroll(a);
	if (!a->rows)
		return;
	draw_head(a, canvas, name_width);
	for (int clerk = a->first; clerk < a->clerks && clerk < a->first + a->page; clerk++)
		draw_clerk(a, canvas, clerk, name_width);
	struct canvas detail = canvas_part(canvas, canvas->rows - DETAIL, 0, DETAIL, canvas->cols);
	draw_detail(a, &detail);
}
