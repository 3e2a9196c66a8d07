/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sheet/csv.h — A table as text for other programs: UTF-8 with its mark, commas, lines
 * ended by CR LF (RFC 4180).
 *
 * Readers take a cell that begins with = + - @, a tab or a line end for a formula: foreign
 * words get an apostrophe before them.  Figures are the program's own and stay bare. */
#pragma once
#include "core/base/bytes.h"

/* The mark of UTF-8, first thing. */
void csv_begin(struct bytes *);
/* A cell of foreign words, quoted, on one line, without control characters. */
void csv_text(struct bytes *, const char *text);
/* A whole number, or with as many decimals as it needs. */
void csv_number(struct bytes *, double number);
/* A day or moment as ISO text, or nothing. */
void csv_own(struct bytes *, const char *text);
void csv_end(struct bytes *); /* of the line */
