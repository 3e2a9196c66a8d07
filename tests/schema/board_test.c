/* SPDX-License-Identifier: Apache-2.0
 *
 * The board's figures equal an independent recount on random histories, and the
 * lists behind them; supervisors see their own unit, no names, and leave a trace. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/schema/board_own.h"
#include "tests/support/world.h"

static PGconn *man, *hue, *lan;

/* Three hundred dossiers of two units in every status, due and received around now, with streams in
 * every state, made of one that was really received. */
static void random_histories(void)
{
	char id[24];
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	one(admin(), "SELECT setseed(0.42)");
	one(admin(), "INSERT INTO motcua.dossier (unit_id, code, request_id, procedure_code, procedure_name, procedure_row, field,"
		" catalogue_version, channel, counter_code, session_id, login, owner_name, owner_id, limit_value, limit_unit, limit_source,"
		" received_at, due_at, finished_at, status, status_at, route_system, result_by)"
		" SELECT CASE WHEN n %% 5 = 0 THEN (SELECT unit_id FROM motcua.unit WHERE code = '30544') ELSE d.unit_id END, 'R01.999-' || n,"
		" gen_random_uuid(), d.procedure_code, d.procedure_name, d.procedure_row, d.field, d.catalogue_version, 1,"
		" (ARRAY['Q1', 'Q3'])[1 + n %% 2], d.session_id, CASE WHEN n %% 5 = 0 THEN 'lan' ELSE (ARRAY['man', 'khoa', 'hue'])[1 + n %% 3] END,"
		" 'Nguyễn Thị Bí Mật', '001199000077', 3, 'working_day', 'confirmed', r, CASE WHEN n %% 11 > 0 THEN r + random() * interval '12 days' END,"
		" CASE WHEN s IN (3, 8, 9, 10) THEN r + (now() - r) * random() END, s, r, (ARRAY['tu-phap', 'tinh'])[1 + n %% 2], 'counter'"
		" FROM motcua.dossier d, LATERAL (SELECT n, 1 + (n * 7 + (random() * 9)::int) %% 10 AS s,"
		" now() - random() ^ 2 * interval '9 days' AS r FROM generate_series(1, 300) n) x WHERE d.dossier_id = %s", id);
	one(admin(), "INSERT INTO motcua.stream (unit_id, dossier_id, system, head, tail, refused, travel)"
		" SELECT d.unit_id, d.dossier_id, w, h, 2, h < 3 AND random() < 0.2, CASE WHEN random() < 0.2 THEN 'disagreed'"
		" ELSE (ARRAY['saved', 'sent', 'received'])[h] END FROM motcua.dossier d, unnest(ARRAY['tu-phap', 'tinh', 'cong']) w,"
		" LATERAL (SELECT 1 + (random() * 2)::int AS h WHERE d.dossier_id > 0) x WHERE d.code LIKE 'R01%%' AND random() < 0.7");
	one(admin(), "INSERT INTO motcua.problem (unit_id, dossier_id, system, text, solved_at) SELECT d.unit_id, d.dossier_id, 'tinh', 'x',"
		" CASE WHEN random() < 0.5 THEN now() END FROM motcua.dossier d, generate_series(1, 2) WHERE d.code LIKE 'R01%%' AND random() < 0.3");
}

static int begin(void **state)
{
	if (world_start(state) != 0)
		return -1;
	man = as("man");
	hue = as("hue");
	lan = as("lan");
	one(man, "SELECT session_id FROM desk.hello('Q1', 1)");
	one(hue, "SELECT session_id FROM desk.hello('', 1)");
	one(lan, "SELECT session_id FROM desk.hello('Q1', 1)");
	random_histories();
	return 0;
}

static int end(void **state)
{
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
	return world_stop(state);
}

#define HERE "unit_id = (SELECT unit_id FROM motcua.unit WHERE code = '30538')"
#define DAY(x) "(" x " AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
#define OPEN "status = ANY (ARRAY[1, 2, 4, 5, 6])"

