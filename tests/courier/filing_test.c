/* SPDX-License-Identifier: Apache-2.0
 *
 * Online filings over real HTTP: page by page into the desk's list, their files with them, the
 * receipt only after the commit; faults on the way, couriers that die, and what the desk answers. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

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
	return 0;
}

static void filed(const char *members)
{
	char body[900];
	snprintf(body, sizeof body, "{\"agency\":\"H01.999\",%s}", members);
	json_decref(bench_control(&road, "filed", body));
}

#define WHOLE "SELECT count(*) = %d FROM motcua.filing WHERE system = '%s' AND whole AND status = 1"
#define TOLD "SELECT NOT EXISTS (SELECT FROM motcua.filing_word WHERE done_at IS NULL)"

static void clear(void)
{
	road_clear();
	one(admin(), "TRUNCATE motcua.citizen_call, motcua.citizen_message, motcua.filing_event, motcua.filing_word, motcua.filing_file, motcua.filing");
}

static long taken(const char *system)
{
	json_t *there = road_there(system), *kept;
	const char *code;
	long count_of = 0;
	json_object_foreach(there, code, kept)
		count_of += json_is_true(json_object_get(kept, "taken"));
	json_decref(there);
	return count_of;
}

/* Fifty of them on pages of twenty; each is one, whole, and acknowledged. */
static void pages_become_a_list(void **state)
{
	(void)state;
	clear();
	filed("\"system\":\"cong\",\"count\":50,\"files\":[{\"component\":\"Tờ khai\",\"name\":\"a.pdf\"},{\"name\":\"b.pdf\",\"base64\":true}]");
	/* On the way: a gateway that fails, an answer cut off, a session that ends. */
	road_fault("cong", "bad-gateway", "DanhSachHoSo", 1, 0);
	road_fault("cong", "half", "TraCuuHoSo", 3, 0);
	road_fault("cong", "bad-gateway", "downloadfile", 3, 0);
	pid_t courier = road_courier("pages", NULL);
	road_until(60, "all here", WHOLE, 50, "cong");
	road_until(30, "all acknowledged", TOLD);
	assert_int_equal(taken("cong"), 50);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing_file WHERE state <> 'here'"), 0);
	/* The same content is stored once. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file f JOIN motcua.filing_file p USING (unit_id, file_id)"), 100);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	courier = road_courier("again", NULL);
	one(admin(), "UPDATE motcua.filing SET ask_at = now()");
	road_until(30, "read once more", "SELECT NOT EXISTS (SELECT FROM motcua.filing WHERE ask_at <= now() OR leased_until IS NOT NULL)");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing"), 50);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing_event WHERE what <> 'filed'"), 0);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

/* What the citizen sends is what the desk has, or the clerk is told. */
static void files_are_what_they_were_said_to_be(void **state)
{
	(void)state;
	clear();
	filed("\"system\":\"cong\",\"files\":[{\"name\":\"good.pdf\"},{\"name\":\"hash.pdf\",\"spoil\":\"hash\"},{\"name\":\"size.pdf\",\"spoil\":\"size\","
	      "\"base64\":true},{\"name\":\"gone.pdf\",\"spoil\":\"gone\"},{\"name\":\"big.pdf\",\"bytes\":10500000}]");
	pid_t courier = road_courier("files", NULL);
	road_until(60, "whole", WHOLE, 1, "cong");
	assert_string_equal(one(admin(), "SELECT string_agg(name || ' ' || state, ', ' ORDER BY seq) FROM motcua.filing_file"),
	                    "good.pdf here, hash.pdf bad, size.pdf bad, gone.pdf bad, big.pdf bad");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing_file WHERE state = 'bad' AND note = ''"), 0);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void hostile_text_is_text(void **state)
{
	(void)state;
	clear();
	filed("\"system\":\"cong\",\"hostile\":true,\"files\":[{\"component\":\"\\u001b[2J\",\"name\":\"../../../etc/passwd\\u0007.pdf\"}]");
	pid_t courier = road_courier("hostile", NULL);
	road_until(30, "here", WHOLE, 1, "cong");
	assert_string_equal(one(admin(), "SELECT (view::text ~ '[\\x01-\\x08\\x0b-\\x1f]') || ' ' || (length(view->>'summary') <= 1000) || ' '"
		" || (owner_name LIKE '%%DROP TABLE%%') FROM motcua.filing"), "false true true");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file f JOIN motcua.filing_file p USING (unit_id, file_id) WHERE f.name ~ '[/[:cntrl:]]'"), 0);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

#define REQUEST "test.req(jsonb_build_object('channel', 2, 'filing', jsonb_build_object('filing_id', x.filing_id, 'version', x.version), 'limit'," \
	" '{\"value\":3,\"unit\":\"working_day\",\"source\":\"asked\",\"basis\":\"Luật\"}'::jsonb, 'components', jsonb_build_array(jsonb_build_object(" \
	"'name', 'Tờ khai', 'action', 'submit', 'originals', 0, 'copies', 1, 'state', 'ok', 'required', true, 'files'," \
	" (SELECT coalesce(jsonb_agg(f.file_id), '[]') FROM desk.filing_files(x.filing_id) f)))))"

/* Accepted, asked for more, withdrawn: each side knows what the other did. */
static void each_side_hears_the_other(void **state)
{
	char code[3][64], id[24];
	(void)state;
	clear();
	filed("\"system\":\"cong\",\"count\":3,\"filed_at\":\"20261119211508\",\"files\":[{\"component\":\"Tờ khai\",\"name\":\"a.pdf\"}]");
	pid_t courier = road_courier("both", NULL);
	PGconn *man = as("man");
	road_until(30, "here", WHOLE, 3, "cong");
	for (int i = 0; i < 3; i++)
		snprintf(code[i], sizeof code[i], "%s", one(man, "SELECT code FROM desk.filings('open', 9) ORDER BY code OFFSET %d", i));
	snprintf(id, sizeof id, "%s", one(man, "SELECT (desk.accept_dossier(" REQUEST ")).dossier_id FROM desk.filings('open', 9) x WHERE code = '%s'", code[0]));
	road_until(30, "the portal goes on with its own dossier", "SELECT travel = 'received' FROM motcua.stream WHERE dossier_id = %s AND system = 'cong'", id);
	one(man, "SELECT paper_number FROM desk.filings('open', 9) x, desk.turn_away(" REQUEST " || '{\"kind\":\"supplement\",\"reasons\":[\"Thiếu chữ ký\"]}') WHERE code = '%s'",
	    code[1]);
	road_until(30, "told", TOLD);
	json_t *there = road_there("cong");
	assert_int_equal(json_object_size(there), 3);
	json_t *first = json_object_get(there, code[0]), *second = json_object_get(there, code[1]);
	assert_int_equal(json_integer_value(json_object_get(first, "status")), 2);
	assert_int_equal(json_integer_value(json_object_get(first, "duplicates")), 0);
	/* Filed yesterday with a verified account, received today: neither is told for the other. */
	json_t *fields = json_object_get(first, "fields");
	assert_string_equal(json_string_value(json_object_get(fields, "NgayNopHoSo")), "20261119211508");
	assert_string_equal(json_string_value(json_object_get(fields, "TaiKhoanDuocXacThucVoiVNeID")), "1");
	assert_string_equal(json_string_value(json_object_get(fields, "NoiNopHoSo")), "1");
	assert_string_equal(json_string_value(json_object_get(fields, "NgayTiepNhan")),
	                    one(admin(), "SELECT to_char(motcua.local(received_at), 'YYYYMMDDHH24MISS') FROM motcua.dossier WHERE dossier_id = %s", id));
	assert_int_equal(json_integer_value(json_object_get(second, "status")), 5);
	assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(second, "steps"), 0), "NoiDungXuLy")), "Thiếu chữ ký");
	json_decref(there);
	/* The citizen brings it; another one thinks better of it. */
	char members[300];
	snprintf(members, sizeof members, "\"system\":\"cong\",\"code\":\"%s\",\"files\":[{\"name\":\"co-ky.pdf\"}]", code[1]);
	filed(members);
	snprintf(members, sizeof members, "\"system\":\"cong\",\"code\":\"%s\",\"status\":\"7\",\"say\":\"Nộp nhầm nơi\"", code[2]);
	filed(members);
	one(admin(), "UPDATE motcua.filing SET ask_at = now() WHERE status IN (1, 5)");
	road_until(30, "brought", "SELECT brought_at IS NOT NULL AND whole FROM motcua.filing WHERE foreign_code = '%s'", code[1]);
	road_until(30, "withdrawn", "SELECT status = 7 AND reason = 'Nộp nhầm nơi' FROM motcua.filing WHERE foreign_code = '%s'", code[2]);
	assert_string_equal(one(man, "SELECT string_agg(code || ' ' || files, ' ') FROM desk.filings('open', 9)"), one(man, "SELECT '%s 2'", code[1]));
	assert_int_equal(road_end(courier, SIGTERM), 0);
	PQfinish(man);
}

