/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/report_own.h — The screen of reports; between report_screen.c, report_table.c and
 * report_export.c only. */
#pragma once
#include "core/store/certify.h"
#include "printers/draw.h"
#include "tui/duty.h"
#include "tui/export_file.h"
#include "tui/report_output.h"
#include "tui/screen.h"

/* A cell under the cursor; of the totals: row = count of rows. */
struct report_look {
	int row, column;       /* the cursor                                  */
	int first_row, first_column, page; /* what was drawn                  */
};

struct report_view {
	struct screen *screen;
	struct report_plan plan;       /* what is shown or being read         */
	enum report_period period;
	int by;                        /* periods before or after today's     */
	struct report_table table;
	bool known;                    /* table is of plan                    */
	struct report_look look;
	struct arena memory, coming;   /* of the table; of the one on its way */
	struct arena words;            /* of plan's own strings               */
	struct report_ask ask;
	bool reading, again;
	/* Export: */
	struct export_file file;
	enum report_format format;
	struct report_plan leaving;    /* with persons, or without            */
	struct report_ask export;
	struct report_export_ask told;
	struct report_table full;
	struct certify_act cancel;     /* of a number of a sổ chứng thực      */
};

/* Reads what plan says; what is shown is gone until it is there. */
void report_show(struct report_view *);
bool report_has_totals(const struct report_view *);
int report_rows(const struct report_view *);

/* report_table.c */
void report_draw_table(const struct report_view *, struct canvas *);
/* The arrow keys; true: taken. */
bool report_move(struct report_view *, const struct event *);

/* report_export.c */
bool report_may_leave(const struct screen *);
void report_leave(struct screen *);

/* certify.c: the number under the cursor. */
bool report_may_cancel(const struct screen *);
void report_cancel(struct screen *);
