/* SPDX-License-Identifier: Apache-2.0
 *
 * Reception through the typed door, on the real schema. */
#include "tests/store/counter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/find.h"
#include "core/store/papers.h"

static long total(const char *sql)
{
	struct seen seen;
	struct heard heard;
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	ask_and_wait(&seen, &heard, sql, NULL);
	assert_int_equal(heard.err.fault, FAULT_NONE);
	close_line(&seen);
	return atol(heard.text);
}

static void a_dossier_is_received(void **state)
{
	(void)state;
	struct counter man, khoa;
	struct accepted accepted;
	log_in(&man, "man", PASSWORD, "Q1");
	log_in(&khoa, "khoa", PASSWORD, "Q3");
	struct intake intake = sample(&man, "Nguyễn Thị Thuỳ Dương", "001199000012");
	accept_one(&man, &accepted, &intake);
	if (accepted.err.fault)
		print_error("%s | %s\n", accepted.err.say, accepted.err.log);
	assert_int_equal(accepted.err.fault, FAULT_NONE);
	assert_memory_equal(accepted.code, "H01.999-", 8);
	assert_true(accepted.result.dossier_id > 0);
	assert_true(accepted.result.paper_id > 0);
	assert_int_equal(accepted.result.due_at, intake.due_at);
	assert_false(accepted.result.repeated);
	/* The colleague hears of it. */
	turn(&khoa, &khoa.changed, 1);
	assert_string_equal(khoa.what, "dossier");
	assert_int_equal(khoa.id, accepted.result.dossier_id);
	/* The same request again is the same dossier. */
	char first[64];
	snprintf(first, sizeof first, "%s", accepted.code);
	struct accepted again;
	accept_one(&man, &again, &intake);
	assert_true(again.result.repeated);
	assert_string_equal(again.code, first);
	intake_clear(&accepted.ask);
	intake_clear(&again.ask);
	log_out(&man);
	log_out(&khoa);
}

static void refusals_say_what_to_do(void **state)
{
	(void)state;
	struct counter man;
	struct accepted accepted;
	log_in(&man, "man", PASSWORD, "Q1");
	struct intake intake = sample(&man, "Trần Văn Bình", "001199000020");
	accept_one(&man, &accepted, &intake);
	assert_int_equal(accepted.err.fault, FAULT_NONE);
	char code[64];
	snprintf(code, sizeof code, "%s", accepted.code);
	intake_clear(&accepted.ask);

	intake = sample(&man, "Trần Văn Bình", "001199000020");
	accept_one(&man, &accepted, &intake);
	assert_string_equal(accepted.err.code, "MC003");
	assert_int_equal(accepted.err.fault, FAULT_INPUT);
	assert_string_equal(accepted.ask.ask.hint, code);
	intake_clear(&accepted.ask);

	intake.computed_at -= 3600;
	intake.ignore_similar = true;
	accept_one(&man, &accepted, &intake);
	assert_string_equal(accepted.err.code, "MC001");
	assert_int_equal(accepted.err.fault, FAULT_CONFLICT);
	assert_true(moment_read_iso(accepted.ask.ask.hint) != MOMENT_NONE);
	intake_clear(&accepted.ask);

	intake = sample(&man, "Trần Văn Bình", "001199000020");
	intake.catalogue_version--;
	accept_one(&man, &accepted, &intake);
	assert_string_equal(accepted.err.code, "MC002");
	intake_clear(&accepted.ask);

	intake = sample(&man, "", "001199000020");
	accept_one(&man, &accepted, &intake);
	assert_string_equal(accepted.err.code, "MC005");
	assert_string_equal(accepted.ask.ask.hint, "owner.name");
	intake_clear(&accepted.ask);
	log_out(&man);
}

struct paper_seen {
	struct paper_ask ask;
	int done, copies;
	struct error err;
	const char *fields;
};

static void on_paper(struct paper_ask *ask, const struct paper_row *paper, const struct error *err)
{
	struct paper_seen *seen = OWNER_OF(ask, struct paper_seen, ask);
	seen->done++;
	seen->err = err ? *err : (struct error){ 0 };
	if (paper) {
		seen->copies = paper->copies_printed;
		seen->fields = paper->fields;
	}
}

/* The server has committed; its answer is lost with the connection. */
static void a_lost_reply_makes_no_second_dossier(void **state)
{
	(void)state;
	struct counter man;
	struct accepted accepted;
	log_in_past_thief(&man, "man", "Q1");
	char session[32];
	snprintf(session, sizeof session, "%s", session_facts(man.session)->id);
	struct intake intake = sample(&man, "Lê Hoàng Nam", "001099000031");
	long before = total("select count(*)::text as x from motcua.dossier");
	man.thief.steal = true;
	accept_one(&man, &accepted, &intake);
	assert_int_equal(man.thief.stolen, 1);
	assert_int_equal(accepted.err.fault, FAULT_NONE);
	assert_true(accepted.result.repeated); /* it was asked twice … */
	assert_int_equal(total("select count(*)::text as x from motcua.dossier"), before + 1);
	assert_int_equal(man.line, 2);         /* … after the line was lost and made again */
	assert_int_equal(man.again, 1);
	assert_string_not_equal(session_facts(man.session)->id, session); /* hello again */
	intake_clear(&accepted.ask);
	log_out(&man);
}

