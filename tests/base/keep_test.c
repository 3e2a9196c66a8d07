/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/resource.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/base/keep.h"
#include "core/base/path.h"
#include "tests/check.h"

static char folder[] = "/tmp/motcua-keep-XXXXXX";
static int calls;
static enum fault last;
static char last_say[320];

static void on_done(struct keeping *keeping, const struct error *err)
{
	(void)keeping;
	calls++;
	last = err ? err->fault : FAULT_NONE;
	strcpy(last_say, err ? err->say : "");
}

static void wait_for(struct loop *loop, struct keeping *keeping)
{
	int64_t until = monotonic_ms() + 10000;
	while (keep_busy(keeping) && monotonic_ms() < until)
		loop_turn(loop, 100);
	assert_false(keep_busy(keeping));
}

static void a_file_is_written_beside_the_loop(void **state)
{
	(void)state;
	struct loop loop;
	struct scope scope = { 0 };
	struct arena arena = { 0 };
	struct keeping keeping = { .done = on_done };
	char *text, data[] = "một";
	const char *path = path_join(&arena, folder, "a");
	loop_init(&loop);
	calls = 0;
	assert_true(keep_start(&loop, &scope, &keeping, path, data, 5, NULL));
	memset(data, 'x', 5); /* taken over as it was */
	assert_int_equal(calls, 0);
	wait_for(&loop, &keeping);
	assert_int_equal(calls, 1);
	assert_int_equal(last, FAULT_NONE);
	assert_true(path_read(&arena, path, &text, NULL, NULL));
	assert_string_equal(text, "một");
	assert_null(scope.tasks);
	assert_int_equal(unlink(path), 0);
	arena_free(&arena);
}

static void a_disk_that_takes_no_more_keeps_the_old_file(void **state)
{
	(void)state;
	struct loop loop;
	struct scope scope = { 0 };
	struct arena arena = { 0 };
	struct keeping keeping = { .done = on_done };
	struct rlimit old, small = { 1000, 1000 };
	char *text, big[4096] = "mới";
	const char *path = path_join(&arena, folder, "b");
	loop_init(&loop);
	signal(SIGXFSZ, SIG_IGN);
	assert_true(path_write(path, "cũ", 4, 0600, NULL));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_true(keep_start(&loop, &scope, &keeping, path, big, sizeof big, NULL));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	wait_for(&loop, &keeping);
	assert_int_equal(last, FAULT_DEVICE);
	assert_non_null(strstr(last_say, "đã đầy"));
	assert_true(path_read(&arena, path, &text, NULL, NULL));
	assert_string_equal(text, "cũ");
	assert_int_equal(unlink(path), 0);
	arena_free(&arena);
}

static void cancelling_calls_nobody(void **state)
{
	(void)state;
	struct loop loop;
	struct scope scope = { 0 };
	struct arena arena = { 0 };
	struct keeping keeping = { .done = on_done };
	loop_init(&loop);
	calls = 0;
	assert_true(keep_start(&loop, &scope, &keeping, path_join(&arena, folder, "c"), "x", 1, NULL));
	scope_end(&scope);
	assert_false(keep_busy(&keeping));
	assert_null(loop.watches);
	loop_turn(&loop, 0);
	assert_int_equal(calls, 0);
	(void)unlink(path_join(&arena, folder, "c"));
	arena_free(&arena);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
	(void)state;
	char command[64] = "rm -rf ";
	strcat(command, folder);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_written_beside_the_loop),
		cmocka_unit_test(a_disk_that_takes_no_more_keeps_the_old_file),
		cmocka_unit_test(cancelling_calls_nobody),
	};
	return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
