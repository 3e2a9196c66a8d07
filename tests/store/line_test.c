/* SPDX-License-Identifier: Apache-2.0
 *
 * Asking a real PostgreSQL. */
#include "tests/store/line.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>


static void asks_and_replies(void **state)
{
	(void)state;
	struct seen seen;
	struct heard heard;
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	ask_and_wait(&seen, &heard, "select $1::text as x", "Nguyễn");
	assert_string_equal(heard.text, "Nguyễn");
	ask_and_wait(&seen, &heard, "select E'a\\x1b[2Jb\\u202e'::text as x", NULL);
	assert_string_equal(heard.text, "a[2Jb"); /* nothing reaches a terminal */
	ask_and_wait(&seen, &heard, "select 1/0 as x", NULL);
	assert_int_equal(heard.err.fault, FAULT_BUG);
	assert_string_equal(heard.err.code, "22012");
	ask_and_wait(&seen, &heard,
	             "do $$ begin raise exception using errcode='MC003', message='Trùng hồ sơ', "
	             "detail='same', hint='H01.1'; end $$", NULL);
	assert_int_equal(heard.err.fault, FAULT_INPUT);
	assert_string_equal(heard.err.say, "Trùng hồ sơ");
	assert_string_equal(heard.err.log, "same");
	assert_string_equal(heard.ask.hint, "H01.1");
	ask_and_wait(&seen, &heard, "select current_setting('timezone') as x", NULL);
	assert_string_equal(heard.text, "Asia/Ho_Chi_Minh");
	close_line(&seen);
}

static void values_come_typed(void **state)
{
	(void)state;
	struct seen seen;
	struct reply reply;
	struct error err;
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	assert_true(store_wait(seen.store, 0, &err));
	assert_true(store_ask_wait(
		seen.store, &seen.arena,
		"select 9007199254740993::bigint as n, true as f, date '2026-11-24' as d, "
		"timestamptz '2026-11-24 10:00:00Z' as m, null as z", NULL, 0, true, &reply, &err));
	assert_int_equal(reply_number(&reply, 0, "n", 0), 9007199254740993);
	assert_true(reply_flag(&reply, 0, "f"));
	assert_int_equal(reply_day(&reply, 0, "d"), day_of(2026, 11, 24));
	assert_int_equal(reply_moment(&reply, 0, "m"), moment_of(day_of(2026, 11, 24), 17, 0, 0));
	assert_true(reply_null(&reply, 0, "z"));
	assert_true(reply_whole(&reply, &err));
	assert_string_equal(reply_text(&reply, 0, "nowhere"), "");
	assert_false(reply_whole(&reply, &err));
	close_line(&seen);
}

static void bytes_travel_in_binary(void **state)
{
	(void)state;
	struct seen seen;
	struct reply reply;
	struct error err;
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	char raw[256];
	for (int i = 0; i < 256; i++)
		raw[i] = (char)i;
	assert_true(store_ask_wait(seen.store, &seen.arena,
	                           "select length($1::bytea) as n, encode(sha256($1),'hex') as h",
	                           (struct param[]){ PARAM_BYTES(raw, 256) }, 1, true, &reply, &err));
	assert_int_equal(reply_number(&reply, 0, "n", 0), 256);
	assert_string_equal(reply_text(&reply, 0, "h"),
	                    "40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880");
	close_line(&seen);
}

static void a_big_reply_arrives_whole(void **state)
{
	(void)state;
	struct seen seen;
	struct reply reply;
	struct error err;
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	assert_true(store_ask_wait(seen.store, &seen.arena,
	                           "select g as n, repeat('ạ', 100) as x "
	                           "from generate_series(1, 20000) g", NULL, 0, true, &reply, &err));
	assert_int_equal(reply.rows, 20000);
	assert_int_equal(reply_number(&reply, 19999, "n", 0), 20000);
	close_line(&seen);
}

