/* SPDX-License-Identifier: Apache-2.0
 *
 * The land system calls us: it is never asked here, and still every word, request
 * and file of it arrives, once; who has no key, or speaks of what was never sent
 * there, changes nothing. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static PGconn *man;
static pid_t courier;
static char id[32], code[64];

/* Nothing is known of it but what it says of itself. */
#define DEAF "{\"systems\":{\"dat-dai\":{\"asks\":false}}}"

static int start(void **state)
{
	char path[160];
	if (road_start(state) != 0)
		return -1;
	snprintf(path, sizeof path, "%s/motcua.ini", road_folder());
	FILE *file = fopen(path, "w");
	if (!file)
		return -1;
	fputs("[inbound]\nlisten = 127.0.0.1:0\n", file);
	fclose(file);
	road_profiles(MOTCUA_SOURCE "/core/data/systems/practice");
	one(admin(), "SELECT count(*) FROM motcua.load('systems', 'land', '[{\"code\":\"dat-dai\",\"name\":\"Hệ thống đất đai\",\"family\":\"json\"}]')");
	one(admin(), "SELECT count(*) FROM motcua.load('routes', 'land', '[{\"rule_id\":\"21\",\"system\":\"dat-dai\",\"told\":\"\","
	             "\"valid_from\":\"2026-01-01\",\"notice\":\"x\"}]')");
	return 0;
}

static int begin(void **state)
{
	(void)state;
	road_clear();
	PQclear(PQexec(admin(), "UPDATE motcua.problem SET solved_at = now()"));
	man = as("man");
	courier = road_courier("land", DEAF);
	const char *both = one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req('{\"route\":{\"rule_id\":21,"
		"\"system\":\"dat-dai\",\"told\":[]}}'))");
	sscanf(both, "%31s %63s", id, code);
	road_until(60, "received, says its first call", "SELECT travel = 'received' AND foreign_code <> '' AND EXISTS (SELECT FROM"
	           " motcua.called_in c WHERE c.dossier_id = s.dossier_id AND c.call = 'CungCapSoBienNhan') FROM motcua.stream s WHERE dossier_id = %s", id);
	return 0;
}

static int end(void **state)
{
	(void)state;
	PQfinish(man);
	return road_end(courier, SIGTERM);
}

static void tell(const char *members)
{
	char body[600];
	snprintf(body, sizeof body, "{\"system\":\"dat-dai\",\"code\":\"%s\",%s}", code, members);
	json_decref(bench_control(&road, "tell", body));
}

/* The dial calls by hand; of: the dossier. */
static void call(const char *name, const char *of, const char *more)
{
	char body[800];
	snprintf(body, sizeof body, "{\"system\":\"dat-dai\",\"call\":\"%s\",\"body\":{\"MaHoSoMotCua\":\"%s\"}%s}", name, of, more);
	json_decref(bench_control(&road, "call", body));
}

/* The answer to the last call by hand: its status and the first of its members. */
static json_t *answered(const char *name, int status)
{
	for (int i = 0; i < 600; i++) {
		json_t *whole = bench_control(&road, "state?system=dat-dai", NULL);
		json_t *list = json_object_get(json_object_get(json_object_get(json_object_get(whole, "systems"), "dat-dai"), "extra"), "calls");
		json_t *last = json_incref(json_array_get(list, json_array_size(list) - 1));
		json_decref(whole);
		if (last && strcmp(json_string_value(json_object_get(last, "call")), name) == 0) {
			assert_int_equal(json_integer_value(json_object_get(last, "status")), status);
			return last;
		}
		json_decref(last);
		bench_pause(&road, 100);
	}
	fail_msg("%s was not answered", name);
	return NULL;
}

/* Their words are told apart by status and second. */
static void a_second_later(void)
{
	road_until(60, "a later second", "SELECT clock_timestamp() >= date_trunc('second', status_at) + interval '1 second'"
	           " FROM motcua.dossier WHERE dossier_id = %s", id);
}

