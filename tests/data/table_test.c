/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader of reference files: what it takes, and that every refusal names
 * the exact line and column. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/dossier/table.h"
#include "tests/check.h"

#define HEAD "code\tname\tprovince_code\tnote\n"
#define GOOD "089\tAn Giang\t91\t\n"

struct try {
	struct arena arena;
	struct table table;
	struct table_problems problems;
	struct error err;
	bool ok;
};

static struct try read_bytes(const char *kind, const char *bytes, size_t n)
{
	struct try t = { 0 };
	t.ok = table_read(&t.arena, table_kind_find(kind), "thu.tsv", bytes, n, &t.table,
	                  &t.problems, &t.err);
	return t;
}

static struct try read_text(const char *kind, const char *text)
{
	return read_bytes(kind, text, strlen(text));
}

/* Refused with this many problems, the first on that line saying that. */
static void refused(const char *kind, const char *text, size_t count, int line, const char *say)
{
	struct try t = read_text(kind, text);
	assert_false(t.ok);
	assert_int_equal(t.err.fault, FAULT_INPUT);
	assert_int_equal(t.problems.count, count);
	assert_int_equal(t.problems.items[0].line, line);
	if (!strstr(t.problems.items[0].say, say))
		print_error("\"%s\" does not say \"%s\"\n", t.problems.items[0].say, say);
	assert_non_null(strstr(t.problems.items[0].say, say));
	char place[40];
	snprintf(place, sizeof place, "thu.tsv:%d: ", line);
	assert_ptr_equal(strstr(t.problems.items[0].say, place), t.problems.items[0].say);
	assert_ptr_equal(strstr(t.err.say, place), t.err.say);
	assert_int_equal(t.table.count, 0);
	arena_free(&t.arena);
}

static void takes_rows(void **state)
{
	(void)state;
	struct try t = read_text("card_codes", HEAD GOOD "091\tKiên Giang\t91\thai\\ndòng \\\\ một");
	assert_true(t.ok);
	assert_int_equal(t.table.count, 2);
	assert_int_equal(t.table.rows[1].line, 3);
	assert_string_equal(table_value(&t.table, 0, "name"), "An Giang");
	assert_string_equal(table_value(&t.table, 0, "note"), "");
	assert_string_equal(table_value(&t.table, 1, "note"), "hai\ndòng \\ một");
	arena_free(&t.arena);
}

static void columns_in_any_order(void **state)
{
	(void)state;
	struct try t = read_text("card_codes", "note\tname\tcode\tprovince_code\nx\tAn Giang\t089\t91\n");
	assert_true(t.ok);
	assert_string_equal(table_value(&t.table, 0, "code"), "089");
	assert_string_equal(table_value(&t.table, 0, "note"), "x");
	arena_free(&t.arena);
}

static void composes(void **state)
{
	(void)state;
	struct try t = read_text("card_codes", HEAD "091\tKie\u0302n Giang\t91\t\n");
	assert_true(t.ok);
	assert_string_equal(table_value(&t.table, 0, "name"), "Kiên Giang");
	arena_free(&t.arena);
}

static void refuses_headers(void **state)
{
	(void)state;
	refused("card_codes", "code\tname\tprovince\tnote\n" GOOD, 1, 1, "không có cột “province”");
	refused("card_codes", "code\tname\tnote\n", 1, 1, "thiếu cột “province_code”");
	refused("card_codes", "code\tname\tname\tprovince_code\tnote\n", 1, 1, "hai lần");
	refused("card_codes", "\xEF\xBB\xBF" HEAD GOOD, 1, 1, "BOM");
	refused("card_codes", "code\tname\tprovince_code\tnote\r\n" GOOD, 1, 1, "CRLF");
	struct try t = read_text("card_codes", "");
	assert_false(t.ok);
	assert_int_equal(t.problems.items[0].line, 0);
	arena_free(&t.arena);
}

static void refuses_rows(void **state)
{
	(void)state;
	refused("card_codes", HEAD GOOD "091\tKiên Giang\t91\t\r\n", 1, 3, "CRLF");
	refused("card_codes", HEAD GOOD "\n", 1, 3, "dòng trống");
	refused("card_codes", HEAD GOOD "091\tKiên Giang\n", 1, 3, "có 2 giá trị, cần 4");
	refused("card_codes", HEAD GOOD "91\tKiên Giang\t91\t\n", 1, 3, "cột code: “91”");
	refused("card_codes", HEAD GOOD "091\t\t91\t\n", 1, 3, "cột name: không được để trống");
	refused("card_codes", HEAD GOOD GOOD, 1, 3, "trùng khoá với dòng 2");
	refused("card_codes", HEAD GOOD "091\tKi\xEAn Giang\t91\t\n", 1, 3, "UTF-8");
	refused("card_codes", HEAD GOOD "091\tKiên\x1b[2J\t91\t\n", 1, 3, "ký tự điều khiển (mã 1B)");
	refused("card_codes", HEAD GOOD "091\tKiên\t91\t\\x\n", 1, 3, "dấu \\");
	refused("card_codes", HEAD "1\t\t9\tx\n2\n" GOOD, 4, 2, "cột code");
}

