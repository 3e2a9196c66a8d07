/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/marks.h — Rows of a list chosen one by one: the blank marks the row under the cursor and goes on to the next, a key marks
 * all or none.  The owner's first column shows the mark. */
#pragma once
#include "core/base/arena.h"
#include "tui/list.h"

struct marks {
	bool *on; /* one per row, the arena's with the rows; NULL: no rows yet */
};

/* Of rows that just came: none is marked. */
void marks_start(struct marks *, struct arena *, int count);
int marks_count(const struct marks *, const struct list *);
void marks_cell(const struct marks *, int row, struct list_cell *);
/* The blank, before list_handle; true: taken, and the count has changed. */
bool marks_handle(struct marks *, struct list *, const struct event *);
/* All of them; when all are, none. */
void marks_turn(struct marks *, const struct list *);
