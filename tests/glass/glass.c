/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/glass/glass.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/date.h"
#include "tests/glass/glass_own.h"

/* The clock of every loop on glass: it moves only when a test moves it. */
static int64_t now;

static int64_t standing_clock(void)
{
	return now;
}

static moment_t desk_clock(const struct desk *desk)
{
	return OWNER_OF(desk, struct glass, desk)->moment;
}

static void keyboard_ready(struct watch *watch, short revents)
{
	struct glass *glass = OWNER_OF(watch, struct glass, keyboard);
	char bytes[4096];
	ssize_t n = read(watch->fd, bytes, sizeof bytes);
	(void) revents;
	if (n > 0)
		desk_bytes(&glass->desk, bytes, (size_t)n);
}

static void refuse(const char *what)
{
	fprintf(stderr, "glass: %s\n", what);
	abort();
}

static void open_emulator(struct glass *glass, int rows, int cols)
{
	glass->vterm = vterm_new(rows, cols);
	vterm_set_utf8(glass->vterm, 1);
	glass->screen = vterm_obtain_screen(glass->vterm);
	vterm_screen_enable_altscreen(glass->screen, 1);
	vterm_screen_reset(glass->screen, 1);
}

struct glass *glass_new(const char *term, int rows, int cols)
{
	struct glass *glass = calloc(1, sizeof *glass);
	struct error err = { 0 };
	if (!glass)
		abort();
	unsetenv("NO_COLOR");
	/* A memfd has no size to ask for; ncurses' first scroll region follows these. */
	char text[16];
	snprintf(text, sizeof text, "%d", rows);
	setenv("LINES", text, 1);
	snprintf(text, sizeof text, "%d", cols);
	setenv("COLUMNS", text, 1);
	glass->memory = memfd_create("glass", MFD_CLOEXEC);
	if (glass->memory < 0 || pipe2(glass->pipe, O_CLOEXEC | O_NONBLOCK) < 0)
		refuse("no memfd or pipe");
	open_emulator(glass, rows, cols);
	struct term_plan plan = { .name = term ? term : "xterm-256color", .in = glass->pipe[0],
		                  .out = glass->memory, .rows = rows, .cols = cols };
	glass->term = term_open(&plan, &err);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	if (!glass->term)
		refuse(err.log);
	loop_init(&glass->loop);
	glass->loop.clock = standing_clock;
	desk_init(&glass->desk, &glass->loop, glass->term);
	glass->desk.clock = desk_clock;
	glass->moment = moment_of(day_of(2026, 11, 20), 9, 41, 0);
	glass->keyboard = (struct watch){ .fd = glass->pipe[0], .events = POLLIN,
		                          .ready = keyboard_ready };
	loop_watch(&glass->loop, &glass->keyboard);
	return glass;
}

void glass_free(struct glass *glass)
{
	desk_done(&glass->desk);
	term_close(glass->term);
	vterm_free(glass->vterm);
	close(glass->memory);
	close(glass->pipe[0]);
	close(glass->pipe[1]);
	free(glass);
}

struct desk *glass_desk(struct glass *glass)
{
	return &glass->desk;
}

struct loop *glass_loop(struct glass *glass)
{
	return &glass->loop;
}

struct screen *glass_open(struct glass *glass, const struct screen_kind *kind,
                          const void *argument)
{
	glass->loop.stop = false;
	struct screen *screen = screen_push(&glass->desk, kind, argument);
	glass_paint(glass);
	return screen;
}

static void send_keys(struct glass *glass, const char *bytes, size_t n)
{
	while (n > 0) {
		size_t piece = n < 4096 ? n : 4096;
		if (write(glass->pipe[1], bytes, piece) != (ssize_t)piece)
			refuse("the keyboard's pipe is full");
		loop_turn(&glass->loop, 0);
		bytes += piece;
		n -= piece;
	}
}

static void settle(struct glass *glass)
{
	for (int wait; (wait = keys_wait(&glass->desk.keys, now)) >= 0;)
		glass_pass(glass, wait + 1);
}

void glass_type(struct glass *glass, const char *bytes)
{
	send_keys(glass, bytes, strlen(bytes));
	settle(glass);
	glass_paint(glass);
}

void glass_type_slowly(struct glass *glass, const char *bytes, int gap_ms)
{
	for (; *bytes; bytes++) {
		send_keys(glass, bytes, 1);
		glass_pass(glass, gap_ms);
	}
	settle(glass);
	glass_paint(glass);
}

void glass_pass(struct glass *glass, int64_t ms)
{
	/* Timer by timer, so that one which arms the next is not skipped. */
	int64_t until = now + ms;
	while (glass->loop.timers && glass->loop.timers->due <= until) {
		now = glass->loop.timers->due > now ? glass->loop.timers->due : now;
		loop_turn(&glass->loop, 0);
	}
	now = until;
	loop_turn(&glass->loop, 0);
}

bool glass_until(struct glass *glass, bool (*done)(void *), void *argument)
{
	int64_t end = monotonic_ms() + 10000;
	while (!done(argument) && monotonic_ms() < end)
		loop_turn(&glass->loop, 20);
	glass_paint(glass);
	return done(argument);
}

void glass_resize(struct glass *glass, int rows, int cols)
{
	vterm_set_size(glass->vterm, rows, cols);
	term_resize(glass->term, rows, cols);
	desk_dirty(&glass->desk);
	glass_paint(glass);
}

long glass_paint(struct glass *glass)
{
	char bytes[65536];
	ssize_t n;
	desk_idle(&glass->loop);
	off_t before = glass->seen;
	while ((n = pread(glass->memory, bytes, sizeof bytes, glass->seen)) > 0) {
		vterm_input_write(glass->vterm, bytes, (size_t)n);
		glass->seen += n;
	}
	vterm_screen_flush_damage(glass->screen);
	return (long)(glass->seen - before);
}

long glass_sent(struct glass *glass)
{
	return (long)glass->seen;
}

void glass_clock(struct glass *glass, moment_t moment)
{
	glass->moment = moment;
	desk_dirty(&glass->desk);
}
