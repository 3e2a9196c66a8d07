/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/child.h"
#include "core/base/date.h"

static bool finished;
static void on_done(struct child *child)
{
	(void)child;
	finished = true;
}

static void run_child(struct child *child, const struct child_plan *plan)
{
	struct loop loop;
	struct scope scope = { 0 };
	loop_init(&loop);
	finished = false;
	assert_true(child_start(&loop, &scope, child, plan, on_done, NULL));
	int64_t until = monotonic_ms() + 10000;
	while (!finished && monotonic_ms() < until)
		loop_turn(&loop, 100);
	assert_true(finished);
	assert_null(scope.tasks);
}

static void output_and_status_come_back(void **state)
{
	(void)state;
	const char *argv[] = { "sh", "-c", "tr a-z A-Z; echo lỗi >&2; exit 3", NULL };
	size_t size = 300000; /* more than a pipe holds, both ways */
	char *input = malloc(size);
	assert_non_null(input);
	memset(input, 'q', size);
	struct child child;
	run_child(&child, &(struct child_plan){ .argv = argv, .input = input, .input_size = size });
	assert_int_equal(child.status, 3);
	assert_int_equal(child.out.size, size);
	assert_int_equal(child.out.data[size - 1], 'Q');
	assert_string_equal(bytes_string(&child.err), "lỗi\n");
	child_clear(&child);
	free(input);
}

static void a_program_that_is_not_there_exits_127(void **state)
{
	(void)state;
	const char *argv[] = { "/nonexistent/program", NULL };
	struct child child;
	run_child(&child, &(struct child_plan){ .argv = argv, .input = "x", .input_size = 1 });
	assert_int_equal(child.status, 127);
	child_clear(&child);
}

static void a_hung_child_is_killed_in_time(void **state)
{
	(void)state;
	const char *argv[] = { "sh", "-c", "echo early; cat /dev/zero | cat >/dev/null", NULL };
	struct child child;
	run_child(&child, &(struct child_plan){ .argv = argv, .timeout_ms = 200 });
	assert_true(child.timed_out);
	assert_int_equal(child.status, 128 + SIGKILL);
	assert_string_equal(bytes_string(&child.out), "early\n");
	child_clear(&child);
}

static void output_past_the_limit_is_marked(void **state)
{
	(void)state;
	const char *argv[] = { "sh", "-c", "head -c 100000 /dev/zero", NULL };
	struct child child;
	run_child(&child, &(struct child_plan){ .argv = argv, .output_limit = 1000 });
	assert_int_equal(child.status, 0);
	assert_true(child.out.failed);
	child_clear(&child);
}

static void ending_the_scope_kills_it(void **state)
{
	(void)state;
	const char *argv[] = { "cat", NULL };
	struct loop loop;
	struct scope scope = { 0 };
	struct child child;
	loop_init(&loop);
	char big[100000] = { 0 };
	finished = false;
	assert_true(child_start(&loop, &scope, &child,
	                        &(struct child_plan){ .argv = argv, .input = big,
	                                              .input_size = sizeof big },
	                        on_done, NULL));
	scope_end(&scope);
	assert_false(finished);
	assert_null(loop.watches);
	assert_int_equal(child.pid, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_and_status_come_back),
		cmocka_unit_test(a_program_that_is_not_there_exits_127),
		cmocka_unit_test(a_hung_child_is_killed_in_time),
		cmocka_unit_test(output_past_the_limit_is_marked),
		cmocka_unit_test(ending_the_scope_kills_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
