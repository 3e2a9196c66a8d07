/* SPDX-License-Identifier: Apache-2.0
 *
 * Hostile files, passwords, reference data in and out, doctor, stop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/command/shop.h"

#define DATA MOTCUA_SOURCE "/core/data/"

static void a_wrong_file_is_named(void **state)
{
	(void)state;
	static const struct {
		const char *text, *named;
	} wrongs[] = {
		{ "", "Dòng 1" },
		{ "{\n\"procedure\": \"1.004873\",\n}", "Dòng 3" },
		{ "{\"sets\": 1, \"sets\": 2}", "Dòng 1" },
		{ "[]", "đối tượng" },
		{ "{\"procedures\": 1}", "“procedures”" },
		{ "{\"owner\": {\"name\": 7}}", "owner.name" },
		{ "{\"owner\": {\"birth\": \"31/02/2000\"}}", "owner.birth" },
		{ "{\"components\": [{}, {\"state\": []}]}", "components[2].state" },
		{ "{\"fees\": [{\"amount\": -1}]}", "fees[1].amount" },
		{ "{\"fees\": [{\"amount\": 1.5}]}", "fees[1].amount" },
		{ "{\"request_id\": \"1; DROP TABLE dossier\"}", "request_id" },
		{ "{\"procedure\": \"9.999999\"}", "procedure" },
		{ "{\"owner\": {\"kind\": \"ghost\"}}", "owner.kind" },
		{ "{\"procedure\": \"1.004873\", \"components\": [{\"name\": \"Giấy lạ\"}]}", "components[1].basis" },
		{ "{\"procedure\": \"1.004873\", \"components\": [{\"seq\": 99}]}", "components[1].seq" },
		{ "{\"procedure\": \"1.004873\", \"fees\": [{\"amount\": 5000}]}", "fees[1].basis" },
		{ "{\"note\": \"\xff\xfe\"}", "Dòng 1" },
		{ "{\"note\": \"\\u0000\"}", "Dòng 1" },
	};
	for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
		const struct told *told = tell(wrongs[i].text, "receive", "-", NULL);
		if (told->status != 2)
			fail_msg("%s: status %d\n%s", wrongs[i].text, told->status, told->err);
		has(told->err, wrongs[i].named);
		assert_string_equal(told->out, "");
	}
}

static void nothing_of_it_reaches_the_terminal(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"{\"\\u001b[2Jx\": 1}",
		"{\"procedure\": \"\\u001b]0;x\\u0007\\u009b31m\"}",
		"{\"owner\": {\"sex\": \"\\u001b[31m\"}}",
	};
	for (size_t i = 0; i < 3; i++) {
		const struct told *told = tell(texts[i], "receive", "-", NULL);
		ended(told, 2);
		assert_null(strchr(told->err, '\x1b'));
		assert_null(strstr(told->err, "\xc2\x9b"));
	}
	char deep[8192];
	memset(deep, '[', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	ended(tell(deep, "receive", "-", NULL), 2);
}

static void a_password_is_kept_to_oneself(void **state)
{
	(void)state;
	shop_write("open", "motcua-tap-duyet\n", 0644);
	shop_write("own", "motcua-tap-duyet\n", 0600);
	shop_write("wrong", "motcua\n", 0600);
	const struct told *told = tell(NULL, "search", "--password-file", shop_path("open"), "nguyen", NULL);
	ended(told, 2);
	has(told->err, "0600");
	ended(tell(NULL, "search", "--user", "khoa", "--password-file", shop_path("own"), "khong thay", NULL), 1);
	ended(tell(NULL, "search", "--password-file", shop_path("wrong"), "nguyen", NULL), 3);
	ended(tell(NULL, "search", "--user", "nobody", "nguyen", NULL), 3);
}

static void a_server_away_is_told_apart(void **state)
{
	(void)state;
	shop_write("away.ini", "[database]\nserver = host=/nowhere dbname=motcua\n", 0600);
	tell_first("--config", shop_path("away.ini"));
	ended(tell(NULL, "search", "nguyen", NULL), 4);
	setenv("MOTCUA_PASSWORD", "motcua-tap-duyet", 1);
	const struct told *told = tell(NULL, "search", "--user", "hue", "khong co ai", NULL);
	unsetenv("MOTCUA_PASSWORD");
	ended(told, 1);
}

static void loading_twice_changes_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		const struct told *told = tell(NULL, "import", "--json", DATA "holidays.tsv", DATA "card_codes.tsv", NULL);
		ended(told, 0);
		json_t *files = json_object_get(told_json(told), "files"), *file;
		size_t n;
		assert_int_equal(json_array_size(files), 2);
		json_array_foreach(files, n, file) {
			assert_true(json_integer_value(json_object_get(file, "rows")) > 10);
			assert_int_equal(json_integer_value(json_object_get(file, "unchanged")),
			                 json_integer_value(json_object_get(file, "rows")));
		}
	}
}

static void a_bad_line_is_named_and_nothing_loaded(void **state)
{
	(void)state;
	asked("mkdir -p %s && sed -e '3s/^[^\\t]*/xyz/' " DATA "holidays.tsv > %s", shop_path("bad"),
	      shop_path("bad/holidays.tsv"));
	const struct told *told = tell(NULL, "import", "--json", shop_path("bad/holidays.tsv"), NULL);
	ended(told, 2);
	json_t *problem = json_array_get(json_object_get(told_json(told), "problems"), 0);
	assert_int_equal(json_integer_value(json_object_get(problem, "line")), 3);
	has(told->err, "holidays.tsv");
	ended(tell(NULL, "import", shop_path("bad/nothing.tsv"), NULL), 2);
}

