/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/schema/filing_own.h"

#include <stdio.h>

#include "core/dossier/calendar.h"
#include "tests/check.h"
#include "tests/support/world.h"

/* SQL and C count working hours alike, over nights, noon, weekends and days off. */
void both_count_the_same_hours(void **state)
{
	struct calendar_day days[] = {
		{ .day = day_of(2026, 11, 24), .kind = DAY_STATUTORY, .name = "Ngày Văn hóa", .basis = "" },
		{ .day = day_of(2026, 11, 28), .kind = DAY_MAKEUP_WORK, .name = "làm bù", .basis = "", .hours_of = 5 },
		{ .day = day_of(2026, 12, 1), .kind = DAY_SWAP_OFF, .name = "hoán đổi", .basis = "" },
	};
	/* The other unit has hours of its own: a longer Friday, a Saturday that receives and does not count. */
	struct shift shifts[] = {
		{ 1, 480, 660, true, true, DAY_NONE, DAY_NONE }, { 3, 480, 660, true, true, DAY_NONE, DAY_NONE },
		{ 5, 420, 660, true, true, DAY_NONE, DAY_NONE }, { 5, 780, 1080, true, true, DAY_NONE, DAY_NONE },
		{ 6, 420, 660, true, false, DAY_NONE, DAY_NONE },
	};
	struct calendar calendars[] = { { .days = days, .day_count = 3 }, { .days = days, .day_count = 3, .shifts = shifts, .shift_count = 5 } };
	char start[40], due[40];
	(void)state;
	one(admin(), "SELECT motcua.load('holidays', 'thử', '[{\"day\":\"2026-11-24\",\"kind\":\"statutory\",\"status\":\"official\",\"name\":\"x\",\"basis\":\"y\"},"
		"{\"day\":\"2026-11-28\",\"kind\":\"makeup_work\",\"status\":\"official\",\"name\":\"x\",\"basis\":\"y\",\"hours_of\":\"5\"},"
		"{\"day\":\"2026-12-01\",\"kind\":\"swap_off\",\"status\":\"official\",\"name\":\"x\",\"basis\":\"y\"}]')");
	one(admin(), "SELECT motcua.load('shifts', 'thử', '[{\"unit_code\":\"30544\",\"weekday\":\"1\",\"opens\":\"08:00\",\"closes\":\"11:00\",\"intake\":\"1\",\"working\":\"1\"},"
		"{\"unit_code\":\"30544\",\"weekday\":\"3\",\"opens\":\"08:00\",\"closes\":\"11:00\",\"intake\":\"1\",\"working\":\"1\"},"
		"{\"unit_code\":\"30544\",\"weekday\":\"5\",\"opens\":\"07:00\",\"closes\":\"11:00\",\"intake\":\"1\",\"working\":\"1\"},"
		"{\"unit_code\":\"30544\",\"weekday\":\"5\",\"opens\":\"13:00\",\"closes\":\"18:00\",\"intake\":\"1\",\"working\":\"1\"},"
		"{\"unit_code\":\"30544\",\"weekday\":\"6\",\"opens\":\"07:00\",\"closes\":\"11:00\",\"intake\":\"1\",\"working\":\"0\"}]')");
	for (int step = 0; step < 160; step++) {
		moment_t at = moment_of(day_of(2026, 11, 18), 0, 0, 0) + (moment_t)step * (3 * 3600 + 17 * 60 + 11);
		int minutes = 30 * (1 + step % 40);
		moment_write_iso(at, start, sizeof start);
		moment_write_iso(calendar_add(&calendars[step % 2], at, minutes * 60), due, sizeof due);
		assert_string_equal(one(admin(), "SELECT motcua.iso(motcua.working_add('%s', '%s', make_interval(mins => %d)))",
		                        step % 2 ? "30544" : "30538", start, minutes), due);
	}
	one(admin(), "UPDATE motcua.holidays SET ended = 99 WHERE loaded_from = 'thử'");
	one(admin(), "UPDATE motcua.shifts SET ended = 99 WHERE loaded_from = 'thử'");
}
