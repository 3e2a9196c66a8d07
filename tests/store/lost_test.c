/* SPDX-License-Identifier: Apache-2.0
 *
 * The line when the server refuses, hangs, cuts or dies. */
#include "tests/store/line.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_MS 20000

static pid_t postmaster(void)
{
	char path[80];
	int pid = 0;
	snprintf(path, sizeof path, "%s/data/postmaster.pid", pg.folder);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &pid), 1);
	fclose(file);
	return pid;
}

static void cut_everybody(void)
{
	aside("select pg_terminate_backend(pid)::text as x from pg_stat_activity "
	      "where backend_type = 'client backend' and pid <> pg_backend_pid()", NULL);
}

static void wrong_password_is_not_tried_again(void **state)
{
	(void)state;
	struct seen seen;
	struct heard heard = { 0 };
	aside("do $$ begin if not exists (select from pg_roles where rolname = 'man') then "
	      "create role man login password 'dung'; end if; "
	      "if not exists (select from pg_roles where rolname = 'khoa') then "
	      "create role khoa nologin password 'dung'; end if; end $$", NULL);
	open_line(&seen, pg.conninfo, (struct store_settings){ .user = "man", .password = "sai" });
	ask(&seen, &heard, true, "select 1::text as x", NULL);
	wait_state(&seen, STORE_REFUSED);
	assert_int_equal(seen.state_count, 1);
	assert_int_equal(seen.why.fault, FAULT_DENIED);
	assert_string_equal(seen.why.code, "28P01");
	turn_until(&seen, &heard.done, 1);
	assert_int_equal(heard.err.fault, FAULT_DENIED);
	close_line(&seen);
	open_line(&seen, pg.conninfo, (struct store_settings){ .user = "khoa", .password = "dung" });
	wait_state(&seen, STORE_REFUSED);
	assert_string_equal(seen.why.code, "28000");
	close_line(&seen);
	open_line(&seen, pg.conninfo, (struct store_settings){ .user = "man", .password = "dung" });
	wait_state(&seen, STORE_READY);
	close_line(&seen);
}

static void other_hosts_are_tried(void **state)
{
	(void)state;
	struct seen seen;
	char server[300];
	/* nobody there; a name that does not exist; then the right one */
	snprintf(server, sizeof server,
	         "host=/tmp/mc-nobody,127.0.0.1,no-such-host.invalid,%s port=5432,1,5432,5432 "
	         "user=motcua_admin dbname=motcua target_session_attrs=read-write", pg.folder);
	open_line(&seen, server, (struct store_settings){ 0 });
	wait_state(&seen, STORE_READY);
	assert_int_equal(seen.state_count, 1); /* no loss was told on the way */
	close_line(&seen);
	snprintf(server, sizeof server,
	         "host=%s user=motcua_admin dbname=motcua target_session_attrs=standby", pg.folder);
	open_line(&seen, server, (struct store_settings){ 0 });
	wait_state(&seen, STORE_LOST);
	close_line(&seen);
}

static void a_name_is_resolved_by_a_child(void **state)
{
	(void)state;
	struct seen seen;
	open_line(&seen, "host=localhost port=1 user=x dbname=motcua", (struct store_settings){ 0 });
	wait_state(&seen, STORE_LOST);
	assert_non_null(strstr(seen.why.log, "refused")); /* it had an address */
	close_line(&seen);
	open_line(&seen, "host=no-such-host.invalid user=x dbname=motcua",
	          (struct store_settings){ 0 });
	wait_state(&seen, STORE_LOST);
	assert_non_null(strstr(seen.why.log, "getent"));
	close_line(&seen);
}

