/* SPDX-License-Identifier: Apache-2.0
 *
 * What screens read and do after reception, on the real schema. */
#include "tests/store/counter.h"

#include <stdio.h>
#include <string.h>

#include "core/store/acts.h"
#include "core/store/answers.h"
#include "core/store/day.h"
#include "core/store/dossier_read.h"
#include "core/store/find.h"
#include "core/store/people.h"

/* What any of the callbacks below heard. */
static struct {
	int done, count, version;
	struct error err;
	int64_t id;
	char text[128];
} got;

static void note(const struct error *err)
{
	got.done++;
	got.err = err ? *err : (struct error){ 0 };
}

static void wait_for(struct counter *counter)
{
	turn(counter, &got.done, 1);
	got.done = 0;
}

static void good(void)
{
	if (got.err.fault)
		print_error("%s | %s\n", got.err.say, got.err.log);
	assert_int_equal(got.err.fault, FAULT_NONE);
}

static int64_t receive(struct counter *counter, const char *owner, const char *number)
{
	struct accepted accepted;
	struct intake intake = sample(counter, owner, number);
	accept_one(counter, &accepted, &intake);
	assert_int_equal(accepted.err.fault, FAULT_NONE);
	intake_clear(&accepted.ask);
	return accepted.result.dossier_id;
}

/* ---- the dossier ---- */

static const struct dossier_full *full;

static void on_dossier(struct dossier_ask *ask, const struct dossier_full *dossier,
                       const struct error *err)
{
	(void)ask;
	full = dossier;
	note(err);
}

static void on_revealed(struct reveal_ask *ask, const char *value, const struct error *err)
{
	(void)ask;
	snprintf(got.text, sizeof got.text, "%s", value ? value : "");
	note(err);
}

static void a_dossier_is_read_with_its_parts(void **state)
{
	(void)state;
	struct counter man;
	log_in(&man, "man", PASSWORD, "Q1");
	struct store *store = session_store(man.session);
	int64_t id = receive(&man, "Nguyễn Thị Hồng", "001199000012");
	struct dossier_ask ask = { .done = on_dossier, .into = &man.arena };
	dossier_read(store, &man.scope, &ask, id);
	wait_for(&man);
	good();
	assert_int_equal(full->dossier_id, id);
	assert_string_equal(full->owner_name, "Nguyễn Thị Hồng");
	assert_string_equal(full->received_by, "Lê Thị Mận");
	assert_string_equal(full->route_basis, "CV 2423/UBND-HCC");
	assert_int_equal(full->status, 2);
	assert_int_equal(full->person_count, 1);
	assert_string_equal(full->people[0].id_masked, "0011••••••12");
	assert_string_equal(full->people[0].address, "Ấp \"Vĩnh\" 1");
	assert_int_equal(full->people[0].birth, day_of(1999, 3, 5));
	assert_int_equal(full->component_count, 1);
	assert_int_equal(full->components[0].pages, 2);
	assert_int_equal(full->fee_count, 1);
	assert_int_equal(full->fees[0].amount, 8000);
	assert_int_equal(full->event_count, 1);
	assert_int_equal(full->travel_count, 2);
	assert_string_equal(full->travel[0].system, "tu-phap");
	assert_string_equal(full->travel[0].state, "saved");
	assert_int_equal(full->paper_count, 1);
	assert_int_equal(full->due_count, 1);
	assert_string_equal(full->due[0].line, "3 ngày làm việc");
	struct reveal_ask reveal = { .done = on_revealed };
	dossier_reveal(store, &man.scope, &reveal, id, "owner_id");
	wait_for(&man);
	assert_string_equal(got.text, "001199000012");
	dossier_read(store, &man.scope, &ask, 424242);
	wait_for(&man);
	assert_string_equal(got.err.code, "MC008");
	log_out(&man);
}

/* ---- people, the day ---- */

static void on_people(struct people_ask *ask, const struct person_row *rows, int count,
                      const struct error *err)
{
	(void)ask;
	got.count = count;
	snprintf(got.text, sizeof got.text, "%s", count ? rows[0].id_number : "");
	note(err);
}

