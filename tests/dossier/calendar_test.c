/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>

static struct catalogue world;

static int open_world(void **state)
{
	(void)state;
	catalogue_start(&world);
	table_load_data(&world, CATALOGUE_CALENDAR, "holidays.tsv");
	catalogue_finish(&world);
	return 0;
}

static int close_world(void **state)
{
	(void)state;
	catalogue_free(&world);
	return 0;
}

static day_t day(const char *iso)
{
	day_t out = day_read_iso(iso);
	assert_int_not_equal(out, DAY_NONE);
	return out;
}

/* Announcements and law, year by year. */
static void days_on_and_off(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		bool works;
	} rows[] = {
		{ "2024-01-01", false }, { "2024-02-07", true },  { "2024-02-08", false },
		{ "2024-02-14", false }, { "2024-04-18", false }, { "2024-04-29", false },
		{ "2024-05-04", true },  { "2024-09-02", false }, { "2025-01-01", false },
		{ "2025-04-07", false }, { "2025-04-26", true },  { "2025-05-02", false },
		{ "2025-09-01", false }, { "2025-11-24", true },  { "2026-01-02", false },
		{ "2026-01-10", true },  { "2026-02-16", false }, { "2026-02-20", false },
		{ "2026-02-23", true },  { "2026-04-27", false }, { "2026-08-22", true },
		{ "2026-08-31", false }, { "2026-09-02", false }, { "2026-09-03", true },
		{ "2026-11-21", false }, { "2026-11-24", false }, { "2027-02-10", false },
		{ "2027-05-03", false }, { "2028-01-03", false }, { "2028-04-04", false },
		{ "2029-04-23", false }, { "2029-11-26", false }, { "2030-02-04", false },
		{ "2030-04-12", false }, { "2030-11-25", false }, { "2030-11-26", true },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (calendar_works(&world.calendar, day(rows[i].day)) != rows[i].works)
			fail_msg("%s should%s be worked", rows[i].day, rows[i].works ? "" : " not");
}

/* Every row of the file means what its kind says. */
static void every_row_counts_as_its_kind(void **state)
{
	(void)state;
	const struct calendar *calendar = &world.calendar;
	int years[7] = { 0 };
	for (size_t i = 0; i < calendar->day_count; i++) {
		const struct calendar_day *row = &calendar->days[i];
		int weekday = day_weekday(row->day), year = day_date(row->day).year;
		assert_int_equal(calendar_works(calendar, row->day), row->kind == DAY_MAKEUP_WORK);
		if (row->kind == DAY_MAKEUP_WORK)
			assert_true(weekday >= 6);
		if (row->kind == DAY_SWAP_OFF || row->kind == DAY_COMPENSATION)
			assert_true(weekday <= 5);
		if (row->kind == DAY_STATUTORY && year >= 2024 && year <= 2030)
			years[year - 2024]++;
	}
	/* Ten days by law, eleven when Ngày Văn hóa Việt Nam joined (2026); the law
	 * gives Tết five and Quốc khánh two. */
	for (int i = 0; i < 7; i++)
		assert_int_equal(years[i], i < 2 ? 11 : 12);
}

static void hours_of_a_makeup_saturday(void **state)
{
	(void)state;
	struct catalogue own;
	catalogue_start(&own);
	table_add(&own, CATALOGUE_CALENDAR, "day", "2026-08-22", "kind", "makeup_work", "name",
	          "Làm bù", NULL);
	table_add(&own, CATALOGUE_SHIFTS, "weekday", "1", "opens", "07:30:00", "closes", "11:30:00",
	          "intake", "t", "working", "t", NULL);
	table_add(&own, CATALOGUE_SHIFTS, "weekday", "6", "opens", "07:30:00", "closes", "10:00:00",
	          "intake", "t", "working", "f", NULL);
	catalogue_finish(&own);
	day_t makeup = day("2026-08-22"), plain = day("2026-08-29");
	assert_int_equal(calendar_opening(&own.calendar, makeup), at("2026-08-22 07:30"));
	assert_int_equal(calendar_closing(&own.calendar, makeup), at("2026-08-22 11:30"));
	/* Open on Saturday morning, yet it does not count. */
	assert_true(calendar_receives(&own.calendar, at("2026-08-29 09:00")));
	assert_false(calendar_receives(&own.calendar, at("2026-08-29 10:00")));
	assert_false(calendar_works(&own.calendar, plain));
	assert_int_equal(calendar_closing(&own.calendar, plain), MOMENT_NONE);
	assert_int_equal(calendar_next(&own.calendar, makeup), day("2026-08-24"));
	catalogue_free(&own);
}

static void shifts_change_with_the_season(void **state)
{
	(void)state;
	struct catalogue own;
	catalogue_start(&own);
	table_add(&own, CATALOGUE_SHIFTS, "weekday", "3", "opens", "07:00", "closes", "17:00",
	          "intake", "t", "working", "t", "valid_to", "2026-11-01", NULL);
	table_add(&own, CATALOGUE_SHIFTS, "weekday", "3", "opens", "07:30", "closes", "16:30",
	          "intake", "t", "working", "t", "valid_from", "2026-11-01", NULL);
	catalogue_finish(&own);
	assert_int_equal(calendar_closing(&own.calendar, day("2026-10-28")), at("2026-10-28 17:00"));
	assert_int_equal(calendar_closing(&own.calendar, day("2026-11-18")), at("2026-11-18 16:30"));
	catalogue_free(&own);
}

/* A table without any working time must not hang a counter. */
static void a_calendar_without_work_ends(void **state)
{
	(void)state;
	struct catalogue own;
	catalogue_start(&own);
	table_add(&own, CATALOGUE_SHIFTS, "weekday", "6", "opens", "07:30", "closes", "10:00",
	          "intake", "t", "working", "f", NULL);
	catalogue_finish(&own);
	assert_int_equal(calendar_add(&own.calendar, at("2026-11-18 09:00"), 3600),
	                 at("2026-11-18 09:00"));
	assert_int_equal(calendar_settle(&own.calendar, at("2026-11-18 09:00")),
	                 at("2026-11-18 09:00"));
	struct deadline out;
	struct arena arena = { 0 };
	struct error err = { 0 };
	assert_false(deadline_count(&arena, &own.calendar, &own.rule, at("2026-11-18 09:00"), 1,
	                            LIMIT_WORKING_DAY, &out, &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	arena_free(&arena);
	catalogue_free(&own);
}

static void reasons(void **state)
{
	(void)state;
	assert_string_equal(calendar_reason(&world.calendar, day("2026-11-24")),
	                    "Ngày Văn hóa Việt Nam");
	assert_string_equal(calendar_reason(&world.calendar, day("2026-11-22")), "nghỉ hằng tuần");
	assert_null(calendar_reason(&world.calendar, day("2026-11-23")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_on_and_off),
		cmocka_unit_test(every_row_counts_as_its_kind),
		cmocka_unit_test(hours_of_a_makeup_saturday),
		cmocka_unit_test(shifts_change_with_the_season),
		cmocka_unit_test(a_calendar_without_work_ends),
		cmocka_unit_test(reasons),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