static void a_hanging_server_never_stops_the_loop(void **state)
{
	(void)state;
	struct seen seen;
	struct heard before, slow = { 0 }, write = { 0 };
	open_line(&seen, pg.conninfo, (struct store_settings){ .silence_ms = 700, .connect_ms = 300 });
	ask_and_wait(&seen, &before, "select pg_backend_pid()::text as x", NULL);
	pid_t main_pid = postmaster(), backend = atoi(before.text);
	assert_int_equal(kill(main_pid, SIGSTOP), 0);
	assert_int_equal(kill(backend, SIGSTOP), 0);
	ask(&seen, &slow, true, "select 'sau'::text as x", NULL);
	ask(&seen, &write, false, "select 'ghi'::text as x", NULL);
	int64_t longest = 0, until = monotonic_ms() + LIMIT_MS;
	while ((store_state(seen.store) != STORE_LOST || !write.done) && monotonic_ms() < until) {
		int64_t start = monotonic_ms();
		loop_turn(&seen.loop, 0);
		int64_t took = monotonic_ms() - start;
		longest = took > longest ? took : longest;
		poll(NULL, 0, 1); /* the keyboard's share */
	}
	print_message("longest turn beside a hanging server: %d ms\n", (int)longest);
	assert_true(longest < 100);
	assert_int_equal(slow.waiting, 1);
	assert_int_equal(slow.done, 0); /* a read waits for the server */
	assert_int_equal(write.done, 1);
	assert_int_equal(write.err.fault, FAULT_OFFLINE);
	kill(backend, SIGCONT);
	kill(main_pid, SIGCONT);
	turn_until(&seen, &slow.done, 1);
	assert_string_equal(slow.text, "sau");
	assert_int_equal(seen.again, 1);
	close_line(&seen);
}

static void a_limit_ends_an_ask_honestly(void **state)
{
	(void)state;
	struct seen seen;
	struct heard slow = { 0 }, next;
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	wait_state(&seen, STORE_READY);
	slow.ask.limit_ms = 150;
	ask(&seen, &slow, true, "select pg_sleep(0.6)::text as x", NULL);
	turn_until(&seen, &slow.done, 1);
	assert_int_equal(slow.err.fault, FAULT_OFFLINE);
	ask_and_wait(&seen, &next, "select 'còn'::text as x", NULL); /* its answer was dropped */
	assert_string_equal(next.text, "còn");
	assert_int_equal(slow.done, 1);
	close_line(&seen);
}

static void a_cut_line_is_made_again(void **state)
{
	(void)state;
	struct seen seen;
	struct heard heard, read = { 0 }, write = { 0 };
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	store_listen(seen.store, "motcua_unit_1");
	wait_state(&seen, STORE_READY);
	ask(&seen, &read, true, "select pg_sleep(0.3)::text as x", NULL);
	ask(&seen, &write, false, "select 'ghi'::text as x", NULL);
	loop_turn(&seen.loop, 10);
	cut_everybody();
	turn_until(&seen, &write.done, 1);
	assert_int_equal(write.err.fault, FAULT_OFFLINE);
	turn_until(&seen, &read.done, 1);
	assert_int_equal(read.rows, 1);
	assert_int_equal(seen.again, 1);
	assert_int_equal(store_state(seen.store), STORE_READY);
	ask_and_wait(&seen, &heard, "select pg_notify('motcua_unit_1', 'travel 7')::text as x", NULL);
	turn_until(&seen, &seen.notified, 1);
	assert_string_equal(seen.payload, "travel 7"); /* it listens again */
	store_unlisten(seen.store, "motcua_unit_1");
	ask_and_wait(&seen, &heard, "select pg_notify('motcua_unit_1', 'x')::text as x", NULL);
	ask_and_wait(&seen, &heard, "select 1::text as x", NULL);
	assert_int_equal(seen.notified, 1);
	close_line(&seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_password_is_not_tried_again),
		cmocka_unit_test(other_hosts_are_tried),
		cmocka_unit_test(a_name_is_resolved_by_a_child),
		cmocka_unit_test(a_hanging_server_never_stops_the_loop),
		cmocka_unit_test(a_limit_ends_an_ask_honestly),
		cmocka_unit_test(a_cut_line_is_made_again),
	};
	return cmocka_run_group_tests(tests, start_server, stop_server);
}
