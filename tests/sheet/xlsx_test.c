/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/base/path.h"
#include "core/sheet/csv.h"
#include "core/sheet/xlsx.h"
#include "tests/check.h"

static char folder[] = "/tmp/motcua-sheet-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

/* A part of the file as another program unpacks it. */
static const char *part(struct arena *arena, const char *path, const char *name)
{
	char piece[4096];
	struct bytes text = { 0 };
	FILE *pipe = popen(arena_format(arena, "unzip -p %s %s", path, name), "r");
	assert_non_null(pipe);
	for (size_t n; (n = fread(piece, 1, sizeof piece, pipe)) > 0;)
		bytes_add(&text, piece, n);
	assert_int_equal(pclose(pipe), 0);
	const char *out = arena_string(arena, bytes_string(&text));
	bytes_free(&text);
	return out;
}

/* The nth string of the workbook's table of strings. */
static const char *string_at(struct arena *arena, const char *strings, int nth)
{
	const char *at = strings;
	for (int i = 0; i <= nth; i++) {
		at = strstr(at, "<t");
		assert_non_null(at);
		at = strchr(at, '>') + 1;
	}
	return arena_copy(arena, at, strcspn(at, "<"));
}

/* What stands in a cell: its string, or the number as it is written; NULL: nothing. */
static const char *cell(struct arena *arena, const char *path, const char *name)
{
	const char *sheet = part(arena, path, "xl/worksheets/sheet1.xml");
	const char *at = strstr(sheet, arena_format(arena, "<c r=\"%s\"", name));
	if (!at)
		return NULL;
	const char *head = arena_copy(arena, at, strcspn(at, ">"));
	const char *value = strchr(at, '>') + 1;
	if (at[strlen(head) - 1] == '/')
		return NULL;
	assert_null(strstr(arena_copy(arena, value, strcspn(value, "c")), "<f"));
	assert_int_equal(strncmp(value, "<v>", 3), 0);
	const char *number = arena_copy(arena, value + 3, strcspn(value + 3, "<"));
	if (!strstr(head, "t=\"s\""))
		return number;
	return string_at(arena, part(arena, path, "xl/sharedStrings.xml"), atoi(number));
}

static int files_in(const char *where)
{
	int count = 0;
	DIR *dir = opendir(where);
	assert_non_null(dir);
	for (struct dirent *e; (e = readdir(dir));)
		count += e->d_name[0] != '.';
	closedir(dir);
	return count;
}

static const struct xlsx_column columns[] = { { "Họ tên", 28 }, { "Ngày", 12 }, { "Lúc", 18 },
	{ "Chờ", 10 }, { "Số", 8 }, { 0 } };

static void every_kind_of_cell(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	const char *path = path_join(&arena, folder, "kinds.xlsx");
	struct xlsx *x = xlsx_open(path, "Danh sách tài khoản", &err);
	assert_non_null(x);
	xlsx_sheet(x, "Tài khoản [còn thiếu]: tháng 11/2026 của xã Núi Cấm");
	xlsx_title(x, "DANH SÁCH TÀI KHOẢN CÒN THIẾU");
	xlsx_header(x, columns);
	xlsx_row(x);
	xlsx_text(x, "Nguyễn Thị Hòa");
	xlsx_day(x, day_of(2026, 11, 22));
	xlsx_moment(x, moment_of(day_of(2026, 11, 22), 18, 0, 0));
	xlsx_duration(x, 26 * 3600);
	xlsx_number(x, 12.5);
	xlsx_row(x);
	xlsx_text(x, NULL);
	xlsx_day(x, DAY_NONE);
	xlsx_moment(x, MOMENT_NONE);
	xlsx_duration(x, -1);
	if (!xlsx_close(x, &err))
		fail_msg("%s (%s)", err.say, err.log);
	assert_string_equal(cell(&arena, path, "A1"), "DANH SÁCH TÀI KHOẢN CÒN THIẾU");
	assert_string_equal(cell(&arena, path, "A2"), "Họ tên");
	assert_string_equal(cell(&arena, path, "A3"), "Nguyễn Thị Hòa");
	assert_string_equal(cell(&arena, path, "B3"), "46348"); /* days since 30/12/1899 */
	assert_string_equal(cell(&arena, path, "C3"), "46348.75");
	assert_true(strtod(cell(&arena, path, "D3"), NULL) * 24 > 25.9999);
	assert_string_equal(cell(&arena, path, "E3"), "12.5");
	for (const char *name = "ABCD"; *name; name++)
		assert_null(cell(&arena, path, arena_format(&arena, "%c4", *name)));
	const char *sheet = part(&arena, path, "xl/worksheets/sheet1.xml");
	assert_non_null(strstr(sheet, "ySplit=\"2\""));
	assert_non_null(strstr(sheet, "<autoFilter ref=\"A2:E4\"/>"));
	assert_non_null(strstr(sheet, "width=\"28."));
	const char *book = part(&arena, path, "xl/workbook.xml");
	assert_non_null(strstr(book, "name=\"Tài khoản -còn thiếu-- tháng 11\""));
	assert_non_null(strstr(part(&arena, path, "xl/styles.xml"), "formatCode=\"[h]:mm:ss\""));
	assert_non_null(strstr(part(&arena, path, "docProps/core.xml"), "Danh sách tài khoản"));
	arena_free(&arena);
}

