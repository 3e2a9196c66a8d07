/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"

void sheet_start(struct sheet *sheet, struct arena *arena)
{
	sheet->arena = arena;
	sheet->lines = NULL;
	sheet->count = sheet->room = 0;
}

static void add(struct sheet *sheet, struct sheet_line line)
{
	sheet->lines = arena_grow(sheet->arena, sheet->lines, sizeof *sheet->lines, sheet->count,
	                          &sheet->room);
	sheet->lines[sheet->count++] = line;
}

void sheet_heading(struct sheet *sheet, const char *title)
{
	add(sheet, (struct sheet_line){ .text = title, .heading = true });
}

void sheet_value(struct sheet *sheet, const char *label, enum role role, const char *text)
{
	if (text && *text)
		add(sheet, (struct sheet_line){ .label = label, .text = text, .role = role });
}

void sheet_line(struct sheet *sheet, int indent, enum role role, const char *text)
{
	if (text && *text)
		add(sheet, (struct sheet_line){ .text = text, .role = role, .indent = indent });
}

void sheet_format(struct sheet *sheet, int indent, enum role role, const char *format, ...)
{
	char text[2048];
	va_list list;
	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	sheet_line(sheet, indent, role, text_mend(sheet->arena, text, strlen(text)));
}

static int labels_of(const struct sheet *sheet)
{
	return sheet->labels ? sheet->labels : 14;
}

static int text_left(const struct sheet *sheet, const struct sheet_line *line)
{
	return 1 + (line->label ? labels_of(sheet) : line->indent);
}

static int rows_of(const struct sheet *sheet, const struct sheet_line *line, int cols)
{
	int width = cols - text_left(sheet, line) - 1, rows = 0;
	if (line->heading || width < 4)
		return 1;
	for (size_t at = 0, next; rows == 0 || line->text[at]; at += next, rows++)
		text_line(line->text + at, width, &next);
	return rows;
}

static void draw_heading(struct canvas *canvas, int row, const char *title)
{
	canvas_rule(canvas, row, ROLE_FRAME);
	canvas_format(canvas, row, 1, ROLE_HEAD, " %s ", title);
}

static void draw_line(const struct sheet *sheet, const struct sheet_line *line,
                      struct canvas *canvas, int row)
{
	int left = text_left(sheet, line);
	if (line->heading) {
		draw_heading(canvas, row, line->text);
		return;
	}
	if (line->label)
		canvas_cell(canvas, row, 1, labels_of(sheet) - 1, ROLE_LABEL, line->label);
	canvas_lines(canvas, row, left, canvas->cols - left - 1, line->role, line->text);
}

void sheet_draw(struct sheet *sheet, struct canvas *canvas, bool focused)
{
	sheet->rows = 0;
	for (size_t i = 0; i < sheet->count; i++)
		sheet->rows += rows_of(sheet, &sheet->lines[i], canvas->cols);
	/* What is left below is told on a row of its own: it hides nothing. */
	bool tell = sheet->rows > canvas->rows && canvas->rows > 2;
	struct canvas whole = *canvas, body = canvas_part(canvas, 0, 0, canvas->rows - tell, canvas->cols);
	canvas = &body;
	sheet->page = canvas->rows;
	int most = sheet->rows > sheet->page ? sheet->rows - sheet->page : 0;
	if (sheet->at_end || sheet->first > most)
		sheet->first = most;
	int row = -sheet->first;
	for (size_t i = 0; i < sheet->count && row < canvas->rows; i++) {
		int rows = rows_of(sheet, &sheet->lines[i], canvas->cols);
		if (row + rows > 0)
			draw_line(sheet, &sheet->lines[i], canvas, row);
		row += rows;
	}
	if (tell)
		canvas_text(&whole, whole.rows - 1, 1, ROLE_DIM,
		            sheet->first < most ? _("↓ còn nữa, PgDn đọc tiếp") : _("Hết. PgUp đọc lại"));
	if (focused)
		canvas_cursor(canvas, 0, 0);
}

static bool scroll(struct sheet *sheet, int by)
{
	int most = sheet->rows > sheet->page ? sheet->rows - sheet->page : 0;
	int to = sheet->first + by;
	sheet->first = to < 0 ? 0 : to > most ? most : to;
	sheet->at_end = false;
	return true;
}

/* The end of what is shown, not of what was drawn last: an answer that came in the same turn, and one that
 * comes later, move it along until the clerk scrolls again. */
static bool to_end(struct sheet *sheet)
{
	scroll(sheet, sheet->rows);
	sheet->at_end = true;
	return true;
}

bool sheet_handle(struct sheet *sheet, const struct event *event)
{
	int page = sheet->page > 1 ? sheet->page - 1 : 1;
	if (event->kind == EVENT_MOUSE && event->button == MOUSE_WHEEL_UP)
		return scroll(sheet, -3);
	if (event->kind == EVENT_MOUSE && event->button == MOUSE_WHEEL_DOWN)
		return scroll(sheet, 3);
	if (event->kind == EVENT_TEXT && strcmp(event->text, " ") == 0)
		return scroll(sheet, page);
	if (event->kind != EVENT_KEY || event->chord.mods)
		return false;
	switch (event->chord.key) {
	case K_UP: return scroll(sheet, -1);
	case K_DOWN: return scroll(sheet, 1);
	case K_PGUP: return scroll(sheet, -page);
	case K_PGDN: return scroll(sheet, page);
	case K_HOME: return scroll(sheet, -sheet->rows);
	case K_END: return to_end(sheet);
	default: return false;
	}
}
