/* SPDX-License-Identifier: Apache-2.0
 *
 * From the act of reception to the other side's answer, with everything in
 * between that may go wrong. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define ALL_CARRIED                                                                              \
	"SELECT NOT EXISTS (SELECT FROM motcua.stream s WHERE s.open)"
#define ATTEMPTS "SELECT count(*) FROM motcua.attempt WHERE phase = 'finish'"

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

/* Exactly so many dossiers there, each added once and its progress after it. */
static void check_there(const char *system, size_t want)
{
	json_t *dossiers = road_there(system);
	assert_int_equal(json_object_size(dossiers), want);
	const char *code;
	json_t *kept;
	json_object_foreach(dossiers, code, kept) {
		const json_t *messages = json_object_get(kept, "messages");
		size_t added = 0, told = 0;
		for (size_t i = 0; i < json_array_size(messages); i++) {
			const char *service = word(json_array_get(messages, i), "service");
			if (strcmp(service, "add") == 0) {
				assert_int_equal(i, 0);
				added++;
			} else if (strcmp(service, "progress") == 0) {
				told++;
			} else {
				assert_int_equal(told, 0); /* an update after progress */
			}
		}
		if (added != 1 || told != 1)
			fail_msg("%s %s: added %zu times, progress told %zu times", system, code,
			         added, told);
	}
	json_decref(dossiers);
}