/* What a citizen or a far system wrote never runs on the reader's machine. */
static void foreign_text_is_text(void **state)
{
	(void)state;
	static const char *const said[][2] = {
		{ "=HYPERLINK(\"http://x.example\",\"a\")", "=HYPERLINK(\"http://x.example\",\"a\")" },
		{ "+84912345678", "+84912345678" },
		{ "-1+1", "-1+1" },
		{ "@SUM(A1:A9)", "@SUM(A1:A9)" },
		{ "http://x.example/", "http://x.example/" },
		{ "a\x01\x1b[31mb\x07", "a[31mb" },
		{ "hai\ndòng", "hai\ndòng" },
		{ "a\xFF" "b", "a\xEF\xBF\xBD" "b" },
		{ "_x0041_", "_x005F_x0041_" },
		{ "<b>&amp;", "&lt;b&gt;&amp;amp;" },
		{ "089199000012", "089199000012" },
	};
	struct arena arena = { 0 };
	struct error err = { 0 };
	const char *path = path_join(&arena, folder, "foreign.xlsx");
	struct xlsx *x = xlsx_open(path, "", &err);
	xlsx_sheet(x, "1");
	for (size_t i = 0; i < COUNT(said); i++) {
		xlsx_row(x);
		xlsx_text(x, said[i][0]);
	}
	assert_true(xlsx_close(x, &err));
	for (size_t i = 0; i < COUNT(said); i++)
		assert_string_equal(cell(&arena, path, arena_format(&arena, "A%zu", i + 1)), said[i][1]);
	const char *sheet = part(&arena, path, "xl/worksheets/sheet1.xml");
	assert_null(strstr(sheet, "<f>"));
	assert_null(strstr(sheet, "hyperlink"));
	arena_free(&arena);
}

static void the_old_file_or_the_new_one(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct stat info;
	char *text;
	const char *own = path_join(&arena, folder, "own");
	const char *path = path_join(&arena, own, "list.xlsx");
	assert_int_equal(mkdir(own, 0700), 0);
	assert_true(path_write(path, "old", 3, 0644, &err));
	struct xlsx *x = xlsx_open(path, "", &err);
	xlsx_sheet(x, "A");
	xlsx_sheet(x, "A"); /* two of one name */
	assert_false(xlsx_close(x, &err));
	assert_int_equal(err.fault, FAULT_BUG);
	assert_true(path_read(&arena, path, &text, NULL, &err));
	assert_string_equal(text, "old");
	assert_int_equal(files_in(own), 1);

	x = xlsx_open(path, "", &err);
	xlsx_sheet(x, "A");
	xlsx_drop(x);
	assert_int_equal(files_in(own), 1);

	x = xlsx_open(path, "", &err);
	xlsx_sheet(x, "A");
	xlsx_row(x);
	xlsx_text(x, "mới");
	assert_true(xlsx_close(x, &err));
	assert_int_equal(files_in(own), 1);
	assert_string_equal(cell(&arena, path, "A1"), "mới");
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	arena_free(&arena);
}

