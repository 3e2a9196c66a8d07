/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/base/loop.h"
#include "core/base/scope.h"

static int64_t virtual_now;
static int64_t virtual_clock(void)
{
	return virtual_now;
}

static int order[16], ordered;

struct numbered {
	struct timer timer;
	struct loop *loop;
	int number;
};

static void note(struct timer *timer)
{
	struct numbered *mine = OWNER_OF(timer, struct numbered, timer);
	order[ordered++] = mine->number;
	if (mine->number == 2) /* re-arming itself inside its own callback */
		loop_after(mine->loop, timer, 100);
}

static void timers_fire_in_order_and_may_rearm(void **state)
{
	(void)state;
	struct loop loop;
	loop_init(&loop);
	loop.clock = virtual_clock;
	virtual_now = 1000;
	ordered = 0;
	struct numbered a = { { .fire = note }, &loop, 1 }, b = { { .fire = note }, &loop, 2 },
	                c = { { .fire = note }, &loop, 3 };
	loop_after(&loop, &c.timer, 30);
	loop_after(&loop, &a.timer, 10);
	loop_after(&loop, &b.timer, 20);
	loop_cancel(&loop, &c.timer);
	loop_after(&loop, &c.timer, 5);
	virtual_now = 1050;
	loop_turn(&loop, 0);
	assert_int_equal(ordered, 3);
	assert_int_equal(order[0], 3);
	assert_int_equal(order[1], 1);
	assert_int_equal(order[2], 2);
	assert_true(b.timer.armed);
	virtual_now = 1149;
	loop_turn(&loop, 0);
	assert_int_equal(ordered, 3);
	virtual_now = 1150;
	loop_turn(&loop, 0);
	assert_int_equal(ordered, 4);
}

struct reader {
	struct watch watch;
	struct loop *loop;
	struct reader *victim;
	int calls;
};

static void on_ready(struct watch *watch, short revents)
{
	(void)revents;
	struct reader *reader = OWNER_OF(watch, struct reader, watch);
	char byte;
	assert_int_equal(read(watch->fd, &byte, 1), 1);
	reader->calls++;
	if (reader->victim)
		loop_unwatch(reader->loop, &reader->victim->watch);
	loop_unwatch(reader->loop, watch);
}

static void callbacks_may_remove_each_other(void **state)
{
	(void)state;
	struct loop loop;
	loop_init(&loop);
	struct reader readers[3];
	int ends[3][2];
	for (int i = 0; i < 3; i++) {
		assert_int_equal(pipe2(ends[i], O_CLOEXEC), 0);
		readers[i] = (struct reader){ { .fd = ends[i][0], .events = POLLIN, .ready = on_ready },
			&loop, NULL, 0 };
		loop_watch(&loop, &readers[i].watch);
		loop_watch(&loop, &readers[i].watch); /* twice is harmless */
		assert_int_equal(write(ends[i][1], "x", 1), 1);
	}
	readers[2].victim = &readers[1]; /* the head removes its neighbour */
	loop_turn(&loop, 100);
	assert_int_equal(readers[2].calls, 1);
	assert_int_equal(readers[1].calls, 0);
	assert_int_equal(readers[0].calls, 1);
	assert_null(loop.watches);
	for (int i = 0; i < 3; i++) {
		close(ends[i][0]);
		close(ends[i][1]);
	}
}

static int ended;
static void count_end(struct task *task)
{
	(void)task;
	ended++;
}

static void a_scope_ends_what_is_left(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct task tasks[3];
	for (int i = 0; i < 3; i++) {
		tasks[i] = (struct task){ .end = count_end };
		scope_add(&scope, &tasks[i]);
	}
	scope_remove(&tasks[1]);
	scope_remove(&tasks[1]);
	ended = 0;
	scope_end(&scope);
	assert_int_equal(ended, 2);
	scope_end(&scope);
	assert_int_equal(ended, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timers_fire_in_order_and_may_rearm),
		cmocka_unit_test(callbacks_may_remove_each_other),
		cmocka_unit_test(a_scope_ends_what_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
