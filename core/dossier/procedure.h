/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/procedure.h — An administrative procedure (thủ tục hành chính)
 * as published, and its cases (trường hợp).  The catalogue changes constantly;
 * a dossier keeps the version in force at its reception. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/date.h"

struct component;
struct fee;
struct limit;
struct replacement;

/* How a dossier is filed; the numbers are those of the national portal. */
enum channel {
	CHANNEL_ANY = 0, /* in catalogue rows only: whatever the channel */
	CHANNEL_COUNTER = 1,
	CHANNEL_ONLINE = 2,
	CHANNEL_POST = 3,
};
const char *channel_name(enum channel); /* "Trực tiếp" … */

/* Columns of cases(): the members of the same names. */
struct procedure_case {
	int64_t case_id;
	const char *procedure_code;
	int seq;
	const char *name;
};

/* Columns of procedures(): the members of the same names, down to valid_to. */
struct procedure {
	const char *code;       /* "1.004873", as published, opaque              */
	const char *name;       /* up to about a thousand characters             */
	const char *short_name; /* the unit's own, "" when none                  */
	const char *short_code; /* 3–5 keys of the unit's own, "" when none      */
	const char *field;      /* lĩnh vực: "Hộ tịch"                           */
	const char *ministry;   /* "Bộ Tư pháp"                                  */
	const char *level;      /* who may decide: "xã", "xã+tỉnh", "tỉnh" …     */
	const char *decision;   /* the decision that published it                */
	const char *subjects;
	const char *result_name;
	const char *result_code;/* "KQ.G15.000031"                               */
	const char *online_level;
	const char *deciding_unit; /* e-identifier or unit code; "" = this unit  */
	const char *interlinked;/* group of linked procedures, "" when none      */
	const char *note;
	bool same_day_rule;     /* "1" without unit means: within the day, after
	                           15:00 the next working day (hộ tịch, chứng thực) */
	bool immediate;         /* result at once: no receipt unless asked       */
	bool offered;           /* on this unit's list                           */
	int use_count;          /* how often this unit received it lately        */
	int version;            /* of the catalogue row                          */
	day_t valid_from;       /* DAY_NONE: always                              */
	day_t valid_to;         /* first day it is no longer in force; DAY_NONE: open */

	/* catalogue_finish() fills the rest. */
	const struct procedure_case *cases;
	const struct limit *limits;
	const struct fee *fees;
	const struct component *components;
	const struct replacement *replacements;
	size_t case_count, limit_count, fee_count, component_count, replacement_count;
	const char *folded;     /* name, short name and field, for search        */
	const char *initials;   /* "dkks" of Đăng ký khai sinh                   */
	const char *folded_key; /* short_code, folded                            */
};

/* The short name if there is one, else the name; for one-line lists. */
const char *procedure_label(const struct procedure *);
bool procedure_in_force(const struct procedure *, day_t);
