/* SPDX-License-Identifier: Apache-2.0
 *
 * A clerk with psql and bad intent, a counter that sends nonsense, a far side
 * that lies: every function there is, asked of the catalogues. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

#define ACCEPT "SELECT (a).dossier_id FROM desk.accept_dossier(test.req('%s')) a"

/* Everything that carries the number of the first unit, in one value. */
static const char *unit_a(void)
{
	return one(admin(), "SELECT md5(string_agg(xpath_row, E'\\n' ORDER BY t)) FROM (SELECT c.relname AS t,"
		" query_to_xml(format('SELECT * FROM motcua.%%I x WHERE unit_id = (SELECT unit_id FROM motcua.unit WHERE"
		" code = ''30538'') ORDER BY x::text', c.relname), true, true, '')::text AS xpath_row"
		" FROM pg_class c WHERE c.relnamespace = 'motcua'::regnamespace AND c.relkind IN ('r', 'p')"
		" AND NOT c.relispartition AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid"
		" AND a.attname = 'unit_id')) q");
}

static void inner_functions_are_nobodys(void **state)
{
	static const char *logins[] = { "man", "hue", "dua-tin" };

	(void)state;
	for (size_t k = 0; k < sizeof logins / sizeof logins[0]; k++)
		assert_string_equal(one(admin(), "SELECT string_agg(p.oid::regprocedure::text, ' ') FROM pg_proc p JOIN"
			" pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('motcua', 'desk', 'wire')"
			" AND n.nspname <> '%s' AND has_schema_privilege('%s', n.oid, 'USAGE')"
			" AND has_function_privilege('%s', p.oid, 'EXECUTE')",
			k == 2 ? "wire" : "desk", logins[k], logins[k]), "");
	assert_string_equal(one(admin(), "SELECT string_agg(p.oid::regprocedure::text, ' ') FROM pg_proc p WHERE p.prosecdef"
		" AND p.pronamespace NOT IN ('desk'::regnamespace, 'wire'::regnamespace, 'motcua'::regnamespace,"
		" 'hall'::regnamespace, 'province'::regnamespace, 'test'::regnamespace)"), "");
}

/* Calls one function with the first unit's numbers and words in every argument. */
static void pry(PGconn *who, const char *call)
{
	static const char *secrets[] = { "001199000012", "0912345678", "Hồng" };
	PGresult *got = PQexec(who, call);
	const char *sqlstate = PQresultErrorField(got, PG_DIAG_SQLSTATE);

	/* Refused by what it does, not for being misspelt here. */
	if (sqlstate && strncmp(sqlstate, "42", 2) == 0)
		fail_msg("%s: %s", call, PQresultErrorMessage(got));
	for (int i = 0; i < PQntuples(got); i++)
		for (int c = 0; c < PQnfields(got); c++)
			for (size_t s = 0; s < sizeof secrets / sizeof secrets[0]; s++)
				if (strstr(PQgetvalue(got, i, c), secrets[s]))
					fail_msg("%s shows %s", call, secrets[s]);
	PQclear(got);
}

