/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/reception.h — A dossier being received, before the referee has seen it: who,
 * which procedure, which papers, how much, until when, where to.  No screen and
 * no database in it: the receive screen, the draft file and "motcua receive"
 * fill the same thing and make the same request from it.
 *
 * Strings are borrowed: from the reception's arena, or from the fields of the
 * screen, which outlive it. */
#pragma once
#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/dossier/catalogue.h"
#include "core/dossier/checklist.h"
#include "core/dossier/person.h"
#include "core/store/intake.h"

/* The paper by which one person acts for another (giấy uỷ quyền), or that they
 * are close kin, who need none for civil status. */
#define MANDATE_KIN N_("quan hệ ruột thịt")
struct mandate {
	const char *kind, *number, *note;
	day_t date; /* DAY_NONE unknown */
};

/* A file kept in the database for one of the papers. */
struct attachment {
	const char *paper;  /* the paper's name: rows may move      */
	int64_t file_id;    /* 0: still on its way                  */
	const char *name;
	bool reused;        /* of an earlier dossier of this owner  */
	const char *found;  /* what it was found to be, one line; "" */
	int pages;          /* 0: an image, or not known        */
	bool doubtful;      /* its signature, or a damaged part */
	bool bare;          /* a PDF that nobody has signed yet */
};

/* A dossier taken in by hand on a sheet printed beforehand, while power or database
 * was away, and entered afterwards: the sheet's code and the true moment. */
struct later {
	const char *code;           /* NULL: received here and now              */
	moment_t at;
	const char *reason, *received_by;
	int64_t standstill_id;      /* core/store/blanks.h                      */
};

/* A dossier that the citizen filed online (core/store/filings.h); its acts here answer it. */
struct online {
	int64_t filing_id;          /* 0: it was not                            */
	int version, asks;
	const char *code, *system;  /* their number; who has it, by name        */
	moment_t deadline;
	const char *told;           /* what the citizen wrote, for the clerk to read */
	bool verified, paid;        /* their account is VNeID's; paid online          */
};

/* Another agency, by its code when it has one; name "": this unit. */
struct agency {
	const char *code, *name;
};

/* Received by another one-stop desk and carried here, or lying in a batch that was counted in. */
struct taken {
	struct agency agency;       /* who received it; name "": this desk      */
	const char *code;           /* its code there; ""                       */
	moment_t at;                /* when; MOMENT_NONE: not known             */
	int64_t consignment;        /* core/store/consign.h; 0: in no batch     */
	int nth;
	const char *number;         /* of the biên bản; ""                      */
	moment_t filed_at;          /* both signed it, complete: filed then; MOMENT_NONE: not by the batch */
};

/* Where the limit that the receipt promises comes from. */
enum limit_source {
	LIMIT_FROM_CATALOGUE, /* confirmed by an officer of this unit          */
	LIMIT_ASKED,          /* the clerk said it, with its basis             */
	LIMIT_DECLARED_NONE,  /* "không có ngày hẹn trả cụ thể theo quy định"  */
	LIMIT_OPEN,           /* nobody has answered for a figure yet          */
};

struct reception {
	struct arena *arena;
	const struct catalogue *catalogue;
	char request_id[37];        /* the same in every try of the same act       */
	struct person owner, submitter;
	bool represented;           /* the submitter is another person             */
	struct mandate mandate;
	const struct procedure *procedure; /* NULL: not chosen yet                 */
	int64_t case_id;
	enum channel channel;
	struct checklist checklist;
	struct attachment *attachments;
	size_t attachment_count, attachment_room;
	struct fee_list fees;
	const char *paid;           /* "cash" "transfer" "later" "none"            */
	struct {
		enum limit_source source;
		double value;
		enum limit_unit unit;
		const char *basis;
	} limit;
	const char *summary, *note, *return_to;
	/* Another agency that decides, another place that hands over; name "": here. */
	struct agency deciding, returning;
	const char *result_by;      /* "counter" "post" "online"                   */
	int sets;
	bool ignore_similar;
	struct later later;
	struct online online;
	struct taken taken;
	const char *linked;         /* the whole group of linked procedures; "": this one alone */
	int64_t visit_with;         /* a dossier of the same visit; 0: the first   */
	/* Computed: */
	moment_t computed_at;
	struct deadline due;
	struct route route;
	bool computed;
	struct arena worked;        /* of due and route                            */
};

void reception_start(struct reception *, struct arena *, const struct catalogue *);
void reception_end(struct reception *);
/* The moment that counts: now, or the true one of a later entry, or when both signed the batch it came in. */
moment_t reception_moment(const struct reception *, moment_t now);

/* Chooses procedure, case and channel: papers, fees and limit are those of the
 * catalogue; what was done with papers that remain is kept. */
void reception_choose(struct reception *, const struct procedure *, int64_t case_id, enum channel);
/* The same procedure, with another case, channel or representation. */
void reception_change(struct reception *);
/* Another catalogue is in place: finds everything again in it.  False when the
 * procedure is gone; then it is not chosen any more. */
bool reception_follow(struct reception *, const struct catalogue *);

/* A file on its way, file_id 0; paper and name live as long as the reception. */
void reception_attach(struct reception *, const char *paper, const char *name);
/* A file of an earlier dossier of the same owner, once; the texts as above. */
void reception_reuse(struct reception *, const char *paper, int64_t file_id, const char *name);

/* The clerk's own answer where the catalogue has none that is confirmed. */
bool reception_ask_limit(struct reception *, double value, enum limit_unit, const char *basis,
                         struct error *);
void reception_no_limit(struct reception *, const char *basis);
/* Due date and route as of now.  False (err) when one cannot be counted. */
bool reception_compute(struct reception *, const char *level, moment_t now, struct error *);

/* The same just before the request, in the words of the record: Vietnamese. */
bool reception_settle(struct reception *, const char *level, moment_t now, struct error *);

/* What the clerk must still do, in the order of the screen. */
enum gap_kind { GAP_OWNER, GAP_SUBMITTER, GAP_PROCEDURE, GAP_LIMIT, GAP_FEE, GAP_PAPERS };
struct gap {
	enum gap_kind kind;
	int row;           /* paper or fee, -1 */
	const char *say;
};
struct gaps {
	struct gap *items;
	size_t count, room;
};
/* Doubts (a number that does not fit its owner) warn and are no gaps. */
struct gaps reception_gaps(struct reception *, struct arena *);
/* Only papers stand in the way: a supplement slip can be given. */
bool gaps_only_papers(const struct gaps *);

/* The request, its parts in the arena. */
void reception_intake(const struct reception *, struct arena *, const char *counter,
                      struct intake *out);
/* Form 02 ("supplement") or 03 ("refusal"), with reasons from the checklist and
 * the clerk's own. */
void reception_turn_away(const struct reception *, struct arena *, const char *counter,
                         const char *kind, const struct lines *own_reasons, struct intake *out);

/* As text for the draft file (keys and values), and back.  Reading finds
 * procedure and papers in the catalogue again; what is gone there is dropped. */
void reception_write(const struct reception *, struct bytes *);
bool reception_read(struct reception *, const char *text, size_t size, struct error *);