static void its_work_is_told_as_it_goes(void **state)
{
	(void)state;
	json_decref(bench_control(&road, "step", "{\"system\":\"dat-dai\"}"));
	road_until(60, "worked on", "SELECT status = 4 FROM motcua.dossier WHERE dossier_id = %s", id);
	a_second_later();
	tell("\"supplement\":\"Bổ sung trích lục thửa đất\"");
	road_until(60, "stopped in their words", "SELECT EXISTS (SELECT FROM motcua.problem WHERE dossier_id = %s AND kind = 'supplement'"
	           " AND text LIKE '%%Bổ sung trích lục thửa đất%%' AND solved_at IS NULL) AND status = 5 FROM motcua.dossier WHERE dossier_id = %s", id, id);
	a_second_later();
	tell("\"word\":\"4\",\"say\":\"Đã bổ sung\"");
	road_until(60, "taken up again there", "SELECT status = 4 FROM motcua.dossier WHERE dossier_id = %s", id);
	a_second_later();
	tell("\"result\":\"Giấy chứng nhận\"");
	road_until(60, "finished, its file fetched", "SELECT status = 9 AND EXISTS (SELECT FROM motcua.answer_part p WHERE p.dossier_id = d.dossier_id"
	           " AND kind = 'result' AND file_id IS NOT NULL) FROM motcua.dossier d WHERE dossier_id = %s", id);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_event WHERE dossier_id = %s AND to_status = 4", id), 2);
	/* The journal names nobody and holds no key. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.called_in WHERE body LIKE '%%tap-duyet%%' OR body LIKE '%%SecurityCode%%'"), 0);
	/* Kept before they were answered, each once. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.called_in WHERE dossier_id = %s AND times > 1", id), 0);
}

static void a_word_nobody_knows_is_a_task(void **state)
{
	(void)state;
	tell("\"word\":\"TD-77\",\"say\":\"Chờ đo đạc\"");
	road_until(60, "a task", "SELECT EXISTS (SELECT FROM motcua.problem WHERE kind = 'word' AND key = 'TD-77' AND solved_at IS NULL)");
	call("BaoGiDo", code, "");
	json_decref(answered("BaoGiDo", 200));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE dossier_id = %s AND kind = 'notice' AND said LIKE '%%“BaoGiDo”%%'", id), 1);
	/* Said again it is the same. */
	call("BaoGiDo", code, "");
	road_until(60, "counted", "SELECT times = 2 FROM motcua.called_in WHERE call = 'BaoGiDo'");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE dossier_id = %s AND kind = 'notice'", id), 1);
	assert_int_equal(count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", id), 2);
}

static void who_has_no_key_is_turned_away_and_counted(void **state)
{
	(void)state;
	call("KetThuc", code, ",\"key\":\"doan-mo\"");
	json_t *last = answered("KetThuc", 401);
	assert_true(json_is_false(json_object_get(json_object_get(last, "reply"), "Result")));
	json_decref(last);
	road_until(60, "counted", "SELECT times >= 1 FROM motcua.call_refused WHERE system = 'dat-dai'");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.called_in WHERE dossier_id = %s AND call = 'KetThuc'", id), 0);
	assert_int_equal(count(man, "SELECT refused FROM desk.callers() WHERE system = 'dat-dai'"), 1);
}

static void a_dossier_nobody_sent_there_is_a_task(void **state)
{
	char other[64], task[32];
	(void)state;
	/* Another one, of this unit, that goes elsewhere. */
	snprintf(other, sizeof other, "%s", one(man, "SELECT code FROM desk.accept_dossier(test.req())"));
	call("YeuCauCapNhatHoSo", other, "");
	json_t *last = answered("YeuCauCapNhatHoSo", 200);
	assert_string_equal(json_string_value(json_object_get(json_object_get(last, "reply"), "Message")), "Không tìm thấy hồ sơ");
	json_decref(last);
	snprintf(task, sizeof task, "%s", one(man, "SELECT problem_id FROM desk.tasks(1000) WHERE kind = 'stranger' AND code = '%s'", other));
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.problem WHERE kind = 'notice' AND solved_at IS NULL"), 0);
	one(man, "SELECT desk.task_done(%s, 'Bên đất đai nhập nhầm mã')", task);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE kind = 'stranger'"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(its_work_is_told_as_it_goes, begin, end),
		cmocka_unit_test_setup_teardown(a_word_nobody_knows_is_a_task, begin, end),
		cmocka_unit_test_setup_teardown(who_has_no_key_is_turned_away_and_counted, begin, end),
		cmocka_unit_test_setup_teardown(a_dossier_nobody_sent_there_is_a_task, begin, end),
	};
	return cmocka_run_group_tests(tests, start, road_stop);
}
