/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/desk.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk_own.h"
#include "tui/term.h"

#define LEAST_ROWS 10
#define LEAST_COLS 40

static moment_t clock_now(const struct desk *desk)
{
	return moment_now() + desk->ahead;
}

static void key_event(struct keys *keys, const struct event *event)
{
	desk_event(keys->owner, event);
}

static void settle_due(struct timer *timer);

/* After every feed: a lone ESC or half a scan is settled by the loop's clock. */
static void plan_settling(struct desk *desk)
{
	int wait = keys_wait(&desk->keys, desk->loop->clock());
	if (wait < 0)
		loop_cancel(desk->loop, &desk->settle);
	else
		loop_after(desk->loop, &desk->settle, wait);
}

static void settle_due(struct timer *timer)
{
	struct desk *desk = OWNER_OF(timer, struct desk, settle);
	keys_settle(&desk->keys, desk->loop->clock());
	plan_settling(desk);
}

static void minute_due(struct timer *timer)
{
	struct desk *desk = OWNER_OF(timer, struct desk, minute);
	int second = moment_clock(desk_now(desk)).second;
	desk_dirty(desk);
	loop_after(desk->loop, timer, (60 - second) * 1000);
}

/* Time enough to read three rows; then what they cover is seen again. */
#define READ_MS 8000

static void said_due(struct timer *timer)
{
	struct desk *desk = OWNER_OF(timer, struct desk, said);
	desk->short_status = true;
	desk_dirty(desk);
}

static void quiet_due(struct timer *timer)
{
	struct desk *desk = OWNER_OF(timer, struct desk, quiet);
	if (desk->idle && desk->idle_ms > 0)
		desk->idle(desk);
}

void desk_init(struct desk *desk, struct loop *loop, struct terminal *term)
{
	*desk = (struct desk){ .loop = loop, .term = term, .clock = clock_now };
	theme_default(&desk->theme);
	desk->theme.depth = term_depth(term);
	term_theme(term, &desk->theme);
	desk->surface = surface_new();
	keys_init(&desk->keys, key_event, desk);
	desk->settle.fire = settle_due;
	desk->minute.fire = minute_due;
	desk->quiet.fire = quiet_due;
	desk->said.fire = said_due;
	desk->dirty = true;
	loop->idle = desk_idle;
	loop->owner = desk;
}

void desk_done(struct desk *desk)
{
	screens_drop_all(desk);
	scope_end(&desk->scope);
	serial_stop(&desk->serial);
	loop_cancel(desk->loop, &desk->settle);
	loop_cancel(desk->loop, &desk->minute);
	loop_cancel(desk->loop, &desk->quiet);
	loop_cancel(desk->loop, &desk->said);
	keys_clear(&desk->keys);
	desk->surface = surface_free(desk->surface);
	desk->loop->idle = NULL;
	arena_free(&desk->arena);
}

void desk_bytes(struct desk *desk, const char *bytes, size_t n)
{
	keys_feed(&desk->keys, bytes, n, desk->loop->clock());
	plan_settling(desk);
	if (desk->idle && desk->idle_ms > 0)
		loop_after(desk->loop, &desk->quiet, desk->idle_ms);
}

static void keyboard_ready(struct watch *watch, short revents)
{
	struct desk *desk = OWNER_OF(watch, struct desk, keyboard);
	char bytes[4096];
	ssize_t n = read(watch->fd, bytes, sizeof bytes);
	(void) revents;
	if (n > 0) {
		desk_bytes(desk, bytes, (size_t)n);
	} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
		desk->hung = true;
		desk_quit(desk);
	}
}

static void signals_ready(struct watch *watch, short revents)
{
	struct desk *desk = OWNER_OF(watch, struct desk, signals);
	struct signalfd_siginfo info;
	(void) revents;
	while (read(watch->fd, &info, sizeof info) == (ssize_t)sizeof info) {
		switch (info.ssi_signo) {
		case SIGWINCH:
			/* Sizes between were missed, and with them what was cut off. */
			(void) term_resize(desk->term, 0, 0);
			surface_touch(desk->surface);
			break;
		case SIGUSR1:
			(void) desk_dump(desk, NULL, NULL);
			break;
		case SIGHUP:
			desk->hung = true;
			desk_quit(desk);
			break;
		default:
			desk_quit(desk);
			break;
		}
		desk_dirty(desk);
	}
}

