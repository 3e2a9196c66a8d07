/* SPDX-License-Identifier: Apache-2.0
 *
 * A dossier from a file to a receipt that proves itself: received, found, printed,
 * read back from the paper, and refused when it should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/command/copies.h"
#include "tests/command/shop.h"

#define EXAMPLES MOTCUA_SOURCE "/core/data/practice/"
#define WEDDING EXAMPLES "ho-so-hon-nhan.json"
#define NAME "Nguyễn Thị Thuỳ Dương"

char shop_code[40], shop_qr[400]; /* of the dossier that is received here */
#define code shop_code
#define qr   shop_qr

/* The example as text, with one piece of it replaced. */
static const char *example(const char *old, const char *fresh)
{
	static char text[8192], out[8192];
	FILE *file = fopen(WEDDING, "r");
	assert_non_null(file);
	size_t n = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[n] = '\0';
	char *at = strstr(text, old);
	assert_non_null(at);
	snprintf(out, sizeof out, "%.*s%s%s", (int)(at - text), text, fresh, at + strlen(old));
	return out;
}

static void a_file_becomes_a_dossier(void **state)
{
	(void)state;
	const struct told *told = tell(NULL, "receive", "--json", "--out", shop_path("giay.pdf"), WEDDING, NULL);
	ended(told, 0);
	json_t *answer = told_json(told);
	snprintf(code, sizeof code, "%s", told_text(answer, "code"));
	unsigned day, number;
	int used = 0;
	assert_int_equal(sscanf(code, "H01.999-%6u-%4u%n", &day, &number, &used), 2);
	assert_int_equal(used, (int)strlen(code));
	assert_true(json_is_false(json_object_get(answer, "repeated")));
	assert_string_equal(told_text(json_object_get(answer, "route"), "system"), "tu-phap");
	assert_int_equal(strlen(told_text(answer, "due_at")), strlen("2026-11-26T17:00:00+07:00"));
	assert_string_equal(told_text(json_object_get(answer, "receipt"), "file"), shop_path("giay.pdf"));
}

static void the_same_file_is_the_same_dossier(void **state)
{
	(void)state;
	const struct told *told = tell(NULL, "receive", "--json", WEDDING, NULL);
	ended(told, 0);
	json_t *answer = told_json(told);
	assert_true(json_is_true(json_object_get(answer, "repeated")));
	assert_string_equal(told_text(answer, "code"), code);
	told = tell(NULL, "receive", WEDDING, NULL);
	has(told->out, "Hồ sơ đã có");
}

static void it_is_found_without_accents(void **state)
{
	(void)state;
	const struct told *told = tell(NULL, "search", "--json", "nguyen", "thi", "thuy", "duong", NULL);
	ended(told, 0);
	json_t *row = json_array_get(told_json(told), 0);
	assert_string_equal(told_text(row, "code"), code);
	assert_string_equal(told_text(row, "owner"), NAME);
	assert_null(strstr(told->out, "001199000012")); /* masked */
	ended(tell(NULL, "search", "--by", "id", "001199000012", NULL), 0);
	told = tell(NULL, "search", "không có ai tên thế", NULL);
	ended(told, 1);
	assert_string_equal(told->out, "");
}

static void the_paper_says_who_and_what(void **state)
{
	(void)state;
	const char *text = asked("pdftotext -raw %s -", shop_path("giay.pdf"));
	has(text, NAME);
	has(text, code);
	has(text, "TẬP DUYỆT");
	assert_null(strstr(text, "in lại"));
	asked("pdftoppm -r 200 -png -singlefile %s %s", shop_path("giay.pdf"), shop_path("giay"));
	snprintf(qr, sizeof qr, "%s", asked("zbarimg -q --raw %s 2>/dev/null", shop_path("giay.png")));
	qr[strcspn(qr, "\n")] = '\0';
	has(qr, code);
}

static void its_qr_proves_itself(void **state)
{
	(void)state;
	const struct told *told = tell(qr, "verify", "--json", "-", NULL);
	ended(told, 0);
	assert_string_equal(told_text(told_json(told), "code"), code);
	char forged[400];
	snprintf(forged, sizeof forged, "%s", qr);
	char *digit = strstr(forged, code) + strlen(code) - 1;
	*digit = *digit == '9' ? '8' : '9';
	told = tell(NULL, "verify", "--json", forged, NULL);
	ended(told, 1);
	assert_string_equal(told_text(told_json(told), "verdict"), "forged");
	told = tell("không phải mã", "verify", "-", NULL);
	ended(told, 1);
	assert_string_not_equal(told->err, "");
}

/* Another machine that only has the list of keys: no database, no network. */
static void it_is_judged_without_a_database(void **state)
{
	(void)state;
	char here[80];
	snprintf(here, sizeof here, "%s", getenv("MOTCUA_HOME"));
	asked("mkdir -p %s/data && cp %s %s/data/", shop_path("alone"), shop_path("data/known-keys"),
	      shop_path("alone"));
	setenv("MOTCUA_HOME", shop_path("alone"), 1);
	int status = tell(NULL, "verify", qr, NULL)->status;
	setenv("MOTCUA_HOME", here, 1);
	assert_int_equal(status, 0);
	assert_int_not_equal(access(shop_path("alone/data/cluster"), F_OK), 0);
}

