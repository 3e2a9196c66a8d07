/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/canvas.h — The only writer on the screen.  A canvas is a clipped part of
 * it; everything is placed by rows and columns from 0 and told what it means
 * (a role), never how it looks.  Drawing outside is cut silently, a letter is
 * never cut in two, control characters show as "·". */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "tui/theme.h"

struct surface; /* canvas.c's own: the cells, their roles, the cursor */

struct canvas {
	struct surface *surface;
	int top, left; /* on the whole screen        */
	int rows, cols;/* may be 0: nothing is drawn */
};

/* Writes text from (row, col); returns the columns it took (cut at the edge). */
int canvas_text(struct canvas *, int row, int col, enum role, const char *text);
int canvas_format(struct canvas *, int row, int col, enum role, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
/* Columns of text as it is drawn, at most most; *bytes (may be NULL) gets how much
 * of it fits. */
int canvas_fit(const char *text, int most, size_t *bytes);
/* Exactly width columns: padded with blanks, or cut with "…". */
void canvas_cell(struct canvas *, int row, int col, int width, enum role, const char *text);
/* The same, set against the right edge of the width (numbers, money). */
void canvas_right(struct canvas *, int row, int col, int width, enum role, const char *text);
/* Wraps text at blanks and "\n" into cols columns from (row, col); returns rows
 * it takes (also those beyond the edge). */
int canvas_lines(struct canvas *, int row, int col, int cols, enum role, const char *text);
void canvas_fill(struct canvas *, int row, int col, int rows, int cols, enum role);
void canvas_rule(struct canvas *, int row, enum role); /* ──────── */
/* Clears it, draws a frame with a title; returns the inside. */
struct canvas canvas_frame(struct canvas *, enum role, const char *title);
/* The hardware cursor: the last call wins; braille displays follow it. */
void canvas_cursor(struct canvas *, int row, int col);

/* A part, clipped to the whole. */
struct canvas canvas_part(const struct canvas *, int row, int col, int rows, int cols);
/* Cuts it into count bands from the top; heights[i] rows each, 0 for the one
 * that grows.  Too little room: later bands shrink to nothing, the growing one
 * first. */
void canvas_split(const struct canvas *, const int *heights, int count, struct canvas *out);

/* The painter's side (term.c, desk.c, tests). */
struct surface *surface_new(void);
struct surface *surface_free(struct surface *);
/* The whole screen, emptied, with the cursor hidden until someone places it. */
struct canvas surface_begin(struct surface *, const struct theme *);
/* Sends what changed to the terminal. */
void surface_end(struct surface *);
/* Next surface_end repaints every cell. */
void surface_touch(struct surface *);
/* Row of the screen as text; masked: persons and inputs as "•", long numbers too.
 * Writes at most room bytes with the NUL. */
void surface_row(const struct surface *, int row, bool masked, char *out, size_t room);
enum role surface_role(const struct surface *, int row, int col);
int surface_rows(const struct surface *);
int surface_cols(const struct surface *);
bool surface_cursor(const struct surface *, int *row, int *col);
