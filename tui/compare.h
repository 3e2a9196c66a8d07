/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/compare.h — What was typed beside what a register told, differences
 * marked.  Nothing is taken over but by a key, row by row or all that differ. */
#pragma once
#include <stdbool.h>
#include "tui/screen.h"

enum { COMPARE_MOST = 10 };
struct compare_row {
	int id;             /* the owner's                                    */
	const char *label, *typed, *theirs;
	bool same;          /* tone placement and case aside                  */
	bool fixed;         /* shown only                                     */
};
struct compare_plan {
	const char *title, *note;  /* copied, as the rows are */
	const struct compare_row *rows;
	int count;          /* COMPARE_MOST at most                           */
	struct screen *asker;
	void (*take)(struct screen *asker, int id);
};
/* Its argument is a struct compare_plan. */
extern const struct screen_kind compare_screen;