static void every_function_keeps_to_its_unit(void **state)
{
	static const char *words[] = { "man", "hồng", "001199000012", "0912345678", "H01.999-", "H01.998" };
	PGconn *man = as("man");
	char id[32], paper[32], before[64];

	(void)state;
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	snprintf(paper, sizeof paper, "%s", one(man, "SELECT paper_id FROM desk.dossier_papers(%s)", id));
	PQfinish(man);
	one(admin(), "SELECT desk.clerk_add('chi', 'Lâm Thị Chi', '', '30544', true, 'motcua-tap-duyet')");
	PGconn *chi = as("chi");
	snprintf(before, sizeof before, "%s", unit_a());
	for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
		for (int n = 0; n < 2; n++) {
			PGresult *calls = PQexecParams(admin(), "SELECT format('SELECT * FROM %s(%s)', p.oid::regproc, (SELECT"
				" string_agg(CASE t::regtype::text WHEN 'bigint' THEN $1 WHEN 'text' THEN quote_literal($2)"
				" WHEN 'integer' THEN '1' WHEN 'jsonb' THEN 'test.req()' WHEN 'boolean' THEN 'true'"
				" WHEN 'numeric' THEN '1' WHEN 'bytea' THEN '''x''' WHEN 'date' THEN 'NULL' WHEN 'uuid' THEN 'gen_random_uuid()'"
				" WHEN 'integer[]' THEN 'ARRAY[1]' WHEN 'text[]' THEN 'ARRAY[' || quote_literal($2) || ']' WHEN 'bigint[]' THEN 'ARRAY[' || $1 || ']::bigint[]'"
				" ELSE 'now() + interval ''1 hour''' END, ', ' ORDER BY o) FROM unnest(p.proargtypes)"
				" WITH ORDINALITY a(t, o))) FROM pg_proc p WHERE p.pronamespace = 'desk'::regnamespace ORDER BY 1",
				2, NULL, (const char *[]){ n ? paper : id, words[w] }, NULL, NULL, 0);
			assert_true(PQntuples(calls) > 40);
			for (int i = 0; i < PQntuples(calls); i++)
				if (!strstr(PQgetvalue(calls, i, 0), "accept_dossier"))
					pry(chi, PQgetvalue(calls, i, 0));
			PQclear(calls);
		}
	}
	assert_string_equal(unit_a(), before);
	PQfinish(chi);
}

/* What was seen stays seen: the server's log has the look that the transaction took back. */
static void a_look_taken_back_leaves_a_trace(void **state)
{
	char id[32];

	(void)state;
	one(admin(), "ALTER ROLE man SET log_min_messages = 'log'");
	PGconn *man = as("man");
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	one(man, "BEGIN");
	assert_string_equal(one(man, "SELECT desk.reveal(%s, 'owner_id')", id), "001199000012");
	one(man, "ROLLBACK");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'reveal' AND dossier_id = %s", id), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM regexp_matches(pg_read_file(current_setting("
		"'unix_socket_directories') || '/log'), 'motcua look: man reveal dossier %s ', 'g')", id), 1);
	one(admin(), "ALTER ROLE man RESET log_min_messages");
	PQfinish(man);
}

static void parts_are_not_read_around_the_trail(void **state)
{
	PGconn *man = as("man");
	char id[32], file[32];

	(void)state;
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	one(man, "SELECT * FROM desk.dossier_people(%s)", id);
	one(man, "SELECT * FROM desk.dossier_people(%s)", id);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'view' AND dossier_id = %s", id), 1);
	one(man, "SELECT paper_id, fields FROM desk.paper((SELECT paper_id FROM desk.dossier_papers(%s)))", id);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'paper' AND dossier_id = %s", id), 1);
	snprintf(file, sizeof file, "%s", one(man, "SELECT desk.file_begin('a.pdf', 'application/pdf', 6, sha256('abcdef'))"));
	one(man, "SELECT desk.file_piece(%s, 0, 'abc')", file);
	one(man, "SELECT desk.file_piece(%s, 1, 'def')", file);
	one(man, "SELECT desk.file_end(%s)", file);
	one(man, "SELECT desk.file_read(%s, 1)", file);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'file' AND what->>'file' = '%s'", file), 1);
	PQfinish(man);
}

static const struct {
	const char *changes, *field;
} NONSENSE[] = {
	{ "{\"due_at\":\"infinity\"}", "due_at" },
	{ "{\"due_at\":\"9999-01-01T00:00:00+07:00\"}", "due_at" },
	{ "{\"limit\":{\"value\":\"NaN\",\"unit\":\"day\",\"source\":\"asked\",\"basis\":\"x\"}}", "limit" },
	{ "{\"limit\":{\"value\":-5,\"unit\":\"day\",\"source\":\"asked\",\"basis\":\"x\"}}", "limit" },
	{ "{\"limit\":{\"value\":5,\"unit\":\"chuối\",\"source\":\"asked\",\"basis\":\"x\"}}", "limit" },
	{ "{\"case_id\":424242}", "case" },
	{ "{\"owner\":{\"kind\":\"person\",\"name\":\"A\",\"birth\":\"infinity\"}}", "owner.birth" },
	{ "{\"components\":[{\"name\":\"Tờ khai\",\"action\":\"lookup\",\"state\":\"ok\",\"lookup_where\":\"x\","
	  "\"lookup_at\":\"-infinity\"}]}", "components.1.lookup_at" },
	{ "{\"components\":[null]}", "components.1.name" },
	{ "{\"fees\":[null]}", "fees.1.amount" },
	{ "{\"owner\":null}", "owner.kind" },
	{ "{\"limit\":null}", "limit" },
	{ "{\"route\":null}", "route" },
	{ "{\"route\":{\"rule_id\":0,\"system\":\"tinh\",\"told\":[\"khong-co\"]}}", "route" },
};

