/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/fresh.h — Keeps what a screen reads from the database fresh: read at the start, again soon after anything was heard, one
 * reading at a time, and what is shown stays whole while the next answer is on its way. */
#pragma once
#include "core/base/arena.h"
#include "core/base/loop.h"
#include "tui/duty.h"

struct error;
struct screen;

struct fresh {
	struct screen *screen;
	void (*read)(struct screen *); /* asks; the answer goes into coming and ends with fresh_came() */
	struct arena shown, coming;    /* of the rows shown; of those on their way */
	/* fresh.c's own: */
	bool reading, again;
	struct timer soon;
	struct listener listener;
};

/* From a screen's open: listens while the screen is there, and reads. */
void fresh_open(struct fresh *, struct screen *, void (*read)(struct screen *));
/* From its close. */
void fresh_close(struct fresh *);
/* Reads now, or when the answer under way has come. */
void fresh_read(struct fresh *);
/* The answer: true when its rows, in shown from now on, are to be taken; else the clerk is told. */
bool fresh_came(struct fresh *, const struct error *);
/* The same after the rows were taken: reads once more when something was heard meanwhile. */
void fresh_taken(struct fresh *);
