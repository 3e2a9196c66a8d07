/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/call.h — The calls a family of systems may know.  A message is
 * carried out by one or more of them; questions are one each. */
#pragma once
#include <stdbool.h>

/*      name        word in profiles ("calls": {word: …}) and logs */
#define CALL_KINDS(X)                                                              \
	X(NONE,      "none")      /* nothing more: the message is carried out */   \
	X(LOGIN,     "login")                                                      \
	X(PROCEDURE, "procedure") /* their names for the procedure            */   \
	X(NUMBER,    "number")    /* a number of theirs, reserved             */   \
	X(UPLOAD,    "upload")    /* one file                                 */   \
	X(ASK,       "ask")       /* do they have the dossier, what of it?    */   \
	X(LIST,      "list")      /* what changed, or all of a period         */   \
	X(LOOKUP,    "lookup")    /* facts on a person, an enterprise         */   \
	X(RIGHTS,    "rights")    /* what may our officers do there?          */   \
	X(FETCH,     "fetch")     /* a file of a result                       */   \
	X(ADD,       "add")                                                        \
	X(UPDATE,    "update")                                                     \
	X(PROGRESS,  "progress")                                                   \
	X(STATUS,    "status")                                                     \
	X(ACK,       "ack")       /* we keep what they gave us                */   \
	X(ASK_MANY,  "ask-many")  /* of several dossiers at once              */   \
	X(TELL,      "tell")      /* a gateway: words for a citizen           */   \
	X(TOLD,      "told")      /* what became of them                      */   \
	X(FILINGS,   "filings")   /* what citizens filed online, a page       */   \
	X(FILING,    "filing")    /* one of them; new ones stand last: what    \
	                           * was done is remembered by number         */

enum call_kind {
#define X(name, word) CALL_##name,
	CALL_KINDS(X)
#undef X
};
const char *call_word(enum call_kind);

/* Does it change something over there?  Cut off in the middle, such a call is
 * of unknown outcome and is asked for; every other one is simply made again. */
static inline bool call_changes(enum call_kind kind)
{
	return kind >= CALL_ADD && kind != CALL_ASK_MANY && kind != CALL_TOLD && kind < CALL_FILINGS;
}
