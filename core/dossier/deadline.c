/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/deadline.h"

#include <math.h>
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/explain.h"
#include "core/dossier/lifecycle.h"

#define YEARS_MOST 10
/* Working days; a longer count is explained in weeks, not day by day. */
#define BRIEF_FROM 5

/* Whether the clock of a moment has reached so many minutes after midnight.  The
 * database's referee draws the line at the same second. */
static bool past(moment_t at, int minutes)
{
	return at - moment_of(moment_day(at), 0, 0, 0) >= (moment_t)minutes * 60;
}

static bool valid_value(double value, enum limit_unit unit, struct error *err)
{
	static const double most[] = {
		[LIMIT_WORKING_DAY] = 250 * YEARS_MOST, [LIMIT_DAY] = 366 * YEARS_MOST,
		[LIMIT_HOUR] = 24 * 366 * YEARS_MOST,   [LIMIT_WORKING_HOUR] = 8 * 250 * YEARS_MOST,
		[LIMIT_MONTH] = 12 * YEARS_MOST,        [LIMIT_SAME_DAY] = 0,
	};
	if (unit == LIMIT_NONE || unit == LIMIT_SAME_DAY)
		return true;
	if (!(value > 0))
		return fail(err, FAULT_INPUT, _("Thời hạn phải lớn hơn 0."));
	if (value > most[unit])
		return fail(err, FAULT_INPUT, _("Thời hạn dài quá 10 năm: xem lại con số."));
	bool whole = fabs(value - floor(value)) < 1e-9;
	bool half = fabs(value * 2 - floor(value * 2 + 0.5)) < 1e-9;
	if ((unit == LIMIT_DAY || unit == LIMIT_MONTH) && !whole)
		return fail(err, FAULT_INPUT, _("Thời hạn tính theo ngày, tháng phải là số nguyên."));
	if (!half)
		return fail(err, FAULT_INPUT, _("Thời hạn chỉ lẻ đến nửa ngày, nửa giờ."));
	return true;
}

/* Where the day ends for this dossier: closing, or the hour it was received at,
 * moved into the working hours of that day. */
static moment_t day_end(const struct calendar *calendar, const struct deadline_rule *rule,
                        moment_t start, day_t day)
{
	moment_t closing = calendar_closing(calendar, day);
	if (!rule->keep_hour || closing == MOMENT_NONE)
		return closing;
	struct clock clock = moment_clock(start);
	moment_t same = calendar_settle(calendar, moment_of(day, clock.hour, clock.minute,
	                                                    clock.second));
	return moment_day(same) == day && same < closing ? same : closing;
}

/* The end of the first half of a working day: its first working shift. */
static moment_t half_end(const struct calendar *calendar, day_t day)
{
	struct shift first = { 0 };
	calendar_shifts(calendar, day, &first, 1);
	return moment_of(day, 0, 0, 0) + (moment_t)first.closes * 60;
}

/* n working days after the day of reception, which does not count; a half more
 * ends with the first half of the next one. */
static moment_t working_days(const struct calendar *calendar, const struct deadline_rule *rule,
                             moment_t start, double value, struct explanation *why)
{
	day_t day = moment_day(start);
	int whole = (int)floor(value + 1e-9);
	bool half = value - whole > 0.25;
	for (int i = 0; i < whole; i++) {
		day_t next = calendar_next(calendar, day);
		explain_gap(why, day + 1, next - 1);
		explain_counted(why, next, i + 1);
		day = next;
	}
	if (!half)
		return day_end(calendar, rule, start, day);
	day_t next = calendar_next(calendar, day);
	explain_gap(why, day + 1, next - 1);
	explain_flush(why);
	explain_half(why, next);
	return half_end(calendar, next);
}

/* A period by calendar days or months ends on a working day. */
static moment_t until_day(const struct calendar *calendar, const struct deadline_rule *rule,
                          moment_t start, day_t last, struct explanation *why)
{
	explain_period(why, moment_day(start) + 1, last);
	day_t day = calendar_from(calendar, last);
	if (day != last) {
		explain_shift(why, last, day);
		explain_gap(why, last, day - 1);
	}
	return day_end(calendar, rule, start, day);
}

static day_t months_after(day_t day, int months)
{
	struct date date = day_date(day);
	int month = date.month - 1 + months;
	int year = date.year + month / 12;
	for (int last = date.day; last > 0; last--) {
		day_t out = day_of(year, month % 12 + 1, last);
		if (out != DAY_NONE)
			return out;
	}
	return day;
}

