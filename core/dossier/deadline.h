/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/deadline.h — When the result is due, and why.
 *
 * Counting (Bộ luật Dân sự 2015, Điều 147–148): by days, the first day does
 * not count and a period that ends on a day off ends at the end of the next
 * working day; by hours, it starts at once.  Within the day (Luật Hộ tịch Điều
 * 5, NĐ 23/2015 Điều 7): received after 15:00, the next working day. */
#pragma once
#include <stdbool.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/dossier/calendar.h"
#include "core/dossier/limit.h"
#include "core/dossier/lines.h"

/* Settings of the unit; DEADLINE_RULE is the law's reading.  "Sau 15 giờ" begins
 * at 15:00:00: the receipt and the referee count in whole seconds. */
struct deadline_rule {
	bool keep_hour;   /* due at the hour of reception, not at closing    */
	bool cutoff;      /* reception from cutoff_at on starts the next working day */
	int cutoff_at;    /* minutes after midnight                          */
	int same_day_at;  /* within-the-day procedures: from it on, next day   */
	int transfer_at;  /* hand-over between offices: from it on, next morning */
};
#define DEADLINE_RULE ((struct deadline_rule){ false, false, 900, 900, 900 })

struct deadline {
	moment_t due;       /* MOMENT_NONE: no limit                           */
	struct lines lines; /* the explanation, for screen and history         */
	bool predicted;     /* counts across a day off not announced yet       */
};

/* Fails (FAULT_INPUT) for a value that is negative, no multiple of a half, or
 * beyond ten years; months and calendar days must be whole. */
bool deadline_count(struct arena *, const struct calendar *, const struct deadline_rule *,
                    moment_t start, double value, enum limit_unit, struct deadline *out,
                    struct error *);

/* When the dossier must leave for the deciding agency: the same working day,
 * or the next working morning when received after 15:00 (NĐ 118/2025 as amended
 * by NĐ 309/2026). */
moment_t deadline_transfer(const struct calendar *, const struct deadline_rule *, moment_t received);
/* A dossier decided elsewhere: its clock starts at the transfer (Điều 17.3), so
 * the first promise counts from deadline_transfer(). */
bool deadline_count_elsewhere(struct arena *, const struct calendar *,
                              const struct deadline_rule *, moment_t received, double value,
                              enum limit_unit, struct deadline *out, struct error *);
/* The due date moved by the working time that a pause took. */
moment_t deadline_extend(const struct calendar *, moment_t due, moment_t from, moment_t until);
/* The same with the sentences that explain it, for the record. */
void deadline_pause(struct arena *, const struct calendar *, moment_t due, moment_t from,
                    moment_t until, struct deadline *out);
/* The next moment after now at which the same request would be computed
 * differently (15:00 or midnight): the referee refuses across it. */
moment_t deadline_boundary(const struct deadline_rule *, moment_t now);

/*      name         stored as    the clerk reads        */
#define PUNCTUALITIES(X)                                   \
	X(IN_TIME,     "in_time",  N_("trong hạn"))         \
	X(SOON,        "soon",     N_("sắp đến hạn"))       \
	X(LATE,        "late",     N_("quá hạn"))           \
	X(DONE_EARLY,  "done_early", N_("trước hạn"))       \
	X(DONE_ON_DAY, "done_on_day", N_("đúng hạn"))       \
	X(DONE_LATE,   "done_late", N_("quá hạn"))          \
	X(NO_CLOCK,    "no_clock", N_("không tính thời hạn"))

enum punctuality {
#define X(name, stored, label) PUNCTUAL_##name,
	PUNCTUALITIES(X)
#undef X
};
/* done = MOMENT_NONE: still open, judged against now (soon: less than 24 hours
 * left).  Finished dossiers are compared by day.  What waits for papers or money
 * has no clock, nor has what was refused, withdrawn or stopped (note of Biểu 06). */
enum punctuality deadline_judge(int status, moment_t due, moment_t done, moment_t now);
/* Open, its clock running, its date over: as is_late of the database. */
bool deadline_late(int status, moment_t due, moment_t now);
const char *punctuality_name(enum punctuality);
