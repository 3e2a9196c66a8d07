/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <math.h>
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

struct row {
	const char *start;
	double value;
	enum limit_unit unit;
	const char *due;
	const char *line; /* some line of the explanation, or NULL */
};

static void check_rows(const struct row *rows, size_t n, struct deadline_rule rule)
{
	for (size_t i = 0; i < n; i++) {
		struct arena arena = { 0 };
		struct deadline out;
		struct error err = { 0 };
		char text[64];
		if (!deadline_count(&arena, &world.calendar, &rule, at(rows[i].start),
		                    rows[i].value, rows[i].unit, &out, &err))
			fail_msg("%s: %s", rows[i].start, err.say);
		moment_write_iso(out.due, text, sizeof(text));
		text[10] = ' ';
		text[16] = '\0';
		if (strcmp(text, rows[i].due)) {
			print_error("%s + %g %s\n", rows[i].start, rows[i].value,
			            limit_unit_stored(rows[i].unit));
			print_error("due %s, expected %s\n", text, rows[i].due);
			lines_fail(&out.lines, "wrong due date");
		}
		if (rows[i].line && !lines_have(&out.lines, rows[i].line))
			lines_fail(&out.lines, rows[i].line);
		arena_free(&arena);
	}
}
#define CHECK(rows, rule) check_rows(rows, sizeof(rows) / sizeof(*(rows)), rule)

static void the_law_counts_days(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "2026-11-20 09:41", 1, LIMIT_WORKING_DAY, "2026-11-23 17:00",
		  "Thứ Bảy 21/11, Chủ nhật 22/11: nghỉ hằng tuần" },
		{ "2026-11-20 09:41", 2, LIMIT_WORKING_DAY, "2026-11-25 17:00",
		  "24/11: Ngày Văn hóa Việt Nam" },
		{ "2026-11-20 09:41", 3, LIMIT_WORKING_DAY, "2026-11-26 17:00",
		  "25/11 – 26/11: ngày làm việc thứ 2 – 3" },
		{ "2026-11-23 08:00", 1, LIMIT_WORKING_DAY, "2026-11-25 17:00", NULL },
		{ "2026-08-21 08:00", 1, LIMIT_WORKING_DAY, "2026-08-22 17:00",
		  "Thứ Bảy 22/08: ngày làm việc thứ 1 (Làm bù dịp Quốc khánh)" },
		{ "2026-08-21 08:00", 5, LIMIT_WORKING_DAY, "2026-08-27 17:00", NULL },
		{ "2026-08-28 08:00", 1, LIMIT_WORKING_DAY, "2026-09-03 17:00",
		  "31/08: Nghỉ hoán đổi" },
		{ "2026-02-13 08:00", 3, LIMIT_WORKING_DAY, "2026-02-25 17:00",
		  "16/02 – 20/02: Tết Nguyên đán" },
		{ "2026-04-24 08:00", 2, LIMIT_WORKING_DAY, "2026-04-29 17:00",
		  "27/04: Giỗ Tổ Hùng Vương (nghỉ bù)" },
		{ "2026-12-31 08:00", 1, LIMIT_WORKING_DAY, "2027-01-04 17:00", NULL },
		{ "2026-11-20 08:00", 15, LIMIT_DAY, "2026-12-07 17:00",
		  "Thứ Bảy 05/12 là ngày nghỉ" },
		{ "2026-11-10 08:00", 14, LIMIT_DAY, "2026-11-25 17:00",
		  "24/11: Ngày Văn hóa Việt Nam" },
		{ "2026-12-02 08:00", 30, LIMIT_DAY, "2027-01-04 17:00", NULL },
		/* Received on a day off: the next working day is the first. */
		{ "2026-11-21 08:30", 1, LIMIT_WORKING_DAY, "2026-11-23 17:00", NULL },
		/* Reception after hours changes nothing: that day does not count. */
		{ "2026-11-18 22:00", 1, LIMIT_WORKING_DAY, "2026-11-19 17:00", NULL },
		/* A long count is told in weeks, its holidays by name. */
		{ "2026-08-19 10:00", 27, LIMIT_WORKING_DAY, "2026-09-29 17:00",
		  "03/09 – 29/09: ngày làm việc thứ 9 – 27 (trừ ngày nghỉ hằng tuần)" },
		{ "2026-01-31 08:00", 1, LIMIT_MONTH, "2026-03-02 17:00", NULL },
		{ "2026-05-15 08:00", 3, LIMIT_MONTH, "2026-08-17 17:00", NULL },
	};
	CHECK(rows, DEADLINE_RULE);
}

