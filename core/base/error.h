/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/error.h — An error has two readers: the clerk, who must know what
 * to do next, and the log, which must know what happened.  It lives on the
 * caller's stack, owns nothing, and may always be dropped. */
#pragma once
#include <stdbool.h>

/* Faults are named by what the clerk can do about them, not by module. */
enum fault {
	FAULT_NONE,
	FAULT_INPUT,    /* a field can be corrected                   */
	FAULT_CONFLICT, /* someone else changed it first: reload      */
	FAULT_DENIED,   /* not this clerk's to do                     */
	FAULT_OFFLINE,  /* server or network away: it will be retried */
	FAULT_DEVICE,   /* printer or scanner needs hands             */
	FAULT_BUG,      /* ours; logged, the clerk may carry on       */
};

struct error {
	enum fault fault;
	char code[6];  /* SQLSTATE or "", for callers that must tell two apart */
	char say[320]; /* Vietnamese, one line, for the clerk                  */
	char log[320]; /* English, the cause, for the log                      */
};

/* Fills err (which may be NULL) and returns false, so that a failure reads
 *     return fail(err, FAULT_INPUT, _("Ngày sinh không hợp lệ: %s"), text);
 * A text too long is cut at a character, never inside one. */
bool fail(struct error *err, enum fault fault, const char *say, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds the English cause after fail(); the clerk's sentence is kept.
 * Always returns false, like fail(). */
bool because(struct error *err, const char *log, ...)
	__attribute__((format(printf, 2, 3)));