/* The other side begins anew and gives a number that is a dossier's here: seen, and not acknowledged. */
static void a_number_given_anew_is_a_task(void **state)
{
	char code[64];
	(void)state;
	clear();
	filed("\"system\":\"cong\",\"person\":\"089085990002\",\"procedure\":\"1.001193\",\"files\":[]");
	json_t *there = road_there("cong");
	snprintf(code, sizeof code, "%s", json_object_iter_key(json_object_iter(there)));
	json_decref(there);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier WHERE code = '%s'", code), 1);
	pid_t courier = road_courier("anew", NULL);
	road_until(30, "told", "SELECT EXISTS (SELECT FROM motcua.problem p JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE p.kind = 'same_code'"
	           " AND d.code = '%s')", code);
	PGconn *man = as("man");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.filings('open', 9)"), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.filings('over', 9) WHERE code = '%s' AND owner_name <> ''", code), 1);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(99) WHERE kind = 'same_code' AND code = '%s'", code), 1);
	assert_int_equal(taken("cong"), 0);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	PQfinish(man);
}

/* What our door answers to a filing handed over; 0 and more: its error_code, else -status. */
static int pushed(const char *code, const char *agency, const char *key, const char *more)
{
	char body[1600];
	static size_t calls;
	snprintf(body, sizeof body, "{\"system\":\"cong\",\"call\":\"nhanhsdvcqg\"%s,\"body\":{\"service\":\"NhanHoSo\",\"madonvi\":\"%s\",\"isUpdating\":\"False\","
	         "\"data\":[{\"MaHoSo\":\"%s\",\"MaTTHC\":\"1.004873\",\"TenTTHC\":\"Xác nhận\",\"ChuHoSo\":\"NGUYỄN THỊ HỒNG\",\"SoGiayToChuHoSo\":\"001199000012\","
	         "\"LoaiDoiTuong\":\"1\",\"TrangThaiHoSo\":\"1\",\"NgayNopHoSo\":\"20261120081500\",\"TaiKhoanDuocXacThucVoiVNeID\":\"1\",\"TaiLieuNop\":"
	         "[{\"TepDinhKemId\":\"7\",\"TenTepDinhKem\":\"to-khai.pdf\",\"IsDeleted\":\"False\",\"Base64\":\"JVBERi0xLjQK\"}]%s}]}}", key, agency, code, more);
	json_decref(bench_control(&road, "call", body));
	for (int i = 0; i < 600; i++) {
		json_t *whole = bench_control(&road, "state?system=cong", NULL);
		json_t *list = json_object_get(json_object_get(json_object_get(json_object_get(whole, "systems"), "cong"), "extra"), "calls");
		size_t n = json_array_size(list);
		json_t *last = json_array_get(list, n - 1);
		int status = (int)json_integer_value(json_object_get(last, "status"));
		int answer = status == 200 ? (int)json_integer_value(json_object_get(json_object_get(last, "reply"), "error_code")) : -status;
		json_decref(whole);
		if (n > calls) {
			calls = n;
			return answer;
		}
		bench_pause(&road, 100);
	}
	fail_msg("not answered");
	return 0;
}

