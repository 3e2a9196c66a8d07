/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/fresh.h"

#include "core/base/say.h"
#include "tui/desk.h"

enum { REST_MS = 300 };

static void on_soon(struct timer *timer)
{
	fresh_read(OWNER_OF(timer, struct fresh, soon));
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct fresh *f = OWNER_OF(listener, struct fresh, listener);
	if (!f->soon.armed && (!f->heeds || f->heeds(f->screen, what, id)))
		loop_after(f->screen->desk->loop, &f->soon, f->rest_ms ? f->rest_ms : REST_MS);
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

void fresh_other(struct fresh *f)
{
	f->other = f->reading;
	f->known = false;
	fresh_read(f);
	screen_dirty(f->screen);
}

bool fresh_came(struct fresh *f, const struct error *err)
{
	bool other = f->other;
	f->reading = f->other = false;
	screen_dirty(f->screen);
	if (err || other) {
		if (err && !other)
			desk_tell(f->screen->desk, err);
		arena_free(&f->coming);
		return false;
	}
	f->known = true;
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

void fresh_list(const struct fresh *f, struct list *list, struct canvas *canvas, bool focused)
{
	const char *empty = list->empty;
	if (!f->known)
		list->empty = f->reading ? N_("Đang đọc…") : N_("Chưa đọc được; có lại kết nối thì tự đọc.");
	list_draw(list, canvas, focused);
	list->empty = empty;
}
