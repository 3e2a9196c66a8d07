/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/line.h"

#include <stdio.h>
#include <string.h>

#define LIMIT_MS 20000

struct test_pg pg;

static void on_state(struct store *store, enum store_state state, const struct error *err)
{
	struct seen *seen = store_owner(store);
	if (seen->state_count < 32)
		seen->states[seen->state_count++] = state;
	if (err)
		seen->why = *err;
}

static void on_notify(struct store *store, const char *channel, const char *payload)
{
	struct seen *seen = store_owner(store);
	(void)channel;
	seen->notified++;
	snprintf(seen->payload, sizeof seen->payload, "%s", payload);
}

static void on_again(struct store *store)
{
	((struct seen *)store_owner(store))->again++;
}

void open_line(struct seen *seen, const char *server, struct store_settings set)
{
	struct error err;
	*seen = (struct seen){ 0 };
	loop_init(&seen->loop);
	set.server = server;
	set.owner = seen;
	set.state = on_state;
	set.notify = on_notify;
	set.again = on_again;
	seen->store = store_open(&seen->loop, &set, &err);
	assert_non_null(seen->store);
	assert_int_equal(seen->state_count, 0); /* nobody is called from inside */
}

void close_line(struct seen *seen)
{
	seen->store = store_close(seen->store);
	assert_null(seen->loop.watches);
	assert_null(seen->loop.timers);
	arena_free(&seen->arena);
}

void turn_until(struct seen *seen, const int *value, int least)
{
	int64_t until = monotonic_ms() + LIMIT_MS;
	while (*value < least && monotonic_ms() < until)
		loop_turn(&seen->loop, 50);
	assert_true(*value >= least);
}

void wait_state(struct seen *seen, enum store_state state)
{
	int64_t until = monotonic_ms() + LIMIT_MS;
	while (store_state(seen->store) != state && monotonic_ms() < until)
		loop_turn(&seen->loop, 50);
	assert_int_equal(store_state(seen->store), state);
}

void on_heard(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct heard *heard = OWNER_OF(ask, struct heard, ask);
	heard->done++;
	heard->err = err ? *err : (struct error){ 0 };
	heard->rows = reply ? reply->rows : -1;
	if (reply && reply->rows)
		snprintf(heard->text, sizeof heard->text, "%s", reply_text(reply, 0, "x"));
}

static void on_waiting(struct ask *ask)
{
	OWNER_OF(ask, struct heard, ask)->waiting++;
}

void ask(struct seen *seen, struct heard *heard, bool repeat, const char *sql,
                const char *param)
{
	heard->ask.done = on_heard;
	heard->ask.waiting = on_waiting;
	heard->ask.waiting_ms = 50;
	heard->ask.repeat = repeat;
	struct param params[] = { PARAM_TEXT(param) };
	store_ask(seen->store, NULL, &heard->ask, sql, params, param ? 1 : 0);
}

void ask_and_wait(struct seen *seen, struct heard *heard, const char *sql, const char *param)
{
	*heard = (struct heard){ 0 };
	ask(seen, heard, true, sql, param);
	assert_int_equal(heard->done, 0);
	turn_until(seen, &heard->done, 1);
}

void aside(const char *sql, const char *param)
{
	struct seen other;
	struct heard heard;
	open_line(&other, pg.conninfo, (struct store_settings){ 0 });
	ask_and_wait(&other, &heard, sql, param);
	assert_int_equal(heard.err.fault, FAULT_NONE);
	close_line(&other);
}

int start_server(void **state)
{
	(void)state;
	return test_pg_start(&pg) ? 0 : -1;
}

int stop_server(void **state)
{
	(void)state;
	test_pg_stop(&pg);
	return 0;
}
