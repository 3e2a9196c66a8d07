/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may not do what: a clerk of unit B against unit A's rows, a clerk
 * against the tables, a courier against the desk, a locked clerk against the
 * door, a hand in the audit trail. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

/* Every table and every function's schema, asked of the catalogues: a new one is covered unasked. */
static void no_table_answers_anybody(void **state)
{
	static const char *logins[] = { "lan", "hue", "dua-tin" };
	PGresult *tables = PQexec(admin(), "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid ="
		" c.relnamespace WHERE n.nspname IN ('motcua', 'desk', 'wire') AND c.relkind IN ('r', 'p', 'v', 'm')");

	(void)state;
	assert_true(PQntuples(tables) > 40);
	for (size_t k = 0; k < sizeof logins / sizeof logins[0]; k++) {
		PGconn *who = as(logins[k]);
		for (int i = 0; i < PQntuples(tables); i++) {
			const char *table = PQgetvalue(tables, i, 0);
			assert_string_equal(state_of(who, "SELECT * FROM %s", table), "42501");
			assert_string_equal(state_of(who, "DELETE FROM %s", table), "42501");
			assert_string_equal(state_of(who, "TRUNCATE %s", table), "42501");
		}
		PQfinish(who);
	}
	PQclear(tables);
}

static void every_table_forces_row_security(void **state)
{
	(void)state;
	assert_string_equal(one(admin(), "SELECT string_agg(c.oid::regclass::text, ' ') FROM pg_class c WHERE"
		" c.relnamespace = 'motcua'::regnamespace AND c.relkind IN ('r', 'p')"
		" AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
		" AND c.relname <> 'catalogue_row'"), "");
	assert_string_equal(one(admin(), "SELECT string_agg(p.oid::regprocedure::text, ' ') FROM pg_proc p WHERE"
		" p.pronamespace IN ('desk'::regnamespace, 'wire'::regnamespace) AND (NOT p.prosecdef OR NOT EXISTS ("
		" SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%%pg_temp'))"), "");
	assert_string_equal(one(admin(), "SELECT string_agg(rolname, ' ') FROM pg_roles WHERE rolname LIKE 'motcua\\_%%'"
		" AND rolname <> 'motcua_admin' AND (rolcanlogin OR rolsuper OR rolbypassrls)"), "");
}

/* Calls of lan (unit B) about a dossier, a paper and a file of unit A. */
static const char *PRIED[] = {
	"SELECT * FROM desk.dossier(%s)", "SELECT * FROM desk.dossier_people(%s)",
	"SELECT * FROM desk.dossier_components(%s)", "SELECT * FROM desk.dossier_fees(%s)",
	"SELECT * FROM desk.dossier_events(%s)", "SELECT * FROM desk.dossier_travel(%s)",
	"SELECT * FROM desk.dossier_papers(%s)", "SELECT * FROM desk.dossier_due(%s)",
	"SELECT desk.reveal(%s, 'owner_id')", "SELECT * FROM desk.may(%s)",
	"SELECT desk.act(%s, 1, 'withdraw', 'x')",
	"SELECT desk.send_again(%s, 'tu-phap', 'x')",
};