/* By hours the period starts at once; ending on a day off, it ends with the next
 * working day (Điều 148.5). */
static moment_t plain_hours(const struct calendar *calendar, moment_t start, double hours,
                            struct explanation *why)
{
	moment_t end = start + (moment_t)llround(hours * 3600);
	day_t last = moment_day(end), day = calendar_from(calendar, last);
	explain_hours(why, hours, false);
	if (day == last)
		return end;
	explain_shift(why, last, day);
	explain_gap(why, last, day - 1);
	return calendar_closing(calendar, day);
}

static moment_t work_hours(const struct calendar *calendar, moment_t start, double hours,
                           struct explanation *why)
{
	moment_t end = calendar_add(calendar, start, llround(hours * 3600));
	explain_hours(why, hours, true);
	day_t free_from = DAY_NONE;
	for (day_t day = moment_day(start), last = moment_day(end); day <= last; day++) {
		bool works = calendar_works(calendar, day);
		if (!works && free_from == DAY_NONE)
			free_from = day;
		if (!works || free_from == DAY_NONE)
			continue;
		explain_gap(why, free_from, day - 1);
		free_from = DAY_NONE;
	}
	return end;
}

static moment_t same_day(const struct calendar *calendar, const struct deadline_rule *rule,
                         moment_t start, struct explanation *why)
{
	day_t day = moment_day(start), out = day;
	if (!calendar_works(calendar, day))
		out = calendar_from(calendar, day);
	else if (past(start, rule->same_day_at))
		out = calendar_next(calendar, day);
	explain_same_day(why, out != day, rule->same_day_at);
	if (out != day)
		explain_gap(why, calendar_works(calendar, day) ? day + 1 : day, out - 1);
	return calendar_closing(calendar, out);
}

/* The optional cut-off: what comes after it counts as received next morning. */
static moment_t shifted_start(const struct calendar *calendar, const struct deadline_rule *rule,
                              moment_t start, enum limit_unit unit, struct explanation *why)
{
	if (!rule->cutoff || unit == LIMIT_NONE || unit == LIMIT_SAME_DAY ||
	    !past(start, rule->cutoff_at))
		return start;
	day_t next = calendar_next(calendar, moment_day(start));
	explain_cutoff(why, rule->cutoff_at, next);
	return calendar_opening(calendar, next);
}

bool deadline_count(struct arena *arena, const struct calendar *calendar,
                    const struct deadline_rule *rule, moment_t start, double value,
                    enum limit_unit unit, struct deadline *out, struct error *err)
{
	struct deadline result = { .due = MOMENT_NONE };
	struct explanation why = {
		.arena = arena, .calendar = calendar, .out = &result, .run_from = DAY_NONE,
		.brief = unit == LIMIT_WORKING_DAY && value > BRIEF_FROM,
	};
	if (!valid_value(value, unit, err))
		return false;
	if (!calendar_works(calendar, calendar_from(calendar, moment_day(start))))
		return fail(err, FAULT_INPUT,
		            _("Lịch của đơn vị chưa có giờ làm việc: không tính được ngày hẹn."));
	explain_start(&why, start, unit);
	start = shifted_start(calendar, rule, start, unit, &why);
	switch (unit) {
	case LIMIT_NONE: break;
	case LIMIT_WORKING_DAY:
		result.due = working_days(calendar, rule, start, value, &why);
		break;
	case LIMIT_DAY:
		result.due = until_day(calendar, rule, start, moment_day(start) + (int)value, &why);
		break;
	case LIMIT_MONTH:
		result.due = until_day(calendar, rule, start,
		                       months_after(moment_day(start), (int)value), &why);
		break;
	case LIMIT_HOUR: result.due = plain_hours(calendar, start, value, &why); break;
	case LIMIT_WORKING_HOUR: result.due = work_hours(calendar, start, value, &why); break;
	case LIMIT_SAME_DAY: result.due = same_day(calendar, rule, start, &why); break;
	}
	explain_end(&why, result.due);
	*out = result;
	return true;
}

moment_t deadline_transfer(const struct calendar *calendar, const struct deadline_rule *rule,
                           moment_t received)
{
	day_t day = moment_day(received);
	if (calendar_works(calendar, day) && !past(received, rule->transfer_at))
		return received;
	return calendar_opening(calendar, calendar_next(calendar, day));
}

