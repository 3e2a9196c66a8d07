/* SPDX-License-Identifier: Apache-2.0
 *
 * The queue of the hall: who may do what, one number a person, numbers given out while the server was away,
 * calling again, coming back, going elsewhere, dossiers that come of a number, and the figures. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/schema/queue_own.h"
#include "tests/support/world.h"

static int hall_start(void **state)
{
	if (world_start(state))
		return -1;
	one(admin(), "INSERT INTO motcua.counter SELECT unit_id, c, 'Quầy ' || right(c, 1), '' FROM motcua.unit,"
		" unnest('{Q2,Q4,Q5,Q6}'::text[]) c WHERE code = '30538'");
	one(admin(), "SELECT motcua.queue_import('{\"unit\":\"30538\",\"series\":[{\"series\":\"A\",\"name\":\"Hộ tịch\",\"fields\":[\"Hộ tịch\"]},"
		"{\"series\":\"B\",\"name\":\"Đất đai\",\"fields\":[\"Đất đai\"]},{\"series\":\"T\",\"name\":\"Nhận kết quả\",\"quick\":true}],"
		"\"groups\":[{\"code\":\"gia\",\"name\":\"Người cao tuổi\"}],\"counters\":[{\"code\":\"Q4\",\"series\":[\"T\"],\"helps\":[\"A\"]}],"
		"\"machines\":[{\"login\":\"may-lay-so\",\"kind\":\"kiosk\",\"password\":\"motcua-tap-duyet\"},"
		"{\"login\":\"may-hai\",\"kind\":\"kiosk\",\"password\":\"motcua-tap-duyet\"},"
		"{\"login\":\"bang-goi-so\",\"kind\":\"display\",\"password\":\"motcua-tap-duyet\"}]}')");
	return 0;
}

void hall_empty(const char *settings)
{
	one(admin(), "BEGIN");
	one(admin(), "SET LOCAL session_replication_role = replica");
	one(admin(), "TRUNCATE motcua.ticket, motcua.ticket_event, motcua.ticket_dossier, motcua.ticket_person, motcua.ticket_booking,"
		" motcua.ticket_block, motcua.ticket_sequence, motcua.queue_counter, motcua.queue_setting CASCADE");
	one(admin(), "COMMIT");
	one(admin(), "SELECT motcua.queue_import('{\"unit\":\"30538\",\"settings\":%s}')", settings);
}

PGconn *at_counter(const char *login, const char *counter)
{
	PGconn *line = as(login);
	one(line, "SELECT session_id FROM desk.hello('%s', 1)", counter);
	return line;
}

PGconn *kiosk(void)
{
	return as("may-lay-so");
}

static const char *take(PGconn *machine, const char *series, const char *priority)
{
	return one(machine, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), '%s', '%s', '', '')", series, priority);
}

static const char *call(PGconn *counter)
{
	return one(counter, "SELECT number FROM desk.queue_call_next()");
}

static void act(PGconn *counter, const char *what)
{
	one(counter, "SELECT desk.queue_act((SELECT ticket_id FROM desk.queue_mine(1)), '%s', '')", what);
}

static const char *id_of(const char *number)
{
	return one(admin(), "SELECT ticket_id FROM motcua.ticket WHERE motcua.ticket_text(series, number) = '%s'", number);
}

/* Machines of the hall read nothing but what they are for; every function and table is asked of the catalogues. */
static void machines_keep_to_the_hall(void **state)
{
	PGconn *display = as("bang-goi-so"), *lan = as("lan");
	(void)state;
	assert_string_equal(one(admin(), "SELECT string_agg(p.oid::regproc::text, ' ' ORDER BY p.proname) FROM pg_proc p JOIN pg_namespace n ON"
		" n.oid = p.pronamespace WHERE n.nspname IN ('motcua', 'desk', 'wire', 'hall') AND has_schema_privilege('bang-goi-so', n.oid, 'USAGE')"
		" AND has_function_privilege('bang-goi-so', p.oid, 'EXECUTE')"), "hall.display_calls hall.display_waiting hall.hello");
	assert_string_equal(one(admin(), "SELECT string_agg(p.oid::regproc::text, ' ' ORDER BY p.proname) FROM pg_proc p JOIN pg_namespace n ON"
		" n.oid = p.pronamespace WHERE n.nspname IN ('motcua', 'desk', 'wire', 'hall') AND has_schema_privilege('may-lay-so', n.oid, 'USAGE')"
		" AND has_function_privilege('may-lay-so', p.oid, 'EXECUTE')"),
		"hall.hello hall.kiosk_ahead hall.kiosk_bookings hall.kiosk_choices hall.kiosk_groups hall.kiosk_key hall.kiosk_reconcile hall.kiosk_reserve hall.kiosk_take");
	assert_int_equal(count(admin(), "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, (VALUES ('bang-goi-so'),"
		" ('may-lay-so')) who(login) WHERE n.nspname IN ('motcua', 'desk', 'wire', 'hall') AND c.relkind IN ('r', 'p', 'v')"
		" AND has_table_privilege(login, c.oid, 'SELECT, INSERT, UPDATE, DELETE')"), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM pg_proc p WHERE p.pronamespace = 'hall'::regnamespace AND (NOT p.prosecdef"
		" OR NOT EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%%pg_temp'))"), 0);
	assert_string_equal(state_of(display, "SELECT * FROM hall.hello('kiosk', 1)"), "MC004");
	assert_string_equal(state_of(display, "SELECT * FROM hall.kiosk_take(gen_random_uuid(), 'A', '', '', '')"), "42501");
	assert_string_equal(state_of(display, "SELECT * FROM desk.queue_now()"), "42501");
	assert_string_equal(state_of(display, "SET ROLE motcua_clerk"), "42501");
	/* Another unit's clerk sees none of these tickets. */
	PGconn *machine = kiosk();
	hall_empty("{}");
	take(machine, "A", "");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.queue_list('', '', 100)"), 0);
	assert_string_equal(state_of(lan, "SELECT desk.queue_cancel(%s, 'x')", id_of("A001")), "MC008");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.queue_events(%s)", id_of("A001")), 0);
	/* A locked machine is out at once. */
	PGconn *hue = as("hue");
	one(hue, "SELECT desk.hall_lock('may-lay-so', true)");
	assert_string_equal(state_of(machine, "SELECT * FROM hall.kiosk_choices()"), "MC004");
	one(hue, "SELECT desk.hall_lock('may-lay-so', false)");
	assert_string_equal(state_of(lan, "SELECT desk.hall_lock('may-lay-so', true)"), "MC004");
	/* Nobody's log-in becomes a machine's: not a colleague's, not another unit's, not the courier's. */
	static const char *const taken[] = { "man", "lan", "dua-tin", "courier" };
	for (int i = 0; i < 4; i++)
		assert_string_equal(state_of(hue, "SELECT desk.queue_setup('{\"machines\":[{\"login\":\"%s\",\"kind\":\"display\",\"password\":\"mot-mat-khau-khac\"}]}')",
			taken[i]), "MC005");
	PQfinish(as("lan"));
	one(hue, "SELECT desk.queue_setup('{\"machines\":[{\"login\":\"may-hai\",\"kind\":\"kiosk\",\"password\":\"motcua-tap-duyet\"}]}')");
	PGconn *man = as("man");
	assert_string_equal(state_of(man, "SELECT desk.queue_setup('{}')"), "MC004");
	PQfinish(man);
	PQfinish(display);
	PQfinish(machine);
	PQfinish(lan);
	PQfinish(hue);
}

