/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/routes.h — The unit's rules of where dossiers go: reading them with
 * who entered and ended them, a supervisor's entering and ending, and the
 * dossiers that a trial asks about (core/dossier/route_trial.h). */
#pragma once
#include "core/dossier/route_trial.h"
#include "core/store/store.h"

struct route_row {
	int64_t rule_id;
	bool own;                  /* the unit's; others came from files       */
	const char *state;         /* "now" "coming" "ended"                   */
	const char *procedure_code, *procedure_name, *ministry, *field, *level, *case_name,
		*deciding_unit, *system, *system_name, *told, *notice, *decided_by, *note;
	day_t valid_from, valid_to;
	const char *entered_by, *ended_by, *ended_why;
	moment_t entered_at, ended_at;
};
struct routes_ask {
	void (*done)(struct routes_ask *, const struct route_row *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* routes.c's own */
};
/* In force first, then coming, then ended. */
void routes_read(struct store *, struct scope *, struct routes_ask *);

struct route_past_ask {
	void (*done)(struct route_past_ask *, const struct route_past *, int count,
	             const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* routes.c's own */
};
/* Dossiers received from the first to the last of these days; a supervisor's. */
void routes_past(struct store *, struct scope *, struct route_past_ask *, day_t first, day_t last);

/* What the author of a change saw; without it nothing is adopted. */
struct route_seen {
	day_t first, last;
	size_t dossiers, moved;
};
struct route_notice {
	const char *number; /* "CV 77/STP-HTTK" */
	day_t day;
	const char *by;     /* who issued it    */
};
struct route_draft {
	const char *procedure, *ministry, *field, *level, *deciding_unit; /* "": any */
	int64_t case_id;
	const char *system, *told, *note; /* told: "cong,dieu-phoi" */
	day_t from, to;                   /* to DAY_NONE: open      */
	struct route_notice notice;
	struct route_seen seen;
};
struct route_act {
	/* rule_id of the new rule; 0 after an ending. */
	void (*done)(struct route_act *, int64_t rule_id, const struct error *);
	void *owner;
	struct ask ask;     /* routes.c's own; ask.hint names a bad field */
};
void route_save(struct store *, struct scope *, struct route_act *, const struct route_draft *);
void route_end(struct store *, struct scope *, struct route_act *, int64_t rule_id, day_t from,
               const struct route_notice *, const char *reason, const struct route_seen *);
