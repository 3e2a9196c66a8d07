/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>

#include "core/dossier/route.h"

static struct catalogue world;

/* The real rules, and the rare ones that a province adds. */
static int open_world(void **state)
{
	(void)state;
	catalogue_start(&world);
	table_load_data(&world, CATALOGUE_PROCEDURES, "procedures.tsv");
	table_load_data(&world, CATALOGUE_SYSTEMS, "systems.tsv");
	table_load_data(&world, CATALOGUE_ROUTES, "routes.tsv");
	catalogue_finish(&world);
	return 0;
}

static int close_world(void **state)
{
	(void)state;
	catalogue_free(&world);
	return 0;
}

static struct route choose(const struct catalogue *c, struct arena *arena, const char *code,
                           const char *level, int64_t case_id, const char *unit, const char *day)
{
	struct error err = { 0 };
	struct route route;
	struct route_ask ask = { catalogue_procedure(c, code), level, case_id, unit,
		                 day_read_iso(day) };
	if (!ask.procedure)
		fail_msg("no procedure %s", code);
	if (!route_choose(arena, c, &ask, &route, &err))
		fail_msg("%s: %s", code, err.say);
	return route;
}

/* From 01/01/2026 nine ministries run their own system; the others' procedures,
 * and every dossier received before, stay with the province. */
static void the_switch_of_january_2026(void **state)
{
	static const char *const ministries[][2] = {
		{ "Bộ Khoa học và Công nghệ", "khcn" }, { "Bộ Nội vụ", "noi-vu" },
		{ "Bộ Công Thương", "cong-thuong" },     { "Bộ Xây dựng", "xay-dung" },
		{ "Bộ Nông nghiệp và Môi trường", "nnmt" }, { "Bộ Y tế", "y-te" },
		{ "Bộ Giáo dục và Đào tạo", "gddt" },    { "Bộ Tư pháp", "tu-phap" },
		{ "Bộ Văn hóa, Thể thao và Du lịch", "vhttdl" },
	};
	size_t central = 0, provincial = 0;
	(void)state;
	for (size_t i = 0; i < world.count[CATALOGUE_PROCEDURES]; i++) {
		const struct procedure *p = &world.procedures[i];
		const char *expected = "tinh";
		struct arena arena = { 0 };
		if (strstr(p->field, "(hộ kinh doanh)")) /* never was the province's */
			continue;
		for (size_t j = 0; j < sizeof(ministries) / sizeof(*ministries); j++)
			if (!strcmp(p->ministry, ministries[j][0]))
				expected = ministries[j][1];
		struct route before = choose(&world, &arena, p->code, "xã", 0, "", "2025-12-31");
		struct route after = choose(&world, &arena, p->code, "xã", 0, "", "2026-01-01");
		assert_string_equal(before.system, "tinh");
		assert_string_equal(after.system, expected);
		if (strcmp(expected, "tinh")) {
			/* Births and deaths have a rule of their own: another portal is told, too. */
			assert_true(lines_have(&after.why, *after.rule->procedure_code
			                                           ? "Từ ngày 01/01/2026 theo NĐ 63/2024"
			                                           : "Từ ngày 01/01/2026 theo CV 2423"));
			assert_true(lines_have(&before.why, "vẫn trả trên hệ thống này"));
			central++;
		} else {
			provincial++;
		}
		arena_free(&arena);
	}
	assert_true(central > 100 && provincial > 20);
}

/* Rules on every key, some of them rivals. */
static void invented_rules(struct catalogue *c)
{
	catalogue_start(c);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.1", "ministry", "B", "level", "xã+tỉnh", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.2", "ministry", "B", "level", "xã", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.3", "ministry", "B", "field", "Đất", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.4", "ministry", "C", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.5", "ministry", "D", NULL);
	table_add(c, CATALOGUE_SYSTEMS, "code", "bo", "name", "Hệ thống của bộ", NULL);
	table_add(c, CATALOGUE_SYSTEMS, "code", "tinh", "name", "Hệ thống tỉnh", NULL);
	table_add(c, CATALOGUE_SYSTEMS, "code", "khac", "name", "Hệ thống khác", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "1", "ministry", "B", "system", "bo", "told",
	          "{tinh,cong,tinh,bo}", "valid_from", "2026-01-01", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "2", "procedure_code", "1.2", "system", "tinh",
	          "valid_from", "2026-01-01", "valid_to", "2026-12-01", "notice", "CV 1", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "3", "procedure_code", "1.2", "system", "bo",
	          "valid_from", "2026-12-01", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "4", "field", "Đất", "system", "khac",
	          "valid_from", "2026-01-01", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "5", "ministry", "B", "deciding_unit", "H01.5",
	          "system", "khac", "valid_from", "2026-01-01", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "6", "case_id", "7", "system", "bo", "valid_from",
	          "2026-01-01", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "7", "ministry", "D", "system", "bo", "valid_from",
	          "2026-01-01", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "8", "ministry", "D", "system", "khac",
	          "valid_from", "2026-06-01", NULL);
	catalogue_finish(c);
}

