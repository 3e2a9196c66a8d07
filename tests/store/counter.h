/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/store/counter.h — A clerk logged in at a counter of the invented unit,
 * on a private server with the real schema. */
#pragma once
#include "tests/store/line.h"

#include "core/store/intake.h"
#include "core/store/session.h"
#include "tests/store/thief.h"

#define PASSWORD "motcua-tap-duyet"

struct counter {
	struct loop loop;
	struct session *session;
	int opened, line, again, changed;
	struct error why, lost;
	char what[16];
	int64_t id;
	struct scope scope;
	struct arena arena;
	struct thief thief;
	bool robbed;
};

/* Server, migrations (through migrate.h) and the fixture. */
int start_world(void **state);
/* Logs in and waits for the answer, whatever it is. */
void log_in(struct counter *, const char *login, const char *password, const char *code);
/* The same with a thief on the line. */
void log_in_past_thief(struct counter *, const char *login, const char *code);
void log_out(struct counter *);
/* Turns until *value is at least least. */
void turn(struct counter *, const int *value, int least);

/* A request that the referee accepts: 1.004873 for one owner. */
struct intake sample(const struct counter *, const char *owner, const char *number);

struct accepted {
	struct intake_ask ask;
	int done;
	struct intake_result result;
	struct error err;
	char code[64], paper_number[64];
};
void accept_one(struct counter *, struct accepted *, const struct intake *);
