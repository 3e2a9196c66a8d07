/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "core/dossier/report.h"
#include "tests/check.h"

static void periods_of_days(void **state)
{
	(void)state;
	static const struct {
		const char *word, *day;
		int by;
		const char *from, *to;
	} rows[] = {
		{ "week", "2026-11-20", 0, "2026-11-16", "2026-11-22" },
		{ "week", "2026-11-22", 0, "2026-11-16", "2026-11-22" },
		{ "week", "2026-01-01", -1, "2025-12-22", "2025-12-28" },
		{ "month", "2026-11-20", 0, "2026-11-01", "2026-11-30" },
		{ "month", "2026-01-31", -1, "2025-12-01", "2025-12-31" },
		{ "month", "2028-02-29", 0, "2028-02-01", "2028-02-29" },
		{ "quarter", "2026-11-20", 0, "2026-10-01", "2026-12-31" },
		{ "quarter", "2026-02-01", -1, "2025-10-01", "2025-12-31" },
		{ "year", "2026-11-20", 0, "2026-01-01", "2026-12-31" },
		/* NĐ 09/2019/NĐ-CP Điều 12. */
		{ "month-report", "2026-11-14", 0, "2026-10-15", "2026-11-14" },
		{ "month-report", "2026-11-15", 0, "2026-11-15", "2026-12-14" },
		{ "month-report", "2026-12-20", 0, "2026-12-15", "2027-01-14" },
		{ "month-report", "2026-01-10", 0, "2025-12-15", "2026-01-14" },
		{ "quarter-report", "2026-11-20", 0, "2026-09-15", "2026-12-14" },
		{ "quarter-report", "2026-12-15", 0, "2026-12-15", "2027-03-14" },
		{ "quarter-report", "2026-12-14", -1, "2026-06-15", "2026-09-14" },
		{ "year-report", "2026-11-20", 0, "2025-12-15", "2026-12-14" },
		{ "year-report", "2026-12-15", 0, "2026-12-15", "2027-12-14" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum report_period period;
		day_t from, to;
		char text[2][16];
		assert_true(report_period_find(rows[i].word, &period));
		report_period_days(period, day_read_iso(rows[i].day), rows[i].by, &from, &to);
		assert_string_equal(day_write_iso(from, text[0], 16), rows[i].from);
		assert_string_equal(day_write_iso(to, text[1], 16), rows[i].to);
	}
	enum report_period none;
	assert_false(report_period_find("fortnight", &none));
}

/* The table is whole: names are there once, checks and charts name columns that add up. */
static void the_table_is_whole(void **state)
{
	(void)state;
	for (const struct report_kind *kind = report_kinds; kind->name; kind++) {
		assert_ptr_equal(report_find(kind->name), kind);
		assert_true(report_columns(kind) <= REPORT_COLUMNS_MOST);
		assert_non_null(strstr(kind->sql, kind->name));
		for (const struct report_check *check = kind->checks; check && check->left; check++) {
			char right[80], *rest = NULL;
			snprintf(right, sizeof right, "%s", check->right);
			assert_true(report_adds_up(kind->columns[report_column_at(kind, check->left)].type));
			for (char *key = strtok_r(right, "+", &rest); key; key = strtok_r(NULL, "+", &rest))
				assert_true(report_column_at(kind, key) >= 0);
		}
		if (kind->bar)
			assert_true(report_column_at(kind, kind->bar) >= 0 && report_column_at(kind, kind->bar_of) >= 0);
	}
	assert_null(report_find("clerk"));
	assert_true(report_personal(report_find("book07")));
	assert_false(report_personal(report_find("form06")));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(periods_of_days), cmocka_unit_test(the_table_is_whole) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
