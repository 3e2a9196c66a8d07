/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/fresh.h"

#include "tui/desk.h"

enum { REST_MS = 300 };

static void on_soon(struct timer *timer)
{
	fresh_read(OWNER_OF(timer, struct fresh, soon));
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct fresh *f = OWNER_OF(listener, struct fresh, listener);
	(void)what, (void)id;
	if (!f->soon.armed)
		loop_after(f->screen->desk->loop, &f->soon, REST_MS);
}

void fresh_open(struct fresh *f, struct screen *screen, void (*read)(struct screen *))
{
	f->screen = screen;
	f->read = read;
	f->soon.fire = on_soon;
	f->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &f->listener);
	fresh_read(f);
}

void fresh_close(struct fresh *f)
{
	loop_cancel(f->screen->desk->loop, &f->soon);
	arena_free(&f->shown);
	arena_free(&f->coming);
}

void fresh_read(struct fresh *f)
{
	f->again = f->reading;
	if (f->reading)
		return;
	f->reading = true;
	f->read(f->screen);
}

bool fresh_came(struct fresh *f, const struct error *err)
{
	f->reading = false;
	screen_dirty(f->screen);
	if (err) {
		desk_tell(f->screen->desk, err);
		arena_free(&f->coming);
		return false;
	}
	arena_free(&f->shown);
	f->shown = f->coming;
	f->coming = (struct arena){ 0 };
	return true;
}

void fresh_taken(struct fresh *f)
{
	if (f->again)
		fresh_read(f);
}
