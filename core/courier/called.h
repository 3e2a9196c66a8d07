/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/called.h — What a system says that calls us, read by its
 * profile.  Pure: no socket, no database.
 *
 * "inbound": {
 *   "key": {"member": PATH} or {"header": NAME, "before": "Bearer "}   where their
 *        proof stands; ours lies in courier.secrets as SYSTEM.inbound
 *   "call": PATH        where the name of the call stands in the body, when it does
 *        not follow the system's code in the address (/dat-dai/KetThuc)
 *   "about": {"ours", "foreign_code"}            rules for every call
 *   "filings": NAME     the call that hands over what citizens filed (pushed.h)
 *   "calls": {NAME: RULES or [RULES, the first whose "found" fits]}
 *   "reply": {"taken": NODE, "known": NODE (else taken), "failed": NODE}   objects;
 *        "{message}" among their members is our sentence
 * }
 * RULES are those of "view" (json.h), from the body on, where "@call" is the name
 * of the call and "@now" the moment it came; and "notice": TEXT, for what is no
 * status and no request: an officer reads it with the words at "text".  A call
 * without rules is such a notice, never a guess. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/courier/peer.h"
#include "core/courier/profile.h"

struct called {
	char call[64];
	char notice[900];      /* "" when it is none                              */
	struct peer_view view; /* its codes say whose it is; called_clear         */
};

/* May that system call at all? */
bool called_open(const struct profile *);
/* The name of the header that must hold the key, NULL: it stands in the body. */
const char *called_header(const struct profile *);
/* Is it the key?  given: the header, or NULL; an empty secret opens nothing.  The
 * time it takes does not tell how much of it was right. */
bool called_by_friend(const struct profile *, const json_t *body, const char *given,
                      const char *secret);
/* name: from the address, may be "".  body: its key is taken out, "@call" and
 * "@now" are set.  False: nobody can say what is meant, or of whom. */
bool called_read(const struct profile *, const char *name, json_t *body, moment_t now,
                 struct called *);
void called_clear(struct called *);

/* How it ended: one of "taken" "known" "failed"; malloc'ed JSON text. */
char *called_reply(const struct profile *, const char *end, const char *message);
