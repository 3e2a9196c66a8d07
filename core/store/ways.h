/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/ways.h — The way of one dossier beyond its travel: which rule chose
 * the system and what became of the rule, agencies elsewhere, streams held back;
 * and the acts on it: the fallback to the province's system, and when another
 * agency received it. */
#pragma once
#include "core/store/acts.h"

struct way_route {
	int seq;
	moment_t at;
	const char *cause;        /* "reception" "fallback"                    */
	const char *system, *system_name, *told;
	int64_t rule_id;          /* 0: none                                   */
	const char *applies;      /* its keys, "1.004873 · xã"; "": everything */
	day_t valid_from, ended_on; /* ended_on: the rule holds no longer; DAY_NONE */
	const char *basis, *decided_by, *by_name;
};
struct way_agency {
	const char *role;         /* "receiving" "deciding" "returning"        */
	const char *code, *name;
	bool elsewhere;           /* not this unit                             */
};
struct way_held {
	int64_t fallback_id;      /* of a request that waits; 0: a held stream */
	const char *system;
	const char *name;         /* the system's; of a request: who asked     */
};
struct way {
	const struct way_route *routes;
	const struct way_agency *agencies;
	const struct way_held *held;
	int route_count, agency_count, held_count;
	struct {
		moment_t received_at; /* MOMENT_NONE: not known yet            */
		const char *source, *basis, *by_name;
		bool counted;         /* the due date follows from it          */
	} elsewhere;
};
/* NULL when this unit decides. */
const struct way_agency *way_agency(const struct way *, const char *role);
/* Another agency decides, not this unit. */
bool way_elsewhere(const struct way *);

struct way_ask {
	void (*done)(struct way_ask *, const struct way *, const struct error *);
	struct arena *into; /* required */
	void *owner;
	/* ways.c's own: */
	struct ask parts[4];
	struct way way;
	int left;
	struct error err;
};
void way_read(struct store *, struct scope *, struct way_ask *, int64_t dossier_id);

/* The reply of a fallback: "done" by a supervisor, "asked" by a clerk. */
struct fallback_ask {
	void (*done)(struct fallback_ask *, int64_t fallback_id, const char *state, const struct error *);
	void *owner;
	struct ask ask;     /* ways.c's own */
};
void fallback_start(struct store *, struct scope *, struct fallback_ask *, int64_t dossier_id,
                    int version, const char *reason);
/* done's version comes back. */
void fallback_decide(struct store *, struct scope *, struct act_ask *, int64_t fallback_id,
                     bool approve, const char *note);
void fallback_release(struct store *, struct scope *, struct act_ask *, int64_t dossier_id,
                      int version, const char *system, const char *reason);
/* When the deciding agency received it; due counted by the counter. */
void elsewhere_received(struct store *, struct scope *, struct act_ask *, int64_t dossier_id,
                        int version, moment_t at, moment_t due, const char *basis,
                        const char *line);

struct fallback_row {
	int64_t fallback_id, dossier_id;
	const char *code, *owner_name, *from_name, *cause, *reason;
	const char *state;  /* "asked" "done" "declined" */
	const char *asked_by, *decided_by, *note;
	moment_t asked_at, decided_at;
};
struct fallbacks_ask {
	void (*done)(struct fallbacks_ask *, const struct fallback_row *, int count,
	             const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* ways.c's own */
};
void fallbacks_read(struct store *, struct scope *, struct fallbacks_ask *, int most);
