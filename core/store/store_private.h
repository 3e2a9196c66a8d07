/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/store_private.h — What the files of the connection share.  Nobody
 * else includes it: libpq ends here.
 *
 *   store.c          opening, closing, the queue, time limits
 *   store_hosts.c    the server line of the settings
 *   store_connect.c  hosts, addresses, connecting, back-off
 *   store_pipe.c     sending, receiving, handing out
 *   store_reply.c    replies and errors
 *   store_wait.c     for programs without a screen */
#pragma once
#include <libpq-fe.h>

#include "core/base/child.h"
#include "core/store/store.h"

enum slot_kind {
	SLOT_ASK,    /* somebody's ask                          */
	SLOT_SETUP,  /* settings and LISTENs of a connection    */
	SLOT_GREET,  /* store_greet's                           */
};

/* One statement on its way.  It outlives an ask whose scope ended. */
struct slot {
	struct slot *next;
	enum slot_kind kind;
	struct store *store;
	struct ask *ask;        /* NULL: nobody waits any more   */
	struct task task;       /* in the asker's scope: here, so that an ask filled anew breaks no list */
	const char *sql;
	int count;
	const char **values;
	int *lengths, *formats;
	struct arena arena;
	struct timer limit, slow;
	bool repeat, binary;
	PGresult *result;
	struct error err;       /* with failed: an error made here */
	bool failed;
};

struct slots {
	struct slot *first, **last;
	int count;
};

struct channel_name {
	char name[64];
	struct channel_name *next;
};

struct host {
	const char *name, *address, *port; /* name may be NULL (libpq's default) */
};

struct store {
	struct store_settings set;
	struct loop *loop;
	struct arena arena;        /* settings, as long as the store        */
	char *password;
	enum store_state state;
	struct error trouble;
	bool was_ready;

	/* connecting */
	PQconninfoOption *options;
	struct host *hosts;
	int host_count, host_at;
	struct arena round;        /* addresses of the host being tried     */
	const char **addresses;
	int address_count, address_at;
	struct scope scope;        /* the resolver                          */
	struct child resolver;
	struct timer connect_limit, retry;
	int failures;
	bool linked;               /* PQconnectPoll said OK                 */

	/* the connection */
	PGconn *conn;
	struct watch watch;
	struct slots waiting, flight, finished;
	struct timer silence, deliver;
	struct channel_name *channels;
	int setup_left;
	int nulls;                 /* PQgetResult's NULLs in a row          */
	bool broken;

	/* the greeting */
	struct ask *greet;
	const char *greet_sql;
	struct arena greet_arena;
	struct param *greet_params;
	int greet_count;

	int depth;                 /* callbacks under way                   */
	bool closed;
};

/* store.c */
void slots_add(struct slots *, struct slot *);
struct slot *slots_take(struct slots *);
void slots_remove(struct slots *, struct slot *);
struct slot *slot_new(struct store *, enum slot_kind, const char *sql, const struct param *, int);
void slot_free(struct slot *);
void slot_detach(struct slot *);
void store_enter(struct store *);
/* Undoes store_enter; true when the store was closed meanwhile and is gone. */
bool store_leave(struct store *);
void store_tell(struct store *, enum store_state, const struct error *);

/* store_hosts.c */
bool connect_read(struct store *, const char *server, struct error *);
/* Begins connecting to the current host at that address (NULL: a socket). */
PGconn *connect_start(struct store *, const char *address);

/* store_connect.c */
/* A round over all hosts, in so many milliseconds. */
void connect_plan(struct store *, long ms);
void connect_drop(struct store *);
/* The connection is gone: sent asks are sorted, the next try is planned. */
void connect_lost(struct store *, const char *cause);
void connect_refuse(struct store *, const struct error *);

/* store_pipe.c */
void pipe_open(struct store *);
void pipe_send(struct store *);
void pipe_ready(struct watch *, short revents);
void pipe_deliver(struct timer *);
void pipe_soon(struct store *);

/* store_reply.c */
void reply_copy(struct reply *, const PGresult *, struct arena *, bool binary, bool verbatim);
/* Fills err from a failed result; false when the connection itself is ending. */
bool reply_error(const PGresult *, struct error *, char hint[64]);
void connect_error(PGconn *, struct error *);
