/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/blanks.h — Receipts printed beforehand for the hours without power
 * or database, what became of each, and the incidents under which dossiers were
 * taken in by hand.  A block's codes carry the day of its reservation. */
#pragma once
#include "core/store/store.h"

#define BLANKS_AT_ONCE 100

struct blank_block {
	int64_t block_id, paper_id;   /* the paper that prints its sheets     */
	const char *counter, *made_by, *reason, *first_code, *last_code;
	day_t day;
	moment_t made_at;
	int count, free, used, spoilt, missing;
	moment_t printed_at;          /* MOMENT_NONE: never, as far as we know */
	const char *printed_by, *printer;
	int copies;
};
struct blank_sheet {
	const char *code;
	int nth;
	const char *state;            /* "free" "used" "void" "missing"       */
	int64_t dossier_id;           /* 0                                    */
	const char *owner_name;
	moment_t received_at;         /* of its dossier                       */
	const char *said_by, *reason;
	moment_t at;
	moment_t reserved_at;         /* blank_look only                      */
};
struct standstill {
	int64_t standstill_id;
	const char *kind;             /* "power" "database" "network" "other" */
	const char *story, *told_by;
	moment_t from, to;            /* to: MOMENT_NONE while it lasts       */
};

/* One at a time; what fits the call is filled when done is called without err
 * and lives in *into. */
struct blanks_ask {
	void (*done)(struct blanks_ask *, const struct error *err);
	struct arena *into;
	void *owner;
	/* Answers: */
	int64_t block_id, paper_id, standstill_id;
	const char *first_code, *last_code;
	const struct blank_block *blocks;
	const struct blank_sheet *sheets;
	const struct standstill *standstills;
	int count;
	/* blanks.c's own: */
	struct ask ask;
};

/* Supervisors: lays in count sheets for a counter → block_id, paper_id, codes. */
void blanks_reserve(struct store *, struct scope *, struct blanks_ask *, const char *counter,
                    int count, const char *reason);
/* Supervisors: the free ones of a block on paper again → paper_id. */
void blanks_print(struct store *, struct scope *, struct blanks_ask *, int64_t block_id);
void blanks_blocks(struct store *, struct scope *, struct blanks_ask *, int most);
void blanks_sheets(struct store *, struct scope *, struct blanks_ask *, int64_t block_id);
/* One sheet by its code; MC008 when it is none of this unit's. */
void blanks_look(struct store *, struct scope *, struct blanks_ask *, const char *code);
/* "void", "missing", or "free" again (supervisors). */
void blanks_mark(struct store *, struct scope *, struct blanks_ask *, const char *code,
                 const char *state, const char *reason);
void standstills_read(struct store *, struct scope *, struct blanks_ask *, int most);
/* → standstill_id */
void standstill_tell(struct store *, struct scope *, struct blanks_ask *, const char *kind,
                     const char *story, moment_t from, moment_t to);
