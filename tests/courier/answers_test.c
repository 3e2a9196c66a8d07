/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes back over real HTTP: supplements, fees, results with files that
 * are fetched, kept and acknowledged, words nobody knows, and their lists
 * against ours. */
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

static void tell(const char *members)
{
	char body[600];
	snprintf(body, sizeof body, "{\"system\":\"tu-phap\",\"code\":\"%s\",%s}", code, members);
	json_decref(bench_control(&road, "tell", body));
}

/* One dossier that both systems have. */
static int begin(void **state)
{
	(void)state;
	road_clear();
	PQclear(PQexec(admin(), "UPDATE motcua.problem SET solved_at = now()"));
	man = as("man");
	courier = road_courier("answers", NULL);
	const char *both = one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())");
	sscanf(both, "%31s %63s", id, code);
	road_until(20, "received at both", "SELECT count(*) = 2 FROM motcua.stream WHERE travel = 'received'"
	           " AND NOT open AND dossier_id = %s", id);
	return 0;
}

static int end(void **state)
{
	(void)state;
	PQfinish(man);
	return road_end(courier, SIGTERM);
}

static void a_supplement_comes_with_its_words(void **state)
{
	(void)state;
	tell("\"supplement\":\"Bổ sung bản sao hộ khẩu\"");
	road_until(20, "stopped", "SELECT status = 5 FROM motcua.dossier WHERE dossier_id = %s", id);
	assert_string_equal(one(man, "SELECT kind || ': ' || left(said, 63) FROM desk.tasks(100) WHERE dossier_id = %s", id),
	                    "supplement: Hệ thống của Bộ Tư pháp yêu cầu bổ sung: Bổ sung bản sao hộ khẩ");
	assert_string_equal(one(man, "SELECT until > at FROM desk.dossier_parts(%s)", id), "t");
	/* The portal hears of it. */
	road_until(20, "told on", "SELECT NOT EXISTS (SELECT FROM motcua.stream WHERE open)");
	json_t *there = road_there("cong");
	assert_int_equal(json_integer_value(json_object_get(json_object_get(there, code), "status")), 5);
	json_decref(there);
}

/* Asked there, brought here, told there, and they go on. */
static void what_is_brought_goes_back_to_them(void **state)
{
	(void)state;
	tell("\"supplement\":\"Bổ sung bản sao hộ khẩu\"");
	road_until(20, "stopped", "SELECT status = 5 FROM motcua.dossier WHERE dossier_id = %s", id);
	/* Reports are told apart by status and second: taken up in the second of the reception is the reception. */
	road_until(20, "a later second", "SELECT clock_timestamp() >= date_trunc('second', received_at) + interval '1 second'"
	           " FROM motcua.dossier WHERE dossier_id = %s", id);
	one(man, "SELECT desk.take_up(%s, version, jsonb_build_object('request_id', gen_random_uuid(), 'act', 'supplement', 'computed_at',"
	         " clock_timestamp(), 'due_at', due_at, 'papers', (SELECT jsonb_agg(jsonb_build_object('part_id', part_id, 'action', 'submit',"
	         " 'originals', 0, 'copies', 1)) FROM desk.asked(%s) WHERE kind = 'asked'))) FROM desk.dossier(%s)", id, id, id);
	road_until(20, "told to both", "SELECT count(*) = 2 FROM motcua.stream WHERE travel = 'received' AND NOT open AND dossier_id = %s", id);
	json_t *there = road_there("tu-phap"), *kept = json_object_get(there, code);
	assert_int_equal(json_integer_value(json_object_get(kept, "status")), 2);
	const json_t *ask = json_array_get(json_object_get(kept, "asks"), 0);
	assert_true(json_is_true(json_object_get(ask, "TrangThaiBoSung")));
	const json_t *fields = json_object_get(kept, "fields");
	const json_t *answer = json_array_get(json_object_get(fields, "DanhSachHoSoBoSung"), 0);
	assert_string_equal(json_string_value(json_object_get(answer, "NoiDungBoSung")), "Bổ sung bản sao hộ khẩu");
	assert_int_equal(strlen(json_string_value(json_object_get(answer, "NgayTiepNhanBoSung"))), 14);
	assert_int_equal(json_array_size(json_object_get(answer, "DanhSachGiayToBoSung")), 1);
	json_decref(there);
	road_until(20, "they say it is settled", "SELECT coalesce(facts->'done' = 'true', false) FROM motcua.answer_part WHERE dossier_id = %s AND kind = 'supplement'", id);
	json_decref(bench_control(&road, "step", "{\"system\":\"tu-phap\"}"));
	road_until(20, "worked on", "SELECT status = 4 FROM motcua.dossier WHERE dossier_id = %s", id);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.problem WHERE dossier_id = %s AND solved_at IS NULL", id), 0);
}

static void a_fee_comes_with_its_amount(void **state)
{
	(void)state;
	tell("\"fee\":{\"name\":\"Lệ phí trích lục\",\"amount\":16000}");
	road_until(20, "waits for money", "SELECT status = 6 FROM motcua.dossier WHERE dossier_id = %s", id);
	assert_string_equal(one(man, "SELECT kind || name || amount FROM desk.dossier_parts(%s)", id), "paymentLệ phí trích lục16000");
}

