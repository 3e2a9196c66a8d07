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

static bool paragraph_has(const char *text, const char *folded_words)
{
	struct arena scratch = { 0 };
	const char *end = strchr(text, '\n');
	size_t n = end ? (size_t)(end - text) : strlen(text);
	bool has = text_has_words(text_fold_new(&scratch, arena_copy(&scratch, text, n)), folded_words);
	arena_free(&scratch);
	return has;
}

bool pager_find(struct pager *pager, const char *words)
{
	struct arena scratch = { 0 };
	const char *folded = text_fold_new(&scratch, words), *text = pager->text ? pager->text : "";
	int line = 0, before = -1, after = -1;
	bool begins = true;
	while (*text && pager->cols > 0 && after < 0) {
		size_t next = 0, n = text_line(text, pager->cols, &next);
		if (begins && paragraph_has(text, folded)) {
			if (line > pager->first)
				after = line;
			else if (before < 0)
				before = line;
		}
		begins = text[n] == '\n';
		line++;
		if (!next)
			break;
		text += next;
	}
	arena_free(&scratch);
	if (after < 0 && before < 0)
		return false;
	pager->first = after >= 0 ? after : before;
	return true;
}

void pager_draw(struct pager *pager, struct canvas *canvas, enum role role, bool focused)
{
	const char *text = pager->text ? pager->text : "";
	int line = 0;
	pager->page = canvas->rows;
	pager->cols = canvas->cols - 1;
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
