/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/intake.h — The act of reception: one request, one round trip, one
 * transaction.  A lost reply is repeated with the same request id and brings
 * the first result back.  Strings are borrowed until the call returns. */
#pragma once
#include "core/store/store.h"

struct intake_party {
	bool present;               /* false: null                                  */
	const char *kind;           /* "person" | "organisation"                    */
	const char *name, *id_number;
	const char *id_kind;        /* "cccd" "cmnd" "passport" "tax" "other"       */
	day_t birth;                /* DAY_NONE: unknown                            */
	const char *sex;            /* "nam" "nữ" ""                                */
	const char *phone, *email, *address, *commune, *province, *representative;
};
struct intake_component {
	const char *name;
	const char *action;         /* "submit" "show" "compare" "lookup"           */
	int originals, copies, pages;
	const char *state;          /* "ok" "missing" "failed" "not_needed"         */
	bool required;
	const char *reason, *basis, *lookup_where;
	moment_t lookup_at;         /* MOMENT_NONE                                  */
	int64_t lookup_question;    /* of lookups.h; 0: by hand                     */
	const int64_t *files;       /* ids from files.h                             */
	int file_count;
};
struct intake_fee {
	const char *name;
	int64_t amount;             /* đồng; below 0: unknown                       */
	bool confirmed;
	const char *basis, *exempt_reason;
	const char *paid;           /* "cash" "transfer" "later" "none"             */
};
/* Taken in by hand on a sheet printed beforehand (blanks.h), entered afterwards. */
struct intake_later {
	const char *code;
	moment_t at;                /* true; computed_at says the same              */
	const char *reason, *received_by;
	int64_t standstill_id;
};
struct intake {
	char request_id[37];        /* seal_uuid(); the same in every repetition    */
	const char *counter;
	int catalogue_version;
	moment_t computed_at;
	const char *procedure;      /* code                                         */
	int64_t case_id;            /* 0: none                                      */
	int channel;
	struct intake_party owner, submitter;
	struct { bool present; const char *kind, *number; day_t date; const char *note; } mandate;
	const char *summary;
	int sets;
	const struct intake_component *components;
	int component_count;
	const struct intake_fee *fees;
	int fee_count;
	struct { double value; const char *unit, *source, *basis; } limit;
	moment_t due_at;            /* MOMENT_NONE: null                            */
	const char *const *due_lines;
	int due_line_count;
	struct { int64_t rule_id; const char *system; const char *const *told; int told_count; } route;
	const char *result_by;      /* "counter" "post" "online"                    */
	const char *return_to, *note;
	struct intake_agency {
		const char *code, *name;
	} deciding, returning;      /* name "" or NULL: this unit                   */
	/* Received by another desk for this unit; agency.name "" or NULL: here.  consignment: of consign.h, the batch it lay in; 0: none. */
	struct {
		struct intake_agency agency;
		const char *code;
		moment_t at;                /* MOMENT_NONE: not known               */
		int64_t consignment;
		int nth;
	} taken;
	bool ignore_similar;
	const struct intake_later *later; /* NULL: received now                     */
	const char *linked;         /* linked.h: the group that begins here; NULL, "" */
	int64_t visit_with;         /* visits.h: a dossier of the same visit; 0     */
	int64_t filing_id;          /* filings.h: it was filed online; 0            */
	int filing_version;         /* … as the clerk sees it                       */
	/* turn_away only: */
	const char *kind;           /* "supplement" (form 02) | "refusal" (form 03) */
	const char *const *reasons;
	int reason_count;
	const char *reason;         /* supplement: the common one, "Lý do"          */
	const char *basis;          /* why a filing is asked a second time; NULL    */
	day_t until;                /* supplement: awaited until; DAY_NONE          */
	const char *contact_name, *contact_phone; /* "": the clerk, the unit's      */
};

struct intake_result {
	int64_t dossier_id;         /* 0 for turn_away                              */
	const char *code;
	moment_t received_at, due_at;
	int64_t paper_id;
	const char *paper_number;   /* turn_away: "12/PBS-TTPVHCC"                  */
	moment_t at;                /* turn_away: of issue                          */
	bool repeated;              /* the database had it already                  */
};

/* error.code tells what to do: MC001 the moment crossed a boundary (ask.hint holds
 * the new ISO moment), MC002 the catalogue changed, MC003 looks like the same
 * dossier twice (ask.hint: its code). */
struct intake_ask {
	void (*done)(struct intake_ask *, const struct intake_result *, const struct error *);
	void (*waiting)(struct intake_ask *); /* may be NULL */
	void *owner;
	struct ask ask;             /* intake.c's own; ask.hint is yours to read    */
	struct arena arena;         /* the result lives until the next start/clear  */
	bool turned_away;
};
void intake_accept(struct store *, struct scope *, struct intake_ask *, const struct intake *);
void intake_turn_away(struct store *, struct scope *, struct intake_ask *, const struct intake *);
void intake_clear(struct intake_ask *);
/* The request as the database takes it (JSON text); for drafts and tests. */
char *intake_json(struct arena *, const struct intake *, bool turned_away);
