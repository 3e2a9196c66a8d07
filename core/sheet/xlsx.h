/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sheet/xlsx.h — Lists for people outside: a workbook (Office Open XML,
 * .xlsx) written row by row, cells from left to right.
 *
 *     struct xlsx *x = xlsx_open(path, _("Tài khoản còn thiếu"), &err);
 *     if (!x)
 *         …
 *     xlsx_sheet(x, _("Danh sách"));
 *     xlsx_header(x, columns);
 *     xlsx_row(x);
 *     xlsx_text(x, name);
 *     xlsx_day(x, born);
 *     if (!xlsx_close(x, &err))
 *         …
 *
 * The first failure is kept and everything after it does nothing: ask once, at
 * xlsx_close.  Texts are foreign: they are written as strings whatever they begin
 * with (a cell "=…" is never a formula), mended, without control characters.
 * Nothing blocks but the disk; a list of a shop is some milliseconds. */
#pragma once
#include <stdbool.h>
#include "core/base/date.h"
#include "core/base/error.h"

struct xlsx;
struct xlsx_column {
	const char *head; /* N_("…"); a column whose head is NULL ends the row of heads */
	int width;        /* characters                                                  */
};

/* The file grows beside path, readable by this account alone, and takes its name
 * in xlsx_close.  title goes into the document's properties.  NULL: FAULT_INPUT
 * when the folder is not there or not writable, FAULT_DEVICE when the disk is full. */
struct xlsx *xlsx_open(const char *path, const char *title, struct error *);
/* A new sheet; the name loses []:*?/\ and what is past 31 characters.  Two sheets
 * of one name are a failure. */
void xlsx_sheet(struct xlsx *, const char *name);
/* A line of its own in bold, or plain: above the heads, or below the rows. */
void xlsx_title(struct xlsx *, const char *text);
void xlsx_line(struct xlsx *, const char *text);
/* The row of heads: bold, framed, repeated on every printed page, frozen together
 * with what is above it, with a filter over the rows that follow. */
void xlsx_header(struct xlsx *, const struct xlsx_column *columns);
/* Begins the next row; every cell goes into the next column. */
void xlsx_row(struct xlsx *);
void xlsx_text(struct xlsx *, const char *text);        /* NULL: empty; "\n" breaks lines */
void xlsx_number(struct xlsx *, double number);         /* 1.234 or 0,5                   */
void xlsx_day(struct xlsx *, day_t day);                /* DAY_NONE: empty                */
void xlsx_moment(struct xlsx *, moment_t moment);       /* MOMENT_NONE: empty             */
void xlsx_duration(struct xlsx *, int64_t seconds);     /* 26:05:00, sums work; < 0: empty*/
void xlsx_blank(struct xlsx *);
/* The row under way, from 1, and the letters of a column, from 0 ("A" … "ZZ"): what a formula names. */
int xlsx_at(const struct xlsx *);
const char *xlsx_letters(int column, char out[4]);
/* A formula of ours, never of foreign words, with what it comes to, for readers that do not count. */
void xlsx_formula(struct xlsx *, const char *formula, double value);
void xlsx_formula_text(struct xlsx *, const char *formula, const char *value);
/* The rows that the filter over the heads is for end here: sums and notes follow. */
void xlsx_end_rows(struct xlsx *);
/* Writes, syncs and renames: the old file or the whole new one.  Frees in any case. */
bool xlsx_close(struct xlsx *, struct error *);
/* Gives up; nothing is left on the disk. */
void xlsx_drop(struct xlsx *);
