/* SPDX-License-Identifier: Apache-2.0
 *
 * The outbox as couriers see it: order, leases, fences, answers. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

static PGconn *courier;
static char dossier[32], code[64];

/* A fresh dossier; everything older is out of the way. */
static int fresh(void **state)
{
	PGconn *man = as("man");

	(void)state;
	one(admin(), "UPDATE motcua.stream SET refused = true, leased_by = NULL, leased_until = NULL");
	const char *both = one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())");
	sscanf(both, "%31s %63s", dossier, code);
	PQfinish(man);
	courier = as("dua-tin");
	return 0;
}

static int done(void **state)
{
	(void)state;
	PQfinish(courier);
	return 0;
}

#define CLAIM "SELECT message_id || ' ' || fence || ' ' || kind || ' ' || ask_first || ' ' || created_there || ' ' || attempts" \
	" FROM wire.claim('c1', %d, 10) WHERE system = 'tu-phap'"
#define FINISH "SELECT wire.finish(%ld, %ld, '%s', 200, 5, 'reply', 'note', NULL)"

struct claim {
	long message, fence;
	char kind[16], ask_first[8], created[8];
	int attempts;
};

static struct claim claim(int lease)
{
	struct claim got = { 0 };

	sscanf(one(courier, CLAIM, lease), "%ld %ld %15s %7s %7s %d", &got.message, &got.fence, got.kind,
	       got.ask_first, got.created, &got.attempts);
	return got;
}

static const char *travel(void)
{
	return one(admin(), "SELECT travel FROM motcua.stream WHERE dossier_id = %s AND system = 'tu-phap'", dossier);
}

static void the_order_of_a_stream_holds(void **state)
{
	struct claim first = claim(60), none = claim(60), second;

	(void)state;
	assert_string_equal(first.kind, "dossier");
	assert_int_equal(none.message, 0); /* leased */
	assert_string_equal(one(courier, "SELECT wire.begin(%ld, %ld)", first.message, first.fence), "t");
	assert_string_equal(travel(), "saved");
	assert_string_equal(one(courier, FINISH, first.message, first.fence, "delivered"), "t");
	assert_string_equal(travel(), "sent"); /* never green early */
	assert_string_equal(one(courier, FINISH, first.message, first.fence, "delivered"), "f");
	second = claim(60);
	assert_string_equal(second.kind, "progress");
	assert_string_equal(second.created, "true");
	assert_string_equal(one(courier, FINISH, second.message, second.fence, "delivered"), "t");
	assert_int_equal(claim(60).message, 0);
}

static void one_slow_system_delays_no_other(void **state)
{
	(void)state;
	assert_int_equal(count(courier, "SELECT count(*) FROM wire.claim('c1', 60, 10)"), 2);
	PGconn *man = as("man");
	for (int i = 0; i < 20; i++)
		one(man, "SELECT * FROM desk.accept_dossier(test.req())");
	PQfinish(man);
	/* None gets more than is wanted, nor than its room (nine times its places, one is out already). */
	one(admin(), "INSERT INTO motcua.system_state(system, profile) VALUES ('cong', '{\"max_inflight\":2}')"
		" ON CONFLICT (system) DO UPDATE SET profile = excluded.profile");
	assert_string_equal(one(courier, "SELECT string_agg(system || n, ' ' ORDER BY system) FROM (SELECT system,"
		" count(*) AS n FROM wire.claim_from('c2', 60, '{cong,tu-phap,khong-co}', '{100,5,5}') GROUP BY 1) x"),
		"cong17 tu-phap5");
	assert_int_equal(count(courier, "SELECT count(*) FROM wire.claim_from('c3', 60, '{cong}', '{100}')"), 0);
	assert_int_equal(count(courier, "SELECT count(*) FROM wire.claim_from('c3', 60, '{}', '{}')"), 0);
	one(admin(), "UPDATE motcua.system_state SET profile = '{}' WHERE system = 'cong'");
}

static void a_system_that_pauses_gets_nothing(void **state)
{
	(void)state;
	one(courier, "SELECT wire.pause('tu-phap', 60)");
	assert_string_equal(one(courier, "SELECT string_agg(system, ' ') FROM wire.claim('c1', 60, 10)"), "cong");
	/* A shorter pause does not cut a longer one. */
	one(courier, "SELECT wire.pause('tu-phap', 1)");
	assert_int_equal(count(admin(), "SELECT (pause_until > now() + interval '50 s')::int FROM motcua.system_state"
		" WHERE system = 'tu-phap'"), 1);
	one(courier, "SELECT wire.pause('tu-phap', 0)");
	assert_string_equal(one(courier, "SELECT string_agg(system, ' ') FROM wire.claim('c1', 60, 10)"), "tu-phap");
	/* One message probes what was down. */
	one(courier, "SELECT wire.health('tu-phap', 'down', '')");
	one(admin(), "UPDATE motcua.stream SET leased_by = NULL, leased_until = NULL");
	assert_int_equal(count(courier, "SELECT count(*) FROM wire.claim('c1', 60, 10) WHERE system = 'tu-phap'"), 1);
	one(courier, "SELECT wire.health('tu-phap', 'ok', '')");
}

