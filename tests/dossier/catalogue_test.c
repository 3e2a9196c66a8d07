/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>


static struct catalogue world;
static day_t today;

static int open_world(void **state)
{
	(void)state;
	catalogue_start(&world);
	table_load_data(&world, CATALOGUE_PROCEDURES, "procedures.tsv");
	table_load_data(&world, CATALOGUE_LIMITS, "limits.tsv");
	table_load_data(&world, CATALOGUE_FEES, "fees.tsv");
	table_load_data(&world, CATALOGUE_COMPONENTS, "components.tsv");
	table_load_data(&world, CATALOGUE_REPLACEMENTS, "replacements.tsv");
	table_load_data(&world, CATALOGUE_SYSTEMS, "systems.tsv");
	table_load_data(&world, CATALOGUE_ROUTES, "routes.tsv");
	catalogue_finish(&world);
	today = day_of(2026, 11, 20);
	return 0;
}

static int close_world(void **state)
{
	(void)state;
	catalogue_free(&world);
	return 0;
}

static void parts_belong_to_their_procedure(void **state)
{
	(void)state;
	size_t limits = 0, fees = 0, components = 0;
	for (size_t i = 0; i < world.count[CATALOGUE_PROCEDURES]; i++) {
		const struct procedure *p = &world.procedures[i];
		assert_ptr_equal(catalogue_procedure(&world, p->code), p);
		for (size_t j = 0; j < p->component_count; j++) {
			assert_string_equal(p->components[j].procedure_code, p->code);
			if (j)
				assert_true(p->components[j].seq >= p->components[j - 1].seq);
		}
		for (size_t j = 0; j < p->limit_count; j++)
			assert_string_equal(p->limits[j].procedure_code, p->code);
		limits += p->limit_count;
		fees += p->fee_count;
		components += p->component_count;
	}
	assert_int_equal(components, world.count[CATALOGUE_COMPONENTS]);
	assert_int_equal(limits, world.count[CATALOGUE_LIMITS]);
	assert_int_equal(fees, world.count[CATALOGUE_FEES]);
	assert_null(catalogue_procedure(&world, "9.999999"));
}

static void clerks_find_by_code_key_or_words(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "1.004873", "1.004873" },
		{ "1004873", "1.004873" },
		{ "tinh trang hon nhan", "1.004873" },
		{ "Tình trạng hôn", "1.004873" },
		{ "hon nhan tinh", "1.004873" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct procedure *found[20];
		size_t n = catalogue_search(&world, rows[i][0], today, found, 20);
		bool there = false;
		for (size_t j = 0; j < n; j++)
			there |= !strcmp(found[j]->code, rows[i][1]);
		if (!there)
			fail_msg("\"%s\" does not find %s", rows[i][0], rows[i][1]);
	}
	const struct procedure *none[4];
	assert_int_equal(catalogue_search(&world, "zzzqqq", today, none, 4), 0);
	assert_int_equal(catalogue_search(&world, "a", today, none, 0), 0);
}

static void small(struct catalogue *c)
{
	catalogue_start(c);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.1", "name", "Đăng ký khai sinh", "short_code",
	          "ks", "use_count", "5", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.2", "name", "Đăng ký kết hôn", "use_count",
	          "50", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.3", "name", "Đăng ký lại khai sinh",
	          "use_count", "7", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.4", "name", "Đăng ký khai tử", "offered", "f",
	          NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.5", "name", "Đăng ký khai sinh cũ",
	          "valid_to", "2026-01-01", NULL);
	catalogue_finish(c);
}