static void five_hundred_asks_in_order(void **state)
{
	(void)state;
	struct seen seen;
	static struct heard heard[500];
	memset(heard, 0, sizeof heard);
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	char number[16];
	for (int i = 0; i < 500; i++) {
		snprintf(number, sizeof number, "%d", i);
		/* every seventh fails and spoils no neighbour */
		ask(&seen, &heard[i], true,
		    i % 7 == 3 ? "select 1/0 as x, $1::text" : "select $1::text as x", number);
	}
	assert_int_equal(store_pending(seen.store), 500);
	turn_until(&seen, &heard[499].done, 1);
	for (int i = 0; i < 500; i++) {
		snprintf(number, sizeof number, "%d", i);
		assert_int_equal(heard[i].done, 1);
		if (i % 7 == 3)
			assert_string_equal(heard[i].err.code, "22012");
		else
			assert_string_equal(heard[i].text, number);
	}
	close_line(&seen);
}

static void the_server_stops_what_takes_too_long(void **state)
{
	(void)state;
	struct seen seen;
	struct heard heard;
	open_line(&seen, pg.conninfo, (struct store_settings){ .statement_ms = 100 });
	ask_and_wait(&seen, &heard, "select pg_sleep(30)::text as x", NULL);
	assert_string_equal(heard.err.code, "57014");
	assert_int_equal(heard.err.fault, FAULT_OFFLINE);
	ask_and_wait(&seen, &heard, "select 'còn'::text as x", NULL);
	assert_string_equal(heard.text, "còn");
	assert_int_equal(seen.state_count, 1); /* the line held */
	close_line(&seen);
}

/* A key pressed twice while the database is away fills the same struct anew. */
static void an_ask_given_again_replaces_the_first(void **state)
{
	(void)state;
	struct seen seen;
	struct heard first, other;
	struct scope scope = { 0 };
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	memset(&other, 0, sizeof other);
	memset(&first, 0, sizeof first);
	other.ask = (struct ask){ .done = on_heard, .repeat = true };
	store_ask(seen.store, &scope, &other.ask, "select 'other' as x", NULL, 0);
	for (int i = 0; i < 2; i++) {
		first.ask = (struct ask){ .done = on_heard, .repeat = true };
		store_ask(seen.store, &scope, &first.ask, "select $1::text as x", (struct param[]){ PARAM_TEXT(i ? "hai" : "một") }, 1);
	}
	turn_until(&seen, &first.done, 1);
	turn_until(&seen, &other.done, 1);
	assert_int_equal(first.done, 1);
	assert_string_equal(first.text, "hai");
	assert_string_equal(other.text, "other");
	assert_null(scope.tasks);
	scope_end(&scope);
	close_line(&seen);
}

static void an_ended_scope_hears_nothing(void **state)
{
	(void)state;
	struct seen seen;
	struct heard kept = { 0 };
	struct scope scope = { 0 };
	struct heard *gone = calloc(1, sizeof *gone);
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	wait_state(&seen, STORE_READY);
	gone->ask.done = on_heard;
	store_ask(seen.store, &scope, &gone->ask, "select 1::text as x", NULL, 0);
	ask(&seen, &kept, true, "select 2::text as x", NULL);
	scope_end(&scope);
	free(gone); /* the sanitizer would tell */
	turn_until(&seen, &kept.done, 1);
	assert_string_equal(kept.text, "2");
	close_line(&seen);
}

static struct heard *again_heard;
static struct store *closing;

static void on_close_from_inside(struct ask *ask, const struct reply *reply, const struct error *err)
{
	on_heard(ask, reply, err);
	closing = store_close(closing);
}

static void it_may_be_closed_from_inside(void **state)
{
	(void)state;
	struct seen seen;
	struct heard heard = { 0 }, never = { 0 };
	again_heard = &never;
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	closing = seen.store;
	ask(&seen, &heard, true, "select 1::text as x", NULL);
	heard.ask.done = on_close_from_inside;
	ask(&seen, &never, true, "select 2::text as x", NULL);
	turn_until(&seen, &heard.done, 1);
	assert_int_equal(never.done, 0);
	assert_null(seen.loop.watches);
	assert_null(seen.loop.timers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asks_and_replies),
		cmocka_unit_test(values_come_typed),
		cmocka_unit_test(bytes_travel_in_binary),
		cmocka_unit_test(a_big_reply_arrives_whole),
		cmocka_unit_test(five_hundred_asks_in_order),
		cmocka_unit_test(the_server_stops_what_takes_too_long),
		cmocka_unit_test(an_ask_given_again_replaces_the_first),
		cmocka_unit_test(an_ended_scope_hears_nothing),
		cmocka_unit_test(it_may_be_closed_from_inside),
	};
	return cmocka_run_group_tests(tests, start_server, stop_server);
}
