/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/screen.h"

#include <stdlib.h>

#include "tui/desk.h"
#include "tui/desk_own.h"

struct screen *screen_push(struct desk *desk, const struct screen_kind *kind,
                           const void *argument)
{
	struct screen *screen = calloc(1, sizeof *screen);
	if (!screen)
		abort();
	screen->kind = kind;
	screen->desk = desk;
	screen->below = desk->top;
	if (kind->size)
		screen->state = arena_take(&screen->arena, kind->size);
	desk->top = screen;
	desk_dirty(desk);
	if (kind->open)
		kind->open(screen, argument);
	return screen;
}

static bool on_stack(const struct screen *screen)
{
	for (const struct screen *at = screen->desk->top; at; at = at->below)
		if (at == screen)
			return true;
	return false;
}

/* Its requests end first; what close does can start none that outlive it. */
static void take_off(struct desk *desk)
{
	struct screen *screen = desk->top;
	scope_end(&screen->scope);
	if (screen->kind->close)
		screen->kind->close(screen);
	scope_end(&screen->scope);
	desk->top = screen->below;
	screen->below = desk->gone;
	desk->gone = screen;
}

static void pop(struct screen *screen)
{
	struct desk *desk = screen->desk;
	if (!on_stack(screen))
		return;
	while (desk->top != screen)
		take_off(desk);
	take_off(desk);
	desk_dirty(desk);
}

static void resume(struct desk *desk)
{
	if (!desk->top)
		desk_quit(desk);
	else if (desk->top->kind->resume)
		desk->top->kind->resume(desk->top);
}

void screen_pop(struct screen *screen)
{
	struct desk *desk = screen->desk;
	pop(screen);
	resume(desk);
}

struct screen *screen_replace(struct screen *screen, const struct screen_kind *kind,
                              const void *argument)
{
	struct desk *desk = screen->desk;
	pop(screen);
	return screen_push(desk, kind, argument);
}

bool screen_is_top(const struct screen *screen)
{
	return screen->desk->top == screen;
}

void screen_home(struct desk *desk)
{
	bool moved = false;
	for (; desk->top && desk->top->below; moved = true)
		take_off(desk);
	desk_dirty(desk);
	if (moved)
		resume(desk);
}

void screen_dirty(struct screen *screen)
{
	desk_dirty(screen->desk);
}

void screens_drop_all(struct desk *desk)
{
	while (desk->top)
		take_off(desk);
	screens_sweep(desk);
}

void screens_sweep(struct desk *desk)
{
	while (desk->gone) {
		struct screen *screen = desk->gone;
		desk->gone = screen->below;
		arena_free(&screen->arena);
		free(screen);
	}
}

struct screen *screen_ground(const struct desk *desk)
{
	struct screen *at = desk->top;
	while (at && at->kind->dialog && at->below)
		at = at->below;
	return at;
}
