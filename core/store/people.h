/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/people.h — People this unit has served before.  Each look is
 * written to the audit trail by the database. */
#pragma once
#include "core/store/store.h"

struct person_row {
	const char *kind;  /* "person" "organisation" */
	const char *representative;
	const char *name, *id_number, *id_kind, *sex, *phone, *email, *address, *commune, *province;
	day_t birth;
	moment_t seen_at; /* last dossier */
};
struct people_ask {
	void (*done)(struct people_ask *, const struct person_row *, int count,
	             const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* people.c's own */
};
/* None or one row: the last known data of that number. */
void people_by_number(struct store *, struct scope *, struct people_ask *, const char *id_number);
/* By name (any words, no accents needed) or phone; numbers come masked. */
void people_search(struct store *, struct scope *, struct people_ask *, const char *query);

/* Who and what of an earlier dossier, for a new one to begin with; the look is recorded. */
struct dossier_copy {
	const char *code, *procedure_code, *case_name, *summary, *result_by, *return_to;
	struct person_row owner, submitter;
	bool represented;   /* there is a submitter */
};
struct dossier_copy_ask {
	void (*done)(struct dossier_copy_ask *, const struct dossier_copy *, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* people.c's own, as copy */
	struct dossier_copy copy;
};
void dossier_copy_read(struct store *, struct scope *, struct dossier_copy_ask *, int64_t dossier_id);
