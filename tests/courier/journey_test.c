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
#include <string.h>
#include <cmocka.h>

#define ATTEMPTS "SELECT count(*) FROM motcua.attempt WHERE phase = 'finish'"

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
	road_check("tu-phap", 1);
	road_check("cong", 1);
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
	road_check("tu-phap", 1);
	road_check("cong", 1);
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
	road_check("tu-phap", 1);
	json_t *all = bench_control(&road, "state?system=tu-phap", NULL);
	json_t *system = json_object_get(json_object_get(all, "systems"), "tu-phap");
	assert_int_equal(json_integer_value(json_object_get(system, "logins")), 2);
	json_decref(all);
	assert_string_equal(one(admin(), ATTEMPTS " AND class = 'auth'"), "0");
}

static void sessions_refused_in_a_row_are_the_accounts_fault(void **state)
{
	(void)state;
	road_clear();
	road_fault("cong", "expire", "", -1, 0);
	pid_t courier = road_courier("fruitless", NULL);
	road_accept(1);
	road_until(20, "suspended",
	           "SELECT state = 'suspended' FROM motcua.system_state WHERE system = 'cong'");
	json_t *all = bench_control(&road, "state?system=cong", NULL);
	json_t *system = json_object_get(json_object_get(all, "systems"), "cong");
	/* Not hammered: three sessions, and the one tried when a second's rest,
	 * short for tests, was over. */
	assert_in_range(json_integer_value(json_object_get(system, "logins")), 3, 4);
	json_decref(all);
	assert_int_equal(road_end(courier, SIGTERM), 0);
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
	road_check("tu-phap", 0);
	PQclear(PQexec(admin(), "UPDATE motcua.stream SET travel = 'sent'"));
}

static void nine_hung_systems_delay_no_other(void **state)
{
	(void)state;
	static const char *const hung[] = { "cong",     "khcn", "noi-vu", "cong-thuong", "xay-dung",
		                            "nnmt", "y-te", "gddt",   "vhttdl" };
	road_clear();
	for (size_t i = 0; i < sizeof hung / sizeof *hung; i++)
		road_fault(hung[i], "hang", "", -1, 0);
	pid_t courier = road_courier("hung", "{\"total_ms\":4500}");
	road_accept(20);
	one(admin(), "SELECT count(motcua.enqueue(m.unit_id, m.dossier_id, s, m.kind, m.payload))"
	             " FROM motcua.message m JOIN motcua.stream t USING (unit_id, dossier_id, system),"
	             " unnest('{khcn,noi-vu,cong-thuong,xay-dung,nnmt,y-te,gddt,vhttdl}'::text[]) s"
	             " WHERE m.system = 'cong' AND m.kind = 'dossier' AND t.open");
	road_until(20, "the healthy one has everything",
	           "SELECT count(*) = 0 FROM motcua.stream WHERE system = 'tu-phap' AND open");
	road_check("tu-phap", 20);
	for (size_t i = 0; i < sizeof hung / sizeof *hung; i++)
		road_check(hung[i], 0);
	json_decref(bench_control(&road, "calm", "{\"system\":\"*\"}"));
	road_until(60, "everything carried", ALL_CARRIED);
	road_check("cong", 20);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void the_list_of_systems_is_asked_for_until_it_comes(void **state)
{
	(void)state;
	road_clear();
	one(admin(), "REVOKE EXECUTE ON FUNCTION wire.systems FROM motcua_courier");
	pid_t courier = road_courier("patient", NULL);
	road_accept(1);
	while (!road_logged("systems: 42501"))
		road_until(20, "time passes", "SELECT true");
	one(admin(), "GRANT EXECUTE ON FUNCTION wire.systems TO motcua_courier");
	road_until(20, "everything carried", ALL_CARRIED);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_accepted_dossier_arrives_and_is_answered),
		cmocka_unit_test(an_unknown_outcome_is_asked_before_it_is_sent_again),
		cmocka_unit_test(an_expired_session_costs_one_log_in),
		cmocka_unit_test(sessions_refused_in_a_row_are_the_accounts_fault),
		cmocka_unit_test(a_refused_account_suspends_the_system_and_loses_nothing),
		cmocka_unit_test(what_is_refused_names_the_field_and_blocks_nobody_else),
		cmocka_unit_test(nine_hung_systems_delay_no_other),
		cmocka_unit_test(the_list_of_systems_is_asked_for_until_it_comes),
		cmocka_unit_test(sigterm_finishes_what_is_under_way),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
