/* SPDX-License-Identifier: Apache-2.0
 *
 * A ministry's system is down: the dossier goes on with the province's, over real
 * HTTP; back again, the ministry's gets everything after all, once. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

static void the_province_works_it_while_the_ministry_is_down(void **state)
{
	PGconn *hue = as("hue");
	char id[24], due[64];
	(void)state;
	road_clear();
	road_fault("tu-phap", "bad-gateway", "", 100000, 0);
	pid_t courier = road_courier("fallback", NULL);
	road_accept(1);
	snprintf(id, sizeof id, "%s", one(admin(), "SELECT max(dossier_id) FROM motcua.dossier"));
	snprintf(due, sizeof due, "%s", one(admin(), "SELECT due_at FROM motcua.dossier WHERE dossier_id = %s", id));
	road_until(60, "the ministry's is seen to be down",
	           "SELECT state IN ('down', 'suspended') FROM motcua.system_state WHERE system = 'tu-phap'");
	assert_string_equal(one(hue, "SELECT state FROM desk.fall_back(%s, (SELECT version FROM desk.dossier(%s)), 'Bộ ngừng')", id, id), "done");
	road_until(30, "the province has it",
	           "SELECT travel = 'received' AND foreign_code <> '' FROM motcua.stream WHERE system = 'tinh' AND dossier_id = %s", id);
	road_check("tinh", 1);
	json_t *there = road_there("tu-phap");
	assert_int_equal(json_object_size(there), 0);
	json_decref(there);
	assert_string_equal(one(admin(), "SELECT held::text || ' ' || (head <= tail) FROM motcua.stream WHERE system = 'tu-phap'"
		" AND dossier_id = %s", id), "true true");
	/* What the province says of it counts now. */
	json_decref(bench_control(&road, "step", "{\"system\":\"tinh\"}"));
	road_until(20, "their status is ours", "SELECT status = 4 FROM motcua.dossier WHERE dossier_id = %s", id);
	assert_string_equal(one(admin(), "SELECT due_at FROM motcua.dossier WHERE dossier_id = %s", id), due);
	/* The ministry's is back and is let have it: everything, in order, once. */
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	one(hue, "SELECT desk.fall_back_release(%s, (SELECT version FROM desk.dossier(%s)), 'tu-phap', 'Bộ đã sửa xong')", id, id);
	road_until(90, "the ministry has it too",
	           "SELECT head > tail AND travel = 'received' AND foreign_code <> '' FROM motcua.stream WHERE system = 'tu-phap' AND dossier_id = %s", id);
	there = road_there("tu-phap");
	assert_int_equal(json_object_size(there), 1);
	json_decref(there);
	assert_string_equal(one(admin(), "SELECT route_system FROM motcua.dossier WHERE dossier_id = %s", id), "tinh");
	assert_string_equal(one(admin(), "SELECT count(DISTINCT system) FROM motcua.alias WHERE dossier_id = %s AND system IN ('tinh', 'tu-phap')", id), "2");
	assert_int_equal(road_end(courier, SIGTERM), 0);
	PQfinish(hue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_province_works_it_while_the_ministry_is_down),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