static void a_result_is_fetched_kept_and_acknowledged(void **state)
{
	(void)state;
	tell("\"result\":\"Giấy xác nhận tình trạng hôn nhân\"");
	tell("\"result\":\"Bản điện tử\",\"base64\":true");
	road_until(20, "kept and acknowledged", "SELECT count(*) = 2 FROM motcua.answer_part WHERE dossier_id = %s"
	           " AND kind = 'result' AND file_id IS NOT NULL AND acked_at IS NOT NULL", id);
	assert_int_equal(count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", id), 9);
	assert_string_equal(one(man, "SELECT string_agg(file_name || ' ' || result_code, '|' ORDER BY part_id) FROM desk.dossier_parts(%s)", id),
	                    "Giấy xác nhận tình trạng hôn nhân.pdf KQ.G15.000001|Bản điện tử.pdf KQ.G15.000002");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_parts(%s) WHERE convert_from(desk.file_read(file_id, 0), 'UTF8')"
		" LIKE '%%%%PDF-1.4%%%s%%EOF%%'", id, code), 2);
	json_t *there = road_there("tu-phap");
	/* Each of the two was acknowledged, after the commit, and no more. */
	assert_int_equal(json_integer_value(json_object_get(json_object_get(there, code), "taken_times")), 2);
	json_decref(there);
}

static void a_receipt_is_given_until_it_is_taken(void **state)
{
	(void)state;
	road_fault("tu-phap", "bad-gateway", "danhDauHsThanhCong", 1, 0);
	road_fault("tu-phap", "half", "downloadfile", 1, 0);
	tell("\"result\":\"Giấy xác nhận\"");
	road_until(30, "acknowledged at last", "SELECT count(*) = 1 FROM motcua.answer_part WHERE dossier_id = %s AND acked_at IS NOT NULL", id);
}

static void a_file_elsewhere_is_never_fetched(void **state)
{
	(void)state;
	tell("\"result\":\"Giấy lạ\",\"host\":\"192.0.2.1\"");
	road_until(20, "told to the clerk", "SELECT EXISTS (SELECT FROM motcua.problem WHERE dossier_id = %s AND kind = 'result'"
	           " AND text LIKE '%%đường dẫn ngoài danh sách%%')", id);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file WHERE dossier_id = %s", id), 0);
}

static void a_strange_word_waits_for_a_supervisor(void **state)
{
	PGconn *hue = as("hue");

	(void)state;
	tell("\"word\":\"KS-77\",\"say\":\"Chờ lãnh đạo ký số\"");
	road_until(20, "a task", "SELECT EXISTS (SELECT FROM motcua.problem WHERE kind = 'word' AND key = 'KS-77' AND solved_at IS NULL)");
	assert_int_equal(count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", id), 2);
	one(hue, "SELECT desk.map_word('tu-phap', 'KS-77', 4, 'CV 12/BTP')");
	road_until(20, "understood", "SELECT status = 4 FROM motcua.dossier WHERE dossier_id = %s", id);
	assert_string_equal(one(man, "SELECT word || ' ' || (raw LIKE '%%KS-77%%') FROM desk.dossier_words(%s) WHERE system = 'tu-phap' AND word = 'KS-77'", id),
	                    "KS-77 true");
	PQfinish(hue);
}

static const char *differences(const char *system)
{
	return one(man, "SELECT coalesce(string_agg(kind, ' ' ORDER BY kind), 'none') FROM desk.reconcile_differences('%s', 100)"
		" WHERE dossier_id IS NULL OR dossier_id >= %s", system, id);
}

static void reconcile(const char *system)
{
	char run[32];
	snprintf(run, sizeof run, "%s", one(man, "SELECT desk.reconcile('%s', d.day, d.day) FROM (SELECT (now() AT TIME ZONE"
		" 'Asia/Ho_Chi_Minh')::date AS day) d", system));
	road_until(20, "a run's end", "SELECT state <> 'waiting' FROM motcua.reconcile_run WHERE run_id = %s", run);
	assert_string_equal(one(admin(), "SELECT state || note FROM motcua.reconcile_run WHERE run_id = %s", run), "done");
}

static void their_list_is_held_against_ours(void **state)
{
	(void)state;
	reconcile("tu-phap");
	assert_string_equal(differences("tu-phap"), "none");
	tell("\"hidden\":true,\"stranger\":\"H01.999-260101-0099\"");
	reconcile("tu-phap");
	assert_string_equal(differences("tu-phap"), "missing_here missing_there");
	/* Sent again, it is there again. */
	one(man, "SELECT desk.difference_send((SELECT difference_id FROM desk.reconcile_differences('tu-phap', 100)"
		" WHERE kind = 'missing_there' AND dossier_id = %s))", id);
	road_until(20, "there again", "SELECT NOT open AND travel = 'received' FROM motcua.stream WHERE system = 'tu-phap' AND dossier_id = %s", id);
	tell("\"twice\":true,\"altered\":\"8\"");
	reconcile("tu-phap");
	assert_string_equal(differences("tu-phap"), "double missing_here status");
	tell("\"altered\":\"LẠ\"");
	reconcile("tu-phap");
	assert_string_equal(one(man, "SELECT their_word || (their_status IS NULL) FROM desk.reconcile_differences('tu-phap', 100)"
		" WHERE kind = 'status'"), "LẠtrue");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(a_supplement_comes_with_its_words), T(what_is_brought_goes_back_to_them), T(a_fee_comes_with_its_amount),
		T(a_result_is_fetched_kept_and_acknowledged), T(a_receipt_is_given_until_it_is_taken),
		T(a_file_elsewhere_is_never_fetched), T(a_strange_word_waits_for_a_supervisor),
		T(their_list_is_held_against_ours),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