static void a_reprint_is_marked(void **state)
{
	(void)state;
	/* What was given is kept byte for byte; a reprint is another paper. */
	ended(tell(NULL, "print", "--original", "--out", shop_path("goc.pdf"), code, NULL), 0);
	assert_string_equal(asked("cmp %s %s && echo same", shop_path("goc.pdf"), shop_path("giay.pdf")), "same\n");
	ended(tell(NULL, "print", "--out", shop_path("lai.pdf"), code, NULL), 0);
	ended(tell(NULL, "print", "--original", "--out", shop_path("goc.pdf"), code, NULL), 0);
	assert_string_equal(asked("cmp %s %s && echo same", shop_path("goc.pdf"), shop_path("giay.pdf")), "same\n");
	ended(tell(NULL, "print", "--original", code, NULL), 2);
	has(asked("pdftotext -raw %s -", shop_path("lai.pdf")), "Bản in lại");
	ended(tell(NULL, "print", "H01.999-200101-0001", NULL), 1);
	ended(tell(NULL, "print", "--form", "04", code, NULL), 1);
}

/* Nothing came back yet: that is said, and nothing is written. */
static void a_dossier_without_a_result_says_so(void **state)
{
	(void)state;
	asked("mkdir -p %s", shop_path("luu"));
	const struct told *told = tell(NULL, "result", "--save", shop_path("luu"), code, NULL);
	ended(told, 1);
	has(told->err, "Hồ sơ chưa có kết quả nào gửi về.");
	told = tell(NULL, "result", "--json", code, NULL);
	assert_int_equal(json_array_size(told_json(told)), 0);
	ended(tell(NULL, "result", "H01.999-200101-0001", NULL), 1);
	assert_string_equal(asked("ls %s | wc -l", shop_path("luu")), "0\n");
}

static void what_is_missing_is_listed_and_nothing_kept(void **state)
{
	(void)state;
	const struct told *told = tell("{\"procedure\": \"1.004873\", \"owner\": {\"name\": \"Phan Văn Mới\"}}",
	                               "receive", "--json", "-", NULL);
	ended(told, 2);
	json_t *answer = told_json(told);
	assert_true(json_is_false(json_object_get(answer, "accepted")));
	assert_true(json_array_size(json_object_get(answer, "gaps")) >= 3);
	ended(tell(NULL, "search", "phan van moi", NULL), 1);
}

static void a_second_one_alike_is_asked_about(void **state)
{
	(void)state;
	const char *id = "\"request_id\": \"3d0f9f7e-6c1b-4a83-9a55-2f5f5d9c0a01\",";
	/* One of this moment: the world finishes what is older. */
	const struct told *told = tell(example(id, "\"ignore_similar\": true,"), "receive", "--json", "-", NULL);
	ended(told, 0);
	json_t *answer = told_json(told);
	assert_string_not_equal(told_text(answer, "code"), code);
	told = tell(example(id, ""), "receive", "-", NULL);
	ended(told, 2);
	has(told->err, told_text(answer, "code"));
	has(told->err, "ignore_similar");
}

static void files_go_with_their_paper(void **state)
{
	(void)state;
	char text[8192];
	shop_write("anh.pdf", "%PDF-1.4 cut off\n", 0600);
	shop_write("to-khai.pdf", "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\n"
	           "endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
	           "trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n0\n%%EOF\n", 0600);
	const char *swap = "\"seq\": 1,", *id = "0a01";
	snprintf(text, sizeof text, "%s", example(swap, "\"seq\": 1, \"files\": [\"anh.pdf\"],"));
	memcpy(strstr(text, id), "0b01", 4);
	shop_write("ho-so.json", text, 0600);
	const struct told *told = tell(NULL, "receive", shop_path("ho-so.json"), NULL);
	ended(told, 2);
	has(told->err, "cắt cụt");
	memcpy(strstr(text, "anh.pdf"), "to-khai", 7);
	snprintf(text, sizeof text, "%s", example(swap, "\"seq\": 1, \"files\": [\"to-khai.pdf\"],"));
	memcpy(strstr(text, id), "0b01", 4);
	char *open = strchr(text, '{');
	memmove(open + 24, open + 1, strlen(open + 1) + 1);
	memcpy(open + 1, "\"ignore_similar\": true,", 23);
	shop_write("ho-so.json", text, 0600);
	told = tell(NULL, "receive", shop_path("ho-so.json"), NULL);
	ended(told, 0);
	has(told->err, "tệp to-khai.pdf: 1 trang · không có chữ ký số · có chỗ hỏng"); /* its table */
}

