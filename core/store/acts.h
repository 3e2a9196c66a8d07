/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/acts.h — What may happen to a dossier after reception: the acts of
 * the life-cycle, a new due date, and what the other side disagreed with.
 * Every change names the version that the screen shows; when somebody was
 * faster it fails with FAULT_CONFLICT (MC006) and the screen reads again. */
#pragma once
#include "core/store/store.h"

struct act_row {
	const char *act;  /* "ask_supplement" …, as in core/dossier/lifecycle.h */
	const char *form; /* "02" …, "" none */
	int to_status;    /* 0: a side event, without a status */
	bool supervisor;
	bool countersign; /* a supervisor must say it, at this counter or another */
	bool basis;       /* on a legal basis only (act_facts.basis) */
	const char *cost; /* what it costs, a sentence or two; "" */
};
struct acts_ask {
	void (*done)(struct acts_ask *, const struct act_row *, int count, const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* acts.c's own */
};
/* The acts open to this clerk for the dossier as it stands. */
void acts_read(struct store *, struct scope *, struct acts_ask *, int64_t dossier_id);

struct act_ask {
	void (*done)(struct act_ask *, int version, const struct error *err);
	void *owner;
	int64_t paper_id;   /* read in done: the form that came of it; 0: none */
	struct ask ask;     /* acts.c's own */
};
/* What an act says beside its words; NULL members are not said. */
struct act_facts {
	const char *ground; /* ask_supplement: "Lý do" of form 02                                */
	const char *basis;  /* of a second one: the law that allows it                           */
	const char *until;  /* ask_supplement: the citizen's last day, yyyy-mm-dd                */
	const char *taker;  /* return: "owner" "other" "post"; the owner's name is the dossier's */
	const char *name, *id_number, *mandate; /* of another                                    */
	const char *post;   /* number and day of the post's slip                                 */
	const char *shown;  /* return: "scanned" (the receipt, just now) "receipt" "identity"    */
	const char *no_file; /* return: why the result has no digital copy                       */
};
/* The usual ground of a request to complete a dossier; in the record, so Vietnamese. */
#define ACT_GROUND "thành phần hồ sơ chưa đầy đủ, chưa đúng quy định"
/* facts may be NULL.  reason may be "" for the acts that need none.  What ends a wait ("supplement",
 * "pay", "resume") goes through core/store/taken_up.h. */
void act_do(struct store *, struct scope *, struct act_ask *, int64_t dossier_id, int version,
            const char *act, const char *reason, const struct act_facts *);
/* cause: "supplement" "extension" "incident" "payment" "elsewhere" "correction".
 * due MOMENT_NONE: no appointment.  line explains it, for screen and history. */
void act_change_due(struct store *, struct scope *, struct act_ask *, int64_t dossier_id,
                    int version, const char *cause, moment_t due, const char *line);
/* The clerk has dealt with a refusal: the stream to that system goes on.
 * version comes back as 0. */
void act_send_again(struct store *, struct scope *, struct act_ask *, int64_t dossier_id,
                    const char *system, const char *solution);
