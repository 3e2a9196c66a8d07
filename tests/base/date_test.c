/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <string.h>

#include "core/base/date.h"
#include "core/base/typed.h"

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

/* As a clerk types them on Friday 20/11/2026. */
static void days_are_typed_short(void **state)
{
	static const struct {
		const char *text;
		int year, month, day; /* 0: refused */
	} cases[] = {
		{ "24/11/2026", 2026, 11, 24 }, { "24112026", 2026, 11, 24 }, { "24/11", 2026, 11, 24 }, { " 4-1 ", 2027, 1, 4 },
		{ "19/11", 2026, 11, 19 },      { "2/6", 2026, 6, 2 },        { "10/5", 2027, 5, 10 },   { "31/12", 2026, 12, 31 },
		{ "hôm nay", 2026, 11, 20 },    { "Hom Nay", 2026, 11, 20 },  { "hôm qua", 2026, 11, 19 }, { "mai", 2026, 11, 21 },
		{ "ngày mai", 2026, 11, 21 },   { "ngày kia", 2026, 11, 22 }, { "hôm kia", 2026, 11, 18 },
		{ "", 0, 0, 0 },                { "32/11", 0, 0, 0 },         { "31/11", 0, 0, 0 },      { "24/11/26", 0, 0, 0 },
		{ "24", 0, 0, 0 },              { "24/", 0, 0, 0 },           { "24.11", 0, 0, 0 },      { "hôm", 0, 0, 0 },
		{ "24/11 x", 0, 0, 0 },         { "00/00", 0, 0, 0 },         { "2411", 0, 0, 0 },       { "29/2", 0, 0, 0 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		day_t day = cases[i].year ? day_of(cases[i].year, cases[i].month, cases[i].day) : DAY_NONE;
		if (typed_day(cases[i].text, day_of(2026, 11, 20)) != day)
			fail_msg("“%s”", cases[i].text);
	}
	/* Over the turn of the year, both ways; a leap day of the year that has one. */
	assert_int_equal(typed_day("27/12", day_of(2027, 1, 3)), day_of(2026, 12, 27));
	assert_int_equal(typed_day("02/01", day_of(2026, 12, 30)), day_of(2027, 1, 2));
	assert_int_equal(typed_day("29/2", day_of(2027, 11, 1)), day_of(2028, 2, 29));
}

static void moments_are_typed_as_they_are_said(void **state)
{
	enum { ALONE = 18 }; /* the day a time alone is of */
	static const struct {
		const char *text;
		int day, hour, minute; /* of 11/2026; day 0: refused */
	} cases[] = {
		{ "1340", ALONE, 13, 40 }, { "13:40", ALONE, 13, 40 }, { "8h05", ALONE, 8, 5 }, { "815", ALONE, 8, 15 },
		{ " 08.15 ", ALONE, 8, 15 }, { "0000", ALONE, 0, 0 }, { "7h", ALONE, 7, 0 }, { "7H", ALONE, 7, 0 },
		{ "7 giờ", ALONE, 7, 0 }, { "7 gio 30", ALONE, 7, 30 }, { "7g30", ALONE, 7, 30 }, { "7h 30", ALONE, 7, 30 },
		{ "07:00 27/11", 27, 7, 0 }, { "07:00 27/11/2026", 27, 7, 0 }, { "27/11/2026 07:00", 27, 7, 0 },
		{ "27/11 7h", 27, 7, 0 }, { "7h 27/11", 27, 7, 0 }, { "7h 27112026", 27, 7, 0 }, { "20112026 0700", 20, 7, 0 },
		{ "0700 27-11", 27, 7, 0 }, { "7h30, 27/11", 27, 7, 30 }, { "9:15 hôm nay", 20, 9, 15 }, { "hôm qua 9h15", 19, 9, 15 },
		{ "915 mai", 21, 9, 15 }, { "ngày mai, 9h", 21, 9, 0 }, { "hôm nay 7 giờ 15", 20, 7, 15 }, { "23:59  27/11", 27, 23, 59 },
		{ "", 0, 0, 0 }, { "1", 0, 0, 0 }, { "12", 0, 0, 0 }, { "2460", 0, 0, 0 }, { "2400", 0, 0, 0 }, { "24h", 0, 0, 0 },
		{ "12:5", 0, 0, 0 }, { "7h5", 0, 0, 0 }, { "1:2:3", 0, 0, 0 }, { "13:40 32/11/2026", 0, 0, 0 }, { "x", 0, 0, 0 },
		{ "13405", 0, 0, 0 }, { "-100", 0, 0, 0 }, { "27/11", 0, 0, 0 }, { "hôm nay", 0, 0, 0 }, { "7h chiều", 0, 0, 0 },
		{ "7:00 8:00", 0, 0, 0 }, { "27/11 27/11", 0, 0, 0 }, { "07:00 27/11 mai", 0, 0, 0 }, { "h", 0, 0, 0 }, { ":30", 0, 0, 0 },
		{ "07:00 27/11 nhưng mà dài quá, không ai gõ như thế", 0, 0, 0 },
	};
	const day_t today = day_of(2026, 11, 20);
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		moment_t at = cases[i].day ? moment_of(day_of(2026, 11, cases[i].day), cases[i].hour, cases[i].minute, 0) : MOMENT_NONE;
		if (typed_moment(cases[i].text, today, day_of(2026, 11, ALONE)) != at)
			fail_msg("“%s”", cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_round_trip),
		cmocka_unit_test(typed_days_are_read_whole),
		cmocka_unit_test(moments_are_vietnamese),
		cmocka_unit_test(days_are_typed_short),
		cmocka_unit_test(moments_are_typed_as_they_are_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
