/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/find.h — Finding dossiers by code, name, number or phone. */
#pragma once
#include "core/store/store.h"

struct found {
	int64_t dossier_id;
	const char *code, *foreign_code, *procedure_code, *procedure_name;
	const char *owner_name, *owner_id_masked;
	moment_t received_at, due_at;
	int status;           /* 1..10                                       */
	const char *sync;     /* worst travel: saved sent received disagreed */
	const char *unit_name;
};
struct find_ask {
	void (*done)(struct find_ask *, const struct found *, int count, const struct error *);
	struct arena *into;   /* required */
	void *owner;
	struct ask ask;       /* find.c's own */
};
/* by: NULL (guess) "code" "name" "id" "phone" */
void find_start(struct store *, struct scope *, struct find_ask *, const char *query,
                const char *by, int most);
/* Rows of a list of the day; kinds as in day.h. */
void find_day(struct store *, struct scope *, struct find_ask *, const char *kind, int most);
