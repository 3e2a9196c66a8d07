/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/say.h"

#define ZONE_SECONDS (7 * 3600)
#define DAY_SECONDS  86400

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool date_valid(int year, int month, int day)
{
	return year >= 1800 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= month_days(year, month);
}

/* Days before the year, counted from a March so that leap days come last. */
day_t day_of(int year, int month, int day)
{
	if (!date_valid(year, month, day))
		return DAY_NONE;
	int y = month <= 2 ? year - 1 : year;
	int m = month <= 2 ? month + 9 : month - 3;
	int days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
	return days - 719468;
}

struct date day_date(day_t at)
{
	int days = at + 719468;
	int era = days / 146097;
	int rest = days % 146097;
	int year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	int in_year = rest - (365 * year + year / 4 - year / 100);
	int m = (5 * in_year + 2) / 153;
	struct date date = { .day = in_year - (153 * m + 2) / 5 + 1 };
	date.month = m < 10 ? m + 3 : m - 9;
	date.year = era * 400 + year + (date.month <= 2);
	return date;
}

int day_weekday(day_t at)
{
	int week = (at + 3) % 7; /* 1970-01-01 was a Thursday */
	return (week < 0 ? week + 7 : week) + 1;
}

moment_t moment_of(day_t day, int hour, int minute, int second)
{
	return (moment_t)day * DAY_SECONDS + hour * 3600 + minute * 60 + second - ZONE_SECONDS;
}

static int64_t local_seconds(moment_t at)
{
	return at + ZONE_SECONDS;
}

day_t moment_day(moment_t at)
{
	int64_t local = local_seconds(at);
	int64_t days = local / DAY_SECONDS;
	if (local % DAY_SECONDS < 0)
		days--;
	return (day_t)days;
}

struct clock moment_clock(moment_t at)
{
	int64_t rest = local_seconds(at) - (int64_t)moment_day(at) * DAY_SECONDS;
	return (struct clock){ (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60) };
}

moment_t moment_now(void)
{
	return (moment_t)time(NULL);
}

int64_t monotonic_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Exactly count digits at *at; -1 otherwise. */
static int digits(const char **at, int count)
{
	int value = 0;
	for (int i = 0; i < count; i++, (*at)++) {
		if (**at < '0' || **at > '9')
			return -1;
		value = value * 10 + (**at - '0');
	}
	return value;
}

static int digits_upto(const char **at, int most)
{
	int value = 0, count = 0;
	while (count < most && **at >= '0' && **at <= '9') {
		value = value * 10 + (*(*at)++ - '0');
		count++;
	}
	return count ? value : -1;
}

day_t day_read(const char *text)
{
	const char *at = text;
	if (strlen(text) == 8 && strspn(text, "0123456789") == 8) {
		int d = digits(&at, 2), m = digits(&at, 2), y = digits(&at, 4);
		return day_of(y, m, d);
	}
	int day = digits_upto(&at, 2);
	char mark = *at;
	if (day < 0 || (mark != '/' && mark != '-' && mark != '.'))
		return DAY_NONE;
	at++;
	int month = digits_upto(&at, 2);
	if (month < 0 || *at++ != mark)
		return DAY_NONE;
	int year = digits(&at, 4);
	return year < 0 || *at ? DAY_NONE : day_of(year, month, day);
}

static day_t read_iso_day(const char **at)
{
	int year = digits(at, 4);
	if (year < 0 || **at != '-')
		return DAY_NONE;
	(*at)++;
	int month = digits(at, 2);
	if (month < 0 || **at != '-')
		return DAY_NONE;
	(*at)++;
	int day = digits(at, 2);
	return day < 0 ? DAY_NONE : day_of(year, month, day);
}

day_t day_read_iso(const char *text)
{
	day_t day = read_iso_day(&text);
	return *text ? DAY_NONE : day;
}

/* Seconds east of UTC; false when the rest of the text is no zone. */
static bool read_zone(const char *at, int *seconds)
{
	*seconds = ZONE_SECONDS;
	if (!*at)
		return true;
	if (*at == 'Z' && !at[1]) {
		*seconds = 0;
		return true;
	}
	if (*at != '+' && *at != '-')
		return false;
	int sign = *at++ == '-' ? -1 : 1;
	int hours = digits(&at, 2), minutes = 0;
	if (*at == ':')
		at++;
	if (hours < 0 || (*at && (minutes = digits(&at, 2)) < 0) || *at)
		return false;
	*seconds = sign * (hours * 3600 + minutes * 60);
	return true;
}

moment_t moment_read_iso(const char *text)
{
	const char *at = text;
	day_t day = read_iso_day(&at);
	if (day == DAY_NONE || (*at != 'T' && *at != ' '))
		return MOMENT_NONE;
	at++;
	int hour = digits(&at, 2);
	if (hour < 0 || hour > 23 || *at++ != ':')
		return MOMENT_NONE;
	int minute = digits(&at, 2), second = 0;
	if (minute < 0 || minute > 59)
		return MOMENT_NONE;
	if (*at == ':') {
		at++;
		second = digits(&at, 2);
		if (second < 0 || second > 60)
			return MOMENT_NONE;
		if (*at == '.') {
			at++;
			at += strspn(at, "0123456789");
		}
	}
	int zone;
	if (!read_zone(at, &zone))
		return MOMENT_NONE;
	return (moment_t)day * DAY_SECONDS + hour * 3600 + minute * 60 + second - zone;
}

char *day_write(day_t day, char *out, size_t room)
{
	struct date d = day_date(day);
	snprintf(out, room, "%02d/%02d/%04d", d.day, d.month, d.year);
	return out;
}

char *day_write_iso(day_t day, char *out, size_t room)
{
	struct date d = day_date(day);
	snprintf(out, room, "%04d-%02d-%02d", d.year, d.month, d.day);
	return out;
}

char *day_write_long(day_t day, char *out, size_t room)
{
	struct date d = day_date(day);
	snprintf(out, room, "%s %02d/%02d/%04d", weekday_name(day_weekday(day)), d.day, d.month,
	         d.year);
	return out;
}

char *moment_write(moment_t at, char *out, size_t room)
{
	struct date d = day_date(moment_day(at));
	struct clock c = moment_clock(at);
	snprintf(out, room, "%02d/%02d/%04d %02d:%02d", d.day, d.month, d.year, c.hour, c.minute);
	return out;
}

char *moment_write_iso(moment_t at, char *out, size_t room)
{
	struct date d = day_date(moment_day(at));
	struct clock c = moment_clock(at);
	snprintf(out, room, "%04d-%02d-%02dT%02d:%02d:%02d+07:00", d.year, d.month, d.day, c.hour,
	         c.minute, c.second);
	return out;
}

char *moment_write_wire(moment_t at, char *out, size_t room)
{
	struct date d = day_date(moment_day(at));
	struct clock c = moment_clock(at);
	snprintf(out, room, "%04d%02d%02d%02d%02d%02d", d.year, d.month, d.day, c.hour, c.minute,
	         c.second);
	return out;
}

const char *weekday_name(int iso_weekday)
{
	static const char *const names[] = { N_("Thứ Hai"), N_("Thứ Ba"), N_("Thứ Tư"),
		N_("Thứ Năm"), N_("Thứ Sáu"), N_("Thứ Bảy"), N_("Chủ nhật") };
	return _(names[(iso_weekday + 6) % 7]);
}
