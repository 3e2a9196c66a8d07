/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/figure.h — Large digits and letters of full blocks, for screens that are
 * read from across a hall.  0–9, A–Z and the blank; any scale. */
#pragma once
#include <stdbool.h>
#include "tui/canvas.h"

/* Cells that text takes at a scale from 1. */
int figure_cols(const char *text, int scale);
int figure_rows(int scale);
/* Every letter of it has a figure. */
bool figure_may(const char *text);
/* The largest scale that fits; 0: not even 1 does. */
int figure_scale(const char *text, int rows, int cols);
void figure_draw(struct canvas *, int row, int col, int scale, enum role, const char *text);
