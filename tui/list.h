/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/list.h — Rows with columns and one row under the cursor, marked ">" as
 * well as by colour.  The owner keeps the data and tells how a cell reads;
 * type-ahead is the owner's. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "tui/canvas.h"
#include "tui/event.h"

struct list_column {
	const char *head;  /* N_("…"); may be NULL                               */
	int width;         /* columns; 0: grows with the screen (one of them)    */
	bool right;        /* numbers                                            */
	int from;          /* shown only on canvases at least so wide; 0: always */
};
struct list_cell {
	const char *text;  /* any lifetime until the next call; NULL is ""        */
	enum role role;    /* ROLE_TEXT by default; the cursor row is ROLE_SELECTED */
};

struct list {
	/* Set by the owner: */
	int count;
	const struct list_column *columns; /* ends with a column whose head and width are 0 */
	void (*cell)(void *owner, int row, int column, struct list_cell *out);
	/* What a row is, whatever its place: when rows come anew the cursor stays on the same one.  NULL: on the place. */
	int64_t (*id)(void *owner, int row);
	void *owner;
	const char *empty; /* sentence shown when count is 0 */
	bool headless;     /* no heading row                 */
	bool beside;       /* of several lists: marked only while focused */
	/* list.c's own, readable: */
	int at;            /* the cursor row, 0 … count-1; 0 when empty */
	int first, page;   /* what was drawn last; for PgUp and PgDn    */
	int top, left, cols; /* where on the screen, for clicks         */
	bool known;        /* here is the id of the cursor's row …      */
	int64_t here;
};

/* Up Down PgUp PgDn Home End, the wheel, a click on a row; true: taken.  Up on the
 * first row and Down on the last are not taken, so that a form can go on. */
bool list_handle(struct list *, const struct event *);
/* Draws headings and rows; focused puts the cursor on the row. */
void list_draw(struct list *, struct canvas *, bool focused);
/* Call after rows came: the cursor stays on its row, on the next one when that is gone, inside count. */
void list_set_count(struct list *, int count);
/* One id out of a number and a word, where no number alone tells rows apart. */
int64_t list_id(int64_t number, const char *word);