static void many_lines_share_a_commit(void **state)
{
	PGconn *man = as("man");
	(void)state;
	for (int i = 0; i < 3; i++)
		one(man, "SELECT * FROM desk.accept_dossier(test.req())");
	PQfinish(man);
	/* Four dossiers for two systems; one lease runs out between claim and announcement. */
	const char *claimed = one(courier, "SELECT string_agg(message_id::text, ',' ORDER BY message_id) || ';' ||"
		" string_agg(fence::text, ',' ORDER BY message_id) FROM wire.claim('c1', 60, 100)");
	char ids[200];
	snprintf(ids, sizeof ids, "%.*s", (int)strcspn(claimed, ";"), claimed);
	char fences[200];
	snprintf(fences, sizeof fences, "%s", strchr(claimed, ';') + 1);
	one(admin(), "UPDATE motcua.stream SET leased_until = now() - interval '1 s' WHERE system = 'cong' AND dossier_id = %s",
		dossier);
	assert_int_equal(count(courier, "SELECT count(*) FROM wire.begin_all('{%s}', '{%s}')", ids, fences), 7);
	one(admin(), "UPDATE motcua.stream SET fence = fence + 1 WHERE system = 'cong' AND dossier_id = %s", dossier);
	assert_string_equal(one(courier, "SELECT count(*) || ' ' || count(*) FILTER (WHERE more) FROM wire.finish_all("
		"(SELECT jsonb_agg(jsonb_build_object('message_id', m, 'fence', f, 'class', 'delivered', 'reply', 'x'))"
		" FROM unnest('{%s}'::bigint[], '{%s}'::bigint[]) x(m, f)))", ids, fences), "7 7");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.stream WHERE head = 2"), 7);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.attempt WHERE phase = 'stale'"
		" AND message_id = ANY ('{%s}')", ids), 1);
}

/* What is remembered of a message whose lease is another's by now is not written. */
static void memories_share_a_commit(void **state)
{
	(void)state;
	const char *lines = one(courier, "SELECT jsonb_agg(jsonb_build_object('message_id', message_id, 'fence',"
		" CASE system WHEN 'cong' THEN fence + 1 ELSE fence END, 'memory', jsonb_build_object('number', system)))"
		" FROM wire.claim('c1', 60, 10)");
	assert_int_equal(count(courier, "SELECT count(*) FROM wire.remember_all('%s')", lines), 1);
	assert_string_equal(one(admin(), "SELECT string_agg(coalesce(memory->>'number', '-'), ' ' ORDER BY system)"
		" FROM motcua.stream WHERE dossier_id = %s", dossier), "- tu-phap");
}

static void an_old_fence_is_not_believed(void **state)
{
	struct claim first = claim(60), second;

	(void)state;
	assert_string_equal(one(courier, "SELECT wire.begin(%ld, %ld)", first.message, first.fence), "t");
	/* The lease runs out while the first courier hangs. */
	one(admin(), "UPDATE motcua.stream SET leased_until = now() - interval '1 second' WHERE dossier_id = %s", dossier);
	assert_string_equal(one(courier, "SELECT wire.begin(%ld, %ld)", first.message, first.fence), "f");
	second = claim(60);
	assert_int_equal(second.message, first.message);
	assert_true(second.fence > first.fence);
	assert_string_equal(second.ask_first, "true");
	assert_string_equal(one(courier, FINISH, first.message, first.fence, "delivered"), "f");
	assert_int_equal(count(admin(), "SELECT head FROM motcua.stream WHERE dossier_id = %s AND system = 'tu-phap'", dossier), 1);
	assert_string_equal(one(courier, FINISH, second.message, second.fence, "duplicate"), "t");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.attempt WHERE message_id = %ld AND phase = 'stale'",
		first.message), 1);
}

static void what_was_never_begun_needs_no_question(void **state)
{
	struct claim first = claim(60), second;

	(void)state;
	one(admin(), "UPDATE motcua.stream SET leased_until = now() - interval '1 second' WHERE dossier_id = %s", dossier);
	second = claim(60);
	assert_int_equal(second.message, first.message);
	assert_string_equal(second.ask_first, "false");
	assert_string_equal(one(courier, "SELECT wire.release(%ld, %ld)", second.message, second.fence), "t");
	assert_int_equal(claim(60).message, first.message);
}

