/* SPDX-License-Identifier: Apache-2.0
 *
 * Logging in, as it goes well and as it does not. */
#include "tests/store/counter.h"

#include <stdio.h>
#include <string.h>

#include "core/dossier/catalogue.h"
#include "core/store/admin.h"
#include "core/store/catalogue_load.h"

static void a_clerk_logs_in(void **state)
{
	(void)state;
	struct counter man;
	log_in(&man, "man", PASSWORD, "Q3");
	assert_int_equal(man.why.fault, FAULT_NONE);
	const struct session_facts *facts = session_facts(man.session);
	assert_string_equal(facts->full_name, "Lê Thị Mận");
	assert_string_equal(facts->unit_name, "xã Núi Cấm");
	assert_string_equal(facts->unit_code, "30538");
	assert_string_equal(facts->counter, "Q3");
	assert_true(facts->practice);
	assert_false(facts->is_supervisor);
	assert_true(facts->catalogue_version > 0);
	int64_t apart = session_now(man.session) - moment_now();
	assert_true(apart >= -2 && apart <= 2);
	log_out(&man);
}

static void who_may_not_is_told_why(void **state)
{
	(void)state;
	struct counter counter;
	log_in(&counter, "man", "sai-mat-khau", "Q3");
	assert_int_equal(counter.why.fault, FAULT_DENIED);
	assert_string_equal(counter.why.code, "28P01");
	log_out(&counter);
	log_in(&counter, "khong-co-ai", PASSWORD, "Q3");
	assert_string_equal(counter.why.code, "28P01"); /* says no more than that */
	log_out(&counter);
	log_in(&counter, "man", PASSWORD, "Q9");
	assert_int_equal(counter.why.fault, FAULT_INPUT);
	assert_string_equal(counter.why.code, "MC005");
	assert_non_null(strstr(counter.why.say, "Q9"));
	log_out(&counter);
}

static int shut;

static void close_at_once(struct session *session, const struct error *err)
{
	(void)err;
	shut++;
	session_close(session);
}

/* A log-in screen gives up from inside what it is told. */
static void it_may_be_closed_when_it_opens(void **state)
{
	(void)state;
	struct counter counter = { 0 };
	static const char *const PASSWORDS[] = { PASSWORD, "sai-mat-khau" };
	char server[96];
	struct error err;
	snprintf(server, sizeof server, "host=%s dbname=motcua", pg.folder);
	for (int i = 0; i < 2; i++) {
		loop_init(&counter.loop);
		assert_non_null(session_open(
			&counter.loop,
			&(struct session_plan){ .server = server, .login = "man",
				.password = PASSWORDS[i], .program = "store_test" },
			&(struct session_calls){ .opened = close_at_once }, &err));
		turn(&counter, &shut, i + 1);
		assert_null(counter.loop.watches);
		assert_null(counter.loop.timers);
	}
}

struct administered {
	struct admin_ask ask;
	int done;
	struct error err;
};

static void on_admin(struct admin_ask *ask, const struct error *err)
{
	struct administered *mine = OWNER_OF(ask, struct administered, ask);
	mine->done++;
	mine->err = err ? *err : (struct error){ 0 };
}

static void a_locked_clerk_stays_outside(void **state)
{
	(void)state;
	struct counter hue, khoa, man;
	struct administered mine = { .ask = { .done = on_admin } };
	log_in(&man, "man", PASSWORD, NULL);
	admin_clerk_lock(session_store(man.session), &man.scope, &mine.ask, "khoa");
	turn(&man, &mine.done, 1);
	assert_int_equal(mine.err.fault, FAULT_DENIED); /* not a supervisor */
	log_out(&man);
	log_in(&hue, "hue", PASSWORD, NULL);
	admin_clerk_lock(session_store(hue.session), &hue.scope, &mine.ask, "khoa");
	turn(&hue, &mine.done, 2);
	assert_int_equal(mine.err.fault, FAULT_NONE);
	log_in(&khoa, "khoa", PASSWORD, "Q1");
	assert_int_equal(khoa.why.fault, FAULT_DENIED);
	assert_string_equal(khoa.why.code, "28000");
	log_out(&khoa);
	admin_clerk_unlock(session_store(hue.session), &hue.scope, &mine.ask, "khoa");
	turn(&hue, &mine.done, 3);
	log_in(&khoa, "khoa", PASSWORD, "Q1");
	assert_int_equal(khoa.why.fault, FAULT_NONE);
	log_out(&khoa);
	log_out(&hue);
}

