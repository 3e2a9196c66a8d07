/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/sync.h — The couriers' work as the counter sees it: a line for every
 * system, its messages by state, one exchange with all its attempts; and what a
 * hand may do to a stream: correct, resend, hold, release.  Strings live in the
 * caller's arena; personal numbers come masked. */
#pragma once
#include "core/store/store.h"

struct sync_system {
	const char *system, *name, *family;
	const char *state;      /* "ok" "slow" "down" "suspended" "unconnected" "unknown"     */
	const char *note;       /* why it is not ok                                           */
	moment_t since;         /* in this state since; MOMENT_NONE                           */
	int messages, dossiers; /* waiting                                                    */
	moment_t oldest_at;     /* when the oldest waiting message was written; MOMENT_NONE   */
	int refused, held, silent, delivered_today;
	moment_t last_answer, last_try, next_try; /* MOMENT_NONE: none                        */
	int milliseconds;       /* of an answer, lately; -1: unknown                          */
	int alarm_hours;
	bool told_only;         /* owes no answer, never marks a dossier                      */
	int called_today;       /* where it calls us itself: calls kept                       */
	moment_t called_at;     /* the last of them; MOMENT_NONE                              */
	int call_refused;       /* today, with a wrong key                                    */
};
struct sync_systems_ask {
	void (*done)(struct sync_systems_ask *, const struct sync_system *, int count, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask ask;         /* sync.c's own, here and below */
};
void sync_systems_read(struct store *, struct scope *, struct sync_systems_ask *);

struct sync_message {
	int64_t message_id, dossier_id;
	const char *code, *owner_name, *system, *system_name;
	const char *kind;       /* "dossier" "progress"                                       */
	const char *state;      /* "waiting" "sending" "asking" "sent" "received" "refused"
	                         * "held" "superseded"                                        */
	const char *note, *foreign_code, *held_by;
	int seq, attempts;
	int silent_hours;       /* no answer for longer than so many hours; 0: no alarm       */
	bool created_there;
	moment_t made_at, changed_at, next_at;
};
struct sync_messages_ask {
	void (*done)(struct sync_messages_ask *, const struct sync_message *, int count, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask ask;
};
/* state: "" all, one of the above, or "silent". */
void sync_messages_read(struct store *, struct scope *, struct sync_messages_ask *,
                        const char *system, const char *state, int most);

struct sync_attempt {
	moment_t at;
	const char *phase;      /* "begin" "finish" "stale", or a hand's: "held" "released" "superseded" */
	const char *class;      /* "delivered" "duplicate" "auth" "retry" "refused" "unknown"; ""  */
	const char *by;         /* the courier, or the officer                                */
	const char *reply, *note;
	int http_code, milliseconds;
};
struct sync_field {
	const char *path, *value; /* "owner.phone", "components.2.name" */
};
struct sync_exchange {
	struct sync_message message;
	const struct sync_attempt *attempts;
	const struct sync_field *fields;
	int attempt_count, field_count;
};
struct sync_exchange_ask {
	void (*done)(struct sync_exchange_ask *, const struct sync_exchange *, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask parts[3];
	struct sync_exchange exchange;
	int left;
	struct error err;
};
void sync_exchange_read(struct store *, struct scope *, struct sync_exchange_ask *, int64_t message_id);

/* What may be put right in a dossier, in clear: the database writes who looked. */
struct sync_party {
	const char *role;       /* "owner" "submitter" */
	const char *name, *phone, *email, *address;
};
struct sync_place {
	const char *system, *name;
};
struct sync_correctable {
	const struct sync_party *parties;
	int count;
	const char *summary;
	const struct sync_place *places; /* the systems that have the dossier, the one that works on it first */
	int place_count;
};
struct sync_correctable_ask {
	void (*done)(struct sync_correctable_ask *, const struct sync_correctable *, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask parts[2];
	struct sync_correctable found;
	int left;
	struct error err;
};
void sync_correctable_read(struct store *, struct scope *, struct sync_correctable_ask *, int64_t dossier_id);

struct sync_act_ask {
	void (*done)(struct sync_act_ask *, const struct error *);
	void *owner;
	struct ask ask;
};
/* The dossier is put right, and in the stream to each of the places a fresh message replaces
 * what was not delivered; where one is being sent right now, it follows that one.  A changed
 * name needs a supervisor (FAULT_DENIED); nothing changed, no place, and what cannot be is
 * FAULT_INPUT. */
void sync_correct(struct store *, struct scope *, struct sync_act_ask *, int64_t dossier_id,
                  const struct sync_correctable *, const char *reason);
void sync_hold(struct store *, struct scope *, struct sync_act_ask *, int64_t dossier_id,
               const char *system, const char *reason);
void sync_release(struct store *, struct scope *, struct sync_act_ask *, int64_t dossier_id,
                  const char *system, const char *reason);
/* Tries a waiting message at once; asks about a silent one. */
void sync_send_now(struct store *, struct scope *, struct sync_act_ask *, int64_t dossier_id, const char *system);
