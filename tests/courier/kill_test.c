/* SPDX-License-Identifier: Apache-2.0
 *
 * Two couriers, killed at any moment, on a road full of holes: each dossier
 * still arrives once, its messages in order. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#define ATTEMPTS "SELECT count(*) FROM motcua.attempt WHERE phase = 'finish'"

static void a_hundred_dossiers_survive_every_kill(void **state)
{
	(void)state;
	road_clear();
	srand(20261122);
	road_fault("*", "drop-after", "", 8, 0);
	road_fault("*", "drop-before", "", 6, 0);
	road_fault("*", "half", "", 4, 0);
	road_fault("*", "gateway-time", "", 4, 0);
	road_fault("*", "expire", "", 2, 0);
	road_fault("*", "delay", "", -1, 15);
	pid_t couriers[2] = { road_courier("one", NULL), road_courier("two", NULL) };
	long before = count(admin(), ATTEMPTS);
	road_accept(100);
	for (int kills = 0; kills < 8; kills++) {
		before += 10 + rand() % 30;
		road_until(60, "on the way to the next kill",
		           "SELECT (" ATTEMPTS ") >= %ld OR NOT EXISTS (SELECT FROM motcua.stream"
		           " WHERE open)",
		           before);
		int which = rand() % 2;
		assert_int_equal(road_end(couriers[which], SIGKILL), -SIGKILL);
		couriers[which] = road_courier(which ? "two" : "one", NULL);
	}
	road_until(100, "everything carried", ALL_CARRIED);
	assert_int_equal(road_end(couriers[0], SIGTERM), 0);
	assert_int_equal(road_end(couriers[1], SIGTERM), 0);
	road_check("tu-phap", 100);
	road_check("cong", 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hundred_dossiers_survive_every_kill),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
