/* SPDX-License-Identifier: Apache-2.0
 *
 * The reference data as shipped: every file reads, numbers agree with what
 * core/data/README.md says, and the files fit each other. */
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/text.h"
#include "core/dossier/table.h"
#include "tests/check.h"

#define KIND_MOST 24

static struct {
	struct arena arena;
	struct table tables[KIND_MOST];
	size_t count;
} all;

static const struct table *table(const char *kind)
{
	for (size_t i = 0; i < all.count; i++)
		if (!strcmp(all.tables[i].kind->name, kind))
			return &all.tables[i];
	print_error("no file of kind %s\n", kind);
	assert_true(false);
	return NULL;
}

static int read_all(void **state)
{
	(void)state;
	struct table_problems problems = { 0 };
	struct error err = { 0 };
	for (const struct table_kind *kind = table_kinds; kind->name; kind++) {
		if (kind->own)
			continue;
		const char *path = arena_format(&all.arena, "%s/core/data/%s", MOTCUA_SOURCE, kind->file);
		char *text;
		size_t size;
		if (!path_read(&all.arena, path, &text, &size, &err) ||
		    !table_read(&all.arena, kind, kind->file, text, size, &all.tables[all.count],
		                &problems, &err)) {
			print_error("%s\n%s\n", err.say, err.log);
			return -1;
		}
		all.count++;
	}
	return 0;
}

static int drop_all(void **state)
{
	(void)state;
	arena_free(&all.arena);
	return 0;
}

static size_t having(const struct table *t, const char *column, const char *value)
{
	size_t count = 0;
	for (size_t i = 0; i < t->count; i++)
		count += !strcmp(table_value(t, i, column), value);
	return count;
}

static void counts(void **state)
{
	(void)state;
	static const struct { const char *kind; size_t count; } want[] = {
		{ "provinces", 34 }, { "communes", 3321 }, { "card_codes", 63 }, { "ministries", 16 },
		{ "systems", 25 }, { "procedures", 746 }, { "cases", 213 }, { "components", 3477 },
		{ "limits", 1013 }, { "fees", 778 }, { "replacements", 797 }, { "interlinked", 9 },
		{ "holidays", 105 }, { "routes", 13 }, { "units", 2 }, { "counters", 5 },
		{ "shifts", 20 }, { "bank_accounts", 1 }, { "clerks", 4 }, { "steps", 56 },
	};
	assert_int_equal(all.count, COUNT(want));
	for (size_t i = 0; i < COUNT(want); i++)
		assert_int_equal(table(want[i].kind)->count, want[i].count);
	assert_int_equal(having(table("procedures"), "offered", "1"), 345);
	assert_int_equal(having(table("communes"), "kind", "xã"), 2611);
	assert_int_equal(having(table("communes"), "kind", "phường"), 697);
	assert_int_equal(having(table("communes"), "kind", "đặc khu"), 13);
	assert_int_equal(having(table("communes"), "province_code", "91"), 102);
	assert_int_equal(having(table("limits"), "confirmed", "1"), 18);
	assert_int_equal(having(table("fees"), "confirmed", "1"), 13);
}

static void references(void **state)
{
	(void)state;
	struct table_problems problems = { 0 };
	struct error err = { 0 };
	bool ok = table_check(&all.arena, all.tables, all.count, &problems, &err);
	if (!ok)
		print_error("%s\n", err.say);
	assert_true(ok);
}

static bool has(const struct table *t, const char *column, const char *value)
{
	return having(t, column, value) > 0;
}

/* Every name of a list "a,b" is a code of the systems. */
static void routes_lead_somewhere(void **state)
{
	(void)state;
	const struct table *routes = table("routes"), *systems = table("systems");
	for (size_t i = 0; i < routes->count; i++) {
		char *told = arena_string(&all.arena, table_value(routes, i, "told"));
		/* Every dossier is told to the portal and to monitoring. */
		assert_true(strstr(told, "cong") && strstr(told, "emc"));
		for (char *at = strtok(told, ","); at; at = strtok(NULL, ","))
			assert_true(has(systems, "code", at));
		const char *ministry = table_value(routes, i, "ministry");
		assert_true(!*ministry || has(table("ministries"), "name", ministry));
	}
	for (size_t i = 0; i < systems->count; i++) {
		const char *ministry = table_value(systems, i, "ministry");
		assert_true(!*ministry || has(table("ministries"), "name", ministry));
	}
	/* The last resort: no key at all, from the first day of two-level government. */
	size_t last = 0;
	while (last + 1 < routes->count && (*table_value(routes, last, "ministry") || *table_value(routes, last, "field") ||
	                                    *table_value(routes, last, "procedure_code")))
		last++;
	assert_string_equal(table_value(routes, last, "system"), "tinh");
	assert_string_equal(table_value(routes, last, "ministry"), "");
	assert_string_equal(table_value(routes, last, "valid_from"), "2025-07-01");
}

