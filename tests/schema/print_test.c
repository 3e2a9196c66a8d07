/* SPDX-License-Identifier: Apache-2.0
 *
 * Print jobs: one holder of a device at a time, copies counted once, dead counters
 * found, nothing printed twice by itself, nothing of another unit's. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

#define QUEUE "SELECT desk.print_queue(gen_random_uuid(), ARRAY[%s]::bigint[], 'H01.999-1', 'Quầy 1', '%s')"
#define DEVICE "tcp 192.0.2.1:9100"

struct desk {
	PGconn *man;
	char paper[32];
};

static void sit(struct desk *desk)
{
	char id[32];
	desk->man = as("man");
	one(desk->man, "SELECT session_id FROM desk.hello('Q1', 1)");
	snprintf(id, sizeof id, "%s", one(desk->man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	snprintf(desk->paper, sizeof desk->paper, "%s", one(desk->man, "SELECT paper_id FROM desk.dossier_papers(%s)", id));
}

static long job_of(struct desk *desk, const char *papers, const char *device)
{
	return count(desk->man, QUEUE, papers, device);
}

static const char *state_now(long job)
{
	return one(admin(), "SELECT state FROM motcua.print_job WHERE job_id = %ld", job);
}

static const char *copies(const char *paper)
{
	return one(admin(), "SELECT copies_printed FROM motcua.paper WHERE paper_id = %s", paper);
}

/* The backend ends with its connection, a moment later. */
static void wait_gone(const char *pid)
{
	while (count(admin(), "SELECT count(*) FROM pg_stat_activity WHERE pid = %s", pid))
		;
}

static void leave(PGconn *connection)
{
	char pid[16];
	snprintf(pid, sizeof pid, "%s", one(connection, "SELECT pg_backend_pid()"));
	PQfinish(connection);
	wait_gone(pid);
}

static void one_paper_one_count(void **state)
{
	(void)state;
	struct desk d;
	sit(&d);
	long job = job_of(&d, d.paper, DEVICE);
	assert_string_equal(one(d.man, "SELECT concat_ws(' ', holder, attempt, form, copy) FROM desk.print_begin(%ld)", job),
		"1 01 0");
	assert_string_equal(state_of(d.man, "SELECT * FROM desk.print_begin(%ld)", job), "MC006");
	assert_string_equal(state_now(job), "printing");
	assert_string_equal(one(d.man, "SELECT state || more FROM desk.print_end(%ld, 1, 'printed', 'Đã in.', '')", job),
		"printedfalse");
	one(d.man, "SELECT * FROM desk.print_end(%ld, 1, 'printed', 'Đã in.', '')", job);
	assert_string_equal(copies(d.paper), "1");
	assert_string_equal(state_of(d.man, "SELECT desk.print_take(%ld, 'x', '')", job), "MC006");
	/* Again is a job of its own, and a copy. */
	long again = job_of(&d, d.paper, DEVICE);
	assert_string_equal(one(d.man, "SELECT copy FROM desk.print_begin(%ld)", again), "1");
	/* A failure counts nothing; the same job is tried elsewhere as the same copy. */
	assert_string_equal(one(d.man, "SELECT state FROM desk.print_end(%ld, 1, 'failed', 'Hết giấy.', 'paper end')", again),
		"failed");
	assert_string_equal(copies(d.paper), "1");
	one(d.man, "SELECT desk.print_take(%ld, 'PDF', '')", again);
	assert_string_equal(one(d.man, "SELECT copy || ' ' || attempt FROM desk.print_begin(%ld)", again), "1 2");
	/* A late word about the first attempt changes nothing. */
	one(d.man, "SELECT * FROM desk.print_end(%ld, 1, 'failed', 'x', 'x')", again);
	assert_string_equal(state_now(again), "printing");
	one(d.man, "SELECT * FROM desk.print_end(%ld, 2, 'unconfirmed', 'Hãy xem.', '')", again);
	assert_string_equal(state_now(again), "unconfirmed");
	assert_string_equal(copies(d.paper), "2");
	one(d.man, "SELECT desk.print_close(%ld, true)", again);
	assert_string_equal(state_now(again), "printed");
	assert_string_equal(one(d.man, "SELECT say FROM desk.printer_words() WHERE device = '" DEVICE "'"), "Hết giấy.");
	leave(d.man);
}

