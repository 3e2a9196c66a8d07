/* SPDX-License-Identifier: Apache-2.0
 *
 * A login of the province sees the figures of its units and codes of dossiers; of another
 * province's units nothing, of persons nothing, of the clerks' functions nothing. */
#include "tests/schema/board_own.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "tests/support/world.h"

#define A "unit_id = (SELECT unit_id FROM motcua.unit WHERE code = '30538')"
#define OPEN "status = ANY (ARRAY[1, 2, 4, 5, 6])"

void the_province_sees_its_units_and_no_person(void **state)
{
	static const struct {
		const char *column, *recount;
	} figures[] = {
		{ "in_hand", OPEN }, { "late", "status = ANY (ARRAY[1, 2, 4]) AND due_at < now()" }, { "to_hand_over", "status = 9" },
		{ "received_today", "(received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date" },
		{ "refused", "dossier_id IN (SELECT s.dossier_id FROM motcua.stream s WHERE s.travel = 'disagreed')" },
		{ "problems", "dossier_id IN (SELECT p.dossier_id FROM motcua.problem p WHERE p.solved_at IS NULL)" },
		{ "due_today", OPEN " AND (due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date" },
	};
	(void)state;
	one(admin(), "UPDATE motcua.unit SET province_code = CASE code WHEN '30538' THEN '91' ELSE '92' END");
	one(admin(), "SELECT motcua.province_add('tinh-a', '91', 'Người theo dõi A', '', 'motcua-tap-duyet'),"
		" motcua.province_add('tinh-b', '92', 'Người theo dõi B', '', 'motcua-tap-duyet')");
	PGconn *a = as("tinh-a"), *b = as("tinh-b"), *hue = as("hue"), *man = as("man"), *courier = as("dua-tin");
	assert_string_equal(one(a, "SELECT full_name || ' ' || units FROM province.hello()"), "Người theo dõi A 1");
	assert_string_equal(one(a, "SELECT string_agg(code, ' ') FROM province.units()"), "30538");
	assert_string_equal(one(b, "SELECT string_agg(code, ' ') FROM province.units()"), "30544");
	for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
		long here = count(admin(), "SELECT count(*) FROM motcua.dossier WHERE " A " AND %s", figures[i].recount);
		assert_true(here > 0);
		assert_int_equal(count(a, "SELECT %s FROM province.units()", figures[i].column), here);
		assert_int_equal(count(a, "SELECT count(*) FROM province.list('30538', '%s', 1000)", figures[i].column), here);
	}
	assert_int_equal(count(a, "SELECT sum(late) FROM province.holders('30538')"), count(a, "SELECT late FROM province.units()"));
	assert_int_equal(count(a, "SELECT sum(late + due) FROM province.holders('30538') WHERE who IN ('citizen', 'payment') AND late > 0"), 0);
	/* The supervisor's board names the same holders. */
	assert_int_equal(count(a, "SELECT late FROM province.holders('30538') WHERE who = 'system' ORDER BY late DESC LIMIT 1"),
		count(hue, "SELECT n1 FROM desk.board() WHERE part = 'who' AND key LIKE 'system %%' ORDER BY n1 DESC LIMIT 1"));
	/* No person in anything it can read. */
	assert_int_equal(count(a, "SELECT count(*) FROM province.list('30538', 'in_hand', 1000) x WHERE x::text ~ 'Mật|Hồng|0011990000'"), 0);
	/* Not the other province's unit, not what is a clerk's, a courier's, the tables. */
	assert_string_equal(state_of(b, "SELECT * FROM province.list('30538', 'late', 10)"), "MC008");
	assert_string_equal(state_of(b, "SELECT * FROM province.holders('30538')"), "MC008");
	assert_string_equal(state_of(a, "SELECT * FROM province.list('30538', 'owner', 10)"), "MC005");
	static const char *const closed[] = { "SELECT * FROM desk.board()", "SELECT * FROM desk.find('hong', '', 5)", "SELECT * FROM desk.day()",
		"SELECT * FROM motcua.dossier", "SELECT owner_name FROM motcua.dossier", "SELECT province.unit_of('30538')",
		"SELECT * FROM wire.claim('x', 30, 10)", "SET ROLE motcua_watch", "SET ROLE motcua_owner",
		"SELECT motcua.province_add('x', '91', '', '', 'mot-mat-khau-dai')" };
	for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++)
		assert_string_equal(state_of(a, "%s", closed[i]), "42501");
	assert_string_equal(state_of(man, "SELECT * FROM province.units()"), "42501");
	assert_string_equal(state_of(hue, "SELECT * FROM province.units()"), "42501");
	assert_string_equal(state_of(courier, "SELECT * FROM province.units()"), "42501");
	/* The role behind it could not read a name if it wanted to. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM pg_attribute WHERE attrelid = 'motcua.dossier'::regclass AND attname IN"
		" ('owner_name', 'owner_id', 'summary', 'note', 'mandate') AND has_column_privilege('motcua_watch', attrelid, attnum, 'SELECT')"), 0);
	/* Each look is written down, for the unit to see. */
	assert_true(count(hue, "SELECT count(*) FROM desk.province_looks(100) WHERE login = 'tinh-a' AND kind = 'late'") >= 1);
	assert_string_equal(state_of(man, "SELECT * FROM desk.province_looks(10)"), "MC004");
	one(admin(), "UPDATE motcua.province_login SET locked = true WHERE login = 'tinh-a'");
	assert_string_equal(state_of(a, "SELECT * FROM province.hello()"), "MC004");
	assert_int_equal(count(a, "SELECT count(*) FROM province.units()"), 0);
	PQfinish(a);
	PQfinish(b);
	PQfinish(hue);
	PQfinish(man);
	PQfinish(courier);
}