static void the_most_specific_rule_wins(void **state)
{
	static const struct {
		const char *code, *level;
		int64_t case_id;
		const char *unit, *day, *system;
		int64_t rule;
	} rows[] = {
		{ "1.1", "xã", 0, "", "2026-11-20", "bo", 1 },
		{ "1.1", "tỉnh", 0, "", "2026-11-20", "bo", 1 },
		{ "1.1", "xã", 0, "H01.5", "2026-11-20", "khac", 5 },
		{ "1.1", "xã", 7, "H01.5", "2026-11-20", "bo", 6 },
		{ "1.2", "xã", 0, "", "2026-11-20", "tinh", 2 },
		{ "1.2", "xã", 0, "", "2026-12-01", "bo", 3 },
		{ "1.2", "xã", 0, "", "2025-12-31", "tinh", 0 },
		{ "1.3", "xã", 0, "", "2026-11-20", "khac", 4 },
		{ "1.4", "xã", 0, "", "2026-11-20", "tinh", 0 },
		{ "1.5", "xã", 0, "", "2026-11-20", "khac", 8 },
	};
	struct catalogue c;
	(void)state;
	invented_rules(&c);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena arena = { 0 };
		struct route route = choose(&c, &arena, rows[i].code, rows[i].level, rows[i].case_id,
		                            rows[i].unit, rows[i].day);
		if (strcmp(route.system, rows[i].system) || route.rule_id != rows[i].rule) {
			print_error("row %zu: %s by rule %lld\n", i, route.system,
			            (long long)route.rule_id);
			lines_fail(&route.why, "wrong route");
		}
		assert_true(lines_have(&route.why, "Chuyển đến: Hệ thống"));
		arena_free(&arena);
	}
	catalogue_free(&c);
}

static void others_are_told_and_changes_announced(void **state)
{
	struct catalogue c;
	(void)state;
	invented_rules(&c);
	/* Told: each once, never the destination itself. */
	struct arena arena = { 0 };
	struct route route = choose(&c, &arena, "1.1", "xã", 0, "", "2026-11-20");
	assert_int_equal(route.told_count, 2);
	assert_string_equal(route.told[0], "tinh");
	assert_string_equal(route.told[1], "cong");
	/* A change to come is announced while the old rule holds. */
	route = choose(&c, &arena, "1.2", "xã", 0, "", "2026-11-20");
	assert_true(lines_have(&route.why, "Từ ngày 01/12/2026 sẽ là Hệ thống của bộ"));
	assert_string_equal(route.notice, "CV 1");
	arena_free(&arena);
	catalogue_free(&c);
}

static void a_rule_to_nowhere_is_an_error(void **state)
{
	struct catalogue c;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct route route;
	(void)state;
	catalogue_start(&c);
	table_add(&c, CATALOGUE_PROCEDURES, "code", "1.1", NULL);
	table_add(&c, CATALOGUE_ROUTES, "rule_id", "3", "system", "ma", NULL);
	catalogue_finish(&c);
	struct route_ask ask = { catalogue_procedure(&c, "1.1"), "xã", 0, "", day_of(2026, 11, 20) };
	assert_false(route_choose(&arena, &c, &ask, &route, &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	assert_non_null(strstr(err.say, "\"ma\""));
	arena_free(&arena);
	catalogue_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_switch_of_january_2026),
		cmocka_unit_test(the_most_specific_rule_wins),
		cmocka_unit_test(others_are_told_and_changes_announced),
		cmocka_unit_test(a_rule_to_nowhere_is_an_error),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
