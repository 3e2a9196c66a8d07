/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/proposals_screen.h — What was read from the scanned papers, a row each, beside what
 * the form says.  Nothing is taken over but by a key, row by row. */
#pragma once
#include <stdbool.h>
#include "tui/screen.h"

struct proposals_row {
	const char *label, *text, *typed; /* typed: what stands in the form now       */
	const char *beside;               /* the paper's own words before it; ""      */
	const char *paper;
	int page;
	bool same, doubted;
};
struct proposals_plan {
	const struct proposals_row *rows; /* copied                                   */
	int count, at;                    /* at: the row under the cursor             */
	struct screen *asker;
	void (*take)(struct screen *asker, int row);
};
/* Its argument is a struct proposals_plan. */
extern const struct screen_kind proposals_screen;
