/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/session.h — A clerk at a counter: log in as oneself (the database
 * role is the clerk), say hello, hear the unit's notifications, say goodbye.
 * After a lost connection it says hello again by itself. */
#pragma once
#include "core/store/store.h"

/* The schema this program speaks; the database refuses others (MC007). */
#define SCHEMA_VERSION 1

struct session_facts { /* strings belong to the session */
	const char *id;
	const char *login, *full_name, *title;
	bool is_supervisor;
	int64_t unit_id;
	const char *unit_code;   /* ĐVHC, 5 digits       */
	const char *unit_name;   /* "xã Núi Cấm"         */
	const char *parent_name; /* "tỉnh An Giang"      */
	const char *eid;         /* e-identifier         */
	const char *counter;     /* "Q3"; "" without one */
	const char *lookup_url, *phone;
	const char *organisation; /* "Ủy ban nhân dân xã Núi Cấm" */
	const char *office;       /* "Trung tâm Phục vụ hành chính công …" */
	const char *place;        /* before the date of a paper */
	bool practice;
	bool province;           /* a login of the province: unit_id 0, unit_code the province's */
	int schema_version, catalogue_version;
	moment_t server_now;     /* the database's clock when it answered …  */
	int64_t server_ms;       /* … and monotonic_ms() at that moment      */
};

struct session;
struct session_calls {
	/* Logged in (first time), or why not: FAULT_DENIED wrong password or locked
	 * (error.code 28P01 / 28000), FAULT_OFFLINE server away (it goes on trying:
	 * opened is called again when it succeeds), FAULT_BUG schema does not fit. */
	void (*opened)(struct session *, const struct error *err);
	/* Connection lost (err) and made again (NULL). */
	void (*line)(struct session *, const struct error *err);
	/* Another counter, or the courier, changed something: what is "travel",
	 * "dossier" or "catalogue"; id is the dossier's, 0 for the catalogue. */
	void (*changed)(struct session *, const char *what, int64_t id);
	/* Read again everything that is shown. */
	void (*again)(struct session *);
	void *owner;
};

struct session_plan {
	const char *server;   /* as in store_settings      */
	const char *login;
	const char *password; /* wipe yours after the call */
	const char *counter;  /* "Q3", or NULL             */
	bool province;        /* a login of the province: its own door, no unit */
	const char *program;
};

struct session *session_open(struct loop *, const struct session_plan *,
                             const struct session_calls *, struct error *);
/* Says goodbye when the line is up (best effort, never waits) and closes. */
struct session *session_close(struct session *);
struct store *session_store(struct session *);
const struct session_facts *session_facts(const struct session *);
void *session_owner(const struct session *);
/* The database's clock, kept by a clock that never jumps; before log-in the
 * machine's. */
moment_t session_now(const struct session *);

/* The unit's counters, to choose one at log-in. */
struct counter_row {
	const char *code, *name, *busy_with; /* login now at work there, "" */
};
struct counters_ask {
	void (*done)(struct counters_ask *, const struct counter_row *, int count,
	             const struct error *);
	struct arena *into; /* required */
	void *owner;
	struct ask ask;     /* session.c's own */
};
void counters_start(struct store *, struct scope *, struct counters_ask *);
