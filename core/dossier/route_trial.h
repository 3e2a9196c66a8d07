/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/route_trial.h — What a new rule would have done, and what will
 * change when: the same choice (route_choose) asked twice, once with the rules
 * as they are and once with the change.  Pure. */
#pragma once
#include "core/dossier/route.h"

/* A dossier received before, as the choice saw it. */
struct route_past {
	int64_t dossier_id;
	const char *code, *procedure_code;
	int64_t case_id;
	const char *deciding_unit;
	day_t day;               /* of reception                                */
	const char *system;      /* where it went                               */
};
struct route_change {
	const struct route_rule *fresh; /* a rule more; NULL: none              */
	int64_t ended;                  /* a rule less; 0: none                 */
	day_t from;                     /* first day of the change              */
};
struct route_move {
	const struct route_past *past;
	const char *from, *to;   /* systems' codes                              */
};
struct route_count {
	const char *from, *to;
	size_t count;
};
struct route_trial {
	size_t looked;           /* dossiers whose procedure is still there     */
	size_t unknown;          /* others                                      */
	struct route_move *moves;
	size_t move_count;
	struct route_count *counts;
	size_t count_count, room;
};
/* Had they come on the day of the change or later: which would go elsewhere?  A
 * dossier older than the change is asked for the change's first day. */
bool route_try(struct arena *, const struct catalogue *, const struct route_change *,
               const char *level, const struct route_past *, size_t count,
               struct route_trial *out, struct error *);

/* The days from which this procedure goes elsewhere, with the notice of each;
 * no line when nothing is known to change. */
struct lines route_future(struct arena *, const struct catalogue *, const struct route_ask *);
