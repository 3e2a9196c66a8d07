/* SPDX-License-Identifier: Apache-2.0
 *
 * What a clerk types in a hurry against the real list: the everyday procedure
 * comes first. */
#include <string.h>

#include "tests/check.h"
#include "tests/data/shipped.h"

static struct catalogue catalogue;
static day_t today;

static int read_all(void **state)
{
	(void)state;
	today = day_of(2026, 11, 20);
	return shipped_catalogue(&catalogue) ? 0 : -1;
}

static int drop_all(void **state)
{
	(void)state;
	catalogue_free(&catalogue);
	return 0;
}

static const struct { const char *typed, *code; } everyday[] = {
	{ "xac nhan hon nhan", "1.004873" }, { "tinh trang hon nhan", "1.004873" },
	{ "tthn", "1.004873" },              { "TTHN", "1.004873" },
	{ "1.004873", "1.004873" },          { "1004873", "1.004873" },
	{ "khai sinh", "1.001193" },         { "khai sinh lai", "1.004884" },
	{ "ks", "1.001193" },                { "khai tu", "1.000656" },
	{ "ket hon", "1.000894" },           { "kết hôn", "1.000894" },
	{ "trich luc", "2.000635" },         { "cai chinh", "1.004859" },
	{ "nhan cha me con", "1.001022" },   { "giam ho", "1.004837" },
	{ "chung thuc ban sao", "2.000815" }, { "ban sao ban chinh", "2.000815" },
	{ "chung thuc chu ky", "2.000884" }, { "di chuc", "2.001019" },
	{ "nuoi con nuoi", "2.001263" },     { "ho ngheo", "1.011607" },
	{ "ho kinh doanh", "1.001612" },     { "giay phep xay dung", "1.013225" },
	{ "tranh chap dat dai", "1.012812" }, { "cong nhan hoa giai vien", "1.002211" },
	{ "khuyet tat", "1.001699" },        { "bssg", "2.000908" },
};

static void everyday_comes_first(void **state)
{
	(void)state;
	bool ok = true;
	for (size_t i = 0; i < COUNT(everyday); i++) {
		const struct procedure *found[8];
		size_t n = catalogue_search(&catalogue, everyday[i].typed, today, found, 8);
		if (n && !strcmp(found[0]->code, everyday[i].code))
			continue;
		ok = false;
		print_error("\"%s\": %s %s\n", everyday[i].typed, n ? found[0]->code : "nothing",
		            n ? found[0]->name : "");
	}
	assert_true(ok);
}

/* Every offered procedure is reached by its own short code, and by its code. */
static void every_key_opens_its_procedure(void **state)
{
	(void)state;
	size_t offered = 0;
	for (size_t i = 0; i < catalogue.count[CATALOGUE_PROCEDURES]; i++) {
		const struct procedure *p = &catalogue.procedures[i], *found[1];
		if (!p->offered)
			continue;
		offered++;
		assert_int_equal(catalogue_search(&catalogue, p->short_code, today, found, 1), 1);
		assert_ptr_equal(found[0], p);
		assert_int_equal(catalogue_search(&catalogue, p->code, today, found, 1), 1);
		assert_ptr_equal(found[0], p);
		assert_ptr_equal(catalogue_short(&catalogue, p->short_code), p);
	}
	assert_int_equal(offered, 345);
}

static void places_are_found(void **state)
{
	(void)state;
	const struct place *found[40];
	assert_int_equal(catalogue_places(&catalogue, PLACE_COMMUNE, "91", "nui cam", found, 40), 1);
	assert_string_equal(found[0]->code, "30538");
	assert_int_equal(catalogue_places(&catalogue, PLACE_PROVINCE, "", "", found, 40), 34);
	assert_string_equal(catalogue_place(&catalogue, PLACE_CARD_CODE, "089")->name, "An Giang");
	assert_string_equal(catalogue_place(&catalogue, PLACE_COMMUNE, "30538")->full_name, "Xã Núi Cấm");
}

/* The sketch of a Friday before a holiday: three working days end on Thursday. */
static void the_limit_of_the_day(void **state)
{
	(void)state;
	const struct procedure *p = catalogue_procedure(&catalogue, "1.004873");
	const struct limit *limit = catalogue_limit(p, 0, CHANNEL_COUNTER, today);
	assert_non_null(limit);
	assert_int_equal(limit->unit, LIMIT_WORKING_DAY);
	assert_true(limit->value == 3 && limit->confirmed);
	const struct calendar *calendar = &catalogue.calendar;
	assert_int_equal(calendar_next(calendar, day_of(2026, 11, 23)), day_of(2026, 11, 25));
	assert_true(calendar_works(calendar, day_of(2026, 8, 22)));
	assert_false(calendar_works(calendar, day_of(2026, 8, 31)));
	/* Published per channel: 20 days by post and online, 15 at the counter. */
	const struct procedure *building = catalogue_procedure(&catalogue, "1.013225");
	assert_true(catalogue_limit(building, 0, CHANNEL_COUNTER, today)->value == 15);
	assert_true(catalogue_limit(building, 0, CHANNEL_ONLINE, today)->value == 20);
	assert_false(catalogue_limit(building, 0, CHANNEL_POST, today)->confirmed);
}

static void papers_to_tick(void **state)
{
	(void)state;
	const struct procedure *p = catalogue_procedure(&catalogue, "1.004873");
	size_t papers = 0;
	for (size_t i = 0; i < p->component_count; i++)
		papers += component_is_paper(&p->components[i]);
	/* 32 rows of the portal, most of them advice; at most a screenful is paper. */
	assert_int_equal(p->component_count, 32);
	assert_in_range(papers, 4, 8);
	size_t all = 0;
	for (size_t i = 0; i < catalogue.count[CATALOGUE_COMPONENTS]; i++)
		all += component_is_paper(&catalogue.components[i]);
	assert_int_equal(all, 2783);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(everyday_comes_first), cmocka_unit_test(every_key_opens_its_procedure),
		cmocka_unit_test(places_are_found), cmocka_unit_test(the_limit_of_the_day),
		cmocka_unit_test(papers_to_tick),
	};
	return cmocka_run_group_tests(tests, read_all, drop_all);
}
