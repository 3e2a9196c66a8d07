/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/results.h — Results until they are in the citizen's hand: what belongs to a
 * hand-over, results that came on paper, the list of those nobody fetched, the list of
 * calls, ratings.  Every act is recorded with who did it. */
#pragma once
#include "core/store/acts.h"
#include "core/store/store.h"

/* What the hand-over of one dossier needs to know, beside the dossier. */
struct return_state {
	bool digital;        /* the result has a digital copy (TT 01/2023)       */
	const char *place;   /* on the shelf; ""                                 */
	const char *grade;   /* "very" "yes" "no" "none"; "": not asked yet      */
	const char *papers;  /* results that came on paper, a line each; ""      */
	const char *missing; /* papers that must still change hands; ""          */
	const char *told;    /* the message to the citizen: state; "": none      */
	const char *phone;   /* … and where to, masked                           */
};
struct return_ask {
	void (*done)(struct return_ask *, const struct return_state *, const struct error *);
	struct arena *into;  /* required */
	void *owner;
	struct ask ask;      /* results.c's own */
};
void return_read(struct store *, struct scope *, struct return_ask *, int64_t dossier_id);

struct waiting_row {
	int64_t dossier_id, message_id; /* message_id 0: no word to the citizen */
	const char *code, *field, *procedure_name, *place, *result_by, *told;
	moment_t finished_at;
	int waits, tries;    /* days; calls nobody answered */
	bool digital;
};
struct waiting_ask {
	/* total: how many there are in all. */
	void (*done)(struct waiting_ask *, const struct waiting_row *, int count, int total, const struct error *);
	struct arena *into;  /* required */
	void *owner;
	struct ask ask;      /* results.c's own */
};
/* days < 0: as the unit has set it.  The longest waiting first. */
void waiting_read(struct store *, struct scope *, struct waiting_ask *, int days, int most);

struct call_row {
	int64_t message_id, dossier_id;
	const char *code, *kind, *phone, *words, *note; /* phone masked; note: why no gateway reached them */
	moment_t at, tried_at;
	int tries;
};
struct calls_ask {
	void (*done)(struct calls_ask *, const struct call_row *, int count, const struct error *);
	struct arena *into;  /* required */
	void *owner;
	struct ask ask;      /* results.c's own */
};
void calls_read(struct store *, struct scope *, struct calls_ask *, int most);
/* Who was called within seven days, the last one first; tried_at: when, note: by whom. */
void called_read(struct store *, struct scope *, struct calls_ask *, int most);

/* A message to the citizen of a dossier; address masked. */
struct told_row {
	const char *kind, *channel, *gateway, *address, *words, *state, *note; /* channel: "sms" "zalo" "email" "phone" */
	moment_t at, changed_at;
};
struct told_ask {
	void (*done)(struct told_ask *, const struct told_row *, int count, const struct error *);
	struct arena *into;  /* required */
	void *owner;
	struct ask ask;      /* results.c's own */
};
/* All of one dossier, in the order they were made. */
void told_read(struct store *, struct scope *, struct told_ask *, int64_t dossier_id);

struct result_act {
	/* value: the revealed number of result_number, else "". */
	void (*done)(struct result_act *, const char *value, const struct error *);
	void *owner;
	char request_id[40]; /* UUID, of result_came: repeated, it is one result; return_paper_add makes its own */
	struct ask ask;      /* results.c's own */
};
struct came_paper {
	const char *kind, *number, *signer, *place; /* what it is, "…/UBND-XN", who signed, the shelf; "" but kind */
	day_t issued;        /* DAY_NONE: not said */
};
/* A dossier that is worked on is done by it. */
void result_came(struct store *, struct scope *, struct result_act *, int64_t dossier_id, int version, const struct came_paper *);
void result_put(struct store *, struct scope *, struct result_act *, int64_t dossier_id, const char *place);
/* A kept file (files.h) is the digital copy. */
void result_scanned(struct store *, struct scope *, struct result_act *, int64_t dossier_id, int64_t file_id);
/* way: "give" back to the citizen, "take" back from them. */
void return_paper_add(struct store *, struct scope *, struct result_act *, int64_t dossier_id, const char *way, const char *name);
struct return_paper {
	int seq;
	const char *way, *name; /* "give" "take" */
	moment_t done_at;       /* MOMENT_NONE: it waits */
	const char *done_by, *waived;
};
struct return_papers_ask {
	void (*done)(struct return_papers_ask *, const struct return_paper *, int count, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask ask;         /* results.c's own */
};
void return_papers_read(struct store *, struct scope *, struct return_papers_ask *, int64_t dossier_id);
/* One of them changed hands, or (waived not "") why not. */
void return_paper_done(struct store *, struct scope *, struct result_act *, int64_t dossier_id, int seq, const char *waived);
/* All that wait changed hands, or (waived not "") why not. */
void return_papers_all(struct store *, struct scope *, struct result_act *, int64_t dossier_id, const char *waived);
/* A hand-over recorded by mistake; a supervisor's. */
void return_undo(struct store *, struct scope *, struct result_act *, int64_t dossier_id, int version, const char *reason);
/* Somebody else took it than was written down; a supervisor's.  facts: taker and what goes with it. */
void return_correct(struct store *, struct scope *, struct result_act *, int64_t dossier_id, const struct act_facts *, const char *reason);
/* grade as of return_state; reason for "no". */
void result_rate(struct store *, struct scope *, struct result_act *, int64_t dossier_id, const char *grade, const char *reason,
                 const char *counter);
/* The number in clear: the look is recorded. */
void result_number(struct store *, struct scope *, struct result_act *, int64_t message_id);
/* outcome: "done" "no_answer" "reopened". */
void result_called(struct store *, struct scope *, struct result_act *, int64_t message_id, const char *outcome, const char *note);
