/* SPDX-License-Identifier: Apache-2.0
 *
 * The two programs as a counter starts, asks and stops them. */
#include "core/base/detach.h"
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static void two_starts_are_one_courier(void **state)
{
	(void)state;
	road_clear();
	assert_int_equal(road_run("start", "--detach"), 0);
	/* The starter returns when the lock is held. */
	pid_t holder = detach_holder(road_lock());
	assert_true(holder > 0);
	assert_int_equal(road_run("again", "--detach"), 0);
	assert_int_equal(detach_holder(road_lock()), holder);
	road_accept(3);
	road_until(20, "everything carried", ALL_CARRIED);
	assert_int_equal(road_run("stop", "--stop"), 0);
	assert_int_equal(detach_holder(road_lock()), 0);
	/* A second stop has nothing to do. */
	assert_int_equal(road_run("stop", "--stop"), 0);
}

static void once_carries_what_is_due_and_ends(void **state)
{
	(void)state;
	road_clear();
	road_accept(5);
	assert_int_equal(road_run("once", "--once"), 0);
	assert_string_equal(one(admin(), ALL_CARRIED), "t");
	json_t *there = road_there("tu-phap");
	assert_int_equal(json_object_size(there), 5);
	json_decref(there);
}

static void check_says_what_is_there(void **state)
{
	(void)state;
	assert_int_equal(road_run("check", "--check"), 0);
	assert_true(road_logged("● Cơ sở dữ liệu: kết nối được"));
	assert_true(road_logged("● Hệ thống của Bộ Tư pháp"));
	const char *wrong[] = { COURIER, "--server", "host=/nowhere dbname=x", "--check", NULL };
	assert_int_equal(road_program(wrong), 1);
	assert_true(road_logged("! Cơ sở dữ liệu"));
	const char *nonsense[] = { COURIER, "--quickly", NULL };
	assert_int_equal(road_program(nonsense), 2);
}

static void the_world_is_practice_only_when_every_unit_is(void **state)
{
	(void)state;
	const char *ask = "SELECT wire.practice()";
	PGconn *courier = as("dua-tin");
	assert_string_equal(one(courier, "%s", ask), "t");
	one(admin(), "UPDATE motcua.unit SET practice = false WHERE code = '30544'");
	assert_string_equal(one(courier, "%s", ask), "f");
	assert_int_equal(road_run("real", "--practice"), 1);
	assert_true(road_logged("Cơ sở dữ liệu này có đơn vị thật"));
	one(admin(), "UPDATE motcua.unit SET practice = true WHERE code = '30544'");
	PQfinish(courier);
}

static unsigned start_world(const char *port_file, const char *kept)
{
	unsigned port = 0;
	const char *argv[] = { PRACTICE, "--port-file", port_file, "--state", kept, "--step-ms",
		               "0", "--detach", NULL };
	assert_int_equal(road_program(argv), 0);
	FILE *file = fopen(port_file, "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%u", &port), 1);
	fclose(file);
	return port;
}

/* Adds a dossier over there; its number there. */
static void add(struct bench *bench, const char *code, char *number, size_t room)
{
	struct profile profile;
	struct peer_view view;
	struct answer answer;
	char session[200];
	bench_profile(bench, "khcn", NULL, &profile);
	bench_login(bench, &profile, session, sizeof session);
	json_t *payload = bench_dossier(code);
	struct call_facts facts = { .session = session, .code = code, .payload = payload };
	bench_talk(bench, &profile, CALL_ADD, &facts, &answer);
	assert_int_equal(answer.outcome, OUTCOME_DELIVERED);
	answer_clear(&answer);
	bench_talk(bench, &profile, CALL_ASK, &facts, &answer);
	connector_ndxp.read_view(&profile, &answer, code, &view);
	snprintf(number, room, "%s", view.foreign_code);
	answer_clear(&answer);
	json_decref(payload);
	profile_clear(&profile);
}

static void the_practice_world_remembers(void **state)
{
	(void)state;
	char port_file[96], kept[96], first[64], second[64];
	struct bench bench;
	snprintf(port_file, sizeof port_file, "%s/other.port", road_folder());
	snprintf(kept, sizeof kept, "%s/other.state", road_folder());
	const char *stop[] = { PRACTICE, "--port-file", port_file, "--stop", NULL };
	bench_attach(&bench, start_world(port_file, kept));
	add(&bench, "H01.999-261120-0001", first, sizeof first);
	bench_close(&bench);
	assert_int_equal(road_program(stop), 0);
	bench_attach(&bench, start_world(port_file, kept));
	add(&bench, "H01.999-261120-0002", second, sizeof second);
	assert_string_not_equal(first, second);
	json_t *all = bench_control(&bench, "state?system=khcn", NULL);
	assert_int_equal(json_object_size(json_object_get(
				 json_object_get(json_object_get(all, "systems"), "khcn"), "dossiers")),
	                 2);
	json_decref(all);
	bench_close(&bench);
	assert_int_equal(road_program(stop), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_starts_are_one_courier),
		cmocka_unit_test(once_carries_what_is_due_and_ends),
		cmocka_unit_test(check_says_what_is_there),
		cmocka_unit_test(the_world_is_practice_only_when_every_unit_is),
		cmocka_unit_test(the_practice_world_remembers),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
