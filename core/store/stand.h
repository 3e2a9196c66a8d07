/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/stand.h — The office stood still: which due dates an incident would move and to when, before a supervisor moves them
 * (life.h, incident_due()). */
#pragma once
#include "core/store/life.h"

struct due_move {
	int64_t dossier_id;
	const char *code, *procedure_name;
	moment_t old_due, new_due;
	int minutes;             /* of working time lost */
};
struct due_moves_ask {
	void (*done)(struct due_moves_ask *, const struct due_move *, int count, const struct error *);
	struct arena *into;      /* required */
	void *owner;
	struct ask ask;          /* stand.c's own */
};
/* kind: as incident_due() has it.  Of one that is over; else FAULT_INPUT. */
void due_moves_read(struct store *, struct scope *, struct due_moves_ask *, const char *kind, int64_t incident, int most);
/* One that was told while it lasted is over. */
void standstill_end(struct store *, struct scope *, struct handover_ask *, int64_t standstill, moment_t at);
/* One that was written down wrongly, by a supervisor: the dates it moved go back; how many is id. */
void standstill_void(struct store *, struct scope *, struct handover_ask *, int64_t standstill, const char *reason);
