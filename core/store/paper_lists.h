/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/paper_lists.h — Papers of many dossiers at once, to be printed as one job:
 * their receipts, a hand-over list, the book of a period; and what was counted: a report,
 * the packet of a shift. */
#pragma once
#include "core/base/date.h"
#include "core/store/prints.h"
#include "core/store/reports.h"

#define LIST_DOSSIERS_MOST PRINT_PAPERS_MOST

/* One at a time. */
struct list_ask {
	void (*done)(struct list_ask *, const struct error *err);
	struct arena *into;  /* required; papers and number live there */
	void *owner;
	/* Answers, when done is called without err: */
	const int64_t *papers;
	int count;
	const char *number;  /* of the first paper, "" for receipts */
	struct ask ask;      /* paper_lists.c's own */
};
/* The receipts that count now, in this order; of dossiers that have none nothing. */
void list_receipts(struct store *, struct scope *, struct list_ask *, const int64_t *dossiers, int count);
/* Makes a hand-over list; the same request_id (seal_uuid) gives the same one.  taker_name
 * may be "": it is written by hand. */
void list_handover(struct store *, struct scope *, struct list_ask *, const char *request_id,
                   const int64_t *dossiers, int count, const char *taker_unit, const char *taker_name);
/* Makes the books of what was received from one day to another, both counted: a paper or
 * more of each field; the same request_id gives the same ones.  MC006: nothing was. */
void list_book(struct store *, struct scope *, struct list_ask *, const char *request_id, day_t from, day_t to);
/* A report as it was counted, without persons; body: fields of the form "report", its head left out.  The same
 * request_id gives the same paper. */
void list_report(struct store *, struct scope *, struct list_ask *, const char *request_id, const struct report_plan *,
                 const char *body);
/* The packet of a closed shift, for two signatures; the same one until the second clerk has taken it. */
void list_shift(struct store *, struct scope *, struct list_ask *, int64_t shift_id);
