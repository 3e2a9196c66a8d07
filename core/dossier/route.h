/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/route.h — To which system a dossier travels.  A procedure goes
 * to its ministry's system from the day an official notice says so, else to the
 * province's (default).  Rules are data with validity; a dossier freezes its
 * route at reception, with the notice behind it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/dossier/lines.h"
#include "core/dossier/procedure.h"

/* Columns of systems(): the members of the same names. */
struct system {
	const char *code;     /* "tu-phap", "tinh", "cong", "dieu-phoi"          */
	const char *name;     /* "Hệ thống tập trung của Bộ Tư pháp"             */
	const char *family;   /* "ndxp" "igate" "json" or "manual"               */
	const char *ministry; /* whose it is, as in procedure.ministry; ""       */
	const char *health;   /* "ok", "slow", "down", "unknown"                 */
};

/* Columns of routes(): the members of the same names.  An empty or zero key
 * matches anything. */
struct route_rule {
	int64_t rule_id;
	const char *procedure_code;
	const char *ministry;      /* as in procedure.ministry                   */
	const char *field;         /* lĩnh vực                                   */
	const char *level;         /* one level: "xã", "tỉnh"                    */
	int64_t case_id;
	const char *deciding_unit;
	const char *system;        /* code                                       */
	const char *told;          /* codes of the systems also told: "tinh,cong"
	                              or "{tinh,cong}"                           */
	day_t valid_from, valid_to;/* [from, to); DAY_NONE: open                 */
	const char *notice;        /* "CV 2423/UBND-HCC ngày 31/12/2025"         */
	const char *decided_by;
	const char *note;
};

#define ROUTE_DEFAULT_SYSTEM "tinh"
#define ROUTE_TOLD_MOST 8

struct route_ask {
	const struct procedure *procedure;
	const char *level;         /* who decides here: "xã"                     */
	int64_t case_id;
	const char *deciding_unit; /* "" this unit                               */
	day_t day;                 /* of reception                               */
};
struct route {
	const struct route_rule *rule;    /* NULL: no rule, default system        */
	int64_t rule_id;                  /* 0 when none                          */
	const char *system;               /* code                                 */
	const struct system *destination; /* NULL when the catalogue lacks it     */
	const char *notice;               /* "" when none                         */
	const char *told[ROUTE_TOLD_MOST];
	size_t told_count;
	struct lines why;                 /* sentences for "vì sao chuyển đến đây" */
};

struct catalogue;
/* The most specific rule valid on the day: procedure, then case, deciding unit,
 * field, ministry, level; of equals the later valid_from, then the higher id.
 * Fails (FAULT_INPUT) only when the rule names a system that is not there. */
bool route_choose(struct arena *, const struct catalogue *, const struct route_ask *,
                  struct route *out, struct error *);
