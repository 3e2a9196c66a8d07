/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/hall.h — The machines of the hall: a kiosk that gives out numbers, a
 * display that shows which one is called.  Each logs in as itself, hears the
 * queue's notifications, and may do nothing else (schema hall, 0500). */
#pragma once
#include "core/store/store.h"

struct hall_facts { /* strings belong to the hall */
	int64_t unit_id;
	const char *unit_name, *parent_name, *organisation, *office;
	bool practice;
	moment_t server_now; /* the database's clock when it answered */
};

struct hall;
struct hall_calls {
	/* The line: err NULL when it is up (also the first time: facts are there).
	 * FAULT_DENIED wrong password or no such machine: not tried again. */
	void (*line)(struct hall *, const struct error *err);
	/* Something in the queue changed, or may have while the line was lost: read. */
	void (*changed)(struct hall *);
	void *owner;
};
struct hall_plan {
	const char *server, *login;
	const char *password; /* wipe yours after the call */
	const char *kind;     /* "kiosk" | "display"       */
};

struct hall *hall_open(struct loop *, const struct hall_plan *, const struct hall_calls *, struct error *);
struct hall *hall_close(struct hall *);
void *hall_owner(const struct hall *);
/* NULL before the first connection. */
const struct hall_facts *hall_facts(const struct hall *);
bool hall_up(const struct hall *);

/* ---- kiosk ---- */

struct hall_choice {
	const char *series, *name, *counters;
	bool quick;
	int waiting, open; /* people; counters that serve it now */
};
struct hall_group {
	const char *code, *name;
};
struct hall_ticket { /* "" where nothing is known */
	const char *number, *name, *priority, *counters;
	int before;
	moment_t taken_at, slot; /* slot: MOMENT_NONE unless booked and in time */
	bool again;              /* this person has that number already         */
};
struct hall_block {
	const char *series;
	day_t day;
	int first, last;
};
/* A number given out while the server was away. */
struct hall_given {
	char request[37], series[2], priority[21];
	char booking[7];   /* the code it was given for; ""                            */
	char person[65];   /* the person's digest by the day's key, "" none: in memory only */
	day_t day;
	int number;
	moment_t taken_at;
};
struct hall_booking {
	const char *code, *series;
	moment_t slot, until; /* the number holds its slot so long */
};
/* One at a time; what fits the call is filled when done is called without err. */
struct hall_ask {
	void (*done)(struct hall_ask *, const struct error *err);
	struct arena *into;
	void *owner;
	/* Answers: */
	const struct hall_choice *choices;
	const struct hall_group *groups;
	const struct hall_block *blocks;
	const struct hall_booking *bookings;
	struct hall_ticket ticket;
	const char *key; /* 64 hexadecimal digits */
	day_t key_day;
	int count;
	/* hall.c's own: */
	struct ask ask;
};
void hall_read_choices(struct hall *, struct scope *, struct hall_ask *);
void hall_read_groups(struct hall *, struct scope *, struct hall_ask *);
/* One number.  request is the kiosk's (seal_uuid): repeated it is the same number.
 * limit_ms: then FAULT_OFFLINE, and a number of the block is given under the same request. */
void hall_take(struct hall *, struct scope *, struct hall_ask *, const char *request, const char *series,
               const char *priority, const char *person, const char *booking, int limit_ms);
/* A block of today's for each series ("{A,B}"), fresh ones where fewer than least are left. */
void hall_reserve(struct hall *, struct scope *, struct hall_ask *, const char *series, int least);
/* A block of each of so many days after today, for the mornings without a server. */
void hall_ahead(struct hall *, struct scope *, struct hall_ask *, const char *series, int days);
/* Codes booked for today and so many days after it. */
void hall_read_bookings(struct hall *, struct scope *, struct hall_ask *, int days);
/* The key of today by which persons are told apart: digest = SHA-256 of the key's bytes and the person's number. */
void hall_read_key(struct hall *, struct scope *, struct hall_ask *);
/* What was given out alone; the same again changes nothing.  Digests are of key_day's key: those of other days are not told. */
void hall_reconcile(struct hall *, struct scope *, struct hall_ask *, const struct hall_given *, int count, day_t key_day);

/* ---- display ---- */

struct hall_call {
	int64_t call;  /* grows with every call and recall */
	char number[12], counter[48];
	int calls, age; /* which call of this number; seconds */
};
struct hall_waiting {
	char series[4];
	int waiting;
};
enum { HALL_CALLS = 8, HALL_SERIES = 26 };
struct hall_board {
	void (*done)(struct hall_board *, const struct error *err);
	void *owner;
	struct hall_call calls[HALL_CALLS]; /* the newest first */
	int call_count;
	struct hall_waiting waiting[HALL_SERIES];
	int waiting_count;
	/* hall.c's own: */
	struct ask ask, second;
	struct hall *hall;
	struct scope *scope;
};
/* Calls, then who waits. */
void hall_read_board(struct hall *, struct scope *, struct hall_board *);