/* Biểu 06 as the unit counts it, and only of its own; who counts gives out no dossier. */
void the_province_has_the_units_form06(void **state)
{
	(void)state;
	one(admin(), "UPDATE motcua.unit SET province_code = CASE code WHEN '30538' THEN '91' ELSE '92' END");
	one(admin(), "SELECT motcua.province_add('tinh-c', '91', 'Người theo dõi C', '', 'motcua-tap-duyet'),"
		" motcua.province_add('tinh-d', '92', 'Người theo dõi D', '', 'motcua-tap-duyet')");
	PGconn *c = as("tinh-c"), *d = as("tinh-d"), *hue = as("hue");
	assert_string_equal(one(c, "SELECT md5(string_agg(f::text, '|')) FROM province.form06('30538', current_date - 30, current_date, true) f"),
		one(hue, "SELECT md5(string_agg((field, total, online, direct, carried, done, early, on_time, late, open, within, overdue)::text, '|'))"
			" FROM desk.report_form06(current_date - 30, current_date, true, '', false, '')"));
	assert_true(count(c, "SELECT sum(total) FROM province.form06('30538', current_date - 30, current_date, true)") > 100);
	assert_string_equal(state_of(d, "SELECT * FROM province.form06('30538', current_date - 30, current_date, true)"), "MC008");
	assert_string_equal(state_of(c, "SELECT * FROM province.form06('30538', current_date, current_date - 1, true)"), "MC005");
	assert_string_equal(state_of(hue, "SELECT * FROM province.form06('30538', current_date - 30, current_date, true)"), "42501");
	assert_string_equal(state_of(c, "SET ROLE motcua_tally"), "42501");
	assert_string_equal(one(admin(), "SELECT string_agg(p.proname, ' ') FROM pg_proc p WHERE p.proowner = 'motcua_tally'::regrole"), "form06");
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.province_looks(100) WHERE login = 'tinh-c' AND kind = 'form06'"), 2);
	PQfinish(c);
	PQfinish(d);
	PQfinish(hue);
}
