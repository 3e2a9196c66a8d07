/* SPDX-License-Identifier: Apache-2.0
 *
 * A platform that lists its changes: nothing is asked about dossier by dossier,
 * and still every word, file and receipt goes its way. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static int start(void **state)
{
	if (road_start(state) != 0)
		return -1;
	road_profiles(MOTCUA_SOURCE "/core/data/systems/practice");
	one(admin(), "SELECT count(*) FROM motcua.load('routes', 'road', '[{\"rule_id\":\"21\",\"system\":\"noi-vu\",\"told\":\"\","
	             "\"valid_from\":\"2026-01-01\",\"notice\":\"x\"}]')");
	return 0;
}

static void tell(const char *members)
{
	char body[600];
	snprintf(body, sizeof body, "{\"system\":\"noi-vu\",%s}", members);
	json_decref(bench_control(&road, "tell", body));
}

static void changes_come_by_list(void **state)
{
	char id[32];

	(void)state;
	road_clear();
	pid_t courier = road_courier("lists", "{\"poll\":{\"sweep_seconds\":3600}}");
	PGconn *man = as("man");
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req('{\"route\":{\"rule_id\":21,"
		"\"system\":\"noi-vu\",\"told\":[]}}'))"));
	road_until(30, "received there", "SELECT travel = 'received' AND foreign_code <> '' FROM motcua.stream WHERE dossier_id = %s", id);
	/* Asked once; from now on only the list tells. */
	one(admin(), "UPDATE motcua.stream SET asked_at = now()");
	tell("\"supplement\":\"Bổ sung bản sao quyết định\"");
	road_until(30, "stopped in their words", "SELECT EXISTS (SELECT FROM motcua.dossier_event WHERE dossier_id = %s AND to_status = 5"
	           " AND note = 'Bổ sung bản sao quyết định')", id);
	assert_string_equal(one(man, "SELECT kind FROM desk.tasks(100) WHERE dossier_id = %s", id), "supplement");
	tell("\"result\":\"Quyết định\"");
	road_until(30, "fetched and acknowledged", "SELECT count(*) = 1 FROM motcua.answer_part WHERE dossier_id = %s AND kind = 'result'"
	           " AND file_id IS NOT NULL AND acked_at IS NOT NULL", id);
	json_t *there = road_there("noi-vu");
	assert_true(json_is_true(json_object_get(json_object_iter_value(json_object_iter(there)), "taken")));
	json_decref(there);
	/* The cursor has followed, and another courier goes on from it. */
	assert_string_equal(one(admin(), "SELECT cursor > now() - interval '2 minutes' FROM motcua.poll WHERE system = 'noi-vu'"), "t");
	assert_int_equal(road_end(courier, SIGTERM), 0);
	PQfinish(man);
}

/* Q13: dossiers are asked about by tens where the profile says so; what they refuse as a whole is
 * asked one by one, and nothing is lost of it. */
static void many_are_asked_about_at_once(void **state)
{
	(void)state;
	road_clear();
	pid_t courier = road_courier("tens", NULL);
	road_accept(23);
	road_until(60, "received there", "SELECT count(*) = 23 FROM motcua.stream WHERE system = 'tu-phap' AND travel = 'received'");
	json_decref(bench_control(&road, "step", "{\"system\":\"tu-phap\"}"));
	road_until(60, "all worked on", "SELECT count(*) = 23 FROM motcua.dossier WHERE route_system = 'tu-phap' AND status = 4");
	json_t *whole = bench_control(&road, "state?system=tu-phap", NULL);
	json_t *extra = json_object_get(json_object_get(json_object_get(whole, "systems"), "tu-phap"), "extra");
	assert_int_equal(json_integer_value(json_object_get(extra, "asked_at_once")), 10);
	json_decref(whole);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	courier = road_courier("too-many", "{\"systems\":{\"tu-phap\":{\"max_batch\":25}}}");
	one(admin(), "UPDATE motcua.stream SET asked_at = NULL");
	json_decref(bench_control(&road, "step", "{\"system\":\"tu-phap\"}"));
	road_until(60, "all finished", "SELECT count(*) = 23 FROM motcua.dossier WHERE route_system = 'tu-phap' AND status = 9");
	assert_true(road_logged("asked about 2"));
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_come_by_list),
		cmocka_unit_test(many_are_asked_about_at_once),
	};
	return cmocka_run_group_tests(tests, start, road_stop);
}
