/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/support/pg.h — A private PostgreSQL for one test program.
 *
 * Socket only, in a short temporary folder, without fsync (tests alone may do
 * that).  A guardian process owns server and folder: when the test ends, in
 * whatever way, the server is killed and the folder removed.  As root the
 * server runs as the account postgres (or nobody), which PostgreSQL demands. */
#pragma once
#include <libpq-fe.h>
#include <stdbool.h>
#include <sys/types.h>

struct test_pg {
	char folder[40];      /* socket and data */
	char conninfo[160];   /* superuser motcua_admin, database motcua, no password */
	int control;          /* closing it ends the server */
	int ready;            /* what the guardian answers  */
	pid_t guardian;
	char copied[200];     /* the data folder it began with, or "" for a fresh one */
};

/* Fails (with the cause on stderr) when no PostgreSQL is installed or it will not start. */
bool test_pg_start(struct test_pg *);
/* A fill: applies core/store/schema/NNNN_*.sql in order, each in one transaction. */
bool test_pg_schema(struct test_pg *);
/* Starts with what fill did to a server before: the first test of a build makes a copy of
 * those data, named so, beside the tests; all others begin with it.  It is made anew when
 * the schema, the reference data or the code that fills changed.  fill gets a started
 * server and may keep nothing of it but what lies in its databases. */
bool test_pg_start_filled(struct test_pg *, const char *name, bool (*fill)(struct test_pg *));
/* Connection string for some login role of that server; free() it. */
char *test_pg_as(const struct test_pg *, const char *login, const char *password);
void test_pg_stop(struct test_pg *);

/* Ends the server with everything on disk; its folder stays until test_pg_stop. */
bool test_pg_settle(struct test_pg *);

/* What happens to servers: they die (the data as after a power cut), come up again, and
 * stand still without closing a connection (halt) until they go on. */
bool test_pg_kill(struct test_pg *);
bool test_pg_again(struct test_pg *);
bool test_pg_halt(struct test_pg *, bool halt);
