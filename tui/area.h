/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/area.h — An editor of several lines (notes, reasons): a field whose text
 * may hold "\n", wrapped at the width it is drawn with.  Enter breaks the line;
 * Tab, F-keys and Esc are the owner's; Up on the first and Down on the last line too. */
#pragma once
#include "tui/field.h"

struct area {
	struct field field; /* text, changed, max … as there (max 0: 4000) */
	int first, width;   /* as drawn last                               */
};

void area_init(struct area *, struct arena *, const struct composer *);
void area_set(struct area *, const char *text);
bool area_handle(struct area *, const struct event *);
void area_draw(struct area *, struct canvas *, int row, int col, int rows, int cols,
               bool focused);