/* The portal hands a filing over (nhanhsdvcqg): kept before it hears so, once, and like any other. */
static void the_portal_hands_over(void **state)
{
	const char *code = "G22.98-20261120-0000077";
	(void)state;
	clear();
	pid_t courier = road_courier("handed", NULL);
	assert_int_equal(pushed(code, "H01.999", ",\"key\":\"doan-mo\"", ""), -401);
	assert_int_equal(pushed(code, "H77.01", "", ""), -1); /* of no unit here */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing"), 0);
	assert_int_equal(pushed(code, "H01.999", "", ""), 0);
	assert_int_equal(pushed(code, "H01.999", "", ""), 1);
	PGconn *man = as("man");
	assert_string_equal(one(man, "SELECT owner_name || ' ' || files || ' ' || files_missing || ' ' || whole FROM desk.filings('open', 9) WHERE code = '%s'", code),
	                    "NGUYỄN THỊ HỒNG 1 0 true");
	/* The citizen writes it anew; then it is accepted, and handed over once more. */
	assert_int_equal(pushed(code, "H01.999", "", ",\"TrichYeuHoSo\":\"Để kết hôn\""), 0);
	assert_string_equal(one(man, "SELECT version FROM desk.filings('open', 9) WHERE code = '%s'", code), "2");
	one(man, "SELECT desk.accept_dossier(" REQUEST " || '{\"ignore_similar\":true}') FROM desk.filings('open', 9) x WHERE code = '%s'", code);
	assert_int_equal(pushed(code, "H01.999", "", ",\"TrichYeuHoSo\":\"Để kết hôn\""), 1);
	/* Somebody else's under that code. */
	assert_int_equal(pushed(code, "H01.999", "", ",\"MaTTHC\":\"1.001193\""), -1);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(99) WHERE kind = 'same_code' AND code = '%s'", code), 1);
	assert_int_equal(pushed("", "H01.999", "", ""), -400);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing"), 1);
	/* Refused, and anew before they have heard of it: they are to come again. */
	code = "G22.98-20261120-0000078";
	assert_int_equal(pushed(code, "H01.999", "", ""), 0);
	one(admin(), "UPDATE motcua.filing SET status = 3, answered_at = now() WHERE foreign_code = '%s'", code);
	one(admin(), "INSERT INTO motcua.filing_word (unit_id, filing_id, kind, next_at) SELECT unit_id, filing_id, 'progress', now() + interval '1 day'"
		" FROM motcua.filing WHERE foreign_code = '%s'", code);
	assert_int_equal(pushed(code, "H01.999", "", ",\"NgayNopHoSo\":\"20261121081500\""), -503);
	one(admin(), "UPDATE motcua.filing_word SET done_at = now() WHERE done_at IS NULL");
	assert_int_equal(pushed(code, "H01.999", "", ",\"NgayNopHoSo\":\"20261121081500\""), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.called_in WHERE system = 'cong' AND body <> ''"), 0);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	PQfinish(man);
}

/* The platform of the ministries and of the province: the same list. */
static void ministries_and_province_too(void **state)
{
	static const char *const systems[] = { "noi-vu", "tinh" };
	(void)state;
	clear();
	for (int i = 0; i < 2; i++) {
		char members[200];
		snprintf(members, sizeof members, "\"system\":\"%s\",\"count\":23,\"files\":[{\"component\":\"Đơn\",\"name\":\"don.pdf\"}]", systems[i]);
		filed(members);
	}
	pid_t courier = road_courier("platform", NULL);
	for (int i = 0; i < 2; i++)
		road_until(60, "all here", WHOLE, 23, systems[i]);
	road_until(30, "all acknowledged", TOLD);
	assert_int_equal(taken("noi-vu") + taken("tinh"), 46);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing WHERE view->'owner'->>'id_number' ~ '^[0-9]{12}$' AND filed_at IS NOT NULL"
		" AND procedure_code = '1.004873' AND jsonb_array_length(view->'form') > 0"), 46);
	PGconn *man = as("man");
	one(man, "SELECT count(*) FROM desk.filings('open', 1) x, desk.turn_away(" REQUEST " || '{\"kind\":\"refusal\",\"reasons\":[\"Không thuộc thẩm quyền\"]}')");
	road_until(30, "told", TOLD);
	assert_int_equal(road_end(courier, SIGTERM), 0);
	PQfinish(man);
}