static void most_used_first(void **state)
{
	(void)state;
	static const struct {
		const char *typed;
		const char *codes[4];
	} rows[] = {
		{ "", { "1.2", "1.3", "1.1", NULL } },
		{ "dang ky", { "1.2", "1.3", "1.1", NULL } },
		{ "ks", { "1.1", NULL } },
		{ "KS", { "1.1", NULL } },
		{ "dkks", { "1.1", NULL } },
		{ "dklks", { "1.3", NULL } },
		{ "khai sinh", { "1.3", "1.1", NULL } },
		{ "khai tu", { NULL } },
		{ "1.3", { "1.3", NULL } },
		{ "13", { "1.3", NULL } },
	};
	struct catalogue c;
	small(&c);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct procedure *found[8];
		size_t n = catalogue_search(&c, rows[i].typed, today, found, 8), j = 0;
		for (; rows[i].codes[j]; j++)
			if (j >= n || strcmp(found[j]->code, rows[i].codes[j]))
				fail_msg("\"%s\": place %zu is not %s", rows[i].typed, j,
				         rows[i].codes[j]);
		if (j != n)
			fail_msg("\"%s\": %zu hits", rows[i].typed, n);
	}
	/* The best ones are kept when there is room for few. */
	const struct procedure *one[1];
	assert_int_equal(catalogue_search(&c, "dang ky", today, one, 1), 1);
	assert_string_equal(one[0]->code, "1.2");
	assert_string_equal(catalogue_short(&c, "Ks")->code, "1.1");
	assert_null(catalogue_short(&c, ""));
	catalogue_free(&c);
}

static void the_limit_nearest_to_case_and_channel(void **state)
{
	(void)state;
	struct catalogue c;
	catalogue_start(&c);
	table_add(&c, CATALOGUE_PROCEDURES, "code", "1.1", "name", "Một", NULL);
	table_add(&c, CATALOGUE_LIMITS, "procedure_code", "1.1", "value", "27", "unit",
	          "working_day", NULL);
	table_add(&c, CATALOGUE_LIMITS, "procedure_code", "1.1", "value", "17", "unit",
	          "working_day", "channel", "2", NULL);
	table_add(&c, CATALOGUE_LIMITS, "procedure_code", "1.1", "value", "0.5", "unit",
	          "working_day", "case_id", "9", NULL);
	table_add(&c, CATALOGUE_LIMITS, "procedure_code", "1.1", "value", "20", "unit",
	          "working_day", "confirmed", "t", NULL);
	table_add(&c, CATALOGUE_LIMITS, "procedure_code", "1.1", "value", "1", "unit",
	          "working_day", "confirmed", "t", "valid_to", "2026-11-20", NULL);
	catalogue_finish(&c);
	const struct procedure *p = catalogue_procedure(&c, "1.1");
	assert_true(catalogue_limit(p, 0, CHANNEL_COUNTER, today)->value == 20);
	assert_true(catalogue_limit(p, 0, CHANNEL_ONLINE, today)->value == 17);
	assert_true(catalogue_limit(p, 9, CHANNEL_ONLINE, today)->value == 0.5);
	assert_true(catalogue_limit(p, 8, CHANNEL_POST, today)->value == 20);
	assert_string_equal(limit_text(&c.arena, 0.5, LIMIT_WORKING_DAY), "0,5 ngày làm việc");
	assert_string_equal(limit_text(&c.arena, 20, LIMIT_WORKING_DAY), "20 ngày làm việc");
	assert_string_equal(limit_text(&c.arena, 0, LIMIT_SAME_DAY), "trong ngày");
	catalogue_free(&c);
}

