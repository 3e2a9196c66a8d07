/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/lessons.h — How far a clerk is in the lessons of the practice unit, and
 * what the audit trail says was really done.  Another unit has none: FAULT_INPUT. */
#pragma once
#include "core/store/store.h"

struct lesson_row {
	const char *lesson;
	int step;          /* the one that is next; 0 when it is done, too */
	moment_t begun_at, done_at; /* done_at MOMENT_NONE: never yet      */
	int times;
};
struct lessons_ask {
	void (*done)(struct lessons_ask *, const struct error *);
	struct arena *into; /* required but for lesson_keep */
	void *owner;
	/* Answers: */
	const struct lesson_row *rows;
	const char *const *acts; /* "accept", "turn_away:02", "act:return" … */
	int count;
	struct ask ask;     /* lessons.c's own */
};
/* → rows, count: those this clerk has begun. */
void lessons_read(struct store *, struct scope *, struct lessons_ask *);
/* → acts, count: this clerk's since then, each once, a day back at most. */
void lesson_acts(struct store *, struct scope *, struct lessons_ask *, moment_t since);
/* Step 0 begins it anew.  May be said twice but when finished. */
void lesson_keep(struct store *, struct scope *, struct lessons_ask *, const char *lesson, int step, bool finished);
