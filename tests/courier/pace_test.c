/* SPDX-License-Identifier: Apache-2.0
 *
 * How often a system is called, and when it is left alone. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define OF_LAST(n) "dossier_id > (SELECT max(dossier_id) - " #n " FROM motcua.dossier)"

static void a_bucket_spreads_the_calls(void **state)
{
	(void)state;
	road_clear();
	road_accept(8);
	int64_t began = monotonic_ms();
	pid_t courier = road_courier("bucket", "{\"rate\":{\"per_second\":20,\"burst\":2}}");
	road_until(30, "everything carried", ALL_CARRIED);
	/* Eight dossiers are at least 17 calls: their procedure once, each twice. */
	assert_true(monotonic_ms() - began >= (17 - 2) * 1000 / 20);
	road_check("tu-phap", 8);
	road_check("cong", 8);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void the_breaker_opens_and_one_message_probes(void **state)
{
	(void)state;
	road_clear();
	road_fault("tu-phap", "bad-gateway", "", -1, 0);
	road_accept(30);
	pid_t courier = road_courier("breaker", NULL);
	road_until(20, "down and left alone",
	           "SELECT state = 'down' AND pause_until > now() FROM motcua.system_state"
	           " WHERE system = 'tu-phap'");
	road_until(30, "the other one is not delayed",
	           "SELECT NOT EXISTS (SELECT FROM motcua.stream WHERE system = 'cong' AND open)");
	/* Eight under way fall with each of three log-ins; after that only probes. */
	assert_in_range(count(admin(), "SELECT count(*) FROM motcua.attempt WHERE system = 'tu-phap'"
	                           " AND phase = 'finish' AND " OF_LAST(30)), 3, 40);
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	road_until(40, "everything carried", ALL_CARRIED);
	road_until(10, "well again",
	           "SELECT state = 'ok' AND pause_until IS NULL FROM motcua.system_state"
	           " WHERE system = 'tu-phap'");
	road_check("tu-phap", 30);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void a_pause_they_ask_for_is_kept_for_every_message(void **state)
{
	(void)state;
	road_clear();
	road_fault("tu-phap", "too-many", "DongBoHoSoMC", 1, 2000);
	road_accept(20);
	pid_t courier = road_courier("polite", NULL);
	road_until(20, "pausing", "SELECT pause_until > now() FROM motcua.system_state"
	                          " WHERE system = 'tu-phap'");
	road_until(30, "everything carried", ALL_CARRIED);
	/* Streams not yet claimed waited the two seconds, too. */
	assert_true(count(admin(), "SELECT count(*) FROM motcua.attempt a, (SELECT at FROM motcua.attempt"
	                           " WHERE system = 'tu-phap' AND http_code = 429 AND " OF_LAST(20)
	                           ") told WHERE system = 'tu-phap' AND phase = 'begin' AND " OF_LAST(20)
	                           " AND a.at >= told.at + interval '1.7 s'") >= 4);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.attempt a, (SELECT at FROM motcua.attempt"
	                                " WHERE system = 'tu-phap' AND http_code = 429 AND " OF_LAST(20)
	                                ") told WHERE system = 'tu-phap' AND phase = 'begin' AND " OF_LAST(20)
	                                " AND a.at > told.at + interval '0.5 s'"
	                                " AND a.at < told.at + interval '1.7 s'"), 0);
	road_check("tu-phap", 20);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bucket_spreads_the_calls),
		cmocka_unit_test(the_breaker_opens_and_one_message_probes),
		cmocka_unit_test(a_pause_they_ask_for_is_kept_for_every_message),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
