/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/calendar.h"

#include "core/base/say.h"

#define DAY_SHIFTS_MOST 8
/* Beyond this many days without work the table is broken; counting stops. */
#define SEARCH_MOST 3700

/* The usual hours, until the unit has its own. */
static const struct shift USUAL[] = {
#define WEEKDAY(n)                                                           \
	{ n, 420, 690, true, true, DAY_NONE, DAY_NONE },                     \
	{ n, 810, 1020, true, true, DAY_NONE, DAY_NONE }
	WEEKDAY(1), WEEKDAY(2), WEEKDAY(3), WEEKDAY(4), WEEKDAY(5),
#undef WEEKDAY
};

const struct calendar_day *calendar_find(const struct calendar *calendar, day_t day)
{
	size_t low = 0, high = calendar->day_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (calendar->days[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < calendar->day_count && calendar->days[low].day == day ? &calendar->days[low]
	                                                                   : NULL;
}

static bool shift_holds(const struct shift *shift, int weekday, day_t day)
{
	return shift->weekday == weekday && shift->closes > shift->opens &&
	       (shift->valid_from == DAY_NONE || day >= shift->valid_from) &&
	       (shift->valid_to == DAY_NONE || day < shift->valid_to);
}

/* Shifts of a weekday's pattern on a day: those that count, or those that receive. */
static size_t pattern(const struct calendar *calendar, day_t day, int weekday, bool intake,
                      struct shift *out, size_t most)
{
	bool own = calendar->shift_count > 0;
	const struct shift *shifts = own ? calendar->shifts : USUAL;
	size_t count = own ? calendar->shift_count : sizeof(USUAL) / sizeof(*USUAL), n = 0;
	for (size_t i = 0; i < count && n < most; i++)
		if ((intake ? shifts[i].intake : shifts[i].working) &&
		    shift_holds(&shifts[i], weekday, day))
			out[n++] = shifts[i];
	return n;
}

/* Whose hours a day keeps: 0 when it is off. */
static int hours_of(const struct calendar *calendar, day_t day)
{
	const struct calendar_day *row = calendar_find(calendar, day);
	if (!row)
		return day_weekday(day);
	if (row->kind != DAY_MAKEUP_WORK)
		return 0;
	return row->hours_of >= 1 && row->hours_of <= 7 ? row->hours_of : 1;
}

size_t calendar_shifts(const struct calendar *calendar, day_t day, struct shift *out, size_t most)
{
	int weekday = hours_of(calendar, day);
	return weekday ? pattern(calendar, day, weekday, false, out, most) : 0;
}

bool calendar_works(const struct calendar *calendar, day_t day)
{
	struct shift shift;
	return calendar_shifts(calendar, day, &shift, 1) > 0;
}

day_t calendar_from(const struct calendar *calendar, day_t day)
{
	for (int i = 0; i < SEARCH_MOST && !calendar_works(calendar, day); i++)
		day++;
	return day;
}

day_t calendar_next(const struct calendar *calendar, day_t day)
{
	return calendar_from(calendar, day + 1);
}

static moment_t at_minute(day_t day, int minute)
{
	return moment_of(day, 0, 0, 0) + (moment_t)minute * 60;
}

moment_t calendar_opening(const struct calendar *calendar, day_t day)
{
	struct shift shifts[DAY_SHIFTS_MOST];
	size_t n = calendar_shifts(calendar, day, shifts, DAY_SHIFTS_MOST);
	return n ? at_minute(day, shifts[0].opens) : MOMENT_NONE;
}

moment_t calendar_closing(const struct calendar *calendar, day_t day)
{
	struct shift shifts[DAY_SHIFTS_MOST];
	size_t n = calendar_shifts(calendar, day, shifts, DAY_SHIFTS_MOST);
	return n ? at_minute(day, shifts[n - 1].closes) : MOMENT_NONE;
}

bool calendar_receives(const struct calendar *calendar, moment_t at)
{
	struct shift shifts[DAY_SHIFTS_MOST];
	day_t day = moment_day(at);
	int weekday = hours_of(calendar, day);
	size_t n = weekday ? pattern(calendar, day, weekday, true, shifts, DAY_SHIFTS_MOST) : 0;
	for (size_t i = 0; i < n; i++)
		if (at >= at_minute(day, shifts[i].opens) && at < at_minute(day, shifts[i].closes))
			return true;
	return false;
}

moment_t calendar_settle(const struct calendar *calendar, moment_t at)
{
	struct shift shifts[DAY_SHIFTS_MOST];
	day_t day = moment_day(at);
	for (int i = 0; i < SEARCH_MOST; i++, day++) {
		size_t n = calendar_shifts(calendar, day, shifts, DAY_SHIFTS_MOST);
		for (size_t j = 0; j < n; j++) {
			moment_t opens = at_minute(day, shifts[j].opens);
			if (at < opens)
				return opens;
			if (at < at_minute(day, shifts[j].closes))
				return at;
		}
	}
	return at;
}

moment_t calendar_add(const struct calendar *calendar, moment_t start, int64_t seconds)
{
	struct shift shifts[DAY_SHIFTS_MOST];
	day_t day = moment_day(start);
	int idle = 0;
	for (; idle < SEARCH_MOST; day++) {
		size_t n = calendar_shifts(calendar, day, shifts, DAY_SHIFTS_MOST);
		idle = n ? 0 : idle + 1;
		for (size_t j = 0; j < n; j++) {
			moment_t from = at_minute(day, shifts[j].opens);
			moment_t until = at_minute(day, shifts[j].closes);
			if (from < start)
				from = start;
			if (from >= until)
				continue;
			if (seconds <= until - from)
				return from + seconds;
			seconds -= until - from;
		}
	}
	return start;
}

int64_t calendar_between(const struct calendar *calendar, moment_t from, moment_t until)
{
	struct shift shifts[DAY_SHIFTS_MOST];
	int64_t seconds = 0;
	if (until <= from)
		return 0;
	for (day_t day = moment_day(from), last = moment_day(until); day <= last; day++) {
		size_t n = calendar_shifts(calendar, day, shifts, DAY_SHIFTS_MOST);
		for (size_t j = 0; j < n; j++) {
			moment_t opens = at_minute(day, shifts[j].opens);
			moment_t closes = at_minute(day, shifts[j].closes);
			opens = opens < from ? from : opens;
			closes = closes > until ? until : closes;
			if (closes > opens)
				seconds += closes - opens;
		}
	}
	return seconds;
}

const char *calendar_reason(const struct calendar *calendar, day_t day)
{
	if (calendar_works(calendar, day))
		return NULL;
	const struct calendar_day *row = calendar_find(calendar, day);
	if (row && row->kind != DAY_MAKEUP_WORK && *row->name)
		return row->name;
	return row ? _("ngày nghỉ của đơn vị") : _("nghỉ hằng tuần");
}
