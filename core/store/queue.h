/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/queue.h — The queue as a clerk at a counter works with it: the next
 * number called, what becomes of it, who waits.  Which number is next the
 * database decides (0502). */
#pragma once
#include "core/store/store.h"

struct queue_ticket {
	int64_t ticket_id;
	const char *number;               /* "A012"                                     */
	const char *queue, *queue_name;   /* where it stands: "A", "Hộ tịch"            */
	const char *priority;             /* what the group is called; "" none          */
	const char *kind;                 /* "walk_in" "booked" "desk"                  */
	const char *state;                /* as motcua.ticket                           */
	const char *part;                 /* "here" "waiting" "aside"                   */
	const char *counter, *to_counter; /* called there last; sent there              */
	int lane;                         /* 1 priority 2 booked 3 in order 4 for later */
	int calls, dossiers;
	moment_t slot, taken_at, called_at, serving_at;
	moment_t done_at;                 /* queue_read_day alone                       */
};
/* What happened to a ticket, the earliest first. */
struct queue_event {
	moment_t at;
	const char *act;                  /* "take" "call" "recall" "serve" "done" "no_show" "back" "park" "transfer" "cancel" "release" "lapse" */
	const char *queue, *counter, *login, *note;
};
struct queue_dossier {
	int64_t dossier_id;
	const char *code;
};
struct queue_series {
	const char *series, *name;
	bool quick, forms;            /* forms: dossiers of its fields are received */
	int waiting, longest, median; /* people; seconds */
	int counters_open, no_show, done;
};

/* One at a time; what fits the call is filled when done is called without err and
 * lives in *into (NULL: the acts need none). */
struct queue_ask {
	void (*done)(struct queue_ask *, const struct error *err);
	struct arena *into;
	void *owner;
	/* Answers: */
	int64_t ticket_id;    /* called; 0: nobody waits */
	char number[12];
	const struct queue_ticket *tickets;
	const struct queue_series *series;
	const struct queue_event *events;
	const struct queue_dossier *dossiers;
	const char *counter_state; /* queue_read: of this counter, "" never opened */
	const char *code;     /* queue_book */
	moment_t slot;
	int count;
	/* queue.c's own: */
	struct ask ask;
};
/* This counter's tickets: the one it has first, then who waits, then who stands aside. */
void queue_read(struct store *, struct scope *, struct queue_ask *, const char *counter);
/* Every series of the unit, with its figures. */
void queue_read_series(struct store *, struct scope *, struct queue_ask *);
/* Today's tickets of a series ("" all) in a state ("" all; "waiting": those sent on, too): tickets.  queue_day.c */
void queue_read_day(struct store *, struct scope *, struct queue_ask *, const char *series, const char *state);
/* What happened to a ticket: events.  The dossiers that came of it: dossiers. */
void queue_read_events(struct store *, struct scope *, struct queue_ask *, int64_t ticket);
void queue_read_dossiers(struct store *, struct scope *, struct queue_ask *, int64_t ticket);
/* One of today that was ended or cancelled by mistake waits again in its old place. */
void queue_reopen(struct store *, struct scope *, struct queue_ask *, int64_t ticket, const char *reason);
/* What was served is done; the next number is called: ticket_id, number. */
void queue_call_next(struct store *, struct scope *, struct queue_ask *);
/* One that stands aside, or was sent here. */
void queue_call(struct store *, struct scope *, struct queue_ask *, int64_t ticket);
/* "recall" "serve" "no_show" "done" "park" "release" */
void queue_act(struct store *, struct scope *, struct queue_ask *, int64_t ticket, const char *act);
void queue_back(struct store *, struct scope *, struct queue_ask *, int64_t ticket);
/* queue "" stays in its own; counter "" any. */
void queue_transfer(struct store *, struct scope *, struct queue_ask *, int64_t ticket, const char *queue,
                    const char *counter, const char *note);
void queue_cancel(struct store *, struct scope *, struct queue_ask *, int64_t ticket, const char *note);
/* Somebody without a ticket is served: ticket_id, number. */
void queue_walk_in(struct store *, struct scope *, struct queue_ask *, const char *series);
/* "open" "paused" "out_of_order" "closed" */
void queue_counter(struct store *, struct scope *, struct queue_ask *, const char *state, const char *reason);
/* Books a number: code and the slot's beginning. */
void queue_book(struct store *, struct scope *, struct queue_ask *, const char *series, moment_t wanted);
