/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/date.h — Days and moments in Asia/Ho_Chi_Minh (UTC+7, no summer
 * time since 1975).  Pure: nothing here reads the clock but moment_now(). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A calendar day, as the number of days since 1970-01-01. */
typedef int32_t day_t;
#define DAY_NONE INT32_MIN

/* A moment, in seconds since 1970-01-01 00:00 UTC. */
typedef int64_t moment_t;
#define MOMENT_NONE INT64_MIN

struct date {
	int year, month, day;
};
struct clock {
	int hour, minute, second;
};

bool date_valid(int year, int month, int day);
day_t day_of(int year, int month, int day); /* DAY_NONE when invalid */
struct date day_date(day_t);
int day_weekday(day_t); /* 1 Monday … 7 Sunday (ISO) */

moment_t moment_of(day_t, int hour, int minute, int second);
day_t moment_day(moment_t);
struct clock moment_clock(moment_t);
/* The machine's clock; only programs' borders call it. */
moment_t moment_now(void);
/* Milliseconds of a clock that never jumps, for timers. */
int64_t monotonic_ms(void);

/* Readers accept the whole text or nothing.  Typed days: dd/mm/yyyy, d/m/yyyy,
 * ddmmyyyy; ISO: yyyy-mm-dd.  Both return DAY_NONE when it is none of them. */
day_t day_read(const char *text);
day_t day_read_iso(const char *text);
/* yyyy-mm-dd[T ]hh:mm:ss[.fff][+07[:00]|Z], as PostgreSQL writes timestamptz;
 * without a zone it is Vietnamese time.  MOMENT_NONE when it is not. */
moment_t moment_read_iso(const char *text);

/* Writers fill room bytes and return out. */
char *day_write(day_t, char *out, size_t room);          /* 24/11/2026           */
char *day_write_iso(day_t, char *out, size_t room);      /* 2026-11-24           */
char *day_write_long(day_t, char *out, size_t room);     /* Thứ Ba 24/11/2026    */
char *moment_write(moment_t, char *out, size_t room);    /* 24/11/2026 17:00     */
char *moment_write_iso(moment_t, char *out, size_t room);/* 2026-11-24T17:00:00+07:00 */
char *moment_write_wire(moment_t, char *out, size_t room);/* 20261124170000      */
const char *weekday_name(int iso_weekday);               /* "Thứ Hai" … "Chủ nhật" */
