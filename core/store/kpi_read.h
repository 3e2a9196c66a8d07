/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/kpi_read.h — The facts that core/dossier/kpi.h judges: of one dossier,
 * and of a unit in a period. */
#pragma once
#include "core/dossier/kpi.h"
#include "core/store/store.h"

struct kpi_unit_ask {
	void (*done)(struct kpi_unit_ask *, const struct kpi_sum *, const struct error *);
	void *owner;
	struct ask ask; /* kpi_read.c's own */
};
/* Dossiers received on these days, both counted, as things stand now; supervisors only. */
void kpi_unit_read(struct store *, struct scope *, struct kpi_unit_ask *, day_t from, day_t to);

struct kpi_facts_ask {
	void (*done)(struct kpi_facts_ask *, const struct kpi_facts *, const struct error *);
	void *owner;
	struct ask ask; /* kpi_read.c's own */
};
void kpi_facts_read(struct store *, struct scope *, struct kpi_facts_ask *, int64_t dossier_id);
