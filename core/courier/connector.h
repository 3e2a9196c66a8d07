/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/connector.h — A family of systems: how a neutral message becomes
 * a request, and what their reply about a dossier says.  Sending, sessions,
 * retries and classification are the engine's, the same for every family. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/courier/classify.h"
#include "core/courier/http.h"
#include "core/courier/profile.h"

enum call_kind {
	CALL_LOGIN,
	CALL_PROCEDURE, /* their names for the procedure's field of law */
	CALL_ASK,       /* do they have the dossier, and what of it?    */
	CALL_ADD,
	CALL_UPDATE,
	CALL_PROGRESS,
};

struct call_facts {
	const char *session, *secret;
	unsigned practice_port;
	const char *code;            /* our dossier code                       */
	const json_t *payload;       /* the neutral message; NULL when asking  */
	const char *field_code, *field_name; /* from CALL_PROCEDURE            */
};

/* One line of their history of a dossier. */
struct peer_step {
	int status;                  /* ours, 1..10; 0: they use one we have no map for */
	moment_t at;
	char text[200];
};
#define MOST_PEER_STEPS 32
struct peer_view {
	bool found;
	bool other;                  /* they told of other dossiers only       */
	char foreign_code[64];       /* "" when they told none */
	int status;
	moment_t received_at;        /* as they know it, or MOMENT_NONE        */
	struct peer_step steps[MOST_PEER_STEPS];
	int step_count;
};

struct connector {
	const char *family;
	/* Must a dossier message wait for CALL_PROCEDURE? */
	bool asks_procedure;
	/* Fills url, headers, hosts and request.  FAULT_INPUT with a sentence when
	 * something cannot be said in their words; nothing is sent then. */
	bool (*write)(const struct profile *, enum call_kind, const struct call_facts *,
	              struct http_call *, struct error *);
	/* The session of a log-in reply, "" when there is none. */
	void (*read_session)(const struct answer *, char *out, size_t room);
	/* The field's code and name in a CALL_PROCEDURE reply; false: not there. */
	bool (*read_field)(const struct answer *, char *code, size_t code_room, char *name,
	                   size_t name_room);
	/* What they say of the dossier with this code of ours; of no other. */
	void (*read_view)(const struct profile *, const struct answer *, const char *code,
	                  struct peer_view *);
};

extern const struct connector connector_ndxp;
/* NULL when no connector speaks that family. */
const struct connector *connector_find(const char *family);

/* Wire fields named in a peer's complaint, as the clerk knows them:
 * "Ngày tiếp nhận, Số điện thoại"; "" when none is known. */
const char *connector_fields_named(const char *complaint, char *out, size_t room);
