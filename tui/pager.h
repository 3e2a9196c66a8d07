/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/pager.h — A long text, wrapped, scrolled by lines and pages. */
#pragma once
#include <stdbool.h>
#include "tui/canvas.h"
#include "tui/event.h"

struct pager {
	const char *text; /* borrowed; paragraphs end with "\n" */
	int first;        /* first line shown */
	int lines, page, cols; /* as drawn last */
};

bool pager_handle(struct pager *, const struct event *);
/* The next paragraph after the first line shown (then from the top) in which every
 * word begins some word, accents apart, comes first.  False: none. */
bool pager_find(struct pager *, const char *words);
/* Draws it; the cursor stands on the first line shown, so that braille reads it. */
void pager_draw(struct pager *, struct canvas *, enum role, bool focused);