static void a_dry_run_keeps_nothing(void **state)
{
	(void)state;
	asked("mkdir -p %s && sed -e '$d' " DATA "holidays.tsv > %s", shop_path("dry"),
	      shop_path("dry/holidays.tsv"));
	for (int i = 0; i < 2; i++) {
		const struct told *told = tell(NULL, "import", "--json", "--dry-run", shop_path("dry/holidays.tsv"), NULL);
		ended(told, 0);
		json_t *file = json_array_get(json_object_get(told_json(told), "files"), 0);
		assert_int_equal(json_integer_value(json_object_get(file, "closed")), 1);
	}
}

static void what_goes_out_comes_back_unchanged(void **state)
{
	(void)state;
	asked("mkdir -p %s", shop_path("out"));
	ended(tell(NULL, "export", "card_codes", shop_path("out/card_codes.tsv"), NULL), 0);
	const struct told *told = tell(NULL, "import", "--json", shop_path("out/card_codes.tsv"), NULL);
	ended(told, 0);
	json_t *file = json_array_get(json_object_get(told_json(told), "files"), 0);
	assert_int_equal(json_integer_value(json_object_get(file, "unchanged")),
	                 json_integer_value(json_object_get(file, "rows")));
	ended(tell(NULL, "export", "clerks", NULL), 2);
}

static void a_list_of_missing_accounts_for_those_who_open_them(void **state)
{
	(void)state;
	const char *file = shop_path("thieu.xlsx");
	const struct told *told = tell(NULL, "report", "--json", "--user", "hue", "--out", file, "accounts", NULL);
	ended(told, 0);
	json_t *made = told_json(told);
	assert_string_equal(told_text(made, "file"), file);
	assert_int_equal(json_integer_value(json_object_get(made, "officers")), 3);
	assert_true(json_integer_value(json_object_get(made, "gaps")) >= 3);
	has(asked("unzip -p %s xl/workbook.xml", file), "Thủ tục theo hệ thống");
	const char *strings = asked("unzip -p %s xl/sharedStrings.xml", file);
	has(strings, "Lê Thị Mận");
	has(strings, "0900000001");
	has(strings, "Hệ thống thông tin giải quyết TTHC tỉnh (chưa rõ)"); /* it cannot be asked */
	assert_string_equal(asked("stat -c %%a %s", file), "600\n");
	ended(tell(NULL, "report", "--user", "man", "--out", file, "accounts", NULL), 3);
	ended(tell(NULL, "report", "--user", "hue", "--out", "/proc/không/có.xlsx", "accounts", NULL), 2);
	told = tell(NULL, "report", "--user", "hue", "moon", NULL);
	ended(told, 64);
	has(told->err, "accounts");
}

static json_t *finding(json_t *list, const char *what)
{
	json_t *one;
	size_t n;
	json_array_foreach(list, n, one)
		if (strcmp(told_text(one, "what"), what) == 0)
			return one;
	fail_msg("doctor says nothing of %s", what);
	return NULL;
}

static void outages_and_difficulties_of_a_week(void **state)
{
	(void)state;
	const struct told *told = tell(NULL, "report", "--json", "--from", "16/11/2026", "--to", "2026-11-22", "--out",
	                               shop_path("vuong-mac.xlsx"), "difficulties", NULL);
	ended(told, 0);
	assert_int_equal(json_integer_value(json_object_get(told_json(told), "difficulties")), 0);
	has(asked("unzip -p %s xl/sharedStrings.xml", shop_path("vuong-mac.xlsx")), "Từ 16/11/2026 đến hết 22/11/2026");
	ended(tell(NULL, "report", "--from", "16/11/2026", "--to", "22/11/2026", "--out", shop_path("vuong-mac.csv"), "difficulties", NULL), 0);
	has(asked("cat %s", shop_path("vuong-mac.csv")), "\"Loại\",\"Số phiếu\",\"Lúc\",\"Đến lúc\"");
	ended(tell(NULL, "report", "--from", "16/11/2026", "--to", "22/11/2026", "--out", shop_path("vuong-mac.pdf"),
	           "difficulties", NULL), 0);
	const char *text = asked("pdftotext -raw %s -", shop_path("vuong-mac.pdf"));
	has(text, "BẢNG KÊ SỰ CỐ VÀ VƯỚNG MẮC");
	has(text, "Không có phiếu vướng mắc nào trong kỳ.");
	has(text, "NGƯỜI PHỤ TRÁCH");
	ended(tell(NULL, "report", "--from", "22/11/2026", "--to", "16/11/2026", "difficulties", NULL), 2);
	ended(tell(NULL, "report", "--from", "hôm nay", "difficulties", NULL), 64);
}

