/* SPDX-License-Identifier: Apache-2.0
 *
 * The way of a fact: file, database, desk function under a clerk's own role,
 * catalogue of the counter — and the answers a clerk gets there. */
#include <stdio.h>
#include <string.h>

#include "core/dossier/catalogue.h"
#include "core/store/import.h"
#include "tests/check.h"
#include "tests/support/pg.h"

static struct test_pg pg;
static struct loop loop;
static struct arena arena;
static struct catalogue catalogue;

static const char *const reads[CATALOGUE_TABLE_COUNT] = {
#define X(name, function, type, member) "SELECT * FROM desk." function "()",
	CATALOGUE_TABLES(X)
#undef X
};

static bool fill(struct store *store, struct error *err)
{
	catalogue_start(&catalogue);
	for (size_t t = 0; t < CATALOGUE_TABLE_COUNT; t++) {
		struct reply reply;
		if (!store_ask_wait(store, &arena, reads[t], NULL, 0, true, &reply, err))
			return false;
		const char **values = ARENA_MANY(&arena, const char *, reply.columns);
		for (int row = 0; row < reply.rows; row++) {
			for (int c = 0; c < reply.columns; c++)
				values[c] = reply.cells[row * reply.columns + c].text;
			if (!catalogue_row(&catalogue, (enum catalogue_table)t, (size_t)reply.columns,
			                   reply.names, values, err))
				return false;
		}
	}
	catalogue_finish(&catalogue);
	return true;
}

static bool load_and_fill(struct error *err)
{
	struct store_settings set = { .server = pg.conninfo, .statement_ms = 60000, .ask_ms = 60000 };
	struct store *store = store_open(&loop, &set, err);
	struct import_report report;
	bool ok = store && store_wait(store, 0, err) &&
	          import_shipped(store, &arena, MOTCUA_SOURCE, true, false, &report, err);
	store_close(store);
	if (!ok)
		return false;
	/* As the clerk, with the practice world's password. */
	set.server = arena_format(&arena, "host=%s dbname=motcua", pg.folder);
	set.user = "man";
	set.password = "motcua-tap-duyet";
	store = store_open(&loop, &set, err);
	ok = store && store_wait(store, 0, err) && fill(store, err);
	store_close(store);
	return ok;
}

static int open_all(void **state)
{
	(void)state;
	struct error err = { 0 };
	loop_init(&loop);
	if (test_pg_start_filled(&pg, "schema", test_pg_schema) && load_and_fill(&err))
		return 0;
	print_error("%s\n%s\n", err.say, err.log);
	return -1;
}

static int close_all(void **state)
{
	(void)state;
	catalogue_free(&catalogue);
	arena_free(&arena);
	test_pg_stop(&pg);
	return 0;
}

static void everything_arrives(void **state)
{
	(void)state;
	static const size_t want[CATALOGUE_TABLE_COUNT] = {
		[CATALOGUE_CASES] = 213,        [CATALOGUE_LIMITS] = 1013,
		[CATALOGUE_FEES] = 778,         [CATALOGUE_COMPONENTS] = 3477,
		[CATALOGUE_REPLACEMENTS] = 797, [CATALOGUE_CALENDAR] = 105,
		[CATALOGUE_SHIFTS] = 10,        [CATALOGUE_SYSTEMS] = 25,
		[CATALOGUE_ROUTES] = 13,        [CATALOGUE_PLACES] = 34 + 3321 + 63,
	};
	for (size_t t = 0; t < CATALOGUE_TABLE_COUNT; t++) {
		if (want[t] && catalogue.count[t] != want[t])
			print_error("%s\n", reads[t]);
		assert_true(!want[t] || catalogue.count[t] == want[t]);
	}
	size_t offered = 0;
	for (size_t i = 0; i < catalogue.count[CATALOGUE_PROCEDURES]; i++)
		offered += catalogue.procedures[i].offered;
	assert_int_equal(offered, 345);
}

static void the_clerk_is_answered(void **state)
{
	(void)state;
	day_t today = day_of(2026, 11, 20);
	const struct procedure *found[4];
	assert_true(catalogue_search(&catalogue, "xac nhan hon nhan", today, found, 4) >= 1);
	assert_string_equal(found[0]->code, "1.004873");
	assert_string_equal(found[0]->ministry, "Bộ Tư pháp");
	assert_int_equal(found[0]->component_count, 32);
	const struct limit *limit = catalogue_limit(found[0], 0, CHANNEL_COUNTER, today);
	assert_true(limit && limit->value == 3 && limit->unit == LIMIT_WORKING_DAY && limit->confirmed);
	struct route_ask ask = { .procedure = found[0], .level = "xã", .deciding_unit = "", .day = today };
	struct route route;
	struct error err = { 0 };
	assert_true(route_choose(&arena, &catalogue, &ask, &route, &err));
	assert_string_equal(route.system, "tu-phap");
	assert_int_equal(route.rule_id, 8);
	assert_int_equal(route.told_count, 3); /* portal, coordination, monitoring */
	assert_int_equal(calendar_opening(&catalogue.calendar, today), moment_of(today, 7, 0, 0));
}

/* Papers of a case know their case by the number the database gave it. */
static void cases_hold_together(void **state)
{
	(void)state;
	size_t in_cases = 0;
	for (size_t i = 0; i < catalogue.count[CATALOGUE_COMPONENTS]; i++) {
		const struct component *c = &catalogue.components[i];
		assert_int_equal(c->case_id != 0, *c->case_name != '\0');
		if (!c->case_id)
			continue;
		in_cases++;
		const struct procedure_case *one = catalogue_case(&catalogue, c->case_id);
		assert_non_null(one);
		assert_string_equal(one->name, c->case_name);
		assert_string_equal(one->procedure_code, c->procedure_code);
	}
	assert_int_equal(in_cases, 831);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_arrives), cmocka_unit_test(the_clerk_is_answered),
		cmocka_unit_test(cases_hold_together),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