/* The dossier is received, whatever the printer does. */
static void another_agency_decides_and_the_paper_says_so(void **state)
{
	(void)state;
	const char *file = example("\"request_id\": \"3d0f9f7e-6c1b-4a83-9a55-2f5f5d9c0a01\",",
		"\"deciding_unit\": {\"code\": \"30544\", \"name\": \"UBND xã Tri Tôn\"},"
		" \"returning_unit\": {\"name\": \"Trung tâm cấp tỉnh\"}, \"ignore_similar\": true,");
	const struct told *told = tell(file, "receive", "--json", "--out", shop_path("noi-khac.pdf"), "-", NULL);
	ended(told, 0);
	const char *words = asked("pdftotext -raw %s - | tr '\\n' ' '", shop_path("noi-khac.pdf"));
	has(words, "Cơ quan giải quyết: UBND xã Tri Tôn");
	has(words, "tạm tính; thời hạn tính từ khi UBND xã Tri Tôn nhận hồ sơ");
	has(words, "Đăng ký nhận kết quả tại: Trung tâm cấp tỉnh");
}

static void a_dead_printer_harms_no_dossier(void **state)
{
	(void)state;
	char text[8192], fresh[40];
	shop_write("chet.ini", "[printer \"Chết\"]\ntongue = raster\ncarrier = tcp\naddress = 127.0.0.1:1\n", 0600);
	snprintf(text, sizeof text, "%s", example("\"request_id\":", "\"ignore_similar\": true, \"request_id\":"));
	memcpy(strstr(text, "0a01"), "0c01", 4);
	tell_first("--config", shop_path("chet.ini"));
	const struct told *told = tell(text, "receive", "--json", "--printer", "Chết", "-", NULL);
	ended(told, 5);
	json_t *answer = told_json(told);
	snprintf(fresh, sizeof fresh, "%s", told_text(answer, "code"));
	assert_true(json_is_true(json_object_get(answer, "accepted")));
	assert_true(json_is_false(json_object_get(json_object_get(answer, "receipt"), "printed")));
	ended(tell(NULL, "print", "--out", shop_path("sau.pdf"), fresh, NULL), 0);
	assert_null(strstr(asked("pdftotext -raw %s -", shop_path("sau.pdf")), "in lại"));
	tell_first("--config", shop_path("chet.ini"));
	ended(tell(NULL, "doctor", NULL), 1);
	/* The list says why, and what is left. */
	tell_first("--config", shop_path("chet.ini"));
	told = tell(NULL, "print", "--list", "--json", NULL);
	ended(told, 0);
	json_t *printer = json_array_get(json_object_get(told_json(told), "printers"), 0);
	assert_string_equal(json_string_value(json_object_get(printer, "state")), "failed");
	assert_non_null(strstr(json_string_value(json_object_get(printer, "say")), "không trả lời"));
	json_t *job = json_array_get(json_object_get(told_json(told), "jobs"), 0);
	assert_string_equal(json_string_value(json_object_get(job, "state")), "failed");
	assert_string_equal(json_string_value(json_object_get(job, "title")), fresh);
	/* A test page, into a folder. */
	told = tell(NULL, "print", "--test", "--json", "--out", shop_path("thu/"), NULL);
	ended(told, 0);
	assert_non_null(strstr(asked("pdftotext -raw %s -", told_text(told_json(told), "file")), "TRANG IN THỬ"));
	ended(tell(NULL, "print", "--test", "--list", NULL), 64);
	ended(tell(NULL, "print", "--test", "--out", shop_path("mot-tep.pdf"), NULL), 2);
}

static void no_printer_of_that_name_stops_before_the_act(void **state)
{
	(void)state;
	ended(tell(example("Thuỳ Dương", "Chưa Ai Nhận"), "receive", "--printer", "Không có", "-", NULL), 2);
	ended(tell(NULL, "search", "nguyen thi chua ai nhan", NULL), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_becomes_a_dossier),
		cmocka_unit_test(a_dossier_without_a_result_says_so), /* before the practice world has one */
		cmocka_unit_test(the_same_file_is_the_same_dossier),
		cmocka_unit_test(it_is_found_without_accents),
		cmocka_unit_test(the_paper_says_who_and_what),
		cmocka_unit_test(its_qr_proves_itself),
		cmocka_unit_test(it_is_judged_without_a_database),
		cmocka_unit_test(a_reprint_is_marked),
		cmocka_unit_test(what_is_missing_is_listed_and_nothing_kept),
		cmocka_unit_test(a_second_one_alike_is_asked_about),
		cmocka_unit_test(files_go_with_their_paper),
		cmocka_unit_test(another_agency_decides_and_the_paper_says_so),
		cmocka_unit_test(a_dead_printer_harms_no_dossier),
		cmocka_unit_test(no_printer_of_that_name_stops_before_the_act),
		cmocka_unit_test(a_copy_is_whole_private_and_proved),
		cmocka_unit_test(a_server_elsewhere_is_dumped),
		cmocka_unit_test(a_damaged_copy_is_refused),
		cmocka_unit_test(what_was_lost_comes_back),
	};
	return cmocka_run_group_tests(tests, shop_start, shop_stop);
}
