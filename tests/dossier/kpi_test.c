/* SPDX-License-Identifier: Apache-2.0
 *
 * The indicators of Decision 766 against the rules of domain §8.1 and integration §4,
 * one rule a row; rates, thresholds and rounding by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/dossier/kpi.h"

#define DAY 86400
enum { RECEIVED = 1000 * DAY, DUE = RECEIVED + 3 * DAY, END = RECEIVED + 30 * DAY };

/* Finished in time, filed online with everything. */
static struct kpi_facts whole(void)
{
	struct kpi_facts f = { .received_at = RECEIVED, .due_at = DUE, .limit_at = MOMENT_NONE, .status = 10, .channel = 2,
		.paper_result = true, .result_code = true, .result_file = true, .fees = true, .paid_online = true, .papers = 2,
		.paper_files = 2, .reused = true, .own_store = true, .population = true, .synced = true };
	for (int i = 0; i <= 10; i++)
		f.at[i] = MOMENT_NONE;
	f.at[2] = RECEIVED;
	f.at[9] = RECEIVED + 2 * DAY;
	f.at[10] = RECEIVED + 5 * DAY;
	return f;
}

static struct kpi_mark judged(const struct kpi_facts *f, enum kpi_indicator indicator)
{
	struct kpi_mark marks[KPI_COUNT];
	kpi_judge(f, END, marks);
	return marks[indicator];
}

static void a_whole_dossier_meets_all(void **state)
{
	struct kpi_facts f = whole();
	(void)state;
	for (int i = 0; i < KPI_COUNT; i++) {
		struct kpi_mark mark = judged(&f, (enum kpi_indicator)i);
		assert_true(mark.counted && mark.met);
		assert_int_equal(mark.lack, KPI_LACKS_NOTHING);
	}
}

