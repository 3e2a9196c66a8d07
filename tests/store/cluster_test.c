/* SPDX-License-Identifier: Apache-2.0
 *
 * The embedded cluster, made and run for real in a temporary folder. */
#include "tests/check.h"

#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/store/cluster_private.h"
#include "core/store/store.h"

static char home[] = "/tmp/mccl.XXXXXX";
static struct paths paths;
static struct cluster cluster;
static struct arena arena;

static int make_home(void **state)
{
	(void)state;
	struct error err;
	if (!mkdtemp(home) || chmod(home, 0711) != 0 || setenv("MOTCUA_HOME", home, 1) != 0 ||
	    !paths_find(&paths, &arena, &err) || !cluster_find(&cluster, &paths, &arena, &err))
		return -1;
	/* The test leaves no account behind: PostgreSQL's own will do. */
	if (cluster.account)
		cluster.account = getpwnam("postgres") ? "postgres" : "nobody";
	return 0;
}

static int remove_home(void **state)
{
	(void)state;
	char command[64];
	cluster_stop_wait(&cluster, NULL);
	snprintf(command, sizeof command, "rm -rf %s", home);
	arena_free(&arena);
	return system(command);
}

static int steps;

static void count_step(struct cluster_job *job, const char *say)
{
	(void)job;
	assert_true(strlen(say) > 0);
	steps++;
}

static void must(bool good, const struct error *err)
{
	if (!good)
		print_error("%s | %s\n", err->say, err->log);
	assert_true(good);
}

static void ask_one(const char *sql, char *out, size_t room)
{
	struct loop loop;
	struct error err;
	struct reply reply;
	struct arena mine = { 0 };
	loop_init(&loop);
	struct store *store = store_open(
		&loop, &(struct store_settings){ .server = cluster.server, .user = "motcua_admin" },
		&err);
	assert_non_null(store);
	must(store_wait(store, 0, &err), &err);
	must(store_ask_wait(store, &mine, sql, NULL, 0, true, &reply, &err), &err);
	snprintf(out, room, "%s", reply_text(&reply, 0, "x"));
	store_close(store);
	arena_free(&mine);
}

/* ---- */

static pid_t start_aside(void)
{
	pid_t pid = fork();
	if (pid == 0) {
		struct error err;
		_exit(cluster_start_wait(&cluster, NULL, &err) ? 0 : 1);
	}
	return pid;
}

static void two_starters_make_one(void **state)
{
	(void)state;
	struct error err;
	int status = -1;
	char seen[64];
	assert_false(cluster_running(&cluster));
	pid_t other = start_aside();
	must(cluster_start_wait(&cluster, count_step, &err), &err);
	assert_int_equal(waitpid(other, &status, 0), other);
	assert_int_equal(status, 0);
	assert_true(steps >= 1);
	assert_true(cluster_running(&cluster));
	ask_one("select string_agg(name || '=' || setting, ' ' order by name) as x from pg_settings "
	        "where name in ('fsync', 'full_page_writes', 'data_checksums', 'listen_addresses', "
	        "'synchronous_commit')", seen, sizeof seen);
	assert_non_null(strstr(seen, "data_checksums=on"));
	assert_non_null(strstr(seen, "fsync=on"));
	ask_one("select pg_encoding_to_char(encoding) || ' ' || datcollate as x from pg_database "
	        "where datname = 'motcua'", seen, sizeof seen);
	assert_string_equal(seen, "UTF8 C.UTF-8");
}

static void it_outlives_its_starter_and_starts_once(void **state)
{
	(void)state;
	struct error err;
	char before[64], after[64];
	ask_one("select pg_postmaster_start_time()::text as x", before, sizeof before);
	steps = 0;
	must(cluster_start_wait(&cluster, count_step, &err), &err);
	assert_int_equal(steps, 0); /* nothing to do */
	ask_one("select pg_postmaster_start_time()::text as x", after, sizeof after);
	assert_string_equal(before, after);
}

static pid_t postmaster(void)
{
	char path[128];
	int pid = 0;
	snprintf(path, sizeof path, "%s/postmaster.pid", cluster.data);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &pid), 1);
	fclose(file);
	return pid;
}

static void data_survive_a_crash(void **state)
{
	(void)state;
	struct error err;
	char seen[64];
	ask_one("create table kept as select 'còn'::text as x", seen, sizeof seen);
	pid_t old = postmaster();
	assert_int_equal(kill(old, SIGKILL), 0);
	/* Its children notice by themselves; the pid file stays behind. */
	while (cluster_running(&cluster))
		sched_yield();
	must(cluster_start_wait(&cluster, NULL, &err), &err);
	assert_int_not_equal(postmaster(), old);
	ask_one("select x from kept", seen, sizeof seen);
	assert_string_equal(seen, "còn");
}

/* A process that the pid file names, as the server that was just killed still is for a moment. */
static pid_t holder;
static int starts;

