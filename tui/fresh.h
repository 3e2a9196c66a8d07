/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/fresh.h — Keeps what a screen reads from the database fresh: read at the start, again soon after anything was heard, one
 * reading at a time, and what is shown stays whole while the next answer is on its way. */
#pragma once
#include "core/base/arena.h"
#include "core/base/loop.h"
#include "tui/duty.h"
#include "tui/list.h"

struct error;
struct screen;

struct fresh {
	struct screen *screen;
	void (*read)(struct screen *); /* asks; the answer goes into coming and ends with fresh_came() */
	/* Which news leads to a reading (see struct listener); NULL: any. */
	bool (*heeds)(const struct screen *, const char *what, int64_t id);
	int rest_ms;                   /* from news to the reading, so that a burst is one; 0: 300 */
	struct arena shown, coming;    /* of the rows shown; of those on their way */
	bool known;                    /* something was read; until then nobody may say that there is nothing */
	/* fresh.c's own: */
	bool reading, again, other;
	struct timer soon;
	struct listener listener;
};

/* From a screen's open: listens while the screen is there, and reads. */
void fresh_open(struct fresh *, struct screen *, void (*read)(struct screen *));
/* From its close. */
void fresh_close(struct fresh *);
/* Reads now, or when the answer under way has come. */
void fresh_read(struct fresh *);
/* The same after the question changed (other days, another list): the answer under way is to the old one, and is let go. */
void fresh_other(struct fresh *);
/* The answer: true when its rows, in shown from now on, are to be taken; else the clerk is told. */
bool fresh_came(struct fresh *, const struct error *);
/* The same after the rows were taken: reads once more when something was heard meanwhile. */
void fresh_taken(struct fresh *);
/* list_draw; before rows were read once it says that they are being read or could not be, not that there are none. */
void fresh_list(const struct fresh *, struct list *, struct canvas *, bool focused);
