/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/engine.h — Carries messages from the outbox to the systems and
 * brings their answers home.  It claims streams by short leases, sends one
 * message of a stream at a time, asks before it sends again what may have
 * arrived, and keeps systems apart: a hung one holds only its own places.
 * It may be killed at any moment; several may run on one database. */
#pragma once
#include <jansson.h>
#include "core/base/loop.h"
#include "core/courier/http.h"
#include "core/store/store.h"

struct engine_plan {
	const char *name;        /* of this courier, unique: "host:pid"                  */
	struct store *store;     /* its own connection; NOTIFY goes to engine_hint       */
	struct store *aside;     /* another for what may take its time: what the others
	                          * tell, housekeeping; NULL: the same                   */
	int lease_seconds;       /* 0: 240; must outlast a call's total time             */
	int claim_ms;            /* looks at the outbox at least so often; 0: 5000       */
	int most;                /* messages under way at once; 0: 2048, room for every
	                          * system to hang with all its places taken             */
	int ask_ms;              /* overrides the profiles' ask_seconds when > 0 (tests) */
	int back_off_ms;         /* overrides back_off_seconds when >= 0                 */
	const char *listen;      /* where systems may call us (door.h); NULL: nowhere    */
	const char *listen_file; /* the port of that is written there; NULL              */
	bool once;               /* drained as soon as nothing is due and under way      */
	const char *port_file;   /* the practice world writes its port there             */
	/* Profile of a system that has none in the database: JSON text, or NULL;
	 * files_first: before the database's. */
	bool files_first;
	const char *(*profile)(void *owner, const char *system);
	/* Secrets of its account, {name: value} with "" for the plain one: a new
	 * reference, {} when there are none. */
	json_t *(*secrets)(void *owner, const char *system);
	/* Everything under way was finished after engine_drain.  May be NULL. */
	void (*drained)(void *owner);
	void *owner;
};

struct engine;
struct engine *engine_start(struct loop *, const struct engine_plan *, struct error *);
/* Something may lie in the outbox: look now.  payload is the notification's: a
 * system's code, "?" before it for a question, "@" for words to citizens;
 * "profiles": they changed. */
void engine_hint(struct engine *, const char *payload);
/* Takes nothing new, finishes what is under way, then calls drained. */
void engine_drain(struct engine *);
/* Stops at once and forgets; what was under way is asked for by the next one. */
void engine_stop(struct engine *);

struct engine_counts {
	int under_way, systems, delivered, refused, unknown;
};
struct engine_counts engine_counts(const struct engine *);