static void hold_place(void)
{
	int ready[2];
	char byte;
	assert_int_equal(pipe(ready), 0);
	holder = fork();
	if (holder == 0) {
		const struct passwd *account = cluster.account ? getpwnam(cluster.account) : NULL;
		if (account && setuid(account->pw_uid) != 0)
			_exit(1);
		if (write(ready[1], "", 1) == 1)
			pause();
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
}

static void leave_at_second_start(struct cluster_job *job, const char *say)
{
	(void)job;
	if (strstr(say, "khởi động") && ++starts == 2) {
		kill(holder, SIGKILL);
		waitpid(holder, NULL, 0);
	}
}

static void a_server_that_is_leaving_is_waited_for(void **state)
{
	(void)state;
	struct error err;
	char path[128], *text = NULL;
	pid_t old = postmaster();
	snprintf(path, sizeof path, "%s/postmaster.pid", cluster.data);
	assert_true(path_read(&arena, path, &text, NULL, &err));
	assert_int_equal(kill(old, SIGKILL), 0);
	while (cluster_running(&cluster))
		sched_yield();
	hold_place();
	const char *named = arena_format(&arena, "%d%s", (int)holder, text + strcspn(text, "\n"));
	must(path_write(path, named, strlen(named), 0600, &err) && cluster_give(&cluster, path, &err), &err);
	must(cluster_start_wait(&cluster, leave_at_second_start, &err), &err);
	assert_true(starts >= 2);
}

/* The owner of the machine runs the courier without a password; clerks prove theirs. */
static void who_enters_how(void **state)
{
	(void)state;
	struct loop loop;
	struct error err;
	char seen[64];
	ask_one("create role motcua_courier nologin", seen, sizeof seen);
	ask_one("create role courier login in role motcua_courier", seen, sizeof seen);
	ask_one("create role man login password 'dung-mat-khau'", seen, sizeof seen);
	static const struct {
		const char *user, *password;
		bool enters;
	} CASES[] = { { "courier", NULL, true }, { "man", "dung-mat-khau", true },
		{ "man", "sai", false }, { "man", NULL, false } };
	for (size_t i = 0; i < COUNT(CASES); i++) {
		loop_init(&loop);
		struct store *store = store_open(
			&loop,
			&(struct store_settings){ .server = cluster.server, .user = CASES[i].user,
				.password = CASES[i].password }, &err);
		assert_non_null(store);
		bool entered = store_wait(store, 0, &err);
		if (entered != CASES[i].enters)
			print_error("%s: %s\n", CASES[i].user, err.log);
		assert_int_equal(entered, CASES[i].enters);
		store_close(store);
	}
}

static int again;

static void on_again(struct store *store)
{
	(void)store;
	again++;
}

static void wait_state(struct loop *loop, struct store *store, enum store_state state)
{
	int64_t until = monotonic_ms() + 20000;
	while (store_state(store) != state && monotonic_ms() < until)
		loop_turn(loop, 50);
	assert_int_equal(store_state(store), state);
}

static void a_restart_is_survived(void **state)
{
	(void)state;
	struct loop loop;
	struct error err;
	loop_init(&loop);
	struct store *store = store_open(
		&loop,
		&(struct store_settings){ .server = cluster.server, .user = "motcua_admin",
			.again = on_again }, &err);
	wait_state(&loop, store, STORE_READY);
	must(cluster_stop_wait(&cluster, &err), &err);
	wait_state(&loop, store, STORE_LOST);
	must(cluster_start_wait(&cluster, NULL, &err), &err);
	store_hurry(store);
	wait_state(&loop, store, STORE_READY);
	assert_int_equal(again, 1);
	store_close(store);
}

static void a_full_disk_has_its_sentence(void **state)
{
	(void)state;
	struct error err;
	static const char LOG[] = "FATAL:  could not write lock file \"postmaster.pid\": "
	                          "No space left on device\n";
	struct cluster other = cluster;
	char path[64];
	snprintf(path, sizeof path, "%s/log", home);
	other.log = path;
	must(path_write(path, LOG, sizeof LOG - 1, 0600, &err), &err);
	cluster_blame(&other, "pg_ctl: could not start server", &err);
	assert_int_equal(err.fault, FAULT_DEVICE);
	assert_non_null(strstr(err.say, "đầy"));
	assert_non_null(strstr(err.log, "No space left"));
}

static void it_stops_and_comes_back(void **state)
{
	(void)state;
	struct error err;
	must(cluster_stop_wait(&cluster, &err), &err);
	assert_false(cluster_running(&cluster));
	must(cluster_stop_wait(&cluster, &err), &err); /* harmless twice */
	must(cluster_start_wait(&cluster, NULL, &err), &err);
	assert_true(cluster_running(&cluster));
	must(cluster_stop_wait(&cluster, &err), &err);
}

static void data_of_another_version_are_not_touched(void **state)
{
	(void)state;
	struct error err;
	char path[128];
	snprintf(path, sizeof path, "%s/PG_VERSION", cluster.data);
	must(path_write(path, "9\n", 2, 0600, &err), &err);
	assert_false(cluster_start_wait(&cluster, NULL, &err));
	assert_int_equal(err.fault, FAULT_DEVICE);
	assert_non_null(strstr(err.say, "pg_upgrade"));
	assert_int_equal(unlink(path), 0); /* not a cluster any more, and not empty */
	assert_false(cluster_start_wait(&cluster, NULL, &err));
	snprintf(path, sizeof path, "%s/base", cluster.data);
	assert_int_equal(access(path, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_starters_make_one),
		cmocka_unit_test(it_outlives_its_starter_and_starts_once),
		cmocka_unit_test(data_survive_a_crash),
		cmocka_unit_test(a_server_that_is_leaving_is_waited_for),
		cmocka_unit_test(who_enters_how),
		cmocka_unit_test(a_restart_is_survived),
		cmocka_unit_test(a_full_disk_has_its_sentence),
		cmocka_unit_test(it_stops_and_comes_back),
		cmocka_unit_test(data_of_another_version_are_not_touched),
	};
	return cmocka_run_group_tests(tests, make_home, remove_home);
}
