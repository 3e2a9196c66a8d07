/* SPDX-License-Identifier: Apache-2.0
 *
 * Our list against theirs: every kind of difference, the key that repairs it,
 * and systems that cannot or do not tell. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

static PGconn *courier, *man, *lan;
static char id[4][32], code[4][64];

static int fresh(void **state)
{
	(void)state;
	man = as("man");
	lan = as("lan");
	courier = as("dua-tin");
	one(admin(), "UPDATE motcua.dossier SET received_at = received_at - interval '40 days' WHERE received_at > now() - interval '30 days'");
	for (int i = 0; i < 4; i++) {
		const char *both = one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())");
		sscanf(both, "%31s %63s", id[i], code[i]);
		one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true, travel = 'received', next_at = now()"
			" WHERE dossier_id = %s", id[i]);
	}
	return 0;
}

static int done(void **state)
{
	(void)state;
	PQfinish(courier);
	PQfinish(man);
	PQfinish(lan);
	return 0;
}

/* Asks and answers in a courier's place; the run's id. */
static long run(const char *reply, const char *class, const char *note)
{
	long made = count(man, "SELECT desk.reconcile('tu-phap', motcua_day.today - 2, motcua_day.today)"
		" FROM (SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS today) motcua_day");
	one(courier, "SELECT count(wire.replied(q.question_id, q.fence, '%s', '%s', '%s', NULL)) FROM wire.claim_questions('c', 60, 10) q"
		" WHERE q.kind = 'list'", class, reply, note);
	return made;
}

static const char *state_of_run(long made)
{
	return one(admin(), "SELECT state || ' ' || note FROM motcua.reconcile_run WHERE run_id = %ld", made);
}

static const char *differences(void)
{
	return one(man, "SELECT string_agg(kind || ':' || state, ' ' ORDER BY kind, difference_id)"
		" FROM desk.reconcile_differences('tu-phap', 100)");
}

static long difference(const char *kind)
{
	return count(man, "SELECT difference_id FROM desk.reconcile_differences('tu-phap', 100) WHERE kind = '%s'", kind);
}

static void only_differences_are_kept(void **state)
{
	char reply[1000];

	(void)state;
	/* The first agrees, the second lags, the third is there twice, the fourth is not, a fifth is a stranger. */
	snprintf(reply, sizeof reply, "{\"whole\":true,\"dossiers\":[{\"code\":\"%s\",\"status\":2},{\"code\":\"%s\",\"foreign_code\":\"G15-2\","
		"\"status\":4},{\"code\":\"%s\",\"foreign_code\":\"G15-3\",\"status\":2},{\"code\":\"%s\",\"foreign_code\":\"G15-4\",\"status\":2},"
		"{\"code\":\"H01.999-260101-0099\",\"status\":2,\"received_at\":\"2026-01-01T08:00:00+07:00\"}]}", code[0], code[1], code[2], code[2]);
	long made = run(reply, "delivered", "");
	assert_string_equal(state_of_run(made), "done ");
	assert_string_equal(differences(), "double:open missing_here:open missing_there:open status:open");
	assert_string_equal(one(man, "SELECT code FROM desk.reconcile_differences('tu-phap', 100) WHERE kind = 'missing_there'"), code[3]);
	assert_string_equal(one(man, "SELECT our_status || ' ' || their_status FROM desk.reconcile_differences('tu-phap', 100)"
		" WHERE kind = 'status'"), "2 4");
	assert_string_equal(one(man, "SELECT concat_ws(' ', state, ours, theirs, missing_there, missing_here, status, doubled) FROM"
		" desk.reconcile_systems() WHERE system = 'tu-phap'"), "done 4 5 1 1 1 1");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.reconcile_differences('tu-phap', 100)"), 0);
	/* Each has its key. */
	one(man, "SELECT desk.difference_send(%ld)", difference("missing_there"));
	assert_string_equal(one(admin(), "SELECT open || ' ' || ask_first || ' ' || created_there || ' ' || travel FROM motcua.stream"
		" WHERE dossier_id = %s AND system = 'tu-phap'", id[3]), "true true false saved");
	assert_string_equal(one(admin(), "SELECT string_agg(m.kind, ' ' ORDER BY seq) FROM motcua.message m JOIN motcua.stream s"
		" USING (unit_id, dossier_id, system) WHERE dossier_id = %s AND system = 'tu-phap' AND seq >= head", id[3]), "dossier progress");
	one(man, "SELECT desk.difference_ask(%ld)", difference("status"));
	assert_string_equal(one(courier, "SELECT code FROM wire.open_streams('tu-phap', 1, 3600)"), code[1]);
	one(man, "SELECT desk.difference_take(%ld)", difference("missing_here"));
	assert_string_equal(state_of(man, "SELECT desk.difference_explain(%ld, ' ')", difference("double")), "MC005");
	one(man, "SELECT desk.difference_explain(%ld, 'bên kia gộp hồ sơ ngày 21/11')", difference("double"));
	assert_string_equal(differences(), "double:explained missing_here:taken missing_there:sent status:asked");
	assert_string_equal(state_of(man, "SELECT desk.difference_send(%ld)", difference("missing_here")), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.difference_explain(%ld, 'x')", difference("double")), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.difference_send(%ld)", difference("double")), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.difference_ask(%ld)", difference("double")), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.difference_take(%ld)", difference("double")), "MC008");
	/* The next run still knows what was explained and who sees to what. */
	run(reply, "delivered", "");
	assert_string_equal(differences(), "double:explained missing_here:taken missing_there:open status:open");
}

