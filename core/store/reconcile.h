/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/reconcile.h — Our list of dossiers against each system's. */
#pragma once
#include "core/store/store.h"

struct reconcile_system {
	const char *system, *system_name;
	const char *state;      /* "never" "waiting" "done" "failed": the latest run  */
	const char *note;       /* why it failed                                     */
	day_t from_day, to_day;
	moment_t started_at;
	moment_t done_at;       /* of the latest whole run; MOMENT_NONE: none        */
	int ours, theirs;       /* dossiers in that run                              */
	int missing_there, missing_here, status, doubled, settled;
};
struct reconcile_difference {
	int64_t difference_id, dossier_id; /* dossier 0: not ours                    */
	const char *kind;       /* "missing_there" "missing_here" "status" "double"  */
	const char *code, *foreign_code, *their_word, *why;
	const char *state;      /* "open" "sent" "asked" "taken" "explained"         */
	const char *by_name, *reason;
	int our_status, their_status; /* 0: none                                     */
	moment_t received_at, at;
};
struct reconcile_ask {
	/* rows are struct reconcile_system or reconcile_difference, as was asked. */
	void (*done)(struct reconcile_ask *, const void *rows, int count, const struct error *);
	struct arena *into;     /* required for reading */
	void *owner;
	struct ask ask;         /* reconcile.c's own    */
};
void reconcile_systems(struct store *, struct scope *, struct reconcile_ask *);
void reconcile_differences(struct store *, struct scope *, struct reconcile_ask *,
                           const char *system, int most);
/* Asks them now; counters hear "reconcile <run>" when it is over.  rows NULL. */
void reconcile_start(struct store *, struct scope *, struct reconcile_ask *, const char *system,
                     day_t from, day_t to);
/* act: "send" "ask" "take" "explain" (with a reason).  rows NULL. */
void reconcile_repair(struct store *, struct scope *, struct reconcile_ask *, int64_t difference,
                      const char *act, const char *reason);