static void unreadable_values_name_their_column(void **state)
{
	(void)state;
	static const struct {
		enum catalogue_table table;
		const char *column, *value;
	} rows[] = {
		{ CATALOGUE_PROCEDURES, "offered", "maybe" },
		{ CATALOGUE_PROCEDURES, "valid_from", "01/01/2026" },
		{ CATALOGUE_PROCEDURES, "use_count", "12x" },
		{ CATALOGUE_LIMITS, "unit", "fortnight" },
		{ CATALOGUE_LIMITS, "value", "inf" },
		{ CATALOGUE_LIMITS, "value", "" },
		{ CATALOGUE_LIMITS, "channel", "4" },
		{ CATALOGUE_FEES, "amount", "-5" },
		{ CATALOGUE_FEES, "amount", "12.5" },
		{ CATALOGUE_SHIFTS, "opens", "7:00" },
		{ CATALOGUE_SHIFTS, "opens", "07:61" },
		{ CATALOGUE_CALENDAR, "kind", "holiday" },
		{ CATALOGUE_PLACES, "kind", "district" },
	};
	struct catalogue c;
	catalogue_start(&c);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct error err = { 0 };
		if (catalogue_row(&c, rows[i].table, 1, &rows[i].column, &rows[i].value, &err))
			fail_msg("%s = \"%s\" was read", rows[i].column, rows[i].value);
		assert_int_equal(err.fault, FAULT_BUG);
		assert_non_null(strstr(err.log, rows[i].column));
		assert_int_equal(c.count[rows[i].table], 0);
	}
	catalogue_free(&c);
}

static void nothing_given_is_not_zero(void **state)
{
	(void)state;
	struct catalogue c;
	catalogue_start(&c);
	table_add(&c, CATALOGUE_FEES, "procedure_code", "1.1", "amount", NULL, "odd", "ignored",
	          NULL);
	table_add(&c, CATALOGUE_FEES, "procedure_code", "1.1", "amount", "0", NULL);
	table_add(&c, CATALOGUE_FEES, "procedure_code", "1.1", "amount", "8000.00", NULL);
	table_add(&c, CATALOGUE_ROUTES, "told", "{tinh,cong}", NULL);
	catalogue_finish(&c);
	assert_int_equal(c.fees[0].amount, FEE_UNKNOWN);
	assert_int_equal(c.fees[0].valid_from, DAY_NONE);
	assert_string_equal(c.fees[0].name, "");
	assert_int_equal(c.fees[1].amount, 0);
	assert_int_equal(c.fees[2].amount, 8000);
	assert_string_equal(c.routes[0].told, "tinh,cong");
	catalogue_free(&c);
}

static void places_by_the_beginnings_of_words(void **state)
{
	(void)state;
	struct catalogue c;
	catalogue_start(&c);
	table_add(&c, CATALOGUE_PLACES, "code", "91", "kind", "province", "name", "An Giang",
	          "full_name", "Tỉnh An Giang", "province_code", "91", NULL);
	table_add(&c, CATALOGUE_PLACES, "code", "30538", "kind", "commune", "name", "Núi Cấm",
	          "full_name", "Xã Núi Cấm", "province_code", "91", NULL);
	table_add(&c, CATALOGUE_PLACES, "code", "00004", "kind", "commune", "name", "Ba Đình",
	          "full_name", "Phường Ba Đình", "province_code", "01", NULL);
	catalogue_finish(&c);
	const struct place *found[4];
	assert_int_equal(catalogue_places(&c, PLACE_COMMUNE, "", "ba di", found, 4), 1);
	assert_string_equal(found[0]->code, "00004");
	assert_int_equal(catalogue_places(&c, PLACE_COMMUNE, "91", "", found, 4), 1);
	assert_string_equal(found[0]->code, "30538");
	assert_int_equal(catalogue_places(&c, PLACE_COMMUNE, "91", "ba", found, 4), 0);
	assert_int_equal(catalogue_places(&c, PLACE_PROVINCE, "", "an", found, 4), 1);
	assert_string_equal(catalogue_place(&c, PLACE_COMMUNE, "30538")->name, "Núi Cấm");
	catalogue_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_belong_to_their_procedure),
		cmocka_unit_test(clerks_find_by_code_key_or_words),
		cmocka_unit_test(most_used_first),
		cmocka_unit_test(the_limit_nearest_to_case_and_channel),
		cmocka_unit_test(unreadable_values_name_their_column),
		cmocka_unit_test(nothing_given_is_not_zero),
		cmocka_unit_test(places_by_the_beginnings_of_words),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
