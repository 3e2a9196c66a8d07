/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/desk_own.h — Between the desk's files only. */
#pragma once
#include "tui/desk.h"

/* The topmost screen that is no dialog. */
struct screen *screen_ground(const struct desk *);
void screens_sweep(struct desk *);    /* frees what has gone    */
void screens_drop_all(struct desk *); /* and everything that is */

/* One place in the bottom row. */
struct bar_item {
	const struct action *action;
	struct chord chord;
	bool may;
	bool first;   /* what this screen is for, help, the way out: kept before the rest */
	int col, cols;
};
#define BAR_ITEMS 24
/* What fits into so many columns, in the order of the keys. */
int bar_items(const struct desk *, int cols, struct bar_item out[BAR_ITEMS]);
void bar_draw(const struct desk *, struct canvas *);
/* Title row and status line; a sentence too long for one row has more. */
void title_draw(const struct desk *, struct canvas *);
int status_rows(const struct desk *, int cols);
void status_draw(const struct desk *, struct canvas *);

/* The tables that hold for the top screen now, nearest first; NULL-terminated. */
void desk_tables(const struct desk *, const struct action *out[4]);
void help_open(struct desk *);
void palette_open(struct desk *);
