/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/calendar.h — Which days and hours a unit works.  A table, not a
 * formula: swaps are decided each year, and each row names its source. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/date.h"

enum day_kind {
	DAY_STATUTORY,    /* "statutory": a day off by law                        */
	DAY_COMPENSATION, /* "compensation": a weekday off, the holiday fell on a weekend */
	DAY_SWAP_OFF,     /* "swap_off": a weekday off, worked on another day     */
	DAY_MAKEUP_WORK,  /* "makeup_work": that other day, which counts          */
	DAY_CLOSED,       /* "closed": this unit only (storm, power, moving house) */
};
enum day_status {
	DAY_OFFICIAL,  /* "official": announced                                  */
	DAY_RULE,      /* "rule": follows from the law                           */
	DAY_PREDICTED, /* "predicted": must be replaced when it is announced     */
};

/* Columns of calendar(): the members of the same names. */
struct calendar_day {
	day_t day;
	enum day_kind kind;
	enum day_status status;
	const char *name;  /* "Ngày Văn hóa Việt Nam"                          */
	const char *basis;
	int hours_of;      /* makeup_work: whose hours it keeps, ISO weekday; 0: Monday's */
};

/* Columns of shifts(): the members of the same names.  A weekday without a
 * working shift is weekly rest.  Open for intake and counting as working time
 * are two things: police desks receive on Saturday mornings that do not count. */
struct shift {
	int weekday;       /* ISO: 1 Monday … 7 Sunday                         */
	int opens, closes; /* minutes after midnight; hh:mm[:ss] in the database */
	bool intake;
	bool working;
	day_t valid_from, valid_to; /* valid_to: first day it no longer holds  */
};

struct calendar {
	const struct calendar_day *days; /* sorted by day; makeup and off on one day: off wins */
	size_t day_count;
	const struct shift *shifts;      /* sorted by weekday, opens; none: 7:00–11:30, */
	size_t shift_count;              /* 13:30–17:00 Monday to Friday               */
};

/* The row of that day, or NULL. */
const struct calendar_day *calendar_find(const struct calendar *, day_t);
bool calendar_works(const struct calendar *, day_t);
/* The first working day after (strictly) / not before that day. */
day_t calendar_next(const struct calendar *, day_t);
day_t calendar_from(const struct calendar *, day_t);
/* Working shifts of a day in order: writes at most most, returns how many. */
size_t calendar_shifts(const struct calendar *, day_t, struct shift *out, size_t most);
/* Opening of the first, closing of the last working shift; MOMENT_NONE on a
 * day that does not count. */
moment_t calendar_opening(const struct calendar *, day_t);
moment_t calendar_closing(const struct calendar *, day_t);
/* Whether the desk receives now. */
bool calendar_receives(const struct calendar *, moment_t);
/* The moment itself inside working time, else the next opening. */
moment_t calendar_settle(const struct calendar *, moment_t);
/* start plus so many seconds of working time. */
moment_t calendar_add(const struct calendar *, moment_t start, int64_t seconds);
/* Seconds of working time between two moments (0 when until <= from). */
int64_t calendar_between(const struct calendar *, moment_t from, moment_t until);
/* Why a day does not count: "nghỉ hằng tuần" or the holiday's name; NULL when it does. */
const char *calendar_reason(const struct calendar *, day_t);
