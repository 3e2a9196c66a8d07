/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/catalogue.h — All that a counter knows of its unit's
 * procedures, kept in memory: searching, the checklist, the due date and the
 * route are pure functions on it and work while the database is away.
 *
 * Filling: one row after another with the database's column names and text
 * values (catalogue_row), then catalogue_finish() once.  After that it is
 * read-only; a reload builds a new one and frees the old.  Every string is
 * borrowed from its arena. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/error.h"
#include "core/dossier/calendar.h"
#include "core/dossier/component.h"
#include "core/dossier/deadline.h"
#include "core/dossier/fee.h"
#include "core/dossier/limit.h"
#include "core/dossier/place.h"
#include "core/dossier/procedure.h"
#include "core/dossier/route.h"

/*      name          database function, struct, member                     */
#define CATALOGUE_TABLES(X)                                                 \
	X(PROCEDURES,   "procedures",   procedure,      procedures)         \
	X(CASES,        "cases",        procedure_case, cases)              \
	X(LIMITS,       "limits",       limit,          limits)             \
	X(FEES,         "fees",         fee,            fees)               \
	X(COMPONENTS,   "components",   component,      components)         \
	X(REPLACEMENTS, "replacements", replacement,    replacements)       \
	X(CALENDAR,     "calendar",     calendar_day,   days)               \
	X(SHIFTS,       "shifts",       shift,          shifts)             \
	X(SYSTEMS,      "systems",      system,         systems)            \
	X(ROUTES,       "routes",       route_rule,     routes)             \
	X(PLACES,       "places",       place,          places)

enum catalogue_table {
#define X(name, function, type, member) CATALOGUE_##name,
	CATALOGUE_TABLES(X)
#undef X
	CATALOGUE_TABLE_COUNT
};

struct catalogue {
	struct arena arena;
	int version;                 /* the database's, set by the loader       */
	struct deadline_rule rule;   /* the unit's settings; catalogue_start sets the law's */
	struct calendar calendar;    /* views of days and shifts                */
#define X(name, function, type, member) struct type *member;
	CATALOGUE_TABLES(X)
#undef X
	size_t count[CATALOGUE_TABLE_COUNT], room[CATALOGUE_TABLE_COUNT];
};

void catalogue_start(struct catalogue *);
/* The columns a table understands, for loaders and checks: NULL-ended. */
const char *const *catalogue_columns(enum catalogue_table);
const char *catalogue_function(enum catalogue_table);
/* Adds a row: names[i] has the text values[i] as PostgreSQL writes it (bool t/f,
 * ISO dates, NULL for NULL).  Unknown columns are ignored, absent ones are
 * empty: "" 0 false DAY_NONE, amounts FEE_UNKNOWN, procedures offered.  A value
 * that cannot be read fails with FAULT_BUG naming table, column and value. */
bool catalogue_row(struct catalogue *, enum catalogue_table, size_t columns,
                   const char *const *names, const char *const *values, struct error *);
/* Sorts, links procedures to their parts, folds names. */
void catalogue_finish(struct catalogue *);
void catalogue_free(struct catalogue *);

const struct procedure *catalogue_procedure(const struct catalogue *, const char *code);
/* By the unit's own short code, letters folded. */
const struct procedure *catalogue_short(const struct catalogue *, const char *short_code);
const struct procedure_case *catalogue_case(const struct catalogue *, int64_t case_id);
const struct system *catalogue_system(const struct catalogue *, const char *code);
const struct place *catalogue_place(const struct catalogue *, enum place_kind, const char *code);
/* The limit in force: the row for this case and channel, else this case, else
 * this channel, else any; confirmed rows before others at the same rank.  NULL:
 * nothing published, the clerk must be asked. */
const struct limit *catalogue_limit(const struct procedure *, int64_t case_id, enum channel, day_t);

/* Procedures matching what was typed: short code, code (dots optional), initials
 * ("dkks"), or the beginnings of words without accents.  Exact hits first, then
 * the most used.  Empty text: the most used.  Only offered ones in force on day. */
size_t catalogue_search(const struct catalogue *, const char *typed, day_t day,
                        const struct procedure **out, size_t most);
/* By its code (dots optional) or short code, whether received here and in force
 * or not: to tell where else it belongs. */
const struct procedure *catalogue_known(const struct catalogue *, const char *typed);
/* Communes of a province ("" all) or provinces, by the beginnings of words. */
size_t catalogue_places(const struct catalogue *, enum place_kind, const char *province_code,
                        const char *typed, const struct place **out, size_t most);
