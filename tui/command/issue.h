/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/issue.h — A paper of the database drawn and brought out: to a
 * printer of the configuration, into a folder, or as one PDF file. */
#pragma once
#include "tui/command/clerk.h"

struct issued {
	const char *say;     /* what happened, for people                      */
	const char *place;   /* the file, "" when it went to a device          */
	const char *printer; /* its name, or "PDF"                             */
	int copy;            /* 0 the first print, n the n-th copy             */
	bool confirmed;      /* the device or the disk said so                 */
};
/* to: --out and --printer.  Only the first print of a paper carries no mark; with
 * first_only a paper that was printed before is left alone (say is then NULL).
 * False: the paper did not come out; what was accepted stays accepted. */
bool issue_paper(struct clerk *, int64_t paper_id, const struct call *to, bool first_only,
                 struct issued *, struct error *);

/* The page that shows whether a printer works. */
bool issue_test(struct clerk *, const struct call *to, struct issued *, struct error *);

/* What --out and --printer say can be done at all: asked before the act. */
bool issue_possible(struct program *, const struct call *, struct error *);
