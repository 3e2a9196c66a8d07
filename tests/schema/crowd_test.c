/* SPDX-License-Identifier: Apache-2.0
 *
 * Eight counters at once: codes are unique, paper numbers have no gap, one
 * request id is one dossier, couriers never hold the same stream. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

#define COUNTERS 8
#define ROUNDS 50

/* Sends sql on all connections at once, then collects; returns how many worked. */
static int together(PGconn **line, const char *sql)
{
	int worked = 0;

	for (int i = 0; i < COUNTERS; i++)
		assert_int_equal(PQsendQuery(line[i], sql), 1);
	for (int i = 0; i < COUNTERS; i++) {
		PGresult *result;
		while ((result = PQgetResult(line[i])) != NULL) {
			worked += PQresultStatus(result) == PGRES_TUPLES_OK;
			PQclear(result);
		}
	}
	return worked;
}

static void open_lines(PGconn **line, const char *login)
{
	for (int i = 0; i < COUNTERS; i++)
		line[i] = as(login);
}

static void close_lines(PGconn **line)
{
	for (int i = 0; i < COUNTERS; i++)
		PQfinish(line[i]);
}

static void codes_are_unique(void **state)
{
	PGconn *line[COUNTERS];

	(void)state;
	open_lines(line, "man");
	for (int i = 0; i < ROUNDS; i++)
		assert_int_equal(together(line, "SELECT code FROM desk.accept_dossier(test.req())"), COUNTERS);
	assert_int_equal(count(admin(), "SELECT count(DISTINCT code) FROM motcua.dossier"), COUNTERS * ROUNDS);
	assert_int_equal(count(admin(), "SELECT sum(last) FROM motcua.code_sequence"), COUNTERS * ROUNDS);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.message"), 4 * COUNTERS * ROUNDS);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.verify_chains((SELECT unit_id FROM motcua.unit"
		" WHERE code = '30538'))"), 0);
	close_lines(line);
}

static void one_request_is_one_dossier(void **state)
{
	PGconn *line[COUNTERS];
	char sql[4200];
	long before = count(admin(), "SELECT count(*) FROM motcua.dossier");

	(void)state;
	open_lines(line, "man");
	snprintf(sql, sizeof sql, "SELECT code FROM desk.accept_dossier('%s')", one(line[0], "SELECT test.req()"));
	assert_int_equal(together(line, sql), COUNTERS);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier"), before + 1);
	close_lines(line);
}

/* Half of the requests fail after their number was taken: it must come back. */
static void paper_numbers_have_no_gap(void **state)
{
	PGconn *line[COUNTERS];
	int worked = 0;

	(void)state;
	one(admin(), "ALTER TABLE motcua.turned_away ADD CONSTRAINT trip CHECK (paper_id %% 2 = 0)");
	open_lines(line, "man");
	for (int i = 0; i < 10; i++)
		worked += together(line, "SELECT paper_number FROM desk.turn_away(test.req('{\"kind\":\"refusal\","
			"\"reasons\":[\"Không thuộc thẩm quyền\"]}'))");
	one(admin(), "ALTER TABLE motcua.turned_away DROP CONSTRAINT trip");
	assert_true(worked > 0 && worked < 10 * COUNTERS);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.paper WHERE form = '03'"), worked);
	assert_int_equal(count(admin(), "SELECT max(seq) FROM motcua.paper WHERE form = '03'"), worked);
	assert_string_equal(one(admin(), "SELECT number FROM motcua.paper WHERE form = '03' AND seq = 1"), "01/PTC-TTPVHCC");
	/* Another form, its own numbers; the same request, the same number. */
	one(admin(), "CREATE TABLE test.kept AS SELECT test.req('{\"kind\":\"supplement\",\"reasons\":[\"Thiếu tờ khai\"]}')"
		" || jsonb_build_object('catalogue_version', %s) AS r", one(line[0], "SELECT desk.catalogue_version()"));
	one(admin(), "GRANT SELECT ON test.kept TO motcua_clerk");
	assert_string_equal(one(line[0], "SELECT paper_number || repeated FROM desk.turn_away((SELECT r FROM test.kept))"),
		"01/PBS-TTPVHCCfalse");
	assert_string_equal(one(line[1], "SELECT paper_number || repeated FROM desk.turn_away((SELECT r FROM test.kept))"),
		"01/PBS-TTPVHCCtrue");
	close_lines(line);
}

static void couriers_never_hold_the_same_stream(void **state)
{
	PGconn *line[COUNTERS];

	(void)state;
	one(admin(), "INSERT INTO motcua.system_state(system, profile) VALUES ('tu-phap', '{\"max_inflight\":100000}'),"
		" ('cong', '{\"max_inflight\":100000}')");
	open_lines(line, "dua-tin");
	for (int i = 0; i < 4; i++)
		assert_int_equal(together(line, "SELECT count(*) FROM wire.claim('c' || pg_backend_pid(), 300, 20)"), COUNTERS);
	/* Each claim raised a fence once: as many leases as fences. */
	assert_int_equal(count(admin(), "SELECT max(fence) FROM motcua.stream"), 1);
	assert_true(count(admin(), "SELECT count(*) FROM motcua.stream WHERE leased_by IS NOT NULL") > 4 * 20);
	close_lines(line);
}

/* Tellers of two systems and finishers at the same dossiers: each tells all, none waits in a ring. */
static void tellers_never_wait_in_a_ring(void **state)
{
	PGconn *line[COUNTERS];

	(void)state;
	one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true, travel = 'sent', leased_by = NULL, leased_until = NULL");
	one(admin(), "CREATE TABLE test.codes AS SELECT code FROM motcua.dossier LIMIT 60");
	one(admin(), "GRANT USAGE ON SCHEMA test TO PUBLIC");
	one(admin(), "GRANT SELECT ON test.codes TO PUBLIC");
	open_lines(line, "dua-tin");
	assert_int_equal(together(line, "SELECT wire.told_all((SELECT jsonb_agg(jsonb_build_object('system',"
		" CASE pg_backend_pid() % 2 WHEN 0 THEN 'tu-phap' ELSE 'cong' END, 'code', o.code, 'view', jsonb_build_object("
		"'foreign_code', 'F' || o.code, 'steps', jsonb_build_array(jsonb_build_object('status', 4, 'at', now()))))"
		" ORDER BY random()) FROM test.codes o))"), COUNTERS);
	close_lines(line);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier d JOIN test.codes c USING (code) WHERE d.status <> 4"), 0);
	assert_true(count(admin(), "SELECT count(*) FROM motcua.answer WHERE system = 'cong' AND status = 4") >= 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_unique),
		cmocka_unit_test(one_request_is_one_dossier),
		cmocka_unit_test(paper_numbers_have_no_gap),
		cmocka_unit_test(couriers_never_hold_the_same_stream),
		cmocka_unit_test(tellers_never_wait_in_a_ring),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
