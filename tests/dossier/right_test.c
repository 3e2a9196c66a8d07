/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>

#include "core/dossier/right.h"

static struct catalogue world;

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

static void states_have_their_words(void **state)
{
	(void)state;
	for (int i = 0; i < RIGHT_COUNT; i++)
		assert_int_equal(right_read(right_stored((enum right)i)), i);
	assert_int_equal(right_read("king"), RIGHT_UNKNOWN);
	assert_string_equal(right_name(RIGHT_ASKED), "đã xin");
}

static void a_right_reaches_what_it_names(void **state)
{
	static const struct {
		enum right right;
		const char *fields, *procedures;
		bool lacks;
	} table[] = {
		{ RIGHT_UNKNOWN, "", "", false },
		{ RIGHT_UNKNOWN, "Chứng thực", "", false },
		{ RIGHT_GRANTED, "", "", false },
		{ RIGHT_GRANTED, "Chứng thực; HỘ TỊCH", "", false },
		{ RIGHT_GRANTED, "Chứng thực", "", true },
		{ RIGHT_GRANTED, "Chứng thực", "1.000001; 1.004873", false },
		{ RIGHT_GRANTED, "", "1.000001", true },
		{ RIGHT_GRANTED, ";; ;", "", true },
		{ RIGHT_ERROR, "", "", true },
		{ RIGHT_MISSING, "", "", true },
		{ RIGHT_ASKED, "Hộ tịch", "1.004873", true },
	};
	const struct procedure *p = catalogue_procedure(&world, "1.004873");
	(void)state;
	assert_string_equal(p->field, "Hộ tịch");
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (right_lacks(table[i].right, table[i].fields, table[i].procedures, p) != table[i].lacks)
			fail_msg("row %zu", i);
}

static void work_follows_the_routes_of_the_day(void **state)
{
	struct arena arena = { 0 };
	struct right_work *works;
	size_t n = right_works(&arena, &world, "xã", day_of(2026, 11, 20), &works), all = 0, offered = 0;
	const struct right_work *justice = NULL;
	(void)state;
	for (size_t i = 0; i < n; i++) {
		assert_true(works[i].count > 0);
		all += works[i].count;
		/* Those who are only told work nothing. */
		assert_string_not_equal(works[i].system->code, "cong");
		if (strcmp(works[i].system->code, "tu-phap") == 0)
			justice = &works[i];
	}
	assert_non_null(justice);
	for (size_t i = 0; i < justice->count; i++)
		assert_string_equal(justice->procedures[i]->ministry, "Bộ Tư pháp");
	for (size_t i = 0; i < world.count[CATALOGUE_PROCEDURES]; i++)
		offered += world.procedures[i].offered &&
		           procedure_in_force(&world.procedures[i], day_of(2026, 11, 20));
	assert_int_equal(all, offered);
	/* Before the ministries' own systems all was the province's, but for business households. */
	n = right_works(&arena, &world, "xã", day_of(2025, 12, 1), &works);
	for (size_t i = 0; i < n; i++)
		if (strcmp(works[i].system->code, "ho-kinh-doanh") != 0)
			assert_string_equal(works[i].system->code, "tinh");
	arena_free(&arena);
}

static void short_words_for_narrow_places(void **state)
{
	struct arena arena = { 0 };
	(void)state;
	assert_string_equal(system_short(&arena, "khcn"), "KHCN");
	assert_string_equal(system_short(&arena, "noi-vu"), "NV");
	assert_string_equal(system_short(&arena, "vhttdl"), "VHTT");
	assert_string_equal(system_short(&arena, ""), "");
	assert_string_equal(system_brief("Hệ thống tập trung của Bộ Tư pháp"), "Bộ Tư pháp");
	assert_string_equal(system_brief("Cổng Dịch vụ công quốc gia"), "Cổng Dịch vụ công quốc gia");
	arena_free(&arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_have_their_words),
		cmocka_unit_test(a_right_reaches_what_it_names),
		cmocka_unit_test(work_follows_the_routes_of_the_day),
		cmocka_unit_test(short_words_for_narrow_places),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
