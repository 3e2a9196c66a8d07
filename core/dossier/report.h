/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/report.h — The reports of a unit, as one table: what each is called,
 * its columns, its checks and its rule of counting in words.  Screen, workbook, CSV
 * and paper are all made of it; core/store/reports.h reads the rows.
 *
 * Pure: periods are computed from a day that the caller names. */
#pragma once
#include <stdbool.h>
#include "core/base/date.h"

enum report_type {
	REPORT_TEXT,
	REPORT_COUNT,   /* whole, with totals          */
	REPORT_MONEY,   /* đồng, whole, with totals    */
	REPORT_NUMBER,  /* one decimal, without totals */
	REPORT_SCORE,   /* two decimals, with totals; empty: said to have no figures */
	REPORT_ORDER,   /* whole, without totals       */
	REPORT_DAY,     /* a moment, shown as its day  */
	REPORT_MOMENT,
};

struct report_column {
	const char *key;     /* the database's name of it                           */
	const char *head;    /* N_("…"), as the form words it                       */
	const char *group;   /* N_("…") above it and its neighbours; NULL: none     */
	const char *number;  /* "(3)" where the form numbers its columns; NULL      */
	enum report_type type;
	int width;           /* characters: on the sheet, in the workbook           */
	bool list;           /* the figure can be asked for its dossiers            */
	bool personal;       /* a citizen's: empty unless asked for with a reason   */
	bool whole;          /* a text too long for its cell: Enter reads it        */
};
/* left = the sum of right, keys with '+': the columns' own numbers are told. */
struct report_check {
	const char *left, *right;
	const char *say;     /* "3 = 4 + 5 + 6" */
};

#define REPORT_COLUMNS_MOST 16
struct report_kind {
	const char *name;    /* as the command line and the database call it        */
	const char *brief;   /* N_("…"): in lists of kinds                          */
	const char *title;   /* upper case, as printed                              */
	const char *basis;   /* N_("…"): the text that asks for it; "" none         */
	const char *unit;    /* N_("…"): what is counted: "hồ sơ TTHC", "đồng"      */
	const char *rule;    /* N_("…"): how it is counted                          */
	const char *sql;     /* $1 since, $2 until, $3 deciding, $4 narrow, $5 personal, $6 reason */
	const struct report_column *columns;
	const struct report_check *checks;  /* ends with { 0 }; NULL: none          */
	const char *bar, *bar_of;           /* chart: keys of a part and its whole; NULL: none */
	bool sides;          /* may be counted by unit of intake or of decision     */
	bool rows_are_dossiers; /* the row's key is a dossier's id                  */
	bool by_field;       /* may be narrowed to one lĩnh vực …                   */
	bool by_book;        /* … or to one sổ chứng thực, by its sign              */
};
extern const struct report_kind report_kinds[];  /* ends with { 0 } */
/* The signs of the four books, NULL-terminated. */
extern const char *const report_books[];
const struct report_kind *report_find(const char *name); /* NULL: no such kind */
int report_columns(const struct report_kind *);
/* The column's place; -1. */
int report_column_at(const struct report_kind *, const char *key);
bool report_personal(const struct report_kind *);
/* Counts, money and scores. */
bool report_adds_up(enum report_type);

/* ---- periods ---- */

/* Calendar ones, and those of NĐ 09/2019/NĐ-CP Điều 12: from the 15th to the 14th. */
#define REPORT_PERIODS(X)                            \
	X(WEEK,          "week",           N_("tuần"))            \
	X(MONTH,         "month",          N_("tháng"))           \
	X(QUARTER,       "quarter",        N_("quý"))             \
	X(YEAR,          "year",           N_("năm"))             \
	X(MONTH_LEGAL,   "month-report",   N_("kỳ báo cáo tháng (15–14)")) \
	X(QUARTER_LEGAL, "quarter-report", N_("kỳ báo cáo quý (15–14)"))   \
	X(YEAR_LEGAL,    "year-report",    N_("kỳ báo cáo năm (15/12–14/12)"))
enum report_period {
#define X(name, word, say) PERIOD_##name,
	REPORT_PERIODS(X)
#undef X
	PERIOD_COUNT,
	PERIOD_FREE,  /* from – to, as written */
};
const char *report_period_name(enum report_period); /* N_("…") */
/* By its word; false: no such period. */
bool report_period_find(const char *word, enum report_period *);
/* The one that the day lies in, moved by back periods (−1: the one before).  Both days counted. */
void report_period_days(enum report_period, day_t day, int by, day_t *from, day_t *to);
