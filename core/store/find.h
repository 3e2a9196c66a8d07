/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/find.h — Finding dossiers by code, name, number, phone or the words of their
 * papers. */
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
	const char *paper;    /* find_words: in which of its papers; else "" */
	int page;             /* … and on which page; else 0                 */
};
struct find_ask {
	void (*done)(struct find_ask *, const struct found *, int count, const struct error *);
	struct arena *into;   /* required */
	void *owner;
	struct ask ask;       /* find.c's own */
	bool words;           /* find.c's own */
};
/* by: NULL (guess) "code" "name" "id" "phone" */
void find_start(struct store *, struct scope *, struct find_ask *, const char *query,
                const char *by, int most);
/* Dossiers with a scanned paper that has all these words on one page, as they were read
 * from it; marks do not count, the last word may be half typed. */
void find_words(struct store *, struct scope *, struct find_ask *, const char *query, int most);
/* Rows of a list of the day; kinds as in day.h. */
void find_day(struct store *, struct scope *, struct find_ask *, const char *kind, int most);
/* For other lists of dossiers: any function that returns rows of motcua.found. */
void find_by(struct store *, struct scope *, struct find_ask *, const char *sql, const struct param *, int count);