static void retries_wait_and_never_end(void **state)
{
	(void)state;
	for (int i = 0; i < 30; i++) {
		struct claim got = claim(60);
		assert_int_equal(got.attempts, i);
		assert_string_equal(one(courier, FINISH, got.message, got.fence, i == 3 ? "unknown" : i % 2 ? "auth" : "retry"), "t");
		assert_int_equal(claim(60).message, 0);
		assert_string_equal(one(admin(), "SELECT next_at BETWEEN now() + interval '10 s' AND now() + interval '1 hour'"
			" FROM motcua.stream WHERE dossier_id = %s AND system = 'tu-phap'", dossier), "t");
		one(admin(), "UPDATE motcua.stream SET next_at = now() WHERE dossier_id = %s", dossier);
	}
	assert_string_equal(claim(60).ask_first, "true"); /* the unknown one is not forgotten */
	assert_string_equal(travel(), "saved");
}

static void a_refusal_stops_only_its_stream(void **state)
{
	struct claim got = claim(60);
	PGconn *man = as("man");

	(void)state;
	assert_string_equal(one(courier, FINISH, got.message, got.fence, "refused"), "t");
	assert_string_equal(travel(), "disagreed");
	assert_string_equal(one(man, "SELECT said FROM desk.problems(100) WHERE dossier_id = %s", dossier), "note");
	one(admin(), "UPDATE motcua.stream SET leased_until = NULL, leased_by = NULL WHERE dossier_id = %s", dossier);
	assert_string_equal(one(courier, "SELECT string_agg(system, ' ') FROM wire.claim('c', 60, 10)"), "cong");
	one(man, "SELECT desk.send_again(%s, 'tu-phap', 'đã sửa')", dossier);
	got = claim(60);
	assert_string_equal(got.kind, "dossier");
	assert_string_equal(got.ask_first, "true");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.problems(100) WHERE dossier_id = %s", dossier), 0);
	PQfinish(man);
}

static void a_message_cannot_be_changed(void **state)
{
	(void)state;
	assert_string_equal(state_of(admin(), "UPDATE motcua.message SET payload = '{}' WHERE dossier_id = %s", dossier), "MC004");
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.message WHERE dossier_id = %s", dossier), "MC004");
}

#define ANSWER "SELECT wire.answered('%s', '%s', 'G15.01-7', %d, '2026-11-20 %s+07'::timestamptz + interval '10 years', 'said', '{}')"

static void answers_are_believed_once(void **state)
{
	(void)state;
	assert_string_equal(one(courier, ANSWER, "tu-phap", code, 4, "10:00"), "t");
	assert_string_equal(one(courier, ANSWER, "tu-phap", code, 4, "10:00"), "f");
	assert_string_equal(travel(), "received");
	assert_int_equal(count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", dossier), 4);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_event WHERE dossier_id = %s AND to_status = 4", dossier), 1);
	/* The told system hears of it, behind what waits for it already. */
	assert_string_equal(one(admin(), "SELECT string_agg(kind || coalesce(payload->>'status', ''), ' ' ORDER BY seq) FROM"
		" motcua.message WHERE dossier_id = %s AND system = 'cong'", dossier), "dossier2 progress2 progress4");
	/* Their own code finds the dossier too, and 10 passes through 9. */
	assert_string_equal(one(courier, ANSWER, "tu-phap", "G15.01-7", 10, "11:00"), "t");
	assert_string_equal(one(admin(), "SELECT string_agg(to_status::text, ' ' ORDER BY event_id) FROM motcua.dossier_event"
		" WHERE dossier_id = %s", dossier), "2 4 9 10");
	PGconn *man = as("man");
	assert_string_equal(one(man, "SELECT code FROM desk.find('G15.01-7', '', 5) WHERE dossier_id = %s", dossier), code);
	PQfinish(man);
}

static void what_the_life_cycle_forbids_is_a_problem(void **state)
{
	(void)state;
	assert_string_equal(one(courier, ANSWER, "tu-phap", code, 3, "10:00"), "t");
	assert_string_equal(travel(), "disagreed");
	assert_int_equal(count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", dossier), 2);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.problem WHERE dossier_id = %s", dossier), 1);
	/* A system that is only told decides nothing. */
	assert_string_equal(one(courier, ANSWER, "cong", code, 9, "12:00"), "t");
	assert_int_equal(count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", dossier), 2);
	/* Foreign words of any length and kind are kept, never obeyed. */
	assert_string_equal(one(courier, "SELECT wire.answered('tu-phap', 'khong-co-ma-nay', '''; DROP', 77, now(), '', '')"), "f");
}