/* The same figures in three shapes; names only for a supervisor and with a reason. */
static void reports_of_a_month(void **state)
{
	(void)state;
	ended(tell("{\"procedure\": \"1.004873\", \"owner\": {\"name\": \"=1+1 Lê Văn Bảo\", \"id_number\": \"089099990055\"},"
	           " \"components\": [{\"seq\": 1, \"action\": \"submit\", \"originals\": 1}, {\"name\":"
	           " \"Hộ chiếu/Thẻ căn cước công dân\", \"action\": \"show\"}], \"paid\": \"cash\","
	           " \"fees\": [{\"amount\": 8000, \"basis\": \"NQ 01/2025/NQ-HĐND\"}], \"limit\": {\"value\": 3, \"unit\": \"working_day\","
	           " \"basis\": \"Luật Hộ tịch\"}}", "receive", "--out", shop_path("giay.pdf"), "-", NULL), 0);
	const struct told *told = tell(NULL, "report", "--json", "--out", shop_path("06.xlsx"), "form06", NULL);
	ended(told, 0);
	assert_true(json_integer_value(json_object_get(told_json(told), "rows")) > 0);
	const char *sheet = asked("unzip -p %s xl/worksheets/sheet1.xml", shop_path("06.xlsx"));
	has(sheet, "<f>SUM(B");
	has(sheet, "<v>đúng</v>");
	has(asked("unzip -p %s xl/sharedStrings.xml", shop_path("06.xlsx")), "Tính theo nơi tiếp nhận");
	ended(tell(NULL, "report", "--deciding", "--out", shop_path("06.pdf"), "form06", NULL), 0);
	const char *text = asked("pdftotext -layout %s -", shop_path("06.pdf"));
	has(text, "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC");
	has(text, "Tính theo cơ quan giải quyết");
	has(text, "Kiểm tra: 3 = 4 + 5 + 6 — đúng");
	has(text, "Biểu đồ: Lĩnh vực");
	has(text, "Số liệu đếm lúc");
	ended(tell(NULL, "report", "--personal", "Kiểm tra của tỉnh", "--out", shop_path("so2.csv"), "book07", NULL), 3);
	told = tell(NULL, "report", "--user", "hue", "--personal", "Kiểm tra của tỉnh", "--period", "year", "--out", shop_path("so2.csv"), "book07", NULL);
	ended(told, 0);
	has(asked("cat %s", shop_path("so2.csv")), "\"'=1+1 Lê Văn Bảo\"");
	ended(tell(NULL, "report", "lạ", NULL), 64);
}

static void doctor_finds_all_well(void **state)
{
	(void)state;
	static const char *const good[] = { "database", "schema", "clock", "catalogue", "courier", "practice",
		"fonts", "printer" };
	const struct told *told = tell(NULL, "doctor", "--json", NULL);
	ended(told, 0);
	json_t *list = told_json(told);
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_string_equal(told_text(finding(list, good[i]), "state"), "good");
	assert_string_equal(told_text(finding(list, "unconfirmed"), "state"), "note");
	finding(list, "system.tu-phap");
	finding(list, "disk");
	finding(list, "locale");
	told = tell(NULL, "doctor", "--user", "man", "--password-file", shop_path("wrong"), NULL);
	ended(told, 1);
}

static void after_stop_doctor_says_what_to_do(void **state)
{
	(void)state;
	ended(tell(NULL, "stop", NULL), 0);
	const struct told *told = tell(NULL, "doctor", "--json", NULL);
	ended(told, 1);
	json_t *list = told_json(told);
	assert_string_equal(told_text(finding(list, "database"), "state"), "bad");
	has(told_text(finding(list, "courier"), "todo"), "motcua setup");
	/* Looking has started nothing; working does. */
	ended(tell(NULL, "doctor", NULL), 1);
	ended(tell(NULL, "search", "khong co ai", NULL), 1);
	ended(tell(NULL, "doctor", NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wrong_file_is_named),
		cmocka_unit_test(nothing_of_it_reaches_the_terminal),
		cmocka_unit_test(a_password_is_kept_to_oneself),
		cmocka_unit_test(a_server_away_is_told_apart),
		cmocka_unit_test(loading_twice_changes_nothing),
		cmocka_unit_test(a_bad_line_is_named_and_nothing_loaded),
		cmocka_unit_test(a_dry_run_keeps_nothing),
		cmocka_unit_test(what_goes_out_comes_back_unchanged),
		cmocka_unit_test(a_list_of_missing_accounts_for_those_who_open_them),
		cmocka_unit_test(outages_and_difficulties_of_a_week),
		cmocka_unit_test(reports_of_a_month),
		cmocka_unit_test(doctor_finds_all_well),
		cmocka_unit_test(after_stop_doctor_says_what_to_do),
	};
	return cmocka_run_group_tests(tests, shop_start, shop_stop);
}