/* A courier that dies in the middle, again and again, loses none and says none twice for true. */
static void couriers_die_and_none_is_lost(void **state)
{
	(void)state;
	clear();
	filed("\"system\":\"cong\",\"count\":12,\"files\":[{\"component\":\"Tờ khai\",\"name\":\"a.pdf\"},{\"name\":\"b.pdf\"}]");
	for (int i = 0; i < 4; i++) {
		pid_t courier = road_courier("dies", NULL);
		road_until(30, "something is under way", "SELECT count(*) >= %d FROM motcua.filing_file WHERE state = 'here'", 1 + i * 3);
		road_end(courier, SIGKILL);
		/* What it asked last may still be carried out. */
		road_until(30, "its line is gone", "SELECT NOT EXISTS (SELECT FROM pg_stat_activity a JOIN motcua.clerk c ON c.login = a.usename"
		           " WHERE c.kind = 'courier')");
		one(admin(), "UPDATE motcua.filing SET leased_until = now() WHERE leased_until IS NOT NULL");
		one(admin(), "UPDATE motcua.filing_file SET leased_until = now() WHERE leased_until IS NOT NULL");
		one(admin(), "UPDATE motcua.filing_word SET leased_until = now() WHERE leased_until IS NOT NULL");
	}
	/* Nobody over there heard of what is not whole here. */
	json_t *there = road_there("cong"), *kept;
	const char *code;
	json_object_foreach(there, code, kept)
		if (json_is_true(json_object_get(kept, "taken")))
			assert_string_equal(one(admin(), "SELECT whole FROM motcua.filing WHERE foreign_code = '%s'", code), "t");
	json_decref(there);
	pid_t courier = road_courier("lives", NULL);
	road_until(60, "all here", WHOLE, 12, "cong");
	road_until(30, "all acknowledged", TOLD);
	assert_int_equal(taken("cong"), 12);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.filing"), 12);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_become_a_list),
		cmocka_unit_test(files_are_what_they_were_said_to_be),
		cmocka_unit_test(hostile_text_is_text),
		cmocka_unit_test(couriers_die_and_none_is_lost),
		/* From here on a number that the practice world gives anew may be a dossier's already. */
		cmocka_unit_test(each_side_hears_the_other),
		cmocka_unit_test(the_portal_hands_over),
		cmocka_unit_test(a_number_given_anew_is_a_task),
		cmocka_unit_test(ministries_and_province_too),
	};
	return cmocka_run_group_tests(tests, start, road_stop);
}
