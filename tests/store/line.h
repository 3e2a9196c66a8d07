/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/store/line.h — A line to a private server, with what it was told. */
#pragma once
#include "tests/check.h"

#include "core/store/store.h"
#include "tests/support/pg.h"

extern struct test_pg pg; /* start_server's */

struct seen {
	struct loop loop;
	struct store *store;
	int states[32], state_count, again, notified;
	char payload[64];
	struct error why;
	struct arena arena;
};
struct heard {
	struct ask ask;
	int done, waiting;
	char text[64];
	long rows;
	struct error err;
};

void open_line(struct seen *, const char *server, struct store_settings);
/* Checks that it leaves nothing in the loop. */
void close_line(struct seen *);
/* Turns until *value is at least least; fails after twenty seconds. */
void turn_until(struct seen *, const int *value, int least);
void wait_state(struct seen *, enum store_state);
/* The column x of the first row is heard. */
void on_heard(struct ask *, const struct reply *, const struct error *);
void ask(struct seen *, struct heard *, bool repeat, const char *sql, const char *param);
void ask_and_wait(struct seen *, struct heard *, const char *sql, const char *param);
/* On a second line, for what must be done behind the first one's back. */
void aside(const char *sql, const char *param);

int start_server(void **state);
int stop_server(void **state);
