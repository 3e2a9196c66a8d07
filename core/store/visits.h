/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/visits.h — The dossiers that one citizen handed in during one visit. */
#pragma once
#include "core/store/store.h"

struct visit_row {
	int64_t dossier_id;
	const char *code, *procedure_name, *owner_name;
	moment_t received_at, due_at;  /* due_at: MOMENT_NONE without an appointment */
	int status;
	int64_t fee, paid;             /* đồng; paid: of it, at the desk             */
};
struct visit_ask {
	/* count 0: the dossier came alone. */
	void (*done)(struct visit_ask *, const struct visit_row *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* visits.c's own */
};
void visit_read(struct store *, struct scope *, struct visit_ask *, int64_t dossier_id);
