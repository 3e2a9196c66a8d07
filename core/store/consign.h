/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/consign.h — Dossiers and results that leave the house or come into it in one carrying: by another agency's messenger, by the
 * post (QĐ 45/2016/QĐ-TTg).  Filled, printed (now it has its number), signed by both on the paper: only then has it changed hands. */
#pragma once
#include "core/store/store.h"

struct consignment {
	int64_t consignment_id, paper_id;
	const char *way;         /* "out" "in"                                     */
	const char *carrier;     /* "post" "hand"                                  */
	const char *agency_code, *agency; /* the other agency, or the post office  */
	const char *person;      /* who signs for them; "" before it is printed    */
	const char *state;       /* "open" "printed" "signed" "void"               */
	const char *number;      /* of the biên bản; ""                            */
	const char *by_name, *reason;
	moment_t made_at, signed_at;
	int items, waiting;      /* waiting: on the way, or not opened yet         */
};
struct consignments_ask {
	void (*done)(struct consignments_ask *, const struct consignment *, int count, const struct error *);
	struct arena *into;      /* required */
	void *owner;
	struct ask ask;          /* consign.c's own */
};
/* wanted: one of them; 0: those that are not done, then those of the last month. */
void consignments_read(struct store *, struct scope *, struct consignments_ask *, int64_t wanted, int most);

struct consign_item {
	int64_t dossier_id;      /* 0: counted in, not opened                      */
	int64_t slip_paper;      /* the phiếu gửi in the parcel; 0: none yet       */
	int64_t postage;         /* đồng, the post's own price: no fee of the unit */
	int64_t collected;       /* fees the post collected for the unit           */
	const char *what;        /* "dossier" "result"                             */
	const char *code, *slip, *person, *address, *note;
	const char *state;       /* "listed" "under_way" "delivered" "returned" "opened" */
	moment_t state_at;
	int nth, papers;
	bool complete, slip_printed; /* printed: or on its way there                */
};
struct consign_items_ask {
	void (*done)(struct consign_items_ask *, const struct consign_item *, int count, const struct error *);
	struct arena *into;      /* required */
	void *owner;
	struct ask ask;          /* consign.c's own */
};
void consign_items_read(struct store *, struct scope *, struct consign_items_ask *, int64_t consignment);

/* What may go out. */
struct consign_row {
	int64_t dossier_id;
	const char *code, *what, *agency_code, *agency_name, *person, *address, *procedure_name;
	moment_t due_at, hand_until;
	const char *lies;        /* why it cannot be given away now, a sentence; "" */
	int papers;
};
struct consign_rows_ask {
	void (*done)(struct consign_rows_ask *, const struct consign_row *, int count, const struct error *);
	struct arena *into;      /* required */
	void *owner;
	struct ask ask;          /* consign.c's own */
};
/* By the post everything; by hand what is for that agency (its code, or its name where it has none), "": for any. */
void consign_rows_read(struct store *, struct scope *, struct consign_rows_ask *, bool post, const char *agency, int most);

struct consign_act {
	/* id: of the consignment (open), of the paper (print), of the line (add), else 0. */
	void (*done)(struct consign_act *, int64_t id, const struct error *);
	void *owner;
	struct ask ask;          /* consign.c's own */
};
struct consign_entry {
	const char *request;     /* the same in every try of the same line         */
	int64_t dossier_id;      /* 0: named by code, or none of ours              */
	const char *what;        /* NULL: what there is to send                    */
	const char *code, *slip, *person, *papers, *note, *collected; /* as typed; NULL */
	bool incomplete;
};
void consign_open(struct store *, struct scope *, struct consign_act *, const char *request, bool out, bool post, const char *agency_code,
                  const char *agency);
void consign_add(struct store *, struct scope *, struct consign_act *, int64_t consignment, const struct consign_entry *);
/* Several dossiers at once, all or none; what: as consign_row has it, one for each.  request: the same in every try. */
void consign_add_all(struct store *, struct scope *, struct consign_act *, const char *request, int64_t consignment, const int64_t *dossiers,
                     const char *const *what, int count);
void consign_parcel(struct store *, struct scope *, struct consign_act *, int64_t consignment, int nth, const char *slip, int64_t postage);
void consign_remove(struct store *, struct scope *, struct consign_act *, int64_t consignment, int nth);
void consign_print(struct store *, struct scope *, struct consign_act *, int64_t consignment, const char *person, const char *title);
void consign_sign(struct store *, struct scope *, struct consign_act *, int64_t consignment);
void consign_void(struct store *, struct scope *, struct consign_act *, int64_t consignment, const char *why);
/* delivered, or brought back; said: when and who, or why. */
void consign_track(struct store *, struct scope *, struct consign_act *, int64_t consignment, int nth, bool delivered, const char *said);

/* The phiếu gửi of every parcel of a batch that goes out by the post, in the order of its lines; those that have none get their numbers. */
struct consign_slip {
	int64_t paper_id;
	int nth;
	bool printed;
};
struct consign_slips_ask {
	void (*done)(struct consign_slips_ask *, const struct consign_slip *, int count, const struct error *);
	struct arena *into;      /* required */
	void *owner;
	struct ask ask;          /* consign.c's own */
};
void consign_slips(struct store *, struct scope *, struct consign_slips_ask *, int64_t consignment);
