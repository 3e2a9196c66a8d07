/* SPDX-License-Identifier: Apache-2.0
 *
 * The table on the screen: the first column stays, the others move under the cursor; below it
 * the figure in words. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/report_own.h"

enum { GAP = 1, NAMES = 24, DETAIL = 3 };

static int width_of(const struct report_kind *kind, int column, int cols)
{
	const struct report_column *c = &kind->columns[column];
	if (column == 0)
		return cols < 100 ? NAMES : NAMES + 8;
	return c->type == REPORT_COUNT ? 8 : c->width > 24 ? 24 : c->width < 6 ? 6 : c->width;
}

/* A supervisor sees persons only when they are asked for: their columns are not here. */
static bool hidden(const struct report_view *v, int column)
{
	return v->plan.kind->columns[column].personal;
}

static int columns_of(const struct report_view *v)
{
	return report_columns(v->plan.kind);
}

static int next_column(const struct report_view *v, int column, int by)
{
	for (column += by; column >= 0 && column < columns_of(v); column += by)
		if (!hidden(v, column))
			return column;
	return -1;
}

bool report_has_totals(const struct report_view *v)
{
	return !v->plan.kind->rows_are_dossiers && v->table.count > 0;
}

int report_rows(const struct report_view *v)
{
	return v->table.count + report_has_totals(v);
}

static bool go(struct report_view *v, int row, int column)
{
	if (row < 0 || row >= report_rows(v) || column < 0)
		return true;
	v->look.row = row;
	v->look.column = column;
	screen_dirty(v->screen);
	return true;
}

bool report_move(struct report_view *v, const struct event *event)
{
	struct report_look *look = &v->look;
	int last = report_rows(v) - 1, page = look->page > 1 ? look->page - 1 : 1;
	if (!v->known)
		return false;
	if (event_is(event, K_UP, 0))
		return go(v, look->row - 1, look->column);
	if (event_is(event, K_DOWN, 0))
		return go(v, look->row + 1, look->column);
	if (event_is(event, K_LEFT, 0))
		return go(v, look->row, next_column(v, look->column, -1));
	if (event_is(event, K_RIGHT, 0))
		return go(v, look->row, next_column(v, look->column, 1));
	if (event_is(event, K_HOME, 0))
		return go(v, 0, look->column);
	if (event_is(event, K_END, 0))
		return go(v, last, look->column);
	if (event_is(event, K_PGUP, 0))
		return go(v, look->row > page ? look->row - page : 0, look->column);
	if (event_is(event, K_PGDN, 0))
		return go(v, look->row + page < last ? look->row + page : last, look->column);
	return false;
}

/* The first column that lets the cursor's be seen whole. */
static int first_column(const struct report_view *v, int cols)
{
	int room = cols - 2 - width_of(v->plan.kind, 0, cols), first = v->look.column;
	if (first < 1)
		return next_column(v, 0, 1);
	for (int at = first; at >= 1; at = next_column(v, at, -1)) {
		room -= width_of(v->plan.kind, at, cols) + GAP;
		if (room < 0)
			break;
		first = at;
	}
	return first;
}

static const char *text_at(const struct report_view *v, int row, int column, char *out, size_t room)
{
	const struct report_column *c = &v->plan.kind->columns[column];
	if (row < v->table.count)
		return report_cell_text(c, &v->table.rows[row].cells[column], out, room);
	if (!report_adds_up(c->type))
		return column == 0 ? _("Tổng số") : "";
	struct report_cell total = report_total(&v->table, column);
	return report_cell_text(c, &total, out, room);
}

static bool at_right(enum report_type type)
{
	return type != REPORT_TEXT && type != REPORT_DAY && type != REPORT_MOMENT;
}

static void draw_cell(const struct report_view *v, struct canvas *canvas, int line, int col, int row, int column, int width)
{
	char text[64];
	bool here = row == v->look.row && column == v->look.column, total = row == v->table.count;
	enum role role = here ? ROLE_SELECTED : total ? ROLE_HEAD : ROLE_TEXT;
	const char *said = text_at(v, row, column, text, sizeof text);
	if (at_right(v->plan.kind->columns[column].type))
		canvas_right(canvas, line, col, width, role, said);
	else
		canvas_cell(canvas, line, col, width, role, said);
	if (here)
		canvas_cursor(canvas, line, col);
}

