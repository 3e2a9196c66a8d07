/* SPDX-License-Identifier: Apache-2.0
 *
 * The domain on the real rows: where dossiers go, what they cost, what is
 * asked and until when — for the everyday ones exactly, for all without harm. */
#include <string.h>

#include "core/dossier/checklist.h"
#include "tests/check.h"
#include "tests/data/shipped.h"

static struct catalogue catalogue;
static struct arena arena;
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
	arena_free(&arena);
	return 0;
}

static struct route route_of(const char *code, day_t day)
{
	struct route_ask ask = { .procedure = catalogue_procedure(&catalogue, code), .level = "xã",
		                 .deciding_unit = "", .day = day };
	struct route route;
	struct error err = { 0 };
	assert_non_null(ask.procedure);
	assert_true(route_choose(&arena, &catalogue, &ask, &route, &err));
	return route;
}

static void nine_ministries_since_new_year(void **state)
{
	(void)state;
	struct route route = route_of("1.004873", today);
	assert_string_equal(route.system, "tu-phap");
	assert_non_null(strstr(route.notice, "2423/UBND-HCC"));
	assert_int_equal(route.told_count, 3);
	assert_string_equal(route.told[0], "cong");
	assert_string_equal(route.told[1], "dieu-phoi");
	assert_string_equal(route.told[2], "emc"); /* last: nobody waits for it */
	assert_string_equal(route_of("1.004873", day_of(2025, 12, 31)).system, "tinh");
	assert_string_equal(route_of("1.004873", day_of(2026, 1, 1)).system, "tu-phap");
	assert_string_equal(route_of("1.013978", today).system, "nnmt");
	assert_string_equal(route_of("1.013225", today).system, "xay-dung");
	assert_string_equal(route_of("1.001612", today).system, "ho-kinh-doanh");
	assert_string_equal(route_of("1.004222", today).system, "tinh"); /* Bộ Công an   */
	for (size_t i = 0; i < catalogue.count[CATALOGUE_PROCEDURES]; i++) {
		route = route_of(catalogue.procedures[i].code, today);
		assert_non_null(route.destination);
		assert_non_null(route.rule);
	}
}

static enum fee_state only_fee(const char *code, enum channel channel)
{
	struct fee_list fees = fee_list_new(&arena, catalogue_procedure(&catalogue, code), 0, channel,
	                                    today);
	assert_int_equal(fees.count, 1);
	return fee_state(&fees.items[0]);
}

static void silence_is_not_free(void **state)
{
	(void)state;
	assert_int_equal(only_fee("1.001193", CHANNEL_COUNTER), FEE_FREE);
	assert_int_equal(only_fee("2.000815", CHANNEL_COUNTER), FEE_OWED);
	assert_int_equal(only_fee("1.004873", CHANNEL_COUNTER), FEE_MISSING);
	assert_int_equal(only_fee("1.012812", CHANNEL_COUNTER), FEE_UNCONFIRMED);
	/* Residence: 20.000 at the counter, 10.000 online, nobody confirmed it here. */
	struct fee_list home = fee_list_new(&arena, catalogue_procedure(&catalogue, "1.004222"), 0,
	                                    CHANNEL_ONLINE, today);
	assert_int_equal(home.items[0].amount, 10000);
	for (size_t i = 0; i < catalogue.count[CATALOGUE_PROCEDURES]; i++)
		for (int channel = CHANNEL_COUNTER; channel <= CHANNEL_POST; channel++) {
			struct fee_list fees = fee_list_new(&arena, &catalogue.procedures[i], 0,
			                                    (enum channel)channel, today);
			assert_in_range(fees.count, 1, 3);
		}
}

static moment_t due_of(const char *code, moment_t received)
{
	const struct limit *limit = catalogue_limit(catalogue_procedure(&catalogue, code), 0,
	                                            CHANNEL_COUNTER, moment_day(received));
	struct deadline deadline;
	struct error err = { 0 };
	assert_non_null(limit);
	assert_true(deadline_count(&arena, &catalogue.calendar, &catalogue.rule, received,
	                           limit->value, limit->unit, &deadline, &err));
	return deadline.due;
}

static void due_on_the_right_day(void **state)
{
	(void)state;
	moment_t friday = moment_of(today, 9, 41, 0), late = moment_of(today, 15, 5, 0);
	assert_int_equal(due_of("1.004873", friday), moment_of(day_of(2026, 11, 26), 17, 0, 0));
	assert_int_equal(moment_day(due_of("1.001193", friday)), today);
	assert_int_equal(moment_day(due_of("1.001193", late)), day_of(2026, 11, 23));
	assert_int_equal(moment_day(due_of("2.001035", friday)), day_of(2026, 11, 25));
	for (size_t i = 0; i < catalogue.count[CATALOGUE_LIMITS]; i++) {
		const struct limit *limit = &catalogue.limits[i];
		struct deadline deadline;
		struct error err = { 0 };
		assert_true(deadline_count(&arena, &catalogue.calendar, &catalogue.rule, friday,
		                           limit->value, limit->unit, &deadline, &err));
		assert_true(deadline.due >= friday);
	}
}

static void asks_for_papers_in_order(void **state)
{
	(void)state;
	struct checklist_ask ask = { .procedure = catalogue_procedure(&catalogue, "1.004873"),
		                     .channel = CHANNEL_COUNTER, .day = today };
	struct checklist list;
	checklist_new(&arena, &ask, &list);
	assert_in_range(list.count, 4, 6);
	assert_non_null(strstr(list.papers[0].name, "Tờ khai cấp Giấy xác nhận"));
	assert_true(list.papers[0].required);
	assert_true(list.help.count > 5);
	size_t alone = list.count;
	ask.represented = true;
	checklist_new(&arena, &ask, &list);
	assert_int_equal(list.count, alone + 1);
}

/* Every procedure, case and channel gives a list that a clerk can work through. */
static void every_checklist_stands(void **state)
{
	(void)state;
	size_t most = 0;
	for (size_t i = 0; i < catalogue.count[CATALOGUE_PROCEDURES]; i++) {
		const struct procedure *p = &catalogue.procedures[i];
		for (size_t c = 0; c <= p->case_count; c++) {
			struct checklist_ask ask = { .procedure = p, .channel = CHANNEL_COUNTER,
				.case_id = c ? p->cases[c - 1].case_id : 0, .day = today };
			struct checklist list;
			struct arena own = { 0 };
			checklist_new(&own, &ask, &list);
			for (size_t k = 0; k < list.count; k++)
				assert_true(*list.papers[k].name);
			if (list.count > most)
				most = list.count;
			arena_free(&own);
		}
	}
	assert_in_range(most, 10, 80);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(nine_ministries_since_new_year), cmocka_unit_test(silence_is_not_free),
		cmocka_unit_test(due_on_the_right_day), cmocka_unit_test(asks_for_papers_in_order),
		cmocka_unit_test(every_checklist_stands),
	};
	return cmocka_run_group_tests(tests, read_all, drop_all);
}
