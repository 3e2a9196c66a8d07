/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/digitise.h — Papers received on paper that have no file yet, by field and age
 * in calendar days, and the act that lays a file to one.  Papers only shown or looked up
 * are given back and are none of them (domain: Điều 8 TT 01/2023, NQ 27/2025). */
#pragma once
#include "core/store/store.h"

struct digitise_count {
	const char *field;
	int today, one_day, three_days, older; /* two and three days together */
};
struct digitise_row {
	int64_t dossier_id;
	const char *code, *name, *field, *procedure_code, *owner_name; /* name: of the paper */
	const char *system;  /* where the dossier travels */
	int seq;
	moment_t received_at;
	int days;
};
struct digitise_ask {
	/* Both lists, or err.  Fields with most of them first; papers: the oldest first. */
	void (*done)(struct digitise_ask *, const struct error *);
	struct arena *into; /* required */
	void *owner;
	const struct digitise_count *counts;
	const struct digitise_row *rows;
	int count_count, row_count;
	/* digitise.c's own: */
	struct ask parts[2];
	struct error err;
	int left;
};
/* field "": papers of every field. */
void digitise_read(struct store *, struct scope *, struct digitise_ask *, const char *field, int most);

struct digitise_act {
	void (*done)(struct digitise_act *, const struct error *);
	void *owner;
	struct ask ask; /* digitise.c's own */
};
/* A kept file (files.h), or one that lies in another dossier of the same owner; repeated
 * after a lost reply.  A dossier that is done is not sent anew. */
void digitise_paper(struct store *, struct scope *, struct digitise_act *, int64_t dossier_id, int seq, int64_t file_id);
