/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/sit.h — The whole terminal for one purpose, after a log-in: the counter, or
 * what a command opens instead (the supervisor's board). */
#pragma once
#include <stdbool.h>

struct desk;
struct program;

struct sitting {
	void (*enter)(struct desk *); /* after the log-in: names the desk, pushes the first screen */
	void (*idle)(struct desk *);  /* as desk->idle                                             */
	bool no_counter;              /* nobody is served here: no counter is chosen               */
	bool province;                /* the logins are the province's                             */
	bool supervisor;              /* for supervisors: who is none is told so, and it ends      */
};
extern const struct sitting sitting_counter, sitting_board, sitting_province;

/* Until it is left; the exit status.  EXIT_USAGE without a terminal. */
int sit(struct program *, const struct sitting *);
/* What was asked for: the counter when nothing was. */
const struct sitting *sitting_of(const struct program *);