/* Counted without the board's functions. */
static const struct {
	const char *key, *recount;
} FIGURES[] = {
	{ "received_today", "motcua.dossier WHERE " HERE " AND " DAY("received_at") " = " DAY("now()") },
	{ "in_hand", "motcua.dossier WHERE " HERE " AND " OPEN },
	{ "due_today", "motcua.dossier WHERE " HERE " AND " OPEN " AND " DAY("due_at") " = " DAY("now()") },
	{ "late", "motcua.dossier WHERE " HERE " AND " "status = ANY (ARRAY[1, 2, 4]) AND due_at < now()" },
	{ "finished_today", "motcua.dossier WHERE " HERE " AND " DAY("finished_at") " = " DAY("now()") },
	{ "to_hand_over", "motcua.dossier WHERE " HERE " AND status = 9" },
	{ "waiting_to_send", "motcua.dossier d WHERE " HERE " AND EXISTS (SELECT FROM motcua.stream s WHERE s.dossier_id = d.dossier_id"
	                     " AND s.head <= s.tail AND NOT s.refused AND NOT s.held)" },
	{ "problems", "motcua.dossier d WHERE " HERE " AND EXISTS (SELECT FROM motcua.problem p WHERE p.dossier_id = d.dossier_id"
	              " AND p.solved_at IS NULL)" },
};

static void figures_equal_a_recount(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof FIGURES / sizeof FIGURES[0]; i++) {
		long here = count(admin(), "SELECT count(*) FROM %s", FIGURES[i].recount);
		long shown = count(hue, "SELECT n1 FROM desk.board() WHERE part = 'figure' AND key = '%s'", FIGURES[i].key);
		long listed = count(hue, "SELECT count(DISTINCT dossier_id) FROM desk.board_list('%s', '', 1000)", FIGURES[i].key);
		if (shown != here || listed != here || here == 0)
			fail_msg("%s: %ld, recounted %ld, listed %ld", FIGURES[i].key, shown, here, listed);
	}
}

/* A line's counts, and the kinds of lists behind them. */
static const struct {
	const char *part, *count, *kind;
} LINES[] = {
	{ "hour", "n1", "hour" },          { "counter", "n1", "counter" },       { "who", "n1", "who_late" },
	{ "who", "n2", "who_due" },        { "officer", "n1", "officer_today" }, { "officer", "n2", "officer" },
	{ "officer", "n3", "officer_due" },{ "officer", "n4", "officer_late" },  { "system", "n1", "system_waiting" },
	{ "system", "n2", "system_refused" },
};

static void every_line_has_its_dossiers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
		const char *part = LINES[i].part, *n = LINES[i].count, *kind = LINES[i].kind;
		assert_string_equal(one(hue, "SELECT string_agg(key, ',') FROM desk.board() WHERE part = '%s' AND %s <>"
			" (SELECT count(*) FROM desk.board_list('%s', key, 1000))", part, n, kind), "");
		assert_true(count(hue, "SELECT coalesce(sum(%s), 0) FROM desk.board() WHERE part = '%s'", n, part) > 0);
	}
	/* The parts make the whole. */
	static const char *const sums[] = { "hour n1 received_today", "counter n1 received_today", "officer n1 received_today",
		"officer n2 in_hand", "officer n4 late", "who n1 late" };
	for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
		char part[16], n[4], key[24];
		sscanf(sums[i], "%15s %3s %23s", part, n, key);
		assert_int_equal(count(hue, "SELECT sum(%s) FROM desk.board() WHERE part = '%s'", n, part),
			count(hue, "SELECT n1 FROM desk.board() WHERE part = 'figure' AND key = '%s'", key));
	}
}

/* Who holds it, told of dossiers made by hand. */
static void the_holder_is_named(void **state)
{
	static const struct {
		const char *status, *travel, *who;
	} cases[] = {
		{ "5", "received", "citizen |" }, { "6", "sent", "payment |" }, /* neither is late: the clock stands */
		{ "2", "disagreed", "refused tu-phap|Hệ thống của Bộ Tư pháp" }, { "2", "saved", "unsent tu-phap|Hệ thống của Bộ Tư pháp" },
		{ "4", "received", "system tu-phap|Hệ thống của Bộ Tư pháp" }, { "1", "received", "desk man|Lê Thị Mận" },
	};
	char id[24];
	(void)state;
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		one(admin(), "UPDATE motcua.dossier SET status = %s, due_at = now() - interval '1 day' WHERE dossier_id = %s", cases[i].status, id);
		one(admin(), "UPDATE motcua.stream SET travel = '%s' WHERE dossier_id = %s", cases[i].travel, id);
		assert_string_equal(one(hue, "SELECT who || ' ' || whose || '|' || words FROM desk.board_list('in_hand', '', 1000) WHERE dossier_id = %s", id),
			cases[i].who);
		assert_int_equal(count(hue, "SELECT count(*) FROM desk.board_list('late', '', 1000) WHERE dossier_id = %s", id), i > 1);
	}
	one(admin(), "UPDATE motcua.dossier SET status = 9, finished_at = now() WHERE dossier_id = %s", id);
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.board_list('late', '', 1000) WHERE dossier_id = %s", id), 0);
}