static void a_new_password_counts_at_once(void **state)
{
	(void)state;
	struct counter lan;
	struct administered mine = { .ask = { .done = on_admin } };
	log_in(&lan, "lan", PASSWORD, NULL);
	admin_password(session_store(lan.session), &lan.scope, &mine.ask, "ngan");
	turn(&lan, &mine.done, 1);
	assert_string_equal(mine.err.code, "MC005");
	admin_password(session_store(lan.session), &lan.scope, &mine.ask, "mot-mat-khau-moi");
	turn(&lan, &mine.done, 2);
	assert_int_equal(mine.err.fault, FAULT_NONE);
	log_out(&lan);
	log_in(&lan, "lan", PASSWORD, NULL);
	assert_string_equal(lan.why.code, "28P01");
	log_out(&lan);
	log_in(&lan, "lan", "mot-mat-khau-moi", NULL);
	assert_int_equal(lan.why.fault, FAULT_NONE);
	log_out(&lan);
}

struct counters_seen {
	struct counters_ask ask;
	int done, count, busy;
};

static void on_counters(struct counters_ask *ask, const struct counter_row *rows, int count,
                        const struct error *err)
{
	struct counters_seen *seen = OWNER_OF(ask, struct counters_seen, ask);
	assert_null(err);
	seen->done++;
	seen->count = count;
	for (int i = 0; i < count; i++)
		seen->busy += strcmp(rows[i].busy_with, "man") == 0 &&
		              strcmp(rows[i].code, "Q3") == 0;
}

static void counters_say_who_is_there(void **state)
{
	(void)state;
	struct counter man, hue;
	log_in(&man, "man", PASSWORD, "Q3");
	log_in(&hue, "hue", PASSWORD, NULL);
	struct counters_seen seen = { .ask = { .done = on_counters, .into = &hue.arena } };
	counters_start(session_store(hue.session), &hue.scope, &seen.ask);
	turn(&hue, &seen.done, 1);
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.busy, 1);
	log_out(&man);
	log_out(&hue);
}

/* ---- the catalogue ---- */

struct loaded {
	int done;
	struct catalogue *fresh;
	struct error err;
};

static void on_loaded(void *owner, struct catalogue *fresh, const struct error *err)
{
	struct loaded *loaded = owner;
	loaded->done++;
	loaded->fresh = fresh;
	loaded->err = err ? *err : (struct error){ 0 };
}

static void the_catalogue_comes_whole(void **state)
{
	(void)state;
	struct counter man;
	struct loaded loaded = { 0 };
	log_in(&man, "man", PASSWORD, "Q3");
	struct store *store = session_store(man.session);
	catalogue_load(store, &man.scope, &(struct catalogue_calls){ on_loaded, &loaded });
	turn(&man, &loaded.done, 1);
	if (loaded.err.fault)
		print_error("%s | %s\n", loaded.err.say, loaded.err.log);
	assert_non_null(loaded.fresh);
	assert_int_equal(loaded.fresh->version, session_facts(man.session)->catalogue_version);
	const struct procedure *procedure = catalogue_procedure(loaded.fresh, "1.004873");
	assert_non_null(procedure);
	assert_int_equal(procedure->component_count, 2);
	assert_int_equal(procedure->fee_count, 1);
	assert_int_equal(procedure->fees[0].amount, 8000);
	assert_int_equal(procedure->limit_count, 1);
	assert_non_null(catalogue_system(loaded.fresh, "tu-phap"));
	assert_int_equal(loaded.fresh->rule.same_day_at, 15 * 60);
	loaded.fresh = catalogue_drop(loaded.fresh);

	/* A change is heard, and the next load has the next version. */
	int before = man.changed;
	aside("select (motcua.load('fees', 'test', "
	      "'[{\"procedure_code\":\"1.004873\",\"channel\":\"0\",\"seq\":\"1\",\"name\":\"Lệ phí\","
	      "\"amount\":\"9000\",\"confirmed\":\"1\",\"basis\":\"NQ 02\"}]')).inserted::text as x", NULL);
	turn(&man, &man.changed, before + 1);
	assert_string_equal(man.what, "catalogue");
	catalogue_load(store, &man.scope, &(struct catalogue_calls){ on_loaded, &loaded });
	turn(&man, &loaded.done, 2);
	assert_true(loaded.fresh->version > session_facts(man.session)->catalogue_version);
	catalogue_drop(loaded.fresh);
	catalogue_load(store, &man.scope, &(struct catalogue_calls){ on_loaded, &loaded });
	log_out(&man); /* ends it silently */
	assert_int_equal(loaded.done, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clerk_logs_in),
		cmocka_unit_test(who_may_not_is_told_why),
		cmocka_unit_test(it_may_be_closed_when_it_opens),
		cmocka_unit_test(a_locked_clerk_stays_outside),
		cmocka_unit_test(a_new_password_counts_at_once),
		cmocka_unit_test(counters_say_who_is_there),
		cmocka_unit_test(the_catalogue_comes_whole),
	};
	return cmocka_run_group_tests(tests, start_world, stop_server);
}
