/* SPDX-License-Identifier: Apache-2.0
 *
 * Who gets an event: the top screen, its actions, the common ones, the desk's. */
#include "core/base/say.h"
#include "tui/desk_own.h"

void desk_act(struct desk *desk, const struct action *action)
{
	if (action->may && !action->may(desk->top)) {
		const char *help = action->help ? _(action->help) : "";
		desk_say(desk, FAULT_INPUT, _("Lúc này chưa làm được: %s"), help);
		return;
	}
	action->run(desk->top);
}

static bool by_key(struct desk *desk, const struct event *event)
{
	const struct action *tables[4];
	struct chord chord;
	if (!chord_of(event, &chord))
		return false;
	desk_tables(desk, tables);
	for (int i = 0; tables[i]; i++) {
		const struct action *action = keymap_find(&desk->keymap, tables[i], chord);
		if (!action)
			continue;
		desk_act(desk, action);
		return true;
	}
	return false;
}

static bool by_click(struct desk *desk, const struct event *event)
{
	struct bar_item items[BAR_ITEMS];
	if (event->kind != EVENT_MOUSE || event->button != MOUSE_LEFT || desk->top->kind->bare ||
	    event->row != surface_rows(desk->surface) - 1)
		return false;
	int count = bar_items(desk, surface_cols(desk->surface), items);
	for (int i = 0; i < count; i++) {
		if (event->col < items[i].col || event->col >= items[i].col + items[i].cols)
			continue;
		desk_act(desk, items[i].action);
		return true;
	}
	return false;
}

void desk_event(struct desk *desk, const struct event *event)
{
	struct screen *top = desk->top;
	if (!top)
		return;
	/* What was said is read by now. */
	desk->status[0] = '\0';
	desk->fault = FAULT_NONE;
	top->asked = NULL;
	desk_dirty(desk);
	if (by_click(desk, event) || (top->kind->handle && top->kind->handle(top, event)))
		return;
	if (event->kind == EVENT_SCAN) {
		/* Behind a lock, and before anyone is at work, a card opens nothing. */
		if (top->kind->lock || !desk->scanned || !desk->scanned(desk, event))
			desk_say(desk, FAULT_INPUT, _("Mã vừa quét không dùng được ở màn hình này."));
		return;
	}
	if (by_key(desk, event))
		return;
	if (event_is(event, K_ESC, 0) && top == desk->top && top->below && !top->kind->lock)
		screen_pop(top);
}