static void refuses_values(void **state)
{
	(void)state;
	static const char holiday[] = "day\tkind\tstatus\tname\tbasis\thours_of\tnote\n";
	static const char *const bad[] = {
		"2026-02-30\tstatutory\tofficial\tTết\tx\t0\t\n",
		"24/11/2026\tstatutory\tofficial\tTết\tx\t0\t\n",
		"2026-11-24\tswap\tofficial\tTết\tx\t0\t\n",
		"2026-11-24\tstat\tofficial\tTết\tx\t0\t\n",
		"2026-11-24\tstatutory\tofficial\tTết\tx\t8\t\n",
		"2026-11-24\tstatutory\tofficial\tTết\tx\t-1\t\n",
	};
	static const char *const column[] = { "day", "day", "kind", "kind", "hours_of", "hours_of" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		char text[400], say[40];
		snprintf(text, sizeof text, "%s%s", holiday, bad[i]);
		snprintf(say, sizeof say, "cột %s: ", column[i]);
		refused("holidays", text, 1, 2, say);
	}
	static const char limit[] = "procedure_code\tcase_name\tchannel\tvalue\tunit\tlegal_value\tconfirmed\t"
		"basis\tnote\tvalid_from\tvalid_to\n";
	char text[600];
	snprintf(text, sizeof text, "%s1.004873\t\t0\t3\tworking_day\t0\t1\t\t\t2025-07-01\t\n", limit);
	refused("limits", text, 1, 2, "căn cứ");
	snprintf(text, sizeof text, "%s1.004873\t\t0\t3,5\tworking_day\t0\t0\t\t\t2025-07-01\t\n", limit);
	refused("limits", text, 1, 2, "cột value");
	snprintf(text, sizeof text, "%s1.004873\t\t0\t0.5\tworking_day\t0\t0\t\t\t2026-07-01\t2026-07-01\n",
	         limit);
	refused("limits", text, 1, 2, "valid_to");
}

static void refuses_long_lines(void **state)
{
	(void)state;
	size_t most = 1 << 20;
	char *text = malloc(most + 200);
	assert_non_null(text);
	int used = snprintf(text, 100, HEAD GOOD);
	memset(text + used, 'a', most);
	snprintf(text + used + most, 50, "\n" GOOD);
	struct try t = read_bytes("card_codes", text, (size_t)used + most + 1);
	assert_false(t.ok);
	assert_int_equal(t.problems.items[0].line, 3);
	assert_non_null(strstr(t.problems.items[0].say, "1048576 byte"));
	arena_free(&t.arena);
	free(text);
}

static void keeps_twenty_problems(void **state)
{
	(void)state;
	struct bytes text = { 0 };
	bytes_text(&text, HEAD);
	for (int i = 0; i < 50; i++)
		bytes_text(&text, "x\tA\t91\t\n");
	struct try t = read_bytes("card_codes", text.data, text.size);
	assert_false(t.ok);
	assert_int_equal(t.problems.count, 50);
	assert_int_equal(t.problems.items[TABLE_PROBLEM_MOST - 1].line, 21);
	assert_non_null(strstr(t.err.say, "(và 49 lỗi nữa)"));
	arena_free(&t.arena);
	bytes_free(&text);
}

static void checks_references(void **state)
{
	(void)state;
	struct try a = read_text("provinces", "code\tname\tfull_name\tkind\teid\teid_confirmed\told_codes\t"
		"variants\tvalid_from\tvalid_to\tnote\n91\tAn Giang\tTỉnh An Giang\ttỉnh\tH01\t0\t\t\t\t\t\n");
	struct try b = read_text("card_codes", HEAD GOOD "001\tHà Nội\t01\t\n");
	assert_true(a.ok && b.ok);
	struct table both[] = { a.table, b.table };
	assert_false(table_check(&b.arena, both, 2, &b.problems, &b.err));
	assert_int_equal(b.problems.count, 1);
	assert_int_equal(b.problems.items[0].line, 3);
	assert_non_null(strstr(b.err.say, "không có “01”"));
	memset(&b.problems, 0, sizeof b.problems);
	assert_true(table_check(&b.arena, both + 1, 1, &b.problems, &b.err));
	arena_free(&a.arena);
	arena_free(&b.arena);
}

static void writes_what_it_reads(void **state)
{
	(void)state;
	static const char text[] = HEAD GOOD "091\tKiên Giang\t91\thai\\ndòng \\\\ một\n";
	struct try t = read_text("card_codes", text);
	assert_true(t.ok);
	struct bytes out = { 0 };
	table_write_header(&out, t.table.kind);
	for (size_t i = 0; i < t.table.count; i++)
		table_write_row(&out, t.table.kind, t.table.rows[i].values);
	assert_string_equal(bytes_string(&out), text);
	static const char *const hostile[] = { "089", "=cmd\t|x\x1b", NULL, NULL };
	bytes_clear(&out);
	table_write_row(&out, t.table.kind, hostile);
	assert_string_equal(bytes_string(&out), "089\t=cmd |x \t\t\n");
	bytes_free(&out);
	arena_free(&t.arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_rows), cmocka_unit_test(columns_in_any_order),
		cmocka_unit_test(composes), cmocka_unit_test(refuses_headers),
		cmocka_unit_test(refuses_rows), cmocka_unit_test(refuses_values),
		cmocka_unit_test(refuses_long_lines), cmocka_unit_test(keeps_twenty_problems),
		cmocka_unit_test(checks_references), cmocka_unit_test(writes_what_it_reads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