static void acts_of_the_desk_follow_the_table(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");

	(void)state;
	assert_string_equal(state_of(man, "SELECT desk.act(%s, 7, 'process', '')", dossier), "MC006");
	assert_string_equal(state_of(man, "SELECT desk.act(%s, 1, 'return', '')", dossier), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.act(%s, 1, 'stop', 'x')", dossier), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.act(%s, 1, 'withdraw', ' ')", dossier), "MC005");
	assert_string_equal(one(man, "SELECT version FROM desk.act(%s, 1, 'process', '')", dossier), "2");
	assert_string_equal(one(hue, "SELECT version FROM desk.act(%s, 2, 'stop', 'toà yêu cầu')", dossier), "3");
	assert_string_equal(state_of(hue, "SELECT desk.change_due(%s, 3, 'incident', now(), 'x')", dossier), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.change_due(%s, 3, 'incident', now() + interval '20 days', 'x')", dossier), "MC004");
	/* The wait that ends belongs into the due date: tests of desk.take_up. */
	assert_string_equal(state_of(hue, "SELECT desk.act(%s, 3, 'resume', 'xong')", dossier), "MC005");
	one(hue, "SELECT desk.take_up(%s, 3, jsonb_build_object('request_id', gen_random_uuid(), 'act', 'resume', 'note', 'xong',"
	         " 'computed_at', clock_timestamp(), 'due_at', due_at)) FROM desk.dossier(%s)", dossier, dossier);
	assert_string_equal(one(hue, "SELECT desk.change_due(%s, 4, 'extension', now() + interval '20 days', 'xin lỗi')", dossier), "5");
	assert_string_equal(state_of(man, "SELECT desk.change_due(%s, 5, 'extension', now() + interval '30 days', 'x')", dossier), "MC004");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_due(%s)", dossier), 2);
	assert_string_equal(state_of(admin(), "UPDATE motcua.dossier_due SET line = 'x'"), "MC004");
	PQfinish(man);
	PQfinish(hue);
}

#define QUIET "SELECT open || ' ' || travel FROM motcua.stream WHERE system = 'im-lang' AND dossier_id = %s"

/* Monitoring without an address: what has waited a day is let go, what is younger is not. */
static void a_quiet_system_is_not_told_for_ever(void **state)
{
	(void)state;
	one(admin(), "SELECT count(motcua.enqueue(unit_id, dossier_id, 'im-lang', kind, payload)) FROM (SELECT * FROM"
	             " motcua.message WHERE system = 'tu-phap' AND dossier_id = %s ORDER BY seq LIMIT 2) m", dossier);
	one(courier, "SELECT wire.hush('im-lang', true)");
	one(admin(), "SET session_replication_role = replica");
	one(admin(), "UPDATE motcua.message SET made_at = now() - interval '25 hours' WHERE system = 'im-lang' AND dossier_id = %s"
	             " AND seq = 1", dossier);
	one(courier, "SELECT wire.tend()");
	/* The first is gone, the second waits for its own day. */
	assert_string_equal(one(admin(), QUIET, dossier), "true saved");
	assert_string_equal(one(admin(), "SELECT head FROM motcua.stream WHERE system = 'im-lang' AND dossier_id = %s", dossier), "2");
	one(admin(), "UPDATE motcua.message SET made_at = now() - interval '25 hours' WHERE system = 'im-lang' AND dossier_id = %s",
	    dossier);
	one(admin(), "RESET session_replication_role");
	one(courier, "SELECT wire.tend()");
	assert_string_equal(one(admin(), QUIET, dossier), "false saved");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.attempt WHERE system = 'im-lang' AND dossier_id = %s AND"
	                                " note LIKE 'Không báo được cho im-lang sau 24 giờ%%'", dossier), 2);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.problem WHERE system = 'im-lang'"), 0);
	/* Those that are waited for stay, however old. */
	assert_string_equal(one(admin(), "SELECT open FROM motcua.stream WHERE system = 'tu-phap' AND dossier_id = %s", dossier), "t");
	one(courier, "SELECT wire.hush('im-lang', false)");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
	const struct CMUnitTest tests[] = {
		T(the_order_of_a_stream_holds), T(one_slow_system_delays_no_other),
		T(a_system_that_pauses_gets_nothing), T(many_lines_share_a_commit), T(memories_share_a_commit), T(an_old_fence_is_not_believed),
		T(what_was_never_begun_needs_no_question), T(retries_wait_and_never_end),
		T(a_refusal_stops_only_its_stream), T(a_message_cannot_be_changed), T(answers_are_believed_once),
		T(what_the_life_cycle_forbids_is_a_problem), T(acts_of_the_desk_follow_the_table),
		T(a_quiet_system_is_not_told_for_ever),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