/* As it is now, not as it was at reception; before what waits for a dossier they do not have. */
static void what_is_sent_again_is_the_dossier_of_today(void **state)
{
	(void)state;
	one(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"owner\":{\"phone\":\"0987654321\"}}', '')", id[2]);
	one(admin(), "UPDATE motcua.stream SET head = tail + 1 WHERE dossier_id = %s", id[2]);
	one(admin(), "SELECT motcua.enqueue(unit_id, dossier_id, system, kind, payload) FROM motcua.message"
		" WHERE dossier_id = %s AND system = 'tu-phap' AND kind = 'progress'", id[3]);
	long made = run("{\"whole\":true,\"dossiers\":[]}", "delivered", "");
	assert_int_equal(count(admin(), "SELECT count(reply) FROM motcua.question q JOIN motcua.reconcile_run r"
		" ON q.question_id = ANY (r.questions) WHERE r.run_id = %ld", made), 0);
	for (int i = 2; i < 4; i++)
		one(man, "SELECT desk.difference_send(difference_id) FROM desk.reconcile_differences('tu-phap', 100)"
			" WHERE kind = 'missing_there' AND dossier_id = %s", id[i]);
#define WAITING "SELECT string_agg(m.kind || CASE m.kind WHEN 'dossier' THEN m.payload->'owner'->>'phone' ELSE '' END, ' '" \
	" ORDER BY seq) || ' ' || s.ask_first || s.created_there || s.travel FROM motcua.message m JOIN motcua.stream s" \
	" USING (unit_id, dossier_id, system) WHERE dossier_id = %s AND system = 'tu-phap' AND seq >= head GROUP BY s.ask_first, s.created_there, s.travel"
	assert_string_equal(one(admin(), WAITING, id[2]), "dossier0987654321 progress truefalsesaved");
	assert_string_equal(one(admin(), WAITING, id[3]), "dossier0912345678 progress truefalsesaved");
}

static void who_cannot_list_is_not_said_to_agree(void **state)
{
	(void)state;
	long made = run("null", "refused", "Hệ thống này không cho lấy danh sách hồ sơ.");
	assert_string_equal(state_of_run(made), "failed Hệ thống này không cho lấy danh sách hồ sơ.");
	assert_string_equal(one(man, "SELECT state || ': ' || note FROM desk.reconcile_systems() WHERE system = 'tu-phap'"),
	                    "failed: Hệ thống này không cho lấy danh sách hồ sơ.");
	made = run("{\"whole\":false,\"dossiers\":[]}", "delivered", "");
	assert_string_equal(state_of_run(made), "failed Danh sách bên kia đưa không đầy đủ.");
	/* Nobody carries it: the question's patience ends the run. */
	made = count(man, "SELECT desk.reconcile('tu-phap', (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)");
	one(admin(), "UPDATE motcua.question SET give_up_at = now() WHERE state = 'waiting'");
	one(courier, "SELECT count(*) FROM wire.claim_questions('c', 60, 10)");
	assert_string_equal(one(admin(), "SELECT state FROM motcua.reconcile_run WHERE run_id = %ld", made), "failed");
}

static void a_long_period_is_asked_in_parts(void **state)
{
	(void)state;
	long made = count(man, "SELECT desk.reconcile('tu-phap', (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 11,"
		" (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)");
	assert_int_equal(count(admin(), "SELECT cardinality(questions) FROM motcua.reconcile_run WHERE run_id = %ld", made), 3);
	assert_string_equal(state_of(man, "SELECT desk.reconcile('tu-phap', '2020-01-01', '2026-01-01')"), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.reconcile('khong-co', '2026-01-01', '2026-01-01')"), "MC005");
	for (int i = 0; i < 3; i++) {
		assert_string_equal(one(admin(), "SELECT state FROM motcua.reconcile_run WHERE run_id = %ld", made), "waiting");
		one(courier, "SELECT wire.replied(q.question_id, q.fence, 'delivered', '{\"whole\":true,\"dossiers\":[]}', '', NULL)"
			" FROM wire.claim_questions('c', 60, 1) q");
	}
	assert_string_equal(state_of_run(made), "done ");
}

static void the_night_asks_every_system_once(void **state)
{
	(void)state;
	one(admin(), "DELETE FROM motcua.reconcile_difference");
	one(admin(), "DELETE FROM motcua.reconcile_run");
	/* A shift that ends at midnight: nothing yet; one that has ended: both systems. */
	one(admin(), "SELECT motcua.load('shifts', 'test', (SELECT jsonb_agg(jsonb_build_object('unit_code', '30538', 'weekday', w, 'opens', '00:00',"
		" 'closes', '24:00', 'intake', 1, 'working', 1)) FROM generate_series(1, 7) w))");
	one(courier, "SELECT wire.tend()");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.reconcile_run r JOIN motcua.unit u USING (unit_id) WHERE u.code = '30538'"), 0);
	one(admin(), "UPDATE motcua.shifts SET closes = '00:00:01'");
	for (int i = 0; i < 2; i++) {
		one(courier, "SELECT wire.tend()");
		assert_string_equal(one(admin(), "SELECT string_agg(system, ' ' ORDER BY system) FROM motcua.reconcile_run"), "cong tu-phap");
	}
	assert_string_equal(one(admin(), "SELECT DISTINCT login || '.' FROM motcua.reconcile_run"), ".");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
	const struct CMUnitTest tests[] = {
		T(only_differences_are_kept), T(what_is_sent_again_is_the_dossier_of_today), T(who_cannot_list_is_not_said_to_agree), T(a_long_period_is_asked_in_parts),
		T(the_night_asks_every_system_once),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