static void an_accepted_dossier_arrives_and_is_answered(void **state)
{
	(void)state;
	road_clear();
	pid_t courier = road_courier("first", NULL);
	road_accept(1);
	road_until(20, "received at both",
	           "SELECT count(*) = 2 FROM motcua.stream WHERE travel = 'received'"
	           " AND foreign_code ~ '^G(15|22).99-[0-9]{8}-[0-9]{7}$'");
	road_until(20, "everything carried", ALL_CARRIED);
	check_there("tu-phap", 1);
	check_there("cong", 1);
	/* It moves on over there, and here, and those who are told hear of it. */
	for (int status = 4; status <= 9; status += 5) {
		json_decref(bench_control(&road, "step", "{\"system\":\"tu-phap\"}"));
		road_until(20, "their status is ours",
		           "SELECT count(*) = 1 FROM motcua.dossier WHERE status = %d", status);
	}
	road_until(20, "everything carried", ALL_CARRIED);
	json_t *there = road_there("cong");
	void *only = json_object_iter(there);
	assert_int_equal(json_array_size(json_object_get(json_object_iter_value(only), "messages")),
	                 4);
	assert_int_equal(json_integer_value(json_object_get(json_object_iter_value(only), "status")),
	                 9);
	json_decref(there);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void an_unknown_outcome_is_asked_before_it_is_sent_again(void **state)
{
	(void)state;
	road_clear();
	road_fault("tu-phap", "drop-after", "DongBoHoSoMC", 1, 0);
	road_fault("cong", "hang-after", "CapNhatTienDoHoSoMC", 1, 0);
	pid_t courier = road_courier("unsure", NULL);
	road_accept(1);
	road_until(30, "everything carried", ALL_CARRIED);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	check_there("tu-phap", 1);
	check_there("cong", 1);
	static const char *const systems[] = { "tu-phap", "cong" };
	for (int i = 0; i < 2; i++) {
		json_t *there = road_there(systems[i]);
		void *only = json_object_iter(there);
		/* Nothing was even tried a second time. */
		assert_int_equal(json_integer_value(json_object_get(json_object_iter_value(only),
		                                                    "duplicates")),
		                 0);
		json_decref(there);
		assert_string_equal(one(admin(), "SELECT string_agg(class, ' ' ORDER BY attempt_id) FROM"
		                                 " motcua.attempt WHERE phase = 'finish' AND system ="
		                                 " '%s' AND dossier_id = (SELECT max(dossier_id)"
		                                 " FROM motcua.dossier)",
		                        systems[i]),
		                    i == 0 ? "unknown delivered delivered"
		                           : "delivered unknown delivered");
	}
}

static void an_expired_session_costs_one_log_in(void **state)
{
	(void)state;
	road_clear();
	pid_t courier = road_courier("session", NULL);
	road_fault("tu-phap", "expire", "CapNhatTienDoHoSoMC", 1, 0);
	road_accept(1);
	road_until(20, "everything carried", ALL_CARRIED);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	check_there("tu-phap", 1);
	json_t *all = bench_control(&road, "state?system=tu-phap", NULL);
	json_t *system = json_object_get(json_object_get(all, "systems"), "tu-phap");
	assert_int_equal(json_integer_value(json_object_get(system, "logins")), 2);
	json_decref(all);
	assert_string_equal(one(admin(), ATTEMPTS " AND class = 'auth'"), "0");
}

static void a_refused_account_suspends_the_system_and_loses_nothing(void **state)
{
	(void)state;
	road_clear();
	json_decref(bench_control(&road, "dial", "{\"system\":\"cong\",\"refuse_account\":true}"));
	pid_t courier = road_courier("locked", NULL);
	road_accept(1);
	road_until(20, "suspended",
	           "SELECT state = 'suspended' FROM motcua.system_state WHERE system = 'cong'");
	road_until(20, "the other one delivered",
	           "SELECT NOT open FROM motcua.stream WHERE system = 'tu-phap'"
	           " ORDER BY dossier_id DESC LIMIT 1");
	assert_string_equal(one(admin(), "SELECT travel FROM motcua.stream WHERE system = 'cong'"
	                                 " ORDER BY dossier_id DESC LIMIT 1"),
	                    "saved");
	json_decref(bench_control(&road, "dial", "{\"system\":\"cong\",\"refuse_account\":false}"));
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void what_is_refused_names_the_field_and_blocks_nobody_else(void **state)
{
	(void)state;
	road_clear();
	pid_t courier = road_courier("wrong", "{\"maps\":{\"result_by\":{\"counter\":\"7\"}}}");
	road_accept(1);
	road_until(20, "disagreed",
	           "SELECT travel = 'disagreed' AND note LIKE '%%Hình thức nhận kết quả%%'"
	           " FROM motcua.stream WHERE system = 'tu-phap' ORDER BY dossier_id DESC LIMIT 1");
	assert_int_equal(road_end(courier, SIGTERM), 0);
	/* A value without a map is never sent at all. */
	road_clear();
	courier = road_courier("unmapped", "{\"maps\":{\"channel\":{\"1\":null}}}");
	road_accept(1);
	road_until(20, "disagreed",
	           "SELECT travel = 'disagreed' AND note LIKE '%%kênh nộp%%' FROM motcua.stream"
	           " WHERE system = 'tu-phap' ORDER BY dossier_id DESC LIMIT 1");
	assert_int_equal(road_end(courier, SIGTERM), 0);
	check_there("tu-phap", 0);
	PQclear(PQexec(admin(), "UPDATE motcua.stream SET travel = 'sent'"));
}

static void a_hung_system_delays_no_other(void **state)
{
	(void)state;
	road_clear();
	road_fault("cong", "hang", "", -1, 0);
	pid_t courier = road_courier("hung", "{\"total_ms\":4500}");
	road_accept(30);
	/* All of the healthy one while not one of the hung one has timed out twice. */
	road_until(20, "the healthy one has everything",
	           "SELECT count(*) = 0 FROM motcua.stream WHERE system = 'tu-phap' AND open");
	check_there("tu-phap", 30);
	check_there("cong", 0);
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	road_until(60, "everything carried", ALL_CARRIED);
	check_there("cong", 30);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void sigterm_finishes_what_is_under_way(void **state)
{
	(void)state;
	road_clear();
	road_fault("*", "delay", "DongBoHoSoMC", -1, 300);
	pid_t courier = road_courier("polite", NULL);
	road_accept(4);
	road_until(20, "something is under way",
	           "SELECT count(*) > 0 FROM motcua.stream WHERE begun");
	assert_int_equal(road_end(courier, SIGTERM), 0);
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.stream WHERE begun OR ask_first"
	                                 " OR leased_until > now()"),
	                    "0");
}

static void a_hundred_dossiers_survive_every_kill(void **state)
{
	(void)state;
	road_clear();
	srand(20261122);
	road_fault("*", "drop-after", "", 8, 0);
	road_fault("*", "drop-before", "", 6, 0);
	road_fault("*", "half", "", 4, 0);
	road_fault("*", "gateway-time", "", 4, 0);
	road_fault("*", "expire", "", 4, 0);
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
	check_there("tu-phap", 100);
	check_there("cong", 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_accepted_dossier_arrives_and_is_answered),
		cmocka_unit_test(an_unknown_outcome_is_asked_before_it_is_sent_again),
		cmocka_unit_test(an_expired_session_costs_one_log_in),
		cmocka_unit_test(a_refused_account_suspends_the_system_and_loses_nothing),
		cmocka_unit_test(what_is_refused_names_the_field_and_blocks_nobody_else),
		cmocka_unit_test(a_hung_system_delays_no_other),
		cmocka_unit_test(sigterm_finishes_what_is_under_way),
		cmocka_unit_test(a_hundred_dossiers_survive_every_kill),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
