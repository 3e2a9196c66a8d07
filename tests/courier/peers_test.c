/* SPDX-License-Identifier: Apache-2.0
 *
 * Each described system with the profile it is shipped with: a dossier accepted
 * in a real database, the courier, the far side over real HTTP, and back. */
#include "tests/courier/peers.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const struct {
	const char *system, *procedure, *number, *messages;
	const char *fields[6][2];
	bool steps; /* what they do with it comes back */
} peers[] = {
	{ "tu-phap", "", "^G15.99-", "add",
	  { { "data.hoTen", "NGUYỄN THỊ HỒNG" }, { "data.ngaySinh", "05/03/1999" }, { "module", "HN" },
	    { "fileDinhKem.0.bytes", "6" }, { "maDonVi", "30538" } }, true },
	{ "lien-thong", "1.001193", "^G22.98-", "add receipt progress",
	  { { "loaiLienThong", "LTKS" }, { "duLieu", "Tờ khai" } }, false },
	{ "dat-dai", "1.000001", "^H01.98-", "add",
	  { { "ThongTinNguoiNopDon.HoTen", "Nguyễn Thị Hồng" },
	    { "DanhSachGiayToDinhKem.0.TapTin.bytes", "6" },
	    { "DanhSachGiayToDinhKem.0.SoBanChinh", "1" } }, true },
	{ "truc-van-ban", "1.000001", "^G22.97-", "add progress",
	  { { "tenChuHoSo", "Nguyễn Thị Hồng" }, { "tepDinhKem.0.bytes", "6" },
	    { "tepDinhKem.0.name", "to-khai.pdf" } }, false },
	{ "btxh", "1.000001", "^G10.98-", "add progress",
	  { { "CertificateExtentData", "<TenTepDinhKem>Tờ khai</TenTepDinhKem>" },
	    { "NgaySinh", "05/03/1999" } }, false },
	{ "lltp", "1.000001", "", "add",
	  { { "toKhai.hoTen", "NGUYỄN THỊ HỒNG" }, { "toKhai.fileHoSo.0.bytes", "6" }, { "maTinh", "91" },
	    { "toKhai.ngaySinh", "05/03/1999" } }, true },
	{ "khcn", "1.000001", "^G06.99-", "add progress",
	  { { "tepDinhKem.0.id", "tep-1" }, { "tepDinhKem.0.tenGiayTo", "Tờ khai" } }, false },
	{ "vhttdl", "1.000001", "^G16.99-", "add progress",
	  { { "tepDinhKem.0.bytes", "6" }, { "loaiChuHoSo", "CN" } }, false },
};

