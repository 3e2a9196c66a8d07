/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/connector.h — A family of systems: which calls carry a neutral
 * message out, how each is written, and what their replies say.  Sending,
 * sessions, retries and classification are the engine's, the same for every
 * family. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/courier/call.h"
#include "core/courier/classify.h"
#include "core/courier/http.h"
#include "core/courier/peer.h"
#include "core/courier/profile.h"

struct call_facts {
	const char *session, *secret;
	const json_t *secrets; /* {name: value}, "" the plain one; NULL: auth_secret() asks secret */
	const char *renewal;   /* a log-in's: the word to renew with; NULL or "": none       */
	unsigned practice_port;
	const char *code;      /* our dossier code; "" in questions                        */
	const json_t *payload; /* the neutral message, the question's body; NULL: asking   */
	const json_t *files;   /* [{id, component, name, media_type, size}]: component is
	                        * the index in payload.components; NULL: none              */
	json_t *memory;        /* object: what they told of this dossier (number, ids of
	                        * uploaded files); kept with the stream, never NULL        */
	json_t *known;         /* object: what they told of themselves (names of
	                        * procedures); kept while the courier runs, never NULL     */
	unsigned done;         /* 1u << kind: calls of this message that went well         */
	const char *cursor;    /* CALL_LIST: from there on; ""                             */
};

struct connector {
	const char *family;
	/* The call that comes next on the way to carry a message out whose verb is
	 * ADD, UPDATE or PROGRESS: a preparation whose finding memory or known lack,
	 * the verb, what follows it; CALL_NONE when all is done. */
	enum call_kind (*next)(const struct profile *, const struct call_facts *,
	                       enum call_kind verb);
	/* Fills url, headers, hosts and body.  FAULT_INPUT with a sentence when
	 * something cannot be said in their words; nothing is sent then. */
	bool (*write)(const struct profile *, enum call_kind, const struct call_facts *,
	              struct http_call *, struct error *);
	/* Puts the findings of a good answer into memory or known.  FAULT_INPUT when
	 * it lacks what it must hold: an officer sees that.  NULL: nothing to learn. */
	bool (*learn)(const struct profile *, enum call_kind, const struct answer *,
	              struct call_facts *, struct error *);
	/* The session of a log-in reply, "" when there is none, and how many seconds
	 * it lives (0: not told). */
	void (*read_session)(const struct profile *, const struct answer *, char *out, size_t room,
	                     int *seconds);
	/* What they say of the dossier with this code of ours; of no other. */
	void (*read_view)(const struct profile *, const struct answer *, const char *code,
	                  struct peer_view *);
	/* A page of CALL_LIST; false: it was none.  NULL: the family cannot list. */
	bool (*read_list)(const struct profile *, const struct answer *, struct peer_list *);
	/* Online filings: a page as [{code, agency, status, at}] with another one waiting
	 * (more), and one of them (filing_read.h).  New references, NULL: it was none.
	 * NULL: the family tells of none. */
	json_t *(*read_filings)(const struct profile *, const struct answer *, bool *more);
	json_t *(*read_filing)(const struct profile *, const struct answer *, const char *code);
	/* The reply to a question in neutral members, a new reference; NULL with err
	 * when it says no or cannot be read.  NULL: the family answers none. */
	json_t *(*read_reply)(const struct profile *, enum call_kind, const struct answer *,
	                      struct error *);
};

extern const struct connector connector_ndxp, connector_igate, connector_json;
/* NULL when no connector speaks that family. */
const struct connector *connector_find(const char *family);

/* Wire fields named in a peer's complaint, as the clerk knows them:
 * "Ngày tiếp nhận, Số điện thoại"; "" when none is known.  The profile (or NULL)
 * may have other "names" for them, and "fields" {wire name: label} of its own. */
const char *connector_fields_named(const struct profile *, const char *complaint, char *out,
                                   size_t room);
