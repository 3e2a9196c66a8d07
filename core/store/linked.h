/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/linked.h — The chain of linked procedures (liên thông) that a dossier belongs to,
 * and what an officer writes down of the parts that other agencies do (NĐ 63/2024/NĐ-CP,
 * NĐ 301/2026/NĐ-CP). */
#pragma once
#include "core/store/store.h"

struct linked_part {
	int seq;
	const char *group_name, *member, *body; /* body: the agency             */
	int64_t dossier_id;                     /* ours; 0: another agency's    */
	const char *code, *state;               /* "waiting" "begun" "asked" "done" "stopped" */
	moment_t begun_at, due_at, asked_at, until_at, done_at, returned_at; /* MOMENT_NONE */
	const char *result, *note;
};
struct linked_ask {
	/* count 0: it stands alone. */
	void (*done)(struct linked_ask *, const struct linked_part *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* linked.c's own */
};
void linked_read(struct store *, struct scope *, struct linked_ask *, int64_t dossier_id);

/* act: "begin" (code; text is the basis; due may be MOMENT_NONE) "ask" "bring" "finish" (text is
 * the result) "return" "stop". */
struct linked_fact {
	int seq;
	const char *act, *code, *text;
	moment_t due;
};
struct linked_act {
	void (*done)(struct linked_act *, const struct error *);
	void *owner;
	struct ask ask;     /* linked.c's own */
};
void linked_write(struct store *, struct scope *, struct linked_act *, int64_t dossier_id, const struct linked_fact *);
