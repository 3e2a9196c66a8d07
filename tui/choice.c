/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/form.h"

static bool choose(struct choice *choice, int at)
{
	int count = 0;
	while (choice->names[count])
		count++;
	if (!count)
		return true;
	at = (at + count) % count;
	choice->changed = choice->changed || at != choice->at;
	choice->at = at;
	return true;
}

/* The next choice whose name begins with what was typed, marks left aside. */
static bool by_letter(struct choice *choice, const char *typed)
{
	char want[16], name[128];
	int count = 0;
	while (choice->names[count])
		count++;
	if (!text_fold(typed, want, sizeof want) || !*want)
		return false;
	for (int i = 1; i <= count; i++) {
		int at = (choice->at + i) % count;
		text_fold(_(choice->names[at]), name, sizeof name);
		if (strncmp(name, want, strlen(want)) == 0)
			return choose(choice, at);
	}
	return false;
}

bool choice_handle(struct choice *choice, const struct event *event)
{
	if (event_is(event, K_LEFT, 0))
		return choose(choice, choice->at - 1);
	if (event_is(event, K_RIGHT, 0))
		return choose(choice, choice->at + 1);
	if (event->kind != EVENT_TEXT)
		return false;
	return strcmp(event->text, " ") == 0 ? choose(choice, choice->at + 1)
	                                     : by_letter(choice, event->text);
}

void choice_draw(const struct choice *choice, struct canvas *canvas, int row, int col, int width,
                 bool focused)
{
	struct canvas part = canvas_part(canvas, row, col, 1, width);
	int need = 0, at = 0, from = 0;
	for (int i = 0; choice->names[i]; i++)
		need += canvas_fit(_(choice->names[i]), 1000, NULL) + 6;
	/* Too little room for all: begin with the chosen one. */
	if (need > part.cols)
		from = choice->at;
	for (int i = from; choice->names[i]; i++) {
		bool here = i == choice->at;
		enum role role = here && focused ? ROLE_FOCUS : here ? ROLE_INPUT : ROLE_TEXT;
		if (here && focused)
			canvas_cursor(&part, 0, at + 1);
		at += canvas_text(&part, 0, at, role, here ? "(●) " : "( ) ");
		at += canvas_text(&part, 0, at, role, _(choice->names[i]));
		at += canvas_text(&part, 0, at, ROLE_TEXT, "  ");
	}
}

bool check_handle(struct check *check, const struct event *event)
{
	if (event->kind != EVENT_TEXT || strcmp(event->text, " ") != 0)
		return false;
	check->on = !check->on;
	check->changed = true;
	return true;
}

void check_draw(const struct check *check, struct canvas *canvas, int row, int col, int width,
                bool focused)
{
	struct canvas part = canvas_part(canvas, row, col, 1, width);
	enum role role = focused ? ROLE_FOCUS : ROLE_TEXT;
	int at = canvas_text(&part, 0, 0, role, check->on ? "■ " : "□ ");
	canvas_text(&part, 0, at, role, check->name ? _(check->name) : "");
	if (focused)
		canvas_cursor(&part, 0, 0);
}
