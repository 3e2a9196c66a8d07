/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <string.h>

#include "core/base/date.h"

static void days_round_trip(void **state)
{
	(void)state;
	assert_int_equal(day_of(1970, 1, 1), 0);
	assert_int_equal(day_of(2000, 3, 1), 11017);
	day_t before = day_of(1899, 12, 31);
	for (int year = 1900; year <= 2100; year++) {
		for (int month = 1; month <= 12; month++) {
			for (int day = 1; day <= 31; day++) {
				day_t at = day_of(year, month, day);
				if (at == DAY_NONE)
					continue;
				assert_int_equal(at, before + 1);
				struct date d = day_date(at);
				assert_true(d.year == year && d.month == month && d.day == day);
				before = at;
			}
		}
	}
	assert_int_equal(day_of(2023, 2, 29), DAY_NONE);
	assert_int_equal(day_of(2024, 13, 1), DAY_NONE);
	assert_int_equal(day_weekday(day_of(2026, 11, 20)), 5);
	assert_int_equal(day_weekday(day_of(1945, 9, 2)), 7);
}

static void typed_days_are_read_whole(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int year, month, day; /* 0: refused */
	} cases[] = {
		{ "24/11/2026", 2026, 11, 24 }, { "4/1/2026", 2026, 1, 4 },
		{ "05031999", 1999, 3, 5 },     { "05-03-1999", 1999, 3, 5 },
		{ "24/11/26", 0, 0, 0 },        { "31/02/2026", 0, 0, 0 },
		{ "24/11/2026x", 0, 0, 0 },     { "", 0, 0, 0 },
		{ "24/11", 0, 0, 0 },           { "24/11-2026", 0, 0, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(day_read(cases[i].text),
		                 cases[i].year
		                         ? day_of(cases[i].year, cases[i].month, cases[i].day)
		                         : DAY_NONE);
	assert_int_equal(day_read_iso("1999-03-05"), day_of(1999, 3, 5));
	assert_int_equal(day_read_iso("1999"), DAY_NONE);
	assert_int_equal(day_read_iso("1999-03"), DAY_NONE);
	assert_int_equal(day_read_iso("1999-03-05 "), DAY_NONE);
}

static void moments_are_vietnamese(void **state)
{
	(void)state;
	char out[64];
	moment_t at = moment_read_iso("2026-11-24 17:00:05.123+07");
	assert_string_equal(moment_write(at, out, sizeof out), "24/11/2026 17:00");
	assert_string_equal(moment_write_wire(at, out, sizeof out), "20261124170005");
	assert_string_equal(moment_write_iso(at, out, sizeof out), "2026-11-24T17:00:05+07:00");
	assert_int_equal(moment_read_iso("2026-11-24T10:00:05Z"), at);
	assert_int_equal(moment_read_iso("2026-11-24T17:00:05"), at);
	assert_int_equal(moment_read_iso("2026-11-24T18:30:05+08:30"), at);
	assert_int_equal(moment_read_iso("2026-11-24"), MOMENT_NONE);
	assert_int_equal(moment_read_iso("2026-11-24T25:00"), MOMENT_NONE);
	assert_int_equal(moment_read_iso("2026-11-24T10:00:00junk"), MOMENT_NONE);
	assert_int_equal(moment_day(moment_of(day_of(2026, 1, 1), 0, 0, 0)), day_of(2026, 1, 1));
	assert_int_equal(moment_day(moment_of(day_of(2026, 1, 1), 0, 0, -1)), day_of(2025, 12, 31));
	assert_int_equal(moment_clock(moment_of(day_of(1960, 1, 1), 23, 59, 59)).hour, 23);
	assert_string_equal(day_write_long(day_of(2026, 11, 26), out, sizeof out),
	                    "Thứ Năm 26/11/2026");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_round_trip),
		cmocka_unit_test(typed_days_are_read_whole),
		cmocka_unit_test(moments_are_vietnamese),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
