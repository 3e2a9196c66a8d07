/* SPDX-License-Identifier: Apache-2.0
 *
 * What is drawn with canvas_text alone: cells, wrapped lines, frames, bands. */
#include "tui/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"

int canvas_format(struct canvas *canvas, int row, int col, enum role role, const char *format,
                  ...)
{
	char text[1024];
	va_list list;
	va_start(list, format);
	int n = vsnprintf(text, sizeof text, format, list);
	va_end(list);
	/* A cut inside a letter must not become a broken one. */
	while (n >= (int)sizeof text && *text && !text_valid(text, strlen(text)))
		text[strlen(text) - 1] = '\0';
	return canvas_text(canvas, row, col, role, text);
}

void canvas_cell(struct canvas *canvas, int row, int col, int width, enum role role,
                 const char *text)
{
	if (width <= 0)
		return;
	struct canvas part = canvas_part(canvas, row, col, 1, width);
	size_t bytes = 0;
	text = text ? text : "";
	int used = canvas_fit(text, width, &bytes);
	int at = canvas_text(&part, 0, 0, role, text);
	if (text[bytes]) {
		used = canvas_fit(text, width - 1, NULL);
		at = used + canvas_text(&part, 0, used, role, "…");
	}
	canvas_fill(&part, 0, at, 1, width - at, role);
}

void canvas_right(struct canvas *canvas, int row, int col, int width, enum role role,
                  const char *text)
{
	size_t bytes = 0;
	int need = canvas_fit(text ? text : "", width, &bytes);
	if (text && text[bytes]) {
		canvas_cell(canvas, row, col, width, role, text);
		return;
	}
	canvas_fill(canvas, row, col, 1, width - need, role);
	canvas_text(canvas, row, col + width - need, role, text);
}

int canvas_lines(struct canvas *canvas, int row, int col, int cols, enum role role,
                 const char *text)
{
	int count = 0;
	/* The first lines may lie above the canvas, when it shows the middle of a page. */
	struct canvas part = canvas_part(canvas, 0, col, canvas->rows, cols);
	while (text && *text && cols > 0) {
		char line[1024];
		size_t next = 0;
		size_t n = text_line(text, cols, &next);
		if (n >= sizeof line)
			n = sizeof line - 1;
		memcpy(line, text, n);
		line[n] = '\0';
		canvas_text(&part, row + count++, 0, role, line);
		if (!next)
			break;
		text += next;
	}
	return count;
}

void canvas_rule(struct canvas *canvas, int row, enum role role)
{
	for (int col = 0; col < canvas->cols; col++)
		canvas_text(canvas, row, col, role, "─");
}

struct canvas canvas_frame(struct canvas *canvas, enum role role, const char *title)
{
	int last = canvas->rows - 1, right = canvas->cols - 1;
	canvas_fill(canvas, 0, 0, canvas->rows, canvas->cols, role);
	canvas_rule(canvas, 0, role);
	canvas_rule(canvas, last, role);
	for (int row = 1; row < last; row++) {
		canvas_text(canvas, row, 0, role, "│");
		canvas_text(canvas, row, right, role, "│");
	}
	canvas_text(canvas, 0, 0, role, "┌");
	canvas_text(canvas, 0, right, role, "┐");
	canvas_text(canvas, last, 0, role, "└");
	canvas_text(canvas, last, right, role, "┘");
	if (title && *title) {
		struct canvas head = canvas_part(canvas, 0, 2, 1, right - 3);
		canvas_format(&head, 0, 0, role, " %s ", title);
	}
	return canvas_part(canvas, 1, 2, last - 1, right - 3);
}

struct canvas canvas_part(const struct canvas *canvas, int row, int col, int rows, int cols)
{
	struct canvas part = { .surface = canvas->surface };
	int bottom = row + rows, right = col + cols;
	row = row < 0 ? 0 : row;
	col = col < 0 ? 0 : col;
	bottom = bottom > canvas->rows ? canvas->rows : bottom;
	right = right > canvas->cols ? canvas->cols : right;
	part.top = canvas->top + row;
	part.left = canvas->left + col;
	part.rows = bottom > row ? bottom - row : 0;
	part.cols = right > col ? right - col : 0;
	return part;
}

void canvas_split(const struct canvas *canvas, const int *heights, int count,
                  struct canvas *out)
{
	int fixed = 0;
	for (int i = 0; i < count; i++)
		fixed += heights[i];
	int rest = canvas->rows > fixed ? canvas->rows - fixed : 0, at = 0;
	for (int i = 0; i < count; i++) {
		int rows = heights[i] ? heights[i] : rest;
		if (!heights[i])
			rest = 0;
		out[i] = canvas_part(canvas, at, 0, rows, canvas->cols);
		at += rows;
	}
}
