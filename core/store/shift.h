/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/shift.h — Shifts at the drawer and the register of receipts.  Sums are
 * whole đồng.  What a closing says is checked by the database against the ledger. */
#pragma once
#include "core/store/store.h"

struct shift_row {
	int64_t shift_id;
	const char *name, *counter, *reason, *taken_by, *receipts, *cancelled; /* receipts: "01–14, 16" */
	moment_t opened_at, closed_at, taken_at; /* closed_at MOMENT_NONE: open */
	int64_t open_cash, cash, given_back, transfers, expected; /* cash taken in; turned round or given back */
	int64_t counted, difference, handed;     /* of a closed one */
	int receipt_count;
	bool mine;
};
struct shifts_ask {
	void (*done)(struct shifts_ask *, const struct error *);
	struct arena *into; /* required */
	void *owner;
	const struct shift_row *rows;
	int count;
	int64_t loose_cash, loose_transfers, left_over; /* taken without a shift; left in the drawer by the last one */
	/* shift.c's own: */
	struct ask parts[2];
	struct error err;
	int left;
};
/* One's own, those that wait for a taker, a supervisor's all; one's open one first. */
void shifts_read(struct store *, struct scope *, struct shifts_ask *, int most);

struct shift_act {
	void (*done)(struct shift_act *, const struct error *);
	void *owner;
	char request_id[40]; /* UUID, of shift_open: repeated, it is one shift */
	struct ask ask;      /* shift.c's own */
};
void shift_open(struct store *, struct scope *, struct shift_act *, const char *counter, int64_t cash);
/* How many of each note, in the order of SHIFT_NOTES. */
enum { SHIFT_NOTES = 12 };
extern const int shift_notes[SHIFT_NOTES];
/* said: the difference the clerk saw; FAULT_CONFLICT when it is another one by now. */
void shift_close(struct store *, struct scope *, struct shift_act *, int64_t shift_id, const int counts[SHIFT_NOTES], int64_t said,
                 const char *reason, int64_t handed);
/* The second signature, in the name of whoever is logged in on that store. */
void shift_take(struct store *, struct scope *, struct shift_act *, int64_t shift_id);

struct receipt_row {
	int64_t paper_id, dossier_id, total;
	const char *number, *code, *way, *by_name, *reason; /* reason: of a cancelled one */
	moment_t made_at, cancelled_at;
};
struct receipts_ask {
	void (*done)(struct receipts_ask *, const struct receipt_row *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* shift.c's own */
};
/* The register of these days, the newest number first. */
void receipts_read(struct store *, struct scope *, struct receipts_ask *, day_t first, day_t last, int most);
void receipt_cancel(struct store *, struct scope *, struct shift_act *, int64_t paper_id, const char *reason);
/* fresh: "cash" "transfer" "later" "returned"; a supervisor's. */
void fee_correct(struct store *, struct scope *, struct shift_act *, int64_t dossier_id, int seq, const char *fresh, const char *reason);
