/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/reports.h — The rows of a report (core/dossier/report.h), and the word to the
 * trail before one leaves as a file or on paper. */
#pragma once
#include "core/dossier/report.h"
#include "core/store/find.h"
#include "core/store/store.h"

struct report_plan {
	const struct report_kind *kind;
	day_t from, to;       /* both counted                                                    */
	bool deciding;        /* counted by unit of decision, where the kind may be              */
	const char *narrow;   /* one lĩnh vực (or book); "": all                                 */
	bool personal;        /* with names and addresses: a supervisor's, and for a reason      */
	const char *reason;
};

struct report_cell {
	const char *text;     /* as the database wrote it; "" none                              */
	double number;        /* of counts, money, numbers                                      */
	moment_t moment;      /* of days and moments; MOMENT_NONE                               */
};
struct report_row {
	const char *key;      /* what desk.report_dossiers takes; a dossier's id where rows are */
	const struct report_cell *cells; /* one a column                                        */
};
struct report_table {
	struct report_plan plan;   /* its strings in the arena                                  */
	const struct report_row *rows;
	int count;
	moment_t at;               /* when it was counted, the database's clock                 */
	/* Of counts and money, by column. */
	double totals[REPORT_COLUMNS_MOST];
};
/* More rows than this are refused: a shorter period. */
#define REPORT_ROWS_MOST 20000

struct report_ask {
	void (*done)(struct report_ask *, const struct report_table *, const struct error *);
	struct arena *into;   /* required */
	void *owner;
	/* reports.c's own: */
	struct report_plan plan;
	moment_t now;
	struct ask ask;
};
/* now: the database's clock, told on every output.  FAULT_DENIED when personal columns are not
 * this clerk's to read. */
void report_read(struct store *, struct scope *, struct report_ask *, const struct report_plan *, moment_t now);
/* Does the check hold in this row (row −1: the totals)? */
bool report_holds(const struct report_table *, const struct report_check *, int row);
/* Sum of a column over all rows; its text is "" where none of a score's rows has figures. */
struct report_cell report_total(const struct report_table *, int column);

struct report_export_ask {
	void (*done)(struct report_export_ask *, const struct error *);
	void *owner;
	struct ask ask; /* reports.c's own */
};
/* format: "xlsx" "csv" "pdf" "print".  Asked for before anything is written. */
void report_export(struct store *, struct scope *, struct report_export_ask *, const struct report_plan *, const char *format);

/* The dossiers behind a figure, as find_day gives rows.  row_key "": of all rows. */
void report_dossiers(struct store *, struct scope *, struct find_ask *, const struct report_plan *, const char *row_key,
                     const char *column, int most);