static void procedures_are_whole(void **state)
{
	(void)state;
	const struct table *p = table("procedures"), *fees = table("fees");
	for (size_t i = 0; i < p->count; i++) {
		assert_true(has(table("ministries"), "name", table_value(p, i, "ministry")));
		assert_true(text_columns(table_value(p, i, "short_name")) <= 60);
		assert_true(*table_value(p, i, "short_name"));
		/* Silence never means "free". */
		assert_true(has(fees, "procedure_code", table_value(p, i, "code")));
	}
}

/* Short codes are typed with a Vietnamese keyboard on: nothing in them composes. */
static void short_codes_are_keys(void **state)
{
	(void)state;
	const struct table *p = table("procedures");
	for (size_t i = 0; i < p->count; i++) {
		const char *code = table_value(p, i, "short_code");
		size_t n = strlen(code);
		assert_true(n >= 2 && n <= 5);
		assert_int_equal(strspn(code, "bcdghklmnpqrstvx2345678"), n);
		const char *d = strchr(code, 'd');
		assert_true(!d || !strchr(d + 1, 'd'));
		assert_int_equal(having(p, "short_code", code), 1);
	}
}

static void cases_are_named(void **state)
{
	(void)state;
	const struct table *cases = table("cases");
	static const char *const users[] = { "components", "limits", "fees" };
	for (size_t u = 0; u < COUNT(users); u++) {
		const struct table *t = table(users[u]);
		for (size_t i = 0; i < t->count; i++) {
			const char *name = table_value(t, i, "case_name");
			bool found = !*name;
			for (size_t c = 0; c < cases->count && !found; c++)
				found = !strcmp(table_value(cases, c, "name"), name) &&
				        !strcmp(table_value(cases, c, "procedure_code"),
				                table_value(t, i, "procedure_code"));
			assert_true(found);
		}
	}
}

static size_t row_of(const struct table *t, const char *column, const char *value)
{
	for (size_t i = 0; i < t->count; i++)
		if (!strcmp(table_value(t, i, column), value))
			return i;
	print_error("no %s %s in %s\n", column, value, t->file);
	assert_true(false);
	return 0;
}

static void everyday_rows(void **state)
{
	(void)state;
	const struct table *limits = table("limits"), *fees = table("fees");
	size_t birth = row_of(limits, "procedure_code", "1.001193");
	assert_string_equal(table_value(limits, birth, "unit"), "same_day");
	size_t single = row_of(limits, "procedure_code", "1.004873");
	assert_string_equal(table_value(limits, single, "value"), "3");
	assert_string_equal(table_value(limits, single, "unit"), "working_day");
	assert_string_equal(table_value(limits, single, "confirmed"), "1");
	/* Set by the provincial council: unknown, not free. */
	size_t fee = row_of(fees, "procedure_code", "1.004873");
	assert_string_equal(table_value(fees, fee, "set_locally"), "1");
	assert_string_equal(table_value(fees, fee, "amount"), "");
	size_t copy = row_of(fees, "procedure_code", "2.000815");
	assert_string_equal(table_value(fees, copy, "amount"), "2000");
	assert_string_equal(table_value(fees, copy, "per"), "trang");
	const struct table *p = table("procedures");
	size_t code = row_of(p, "code", "1.004873");
	assert_string_equal(table_value(p, code, "short_code"), "tthn");
	assert_string_equal(table_value(p, code, "ministry"), "Bộ Tư pháp");
	const struct table *r = table("replacements");
	for (size_t i = 0; i < r->count; i++)
		assert_string_equal(table_value(r, i, "valid_to"), "2027-03-01");
	const struct table *h = table("holidays");
	assert_string_equal(table_value(h, row_of(h, "day", "2026-11-24"), "kind"), "statutory");
	assert_string_equal(table_value(h, row_of(h, "day", "2026-08-22"), "kind"), "makeup_work");
	assert_string_equal(table_value(h, row_of(h, "day", "2026-08-31"), "kind"), "swap_off");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts), cmocka_unit_test(references),
		cmocka_unit_test(routes_lead_somewhere), cmocka_unit_test(procedures_are_whole),
		cmocka_unit_test(short_codes_are_keys), cmocka_unit_test(cases_are_named),
		cmocka_unit_test(everyday_rows),
	};
	return cmocka_run_group_tests(tests, read_all, drop_all);
}