static void each_system_takes_a_dossier_and_answers(void **state)
{
	(void)state;
	road_clear();
	pid_t courier = road_courier("peers", NULL);
	for (size_t i = 0; i < sizeof peers / sizeof *peers; i++) {
		json_decref(bench_control(&road, "reset", "{\"system\":\"*\"}"));
		accept_for(peers[i].system, peers[i].procedure);
		until_received(peers[i].system, peers[i].number);
		check_messages(peers[i].system, peers[i].messages);
		for (size_t f = 0; f < 6 && peers[i].fields[f][0]; f++)
			check_field(peers[i].system, peers[i].fields[f][0], peers[i].fields[f][1]);
		if (!peers[i].steps)
			continue;
		for (int status = 4; status <= 9; status += 5) {
			char control[64];
			snprintf(control, sizeof control, "{\"system\":\"%s\"}", peers[i].system);
			json_decref(bench_control(&road, "step", control));
			road_until(20, "their status is told", "SELECT foreign_status = %d FROM motcua.stream"
			           " WHERE system = '%s' ORDER BY dossier_id DESC LIMIT 1", status,
			           peers[i].system);
		}
		/* Inside their answer, or behind a link with another name for their host. */
		road_until(20, "the result is kept", "SELECT count(*) = 1 FROM motcua.answer_part p JOIN"
		           " motcua.file f USING (unit_id, file_id) WHERE p.system = '%s' AND p.kind ="
		           " 'result' AND f.whole AND p.dossier_id = (SELECT max(dossier_id) FROM"
		           " motcua.dossier)", peers[i].system);
	}
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* Kept before it is acknowledged, acknowledged once, whatever they ask meanwhile. */
static void a_criminal_record_is_kept_then_acknowledged(void **state)
{
	(void)state;
	road_clear();
	json_decref(bench_control(&road, "reset", "{\"system\":\"*\"}"));
	pid_t courier = road_courier("record", NULL);
	accept_for("lltp", "1.000001");
	until_received("lltp", "");
	road_fault("lltp", "bad-gateway", "danhDauHsThanhCong", 1, 0);
	json_decref(bench_control(&road, "step", "{\"system\":\"lltp\"}"));
	json_decref(bench_control(&road, "step", "{\"system\":\"lltp\"}"));
	road_until(30, "kept and acknowledged", "SELECT count(*) = 1 FROM motcua.answer_part p JOIN motcua.file f"
	           " USING (unit_id, file_id) WHERE p.system = 'lltp' AND p.kind = 'result' AND f.whole AND"
	           " p.facts->>'code' LIKE '%%/LLTP' AND p.acked_at IS NOT NULL AND p.dossier_id ="
	           " (SELECT max(dossier_id) FROM motcua.dossier)");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_piece p WHERE encode(p.data, 'escape') LIKE"
	                                " '%%PDF-1.4%%' AND p.file_id = (SELECT max(file_id) FROM motcua.answer_part)"), 1);
	json_t *all, *kept = only("lltp", &all);
	assert_true(json_is_true(json_object_get(kept, "taken")));
	assert_int_equal(json_integer_value(json_object_get(kept, "taken_times")), 1);
	assert_null(json_object_get(json_object_get(kept, "fields"), "authKey"));
	json_decref(all);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* Cut off after they had it: asked, never sent twice; what the lost answer would
 * have taught is asked for, and the receipt is given all the same. */
