/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/ipp_said.h — What motcua-ipp tells of a printer, line by line, and what
 * the clerk reads of it.
 *
 *     report            what follows is how the printer is now
 *     reason WORD       one of printer-state-reasons (RFC 8011 5.4.12), with its suffix
 *     word TEXT         printer-state-message, as it came: foreign text
 *     job N             it took the paper as this job
 *     unfit             asked to make pages fit the paper, the printer knows not how
 *     going             sides come out, or others are before it: wait on
 *     end WORD          the last line; see IPP_ENDS
 *
 * Reasons come from anybody's firmware: unknown ones are told as they are. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/error.h"

/*        name      word          what happened                                        */
#define IPP_ENDS(X)                                                                      \
	X(READY,    "ready")    /* looked at: it may be printed on                      */ \
	X(DONE,     "done")     /* job-state completed                                  */ \
	X(GONE,     "gone")     /* no connection, or no such printer there              */ \
	X(UNKNOWN,  "unknown")  /* somebody answers, but there is no such queue         */ \
	X(STOPPED,  "stopped")  /* the printer says that it prints nothing now          */ \
	X(REJECTS,  "rejects")  /* it takes no jobs                                     */ \
	X(MEDIA,    "media")    /* it has no such paper                                 */ \
	X(FORMAT,   "format")   /* it cannot read PDF                                   */ \
	X(REFUSED,  "refused")  /* it refused the job for another reason                */ \
	X(CANCELED, "canceled") /* canceled or aborted there, not by us                 */ \
	X(LATE,     "late")     /* not done in time: we canceled it                     */ \
	X(LOST,     "lost")     /* sent, and nobody knows what became of it             */
enum ipp_end {
	SAID_NOTHING, /* it has not ended */
#define X(name, word) SAID_##name,
	IPP_ENDS(X)
#undef X
	SAID_END_COUNT
};
const char *ipp_end_word(enum ipp_end);

struct ipp_said {
	/* To read: */
	enum ipp_end end;
	long job;               /* 0: not taken yet */
	int trouble, warning;   /* index of the worst reason of each kind + 1; 0: none */
	int seen;               /* the last trouble of the whole trip, though it is gone by now */
	bool unfit;             /* pages may lose their edges */
	char reason[64];        /* a reason that stops it and that we do not know; "" */
	char word[160];         /* the printer's own words, without control characters */
	/* own: */
	char line[256];
	size_t used;
	bool too_long;
};

/* In any pieces.  True when a line was complete: something may have changed. */
bool ipp_hear(struct ipp_said *, const char *bytes, size_t size);
/* One sentence about what holds it up, "" when nothing does. */
const char *ipp_trouble(const struct ipp_said *);
/* One sentence about what will hold it up soon, "". */
const char *ipp_warning(const struct ipp_said *);
/* Whether it came out (DONE, READY) or may have (LOST: *unsure); else FAULT_DEVICE and
 * what the clerk must do.  address and media name printer and paper. */
bool ipp_verdict(const struct ipp_said *, const char *address, const char *media, bool *unsure,
                 struct error *);
