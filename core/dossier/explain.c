/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/explain.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"

#define DAY_ROOM 48

/* "24/11" */
static const char *short_day(day_t day, char *out)
{
	struct date date = day_date(day);
	snprintf(out, DAY_ROOM, "%02d/%02d", date.day, date.month);
	return out;
}

/* "Thứ Bảy 21/11" */
static const char *named_day(day_t day, char *out)
{
	struct date date = day_date(day);
	snprintf(out, DAY_ROOM, "%s %02d/%02d", weekday_name(day_weekday(day)), date.day,
	         date.month);
	return out;
}

static void line(struct explanation *why, const char *text)
{
	lines_add(&why->out->lines, why->arena, "%s", text);
}

void explain_start(struct explanation *why, moment_t start, enum limit_unit unit)
{
	char day[64];
	struct clock clock = moment_clock(start);
	day_write_long(moment_day(start), day, sizeof(day));
	bool by_days = unit == LIMIT_WORKING_DAY || unit == LIMIT_DAY || unit == LIMIT_MONTH;
	lines_add(&why->out->lines, why->arena,
	          by_days ? _("Nhận %02d:%02d %s; ngày nhận không tính") : _("Nhận %02d:%02d %s"),
	          clock.hour, clock.minute, day);
}

void explain_cutoff(struct explanation *why, int minutes, day_t next)
{
	char day[DAY_ROOM];
	lines_add(&why->out->lines, why->arena,
	          _("Nhận sau %02d:%02d: coi như nhận đầu giờ %s (cấu hình của đơn vị)"),
	          minutes / 60, minutes % 60, named_day(next, day));
}

void explain_flush(struct explanation *why)
{
	char from[DAY_ROOM], to[DAY_ROOM];
	if (why->run_from == DAY_NONE)
		return;
	if (why->run_first < why->run_last)
		lines_add(&why->out->lines, why->arena,
		          why->run_rests ? _("%s – %s: ngày làm việc thứ %d – %d (trừ ngày nghỉ "
		                             "hằng tuần)")
		                         : _("%s – %s: ngày làm việc thứ %d – %d"),
		          short_day(why->run_from, from), short_day(why->run_to, to),
		          why->run_first, why->run_last);
	else
		lines_add(&why->out->lines, why->arena, _("%s: ngày làm việc thứ %d"),
		          short_day(why->run_from, from), why->run_first);
	why->run_from = DAY_NONE;
	why->run_rests = false;
}

void explain_counted(struct explanation *why, day_t day, int number)
{
	const struct calendar_day *row = calendar_find(why->calendar, day);
	char text[DAY_ROOM];
	if (row && row->kind == DAY_MAKEUP_WORK) {
		explain_flush(why);
		lines_add(&why->out->lines, why->arena, _("%s: ngày làm việc thứ %d (%s)"),
		          named_day(day, text), number, *row->name ? row->name : _("làm bù"));
		return;
	}
	if (why->run_from == DAY_NONE) {
		why->run_from = day;
		why->run_first = number;
	} else if (why->run_to + 1 != day) {
		why->run_rests = true; /* explain_gap() kept the run open */
	}
	why->run_to = day;
	why->run_last = number;
}

/* The days of one reason: two are named, more become a span. */
static void write_run(struct explanation *why, day_t from, day_t to, const char *reason)
{
	char a[DAY_ROOM], b[DAY_ROOM];
	const struct calendar_day *row = calendar_find(why->calendar, from);
	bool weekly = !row;
	const char *guess = row && row->status == DAY_PREDICTED ? _(" (dự kiến)") : "";
	if (from == to)
		lines_add(&why->out->lines, why->arena, "%s: %s%s",
		          weekly ? named_day(from, a) : short_day(from, a), reason, guess);
	else if (to == from + 1)
		lines_add(&why->out->lines, why->arena, "%s, %s: %s%s",
		          weekly ? named_day(from, a) : short_day(from, a),
		          weekly ? named_day(to, b) : short_day(to, b), reason, guess);
	else
		lines_add(&why->out->lines, why->arena, "%s – %s: %s%s", short_day(from, a),
		          short_day(to, b), reason, guess);
	if (*guess)
		why->out->predicted = true;
}

static bool only_weekly_rest(const struct explanation *why, day_t from, day_t to)
{
	for (day_t day = from; day <= to; day++)
		if (calendar_find(why->calendar, day))
			return false;
	return true;
}

void explain_gap(struct explanation *why, day_t from, day_t to)
{
	if (to < from)
		return;
	if (why->brief && why->run_from != DAY_NONE && only_weekly_rest(why, from, to))
		return;
	explain_flush(why);
	day_t first = from;
	const char *reason = calendar_reason(why->calendar, from);
	for (day_t day = from + 1; day <= to + 1; day++) {
		const char *next = day <= to ? calendar_reason(why->calendar, day) : NULL;
		if (reason && next && !strcmp(reason, next))
			continue;
		if (reason)
			write_run(why, first, day - 1, reason);
		first = day;
		reason = next;
	}
}

void explain_half(struct explanation *why, day_t day)
{
	char text[DAY_ROOM];
	lines_add(&why->out->lines, why->arena, _("%s: thêm nửa ngày, buổi đầu"),
	          named_day(day, text));
}

void explain_period(struct explanation *why, day_t first, day_t last)
{
	char a[DAY_ROOM], b[DAY_ROOM];
	lines_add(&why->out->lines, why->arena, _("%s – %s: %d ngày liên tục"),
	          short_day(first, a), short_day(last, b), (int)(last - first + 1));
}

void explain_shift(struct explanation *why, day_t last, day_t day)
{
	char a[DAY_ROOM], b[DAY_ROOM];
	lines_add(&why->out->lines, why->arena,
	          _("%s là ngày nghỉ: hết hạn vào cuối ngày làm việc tiếp theo, %s"),
	          named_day(last, a), named_day(day, b));
}

void explain_hours(struct explanation *why, double hours, bool working)
{
	const char *text = limit_text(why->arena, hours, working ? LIMIT_WORKING_HOUR : LIMIT_HOUR);
	lines_add(&why->out->lines, why->arena,
	          working ? _("%s, chỉ tính trong giờ làm việc") : _("%s, tính ngay từ lúc nhận"),
	          text);
}

void explain_same_day(struct explanation *why, bool later, int minutes)
{
	if (later)
		lines_add(&why->out->lines, why->arena,
		          _("Giải quyết trong ngày; nhận sau %02d:%02d hoặc ngoài ngày làm việc: "
		            "ngày làm việc tiếp theo"),
		          minutes / 60, minutes % 60);
	else
		line(why, _("Giải quyết trong ngày"));
}

void explain_end(struct explanation *why, moment_t due)
{
	char day[64];
	explain_flush(why);
	if (due == MOMENT_NONE) {
		line(why, _("Pháp luật không quy định thời hạn: không hẹn ngày"));
		return;
	}
	struct clock clock = moment_clock(due);
	lines_add(&why->out->lines, why->arena, _("Hẹn trả %02d:%02d %s"), clock.hour,
	          clock.minute, day_write_long(moment_day(due), day, sizeof(day)));
	if (why->out->predicted)
		line(why, _("Có ngày nghỉ chưa được thông báo chính thức: hạn có thể thay đổi"));
}
