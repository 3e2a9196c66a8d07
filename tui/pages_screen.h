/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/pages_screen.h — The pages of a scan, looked at before they go with their papers:
 * they arrive while the scanner works; the clerk turns, orders, leaves out, scans anew,
 * gives pages to other papers, accepts. */
#pragma once
#include "core/scan/batch.h"
#include "tui/screen.h"

enum pages_end { PAGES_DROPPED, PAGES_TAKEN, PAGES_TO_SIGN /* taken, and to be signed at once */ };

struct pages_screen_plan {
	struct screen *asker;
	struct batch *batch;         /* the asker's; outlives the screen          */
	const struct scan_setup *setup; /* NULL: the pages are there already      */
	const char *const *papers;   /* batch->paper_count names, copied          */
	/* NULL: scanned at once; else files in the batch's spool, ended by NULL, whose
	 * pages come instead (alive as long as the screen). */
	const char *const *files;
	const char *system;          /* where the papers travel: what it would refuse is told before
	                              * anything is made; NULL or "": not known yet  */
	bool signs;                  /* the asker can sign what is taken          */
	/* Once, when this screen has gone. */
	void (*then)(struct screen *asker, struct batch *, enum pages_end);
};
extern const struct screen_kind pages_screen;