static void no_place_to_write(void **state)
{
	(void)state;
	struct error err = { 0 };
	assert_null(xlsx_open("/tmp/không có thư mục này/a.xlsx", "", &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	assert_string_equal(err.say, "Không có thư mục để ghi /tmp/không có thư mục này/a.xlsx.");
	assert_non_null(strstr(err.log, "No such file"));
	assert_null(xlsx_open("/proc/a.xlsx", "", &err));
	assert_true(err.say[0] != '\0');
}

/* The rows of months: nothing is lost, and strings are shared, not repeated. */
static void many_rows(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	const char *path = path_join(&arena, folder, "many.xlsx");
	struct xlsx *x = xlsx_open(path, "", &err);
	xlsx_sheet(x, "A");
	xlsx_header(x, columns);
	for (int i = 0; i < 3000; i++) {
		xlsx_row(x);
		xlsx_text(x, i % 2 ? "lẻ" : "chẵn");
		xlsx_number(x, i);
	}
	assert_true(xlsx_close(x, &err));
	assert_string_equal(cell(&arena, path, "A3001"), "lẻ");
	assert_string_equal(cell(&arena, path, "B3001"), "2999");
	arena_free(&arena);
}

/* Sums and checks count in the reader's hands; what they come to stands there for those that do not. */
static void formulas_are_ours(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	char letters[4];
	const char *path = path_join(&arena, folder, "formulas.xlsx");
	struct xlsx *x = xlsx_open(path, "", &err);
	xlsx_sheet(x, "A");
	xlsx_header(x, columns);
	for (int i = 0; i < 3; i++) {
		xlsx_row(x);
		xlsx_text(x, "=SUM(A1:A9)");
		xlsx_number(x, 10 + i);
	}
	assert_int_equal(xlsx_at(x), 4);
	xlsx_end_rows(x);
	xlsx_row(x);
	xlsx_text(x, "Tổng số");
	xlsx_formula(x, "=SUM(B2:B4)", 33);
	xlsx_formula_text(x, "=IF(B5=33,\"đúng\",\"SAI\")", "đúng");
	assert_true(xlsx_close(x, &err));
	const char *sheet = part(&arena, path, "xl/worksheets/sheet1.xml");
	assert_non_null(strstr(sheet, "<f>SUM(B2:B4)</f><v>33</v>"));
	assert_non_null(strstr(sheet, "t=\"str\"><f>IF(B5=33,\"đúng\",\"SAI\")</f><v>đúng</v>"));
	assert_non_null(strstr(sheet, "<autoFilter ref=\"A1:E4\"/>")); /* sums are not sorted among the rows */
	assert_string_equal(cell(&arena, path, "A2"), "=SUM(A1:A9)");
	assert_string_equal(xlsx_letters(0, letters), "A");
	assert_string_equal(xlsx_letters(25, letters), "Z");
	assert_string_equal(xlsx_letters(26, letters), "AA");
	assert_string_equal(xlsx_letters(701, letters), "ZZ");
	arena_free(&arena);
}

static void csv_cells_never_run(void **state)
{
	(void)state;
	static const char *const said[][2] = {
		{ "Nguyễn Thị Hòa", "\"Nguyễn Thị Hòa\"" },
		{ "=HYPERLINK(\"http://x.example\")", "\"'=HYPERLINK(\"\"http://x.example\"\")\"" },
		{ "+84912345678", "\"'+84912345678\"" },
		{ "-1+1|cmd", "\"'-1+1|cmd\"" },
		{ "@SUM(A1)", "\"'@SUM(A1)\"" },
		{ "  =1+1", "\"'  =1+1\"" },
		{ "\t=1+1", "\"' =1+1\"" },
		{ "\r\n=1+1", "\"'  =1+1\"" },
		{ "＝1+1", "\"'＝1+1\"" },
		{ "|x", "\"'|x\"" },
		{ "a,b\"c\nd", "\"a,b\"\"c d\"" },
		{ "a\x1b[31m", "\"a[31m\"" },
		{ "a\xFF", "\"a\xEF\xBF\xBD\"" },
		{ "", "\"\"" },
		{ NULL, "\"\"" },
	};
	for (size_t i = 0; i < COUNT(said); i++) {
		struct bytes out = { 0 };
		csv_text(&out, said[i][0]);
		assert_string_equal(bytes_string(&out), said[i][1]);
		bytes_free(&out);
	}
	struct bytes out = { 0 };
	csv_begin(&out);
	csv_text(&out, "a");
	csv_number(&out, -12);
	csv_number(&out, 2.5);
	csv_end(&out);
	csv_own(&out, "2026-11-20");
	csv_own(&out, "");
	csv_end(&out);
	assert_string_equal(bytes_string(&out), "\xEF\xBB\xBF\"a\",-12,2.5\r\n2026-11-20,\r\n");
	bytes_free(&out);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_cell),
		cmocka_unit_test(foreign_text_is_text),
		cmocka_unit_test(the_old_file_or_the_new_one),
		cmocka_unit_test(no_place_to_write),
		cmocka_unit_test(many_rows),
		cmocka_unit_test(formulas_are_ours),
		cmocka_unit_test(csv_cells_never_run),
	};
	return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