int desk_run(struct desk *desk, const struct screen_kind *first, const void *argument)
{
	static const int signals[] = { SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGUSR1 };
	desk->signals = (struct watch){ .events = POLLIN, .ready = signals_ready };
	desk->signals.fd = loop_signal_fd(signals, sizeof signals / sizeof *signals);
	desk->keyboard = (struct watch){ .fd = term_in(desk->term), .events = POLLIN,
		                         .ready = keyboard_ready };
	loop_watch(desk->loop, &desk->keyboard);
	if (desk->signals.fd >= 0)
		loop_watch(desk->loop, &desk->signals);
	desk->loop->stop = false;
	screen_push(desk, first, argument);
	minute_due(&desk->minute);
	loop_run(desk->loop);
	loop_unwatch(desk->loop, &desk->keyboard);
	loop_unwatch(desk->loop, &desk->signals);
	if (desk->signals.fd >= 0)
		close(desk->signals.fd);
	return desk->hung ? 1 : desk->status_code;
}

static void paint_stack(const struct desk *desk, struct canvas *body)
{
	const struct screen *stack[64];
	int count = 0;
	for (const struct screen *at = desk->top; at && count < 64; at = at->below) {
		stack[count++] = at;
		if (!at->kind->dialog)
			break;
	}
	while (count-- > 0)
		if (stack[count]->kind->draw)
			stack[count]->kind->draw(stack[count], body);
}

void desk_paint(struct desk *desk)
{
	if (!desk->dirty || !desk->top || desk->hung)
		return;
	if (desk->turned)
		desk->turned(desk);
	desk->dirty = false;
	struct canvas whole = surface_begin(desk->surface, &desk->theme), bands[4];
	if (whole.rows < LEAST_ROWS || whole.cols < LEAST_COLS) {
		canvas_lines(&whole, 0, 0, whole.cols, ROLE_WARN,
		             _("Màn hình nhỏ quá: hãy nới cửa sổ tới 80 cột, 24 dòng."));
		canvas_cursor(&whole, 0, 0);
	} else if (desk->top->kind->bare) {
		desk->top->kind->draw(desk->top, &whole);
	} else {
		canvas_split(&whole, (const int[]){ 1, 0, 1, 1 }, 4, bands);
		title_draw(desk, &bands[0]);
		paint_stack(desk, &bands[1]);
		int told = status_rows(desk, whole.cols);
		bands[2] = canvas_part(&whole, whole.rows - 1 - told, 0, told, whole.cols);
		status_draw(desk, &bands[2]);
		bar_draw(desk, &bands[3]);
	}
	surface_end(desk->surface);
}

void desk_idle(struct loop *loop)
{
	struct desk *desk = loop->owner;
	screens_sweep(desk);
	desk_paint(desk);
}

void desk_tell(struct desk *desk, const struct error *err)
{
	desk->fault = err->fault;
	snprintf(desk->status, sizeof desk->status, "%s", err->say);
	desk->short_status = false;
	if (err->fault != FAULT_NONE) {
		memcpy(desk->trouble, desk->status, sizeof desk->trouble);
		desk->trouble_at = desk_now(desk);
	}
	loop_after(desk->loop, &desk->said, READ_MS);
	if (err->fault != FAULT_NONE && err->fault != FAULT_INPUT)
		log_error(desk->top ? desk->top->kind->name : "desk", err);
	desk_dirty(desk);
}

void desk_say(struct desk *desk, enum fault fault, const char *format, ...)
{
	struct error err = { .fault = fault };
	va_list list;
	va_start(list, format);
	vsnprintf(err.say, sizeof err.say, format, list);
	va_end(list);
	desk_tell(desk, &err);
}

void desk_name(struct desk *desk, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	vsnprintf(desk->name, sizeof desk->name, format, list);
	va_end(list);
	desk_dirty(desk);
}

moment_t desk_now(const struct desk *desk)
{
	return desk->clock(desk);
}

day_t desk_today(const struct desk *desk)
{
	return moment_day(desk_now(desk));
}

void desk_quit(struct desk *desk)
{
	desk->loop->stop = true;
}

void desk_dirty(struct desk *desk)
{
	desk->dirty = true;
}