bool deadline_count_elsewhere(struct arena *arena, const struct calendar *calendar,
                              const struct deadline_rule *rule, moment_t received, double value,
                              enum limit_unit unit, struct deadline *out, struct error *err)
{
	moment_t sent = deadline_transfer(calendar, rule, received);
	struct deadline rest;
	if (!deadline_count(arena, calendar, rule, sent, value, unit, &rest, err))
		return false;
	*out = (struct deadline){ .due = rest.due, .predicted = rest.predicted };
	char at[32];
	lines_add(&out->lines, arena,
	          sent == received
	                  ? _("Nhận thay cơ quan giải quyết: tính từ lúc chuyển, %s")
	                  : _("Nhận thay cơ quan giải quyết, sau 15 giờ: chuyển và tính từ %s"),
	          moment_write(sent, at, sizeof(at)));
	for (size_t i = 0; i < rest.lines.count; i++)
		lines_add(&out->lines, arena, "%s", rest.lines.items[i]);
	return true;
}

moment_t deadline_extend(const struct calendar *calendar, moment_t due, moment_t from,
                         moment_t until)
{
	int64_t lost = calendar_between(calendar, from, until);
	return due == MOMENT_NONE || !lost ? due : calendar_add(calendar, due, lost);
}

void deadline_pause(struct arena *arena, const struct calendar *calendar, moment_t due,
                    moment_t from, moment_t until, struct deadline *out)
{
	char begun[32], over[32], old[32], fresh[32];
	/* Whole minutes, as they are told, so that the sentence adds up. */
	int64_t lost = calendar_between(calendar, from - from % 60, until - until % 60);
	*out = (struct deadline){ .due = due == MOMENT_NONE || !lost ? due : calendar_add(calendar, due, lost) };
	moment_write(from, begun, sizeof begun);
	moment_write(until, over, sizeof over);
	if (due == MOMENT_NONE)
		return;
	if (!lost) {
		lines_add(&out->lines, arena, _("Chờ từ %s đến %s: không mất giờ làm việc nào."), begun, over);
		return;
	}
	long long minutes = (long long)lost / 60;
	if (minutes % 60)
		lines_add(&out->lines, arena, _("Chờ từ %s đến %s: %lld giờ %lld phút làm việc không tính vào thời hạn."),
		          begun, over, minutes / 60, minutes % 60);
	else
		lines_add(&out->lines, arena, _("Chờ từ %s đến %s: %lld giờ làm việc không tính vào thời hạn."), begun, over,
		          minutes / 60);
	lines_add(&out->lines, arena, _("Ngày hẹn trả lùi từ %s sang %s."), moment_write(due, old, sizeof old),
	          moment_write(out->due, fresh, sizeof fresh));
}

moment_t deadline_boundary(const struct deadline_rule *rule, moment_t now)
{
	const int minutes[] = { rule->same_day_at, rule->transfer_at, rule->cutoff_at };
	moment_t midnight = moment_of(moment_day(now), 0, 0, 0);
	moment_t next = midnight + 86400;
	for (size_t i = 0; i < 3; i++) {
		moment_t edge = midnight + (moment_t)minutes[i] * 60;
		if (edge > now && edge < next)
			next = edge;
	}
	return next;
}

bool deadline_late(int status, moment_t due, moment_t now)
{
	return status_running(status) && due != MOMENT_NONE && due < now;
}

enum punctuality deadline_judge(int status, moment_t due, moment_t done, moment_t now)
{
	if (!status_running(status) && status != STATUS_DONE && status != STATUS_RETURNED)
		return PUNCTUAL_NO_CLOCK;
	if (done != MOMENT_NONE) {
		if (due == MOMENT_NONE || moment_day(done) == moment_day(due))
			return PUNCTUAL_DONE_ON_DAY;
		return moment_day(done) < moment_day(due) ? PUNCTUAL_DONE_EARLY : PUNCTUAL_DONE_LATE;
	}
	if (due == MOMENT_NONE || due - now >= 86400)
		return PUNCTUAL_IN_TIME;
	return now > due ? PUNCTUAL_LATE : PUNCTUAL_SOON;
}

const char *punctuality_name(enum punctuality which)
{
	static const char *const names[] = {
#define X(name, stored, label) label,
		PUNCTUALITIES(X)
#undef X
	};
	return _(names[which]);
}
