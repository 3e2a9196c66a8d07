/* SPDX-License-Identifier: Apache-2.0
 *
 * A call that takes longer than a lease: the courier says that it is alive, and
 * the other one keeps its hands off. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define OURS "system = 'tu-phap' AND dossier_id = (SELECT max(dossier_id) FROM motcua.dossier)"

/* Leases of 6 s, an answer after 8. */
static void a_long_call_keeps_its_lease(void **state)
{
	(void)state;
	road_clear();
	road_fault("tu-phap", "delay", "DongBoHoSoMC", 1, 8000);
	pid_t one_courier = road_courier("one", "{\"total_ms\":15000}");
	pid_t other = road_courier("two", "{\"total_ms\":15000}");
	road_accept(1);
	road_until(40, "everything carried", ALL_CARRIED);
	assert_int_equal(road_end(one_courier, SIGTERM), 0);
	assert_int_equal(road_end(other, SIGTERM), 0);
	road_check("tu-phap", 1);
	assert_true(count(admin(), "SELECT max(milliseconds) FROM motcua.attempt WHERE " OURS) >= 8000);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.attempt WHERE phase = 'stale'"), 0);
	/* Claimed once for each of its two messages. */
	assert_int_equal(count(admin(), "SELECT fence FROM motcua.stream WHERE " OURS), 2);
}

/* One that stands still is not alive, whatever it had begun. */
static void a_stopped_courier_loses_it(void **state)
{
	(void)state;
	road_clear();
	road_fault("tu-phap", "delay", "DongBoHoSoMC", 1, 4000);
	pid_t still = road_courier("still", NULL);
	road_accept(1);
	road_until(20, "begun", "SELECT begun FROM motcua.stream WHERE " OURS);
	kill(still, SIGSTOP);
	pid_t other = road_courier("other", NULL);
	road_until(40, "everything carried", ALL_CARRIED);
	kill(still, SIGCONT);
	assert_int_equal(road_end(still, SIGTERM), 0);
	assert_int_equal(road_end(other, SIGTERM), 0);
	road_check("tu-phap", 1);
	road_check("cong", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_call_keeps_its_lease),
		cmocka_unit_test(a_stopped_courier_loses_it),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