static void one_number_a_person(void **state)
{
	PGconn *machine = kiosk(), *man = at_counter("man", "Q1");
	(void)state;
	hall_empty("{}");
	assert_string_equal(one(machine, "SELECT number || again FROM hall.kiosk_take(gen_random_uuid(), 'A', '', '089199990001', '')"), "A001false");
	assert_string_equal(one(machine, "SELECT number || again FROM hall.kiosk_take(gen_random_uuid(), 'B', '', '089199990001', '')"), "A001true");
	assert_string_equal(one(machine, "SELECT number || again FROM hall.kiosk_take(gen_random_uuid(), 'A', '', '089199990002', '')"), "A002false");
	assert_string_equal(one(machine, "SELECT number || again FROM hall.kiosk_take(gen_random_uuid(), 'A', '', '', '')"), "A003false");
	assert_string_equal(call(man), "A001");
	act(man, "serve");
	act(man, "done");
	assert_string_equal(one(machine, "SELECT number || again FROM hall.kiosk_take(gen_random_uuid(), 'B', '', '089199990001', '')"), "B001false");
	/* Nowhere a number of a person, and with the day its digest goes. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ticket t WHERE t::text LIKE '%%08919999%%'"), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ticket_person WHERE position('0891999'::bytea IN digest) > 0"), 0);
	one(admin(), "SET search_path = motcua, pg_temp; SELECT queue_new_day(1, motcua.local(now())::date + 1)");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ticket_person"), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ticket_secret"), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ticket WHERE state IN ('waiting', 'called', 'serving')"), 0);
	PQfinish(machine);
	PQfinish(man);
}

static void numbers_given_out_alone_come_home_once(void **state)
{
	PGconn *machine = kiosk(), *other = as("may-hai"), *man = at_counter("man", "Q1");
	static const char ghost[] = "00000000-0000-4000-8000-000000000001", plain[] = "00000000-0000-4000-8000-000000000002";
	char today[16];
	(void)state;
	hall_empty("{}");
	snprintf(today, sizeof today, "%s", one(admin(), "SELECT motcua.local(now())::date"));
	assert_string_equal(one(machine, "SELECT first || '-' || last FROM hall.kiosk_reserve('{A}', 10)"), "901-950");
	assert_string_equal(one(machine, "SELECT first || '-' || last FROM hall.kiosk_reserve('{A}', 10)"), "901-950");
	assert_string_equal(one(other, "SELECT first || '-' || last FROM hall.kiosk_reserve('{A}', 10)"), "951-1000");
	/* The server answered this request, but nobody heard it: the paper says 901. */
	assert_string_equal(one(machine, "SELECT number FROM hall.kiosk_take('%s', 'A', 'gia', '', '')", ghost), "A001");
	assert_string_equal(one(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", ghost, today, 901), "1");
	assert_string_equal(one(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", ghost, today, 901), "0");
	assert_string_equal(one(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", plain, today, 902), "1");
	/* Late it comes again: it is the number on paper. */
	assert_string_equal(one(machine, "SELECT number FROM hall.kiosk_take('%s', 'A', 'gia', '', '')", ghost), "A901");
	assert_string_equal(state_of(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", plain, today, 951), "MC005");
	assert_string_equal(state_of(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", plain, today, 1), "MC005");
	assert_string_equal(one(admin(), "SELECT string_agg(motcua.ticket_text(series, number) || state, ' ' ORDER BY number) FROM motcua.ticket"),
		"A001cancelled A901waiting A902waiting");
	assert_string_equal(call(man), "A901");
	/* Forty more are gone: a fresh block, of numbers nobody had. */
	for (int n = 903; n <= 942; n++)
		one(machine, "SELECT hall.kiosk_reconcile(('" "[{\"request\":\"' || gen_random_uuid() || '\",\"day\":\"%s\",\"series\":\"A\",\"number\":%d,"
			"\"priority\":\"\",\"taken_at\":\"2020-01-01T00:00:00Z\"}]')::jsonb)", today, n);
	assert_string_equal(one(machine, "SELECT first || '-' || last FROM hall.kiosk_reserve('{A}', 10)"), "1001-1050");
	/* The server's own numbers go round the blocks. */
	one(admin(), "UPDATE motcua.ticket_sequence SET last = 900 WHERE series = 'A'");
	assert_string_equal(take(machine, "A", ""), "A5001");
	PQfinish(machine);
	PQfinish(other);
	PQfinish(man);
}

static void called_again_and_coming_back(void **state)
{
	PGconn *machine = kiosk(), *man = at_counter("man", "Q1"), *khoa = at_counter("khoa", "Q3");
	(void)state;
	hall_empty("{\"calls_most\":3,\"recall_seconds\":0,\"back_after\":2}");
	for (int i = 0; i < 5; i++)
		take(machine, "A", "");
	assert_string_equal(call(man), "A001");
	assert_string_equal(state_of(man, "SELECT * FROM desk.queue_call_next()"), "MC006");
	assert_string_equal(last_hint(), "called");
	act(man, "recall");
	act(man, "recall");
	assert_string_equal(state_of(man, "SELECT desk.queue_act(%s, 'recall', '')", id_of("A001")), "MC006");
	assert_string_equal(last_hint(), "calls");
	assert_string_equal(state_of(khoa, "SELECT desk.queue_act(%s, 'no_show', '')", id_of("A001")), "MC006");
	act(man, "no_show");
	/* Back behind two others. */
	assert_string_equal(one(man, "SELECT desk.queue_back(%s)", id_of("A001")), "2");
	assert_string_equal(call(man), "A002");
	assert_string_equal(call(khoa), "A003");
	act(man, "serve");
	assert_string_equal(call(man), "A001");
	act(man, "serve");
	act(man, "park");
	assert_string_equal(state_of(man, "SELECT desk.queue_call(%s)", id_of("A004")), "MC006");
	one(man, "SELECT desk.queue_call(%s)", id_of("A001"));
	assert_string_equal(one(man, "SELECT number || state FROM desk.queue_mine(1)"), "A001called");
	/* Closing puts back what was only called; what is served is finished first. */
	one(man, "SELECT desk.queue_counter('paused', '')");
	assert_string_equal(one(admin(), "SELECT state FROM motcua.ticket WHERE number = 1"), "waiting");
	act(khoa, "serve");
	assert_string_equal(state_of(khoa, "SELECT desk.queue_counter('closed', '')"), "MC006");
	assert_string_equal(state_of(man, "SELECT desk.queue_counter('out_of_order', ' ')"), "MC005");
	one(admin(), "UPDATE motcua.queue_setting SET recall_seconds = 60");
	assert_string_equal(call(man), "A001");
	assert_string_equal(state_of(man, "SELECT desk.queue_act(%s, 'recall', '')", id_of("A001")), "MC006");
	assert_string_equal(last_hint(), "wait");
	PQfinish(machine);
	PQfinish(man);
	PQfinish(khoa);
}

static void going_elsewhere_keeps_the_place_declared(void **state)
{
	static const char *const places[] = { "keep", "first", "end" }, *const next[] = { "A001", "A001", "B001" };
	PGconn *machine = kiosk(), *man = at_counter("man", "Q1"), *khoa = at_counter("khoa", "Q3");
	(void)state;
	for (int i = 0; i < 3; i++) {
		char settings[64];
		snprintf(settings, sizeof settings, "{\"transfer_place\":\"%s\"}", places[i]);
		hall_empty(settings);
		take(machine, "A", "");
		take(machine, "B", "");
		assert_string_equal(call(man), "A001");
		one(man, "SELECT desk.queue_transfer(%s, 'B', '', 'sai lĩnh vực')", id_of("A001"));
		assert_string_equal(one(admin(), "SELECT queue || state FROM motcua.ticket WHERE series = 'A'"), "Btransferred");
		assert_string_equal(call(khoa), next[i]);
	}
	/* To one counter: no other calls it. */
	hall_empty("{}");
	take(machine, "A", "");
	/* A counter where nobody sits would keep it for ever. */
	one(khoa, "SELECT desk.queue_counter('closed', '')");
	assert_string_equal(state_of(man, "SELECT desk.queue_transfer(%s, '', 'Q3', '')", id_of("A001")), "MC005");
	one(khoa, "SELECT desk.queue_counter('open', '')");
	one(man, "SELECT desk.queue_transfer(%s, '', 'Q3', '')", id_of("A001"));
	assert_string_equal(call(man), "");
	one(khoa, "SELECT desk.queue_counter('closed', '')");
	assert_string_equal(call(man), "A001"); /* anybody's again */
	hall_empty("{}");
	take(machine, "A", "");
	one(khoa, "SELECT desk.queue_counter('open', '')");
	one(man, "SELECT desk.queue_transfer(%s, '', 'Q3', '')", id_of("A001"));
	assert_string_equal(call(man), "");
	assert_string_equal(call(khoa), "A001");
	/* A quick lane is called by its own counter; that one helps only when its lane is empty. */
	PGconn *quick = at_counter("man", "Q4");
	take(machine, "A", "");
	take(machine, "T", "");
	assert_string_equal(call(quick), "T001");
	act(quick, "serve");
	assert_string_equal(call(quick), "A002");
	take(machine, "T", "");
	assert_string_equal(call(man), "");
	PQfinish(machine);
	PQfinish(man);
	PQfinish(khoa);
	PQfinish(quick);
}

static void dossiers_belong_to_the_number_served(void **state)
{
	PGconn *machine = kiosk(), *man = at_counter("man", "Q1");
	(void)state;
	hall_empty("{}");
	take(machine, "A", "");
	take(machine, "A", "");
	one(man, "SELECT * FROM desk.accept_dossier(test.req())");
	assert_string_equal(call(man), "A001");
	one(man, "SELECT * FROM desk.accept_dossier(test.req())"); /* only called: somebody else's */
	act(man, "serve");
	one(man, "SELECT * FROM desk.accept_dossier(test.req())");
	one(man, "SELECT * FROM desk.accept_dossier(test.req())");
	one(man, "SELECT * FROM desk.accept_dossier(test.req('{\"counter\":\"Q3\"}'))");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.queue_dossiers(%s)", id_of("A001")), 2);
	assert_string_equal(call(man), "A002");
	act(man, "serve");
	act(man, "done");
	/* Who comes without a number is counted too, but has not waited. */
	one(man, "SELECT * FROM desk.queue_walk_in('00000000-0000-4000-8000-00000000000a', 'B', '')");
	assert_string_equal(one(man, "SELECT number FROM desk.queue_walk_in('00000000-0000-4000-8000-00000000000a', 'B', '')"), "B001");
	assert_string_equal(one(man, "SELECT number || state FROM desk.queue_mine(1)"), "B001serving");
	assert_string_equal(one(man, "SELECT string_agg(concat_ws(' ', series, taken, served, without_dossier, dossiers), ', ') FROM desk.queue_day(current_date - 1,"
		" current_date + 1)"), "A 2 2 1 2, B 0 1 1 0");
	PQfinish(machine);
	PQfinish(man);
}

static void figures_equal_a_recount(void **state)
{
	PGconn *machine = kiosk(), *man = at_counter("man", "Q1");
	(void)state;
	hall_empty("{\"target_minutes\":10}");
	for (int i = 0; i < 6; i++)
		take(machine, "A", i == 2 ? "gia" : "");
	/* As if they had come 2, 4, 6, … minutes ago. */
	one(admin(), "UPDATE motcua.ticket SET taken_at = now() - number * interval '2 minutes', place_at = now() - number * interval '2 minutes'");
	assert_string_equal(one(man, "SELECT concat_ws(' ', waiting, waiting_priority, longest_wait / 10, median_wait / 10, over_target)"
		" FROM desk.queue_now() WHERE series = 'A'"), "6 1 72 42 2");
	assert_string_equal(call(man), "A003");
	act(man, "no_show");
	assert_string_equal(call(man), "A006");
	act(man, "serve");
	one(admin(), "UPDATE motcua.ticket SET serving_at = serving_at - interval '5 minutes' WHERE number = 6");
	act(man, "done");
	assert_string_equal(one(man, "SELECT concat_ws(' ', taken, priority, served, no_show, longest_wait / 10, over_target, median_service / 10,"
		" without_dossier) FROM desk.queue_day(current_date - 1, current_date + 1)"), "6 1 1 1 72 1 30 1");
	assert_string_equal(one(man, "SELECT concat_ws(' ', waiting, no_show, done, counters_open) FROM desk.queue_now() WHERE series = 'A'"), "4 1 1 1");
	assert_string_equal(one(man, "SELECT state || login FROM desk.queue_counters() WHERE code = 'Q1'"), "openman");
	PGconn *hue = as("hue"); /* the board has the same, and every figure its numbers */
	assert_string_equal(one(hue, "SELECT string_agg(concat_ws(' ', part, n1, n2, n3), ', ' ORDER BY part) FROM desk.board() WHERE part LIKE 'queue%%' AND key = 'A'"), "queue 4 10 6, queue_day 1 1 5");
	assert_string_equal(one(hue, "SELECT concat_ws(' ', (SELECT count(*) FROM desk.queue_list('A', '', 100)), (SELECT count(*) FROM desk.queue_list('A', 'waiting', 100)),"
		" (SELECT string_agg(number, ',') FROM desk.queue_list('A', 'no_show', 100)), (SELECT string_agg(number, ',') FROM desk.queue_list('', 'done', 100)))"), "6 4 A003 A006");
	PQfinish(hue), PQfinish(machine);
	PQfinish(man);
}

/* What was left open yesterday is closed by the first ticket of today, kiosk or not; who opens today is open. */
static void a_new_day_begins_clean(void **state)
{
	PGconn *machine = kiosk(), *man = at_counter("man", "Q1");
	(void)state;
	hall_empty("{}");
	one(man, "SELECT desk.queue_counter('open', '')");
	take(machine, "A", "");
	one(admin(), "SET session_replication_role = replica; UPDATE motcua.queue_counter SET since = since - interval '1 day';"
		" UPDATE motcua.ticket SET day = day - 1; UPDATE motcua.ticket_sequence SET day = day - 1; RESET session_replication_role");
	one(admin(), "INSERT INTO motcua.ticket_booking (unit_id, series, slot, code, login) VALUES (1, 'A', now() - interval '1 day', '123456', 'man')");
	assert_string_equal(one(man, "SELECT state FROM desk.queue_counters() WHERE code = 'Q1'"), "");
	assert_string_equal(take(machine, "A", ""), "A001");
	assert_string_equal(one(admin(), "SELECT string_agg(state, ' ' ORDER BY ticket_id) FROM motcua.ticket"), "cancelled waiting");
	assert_string_equal(one(admin(), "SELECT state FROM motcua.queue_counter"), "closed");
	assert_string_equal(one(admin(), "SELECT state FROM motcua.ticket_booking"), "cancelled");
	assert_string_equal(one(machine, "SELECT open FROM hall.kiosk_choices() WHERE series = 'A'"), "0");
	assert_string_equal(call(man), "A001");
	assert_string_equal(one(man, "SELECT state FROM desk.queue_counters() WHERE code = 'Q1'"), "open");
	PQfinish(machine);
	PQfinish(man);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machines_keep_to_the_hall),
		cmocka_unit_test(one_number_a_person),
		cmocka_unit_test(numbers_given_out_alone_come_home_once),
		cmocka_unit_test(called_again_and_coming_back),
		cmocka_unit_test(going_elsewhere_keeps_the_place_declared),
		cmocka_unit_test(dossiers_belong_to_the_number_served),
		cmocka_unit_test(figures_equal_a_recount), cmocka_unit_test(what_was_ended_by_mistake_comes_back),
		cmocka_unit_test(a_new_day_begins_clean),
		cmocka_unit_test(booked_slots_are_limited),
		cmocka_unit_test(a_booking_is_called_off),
		cmocka_unit_test(no_plan_closes_over_a_head),
		cmocka_unit_test(blocks_are_locked_in_one_order),
		cmocka_unit_test(the_same_request_waits_for_its_answer),
		cmocka_unit_test(a_plan_goes_out_and_in),
		cmocka_unit_test(a_citizen_is_sent_to_a_counter_that_calls),
		cmocka_unit_test(a_kiosk_alone_has_the_days_ahead), cmocka_unit_test(what_a_kiosk_gave_outlives_a_restore),
		cmocka_unit_test(order_is_fair_as_declared),
		cmocka_unit_test(numbers_and_calls_are_never_double),
		cmocka_unit_test(settings_are_changed_one_by_one),
	};
	return cmocka_run_group_tests(tests, hall_start, world_stop);
}