static void a_request_twice_is_one_job(void **state)
{
	(void)state;
	struct desk d;
	sit(&d);
	static const char twice[] =
		"SELECT desk.print_queue('6f0c1c1e-0000-4000-8000-000000000001', ARRAY[%s]::bigint[], 'a', 'b', '')";
	assert_int_equal(count(d.man, twice, d.paper), count(d.man, twice, d.paper));
	assert_string_equal(state_of(d.man, QUEUE, "999999999", ""), "MC008");
	assert_string_equal(state_of(d.man, QUEUE, "NULL", ""), "MC005");
	leave(d.man);
}

static void two_counters_share_a_printer(void **state)
{
	(void)state;
	struct desk d;
	sit(&d);
	PGconn *hue = as("hue");
	one(hue, "SELECT session_id FROM desk.hello('Q3', 1)");
	long first = job_of(&d, d.paper, "tcp 192.0.2.7:9100");
	long second = count(hue, QUEUE, d.paper, "tcp 192.0.2.7:9100");
	long elsewhere = count(hue, QUEUE, d.paper, "");
	one(d.man, "SELECT * FROM desk.print_begin(%ld)", first);
	assert_string_equal(one(hue, "SELECT holder || (form IS NULL) FROM desk.print_begin(%ld)", second), "Q1true");
	assert_string_equal(state_now(second), "queued");
	/* The same paper at the same time on another device is a copy already. */
	assert_string_equal(one(hue, "SELECT copy FROM desk.print_begin(%ld)", elsewhere), "1");
	assert_string_equal(state_of(hue, "SELECT desk.print_take(%ld, 'x', '')", first), "MC006");
	assert_string_equal(state_of(d.man, "SELECT desk.print_close(%ld, false)", second), "MC006");
	/* A dead holder's hold ends by the clock. */
	one(admin(), "UPDATE motcua.print_hold SET until = until - interval '21 seconds'");
	assert_string_equal(one(hue, "SELECT form FROM desk.print_begin(%ld)", second), "01");
	one(d.man, "SELECT * FROM desk.print_end(%ld, 1, 'printed', 'x', '')", first);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.print_hold WHERE job_id = %ld", second), 1);
	one(hue, "SELECT desk.print_hold(%ld, 1)", second);
	one(hue, "SELECT * FROM desk.print_end(%ld, 1, 'printed', 'x', '')", second);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.print_hold"), 0);
	leave(hue);
	leave(d.man);
}

static void a_dead_counter_is_found(void **state)
{
	(void)state;
	struct desk d;
	sit(&d);
	char paper[32];
	snprintf(paper, sizeof paper, "%s", d.paper);
	long under_way = job_of(&d, paper, DEVICE), waiting = job_of(&d, paper, DEVICE);
	one(d.man, "SELECT * FROM desk.print_begin(%ld)", under_way);
	PGconn *hue = as("hue");
	one(hue, "SELECT session_id FROM desk.hello('Q3', 1)");
	/* Alive: nothing is anybody's. */
	one(hue, "SELECT * FROM desk.print_left()");
	assert_string_equal(state_now(under_way), "printing");
	leave(d.man);
	/* Another counter gives it time, its own finds it at once. */
	one(hue, "SELECT count(*) FROM desk.print_jobs(50)");
	assert_string_equal(state_now(under_way), "printing");
	d.man = as("man");
	one(d.man, "SELECT session_id FROM desk.hello('Q1', 1)");
	assert_string_equal(one(d.man, "SELECT (found_now >= 2) || ' ' || unconfirmed FROM desk.print_left()"), "true 1");
	assert_string_equal(state_now(under_way), "unconfirmed");
	assert_string_equal(state_now(waiting), "failed");
	assert_string_equal(copies(paper), "1");
	/* It was alive after all, only its line was lost: its word counts, the copy not again. */
	one(d.man, "SELECT * FROM desk.print_end(%ld, 1, 'printed', 'Đã in.', '')", under_way);
	assert_string_equal(state_now(under_way), "printed");
	assert_string_equal(copies(paper), "1");
	one(d.man, "SELECT desk.print_take(%ld, 'PDF', '')", waiting);
	assert_string_equal(one(d.man, "SELECT copy FROM desk.print_begin(%ld)", waiting), "1");
	leave(d.man);
	one(admin(), "UPDATE motcua.print_job SET changed_at = changed_at - interval '1 minute'");
	assert_string_equal(one(hue, "SELECT state FROM desk.print_jobs(50) WHERE job_id = %ld", waiting), "unconfirmed");
	one(hue, "SELECT desk.print_close(%ld, false)", waiting);
	assert_string_equal(state_now(waiting), "dropped");
	leave(hue);
}

