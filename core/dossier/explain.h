/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/explain.h — The sentences of a due date; for deadline.c alone.
 * Counted days that follow each other, and days off for one reason, become one
 * line each; a long count runs on across plain week-ends. */
#pragma once
#include <stdbool.h>
#include "core/dossier/deadline.h"

struct explanation {
	struct arena *arena;
	const struct calendar *calendar;
	struct deadline *out;
	bool brief;             /* a long count: week-ends are not told apart */
	day_t run_from, run_to; /* counted days not written yet               */
	int run_first, run_last;/* their numbers                              */
	bool run_rests;         /* the run goes across week-ends              */
};

void explain_start(struct explanation *, moment_t start, enum limit_unit);
void explain_cutoff(struct explanation *, int minutes, day_t next);
/* Days off from … to, both included; nothing when to < from. */
void explain_gap(struct explanation *, day_t from, day_t to);
void explain_counted(struct explanation *, day_t, int number);
void explain_half(struct explanation *, day_t);
void explain_period(struct explanation *, day_t first, day_t last);
void explain_shift(struct explanation *, day_t last, day_t day);
void explain_hours(struct explanation *, double hours, bool working);
void explain_same_day(struct explanation *, bool later, int minutes);
void explain_flush(struct explanation *);
void explain_end(struct explanation *, moment_t due);
