/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/between.h — Dossiers between places (phi địa giới): received here for another agency to decide, received
 * elsewhere for this unit.  The receiving desk hands on the same working day, or at the beginning of the next when it received after
 * 15:00 (NĐ 118/2025/NĐ-CP Điều 18.2 as amended by NĐ 309/2026). */
#pragma once
#include "core/store/store.h"

struct between_row {
	int64_t dossier_id;
	const char *code, *owner_name, *procedure_name;
	const char *agency;    /* out: who decides; in: who received it                  */
	const char *back_to;   /* where the result is handed over; "": here              */
	const char *their_code;/* in: the code it was given there; ""                    */
	const char *how;       /* handed on: "" not yet, "received" they say so, "system" without papers: their system has it, "here" (in), "list" "post" by our list */
	const char *number;    /* of that list; ""                                       */
	const char *travel, *system_name; /* tui/travel.h; of the system that works on it */
	moment_t since;        /* received by the first desk; MOMENT_NONE: not known     */
	moment_t hand_until, handed_at; /* the last moment to hand on; when it was       */
	moment_t due_at;
	int papers, status;
	bool hand_late, late, refused;
};
struct between_ask {
	void (*done)(struct between_ask *, const struct between_row *, int count, const struct error *);
	struct arena *into;    /* required */
	void *owner;
	struct ask ask;        /* between.c's own */
};
/* One of the two lists: what is still to be handed on first, then the next due day. */
void between_read(struct store *, struct scope *, struct between_ask *, bool in, int most);
