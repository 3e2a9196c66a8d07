/* SPDX-License-Identifier: Apache-2.0
 *
 * Words for citizens on their whole way: a dossier moves, a row waits, the courier
 * carries it to a gateway of the practice world and asks what became of it. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define STATE "(SELECT state FROM motcua.citizen_message WHERE dossier_id = %s AND kind = 'result_ready')"
#define QUICK "\"told_seconds\":1,\"back_off_seconds\":1,\"ask_seconds\":1"

static int start_all(void **state)
{
	if (road_start(state) != 0)
		return -1;
	one(admin(), "SELECT count(*) FROM motcua.load('systems', 'tell', '[{\"code\":\"tin-nhan\",\"name\":\"Cổng nhắn tin SMS\",\"family\":\"json\"},"
		"{\"code\":\"tu-phap\",\"name\":\"Bộ Tư pháp\",\"family\":\"json\"},{\"code\":\"cong\",\"name\":\"Cổng\",\"family\":\"ndxp\"}]')");
	road_profiles(MOTCUA_SOURCE "/core/data/systems/practice");
	return 0;
}

static int fresh(void **state)
{
	(void)state;
	road_clear();
	return 0;
}

/* A dossier that has its result; its id. */
static const char *finished(const char *phone)
{
	PGconn *man = as("man");
	const char *code = one(man, "SELECT code FROM desk.accept_dossier(test.req(jsonb_build_object('owner', test.req()->'owner' || '{\"phone\":\"%s\"}')))", phone);
	const char *id = one(admin(), "SELECT dossier_id FROM motcua.dossier WHERE code = '%s'", code);
	one(man, "SELECT version FROM desk.act(%s, 1, 'finish', '')", id);
	PQfinish(man);
	return strdup(id);
}

/* What the gateway holds: how many messages, and the last one's member, of numbers the sum. */
static size_t there(const char *member, char *out, size_t room)
{
	json_t *state = bench_control(&road, "state?system=tin-nhan", NULL), *messages = json_object_get(json_object_get(json_object_get(
		json_object_get(state, "systems"), "tin-nhan"), "extra"), "messages"), *message;
	const char *key;
	json_int_t sum = 0;
	size_t count = json_object_size(messages);
	out[0] = '\0';
	json_object_foreach(messages, key, message) {
		const json_t *value = json_object_get(message, member);
		if (json_is_string(value))
			snprintf(out, room, "%s", json_string_value(value));
		else
			snprintf(out, room, "%lld", (long long)(sum += json_integer_value(value)));
	}
	json_decref(state);
	return count;
}

static void a_result_is_told_and_only_green_when_it_arrived(void **state)
{
	(void)state;
	char words[700];
	const char *id = finished("0912 345 678");
	assert_string_equal(one(admin(), "SELECT " STATE, id), "waiting");
	PGconn *man = as("man");
	assert_string_equal(one(man, "SELECT state || ' ' || channel || ' ' || address FROM desk.citizen_messages(%s)", id), "waiting sms 0912•••678");
	/* The gateway has it and says nothing of it yet: sent, however often it is asked. */
	road_fault("tin-nhan", "bad-gateway", "told", 1000, 0);
	pid_t courier = road_courier("tells", "{" QUICK "}");
	road_until(60, "taken there", "SELECT " STATE " <> 'waiting'", id);
	road_until(60, "asked in vain", "SELECT attempts >= 2 FROM motcua.citizen_message WHERE dossier_id = %s AND kind = 'result_ready'", id);
	assert_int_equal(there("noiDung", words, sizeof words), 1);
	assert_string_equal(one(admin(), "SELECT " STATE, id), "sent");
	assert_string_equal(one(man, "SELECT state FROM desk.citizen_messages(%s)", id), "sent");
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	road_until(60, "arrived", "SELECT " STATE " = 'received'", id);
	assert_int_equal(there("noiDung", words, sizeof words), 1);
	assert_non_null(strstr(words, one(admin(), "SELECT code FROM motcua.dossier WHERE dossier_id = %s", id)));
	assert_null(strstr(words, "Hồng"));
	assert_string_equal(one(man, "SELECT count(*) FROM desk.call_list(100)"), "0");
	PQfinish(man);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	free((char *)(uintptr_t)id);
}

/* Cut off after it was carried out, or before: asked, and one message each either way. */
static void an_unknown_outcome_is_asked_about(void **state)
{
	static const char *const faults[] = { "drop-after", "bad-gateway", "half" };
	char times[24];
	const char *ids[3];
	(void)state;
	for (int i = 0; i < 3; i++) {
		road_fault("tin-nhan", faults[i], "tell", 1, 0);
		ids[i] = finished("0912345678");
	}
	pid_t courier = road_courier("cut", "{" QUICK "}");
	road_until(60, "all three", "SELECT count(*) = 3 FROM motcua.citizen_message WHERE state = 'received' AND dossier_id IN (%s, %s, %s)",
	           ids[0], ids[1], ids[2]);
	assert_int_equal(there("times", times, sizeof times), 3);
	assert_string_equal(times, "3");
	assert_int_equal(road_end(courier, SIGTERM), 0);
	for (int i = 0; i < 3; i++)
		free((char *)(uintptr_t)ids[i]);
}

static void what_did_not_arrive_is_a_call(void **state)
{
	(void)state;
	PGconn *man = as("man");
	const char *id = finished("0912345000");
	pid_t courier = road_courier("fails", "{" QUICK "}");
	road_until(30, "failed", "SELECT " STATE " = 'failed'", id);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	assert_string_equal(one(man, "SELECT count(*) FROM desk.call_list(100) WHERE dossier_id = %s", id), "1");
	/* It may have been sent, and this gateway cannot be asked: never a second time. */
	const char *lost = finished("0912345678");
	road_fault("tin-nhan", "drop-after", "tell", 1, 0);
	courier = road_courier("mute", "{" QUICK ",\"systems\":{\"tin-nhan\":{\"calls\":{\"told\":0}}}}");
	road_until(30, "failed", "SELECT " STATE " = 'failed'", lost);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	assert_non_null(strstr(one(man, "SELECT note FROM desk.call_list(100) WHERE dossier_id = %s", lost), "Không rõ"));
	PQfinish(man);
	free((char *)(uintptr_t)id);
	free((char *)(uintptr_t)lost);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_result_is_told_and_only_green_when_it_arrived, fresh),
		cmocka_unit_test_setup(an_unknown_outcome_is_asked_about, fresh),
		cmocka_unit_test_setup(what_did_not_arrive_is_a_call, fresh),
	};
	return cmocka_run_group_tests(tests, start_all, road_stop);
}