static void people_are_known_again(void **state)
{
	(void)state;
	struct counter man, lan;
	struct people_ask ask = { .done = on_people };
	log_in(&man, "man", PASSWORD, "Q1");
	receive(&man, "Đỗ Thị Mai Lan", "001199000077");
	ask.into = &man.arena;
	people_by_number(session_store(man.session), &man.scope, &ask, "001199000077");
	wait_for(&man);
	good();
	assert_int_equal(got.count, 1);
	assert_string_equal(got.text, "001199000077");
	people_search(session_store(man.session), &man.scope, &ask, "mai lan");
	wait_for(&man);
	good();
	assert_int_equal(got.count, 1);
	assert_string_equal(got.text, "0011••••••77");
	log_in(&lan, "lan", PASSWORD, "Q1"); /* another unit */
	ask.into = &lan.arena;
	people_by_number(session_store(lan.session), &lan.scope, &ask, "001199000077");
	wait_for(&lan);
	good();
	assert_int_equal(got.count, 0);
	log_out(&lan);
	log_out(&man);
}

static struct day_counts counts;

static void on_day(struct day_ask *ask, const struct day_counts *day, const struct error *err)
{
	(void)ask;
	if (day)
		counts = *day;
	note(err);
}

static void on_found(struct find_ask *ask, const struct found *rows, int count,
                     const struct error *err)
{
	(void)ask;
	(void)rows;
	got.count = count;
	note(err);
}

static void the_day_in_numbers(void **state)
{
	(void)state;
	struct counter man;
	log_in(&man, "man", PASSWORD, "Q1");
	struct store *store = session_store(man.session);
	struct day_ask day = { .done = on_day };
	day_start(store, &man.scope, &day);
	wait_for(&man);
	good();
	int before = counts.mine_today;
	receive(&man, "Hồ Văn Đức", "001099000088");
	day_start(store, &man.scope, &day);
	wait_for(&man);
	assert_int_equal(counts.mine_today, before + 1);
	struct find_ask list = { .done = on_found, .into = &man.arena };
	find_day(store, &man.scope, &list, "mine_today", 100);
	wait_for(&man);
	good();
	assert_int_equal(got.count, before + 1);
	log_out(&man);
}

/* ---- acts ---- */

static void on_act(struct act_ask *ask, int version, const struct error *err)
{
	(void)ask;
	got.version = version;
	note(err);
}

static void on_acts(struct acts_ask *ask, const struct act_row *rows, int count,
                    const struct error *err)
{
	(void)ask;
	got.count = 0;
	for (int i = 0; i < count; i++)
		got.count += strcmp(rows[i].act, "ask_supplement") == 0;
	note(err);
}

static void on_problems(struct tasks_ask *ask, const struct task_row *rows, int count,
                        const struct error *err)
{
	(void)ask;
	(void)rows;
	got.count = count;
	note(err);
}

static void acts_name_the_version_they_saw(void **state)
{
	(void)state;
	struct counter man;
	log_in(&man, "man", PASSWORD, "Q1");
	struct store *store = session_store(man.session);
	int64_t id = receive(&man, "Cao Thị Út", "001199000111");
	struct acts_ask acts = { .done = on_acts, .into = &man.arena };
	acts_read(store, &man.scope, &acts, id);
	wait_for(&man);
	good();
	assert_int_equal(got.count, 1);
	struct act_ask ask = { .done = on_act };
	act_do(store, &man.scope, &ask, id, 1, "ask_supplement", "Thiếu hộ chiếu", NULL);
	wait_for(&man);
	good();
	assert_int_equal(got.version, 2);
	act_do(store, &man.scope, &ask, id, 1, "process", "", NULL);
	wait_for(&man);
	assert_int_equal(got.err.fault, FAULT_CONFLICT);
	assert_string_equal(got.err.code, "MC006");
	act_change_due(store, &man.scope, &ask, id, 2, "supplement",
	               session_now(man.session) + 10 * 86400, "Chờ bổ sung hộ chiếu");
	wait_for(&man);
	assert_string_equal(got.err.code, "MC004"); /* a supervisor's */
	act_send_again(store, &man.scope, &ask, id, "tu-phap", "đã gọi");
	wait_for(&man);
	assert_string_equal(got.err.code, "MC008"); /* nothing was refused */
	struct tasks_ask problems = { .done = on_problems, .into = &man.arena };
	tasks_read(store, &man.scope, &problems, 50);
	wait_for(&man);
	good();
	assert_int_equal(got.count, 0);
	log_out(&man);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dossier_is_read_with_its_parts),
		cmocka_unit_test(people_are_known_again),
		cmocka_unit_test(the_day_in_numbers),
		cmocka_unit_test(acts_name_the_version_they_saw),
	};
	return cmocka_run_group_tests(tests, start_world, stop_server);
}