/* Heads on two lines: the group above its first column that is seen, the number or the head below. */
static void draw_head(const struct report_view *v, struct canvas *canvas, int col, int column, int width, bool first)
{
	const struct report_column *c = &v->plan.kind->columns[column];
	bool begins = column == 0 || first || !c->group || !v->plan.kind->columns[column - 1].group ||
	              strcmp(v->plan.kind->columns[column - 1].group, c->group) != 0;
	if (c->group && begins)
		canvas_text(canvas, 0, col, ROLE_DIM, _(c->group));
	if (at_right(c->type))
		canvas_right(canvas, 1, col, width, ROLE_HEAD, c->number ? c->number : _(c->head));
	else
		canvas_cell(canvas, 1, col, width, ROLE_HEAD, c->number && column ? c->number : _(c->head));
}

/* Draws a line of the table, or with row −1 the heads. */
static void draw_line(const struct report_view *v, struct canvas *canvas, int line, int row)
{
	const struct report_kind *kind = v->plan.kind;
	int col = 1, width = width_of(kind, 0, canvas->cols);
	if (row < 0)
		draw_head(v, canvas, col, 0, width, true);
	else
		draw_cell(v, canvas, line, col, row, 0, width);
	col += width + GAP;
	for (int at = first_column(v, canvas->cols), first = at; at >= 0; at = next_column(v, at, 1)) {
		width = width_of(kind, at, canvas->cols);
		if (col + width > canvas->cols) {
			if (row < 0)
				canvas_text(canvas, 1, canvas->cols - 1, ROLE_DIM, "›");
			break;
		}
		if (row < 0)
			draw_head(v, canvas, col, at, width, at == first);
		else
			draw_cell(v, canvas, line, col, row, at, width);
		col += width + GAP;
	}
}

/* "Đã giải quyết · Quá hạn (10): 3 — Hộ tịch" */
static void draw_figure(const struct report_view *v, struct canvas *canvas)
{
	char text[64];
	const struct report_column *c = &v->plan.kind->columns[v->look.column];
	canvas_rule(canvas, 0, ROLE_FRAME);
	int col = 1;
	if (c->group)
		col += canvas_format(canvas, 1, col, ROLE_LABEL, "%s · ", _(c->group));
	col += canvas_text(canvas, 1, col, ROLE_LABEL, _(c->head));
	if (c->number)
		col += canvas_format(canvas, 1, col, ROLE_LABEL, " %s", c->number);
	col += canvas_text(canvas, 1, col, ROLE_LABEL, ": ");
	col += canvas_text(canvas, 1, col, ROLE_TEXT, text_at(v, v->look.row, v->look.column, text, sizeof text));
	if (v->look.column > 0)
		canvas_format(canvas, 1, col, ROLE_DIM, " — %s", text_at(v, v->look.row, 0, text, sizeof text));
}

/* All checks on one line: which hold, which do not. */
static void draw_checks(const struct report_view *v, struct canvas *canvas)
{
	int col = 1;
	for (const struct report_check *check = v->plan.kind->checks; check && check->left; check++) {
		bool good = report_holds(&v->table, check, -1);
		for (int row = 0; row < v->table.count; row++)
			good = good && report_holds(&v->table, check, row);
		col += canvas_format(canvas, 2, col, good ? ROLE_GOOD : ROLE_ERROR, "%s %s   ", good ? "✓" : "✗", _(check->say));
	}
}

void report_draw_table(const struct report_view *v, struct canvas *canvas)
{
	struct canvas parts[3];
	struct report_look *look = (struct report_look *)&v->look;
	canvas_split(canvas, (const int[]){ 2, 0, DETAIL }, 3, parts);
	draw_line(v, &parts[0], 1, -1);
	look->page = parts[1].rows;
	if (look->row < look->first_row)
		look->first_row = look->row;
	if (look->row >= look->first_row + parts[1].rows)
		look->first_row = look->row - parts[1].rows + 1;
	for (int line = 0; line < parts[1].rows && look->first_row + line < report_rows(v); line++)
		draw_line(v, &parts[1], line, look->first_row + line);
	draw_figure(v, &parts[2]);
	draw_checks(v, &parts[2]);
}
