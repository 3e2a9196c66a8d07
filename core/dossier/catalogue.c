/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/columns.h"

void catalogue_start(struct catalogue *catalogue)
{
	*catalogue = (struct catalogue){ .rule = DEADLINE_RULE };
}

void catalogue_free(struct catalogue *catalogue)
{
	arena_free(&catalogue->arena);
	*catalogue = (struct catalogue){ 0 };
}

const char *catalogue_function(enum catalogue_table table)
{
	static const char *const names[] = {
#define X(name, function, type, member) function,
		CATALOGUE_TABLES(X)
#undef X
	};
	return names[table];
}

const char *const *catalogue_columns(enum catalogue_table table)
{
	static const char *names[CATALOGUE_TABLE_COUNT][32];
	size_t i = 0;
	for (const struct column *column = CATALOGUE_COLUMNS[table]; column->name; column++)
		names[table][i++] = column->name;
	return names[table];
}

/* The array of a table, as memory. */
static void *rows_of(struct catalogue *catalogue, enum catalogue_table table)
{
	void *const arrays[] = {
#define X(name, function, type, member) catalogue->member,
		CATALOGUE_TABLES(X)
#undef X
	};
	return arrays[table];
}

static void set_rows(struct catalogue *catalogue, enum catalogue_table table, void *rows)
{
	switch (table) {
#define X(name, function, type, array) \
	case CATALOGUE_##name: catalogue->array = rows; break;
		CATALOGUE_TABLES(X)
#undef X
	case CATALOGUE_TABLE_COUNT: break;
	}
}

static const struct column *column_named(enum catalogue_table table, const char *name)
{
	for (const struct column *column = CATALOGUE_COLUMNS[table]; column->name; column++)
		if (!strcmp(column->name, name))
			return column;
	return NULL;
}

/* First letters of the folded words: "dang ky khai sinh" → "dkks". */
static const char *initials_of(struct arena *arena, const char *folded)
{
	/* Half the names are published as "Thủ tục …": nobody types these two letters. */
	if (!strncmp(folded, "thu tuc ", 8))
		folded += 8;
	char *out = arena_take(arena, strlen(folded) + 1);
	size_t n = 0;
	bool inside = false;
	for (const char *at = folded; *at; at++) {
		bool letter = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9');
		if (letter && !inside)
			out[n++] = *at;
		inside = letter;
	}
	return out;
}

/* What is searched is folded row by row: all at once would hold up the clerk's typing. */
static void fold_row(struct arena *arena, enum catalogue_table table, void *row)
{
	if (table == CATALOGUE_PROCEDURES) {
		struct procedure *p = row;
		p->folded_key = text_fold_new(arena, p->short_code);
		p->initials = initials_of(arena, text_fold_new(arena, p->name));
		p->folded = text_fold_new(arena, arena_format(arena, "%s %s %s", p->name,
		                                              p->short_name, p->field));
	} else if (table == CATALOGUE_PLACES) {
		struct place *place = row;
		place->folded = text_fold_new(arena, place->full_name);
	}
}

bool catalogue_row(struct catalogue *catalogue, enum catalogue_table table, size_t columns,
                   const char *const *names, const char *const *values, struct error *err)
{
	size_t size = CATALOGUE_SIZES[table], *count = &catalogue->count[table];
	char *rows = arena_grow(&catalogue->arena, rows_of(catalogue, table), size, *count,
	                        &catalogue->room[table]);
	set_rows(catalogue, table, rows);
	void *row = rows + *count * size;
	memset(row, 0, size);
	columns_blank(CATALOGUE_COLUMNS[table], row);
	if (table == CATALOGUE_PROCEDURES)
		((struct procedure *)row)->offered = true;
	for (size_t i = 0; i < columns; i++) {
		const struct column *column = column_named(table, names[i]);
		if (!column || !values[i])
			continue;
		if (column_read(column, values[i], row, &catalogue->arena))
			continue;
		fail(err, FAULT_BUG, _("Danh mục trong cơ sở dữ liệu có dữ liệu không đọc được."));
		return because(err, "catalogue %s.%s: cannot read \"%.60s\"",
		               catalogue_function(table), names[i], values[i]);
	}
	fold_row(&catalogue->arena, table, row);
	++*count;
	return true;
}

