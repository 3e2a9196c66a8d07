/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/loop.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/signalfd.h>

#include "core/base/date.h"

/* A counter has the keyboard, signals, two database sockets and a few
 * helpers; a courier one socket per system.  Past this the design is wrong. */
#define MOST_WATCHES 256

void loop_init(struct loop *loop)
{
	*loop = (struct loop){ .clock = monotonic_ms };
	/* Every loop writes to pipes and sockets whose reader may be gone. */
	signal(SIGPIPE, SIG_IGN);
}

void loop_watch(struct loop *loop, struct watch *watch)
{
	for (struct watch *w = loop->watches; w; w = w->next)
		if (w == watch)
			return;
	watch->next = loop->watches;
	loop->watches = watch;
}

void loop_unwatch(struct loop *loop, struct watch *watch)
{
	for (struct watch **at = &loop->watches; *at; at = &(*at)->next) {
		if (*at != watch)
			continue;
		/* A dispatch under way must not step on what is leaving. */
		if (loop->cursor == &watch->next)
			loop->cursor = at;
		*at = watch->next;
		watch->next = NULL;
		return;
	}
}

void loop_after(struct loop *loop, struct timer *timer, int64_t ms)
{
	loop_cancel(loop, timer);
	timer->due = loop->clock() + (ms < 1 ? 1 : ms);
	timer->armed = true;
	struct timer **at = &loop->timers;
	while (*at && (*at)->due <= timer->due)
		at = &(*at)->next;
	timer->next = *at;
	*at = timer;
}

void loop_cancel(struct loop *loop, struct timer *timer)
{
	if (!timer->armed)
		return;
	for (struct timer **at = &loop->timers; *at; at = &(*at)->next) {
		if (*at == timer) {
			*at = timer->next;
			break;
		}
	}
	timer->next = NULL;
	timer->armed = false;
}

static int wait_time(const struct loop *loop, int64_t max_ms)
{
	int64_t ms = max_ms;
	if (loop->timers) {
		int64_t until = loop->timers->due - loop->clock();
		if (until < 0)
			until = 0;
		if (ms < 0 || until < ms)
			ms = until;
	}
	return ms > INT_MAX ? INT_MAX : (int)ms;
}

static short result_for(const struct pollfd *fds, nfds_t count, int fd, short events)
{
	for (nfds_t i = 0; i < count; i++)
		if (fds[i].fd == fd && fds[i].events == events)
			return fds[i].revents;
	return 0;
}

static void dispatch(struct loop *loop, const struct pollfd *fds, nfds_t count)
{
	for (loop->cursor = &loop->watches; loop->cursor && *loop->cursor;) {
		struct watch *watch = *loop->cursor;
		loop->cursor = &watch->next;
		short got = watch->events ? result_for(fds, count, watch->fd, watch->events) : 0;
		if (got)
			watch->ready(watch, got);
	}
	loop->cursor = NULL;
}

static void fire_due(struct loop *loop)
{
	int64_t now = loop->clock();
	while (loop->timers && loop->timers->due <= now) {
		struct timer *timer = loop->timers;
		loop_cancel(loop, timer);
		timer->fire(timer);
	}
}

void loop_turn(struct loop *loop, int64_t max_ms)
{
	if (loop->idle)
		loop->idle(loop);
	struct pollfd fds[MOST_WATCHES];
	nfds_t count = 0;
	for (struct watch *w = loop->watches; w; w = w->next) {
		if (!w->events)
			continue;
		if (count == MOST_WATCHES)
			abort();
		fds[count++] = (struct pollfd){ .fd = w->fd, .events = w->events };
	}
	int ready = poll(fds, count, wait_time(loop, max_ms));
	if (ready > 0)
		dispatch(loop, fds, count);
	fire_due(loop);
}

void loop_run(struct loop *loop)
{
	while (!loop->stop)
		loop_turn(loop, -1);
}

int loop_signal_fd(const int *signals, int count)
{
	sigset_t set;
	sigemptyset(&set);
	for (int i = 0; i < count; i++)
		sigaddset(&set, signals[i]);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
