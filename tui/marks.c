/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/marks.h"

#include <string.h>

void marks_start(struct marks *marks, struct arena *arena, int count)
{
	marks->on = ARENA_MANY(arena, bool, count + 1);
	memset(marks->on, 0, sizeof *marks->on * (size_t)(count + 1));
}

int marks_count(const struct marks *marks, const struct list *list)
{
	int n = 0;
	for (int i = 0; i < list->count; i++)
		n += marks->on[i];
	return n;
}

void marks_cell(const struct marks *marks, int row, struct list_cell *out)
{
	out->text = marks->on[row] ? "■" : "□";
	out->role = marks->on[row] ? ROLE_GOOD : ROLE_DIM;
}

bool marks_handle(struct marks *marks, struct list *list, const struct event *event)
{
	static const struct event down = { .kind = EVENT_KEY, .chord = { K_DOWN, 0 }, .text = "" };
	if (event->kind != EVENT_TEXT || strcmp(event->text, " ") != 0 || !list->count)
		return false;
	marks->on[list->at] = !marks->on[list->at];
	(void)list_handle(list, &down);
	return true;
}

void marks_turn(struct marks *marks, const struct list *list)
{
	bool all = marks_count(marks, list) < list->count;
	for (int i = 0; i < list->count; i++)
		marks->on[i] = all;
}
