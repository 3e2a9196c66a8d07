/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/coach.h — Lessons of the practice unit ("cầm tay chỉ việc"): one step at a time
 * stands on the status line of the real screens, and the next comes when the step was
 * really done: the screen is there, says that it is so far, or the audit trail has the
 * act.  Progress is kept with the clerk in the database. */
#pragma once
#include "core/base/date.h"
#include "core/store/lessons.h"
#include "tui/screen.h"

/* All members that are not NULL must hold. */
struct lesson_step {
	const char *say;     /* N_("…"): what to do next                        */
	const char *on;      /* this kind of screen is on top                   */
	const char *reached; /* … and says so (screen_kind.reached)             */
	const char *act;     /* recorded since the lesson began (lesson_acts)   */
	const char *back;    /* N_("…"): how to come back to the screen; NULL   */
};
struct lesson {
	const char *name;    /* in the database: small letters and "-"          */
	const char *title, *aim; /* N_("…")                                     */
	const struct lesson_step *steps; /* ends with say NULL                  */
};
/* Ends with name NULL. */
extern const struct lesson LESSONS[];
int lesson_steps(const struct lesson *);

struct coach;
struct desk;
struct duty;
/* For a practice unit; NULL elsewhere. */
struct coach *coach_begin(struct duty *);
struct coach *coach_end(struct coach *); /* NULL-safe; NULL */
/* From this step on; 0 begins it anew.  One lesson at a time. */
void coach_start(struct coach *, const struct lesson *, int step, moment_t begun_at);
void coach_stop(struct coach *);
/* The lesson under way, or NULL; *step counts from 0. */
const struct lesson *coach_lesson(const struct coach *, int *step);
/* The next citizen's card of the practice world is read, as by a scanner. */
void coach_card(struct coach *);
