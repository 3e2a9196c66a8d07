/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/schema/board_own.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "core/dossier/kpi.h"
#include "tests/support/world.h"

#define UNIT "(SELECT unit_id FROM motcua.unit WHERE code = '30538')"
#define DAYS "'2026-01-01', '2026-03-31'"
#define MANY 250

/* Received in the first quarter: status, channel, papers, fees, results, streams and up to six moves each, all by
 * chance; triggers rest, so that impossible histories are judged, too. */
static void make_histories(void)
{
	PGconn *man = as("man");
	char id[24];
	strcpy(id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	PQfinish(man);
	one(admin(), "SET session_replication_role = replica; SELECT setseed(0.17)");
	one(admin(), "UPDATE motcua.procedures SET result_name = 'Giấy xác nhận', result_code = 'KQ.G1' WHERE code = '1.004873'");
	one(admin(), "INSERT INTO motcua.dossier (unit_id, code, request_id, procedure_code, procedure_name, procedure_row, field,"
		" catalogue_version, channel, counter_code, session_id, login, owner_name, limit_value, limit_unit, limit_source, received_at,"
		" due_at, finished_at, status, status_at, route_system, result_by)"
		" SELECT d.unit_id, 'K01.999-' || n, gen_random_uuid(), CASE WHEN n %% 4 = 0 THEN '1.001193' ELSE d.procedure_code END, 'x',"
		" (SELECT row_id FROM motcua.procedures p WHERE p.code = CASE WHEN n %% 4 = 0 THEN '1.001193' ELSE d.procedure_code END AND p.ended IS NULL),"
		" d.field, 1, 1 + (random() * 2)::int, 'Q1', d.session_id, 'man', 'Lê Văn Điểm', 3, 'working_day', 'confirmed', r,"
		" CASE WHEN n %% 9 > 0 THEN r + random() * interval '20 days' END, CASE WHEN s IN (3, 8, 9, 10) THEN r + random() * interval '25 days' END,"
		" s, r, 'tu-phap', 'counter' FROM motcua.dossier d, LATERAL (SELECT n, 1 + (random() * 9)::int AS s,"
		" timestamptz '2026-01-01 08:00+07' + random() * interval '80 days' AS r FROM generate_series(1, %d) n) x"
		" WHERE d.dossier_id = %s", MANY, id);
	one(admin(), "INSERT INTO motcua.dossier_event (unit_id, dossier_id, at, act, from_status, to_status)"
		" SELECT d.unit_id, d.dossier_id, d.received_at + random() * interval '25 days', 'x', 0, 1 + (random() * 9)::int"
		" FROM motcua.dossier d, generate_series(1, 6) k WHERE d.code LIKE 'K01%%' AND random() < 0.6");
	one(admin(), "INSERT INTO motcua.dossier_component (unit_id, dossier_id, seq, name, action, originals, copies, pages, state, required, files)"
		" SELECT d.unit_id, d.dossier_id, k, 'Giấy ' || k, (ARRAY['submit', 'compare', 'show'])[k], 1, 0, 1, 'ok', true,"
		" CASE WHEN random() < 0.6 THEN ARRAY[1] ELSE '{}' END::bigint[] FROM motcua.dossier d, generate_series(1, 3) k"
		" WHERE d.code LIKE 'K01%%' AND random() < 0.8");
	one(admin(), "INSERT INTO motcua.dossier_fee (unit_id, dossier_id, seq, name, amount, confirmed, paid)"
		" SELECT d.unit_id, d.dossier_id, 1, 'Lệ phí', a, true, CASE WHEN a > 0 THEN 'later' ELSE 'none' END FROM motcua.dossier d,"
		" LATERAL (SELECT (random() * 2)::int * 4000 AS a WHERE d.dossier_id > 0) x WHERE d.code LIKE 'K01%%' AND random() < 0.7");
	one(admin(), "INSERT INTO motcua.stream (unit_id, dossier_id, system, head, tail, travel) SELECT d.unit_id, d.dossier_id, w, 2, 1,"
		" CASE WHEN random() < 0.8 THEN 'received' ELSE 'sent' END FROM motcua.dossier d, unnest(ARRAY['tu-phap', 'cong']) w"
		" WHERE d.code LIKE 'K01%%' AND random() < 0.8");
	one(admin(), "INSERT INTO motcua.answer_part (system, code, kind, key, unit_id, dossier_id, at, facts, file_id)"
		" SELECT 'tu-phap', d.code, 'result', '1', d.unit_id, d.dossier_id, now(), '{}', 1 FROM motcua.dossier d"
		" WHERE d.code LIKE 'K01%%' AND random() < 0.5");
	one(admin(), "RESET session_replication_role");
}

static moment_t moment_at(const PGresult *got, int row, const char *column)
{
	int at = PQfnumber(got, column);
	return PQgetisnull(got, row, at) ? MOMENT_NONE : moment_read_iso(PQgetvalue(got, row, at));
}

static int number_at(const PGresult *got, int row, const char *column)
{
	return atoi(PQgetvalue(got, row, PQfnumber(got, column)));
}

static bool flag_at(const PGresult *got, int row, const char *column)
{
	return *PQgetvalue(got, row, PQfnumber(got, column)) == 't';
}

static struct kpi_facts facts_at(const PGresult *got, int row)
{
	static const char *const at[] = { "at1", "at2", "at3", "at4", "at5", "at6", "at7", "at8", "at9", "at10" };
	struct kpi_facts f = { .received_at = moment_at(got, row, "received_at"), .due_at = moment_at(got, row, "due_at"),
		.limit_at = moment_at(got, row, "limit_at"), .status = number_at(got, row, "status"),
		.supplements = number_at(got, row, "supplements"), .supplement_s = number_at(got, row, "supplement_s"),
		.channel = number_at(got, row, "channel"), .paper_result = flag_at(got, row, "paper_result"),
		.result_code = flag_at(got, row, "result_code"), .result_file = flag_at(got, row, "result_file"), .fees = flag_at(got, row, "fees"),
		.paid_online = flag_at(got, row, "paid_online"), .papers = number_at(got, row, "papers"),
		.paper_files = number_at(got, row, "paper_files"), .reused = flag_at(got, row, "reused"), .own_store = flag_at(got, row, "own_store"),
		.population = flag_at(got, row, "population"), .synced = flag_at(got, row, "synced"), .complained = flag_at(got, row, "complained") };
	f.at[0] = MOMENT_NONE;
	for (int i = 0; i < 10; i++)
		f.at[i + 1] = moment_at(got, row, at[i]);
	return f;
}

static PGresult *all_facts(void)
{
	static bool made;
	if (!made) {
		made = true;
		make_histories();
	}
	one(admin(), "SET search_path = motcua, pg_temp");
	PGresult *got = PQexec(admin(), "SELECT f.*, (SELECT string_agg(m.indicator || CASE WHEN m.met THEN '+' ELSE '-' END, ' ' ORDER BY m.indicator)"
		" FROM motcua.kpi_marks_of(f, motcua.kpi_end('2026-03-31')) m) AS said FROM motcua.kpi_facts(" UNIT ", " DAYS ") f");
	if (PQresultStatus(got) != PGRES_TUPLES_OK)
		fail_msg("%s", PQresultErrorMessage(got));
	one(admin(), "RESET search_path");
	assert_true(PQntuples(got) > MANY / 2);
	return got;
}

static moment_t period_end(void)
{
	return moment_read_iso(one(admin(), "SELECT motcua.kpi_end('2026-03-31')"));
}

void both_judges_agree(void **state)
{
	PGresult *got = all_facts();
	int met[KPI_COUNT] = { 0 }, missed[KPI_COUNT] = { 0 };
	moment_t end = period_end();
	(void)state;
	for (int row = 0; row < PQntuples(got); row++) {
		struct kpi_facts f = facts_at(got, row);
		struct kpi_mark marks[KPI_COUNT];
		char said[200] = "";
		kpi_judge(&f, end, marks);
		for (int i = 0; i < KPI_COUNT; i++) {
			struct kpi_rule rule;
			if (!marks[i].counted)
				continue;
			assert_true(kpi_rule((enum kpi_indicator)i, moment_day(end), &rule));
			snprintf(said + strlen(said), sizeof said - strlen(said), "%s%s%c", *said ? " " : "", rule.code, marks[i].met ? '+' : '-');
			met[i] += marks[i].met;
			missed[i] += !marks[i].met;
		}
		if (strcmp(said, PQgetvalue(got, row, PQfnumber(got, "said"))) != 0)
			fail_msg("dossier %s: C %s, SQL %s", PQgetvalue(got, row, 0), said, PQgetvalue(got, row, PQfnumber(got, "said")));
	}
	/* Chance brought both cases of what can be either. */
	for (int i = 0; i < KPI_COUNT; i++)
		assert_true(missed[i] > 0 && (met[i] > 0 || i == KPI_IS_PAID || i == KPI_IS_STORE || i == KPI_IS_POPULATION));
	PQclear(got);
}

void the_unit_is_the_sum_of_its_dossiers(void **state)
{
	PGresult *got = all_facts();
	PGconn *hue = as("hue"), *man = as("man");
	struct kpi_sum sum = { 0 };
	moment_t end = period_end();
	(void)state;
	for (int row = 0; row < PQntuples(got); row++) {
		struct kpi_facts f = facts_at(got, row);
		struct kpi_mark marks[KPI_COUNT];
		kpi_judge(&f, end, marks);
		kpi_add(&sum, marks, &f);
	}
	for (int i = 0; i < KPI_COUNT; i++) {
		struct kpi_rule rule;
		assert_true(kpi_rule((enum kpi_indicator)i, moment_day(end), &rule));
		assert_int_equal(count(hue, "SELECT counted FROM desk.kpi_unit(" DAYS ") WHERE indicator = '%s'", rule.code), sum.counted[i]);
		assert_int_equal(count(hue, "SELECT met FROM desk.kpi_unit(" DAYS ") WHERE indicator = '%s'", rule.code), sum.met[i]);
	}
	assert_int_equal(count(hue, "SELECT met FROM desk.kpi_unit(" DAYS ") WHERE indicator = 'late'"), sum.late);
	assert_string_equal(state_of(man, "SELECT * FROM desk.kpi_unit(" DAYS ")"), "MC004");
	PQclear(got);
	PQfinish(hue);
	PQfinish(man);
}

void a_missing_field_leads_to_its_dossiers(void **state)
{
	PGconn *hue = as("hue"), *lan = as("lan");
	(void)state;
	PQclear(all_facts());
	one(hue, "SELECT session_id FROM desk.hello('', 1)");
	long missing = count(hue, "SELECT counted - met FROM desk.kpi_unit(" DAYS ") WHERE indicator = '4.2'");
	assert_true(missing > 0);
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.kpi_list('4.2', " DAYS ", 'missed', 1000)"), missing);
	/* What counted and what met it can be asked, too: the unit's own sums. */
	assert_string_equal(one(hue, "SELECT string_agg(indicator, ' ') FROM desk.kpi_unit(" DAYS ") u WHERE indicator IN ('2.1', '4.2')"
		" AND (u.counted <> (SELECT count(*) FROM desk.kpi_list(u.indicator, " DAYS ", 'counted', 1000))"
		" OR u.met <> (SELECT count(*) FROM desk.kpi_list(u.indicator, " DAYS ", 'met', 1000)))"), "");
	assert_string_equal(one(hue, "SELECT DISTINCT owner_masked FROM desk.kpi_list('4.2', " DAYS ", 'missed', 1000)"), "L.V.Đ.");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'board' AND what->>'list' = 'kpi' AND what->>'key' = '4.2 missed' AND login = 'hue'"), 1);
	const char *id = one(admin(), "SELECT min(dossier_id) FROM motcua.dossier WHERE code LIKE 'K01%%'");
	assert_int_equal(count(hue, "SELECT dossier_id FROM desk.kpi_facts(%s)", id), atol(id));
	assert_string_equal(state_of(lan, "SELECT desk.kpi_facts(%s)", id), "MC008");
	PQfinish(hue);
	PQfinish(lan);
}
