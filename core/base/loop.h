/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/loop.h — The only place where a program waits.
 *
 * Keyboard, signals, libpq, curl, printers and scanners are all watches;
 * everything in time is a timer.  Both are embedded in their owner: the loop
 * allocates nothing for them and frees nothing.  Any callback may add or
 * remove any watch or timer, its own included. */
#pragma once
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

struct loop;

struct watch {
	int fd;
	short events; /* POLLIN | POLLOUT; 0 to rest */
	void (*ready)(struct watch *, short revents);
	struct watch *next; /* loop.c's own */
};

struct timer {
	void (*fire)(struct timer *);
	int64_t due; /* ms of loop->clock; loop.c's own */
	struct timer *next;
	bool armed;
};

struct loop {
	struct watch *watches;
	struct timer *timers;       /* sorted by due                          */
	int64_t (*clock)(void);     /* monotonic_ms unless a test replaces it */
	void (*idle)(struct loop *);/* once before each wait: paint           */
	void *owner;                /* for idle                               */
	bool stop;
	struct watch **cursor;      /* loop.c's own, while dispatching        */
};

void loop_init(struct loop *);
/* Adding a watch twice is harmless; so is removing one that is not there. */
void loop_watch(struct loop *, struct watch *);
void loop_unwatch(struct loop *, struct watch *);
/* (Re)arms the timer to fire once, at least 1 ms from now. */
void loop_after(struct loop *, struct timer *, int64_t ms);
void loop_cancel(struct loop *, struct timer *);
/* Waits at most max_ms (-1: until something happens), then runs what is due. */
void loop_turn(struct loop *, int64_t max_ms);
/* Turns until loop->stop. */
void loop_run(struct loop *);
/* Blocks the signals and delivers them as reads of a signalfd: the caller's
 * watch->fd is set; its ready callback reads struct signalfd_siginfo. */
int loop_signal_fd(const int *signals, int count);

#define OWNER_OF(pointer, type, member) \
	((type *)((char *)(pointer) - __builtin_offsetof(type, member)))