/* A write without a request id is not asked twice. */
static void a_lost_mark_is_told(void **state)
{
	(void)state;
	struct counter man;
	struct paper_seen paper = { .ask = { .done = on_paper } };
	log_in_past_thief(&man, "man", "Q1");
	man.thief.steal = true;
	paper_printed(session_store(man.session), &man.scope, &paper.ask, 1, "Quầy 1", "ok");
	turn(&man, &paper.done, 1);
	assert_int_equal(man.thief.stolen, 1);
	assert_int_equal(paper.err.fault, FAULT_OFFLINE);
	turn(&man, &man.again, 1);
	assert_int_equal(paper.done, 1);
	log_out(&man);
}

static void who_lacks_papers_gets_a_numbered_form(void **state)
{
	(void)state;
	struct counter man;
	struct accepted accepted;
	static const char *const REASONS[] = { "Thiếu Tờ khai theo mẫu", "Thiếu hộ chiếu" };
	log_in(&man, "man", PASSWORD, "Q1");
	struct intake intake = sample(&man, "Đặng Thị Én", "001199000041");
	intake.kind = "supplement";
	intake.reasons = REASONS;
	intake.reason_count = 2;
	intake.until = day_of(2026, 12, 1);
	accept_one(&man, &accepted, &intake);
	assert_int_equal(accepted.err.fault, FAULT_NONE);
	assert_non_null(strstr(accepted.paper_number, "/PBS-TTPVHCC"));
	assert_true(accepted.result.paper_id > 0);
	assert_int_equal(accepted.result.dossier_id, 0);
	intake_clear(&accepted.ask);
	log_out(&man);
}

/* ---- finding and printing ---- */

struct found_seen {
	struct find_ask ask;
	int done, count;
	struct found first;
	struct error err;
};

static void on_found(struct find_ask *ask, const struct found *rows, int count,
                     const struct error *err)
{
	struct found_seen *seen = OWNER_OF(ask, struct found_seen, ask);
	seen->done++;
	seen->count = count;
	seen->err = err ? *err : (struct error){ 0 };
	if (count)
		seen->first = rows[0];
}

static void find(struct counter *counter, struct found_seen *seen, const char *query)
{
	*seen = (struct found_seen){ .ask = { .done = on_found, .into = &counter->arena } };
	find_start(session_store(counter->session), &counter->scope, &seen->ask, query, NULL, 20);
	turn(counter, &seen->done, 1);
	assert_int_equal(seen->err.fault, FAULT_NONE);
}

static void it_is_found_and_its_paper_printed(void **state)
{
	(void)state;
	struct counter man;
	struct accepted accepted;
	struct found_seen found;
	log_in(&man, "man", PASSWORD, "Q1");
	struct intake intake = sample(&man, "Phan Thị Mỹ Xuyên", "001199000055");
	accept_one(&man, &accepted, &intake);
	find(&man, &found, "my xuyen");
	assert_int_equal(found.count, 1);
	assert_string_equal(found.first.code, accepted.code);
	assert_string_equal(found.first.owner_name, "Phan Thị Mỹ Xuyên");
	assert_string_equal(found.first.owner_id_masked, "0011••••••55");
	assert_string_equal(found.first.sync, "saved");
	assert_int_equal(found.first.status, 2);
	find(&man, &found, accepted.code);
	assert_int_equal(found.count, 1);
	find(&man, &found, "khong co ai ten nay");
	assert_int_equal(found.count, 0);

	struct store *store = session_store(man.session);
	struct paper_seen paper = { .ask = { .done = on_paper, .into = &man.arena } };
	paper_printed(store, &man.scope, &paper.ask, accepted.result.paper_id, "Quầy 1", "ok");
	turn(&man, &paper.done, 1);
	assert_int_equal(paper.err.fault, FAULT_NONE);
	paper_read(store, &man.scope, &paper.ask, accepted.result.paper_id);
	turn(&man, &paper.done, 2);
	assert_int_equal(paper.copies, 1);
	assert_non_null(strstr(paper.fields, "owner.name\tPhan Thị Mỹ Xuyên\n"));
	paper_read(store, &man.scope, &paper.ask, 424242);
	turn(&man, &paper.done, 3);
	assert_string_equal(paper.err.code, "MC008");
	intake_clear(&accepted.ask);
	log_out(&man);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dossier_is_received),
		cmocka_unit_test(refusals_say_what_to_do),
		cmocka_unit_test(a_lost_reply_makes_no_second_dossier),
		cmocka_unit_test(a_lost_mark_is_told),
		cmocka_unit_test(who_lacks_papers_gets_a_numbered_form),
		cmocka_unit_test(it_is_found_and_its_paper_printed),
	};
	return cmocka_run_group_tests(tests, start_world, stop_server);
}
