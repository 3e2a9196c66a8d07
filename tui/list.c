/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/list.h"

#include <stddef.h>

#include "core/base/say.h"

static void remember(struct list *list)
{
	list->known = list->id && list->at < list->count;
	if (list->known)
		list->here = list->id(list->owner, list->at);
}

static bool move(struct list *list, int to)
{
	to = to >= list->count ? list->count - 1 : to;
	list->at = to < 0 ? 0 : to;
	remember(list);
	return true;
}

void list_set_count(struct list *list, int count)
{
	int to = list->at;
	list->count = count;
	for (int i = 0; list->id && list->known && i < count; i++)
		if (list->id(list->owner, i) == list->here)
			to = i;
	move(list, to);
}

int64_t list_id(int64_t number, const char *word)
{
	uint64_t id = (uint64_t)number * 0x9e3779b97f4a7c15u;
	for (; *word; word++)
		id = (id ^ (unsigned char)*word) * 0x100000001b3u;
	return (int64_t)id;
}

static bool click(struct list *list, const struct event *event)
{
	if (event->button == MOUSE_WHEEL_UP)
		return move(list, list->at - 3);
	if (event->button == MOUSE_WHEEL_DOWN)
		return move(list, list->at + 3);
	int row = event->row - list->top + list->first;
	bool inside = event->row >= list->top && event->row < list->top + list->page &&
	              event->col >= list->left && event->col < list->left + list->cols;
	if (event->button != MOUSE_LEFT || !inside || row >= list->count)
		return false;
	return move(list, row);
}

bool list_handle(struct list *list, const struct event *event)
{
	int page = list->page > 1 ? list->page - 1 : 1;
	if (event->kind == EVENT_MOUSE)
		return click(list, event);
	if (event->kind != EVENT_KEY || event->chord.mods)
		return false;
	switch (event->chord.key) {
	case K_UP:   return list->at > 0 && move(list, list->at - 1);
	case K_DOWN: return list->at + 1 < list->count && move(list, list->at + 1);
	case K_PGUP: return move(list, list->at - page);
	case K_PGDN: return move(list, list->at + page);
	case K_HOME: return move(list, 0);
	case K_END:  return move(list, list->count - 1);
	default:     return false;
	}
}

/* One column's place on a canvas so wide; width 0: not shown. */
static int place(const struct list *list, int column, int cols, int *width)
{
	int fixed = 0, at = 2;
	for (const struct list_column *c = list->columns; c->head || c->width; c++)
		if (c->from <= cols)
			fixed += c->width + 1;
	int rest = cols - 2 - fixed;
	*width = 0;
	for (int i = 0; i <= column; i++) {
		const struct list_column *c = &list->columns[i];
		at += *width ? *width + 1 : 0;
		*width = c->from > cols ? 0 : c->width ? c->width : rest > 0 ? rest : 0;
	}
	return at;
}

static void draw_row(struct list *list, struct canvas *canvas, int row, int index, bool focused)
{
	bool here = index == list->at && (focused || !list->beside);
	if (here)
		canvas_fill(canvas, row, 0, 1, canvas->cols, ROLE_SELECTED);
	if (here)
		canvas_text(canvas, row, 0, ROLE_SELECTED, ">");
	for (int i = 0; list->columns[i].head || list->columns[i].width; i++) {
		int width, col = place(list, i, canvas->cols, &width);
		struct list_cell cell = { .role = ROLE_TEXT };
		if (!width)
			continue;
		list->cell(list->owner, index, i, &cell);
		/* A person stays a person for the dump's mask. */
		enum role role = here && cell.role != ROLE_PERSON ? ROLE_SELECTED : cell.role;
		(list->columns[i].right ? canvas_right : canvas_cell)(canvas, row, col, width,
		                                                      role, cell.text);
	}
	if (here && focused)
		canvas_cursor(canvas, row, 0);
}

void list_draw(struct list *list, struct canvas *canvas, bool focused)
{
	int head = list->headless ? 0 : 1;
	struct canvas body = canvas_part(canvas, head, 0, canvas->rows - head, canvas->cols);
	for (int i = 0; head && (list->columns[i].head || list->columns[i].width); i++) {
		int width, col = place(list, i, canvas->cols, &width);
		const char *text = list->columns[i].head;
		if (width && text && *text)
			(list->columns[i].right ? canvas_right : canvas_cell)(
				canvas, 0, col, width, ROLE_HEAD, _(text));
	}
	remember(list); /* owners put the cursor where they like */
	list->page = body.rows;
	list->top = body.top;
	list->left = body.left;
	list->cols = body.cols;
	if (list->at < list->first)
		list->first = list->at;
	if (body.rows > 0 && list->at >= list->first + body.rows)
		list->first = list->at - body.rows + 1;
	if (list->first > 0 && list->first + body.rows > list->count)
		list->first = list->count > body.rows ? list->count - body.rows : 0;
	for (int row = 0; row < body.rows && list->first + row < list->count; row++)
		draw_row(list, &body, row, list->first + row, focused);
	if (!list->count && list->empty)
		canvas_lines(&body, 0, 2, body.cols - 2, ROLE_DIM, _(list->empty));
	if (!list->count && focused)
		canvas_cursor(&body, 0, 0);
}
