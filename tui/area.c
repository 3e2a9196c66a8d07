/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/area.h"

#include <string.h>

#include "core/base/text.h"

#define AREA_MOST 4000

void area_init(struct area *area, struct arena *arena, const struct composer *composer)
{
	*area = (struct area){ .width = 60 };
	field_init(&area->field, arena, composer);
	area->field.lines = true;
	area->field.max = AREA_MOST;
}

void area_set(struct area *area, const char *text)
{
	field_set(&area->field, text);
	area->first = 0;
}

/* Line number index of the wrapped text: [*from, *to) in bytes; false past the end.
 * An empty text, and what follows a last "\n", is a line too. */
static bool line_at(const struct area *area, int index, size_t *from, size_t *to)
{
	const char *text = area->field.text;
	size_t at = 0;
	for (int i = 0;; i++) {
		size_t next = 0, n = text_line(text + at, area->width, &next);
		bool last = !text[at] || !text[at + next] || !next;
		bool more = last && text[at] && next && text[at + next - 1] == '\n';
		if (i == index) {
			*from = at;
			*to = at + n;
			return true;
		}
		if (last && !more)
			return false;
		at += next;
		if (more && i + 1 == index) {
			*from = *to = at;
			return true;
		}
		if (more)
			return false;
	}
}

static int cursor_line(const struct area *area)
{
	size_t from, to, next;
	int line = 0;
	while (line_at(area, line + 1, &next, &to) && next <= area->field.cursor)
		line++;
	line_at(area, line, &from, &to);
	return line;
}

static int column_of(const struct area *area, size_t from, size_t at)
{
	int column = 0;
	const char *text = area->field.text;
	for (size_t i = from; i < at; i = text_next(text, i)) {
		char one[64] = "";
		size_t n = text_next(text, i) - i;
		memcpy(one, text + i, n < sizeof one ? n : sizeof one - 1);
		column += canvas_fit(one, 2, NULL);
	}
	return column;
}

static bool move_line(struct area *area, int by)
{
	size_t from, to;
	int line = cursor_line(area);
	line_at(area, line, &from, &to);
	int column = column_of(area, from, area->field.cursor);
	if (line + by < 0 || !line_at(area, line + by, &from, &to))
		return false;
	size_t at = from;
	while (at < to && column_of(area, from, at) < column)
		at = text_next(area->field.text, at);
	area->field.cursor = at;
	area->field.run = 0;
	return true;
}

bool area_handle(struct area *area, const struct event *event)
{
	size_t from, to;
	if (event_is(event, K_UP, 0))
		return move_line(area, -1);
	if (event_is(event, K_DOWN, 0))
		return move_line(area, 1);
	if (event_is(event, K_ENTER, 0)) {
		field_insert(&area->field, "\n", 1);
		return true;
	}
	if (event_is(event, K_HOME, 0) || event_is(event, K_END, 0)) {
		line_at(area, cursor_line(area), &from, &to);
		area->field.cursor = event->chord.key == K_HOME ? from : to;
		return true;
	}
	return field_handle(&area->field, event);
}

void area_draw(struct area *area, struct canvas *canvas, int row, int col, int rows, int cols,
               bool focused)
{
	struct canvas part = canvas_part(canvas, row, col, rows, cols);
	enum role role = area->field.wrong ? ROLE_WRONG : focused ? ROLE_FOCUS : ROLE_INPUT;
	area->width = part.cols > 1 ? part.cols - 1 : 1;
	int at = cursor_line(area);
	if (at < area->first || !focused)
		area->first = focused ? at : 0;
	else if (part.rows > 0 && at >= area->first + part.rows)
		area->first = at - part.rows + 1;
	canvas_fill(&part, 0, 0, part.rows, part.cols, role);
	for (int i = 0; i < part.rows; i++) {
		size_t from, to;
		struct arena scratch = { 0 };
		if (!line_at(area, area->first + i, &from, &to))
			break;
		canvas_text(&part, i, 0, role,
		            arena_copy(&scratch, area->field.text + from, to - from));
		if (focused && area->first + i == at)
			canvas_cursor(&part, i, column_of(area, from, area->field.cursor));
		arena_free(&scratch);
	}
}
