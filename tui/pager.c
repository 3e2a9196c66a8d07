/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/pager.h"

#include <string.h>

#include "core/base/arena.h"
#include "core/base/text.h"

bool pager_handle(struct pager *pager, const struct event *event)
{
	int page = pager->page > 1 ? pager->page - 1 : 1;
	int last = pager->lines > pager->page ? pager->lines - pager->page : 0;
	int to = pager->first;
	if (event_is(event, K_UP, 0))
		to--;
	else if (event_is(event, K_DOWN, 0))
		to++;
	else if (event_is(event, K_PGUP, 0))
		to -= page;
	else if (event_is(event, K_PGDN, 0) ||
	         (event->kind == EVENT_TEXT && strcmp(event->text, " ") == 0))
		to += page;
	else if (event_is(event, K_HOME, 0))
		to = 0;
	else if (event_is(event, K_END, 0))
		to = last;
	else if (event->kind == EVENT_MOUSE && event->button >= MOUSE_WHEEL_UP)
		to += event->button == MOUSE_WHEEL_UP ? -3 : 3;
	else
		return false;
	pager->first = to < 0 ? 0 : to > last ? last : to;
	return true;
}

void pager_draw(struct pager *pager, struct canvas *canvas, enum role role, bool focused)
{
	const char *text = pager->text ? pager->text : "";
	int line = 0;
	pager->page = canvas->rows;
	while (*text && canvas->cols > 1) {
		size_t next = 0, n = text_line(text, canvas->cols - 1, &next);
		if (line >= pager->first && line < pager->first + canvas->rows) {
			struct arena scratch = { 0 };
			canvas_text(canvas, line - pager->first, 0, role,
			            arena_copy(&scratch, text, n));
			arena_free(&scratch);
		}
		line++;
		if (!next)
			break;
		text += next;
	}
	pager->lines = line;
	if (pager->first)
		canvas_text(canvas, 0, canvas->cols - 1, ROLE_FRAME, "↑");
	if (line > pager->first + canvas->rows)
		canvas_text(canvas, canvas->rows - 1, canvas->cols - 1, ROLE_FRAME, "↓");
	if (focused)
		canvas_cursor(canvas, 0, 0);
}
