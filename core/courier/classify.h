/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/classify.h — What a reply means.  Pure: a table of tests holds
 * every quirk of the wire that was ever seen.  Business codes are never
 * retried blindly, and a fault of the network never marks a dossier as failed.
 *
 * Where the code, the words and the result stand is usually found by itself
 * (error_code, code; message, errors, …; result, data).  A profile's "reply"
 * says otherwise, "calls": {WORD: {"reply": …}} for one kind of call:
 *   code        paths (codec_path; one or a list) of the code; "good": codes of
 *               success, ["0"] when not said; numbers are compared as numbers
 *   text        paths of the message; lists and objects are written out
 *   result      paths of what is asked for ("" is the whole)
 *   needs_code  false: a reply without any code succeeds unless its words tell
 *               otherwise, also an empty one
 *   words       true: the profile's phrases decide before codes and HTTP status;
 *               "permanent" among them refuses */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/courier/call.h"
#include "core/courier/http.h"
#include "core/courier/profile.h"

/*      name        class in the database */
#define OUTCOMES(X)                                                                 \
	X(DELIVERED, "delivered") /* carried out                                   */ \
	X(DUPLICATE, "duplicate") /* it was there already                          */ \
	X(AUTH,      "auth")      /* session or account                            */ \
	X(RETRY,     "retry")     /* surely not carried out, later it may be       */ \
	X(REFUSED,   "refused")   /* an officer must correct something             */ \
	X(UNKNOWN,   "unknown")   /* perhaps carried out: ask before sending again */

enum outcome {
#define X(name, word) OUTCOME_##name,
	OUTCOMES(X)
#undef X
};
const char *outcome_word(enum outcome);

/* What was read of a reply. */
struct answer {
	enum outcome outcome;
	bool has_code, good;
	long code;         /* error_code, or code of the other families          */
	bool missing;      /* refused because they do not have the dossier (yet) */
	int retry_after;   /* seconds, -1: not told                              */
	char text[600];    /* their message, mended; or what the network did     */
	json_t *root;      /* NULL when it was neither JSON nor XML              */
	json_t *result;    /* where the profile says it is, else NULL            */
};

/* A question or a log-in cut off in the middle is RETRY, a changing call UNKNOWN. */
void classify(struct answer *, const struct profile *, enum call_kind, const struct http_reply *);
void answer_clear(struct answer *);
/* The member result (or data), parsed again when it is text; new reference or NULL. */
json_t *answer_result(const struct answer *);
