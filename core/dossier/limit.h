/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/limit.h — How long a procedure may take, per case and channel.
 * A published limit that no officer has confirmed is never printed silently. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "core/base/date.h"
#include "core/dossier/procedure.h"

/*      name          stored as       the clerk reads   */
#define LIMIT_UNITS(X)                                  \
	X(NONE,         "none",         "không quy định") \
	X(WORKING_DAY,  "working_day",  "ngày làm việc")  \
	X(DAY,          "day",          "ngày")           \
	X(HOUR,         "hour",         "giờ")            \
	X(WORKING_HOUR, "working_hour", "giờ làm việc")   \
	X(MONTH,        "month",        "tháng")          \
	X(SAME_DAY,     "same_day",     "trong ngày")

enum limit_unit {
#define X(name, stored, label) LIMIT_##name,
	LIMIT_UNITS(X)
#undef X
};

const char *limit_unit_stored(enum limit_unit);
const char *limit_unit_name(enum limit_unit);
bool limit_unit_read(const char *stored, enum limit_unit *out);

/* Columns of limits(): the members of the same names. */
struct limit {
	const char *procedure_code;
	int64_t case_id;      /* 0: every case                             */
	enum channel channel; /* CHANNEL_ANY: every channel                */
	double value;         /* halves allowed; ignored for none, same_day */
	enum limit_unit unit;
	double legal_value;   /* 0: the same as value; else the law's longer limit
	                         of which the unit promises only value      */
	bool confirmed;       /* by an officer of this unit                */
	const char *basis;    /* the text that sets it, "" unknown         */
	const char *note;     /* the portal's free text                    */
	day_t valid_from, valid_to;
};

/* "3 ngày làm việc", "0,5 ngày làm việc", "trong ngày". */
struct arena;
const char *limit_text(struct arena *, double value, enum limit_unit);