static void counters_say_what_they_do(void **state)
{
	(void)state;
	one(man, "SELECT count(*) FROM desk.find('hong', '', 5)");
	assert_string_equal(one(hue, "SELECT words || '|' || more || '|' || act || '|' || n2 FROM desk.board() WHERE part = 'counter' AND key = 'Q1'"),
		"Quầy 1|Lê Thị Mận|find|1");
	assert_string_equal(one(hue, "SELECT words || '|' || more || '|' || act || '|' || n2 FROM desk.board() WHERE part = 'counter' AND key = 'Q3'"),
		"Quầy 3|||0");
	/* Each as what it is: a request for more papers is no refusal, a result given is no other work. */
	static const char act[] = "SELECT act FROM desk.board() WHERE part = 'counter' AND key = 'Q1'";
	one(man, "SELECT paper_number FROM desk.turn_away(test.req('{\"kind\":\"supplement\",\"reasons\":[\"thiếu chữ ký\"]}'))");
	assert_string_equal(one(hue, act), "turn_away:02");
	one(man, "SELECT paper_number FROM desk.turn_away(test.req('{\"kind\":\"refusal\",\"reasons\":[\"sai nơi nộp\"]}'))");
	assert_string_equal(one(hue, act), "turn_away:03");
	one(man, "SELECT version FROM desk.accept_dossier(test.req()) a, LATERAL desk.act(a.dossier_id, 1, 'process', '')");
	assert_string_equal(one(hue, act), "act:process");
}

static void it_is_the_supervisors_and_their_units(void **state)
{
	(void)state;
	assert_string_equal(state_of(man, "SELECT * FROM desk.board()"), "MC004");
	assert_string_equal(state_of(man, "SELECT * FROM desk.board_list('late', '', 10)"), "MC004");
	assert_string_equal(state_of(hue, "SELECT * FROM desk.board_list('no such', '', 10)"), "MC005");
	one(admin(), "SELECT desk.clerk_add('chi', 'Lâm Thị Chi', '', '30544', true, 'motcua-tap-duyet')");
	PGconn *chi = as("chi");
	assert_int_equal(count(chi, "SELECT n1 FROM desk.board() WHERE part = 'figure' AND key = 'in_hand'"),
		count(admin(), "SELECT count(*) FROM motcua.dossier WHERE NOT " HERE " AND " OPEN));
	assert_int_equal(count(chi, "SELECT count(*) FROM desk.board_list('officer', 'man', 1000)"), 0);
	PQfinish(chi);
	/* Initials only; a look in the trail, once while it stays on the screen. */
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.board_list('in_hand', '', 1000) b WHERE b::text LIKE '%%Mật%%' OR b::text LIKE '%%001199%%'"), 0);
	assert_string_equal(one(hue, "SELECT owner_masked FROM desk.board_list('in_hand', '', 1000) WHERE code LIKE 'R01%%' LIMIT 1"), "N.T.B.M.");
	long before = count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'board' AND login = 'hue'");
	one(hue, "SELECT count(*) FROM desk.board_list('officer', 'trail', 10)");
	one(hue, "SELECT count(*) FROM desk.board_list('officer', 'trail', 10)");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'board' AND login = 'hue'"), before + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_equal_a_recount), cmocka_unit_test(every_line_has_its_dossiers),
		cmocka_unit_test(the_holder_is_named), cmocka_unit_test(counters_say_what_they_do),
		cmocka_unit_test(it_is_the_supervisors_and_their_units), cmocka_unit_test(both_judges_agree),
		cmocka_unit_test(the_unit_is_the_sum_of_its_dossiers), cmocka_unit_test(a_missing_field_leads_to_its_dossiers),
		cmocka_unit_test(the_province_sees_its_units_and_no_person), cmocka_unit_test(the_province_has_the_units_form06), cmocka_unit_test(loads_follow_the_hands), cmocka_unit_test(lateness_comes_by_itself_once),
		cmocka_unit_test(a_clock_that_stands_is_late_nowhere), cmocka_unit_test(the_watch_watches_everything),
		cmocka_unit_test(the_forecast_counts_what_it_says), cmocka_unit_test(its_error_is_measured_on_simulated_days),
		cmocka_unit_test(practice_weeks_are_made_once),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