static void unit_b_sees_nothing_of_unit_a(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	char id[32], paper[32], file[32];

	(void)state;
	snprintf(file, sizeof file, "%s", one(man, "SELECT desk.file_begin('a.pdf', 'application/pdf', 3, sha256('abc'))"));
	one(man, "SELECT desk.file_piece(%s, 0, 'abc')", file);
	one(man, "SELECT desk.file_end(%s)", file);
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	snprintf(paper, sizeof paper, "%s", one(man, "SELECT paper_id FROM desk.dossier_papers(%s)", id));
	for (size_t i = 0; i < sizeof PRIED / sizeof PRIED[0]; i++) {
		char sql[200];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(sql, sizeof sql, PRIED[i], id);
#pragma GCC diagnostic pop
		assert_string_equal(state_of(lan, "%s", sql), "MC008");
	}
	assert_string_equal(state_of(lan, "SELECT desk.change_due(%s, 1, 'incident', now(), 'x')", id), "MC004"); /* no supervisor */
	assert_string_equal(state_of(lan, "SELECT * FROM desk.paper(%s)", paper), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.paper_printed(%s, 'x', 'ok')", paper), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.file_piece(%s, 1, 'x')", file), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.file_read(%s, 0)", file), "MC008");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.find('nguyen thi hong', '', 50)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.find('001199000012', 'id', 50)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.find('0912345678', 'phone', 50)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.find('H01.999-', 'code', 50)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.person('001199000012')"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.people('hong')"), 0);
	assert_int_equal(count(lan, "SELECT received_today + waiting_to_send FROM desk.day()"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.day_list('received_today', 50)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.clerks() WHERE login <> 'lan'"), 0);
	assert_string_equal(one(lan, "SELECT string_agg(code, ' ') FROM desk.counters()"), "Q1");
	/* Nor does a setting or another role help. */
	assert_string_equal(state_of(lan, "SET ROLE motcua_owner"), "42501");
	assert_string_equal(state_of(lan, "SET SESSION AUTHORIZATION man"), "42501");
	one(lan, "SET motcua.session = '1'");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.dossier(%s)", id), "MC008");
	PQfinish(man);
	PQfinish(lan);
}

static void each_keeps_to_its_door(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");

	(void)state;
	assert_string_equal(state_of(man, "SELECT * FROM wire.claim('x', 30, 10)"), "42501");
	assert_string_equal(state_of(man, "SELECT wire.answered('tu-phap', 'x', '', 9, now(), '', '')"), "42501");
	assert_string_equal(state_of(courier, "SELECT * FROM desk.find('hong', '', 10)"), "42501");
	assert_string_equal(state_of(courier, "SELECT wire.room('tu-phap', 9)"), "42501");
	assert_string_equal(state_of(courier, "SELECT * FROM motcua.tell_plain('[]')"), "42501");
	assert_string_equal(state_of(man, "SELECT wire.told_all('[]')"), "42501");
	assert_string_equal(state_of(man, "SELECT motcua.load('units', 'x', '[]')"), "42501");
	assert_string_equal(state_of(man, "SELECT motcua.role_make('x', 'y', 'motcua_clerk')"), "42501");
	assert_string_equal(state_of(man, "CREATE TABLE desk.mine (x int)"), "42501");
	assert_string_equal(state_of(man, "CREATE TEMP TABLE unit (x int)"), "42501");
	assert_string_equal(state_of(man, "CREATE ROLE thief"), "42501");
	PQfinish(man);
	PQfinish(courier);
}

static void supervisors_work_is_refused_to_clerks(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");

	(void)state;
	assert_string_equal(state_of(man, "SELECT desk.confirm_fee('1.001193', 0, 0, 'Lệ phí', 5000, 'NQ 2', NULL)"), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.confirm_limit('1.001193', 0, 1, 1, 'working_day', 'x', NULL)"), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.clerk_lock('khoa')"), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.clerk_add('thu', 'Thu', '', '30538', false, 'mot-mat-khau-dai')"), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.clerk_lock('lan')"), "MC008");
	assert_string_equal(state_of(hue, "SELECT desk.clerk_lock('hue')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.clerk_add('thu', 'Thu', '', '30544', false, 'mot-mat-khau-dai')"), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.clerk_add('thu', 'Thu', '', '30538', false, 'ngan')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.clerk_add('motcua_owner', 'T', '', '30538', true, 'mot-mat-khau-dai')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.confirm_fee('1.001193', 0, 0, 'Lệ phí', 5000, ' ', NULL)"), "MC005");
	PQfinish(man);
	PQfinish(hue);
}

static void a_confirmation_stays_in_its_unit(void **state)
{
	PGconn *hue = as("hue"), *lan = as("lan");
	long here = count(hue, "SELECT desk.catalogue_version()"), there = count(lan, "SELECT desk.catalogue_version()");

	(void)state;
	one(hue, "SELECT desk.confirm_fee('1.001193', 0, 0, 'Lệ phí', 5000, 'NQ 2/2026', NULL)");
	assert_string_equal(one(hue, "SELECT amount::text || confirmed FROM desk.fees() WHERE procedure_code = '1.001193'"), "5000true");
	assert_string_equal(one(lan, "SELECT coalesce(amount::text, 'none') || confirmed FROM desk.fees()"
		" WHERE procedure_code = '1.001193'"), "nonefalse");
	assert_int_equal(count(hue, "SELECT desk.catalogue_version()"), here + 1);
	assert_int_equal(count(lan, "SELECT desk.catalogue_version()"), there);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'confirm_fee' AND login = 'hue'"), 1);
	PQfinish(hue);
	PQfinish(lan);
}

static void locked_out_at_once_and_let_in_again(void **state)
{
	PGconn *hue = as("hue"), *khoa = as("khoa"), *man = as("man");

	(void)state;
	assert_null(try_as("khoa", "sai-mat-khau-roi"));
	/* Another password: a clerk's by the supervisor of the unit, never a supervisor's, never across units. */
	assert_string_equal(state_of(man, "SELECT desk.clerk_password_set('khoa', 'mot-mat-khau-dai')"), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.clerk_password_set('lan', 'mot-mat-khau-dai')"), "MC008");
	assert_string_equal(state_of(hue, "SELECT desk.clerk_password_set('hue', 'mot-mat-khau-dai')"), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.clerk_password_set('khoa', 'ngan')"), "MC005");
	one(hue, "SELECT desk.clerk_lock('khoa')");
	assert_string_equal(state_of(khoa, "SELECT * FROM desk.day()"), "MC004");
	assert_null(try_as("khoa", "motcua-tap-duyet"));
	one(hue, "SELECT desk.clerk_unlock('khoa')");
	assert_string_equal(state_of(khoa, "SELECT * FROM desk.day()"), "");
	PQfinish(khoa);
	khoa = as("khoa");
	one(khoa, "SELECT desk.clerk_password('mat-khau-moi-cua-khoa')");
	PQfinish(khoa);
	assert_null(try_as("khoa", "motcua-tap-duyet"));
	khoa = try_as("khoa", "mat-khau-moi-cua-khoa");
	assert_non_null(khoa);
	PQfinish(khoa);
	one(hue, "SELECT desk.clerk_add('thu', 'Ngô Minh Thu', 'Chuyên viên', '30538', false, 'mot-mat-khau-dai')");
	khoa = try_as("thu", "mot-mat-khau-dai");
	assert_non_null(khoa);
	assert_string_equal(one(khoa, "SELECT unit_name FROM desk.hello('Q1', 1)"), "xã Núi Cấm");
	PQfinish(khoa);
	one(hue, "SELECT desk.clerk_password_set('thu', 'mot-mat-khau-khac')");
	assert_null(try_as("thu", "mot-mat-khau-dai"));
	khoa = try_as("thu", "mot-mat-khau-khac");
	assert_non_null(khoa);
	PQfinish(khoa);
	PQfinish(man);
	PQfinish(hue);
}

static void the_trail_shows_a_hand_in_it(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");
	char session[32];

	(void)state;
	snprintf(session, sizeof session, "%s", one(man, "SELECT session_id FROM desk.hello('Q1', 1)"));
	one(man, "SELECT * FROM desk.accept_dossier(test.req())");
	one(man, "SELECT * FROM desk.find('hong', '', 5)");
	one(man, "SELECT desk.goodbye(%s)", session);
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.verify_audit()"), 0);
	assert_true(count(admin(), "SELECT count(*) FROM motcua.audit WHERE session_id = %s", session) >= 4);
	assert_string_equal(state_of(admin(), "UPDATE motcua.audit SET act = 'x' WHERE session_id = %s", session), "MC004");
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.audit WHERE session_id = %s", session), "MC004");
	/* Whoever can switch triggers off leaves a mark all the same. */
	static const char *hands[] = {
		"UPDATE motcua.audit SET login = 'khoa' WHERE session_id = %s AND seq = 2",
		"DELETE FROM motcua.audit WHERE session_id = %s AND seq = 2",
		"DELETE FROM motcua.audit WHERE session_id = %s AND seq = (SELECT max(seq) FROM motcua.audit WHERE session_id = %s)",
	};
	for (size_t i = 0; i < sizeof hands / sizeof hands[0]; i++) {
		char sql[300];
		one(admin(), "BEGIN");
		one(admin(), "SET LOCAL session_replication_role = replica");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(sql, sizeof sql, hands[i], session, session);
#pragma GCC diagnostic pop
		one(admin(), "%s", sql);
		assert_true(count(admin(), "SELECT count(*) FROM motcua.verify_chains((SELECT unit_id FROM motcua.unit"
			" WHERE code = '30538'))") > 0);
		one(admin(), "ROLLBACK");
	}
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.verify_audit()"), 0);
	PQfinish(man);
	PQfinish(hue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_table_answers_anybody),
		cmocka_unit_test(every_table_forces_row_security),
		cmocka_unit_test(unit_b_sees_nothing_of_unit_a),
		cmocka_unit_test(each_keeps_to_its_door),
		cmocka_unit_test(supervisors_work_is_refused_to_clerks),
		cmocka_unit_test(a_confirmation_stays_in_its_unit),
		cmocka_unit_test(locked_out_at_once_and_let_in_again),
		cmocka_unit_test(the_trail_shows_a_hand_in_it),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
