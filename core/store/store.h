/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/store.h — The only door to PostgreSQL: one connection, watched by
 * the loop, that never blocks it.  Asks are queued and sent in pipeline mode,
 * each in a transaction of its own.  A lost connection is told, re-made with
 * back-off, its LISTENs and its greeting repeated before anything else.
 *
 * It refuses to hand out libpq's handles: replies are copied into an arena. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/scope.h"

struct store;
struct slot;

enum store_state {
	STORE_CONNECTING, /* the first connection is under way                     */
	STORE_READY,      /* connected; asks are being answered                    */
	STORE_LOST,       /* server or network away: it is being tried again       */
	STORE_REFUSED,    /* wrong password, locked, no such database: not retried */
};

struct store_settings {
	/* libpq's own language: "host=a,b port=5432 dbname=motcua
	 * target_session_attrs=read-write sslmode=verify-full …".  Host names are
	 * resolved outside this process; hosts are tried one after another. */
	const char *server;
	const char *user;         /* overrides server; NULL: as in server          */
	const char *password;     /* kept in memory only, wiped at close           */
	const char *program;      /* application_name                              */
	int connect_ms;           /* per address; 0: 4000                          */
	int ask_ms;               /* time limit of an ask that sets none; 0: 20000 */
	int statement_ms;         /* statement_timeout of the server; 0: 15000     */
	int silence_ms;           /* asks in flight and not a byte for so long:
	                           * the connection is given up; 0: 25000          */
	/* Told at each change; err says why when LOST or REFUSED.  May be NULL. */
	void (*state)(struct store *, enum store_state, const struct error *err);
	/* A NOTIFY on a channel listened to.  May be NULL. */
	void (*notify)(struct store *, const char *channel, const char *payload);
	/* Connected again after a loss: notifications may have been missed, so
	 * everything shown should be read again.  May be NULL. */
	void (*again)(struct store *);
	void *owner;
};

/* Always returns a store; connecting goes on in the loop.  A server text that
 * cannot be read fails with FAULT_INPUT and returns NULL. */
struct store *store_open(struct loop *, const struct store_settings *, struct error *);
/* Ends every ask silently, wipes the password.  Returns NULL; NULL-safe. */
struct store *store_close(struct store *);
enum store_state store_state(const struct store *);
/* Why the store is LOST or REFUSED; fault FAULT_NONE when it is READY. */
const struct error *store_trouble(const struct store *);
void *store_owner(const struct store *);
struct loop *store_loop(const struct store *);
/* Tries to connect at once instead of waiting for the back-off. */
void store_hurry(struct store *);
/* Asks not answered yet. */
int store_pending(const struct store *);

/* ---- Replies: rows and columns by name ---- */

struct cell {
	const char *text; /* NUL-terminated, NFC without control characters
	                   * (raw bytes when the ask was .binary); NULL: SQL NULL */
	size_t size;
};
struct reply {
	int rows, columns;
	const char *const *names;
	const struct cell *cells; /* rows × columns */
	long affected;            /* rows written   */
	const char **missing;     /* first column asked for that was not there */
};

bool reply_null(const struct reply *, int row, const char *column);
/* "" when NULL. */
const char *reply_text(const struct reply *, int row, const char *column);
/* fallback when NULL. */
int64_t reply_number(const struct reply *, int row, const char *column, int64_t fallback);
bool reply_flag(const struct reply *, int row, const char *column); /* NULL: false */
moment_t reply_moment(const struct reply *, int row, const char *column); /* MOMENT_NONE */
day_t reply_day(const struct reply *, int row, const char *column);       /* DAY_NONE */
const struct cell *reply_cell(const struct reply *, int row, const char *column);
/* False, FAULT_BUG, when a column asked for was not there: the program and
 * the schema do not fit. */
bool reply_whole(const struct reply *, struct error *);

/* ---- Asks ---- */

struct param {
	const char *text;  /* NUL-terminated; NULL with bytes NULL: SQL NULL      */
	const void *bytes; /* sent in binary as bytea when not NULL (size may be 0) */
	size_t size;
};
#define PARAM_TEXT(t)     ((struct param){ .text = (t) })
#define PARAM_BYTES(b, n) ((struct param){ .bytes = (b), .size = (n) })
#define PARAM_NULL        ((struct param){ 0 })

/* Embedded in its owner, zeroed, filled, given to store_ask.  It must stay
 * where it is until done was called or its scope ended. */
struct ask {
	/* Called once.  reply is NULL exactly when err is not.  The ask may be
	 * used again from inside. */
	void (*done)(struct ask *, const struct reply *reply, const struct error *err);
	/* Told once when the answer is slow ("còn chờ máy chủ…").  May be NULL. */
	void (*waiting)(struct ask *);
	int waiting_ms;      /* 0: 800                                              */
	int limit_ms;        /* 0: the store's.  Past it: FAULT_OFFLINE             */
	bool repeat;         /* a read, or a write carrying a request id: sent again
	                      * after a reconnect.  Without it, an ask that was sent
	                      * when the connection broke fails with FAULT_OFFLINE  */
	bool at_once;        /* fails with FAULT_OFFLINE instead of waiting for a
	                      * connection                                          */
	bool binary;         /* columns in binary (bytea pieces)                    */
	bool verbatim;       /* text as stored, tabs and all (JSON, paper fields)   */
	struct arena *into;  /* the reply's memory; NULL: it is gone after done     */
	void *owner;
	char hint[64];       /* the server's HINT, set before done on failure       */
	/* store.c's own: */
	struct slot *slot;
};

/* sql is a constant with $1 …; params are copied.  Never calls done from
 * inside itself.  scope may be NULL only for asks that live as long as the
 * store.  An ask that is still under way is forgotten when it is given again. */
void store_ask(struct store *, struct scope *, struct ask *, const char *sql,
               const struct param *params, int count);
/* done will not be called; nothing when it is not under way. */
void ask_forget(struct ask *);
/* Listens now and after every reconnect.  channel: [a-z0-9_]+ */
void store_listen(struct store *, const char *channel);
void store_unlisten(struct store *, const char *channel);
/* An ask that opens each connection before anything else is sent on it (the
 * session's hello).  done is called at every connection; when it fails the
 * store is REFUSED unless the fault is FAULT_OFFLINE.  sql NULL forgets it. */
void store_greet(struct store *, struct ask *, const char *sql, const struct param *params,
                 int count);

/* ---- For programs without a screen: turns the loop until done ---- */

/* Until READY; false when REFUSED or after limit_ms (0: the ask limit). */
bool store_wait(struct store *, int limit_ms, struct error *);
/* One ask and its reply, which lives in the arena. */
bool store_ask_wait(struct store *, struct arena *, const char *sql, const struct param *params,
                    int count, bool repeat, struct reply *out, struct error *);
