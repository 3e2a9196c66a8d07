/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/support/world.h — The fixture's world and short ways to ask it. */
#pragma once
#include <libpq-fe.h>
#include <stdbool.h>
#include "tests/support/pg.h"

/* cmocka group fixtures: one cluster with schema and fixture for the program. */
int world_start(void **state);
int world_stop(void **state);

/* The superuser's connection. */
PGconn *admin(void);
/* Logs in with the fixture's password; fails the test when that does not work. */
PGconn *as(const char *login);
/* The same without failing: NULL when refused. */
PGconn *try_as(const char *login, const char *password);

/* The first value of the first row, in a buffer of its own ("" for NULL or no row).
 * Statements may hold %s-like placeholders of printf.  Fails the test on error. */
const char *one(PGconn *, const char *sql, ...) __attribute__((format(printf, 2, 3)));
/* SQLSTATE of a statement that must not work; "" when it worked. */
const char *state_of(PGconn *, const char *sql, ...) __attribute__((format(printf, 2, 3)));
/* HINT of the last statement given to state_of(). */
const char *last_hint(void);
long count(PGconn *, const char *sql, ...) __attribute__((format(printf, 2, 3)));
