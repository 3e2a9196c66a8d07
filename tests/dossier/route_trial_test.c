/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>

#include "core/dossier/route_trial.h"

static void invented(struct catalogue *c)
{
	catalogue_start(c);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.1", "ministry", "B", "level", "xã", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.2", "ministry", "B", "level", "xã", NULL);
	table_add(c, CATALOGUE_PROCEDURES, "code", "1.3", "ministry", "C", "level", "xã", NULL);
	table_add(c, CATALOGUE_SYSTEMS, "code", "bo", "name", "Hệ thống của bộ", NULL);
	table_add(c, CATALOGUE_SYSTEMS, "code", "tinh", "name", "Hệ thống tỉnh", NULL);
	table_add(c, CATALOGUE_SYSTEMS, "code", "khac", "name", "Hệ thống khác", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "1", "ministry", "B", "system", "bo", "valid_from",
	          "2026-01-01", "notice", "CV 1", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "2", "procedure_code", "1.2", "system", "tinh",
	          "valid_from", "2026-01-01", "valid_to", "2026-12-01", "notice", "CV 2", NULL);
	table_add(c, CATALOGUE_ROUTES, "rule_id", "3", "procedure_code", "1.2", "system", "khac",
	          "valid_from", "2027-01-01", "notice", "CV 3", NULL);
	catalogue_finish(c);
}

static const struct route_past yesterday[] = {
	{ 1, "A-1", "1.1", 0, "", 0, "bo" },  { 2, "A-2", "1.1", 0, "H01.5", 0, "bo" },
	{ 3, "A-3", "1.2", 0, "", 0, "tinh" }, { 4, "A-4", "1.3", 0, "", 0, "tinh" },
	{ 5, "A-5", "9.9", 0, "", 0, "tinh" },
};
enum { PAST = sizeof yesterday / sizeof yesterday[0] };

static struct route_trial attempt(struct arena *arena, const struct catalogue *c,
                                  const struct route_change *change)
{
	struct route_past past[PAST];
	struct route_past *kept = ARENA_MANY(arena, struct route_past, PAST);
	struct route_trial trial;
	struct error err = { 0 };
	for (int i = 0; i < PAST; i++) {
		past[i] = yesterday[i];
		past[i].day = day_of(2026, 11, 20);
	}
	memcpy(kept, past, sizeof past);
	if (!route_try(arena, c, change, "xã", kept, PAST, &trial, &err))
		fail_msg("%s", err.say);
	return trial;
}

static struct route_rule rule(const char *procedure, const char *ministry, const char *unit,
                              const char *system, day_t from)
{
	return (struct route_rule){ .rule_id = 1000001, .procedure_code = procedure, .ministry = ministry,
		.field = "", .level = "", .deciding_unit = unit, .system = system, .told = "",
		.valid_from = from, .valid_to = DAY_NONE, .notice = "CV 9", .decided_by = "", .note = "" };
}

static void yesterdays_dossiers_are_asked_again(void **state)
{
	struct catalogue c;
	struct arena arena = { 0 };
	(void)state;
	invented(&c);
	/* A later rule for the ministry takes its dossiers, but not where one is closer. */
	day_t from = day_of(2026, 11, 23);
	struct route_rule fresh = rule("", "B", "", "khac", from);
	struct route_trial trial = attempt(&arena, &c, &(struct route_change){ &fresh, 0, from });
	assert_int_equal(trial.looked, 4);
	assert_int_equal(trial.unknown, 1);
	assert_int_equal(trial.move_count, 2);
	assert_string_equal(trial.moves[0].past->code, "A-1");
	assert_string_equal(trial.moves[1].past->code, "A-2");
	assert_int_equal(trial.count_count, 1);
	assert_string_equal(trial.counts[0].from, "bo");
	assert_string_equal(trial.counts[0].to, "khac");
	assert_int_equal(trial.counts[0].count, 2);
	/* By deciding unit: one of them. */
	fresh = rule("", "B", "H01.5", "khac", from);
	trial = attempt(&arena, &c, &(struct route_change){ &fresh, 0, from });
	assert_int_equal(trial.move_count, 1);
	assert_string_equal(trial.moves[0].past->code, "A-2");
	/* The same as before changes nothing. */
	fresh = rule("1.1", "", "", "bo", from);
	trial = attempt(&arena, &c, &(struct route_change){ &fresh, 0, from });
	assert_int_equal(trial.move_count, 0);
	/* The rules themselves are as they were. */
	assert_int_equal(c.count[CATALOGUE_ROUTES], 3);
	arena_free(&arena);
	catalogue_free(&c);
}

static void it_is_asked_for_the_day_of_the_change(void **state)
{
	struct catalogue c;
	struct arena arena = { 0 };
	(void)state;
	invented(&c);
	/* From 01/12 rule 2 holds no longer: a rule to the ministry's then changes nothing for 1.2. */
	struct route_rule fresh = rule("1.2", "", "", "bo", day_of(2026, 11, 25));
	struct route_change change = { &fresh, 0, day_of(2026, 11, 25) };
	assert_int_equal(attempt(&arena, &c, &change).move_count, 1);
	fresh.valid_from = change.from = day_of(2026, 12, 5);
	assert_int_equal(attempt(&arena, &c, &change).move_count, 0);
	/* Ending a rule: its dossiers fall to the next one. */
	struct route_trial trial = attempt(&arena, &c, &(struct route_change){ NULL, 1, day_of(2026, 11, 25) });
	assert_int_equal(trial.move_count, 2);
	assert_string_equal(trial.moves[0].to, "tinh");
	arena_free(&arena);
	catalogue_free(&c);
}

static void a_rule_to_nowhere_is_told(void **state)
{
	struct catalogue c;
	struct arena arena = { 0 };
	struct route_trial trial;
	struct error err = { 0 };
	(void)state;
	invented(&c);
	struct route_rule fresh = rule("1.1", "", "", "ma", day_of(2026, 11, 20));
	struct route_past past = yesterday[0];
	past.day = day_of(2026, 11, 20);
	assert_false(route_try(&arena, &c, &(struct route_change){ &fresh, 0, past.day }, "xã", &past, 1,
	                       &trial, &err));
	assert_non_null(strstr(err.say, "ma"));
	arena_free(&arena);
	catalogue_free(&c);
}

static void what_will_change_and_when(void **state)
{
	struct catalogue c;
	struct arena arena = { 0 };
	(void)state;
	invented(&c);
	struct route_ask ask = { catalogue_procedure(&c, "1.2"), "xã", 0, "", day_of(2026, 11, 20) };
	struct lines lines = route_future(&arena, &c, &ask);
	assert_int_equal(lines.count, 2);
	assert_string_equal(lines.items[0], "Từ ngày 01/12/2026: Hệ thống của bộ, theo CV 1");
	assert_string_equal(lines.items[1], "Từ ngày 01/01/2027: Hệ thống khác, theo CV 3");
	ask.procedure = catalogue_procedure(&c, "1.1");
	assert_int_equal(route_future(&arena, &c, &ask).count, 0);
	arena_free(&arena);
	catalogue_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(yesterdays_dossiers_are_asked_again),
		cmocka_unit_test(it_is_asked_for_the_day_of_the_change),
		cmocka_unit_test(a_rule_to_nowhere_is_told),
		cmocka_unit_test(what_will_change_and_when),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
