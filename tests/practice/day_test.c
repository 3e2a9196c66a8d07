/* SPDX-License-Identifier: Apache-2.0
 *
 * The scripted day. */
#include "core/practice/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/practice/practice.h"
#include "tests/check.h"
#include "tests/practice/asks.h"

static struct practice_day day;

static void lines_are_read(void **state)
{
	struct error err = { 0 };
	(void)state;
	assert_true(day_parse(&day,
	                      "# a day\n\n08:15 fault {\"system\":\"cong\"} # note\r\n"
	                      "23:59:59 calm\n+90   step {}",
	                      &err));
	assert_int_equal(day.count, 3);
	assert_int_equal(day.lines[0].seconds, 8 * 3600 + 15 * 60);
	assert_string_equal(day.lines[0].word, "fault");
	assert_int_equal(day.lines[0].line, 3);
	assert_string_equal(json_string_value(json_object_get(day.lines[0].request, "system")), "cong");
	assert_int_equal(day.lines[1].seconds, 86399);
	assert_true(day.lines[2].after_start);
	day_free(&day);
}

static void a_bad_line_is_named(void **state)
{
	static const char *const bad[] = { "08:15",        "8h15 calm",      "24:00 calm",
		                           "08:60 calm",   "08:15 dance {}", "08:15 fault {",
		                           "08:15 calm []", "+ calm",         "+9x calm",
		                           "08:15:61 calm", "08:15calm",      "+99999 calm" };
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char text[64];
		struct error err = { 0 };
		snprintf(text, sizeof text, "07:00 calm\n%s\n", bad[i]);
		if (day_parse(&day, text, &err))
			fail_msg("taken: %s", bad[i]);
		assert_non_null(strstr(err.say, "2"));
		assert_int_equal(day.count, 0);
	}
}

static void each_line_happens_once_at_its_time(void **state)
{
	struct day_line at_eight = { .seconds = 8 * 3600 }, soon = { .after_start = true, .seconds = 90 };
	moment_t day_start = moment_of(day_of(2026, 11, 23), 0, 0, 0);
	moment_t eight = day_start + 8 * 3600, start = day_start + 7 * 3600;
	(void)state;
	assert_true(day_line_due(&at_eight, start, eight - 1, eight));
	assert_false(day_line_due(&at_eight, start, eight, eight + 1));
	assert_false(day_line_due(&at_eight, start, eight - 2, eight - 1));
	/* Every day, also when the look before was yesterday. */
	assert_true(day_line_due(&at_eight, start, eight - 60000, eight + 100));
	assert_true(day_line_due(&at_eight, start, eight + 86399, eight + 86400));
	assert_true(day_line_due(&soon, start, start + 89, start + 90));
	assert_false(day_line_due(&soon, start, start + 90, start + 91));
	assert_false(day_line_due(&soon, start, start + 86400 + 89, start + 86400 + 90));
}

static void the_shipped_day_can_be_read(void **state)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	char *text;
	(void)state;
	assert_true(path_read(&arena, MOTCUA_SOURCE "/core/data/practice/ngay-tap-duyet.day", &text, NULL,
	                      &err));
	assert_true(day_parse(&day, text, &err));
	assert_true(day.count >= 10);
	day_free(&day);
	arena_free(&arena);
}

/* The world itself carries it out, what the plan names first. */
static void the_day_turns_the_dials(void **state)
{
	char path[] = "/tmp/motcua-day.XXXXXX";
	static const char script[] = "+0 fault {\"system\":\"cong\",\"kind\":\"hang\",\"times\":-1}\n"
				     "+1 calm {\"system\":\"cong\"}\n";
	struct error err = { 0 };
	(void)state;
	int fd = mkstemp(path);
	assert_int_equal(write(fd, script, sizeof script - 1), sizeof script - 1);
	close(fd);
	bench_attach(&bench, 0);
	struct practice_plan plan = { .day_file = path,
		                      .faults = { "{\"system\":\"tinh\",\"kind\":\"bad-gateway\"}" } };
	bench.practice = practice_start(&bench.loop, &plan, &err);
	assert_non_null(bench.practice);
	bench.port = practice_port(bench.practice);
	json_t *told = bench_control(&bench, "day", NULL);
	assert_int_equal(json_array_size(json_object_get(told, "day")), 2);
	json_decref(told);
	/* The portal takes the call and hangs, until the day calms it and somebody new is answered. */
	struct profile profile;
	char session[200] = "";
	bench_profile(&bench, "cong", "{\"total_ms\":300}", &profile);
	bench_login(&bench, &profile, session, sizeof session);
	assert_string_equal(session, "");
	for (int tries = 0; tries < 20 && !*session; tries++)
		bench_login(&bench, &profile, session, sizeof session);
	assert_string_not_equal(session, "");
	profile_clear(&profile);
	bench_close(&bench);
	unlink(path);
	bench_attach(&bench, 0);
	plan = (struct practice_plan){ .faults = { "{\"kind\":\"dance\"}" } };
	assert_null(practice_start(&bench.loop, &plan, &err));
	assert_non_null(strstr(err.say, "dance"));
	bench_close(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_read),
		cmocka_unit_test(a_bad_line_is_named),
		cmocka_unit_test(each_line_happens_once_at_its_time),
		cmocka_unit_test(the_shipped_day_can_be_read),
		cmocka_unit_test(the_day_turns_the_dials),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