static void nonsense_is_named(void **state)
{
	PGconn *man = as("man");

	(void)state;
	for (size_t i = 0; i < sizeof NONSENSE / sizeof NONSENSE[0]; i++) {
		const char *code = state_of(man, ACCEPT, NONSENSE[i].changes);
		if (strcmp(code, "MC005") != 0 || strcmp(last_hint(), NONSENSE[i].field) != 0)
			fail_msg("%s: %s %s", NONSENSE[i].changes, code, last_hint());
	}
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(jsonb_build_object('note',"
		" repeat('x', 10000000))))"), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.turn_away(test.req(jsonb_build_object('kind', 'refusal',"
		" 'reasons', jsonb_build_array(repeat('x', 10000000)))))"), "MC005");
	PQfinish(man);
}

/* A limit that ended yesterday, a rule made for another procedure. */
static void what_is_not_in_force_does_not_count(void **state)
{
	PGconn *hue = as("hue");

	(void)state;
	one(hue, "SELECT desk.confirm_limit('1.001193', 0, 1, 5, 'working_day', 'QĐ 1', motcua_day) FROM (SELECT"
		" current_date - 30 AS motcua_day) d");
	one(hue, "SELECT desk.confirm_limit('1.001193', 0, 1, 2, 'working_day', 'QĐ 2', current_date)");
	assert_string_equal(state_of(hue, ACCEPT, "{\"procedure\":\"1.001193\",\"fees\":[],\"components\":[],\"limit\":"
		"{\"value\":2,\"unit\":\"working_day\",\"source\":\"confirmed\"}}"), "");
	assert_string_equal(state_of(hue, ACCEPT, "{\"procedure\":\"1.001193\",\"fees\":[],\"components\":[],\"limit\":"
		"{\"value\":5,\"unit\":\"working_day\",\"source\":\"confirmed\"}}"), "MC005");
	one(admin(), "SELECT motcua.load('routes', 'hostile', '[{\"rule_id\":\"70\",\"procedure_code\":\"1.001193\","
		"\"system\":\"cong\",\"valid_from\":\"2026-01-01\"},{\"rule_id\":\"71\",\"field\":\"Đất đai\","
		"\"system\":\"cong\",\"valid_from\":\"2026-01-01\"}]')");
	assert_string_equal(state_of(hue, ACCEPT, "{\"route\":{\"rule_id\":70,\"system\":\"cong\"}}"), "MC002");
	assert_string_equal(state_of(hue, ACCEPT, "{\"route\":{\"rule_id\":71,\"system\":\"cong\"}}"), "MC002");
	PQfinish(hue);
}

static void a_receipt_never_goes_to_another(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa");
	char kept[4096];

	(void)state;
	snprintf(kept, sizeof kept, "%s", one(man, "SELECT test.req()"));
	one(man, "SELECT code FROM desk.accept_dossier('%s')", kept);
	assert_string_equal(one(khoa, "SELECT repeated FROM desk.accept_dossier('%s')", kept), "t");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier('%s'::jsonb || '{\"owner\":{\"kind\":\"person\","
		"\"name\":\"Lý Văn Bảy\"}}')", kept), "MC006");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier('%s'::jsonb || '{\"procedure\":\"1.001193\"}')", kept),
		"MC006");
	PQfinish(man);
	PQfinish(khoa);
}

