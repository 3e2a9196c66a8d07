/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/difficulty.h — Phiếu vướng mắc (what a clerk could not do, numbered
 * per unit and year) and the outages timed by the couriers. */
#pragma once
#include "core/store/sync.h"

struct difficulty_draft {
	const char *request_id; /* seal_uuid: the same one gives the same slip */
	const char *counter, *screen;
	const char *system, *procedure; /* codes of the catalogue, or ""          */
	int64_t dossier_id;     /* 0: about none                                   */
	const char *error;      /* what the program or the other side said         */
	const char *words;      /* what the clerk says                             */
};
struct difficulty_ask {
	void (*done)(struct difficulty_ask *, const char *number /* "7/2026" */, const struct error *);
	void *owner;
	struct ask ask;         /* difficulty.c's own, here and below */
};
/* Repeated after a lost reply: the request id keeps it one slip. */
void difficulty_add(struct store *, struct scope *, struct difficulty_ask *,
                    const struct difficulty_draft *);

struct difficulty_row {
	int64_t difficulty_id, dossier_id;
	const char *number, *by_name, *counter, *system, *system_name;
	const char *procedure_code, *procedure_name, *code, *error, *words;
	const char *state;      /* "new" "reported" "answered" "done" */
	const char *last_note;
	moment_t at, state_at;
};
struct outage_row {
	int64_t outage_id;
	const char *system, *system_name;
	const char *class;      /* "down" "suspended"                        */
	const char *cause;
	moment_t from_at, to_at; /* to_at MOMENT_NONE: it is not over        */
	int dossiers;           /* of this unit, that waited                 */
};
struct incidents {
	const struct outage_row *outages;
	const struct difficulty_row *difficulties;
	int outage_count, difficulty_count;
};
struct incidents_ask {
	void (*done)(struct incidents_ask *, const struct incidents *, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask parts[2];
	struct incidents incidents;
	int left;
	struct error err;
};
/* Both days counted; from DAY_NONE: what is not over yet. */
void incidents_read(struct store *, struct scope *, struct incidents_ask *, day_t from, day_t to);

struct difficulty_step {
	moment_t at;
	const char *by_name, *from_state, *to_state, *note;
};
struct difficulty_steps_ask {
	void (*done)(struct difficulty_steps_ask *, const struct difficulty_step *, int count,
	             const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask ask;
};
void difficulty_steps_read(struct store *, struct scope *, struct difficulty_steps_ask *, int64_t difficulty_id);

/* state as above; note says to whom, what they answered, how it ended. */
void difficulty_move(struct store *, struct scope *, struct sync_act_ask *, int64_t difficulty_id,
                     const char *state, const char *note);
