/* SPDX-License-Identifier: Apache-2.0
 *
 * Couriers time the outages of the systems they carry to, and see to it that
 * silence is told. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void an_outage_is_timed_with_the_dossiers_that_waited(void **state)
{
	(void)state;
	road_clear();
	one(admin(), "DELETE FROM motcua.outage_wait");
	one(admin(), "DELETE FROM motcua.outage");
	road_fault("tu-phap", "bad-gateway", "", -1, 0);
	pid_t courier = road_courier("clock", NULL);
	road_accept(3);
	road_until(30, "it is out",
	           "SELECT count(*) = 1 FROM motcua.outage WHERE system = 'tu-phap' AND class = 'down' AND to_at IS NULL");
	/* From the first failure on, which the journal knows. */
	road_until(5, "from the first failure",
	           "SELECT o.from_at <= min(a.at) FROM motcua.outage o JOIN motcua.attempt a ON a.system = o.system"
	           " AND a.class = 'retry' AND a.at > o.from_at - interval '1 minute' GROUP BY o.from_at");
	PGconn *man = as("man");
	assert_string_equal(one(man, "SELECT state FROM desk.sync_systems() WHERE system = 'tu-phap'"), "down");
	assert_string_equal(one(man, "SELECT dossiers FROM desk.outages(NULL, NULL, 9) WHERE system = 'tu-phap'"), "3");
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	road_until(30, "it is back",
	           "SELECT count(*) = 1 FROM motcua.outage WHERE system = 'tu-phap' AND to_at > from_at");
	road_until(30, "everything carried", ALL_CARRIED);
	assert_string_equal(one(man, "SELECT string_agg(dossiers::text, ' ') FROM desk.outages(current_date - 1, current_date + 1, 9)"
	                             " WHERE system = 'tu-phap'"), "3");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.outage WHERE system = 'cong'"), 0);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	PQfinish(man);
}

static void a_system_without_connection_is_no_outage(void **state)
{
	(void)state;
	road_clear();
	one(admin(), "DELETE FROM motcua.outage_wait");
	one(admin(), "DELETE FROM motcua.outage");
	pid_t courier = road_courier("unconnected", "{\"enabled\":false}");
	road_until(20, "told", "SELECT state = 'unconnected' FROM motcua.system_state WHERE system = 'tu-phap'");
	assert_int_equal(road_end(courier, SIGTERM), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.outage"), 0);
	courier = road_courier("connected", NULL);
	road_until(20, "told", "SELECT state <> 'unconnected' FROM motcua.system_state WHERE system = 'tu-phap'");
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void silence_is_told_by_whoever_tends(void **state)
{
	(void)state;
	road_clear();
	road_accept(1);
	one(admin(), "BEGIN");
	one(admin(), "SET LOCAL session_replication_role = replica");
	one(admin(), "UPDATE motcua.message SET made_at = now() - interval '30 hours'");
	one(admin(), "UPDATE motcua.dossier SET received_at = now() - interval '30 hours'");
	one(admin(), "COMMIT");
	road_fault("*", "hang", "", -1, 0);
	road_tend_ms = "200";
	pid_t courier = road_courier("tend", NULL);
	road_until(20, "told", "SELECT count(*) >= 1 FROM motcua.problem WHERE kind = 'silent' AND solved_at IS NULL");
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	road_until(30, "heard", "SELECT count(*) = 0 FROM motcua.problem WHERE kind = 'silent' AND solved_at IS NULL");
	assert_int_equal(road_end(courier, SIGTERM), 0);
	road_tend_ms = "100000";
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_outage_is_timed_with_the_dossiers_that_waited),
		cmocka_unit_test(a_system_without_connection_is_no_outage),
		cmocka_unit_test(silence_is_told_by_whoever_tends),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