/* The second counter waits for the first, and then sees its dossier. */
static void two_counters_notice_the_same_person(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa");
	static const char *request = "{\"ignore_similar\":false,\"owner\":{\"kind\":\"person\",\"name\":\"Trà Thị Tư\","
		"\"id_kind\":\"cccd\",\"id_number\":\"089199000044\"}}";
	char sql[400];

	(void)state;
	one(man, "BEGIN");
	one(man, ACCEPT, request);
	snprintf(sql, sizeof sql, ACCEPT, request);
	assert_int_equal(PQsendQuery(khoa, sql), 1);
	/* Either it waits on the first, or it has already answered. */
	while (PQconsumeInput(khoa) && PQisBusy(khoa) && count(admin(), "SELECT count(*) FROM pg_stat_activity"
		" WHERE usename = 'khoa' AND wait_event_type = 'Lock'") == 0)
		;
	one(man, "COMMIT");
	PGresult *got = PQgetResult(khoa);
	assert_string_equal(PQresultStatus(got) == PGRES_FATAL_ERROR ? PQresultErrorField(got, PG_DIAG_SQLSTATE) : "", "MC003");
	PQclear(got);
	PQfinish(man);
	PQfinish(khoa);
}

static void a_lying_far_side_changes_little(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	char id[32], code[64];

	(void)state;
	sscanf(one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())"), "%31s %63s", id, code);
	/* Whom nothing was sent has nothing to say. */
	assert_string_equal(one(courier, "SELECT wire.answered('tinh', '%s', 'X1', 9, now(), '', '')", code), "f");
	assert_int_equal(count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", id), 2);
	assert_string_equal(state_of(courier, "SELECT wire.answered('tu-phap', '%s', 'X1', 70000, now(), '', '')", code), "");
	assert_string_equal(state_of(courier, "SELECT wire.answered('tu-phap', '%s', 'X1', -1, 'infinity', '', '')", code), "");
	assert_int_equal(count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", id), 2);
	/* Their clock is a hundred years ahead, then stands in 1970: here nothing happens out of its time. */
	one(courier, "SELECT wire.answered('tu-phap', '%s', 'X1', 4, '2126-01-01', '', '')", code);
	one(courier, "SELECT wire.answered('tu-phap', '%s', 'X1', 9, '1970-01-01', '', '')", code);
	assert_string_equal(one(admin(), "SELECT status || ' ' || (status_at BETWEEN received_at AND now())"
		" || (finished_at BETWEEN received_at AND now()) FROM motcua.dossier WHERE dossier_id = %s", id), "9 truetrue");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_event e JOIN motcua.dossier d USING (dossier_id)"
		" WHERE dossier_id = %s AND e.at NOT BETWEEN d.received_at AND now()", id), 0);
	PQfinish(man);
	PQfinish(courier);
}

static void due_dates_are_days_of_this_world(void **state)
{
	PGconn *hue = as("hue");
	char id[32];

	(void)state;
	snprintf(id, sizeof id, "%s", one(hue, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	assert_string_equal(state_of(hue, "SELECT desk.change_due(%s, 1, 'incident', 'infinity', 'x')", id), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.change_due(%s, 1, 'incident', now() + interval '9 days', 'x')", id), "");
	PQfinish(hue);
}

/* Another machine stood in at Q3 for a day; what the first signs afterwards is genuine. */
static void a_counter_takes_its_key_up_again(void **state)
{
	PGconn *man = as("man");
	static const char *key = "SELECT desk.register_key('Q3', sha256('%s'))";
	char first[32];

	(void)state;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(first, sizeof first, "%s", one(man, key, "a"));
	one(man, key, "b");
	assert_string_equal(one(man, key, "a"), first);
#pragma GCC diagnostic pop
	assert_string_equal(one(admin(), "SELECT string_agg(key_id::text, ' ') FROM motcua.counter_key"
		" WHERE counter_code = 'Q3' AND valid_to IS NULL"), first);
	PQfinish(man);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inner_functions_are_nobodys),
		cmocka_unit_test(every_function_keeps_to_its_unit),
		cmocka_unit_test(a_look_taken_back_leaves_a_trace),
		cmocka_unit_test(parts_are_not_read_around_the_trail),
		cmocka_unit_test(nonsense_is_named),
		cmocka_unit_test(what_is_not_in_force_does_not_count),
		cmocka_unit_test(a_receipt_never_goes_to_another),
		cmocka_unit_test(two_counters_notice_the_same_person),
		cmocka_unit_test(a_lying_far_side_changes_little),
		cmocka_unit_test(due_dates_are_days_of_this_world),
		cmocka_unit_test(a_counter_takes_its_key_up_again),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