static void a_lost_answer_costs_no_second_dossier(void **state)
{
	(void)state;
	static const struct {
		const char *system, *service, *procedure, *messages;
	} lost[] = {
		{ "tu-phap", "nhanHoSoDKHT", "", "add" },
		{ "lien-thong", "hosolienthong", "1.001193", "add receipt progress" },
		{ "dat-dai", "TiepNhanHoSo", "1.000001", "add" },
		{ "truc-van-ban", "van-ban", "1.000001", "add progress" },
		{ "btxh", "DongBoDVC", "1.000001", "add progress" },
		{ "khcn", "add", "1.000001", "add progress" },
	};
	road_clear();
	pid_t courier = road_courier("lost", NULL);
	for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
		json_decref(bench_control(&road, "reset", "{\"system\":\"*\"}"));
		road_fault(lost[i].system, "drop-after", lost[i].service, 1, 0);
		accept_for(lost[i].system, lost[i].procedure);
		until_received(lost[i].system, "^[GH]");
		check_messages(lost[i].system, lost[i].messages);
	}
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* Each kind of session that can end, ends. */
static void an_expired_token_costs_one_log_in(void **state)
{
	(void)state;
	static const char *const systems[][2] = { { "tu-phap", "nhanHoSoDKHT" },
		                                  { "lien-thong", "trangthai" },
		                                  { "vhttdl", "progress" } };
	road_clear();
	pid_t courier = road_courier("expire", NULL);
	for (size_t i = 0; i < 3; i++) {
		json_decref(bench_control(&road, "reset", "{\"system\":\"*\"}"));
		road_fault(systems[i][0], "expire", systems[i][1], 1, 0);
		accept_for(systems[i][0], "1.001193");
		until_received(systems[i][0], "^[GH]");
		json_t *all = bench_control(&road, "state", NULL);
		json_t *there = json_object_get(json_object_get(all, "systems"), systems[i][0]);
		/* Where it can be renewed nobody logs in again. */
		bool renews = strcmp(systems[i][0], "lien-thong") == 0;
		assert_in_range(json_integer_value(json_object_get(there, "logins")), 1, renews ? 1 : 2);
		assert_int_equal(json_integer_value(json_object_get(json_object_get(there, "extra"), "renewed")), renews);
		json_decref(all);
	}
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* They know nothing of the session nor of the word to renew it with. */
static void a_refused_renewal_is_a_log_in(void **state)
{
	(void)state;
	road_clear();
	pid_t courier = road_courier("renewal", NULL);
	for (int round = 0; round < 2; round++) {
		json_decref(bench_control(&road, "reset", "{\"system\":\"lien-thong\"}"));
		accept_for("lien-thong", "1.001193");
		until_received("lien-thong", "^G22");
		json_t *all = bench_control(&road, "state", NULL);
		json_t *there = json_object_get(json_object_get(all, "systems"), "lien-thong");
		assert_int_equal(json_integer_value(json_object_get(there, "logins")), 1);
		assert_null(json_object_get(json_object_get(there, "extra"), "renewed"));
		json_decref(all);
	}
	assert_int_equal(road_end(courier, SIGTERM), 0);
	assert_true(road_logged("session of lien-thong not renewed"));
}

/* A dossier by the rule that tells monitoring of it, too. */
static void accept_monitored(void)
{
	PGconn *man = as("man");
	one(man, "SELECT code FROM desk.accept_dossier(test.req('{\"route\":{\"rule_id\":9,\"system\":\"tu-phap\","
	         "\"told\":[\"cong\",\"emc\"]}}'))");
	PQfinish(man);
}

/* What the clerk sees of the last dossier: its state, its way to monitoring, tasks, days of silence. */
static void check_unmarked(const char *way)
{
	PGconn *man = as("man");
	char last[24];
	snprintf(last, sizeof last, "%s", one(admin(), "SELECT max(dossier_id) FROM motcua.dossier"));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE system = 'emc'"), 0);
	assert_string_equal(one(man, "SELECT state FROM desk.dossier_travel(%s) WHERE system = 'emc'", last), way);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.day_list('waiting_to_send', 1000)"), 0);
	assert_string_equal(one(man, "SELECT concat_ws(' ', told_only, silent, refused) FROM desk.sync_systems() WHERE system = 'emc'"), "t 0 0");
	one(admin(), "BEGIN");
	one(admin(), "SET LOCAL search_path = motcua");
	one(admin(), "SET LOCAL session_replication_role = replica");
	one(admin(), "UPDATE motcua.message SET made_at = now() - interval '30 hours' WHERE dossier_id = %s", last);
	one(admin(), "UPDATE motcua.dossier SET received_at = now() - interval '30 hours' WHERE dossier_id = %s", last);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.silent_streams(1) WHERE system = 'emc'"), 0);
	one(admin(), "ROLLBACK");
	PQfinish(man);
}

static void monitoring_never_marks_a_dossier(void **state)
{
	(void)state;
	road_clear();
	pid_t courier = road_courier("monitor", NULL);
	accept_monitored();
	road_until(30, "told", "SELECT bool_and(NOT open) AND bool_or(travel = 'sent' AND system = 'emc')"
	           " FROM motcua.stream WHERE dossier_id = (SELECT max(dossier_id) FROM motcua.dossier)");
	check_messages("emc", "event event");
	check_field("emc", "FormsReception", "2");
	check_field("emc", "User", "\"TYPE\":\"2\"");
	check_unmarked("told");
	assert_int_equal(road_end(courier, SIGTERM), 0);
	/* They refuse whatever they get; nobody is there at all; they take it and say nothing. */
	static const char *const bad[] = { "{\"site_id\":\"\"}",
		                           "{\"base_url\":\"http://127.0.0.1:1\",\"hosts\":\"127.0.0.1:1\"}",
		                           "{\"total_ms\":700}" };
	for (size_t i = 0; i < 3; i++) {
		char over[200];
		road_clear();
		if (i == 2)
			road_fault("emc", "hang", "", -1, 0);
		snprintf(over, sizeof over, "{\"systems\":{\"emc\":%s}}", bad[i]);
		courier = road_courier("refused", over);
		accept_monitored();
		until_received("tu-phap", "^G15");
		road_until(20, "the others have it", "SELECT bool_and(NOT open) FROM motcua.stream WHERE system <> 'emc'"
		           " AND dossier_id = (SELECT max(dossier_id) FROM motcua.dossier)");
		one(admin(), "SET search_path = motcua");
		road_until(20, "nothing is wrong with it", "SELECT sync_of(unit_id, dossier_id) IN ('sent', 'received')"
		           LAST("tu-phap"));
		one(admin(), "RESET search_path");
		check_unmarked("untold");
		road_until(60, "let go", "SELECT NOT open AND NOT refused" LAST("emc"));
		assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.problem WHERE system = 'emc'"), 0);
		assert_int_equal(road_end(courier, SIGTERM), 0);
	}
}

/* Received for another place: each system hears who receives, who decides, where the result lies. */
static void the_three_agencies_reach_the_wire(void **state)
{
	PGconn *man = as("man");
	(void)state;
	road_clear();
	one(man, "SELECT code FROM desk.accept_dossier(test.req('{\"deciding_unit\":{\"code\":\"30544\",\"name\":\"UBND xã Tri Tôn\"},"
	         "\"returning_unit\":{\"code\":\"30544\",\"name\":\"Trung tâm xã Tri Tôn\"}}'))");
	PQfinish(man);
	one(admin(), "SELECT count(motcua.enqueue(unit_id, dossier_id, 'lien-thong', kind, CASE WHEN kind = 'dossier' THEN"
	             " jsonb_set(payload, '{procedure,code}', '\"1.001193\"') ELSE payload END)) FROM (SELECT * FROM"
	             " motcua.message WHERE system = 'tu-phap' AND dossier_id = (SELECT max(dossier_id) FROM"
	             " motcua.dossier) ORDER BY seq) m");
	pid_t courier = road_courier("agencies", NULL);
	until_received("tu-phap", "^G15");
	check_field("tu-phap", "maDonVi", "30544");
	until_received("lien-thong", "^G22");
	check_field("lien-thong", "coQuanTiepNhan", "xã Núi Cấm");
	road_until(20, "the portal has it", "SELECT NOT open AND created_there" LAST("cong"));
	check_field("cong", "DonViXuLy", "UBND xã Tri Tôn");
	check_field("cong", "ThongTinTra", "Trả kết quả tại Trung tâm xã Tri Tôn");
	/* Justice knows units by number: an electronic identifier is refused with its name, and not sent. */
	man = as("man");
	one(man, "SELECT code FROM desk.accept_dossier(test.req('{\"deciding_unit\":{\"code\":\"H01.30.44\",\"name\":\"UBND xã Tri Tôn\"}}'))");
	PQfinish(man);
	road_until(20, "refused", "SELECT travel = 'disagreed' AND note LIKE '%%mã đơn vị giải quyết “H01.30.44”%%'"
	           LAST("tu-phap"));
	json_t *there = road_there("tu-phap");
	assert_int_equal(json_object_size(there), 1);
	json_decref(there);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* What has no word over there is refused with its name, before anything is sent. */
static void what_they_have_no_word_for_is_told_to_an_officer(void **state)
{
	(void)state;
	road_clear();
	pid_t courier = road_courier("unmapped", NULL);
	accept_for("lien-thong", "1.004873");
	road_until(20, "disagreed", "SELECT travel = 'disagreed' AND note LIKE '%%thủ tục liên thông “1.004873”%%'"
	           LAST("lien-thong"));
	json_t *there = road_there("lien-thong");
	assert_int_equal(json_object_size(there), 0);
	json_decref(there);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* Their complaint in prose names the field as the clerk knows it. */
static void their_complaint_names_the_field(void **state)
{
	(void)state;
	road_clear();
	pid_t courier = road_courier("wrong", "{\"systems\":{\"tu-phap\":{\"maps\":{\"owner_kind\":{\"person\":\"7\"}}}}}");
	accept_for("tu-phap", "");
	road_until(20, "disagreed", "SELECT travel = 'disagreed' AND note LIKE '%%Cần xem lại: Loại đối tượng%%'"
	           LAST("tu-phap"));
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* Civil status takes what was brought as a message of its own kind, its file with it, and goes on. */
static void civil_status_gets_what_it_lacked(void **state)
{
	char id[32], code[64], file[32], body[200];
	(void)state;
	road_clear();
	json_decref(bench_control(&road, "reset", "{\"system\":\"*\"}"));
	pid_t courier = road_courier("lacked", NULL);
	PGconn *man = as("man");
	accept_for("tu-phap", "");
	until_received("tu-phap", "^G15.99-");
	sscanf(one(admin(), "SELECT dossier_id || ' ' || code FROM motcua.dossier ORDER BY dossier_id DESC LIMIT 1"), "%31s %63s", id, code);
	snprintf(body, sizeof body, "{\"system\":\"tu-phap\",\"code\":\"%s\",\"supplement\":\"Thiếu sổ hộ khẩu\"}", code);
	json_decref(bench_control(&road, "tell", body));
	road_until(20, "a task of a bare status", "SELECT count(*) = 1 FROM motcua.problem WHERE dossier_id = %s AND kind = 'supplement'"
	           " AND solved_at IS NULL", id);
	snprintf(file, sizeof file, "%s", one(man, "SELECT desk.file_begin('ho-khau.pdf', 'application/pdf', 3, sha256('abc'))"));
	one(man, "SELECT desk.file_piece(%s, 0, 'abc')", file);
	one(man, "SELECT desk.file_end(%s)", file);
	one(man, "SELECT desk.take_up(%s, version, jsonb_build_object('request_id', gen_random_uuid(), 'act', 'supplement', 'computed_at',"
	         " clock_timestamp(), 'due_at', due_at, 'papers', '[{\"name\":\"Sổ hộ khẩu\",\"action\":\"submit\",\"originals\":1,\"copies\":0,"
	         "\"files\":[%s]}]'::jsonb)) FROM desk.dossier(%s)", id, file, id);
	road_until(20, "they go on", "SELECT status = 4 FROM motcua.dossier WHERE dossier_id = %s", id);
	check_messages("tu-phap", "add update");
	check_field("tu-phap", "module", "BS");
	check_field("tu-phap", "fileDinhKem.1.bytes", "3");
	PQfinish(man);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_system_takes_a_dossier_and_answers),
		cmocka_unit_test(a_criminal_record_is_kept_then_acknowledged),
		cmocka_unit_test(a_lost_answer_costs_no_second_dossier),
		cmocka_unit_test(an_expired_token_costs_one_log_in),
		cmocka_unit_test(a_refused_renewal_is_a_log_in),
		cmocka_unit_test(monitoring_never_marks_a_dossier),
		cmocka_unit_test(the_three_agencies_reach_the_wire),
		cmocka_unit_test(what_they_have_no_word_for_is_told_to_an_officer),
		cmocka_unit_test(their_complaint_names_the_field),
		cmocka_unit_test(civil_status_gets_what_it_lacked),
	};
	return cmocka_run_group_tests(tests, peers_start, road_stop);
}