static int order(long long a, long long b)
{
	return (a > b) - (a < b);
}

#define BY_PROCEDURE(type, rest)                                            \
	static int order_##type(const void *left, const void *right)        \
	{                                                                   \
		const struct type *a = left, *b = right;                    \
		int by = strcmp(a->procedure_code, b->procedure_code);      \
		return by ? by : (rest);                                    \
	}
BY_PROCEDURE(procedure_case, order(a->seq, b->seq))
BY_PROCEDURE(limit, order(a->case_id, b->case_id))
BY_PROCEDURE(fee, order(a->seq, b->seq))
BY_PROCEDURE(component, order(a->seq, b->seq))
BY_PROCEDURE(replacement, 0)

static int order_procedure(const void *left, const void *right)
{
	const struct procedure *a = left, *b = right;
	int by = strcmp(a->code, b->code);
	return by ? by : order(a->valid_from, b->valid_from);
}

/* Days off before make-up work of the same day, so that off wins. */
static int order_calendar_day(const void *left, const void *right)
{
	const struct calendar_day *a = left, *b = right;
	int by = order(a->day, b->day);
	return by ? by : order(a->kind == DAY_MAKEUP_WORK, b->kind == DAY_MAKEUP_WORK);
}

static int order_shift(const void *left, const void *right)
{
	const struct shift *a = left, *b = right;
	int by = order(a->weekday, b->weekday);
	return by ? by : order(a->opens, b->opens);
}

/* Rows of one procedure lie side by side once sorted: finds the first. */
#define LINK(type, array, list, number)                                                \
	do {                                                                           \
		size_t n = catalogue->count[list], at = 0;                             \
		for (size_t i = 0; i < catalogue->count[CATALOGUE_PROCEDURES]; i++) {  \
			struct procedure *p = &catalogue->procedures[i];               \
			const struct type *rows = catalogue->array;                    \
			while (at < n && strcmp(rows[at].procedure_code, p->code) < 0) \
				at++;                                                  \
			size_t end = at;                                               \
			while (end < n && !strcmp(rows[end].procedure_code, p->code))  \
				end++;                                                 \
			p->array = end > at ? rows + at : NULL;                        \
			p->number = end - at;                                          \
		}                                                                      \
	} while (0)

static void link_parts(struct catalogue *catalogue)
{
	LINK(procedure_case, cases, CATALOGUE_CASES, case_count);
	LINK(limit, limits, CATALOGUE_LIMITS, limit_count);
	LINK(fee, fees, CATALOGUE_FEES, fee_count);
	LINK(component, components, CATALOGUE_COMPONENTS, component_count);
	LINK(replacement, replacements, CATALOGUE_REPLACEMENTS, replacement_count);
}

#define SORT(array, list, compare)                                               \
	do {                                                                     \
		if (catalogue->count[list])                                      \
			qsort(catalogue->array, catalogue->count[list],          \
			      sizeof(*catalogue->array), compare);               \
	} while (0)

void catalogue_finish(struct catalogue *catalogue)
{
	SORT(procedures, CATALOGUE_PROCEDURES, order_procedure);
	SORT(cases, CATALOGUE_CASES, order_procedure_case);
	SORT(limits, CATALOGUE_LIMITS, order_limit);
	SORT(fees, CATALOGUE_FEES, order_fee);
	SORT(components, CATALOGUE_COMPONENTS, order_component);
	SORT(replacements, CATALOGUE_REPLACEMENTS, order_replacement);
	SORT(days, CATALOGUE_CALENDAR, order_calendar_day);
	SORT(shifts, CATALOGUE_SHIFTS, order_shift);
	link_parts(catalogue);
	catalogue->calendar = (struct calendar){
		.days = catalogue->days,
		.day_count = catalogue->count[CATALOGUE_CALENDAR],
		.shifts = catalogue->shifts,
		.shift_count = catalogue->count[CATALOGUE_SHIFTS],
	};
}
