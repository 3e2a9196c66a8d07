/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/money.h — What a dossier still owes, the account it may be transferred to,
 * what of it was received; papers made of a dossier later than its receipt. */
#pragma once
#include "core/store/store.h"

struct transfer_row {
	const char *code;    /* of the dossier                        */
	int64_t amount;      /* đồng still to be paid; 0: nothing     */
	const char *bin, *bank, *account, *holder; /* "" : no account is known for today */
};
struct transfer_ask {
	void (*done)(struct transfer_ask *, const struct transfer_row *, const struct error *);
	struct arena *into;  /* required */
	void *owner;
	struct ask ask;      /* money.c's own */
};
void transfer_read(struct store *, struct scope *, struct transfer_ask *, int64_t dossier_id);
/* A line of history: the code was shown, by whom, how much.  done gets NULL and err or NULL. */
void transfer_shown(struct store *, struct scope *, struct transfer_ask *, int64_t dossier_id, int64_t amount);

struct paid_ask {
	void (*done)(struct paid_ask *, int version, const struct error *);
	void *owner;
	char request_id[40]; /* UUID, made by the asker: repeated, the money is received once */
	struct ask ask;      /* money.c's own */
};
enum { PAID_LINES = 20 };
/* Sums of the dossier (dossier_fee.seq, 1 … PAID_LINES of them) are received.  way: "cash" "transfer"; at: when, for a
 * transfer when it was on the account; MOMENT_NONE: now.  FAULT_CONFLICT when one of them is not owed any more. */
void fee_paid(struct store *, struct scope *, struct paid_ask *, int64_t dossier_id, const int *lines, int count,
              const char *way, moment_t at);

struct issue_ask {
	void (*done)(struct issue_ask *, int64_t paper_id, const struct error *);
	void *owner;
	char request_id[40]; /* UUID, made by the asker: repeated, it gives the same paper */
	struct ask ask;      /* money.c's own */
};
/* The slip of guidance: lines are section.N.head and .text (printers/fields.h). */
void paper_guide(struct store *, struct scope *, struct issue_ask *, const char *procedure, int64_t case_id,
                 const char *lines);
/* form: "fee", "payment", "result"; "01": the receipt again, with what changed since.  FAULT_CONFLICT when it has nothing to say yet. */
void paper_issue(struct store *, struct scope *, struct issue_ask *, const char *form, int64_t dossier_id);
