/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/data/shipped.h"

#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/dossier/table.h"

static const struct {
	const char *kind;
	enum catalogue_table table;
	const char *place; /* constant value of the column "kind" */
} parts[] = {
	{ "procedures", CATALOGUE_PROCEDURES, NULL }, { "cases", CATALOGUE_CASES, NULL },
	{ "limits", CATALOGUE_LIMITS, NULL },         { "fees", CATALOGUE_FEES, NULL },
	{ "components", CATALOGUE_COMPONENTS, NULL }, { "replacements", CATALOGUE_REPLACEMENTS, NULL },
	{ "holidays", CATALOGUE_CALENDAR, NULL },     { "shifts", CATALOGUE_SHIFTS, NULL },
	{ "systems", CATALOGUE_SYSTEMS, NULL },       { "routes", CATALOGUE_ROUTES, NULL },
	{ "provinces", CATALOGUE_PLACES, "province" }, { "communes", CATALOGUE_PLACES, "commune" },
	{ "card_codes", CATALOGUE_PLACES, "card_code" },
};

static bool read_kind(struct arena *arena, const char *name, struct table *out, struct error *err)
{
	const struct table_kind *kind = table_kind_find(name);
	const char *path = arena_format(arena, "%s/core/data/%s", MOTCUA_SOURCE, kind->file);
	struct table_problems problems = { 0 };
	char *text;
	size_t size;
	return path_read(arena, path, &text, &size, err) &&
	       table_read(arena, kind, kind->file, text, size, out, &problems, err);
}

/* The number that stands for a case in the database: here its row in cases.tsv. */
static const char *case_id(struct arena *arena, const struct table *cases, const char *procedure,
                           const char *name)
{
	for (size_t i = 0; *name && i < cases->count; i++)
		if (!strcmp(table_value(cases, i, "name"), name) &&
		    !strcmp(table_value(cases, i, "procedure_code"), procedure))
			return arena_format(arena, "%zu", i + 1);
	return NULL;
}

static bool add(struct catalogue *catalogue, struct arena *arena, const struct table *cases,
                const struct table *t, size_t row, size_t part, struct error *err)
{
	const char *names[TABLE_COLUMN_MOST + 1], *values[TABLE_COLUMN_MOST + 1];
	size_t count = t->kind->count;
	for (size_t c = 0; c < count; c++) {
		names[c] = t->kind->columns[c].name;
		const char *value = t->rows[row].values[c];
		values[c] = *value ? value : NULL;
		if (parts[part].place && !strcmp(names[c], "kind"))
			values[c] = parts[part].place;
	}
	if (parts[part].place && table_column(t->kind, "kind") < 0) {
		names[count] = "kind";
		values[count++] = parts[part].place;
	} else if (!strcmp(t->kind->name, "cases")) {
		names[count] = "case_id";
		values[count++] = arena_format(arena, "%zu", row + 1);
	} else if (table_column(t->kind, "case_name") >= 0) {
		names[count] = "case_id";
		values[count++] = case_id(arena, cases, table_value(t, row, "procedure_code"),
		                          table_value(t, row, "case_name"));
	}
	return catalogue_row(catalogue, parts[part].table, count, names, values, err);
}

bool shipped_catalogue(struct catalogue *catalogue)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct table cases;
	catalogue_start(catalogue);
	bool ok = read_kind(&arena, "cases", &cases, &err);
	for (size_t part = 0; ok && part < sizeof parts / sizeof *parts; part++) {
		struct table t;
		ok = read_kind(&arena, parts[part].kind, &t, &err);
		for (size_t row = 0; ok && row < t.count; row++) {
			/* The second practice unit has the same hours. */
			if (!strcmp(t.kind->name, "shifts") &&
			    strcmp(table_value(&t, row, "unit_code"), "30538"))
				continue;
			ok = add(catalogue, &arena, &cases, &t, row, part, &err);
		}
	}
	if (!ok)
		fprintf(stderr, "%s\n%s\n", err.say, err.log);
	else
		catalogue_finish(catalogue);
	arena_free(&arena);
	return ok;
}