static void a_batch_goes_on_where_it_stopped(void **state)
{
	(void)state;
	struct desk d;
	char papers[100], second[32];
	sit(&d);
	snprintf(second, sizeof second, "%s", d.paper);
	leave(d.man);
	sit(&d);
	snprintf(papers, sizeof papers, "%s, %s", second, d.paper);
	long job = job_of(&d, papers, "");
	assert_string_equal(one(d.man, "SELECT paper_id FROM desk.print_begin(%ld)", job), second);
	assert_string_equal(one(d.man, "SELECT state || more FROM desk.print_end(%ld, 1, 'unconfirmed', 'x', '')", job),
		"queuedtrue");
	assert_string_equal(one(d.man, "SELECT paper_id FROM desk.print_begin(%ld)", job), d.paper);
	one(d.man, "SELECT * FROM desk.print_end(%ld, 2, 'failed', 'Hết giấy.', 'paper end')", job);
	one(d.man, "SELECT desk.print_take(%ld, 'PDF', '')", job);
	assert_string_equal(one(d.man, "SELECT paper_id FROM desk.print_begin(%ld)", job), d.paper);
	assert_string_equal(one(d.man, "SELECT state || more FROM desk.print_end(%ld, 3, 'printed', 'x', '')", job),
		"printedfalse");
	assert_string_equal(copies(second), "1");
	assert_string_equal(copies(d.paper), "1");
	/* A test page is a job without a paper. */
	long test = job_of(&d, "", "");
	assert_string_equal(one(d.man, "SELECT concat_ws(' ', paper_id, form, copy) FROM desk.print_begin(%ld)", test),
		"test 0");
	assert_string_equal(one(d.man, "SELECT state FROM desk.print_end(%ld, 1, 'printed', 'x', '')", test), "printed");
	leave(d.man);
}

static void another_unit_sees_nothing(void **state)
{
	(void)state;
	struct desk d;
	sit(&d);
	long job = job_of(&d, d.paper, DEVICE);
	PGconn *lan = as("lan");
	assert_string_equal(state_of(lan, QUEUE, d.paper, ""), "MC008");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.print_begin(%ld)", job), "MC008");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.print_end(%ld, 0, 'printed', '', '')", job), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.print_take(%ld, 'x', '')", job), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.print_close(%ld, false)", job), "MC008");
	one(lan, "SELECT desk.print_hold(%ld, 0)", job);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.print_jobs(500)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.printer_words()"), 0);
	leave(lan);
	leave(d.man);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_paper_one_count),
		cmocka_unit_test(a_request_twice_is_one_job),
		cmocka_unit_test(two_counters_share_a_printer),
		cmocka_unit_test(a_dead_counter_is_found),
		cmocka_unit_test(a_batch_goes_on_where_it_stopped),
		cmocka_unit_test(another_unit_sees_nothing),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
