/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/taken_up.h — Waits that end at the desk: which may, what was asked
 * for, and the one act that keeps papers, money and the moved due date and
 * answers every system.  Strings live in the caller's arena. */
#pragma once
#include "core/store/store.h"

struct wait_row {
	const char *act;      /* "supplement" "pay" "resume"                        */
	int to_status;        /* 0: the status stays, a system that is only told asked */
	moment_t since;       /* when the wait began; MOMENT_NONE: nothing waited   */
	bool supervisor;
};
struct asked_row {
	const char *kind;     /* "asked" by a system, "said" with a bare status, "paper" of the dossier */
	const char *name;
	const char *action;   /* of a paper; "" else                                */
	const char *state;    /* "brought": it came, other papers of the request did not */
	const char *asked_by;
	int64_t part_id;      /* of "asked"; else 0                                 */
	int seq;              /* of "paper"; else 0                                 */
	int originals, copies;
	moment_t asked_at, until;
};
struct waits_ask {
	void (*done)(struct waits_ask *, const struct error *);
	struct arena *into;   /* required */
	void *owner;
	/* read in done: */
	const struct wait_row *waits;
	const struct asked_row *asked; /* what was asked first, then the papers, missing ones first */
	int wait_count, asked_count;
	/* taken_up.c's own: */
	struct ask parts[2];
	struct error err;
	int left;
};
void waits_read(struct store *, struct scope *, struct waits_ask *, int64_t dossier_id);

struct taken_paper {
	int64_t part_id;      /* answers what a system asked; 0 */
	int seq;              /* a paper of the dossier; 0      */
	const char *name;     /* where both are 0               */
	const char *action;   /* "submit" "show" "compare"; "lookup" of what is held already */
	const char *lookup_where; /* "lookup": where it lies; else NULL */
	int originals, copies;
	const int64_t *files; /* ids from files.h               */
	int file_count;
};
struct taken_fee {
	int64_t part_id;
	const char *paid;     /* "cash" "transfer" */
};
struct taken {
	char request_id[37];  /* seal_uuid(); the same in every repetition */
	const char *act;
	moment_t computed_at; /* the due date was computed for this moment */
	moment_t due_at;      /* MOMENT_NONE: no appointment               */
	const char *line;     /* why it moved; "" when it did not          */
	const char *note;
	const struct taken_paper *papers;
	int paper_count;
	const struct taken_fee *fees;
	int fee_count;
	const char *const *missing; /* of a part: what is still asked, by name */
	int missing_count;
};
struct take_ask {
	void (*done)(struct take_ask *, int version, const struct error *);
	void *owner;
	struct ask ask;       /* taken_up.c's own */
};
/* Repeated after a lost reply.  FAULT_CONFLICT: somebody was faster, or the moment
 * is another (MC001): compute again. */
void take_up(struct store *, struct scope *, struct take_ask *, int64_t dossier_id, int version,
             const struct taken *);
/* Some of what was asked for: kept, while the wait goes on (request_id, note, papers and
 * missing of the request). */
void take_part(struct store *, struct scope *, struct take_ask *, int64_t dossier_id, int version,
               const struct taken *);
/* The new date a system set is this dossier's from now on. */
void take_date(struct store *, struct scope *, struct take_ask *, int64_t dossier_id, int version,
               int64_t part_id);