static void half_days_end_with_a_half(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "2026-11-18 08:00", 0.5, LIMIT_WORKING_DAY, "2026-11-19 11:30", "nửa ngày" },
		{ "2026-11-18 16:00", 0.5, LIMIT_WORKING_DAY, "2026-11-19 11:30", NULL },
		{ "2026-11-20 08:00", 1.5, LIMIT_WORKING_DAY, "2026-11-25 11:30",
		  "24/11: Ngày Văn hóa Việt Nam" },
		{ "2026-11-20 08:00", 2.5, LIMIT_WORKING_DAY, "2026-11-26 11:30", NULL },
	};
	CHECK(rows, DEADLINE_RULE);
}

static void fifteen_o_clock_is_for_the_same_day(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "2026-11-18 09:00", 0, LIMIT_SAME_DAY, "2026-11-18 17:00", NULL },
		{ "2026-11-18 14:59:59", 0, LIMIT_SAME_DAY, "2026-11-18 17:00", NULL },
		{ "2026-11-18 15:00", 0, LIMIT_SAME_DAY, "2026-11-19 17:00", "15:00" },
		{ "2026-11-18 15:05", 0, LIMIT_SAME_DAY, "2026-11-19 17:00", NULL },
		{ "2026-11-20 15:05", 0, LIMIT_SAME_DAY, "2026-11-23 17:00", NULL },
		{ "2026-11-23 15:05", 0, LIMIT_SAME_DAY, "2026-11-25 17:00",
		  "24/11: Ngày Văn hóa Việt Nam" },
		{ "2026-11-21 09:00", 0, LIMIT_SAME_DAY, "2026-11-23 17:00",
		  "Thứ Bảy 21/11, Chủ nhật 22/11: nghỉ hằng tuần" },
		/* … and no general shift. */
		{ "2026-11-18 16:30", 1, LIMIT_WORKING_DAY, "2026-11-19 17:00", NULL },
	};
	CHECK(rows, DEADLINE_RULE);
}

static void hours(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "2026-11-18 16:40", 8, LIMIT_WORKING_HOUR, "2026-11-19 16:40", NULL },
		{ "2026-11-20 16:40", 8, LIMIT_WORKING_HOUR, "2026-11-23 16:40",
		  "Thứ Bảy 21/11, Chủ nhật 22/11: nghỉ hằng tuần" },
		{ "2026-11-18 12:00", 1, LIMIT_WORKING_HOUR, "2026-11-18 14:30", NULL },
		{ "2026-11-18 06:00", 4.5, LIMIT_WORKING_HOUR, "2026-11-18 11:30", NULL },
		{ "2026-11-18 09:00", 1, LIMIT_HOUR, "2026-11-18 10:00", NULL },
		{ "2026-11-18 22:00", 24, LIMIT_HOUR, "2026-11-19 22:00", NULL },
		{ "2026-11-20 10:00", 24, LIMIT_HOUR, "2026-11-23 17:00", "là ngày nghỉ" },
	};
	CHECK(rows, DEADLINE_RULE);
}

static void settings_of_the_unit(void **state)
{
	(void)state;
	static const struct row same_hour[] = {
		{ "2026-11-20 09:41", 1, LIMIT_WORKING_DAY, "2026-11-23 09:41", NULL },
		{ "2026-11-20 12:10", 1, LIMIT_WORKING_DAY, "2026-11-23 13:30", NULL },
		{ "2026-11-20 06:00", 1, LIMIT_WORKING_DAY, "2026-11-23 07:00", NULL },
		{ "2026-11-20 19:00", 1, LIMIT_WORKING_DAY, "2026-11-23 17:00", NULL },
	};
	static const struct row cutoff[] = {
		{ "2026-11-18 14:59", 1, LIMIT_WORKING_DAY, "2026-11-19 17:00", NULL },
		{ "2026-11-18 15:00", 1, LIMIT_WORKING_DAY, "2026-11-20 17:00",
		  "coi như nhận đầu giờ Thứ Năm 19/11" },
	};
	struct deadline_rule rule = DEADLINE_RULE;
	rule.keep_hour = true;
	CHECK(same_hour, rule);
	rule = DEADLINE_RULE;
	rule.cutoff = true;
	CHECK(cutoff, rule);
}

static void no_limit_is_no_date(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct deadline out;
	struct deadline_rule rule = DEADLINE_RULE;
	assert_true(deadline_count(&arena, &world.calendar, &rule, at("2026-11-20 09:41"), 0,
	                           LIMIT_NONE, &out, NULL));
	assert_int_equal(out.due, MOMENT_NONE);
	if (!lines_have(&out.lines, "không quy định thời hạn"))
		lines_fail(&out.lines, "says that there is no limit");
	arena_free(&arena);
}

