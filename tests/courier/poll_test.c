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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_come_by_list),
	};
	return cmocka_run_group_tests(tests, start, road_stop);
}
