/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/life.h — The life of a dossier inside its unit: steps, hands, what the law still allows when, side events, lists of what
 * will soon be late and of who holds what, hand-overs with two signatures.  Strings live in the caller's arena. */
#pragma once
#include "core/store/acts.h"

/* ---- one dossier ---- */

struct life_step {
	const char *name, *role;
	const char *held_by;     /* "desk" "room" "agency"                             */
	const char *limit_value; /* with a half at most                                */
	const char *limit_unit;  /* "working_day" "working_hour"                       */
	const char *state;       /* "waiting" "current" "done" "skipped"               */
	moment_t due_at, started_at, ended_at;
	int seq, sent_back;
};
struct life_hand {
	const char *kind;        /* "desk" "room" "agency" "citizen" "stopped" "ended" */
	const char *name, *place;
	const char *giver, *giver_place;
	const char *outcome;     /* of the leg that ended with it: "early" "on_time" "late" "" */
	const char *note;
	moment_t at, until_at;   /* MOMENT_NONE: holds it now                          */
	int minutes;             /* of working time; until now for the present one     */
};
struct life {
	int asked;               /* how often it waited for a supplement               */
	moment_t check_until;    /* until when the desk may ask (8 hours, 1 day, 3 days); MOMENT_NONE: no more */
	const char *checking;    /* "online" "direct" "examination"                    */
	day_t supplement_until;  /* the citizen's last day; DAY_NONE                   */
	int extensions;          /* re-appointments so far                             */
	day_t apology_day;       /* the last on which an apology is in time; DAY_NONE  */
	moment_t forecast;       /* when its steps will be done; MOMENT_NONE: no steps */
	moment_t proposal;       /* a new date to promise                              */
	const char *legal_value, *legal_unit; /* the law's limit; "": not known        */
	moment_t legal_due;
	moment_t undo_until;     /* MOMENT_NONE: nothing to undo                       */
	const char *last_act, *counter_act; /* what sets the last act right            */
	const char *holder, *holder_kind, *holder_place;
	const struct life_step *steps;
	const struct life_hand *hands;
	int step_count, hand_count;
};
struct life_ask {
	/* life is the ask's, strings in into. */
	void (*done)(struct life_ask *, const struct life *, const struct error *);
	struct arena *into;      /* required */
	void *owner;
	/* life.c's own: */
	struct life life;
	struct ask parts[3];
	struct error err;
	int left;
};
void life_read(struct store *, struct scope *, struct life_ask *, int64_t dossier_id);

/* What a side event says; NULL members are not said. */
struct side_facts {
	const char *request_id; /* of what makes a paper: said twice it is done once */
	const char *reason, *basis, *to;
	moment_t new_due;       /* apologise, change_due; 0: not said */
};
/* act: "apologise" "change_due" "step_on" "step_back" "assign" "take_over" "note" "control" "undo". */
void side_do(struct store *, struct scope *, struct act_ask *, int64_t dossier_id, int version, const char *act, const struct side_facts *);

/* ---- lists ---- */

/* One row of any of them; what a list does not know is "" or MOMENT_NONE. */
struct life_row {
	int64_t dossier_id;
	const char *code, *owner_name, *procedure_name;
	const char *holder, *place, *step, *next_role;
	const char *urgency;    /* soon late: "soon" "today" "missed"            */
	moment_t due_at, step_due, forecast, proposal, check_until, received_at;
	day_t last_day;
	int status, version, extensions, channel;
	bool late, mine;
};
enum life_list {
	LIFE_SOON,     /* will be late: apologise before                        */
	LIFE_CHECK,    /* to be checked within the limits of the law            */
	LIFE_HELD,     /* in somebody's hands                                   */
	LIFE_GIVE,     /* what this clerk may give                              */
	LIFE_OVER,     /* the citizen's last day to bring papers (check_until its end) is over; step: of a linked procedure */
};
struct life_rows_ask {
	void (*done)(struct life_rows_ask *, const struct life_row *, int count, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask ask;         /* life_lists.c's own */
};
/* login: whose, of LIFE_HELD; else NULL. */
void life_rows_read(struct store *, struct scope *, struct life_rows_ask *, enum life_list, const char *login, int most);

/* ---- colleagues ---- */

struct colleague {
	const char *login, *full_name, *title;
	const char *acting;     /* who acts for them now; ""        */
	moment_t until;
	int held, late;
	bool locked, mine, may_take;
};
struct colleagues_ask {
	void (*done)(struct colleagues_ask *, const struct colleague *, int count, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask ask;         /* life_lists.c's own */
};
void colleagues_read(struct store *, struct scope *, struct colleagues_ask *);
/* The three answer with version 0; give_all: how many as version. */
void delegate(struct store *, struct scope *, struct act_ask *, const char *absent, const char *acting, day_t last_day, const char *why);
void delegate_end(struct store *, struct scope *, struct act_ask *, const char *absent);
void give_all(struct store *, struct scope *, struct act_ask *, const char *absent, const char *acting, const char *why);

/* ---- hand-overs ---- */

struct handover_row {
	int64_t handover_id, paper_id;
	const char *giver_name, *giver_place, *taker, *taker_name, *taker_place;
	const char *state;      /* "open" "taken" "void"            */
	const char *number;     /* of its paper                     */
	const char *mine;       /* "taker" "giver" ""               */
	moment_t made_at, ended_at;
	int dossiers;
};
struct handovers_ask {
	void (*done)(struct handovers_ask *, const struct handover_row *, int count, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask ask;         /* life_lists.c's own */
};
void handovers_read(struct store *, struct scope *, struct handovers_ask *, int most);

struct handover_item {
	const char *code, *owner_name, *procedure_name;
	moment_t due_at;        /* or MOMENT_NONE */
};
struct handover_items_ask {
	void (*done)(struct handover_items_ask *, const struct handover_item *, int count, const struct error *);
	struct arena *into;     /* required */
	void *owner;
	struct ask ask;         /* life_lists.c's own */
};
/* The dossiers of a list, in its order. */
void handover_items_read(struct store *, struct scope *, struct handover_items_ask *, int64_t handover_id);

struct handover_give {
	char request_id[37];    /* seal_uuid() */
	const int64_t *dossiers;
	int count;
	const char *to, *kind, *place, *note; /* kind: "desk" "room" */
};
struct handover_ask {
	/* id: of the list (give) or of the paper (take); 0 with err. */
	void (*done)(struct handover_ask *, int64_t id, const struct error *);
	void *owner;
	struct ask ask;         /* life_lists.c's own */
};
void handover_give(struct store *, struct scope *, struct handover_ask *, const struct handover_give *);
/* By the taker's own connection: FAULT_DENIED for anybody else. */
void handover_take(struct store *, struct scope *, struct handover_ask *, int64_t handover_id);
void handover_void(struct store *, struct scope *, struct handover_ask *, int64_t handover_id);

/* ---- incidents ---- */

/* kind: "outage" "standstill".  really: moves the due dates (a supervisor); else only counts; how many is id. */
void incident_due(struct store *, struct scope *, struct handover_ask *, const char *kind, int64_t incident, bool really);