static void nonsense_is_refused(void **state)
{
	(void)state;
	static const struct {
		double value;
		enum limit_unit unit;
	} rows[] = {
		{ 0, LIMIT_WORKING_DAY }, { -1, LIMIT_DAY },     { 0.3, LIMIT_WORKING_DAY },
		{ 1.5, LIMIT_DAY },       { 0.5, LIMIT_MONTH },  { 1e9, LIMIT_WORKING_DAY },
		{ 1e300, LIMIT_HOUR },    { (double)NAN, LIMIT_DAY },
	};
	struct deadline_rule rule = DEADLINE_RULE;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena arena = { 0 };
		struct error err = { 0 };
		struct deadline out;
		assert_false(deadline_count(&arena, &world.calendar, &rule, at("2026-11-20 09:41"),
		                            rows[i].value, rows[i].unit, &out, &err));
		assert_int_equal(err.fault, FAULT_INPUT);
		arena_free(&arena);
	}
}

static void transfer_leaves_today_or_next_morning(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "2026-11-18 09:00", "2026-11-18 09:00" },
		{ "2026-11-18 14:59", "2026-11-18 14:59" },
		{ "2026-11-18 15:00", "2026-11-19 07:00" },
		{ "2026-11-23 16:00", "2026-11-25 07:00" },
		{ "2026-11-21 09:00", "2026-11-23 07:00" },
	};
	struct deadline_rule rule = DEADLINE_RULE;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(deadline_transfer(&world.calendar, &rule, at(rows[i][0])),
		                 at(rows[i][1]));
	struct arena arena = { 0 };
	struct deadline out;
	assert_true(deadline_count_elsewhere(&arena, &world.calendar, &rule,
	                                     at("2026-11-18 15:30"), 1, LIMIT_WORKING_DAY, &out,
	                                     NULL));
	assert_int_equal(out.due, at("2026-11-20 17:00"));
	assert_true(lines_have(&out.lines, "Nhận thay cơ quan giải quyết, sau 15 giờ"));
	arena_free(&arena);
}