/* One field wrong: exactly these indicators fall, for that reason; " " separates them. */
static void each_field_costs_its_indicators(void **state)
{
	static const struct {
		const char *what;
		enum kpi_lack lack;
		const char *lost;
	} rows[] = {
		{ "channel 1", KPI_LACKS_DIRECT, "3.3" },       { "channel 0", KPI_LACKS_CHANNEL, "3.3" },
		{ "channel 3", KPI_LACKS_DIRECT, "3.3" },       { "result_code", KPI_LACKS_RESULT_CODE, "3.3" },
		{ "result_file", KPI_LACKS_RESULT_FILE, "3.3 4.1 4.2" }, { "paid_online", KPI_LACKS_PAY, "3.6" },
		{ "paper_files", KPI_LACKS_PAPER_FILES, "4.2" },{ "no papers", KPI_LACKS_PAPER_FILES, "4.2" },
		{ "reused", KPI_LACKS_REUSE, "4.3" },           { "own_store", KPI_LACKS_STORE, "4.4" },
		{ "population", KPI_LACKS_POPULATION, "4.5" },  { "synced", KPI_LACKS_SYNC, "1.4" },
		{ "complained", KPI_LACKS_COMPLAINT, "5.4" },   { "late", KPI_LACKS_LATE, "2.1 5.4" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct kpi_facts f = whole();
		const char *w = rows[i].what;
		char lost[64] = "";
		if (strncmp(w, "channel", 7) == 0)
			f.channel = w[8] - '0';
		f.result_code = strcmp(w, "result_code") != 0;
		f.result_file = strcmp(w, "result_file") != 0;
		f.paid_online = strcmp(w, "paid_online") != 0;
		f.paper_files = strcmp(w, "paper_files") == 0 ? 1 : 2;
		if (strcmp(w, "no papers") == 0)
			f.papers = f.paper_files = 0;
		f.reused = strcmp(w, "reused") != 0;
		f.own_store = strcmp(w, "own_store") != 0;
		f.population = strcmp(w, "population") != 0;
		f.synced = strcmp(w, "synced") != 0;
		f.complained = strcmp(w, "complained") == 0;
		if (strcmp(w, "late") == 0)
			f.at[9] = DUE + 1;
		for (int k = 0; k < KPI_COUNT; k++) {
			struct kpi_rule rule;
			struct kpi_mark mark = judged(&f, (enum kpi_indicator)k);
			assert_true(kpi_rule((enum kpi_indicator)k, 20000, &rule));
			if (mark.met)
				continue;
			snprintf(lost + strlen(lost), sizeof lost - strlen(lost), "%s%s", *lost ? " " : "", rule.code);
			assert_int_equal(mark.lack, rows[i].lack);
			assert_true(*kpi_lack_words(mark.lack));
		}
		assert_string_equal(lost, rows[i].lost);
	}
}

/* 2.1: which moment is compared with the due date. */
static void the_end_is_as_the_rule_says(void **state)
{
	static const struct {
		const char *why;
		int status, supplements;
		int at5, at7, at8, at9, at10; /* days after reception, 0: not reached */
		int spent;                    /* days in supplements                  */
		int received;
		bool met, open;
	} rows[] = {
		{ "time of 9, not of 10", 10, 0, 0, 0, 0, 3, 9, 0, 1, true, false },
		{ "10 where 9 is not known", 10, 0, 0, 0, 0, 0, 4, 0, 1, false, false },
		{ "stopped in time", 8, 0, 0, 0, 2, 0, 0, 0, 1, true, false },
		{ "stopped late", 8, 0, 0, 0, 4, 0, 0, 0, 1, false, false },
		{ "withdrawn counts when it was received", 7, 0, 0, 2, 0, 0, 0, 0, 1, true, false },
		{ "withdrawn before reception is not an end", 7, 0, 0, 2, 0, 0, 0, 0, 0, false, false },
		{ "waiting on a single 5 ends with it", 5, 1, 2, 0, 0, 0, 0, 0, 1, true, true },
		{ "… late when asked late", 5, 1, 4, 0, 0, 0, 0, 0, 1, false, false },
		{ "more than one 5 is overdue", 9, 2, 2, 0, 0, 2, 0, 1, 1, false, false },
		{ "supplement time is taken off", 9, 1, 1, 0, 0, 5, 0, 2, 1, true, false },
		{ "… and no more", 9, 1, 1, 0, 0, 6, 0, 2, 1, false, false },
		{ "not ended: the end of the period", 4, 0, 0, 0, 0, 0, 0, 0, 1, false, false },
		{ "recalled: no end any more", 4, 0, 0, 0, 0, 2, 0, 0, 1, false, false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct kpi_facts f = whole();
		const int days[11] = { [5] = rows[i].at5, [7] = rows[i].at7, [8] = rows[i].at8, [9] = rows[i].at9, [10] = rows[i].at10 };
		f.status = rows[i].status;
		f.supplements = rows[i].supplements;
		f.supplement_s = rows[i].spent * DAY;
		for (int k = 0; k <= 10; k++)
			f.at[k] = days[k] ? RECEIVED + days[k] * DAY : MOMENT_NONE;
		if (rows[i].received)
			f.at[2] = RECEIVED;
		struct kpi_mark mark = judged(&f, KPI_IS_ON_TIME);
		if (mark.met != rows[i].met || mark.open != rows[i].open)
			fail_msg("%s: met %d, open %d", rows[i].why, mark.met, mark.open);
	}
}

static void due_dates_that_are_missing(void **state)
{
	struct kpi_facts f = whole();
	(void)state;
	f.due_at = MOMENT_NONE;
	f.limit_at = RECEIVED + DAY;
	assert_false(judged(&f, KPI_IS_ON_TIME).met);
	f.limit_at = RECEIVED + 2 * DAY; /* to the second is in time */
	assert_true(judged(&f, KPI_IS_ON_TIME).met);
	f.limit_at = MOMENT_NONE;
	assert_true(judged(&f, KPI_IS_ON_TIME).met);
	assert_int_equal(judged(&f, KPI_IS_ON_TIME).lack, KPI_LACKS_DUE);
	/* Open and its day not over: counted as met so far. */
	f = whole();
	f.status = 4;
	f.at[9] = f.at[10] = MOMENT_NONE;
	f.due_at = END + DAY;
	assert_true(judged(&f, KPI_IS_ON_TIME).met);
	assert_true(judged(&f, KPI_IS_ON_TIME).open);
}

static void what_is_not_counted(void **state)
{
	struct kpi_facts f = whole();
	(void)state;
	f.fees = false; /* all Gia = 0 */
	assert_false(judged(&f, KPI_IS_PAID).counted);
	f.paper_result = f.result_code = f.result_file = false;
	assert_false(judged(&f, KPI_IS_E_RESULT).counted);
	assert_true(judged(&f, KPI_IS_FILED).met);
	assert_true(judged(&f, KPI_IS_DIGITISED).met);
	f.received_at = MOMENT_NONE;
	for (int i = 0; i < KPI_COUNT; i++) {
		assert_false(judged(&f, (enum kpi_indicator)i).counted);
		assert_int_equal(judged(&f, (enum kpi_indicator)i).lack, KPI_LACKS_RECEPTION);
	}
}

static void rates_and_points(void **state)
{
	struct kpi_sum sum = { 0 };
	struct kpi_rule rule;
	int most[KPI_GROUP_COUNT] = { 0 };
	(void)state;
	/* The groups make a hundred, their shares no more. */
	int hundred = 0;
	for (int g = 0; g < KPI_GROUP_COUNT; g++)
		hundred += kpi_group_points((enum kpi_group)g);
	assert_int_equal(hundred, 100);
	for (int i = 0; i < KPI_COUNT; i++) {
		assert_true(kpi_rule((enum kpi_indicator)i, 20000, &rule));
		assert_false(kpi_rule((enum kpi_indicator)i, 19166, &rule));
		most[rule.group] += rule.most;
		assert_int_equal(kpi_rate(&sum, (enum kpi_indicator)i), -1);
	}
	for (int g = 0; g < KPI_GROUP_COUNT; g++)
		assert_int_equal(most[g], kpi_group_points((enum kpi_group)g) * 100);
	/* 3 of 7 digitised: 42,86 %; of 80 % for the full mark: 4,40 × 42,86 ÷ 80 = 2,36. */
	sum.counted[KPI_IS_DIGITISED] = 7;
	sum.met[KPI_IS_DIGITISED] = 3;
	assert_int_equal(kpi_rate(&sum, KPI_IS_DIGITISED), 4286);
	assert_true(kpi_rule(KPI_IS_DIGITISED, 20000, &rule));
	assert_int_equal(rule.most, 440);
	assert_int_equal(kpi_points(4286, &rule), 236);
	assert_int_equal(kpi_points(8000, &rule), 440);
	assert_int_equal(kpi_points(10000, &rule), 440);
	assert_int_equal(kpi_points(7999, &rule), 440);
	assert_int_equal(kpi_points(-1, &rule), 0);
	/* Half of them online, nine of ten synced: 45 %, of 50 %: 10,80 of 12 points. */
	sum.counted[KPI_IS_SYNCED] = sum.counted[KPI_IS_FILED] = sum.counted[KPI_IS_SATISFIED] = 10;
	sum.met[KPI_IS_SYNCED] = 9;
	sum.met[KPI_IS_FILED] = 5;
	assert_int_equal(kpi_rate(&sum, KPI_IS_FILED), 4500);
	assert_true(kpi_rule(KPI_IS_FILED, 20000, &rule));
	assert_int_equal(kpi_points(4500, &rule), 1080);
	/* 100 % less 20 % late less 10 % complaints; never below nothing. */
	sum.late = 2;
	sum.complained = 1;
	assert_int_equal(kpi_rate(&sum, KPI_IS_SATISFIED), 7000);
	sum.late = sum.complained = 8;
	assert_int_equal(kpi_rate(&sum, KPI_IS_SATISFIED), 0);
}

static void a_sum_is_of_its_dossiers(void **state)
{
	struct kpi_sum sum = { 0 };
	struct kpi_mark marks[KPI_COUNT];
	struct kpi_facts good = whole(), late = whole(), unread = whole();
	(void)state;
	late.at[9] = DUE + DAY;
	late.complained = true;
	unread.received_at = MOMENT_NONE;
	const struct kpi_facts *all[] = { &good, &late, &unread };
	for (int i = 0; i < 3; i++) {
		kpi_judge(all[i], END, marks);
		kpi_add(&sum, marks, all[i]);
	}
	assert_int_equal(sum.counted[KPI_IS_ON_TIME], 2);
	assert_int_equal(sum.met[KPI_IS_ON_TIME], 1);
	assert_int_equal(sum.late, 1);
	assert_int_equal(sum.complained, 1);
	assert_int_equal(kpi_rate(&sum, KPI_IS_SATISFIED), 0);
	assert_int_equal(kpi_rate(&sum, KPI_IS_ON_TIME), 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_dossier_meets_all), cmocka_unit_test(each_field_costs_its_indicators),
		cmocka_unit_test(the_end_is_as_the_rule_says), cmocka_unit_test(due_dates_that_are_missing),
		cmocka_unit_test(what_is_not_counted), cmocka_unit_test(rates_and_points), cmocka_unit_test(a_sum_is_of_its_dossiers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
