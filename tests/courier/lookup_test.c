/* SPDX-License-Identifier: Apache-2.0
 *
 * Look-ups from the counter's question to the register's answer: what is asked
 * in their words, what is read from theirs, the one-time code, and bad moments. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define DUONG "{\"number\":\"089199990001\",\"name\":\"nguyễn thị thuỳ dương\",\"birth\":\"1999-03-05\"%s}"

static void with_courier(const char *argument)
{
	char server[256], ports[96];
	snprintf(server, sizeof server, "host=%s port=%s dbname=%s password=motcua-tap-duyet", PQhost(admin()),
	         PQport(admin()), PQdb(admin()));
	snprintf(ports, sizeof ports, "%s/practice.port", road_folder());
	const char *argv[] = { COURIER, "--server", server, "--user", "dua-tin", "--name", "registers", "--profiles",
		               MOTCUA_SOURCE "/core/data/systems/practice", "--port-file", ports, "--lease", "6",
		               "--claim-ms", "300", "--back-off-ms", "1", "--lock", road_lock(), argument, NULL };
	assert_int_equal(road_program(argv), 0);
}

static int open_road(void **state)
{
	if (road_start(state) != 0)
		return -1;
	one(admin(), "SELECT motcua.load('systems', 'registers', '["
		"{\"code\":\"dan-cu\",\"name\":\"CSDLQG về dân cư\",\"family\":\"json\"},"
		"{\"code\":\"dang-ky-kinh-doanh\",\"name\":\"CSDLQG về đăng ký doanh nghiệp\",\"family\":\"json\"},"
		"{\"code\":\"bhxh\",\"name\":\"CSDLQG về bảo hiểm\",\"family\":\"json\"},"
		"{\"code\":\"tinh\",\"name\":\"Hệ thống tỉnh\",\"family\":\"igate\"}]')");
	with_courier("--detach");
	return 0;
}

static int close_road(void **state)
{
	with_courier("--stop");
	return road_stop(state);
}

/* Asks as man and waits; the reply, or the state and note when there is none. */
static const char *ask(const char *what, const char *body)
{
	PGconn *man = as("man");
	char id[32];
	snprintf(id, sizeof id, "%s", one(man, "SELECT desk.look_up('%s', '%s', 'Tiếp nhận hồ sơ')", what, body));
	road_until(30, "answered", "SELECT state <> 'waiting' FROM motcua.question WHERE question_id = %s", id);
	const char *said = one(man, "SELECT coalesce(reply::text, state || ': ' || note) FROM desk.lookup(%s)", id);
	PQfinish(man);
	return said;
}

static const char *duong(const char *code)
{
	char body[300], more[60] = "";
	if (*code)
		snprintf(more, sizeof more, ",\"code\":\"%s\"", code);
	snprintf(body, sizeof body, DUONG, more);
	return ask("citizen", body);
}

static void the_population_wants_a_code_and_tells(void **state)
{
	(void)state;
	assert_string_equal(one(admin(), "SELECT '%s'::jsonb->>'state'", duong("")), "needs_code");
	assert_string_equal(one(admin(), "SELECT '%s'::jsonb->>'state'", duong("111111")), "wrong_code");
	assert_string_equal(duong("246810"),
		one(admin(), "SELECT '{\"state\":\"found\",\"items\":[{\"number\":\"089199990001\","
		"\"name\":\"NGUYỄN THỊ THUỲ DƯƠNG\",\"birth\":\"1999-03-05\",\"sex\":\"nữ\",\"address\":\"Ấp Tà Lọt\","
		"\"commune\":\"30538\",\"province\":\"91\",\"old_number\":\"\"}]}'::jsonb::text"));
	/* The code holds for a while: the next citizen needs none. */
	assert_string_equal(one(admin(), "SELECT '%s'::jsonb->'items'->0->>'old_number'", ask("citizen",
		"{\"number\":\"351990002\",\"name\":\"Chau Sóc Rây\",\"birth\":\"1985\"}")), "351990002");
	assert_string_equal(one(admin(), "SELECT '%s'::jsonb->>'state'", ask("citizen",
		"{\"number\":\"089199990001\",\"name\":\"Lý Thị Khác\",\"birth\":\"1999-03-05\"}")), "none");
	/* Nobody's facts are in the journal or the log. */
	assert_false(road_logged("DƯƠNG"));
	assert_false(road_logged("089199990001"));
}

static void the_other_registers_tell_theirs(void **state)
{
	(void)state;
	const char *enterprise = ask("enterprise", "{\"number\":\"1699990001\"}");
	assert_string_equal(one(admin(), "SELECT concat_ws('|', r->>'state', r->'items'->0->>'name', r->'items'->0->>'representative',"
		" r->'items'->0->>'status') FROM (SELECT '%s'::jsonb AS r) x", enterprise),
		"found|CÔNG TY TNHH NÚI CẤM XANH|Lê Hoàng Phúc|Đang hoạt động");
	assert_string_equal(one(admin(), "SELECT '%s'::jsonb->>'state'", ask("enterprise", "{\"number\":\"1699999999\"}")), "none");
	assert_string_equal(one(admin(), "SELECT concat_ws('|', r->>'state', r->'items'->0->>'number', r->'items'->0->>'until')"
		" FROM (SELECT '%s'::jsonb AS r) x", ask("insurance",
		"{\"number\":\"089199990001\",\"name\":\"Nguyễn Thị Thuỳ Dương\",\"birth\":\"1999-03-05\"}")), "found|9199990001|2026-12-31");
}

static void bad_moments_are_waited_out_or_told(void **state)
{
	(void)state;
	road_fault("dan-cu", "bad-gateway", "lookup", 1, 0);
	duong("246810");
	assert_string_equal(one(admin(), "SELECT state || attempts FROM motcua.question ORDER BY question_id DESC LIMIT 1"), "answered2");
	road_fault("dan-cu", "bad-gateway", "lookup", 1000, 0);
	one(admin(), "UPDATE motcua.setting SET value = '3' WHERE name = 'lookup_seconds'");
	assert_memory_equal(duong("246810"), "failed: ", 8);
	one(admin(), "UPDATE motcua.setting SET value = '60' WHERE name = 'lookup_seconds'");
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_population_wants_a_code_and_tells),
		cmocka_unit_test(the_other_registers_tell_theirs),
		cmocka_unit_test(bad_moments_are_waited_out_or_told),
	};
	return cmocka_run_group_tests(tests, open_road, close_road);
}