static void a_pause_moves_the_due_date_by_working_time(void **state)
{
	(void)state;
	static const char *const rows[][4] = {
		/* due, paused from, until, new due */
		{ "2026-11-19 17:00", "2026-11-18 08:00", "2026-11-18 10:00", "2026-11-20 09:00" },
		{ "2026-11-19 17:00", "2026-11-20 17:00", "2026-11-23 07:00", "2026-11-19 17:00" },
		{ "2026-11-23 17:00", "2026-11-20 07:00", "2026-11-23 07:00", "2026-11-25 17:00" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(deadline_extend(&world.calendar, at(rows[i][0]), at(rows[i][1]),
		                                 at(rows[i][2])),
		                 at(rows[i][3]));
}

static void a_pause_explains_itself(void **state)
{
	struct arena arena = { 0 };
	struct deadline out;
	(void)state;
	deadline_pause(&arena, &world.calendar, at("2026-11-19 17:00"), at("2026-11-18 08:00"), at("2026-11-18 10:30"), &out);
	assert_int_equal(out.due, at("2026-11-20 09:30"));
	assert_true(lines_have(&out.lines, "Chờ từ 18/11/2026 08:00 đến 18/11/2026 10:30: 2 giờ 30 phút làm việc không tính"));
	assert_true(lines_have(&out.lines, "lùi từ 19/11/2026 17:00 sang 20/11/2026 09:30"));
	deadline_pause(&arena, &world.calendar, at("2026-11-19 17:00"), at("2026-11-20 17:00"), at("2026-11-23 07:00"), &out);
	assert_int_equal(out.due, at("2026-11-19 17:00"));
	assert_true(lines_have(&out.lines, "không mất giờ làm việc nào"));
	/* Seconds are no minute: closing hour stays closing hour. */
	deadline_pause(&arena, &world.calendar, at("2026-11-26 17:00"), at("2026-11-20 09:41") + 55, at("2026-11-23 09:41") + 5, &out);
	assert_int_equal(out.due, at("2026-11-27 17:00"));
	deadline_pause(&arena, &world.calendar, MOMENT_NONE, at("2026-11-18 08:00"), at("2026-11-18 10:30"), &out);
	assert_true(out.due == MOMENT_NONE && out.lines.count == 0);
	arena_free(&arena);
}

static void the_boundary_is_fifteen_then_midnight(void **state)
{
	(void)state;
	struct deadline_rule rule = DEADLINE_RULE;
	assert_int_equal(deadline_boundary(&rule, at("2026-11-18 09:00")),
	                 at("2026-11-18 15:00"));
	assert_int_equal(deadline_boundary(&rule, at("2026-11-18 14:59:59")),
	                 at("2026-11-18 15:00"));
	assert_int_equal(deadline_boundary(&rule, at("2026-11-18 15:00")),
	                 at("2026-11-19 00:00"));
}

static void predicted_holidays_are_said(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct deadline out;
	struct deadline_rule rule = DEADLINE_RULE;
	assert_true(deadline_count(&arena, &world.calendar, &rule, at("2027-02-03 09:00"), 3,
	                           LIMIT_WORKING_DAY, &out, NULL));
	assert_true(out.predicted);
	assert_int_equal(out.due, at("2027-02-15 17:00"));
	assert_true(lines_have(&out.lines, "(dự kiến)"));
	assert_true(deadline_count(&arena, &world.calendar, &rule, at("2026-11-20 09:00"), 3,
	                           LIMIT_WORKING_DAY, &out, NULL));
	assert_false(out.predicted);
	arena_free(&arena);
}

static void punctuality(void **state)
{
	(void)state;
	static const struct {
		const char *due, *done, *now;
		enum punctuality is;
		int status;
	} rows[] = {
		{ "2026-11-20 17:00", "2026-11-19 18:00", "2026-11-25 08:00", PUNCTUAL_DONE_EARLY, 9 },
		{ "2026-11-20 17:00", "2026-11-20 18:00", "2026-11-25 08:00", PUNCTUAL_DONE_ON_DAY, 9 },
		{ "2026-11-20 17:00", "2026-11-21 07:00", "2026-11-25 08:00", PUNCTUAL_DONE_LATE, 9 },
		{ NULL, "2026-11-21 07:00", "2026-11-25 08:00", PUNCTUAL_DONE_ON_DAY, 9 },
		{ "2026-11-20 17:00", NULL, "2026-11-19 17:00", PUNCTUAL_IN_TIME, 4 },
		{ "2026-11-20 17:00", NULL, "2026-11-19 17:01", PUNCTUAL_SOON, 4 },
		{ "2026-11-20 17:00", NULL, "2026-11-20 17:00", PUNCTUAL_SOON, 4 },
		{ "2026-11-20 17:00", NULL, "2026-11-20 17:01", PUNCTUAL_LATE, 4 },
		{ NULL, NULL, "2026-11-20 17:01", PUNCTUAL_IN_TIME, 4 },
		/* The clock stands, or there is none any more. */
		{ "2026-11-20 17:00", NULL, "2026-11-25 17:00", PUNCTUAL_NO_CLOCK, 5 },
		{ "2026-11-20 17:00", NULL, "2026-11-25 17:00", PUNCTUAL_NO_CLOCK, 6 },
		{ "2026-11-20 17:00", NULL, "2026-11-25 17:00", PUNCTUAL_NO_CLOCK, 7 },
		{ "2026-11-20 17:00", "2026-11-24 17:00", "2026-11-25 17:00", PUNCTUAL_NO_CLOCK, 8 },
		{ "2026-11-20 17:00", "2026-11-24 17:00", "2026-11-25 17:00", PUNCTUAL_NO_CLOCK, 3 },
		{ "2026-11-20 17:00", "2026-11-24 17:00", "2026-11-25 17:00", PUNCTUAL_DONE_LATE, 10 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		moment_t due = rows[i].due ? at(rows[i].due) : MOMENT_NONE, done = rows[i].done ? at(rows[i].done) : MOMENT_NONE;
		assert_int_equal(deadline_judge(rows[i].status, due, done, at(rows[i].now)), rows[i].is);
		assert_int_equal(deadline_late(rows[i].status, due, at(rows[i].now)), rows[i].is == PUNCTUAL_LATE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_law_counts_days),
		cmocka_unit_test(half_days_end_with_a_half),
		cmocka_unit_test(fifteen_o_clock_is_for_the_same_day),
		cmocka_unit_test(hours),
		cmocka_unit_test(settings_of_the_unit),
		cmocka_unit_test(no_limit_is_no_date),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(transfer_leaves_today_or_next_morning),
		cmocka_unit_test(a_pause_moves_the_due_date_by_working_time),
		cmocka_unit_test(a_pause_explains_itself),
		cmocka_unit_test(the_boundary_is_fifteen_then_midnight),
		cmocka_unit_test(predicted_holidays_are_said),
		cmocka_unit_test(punctuality),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
