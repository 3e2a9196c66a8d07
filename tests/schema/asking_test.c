/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom to ask next is found without looking at everything that is finished. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "tests/support/world.h"

/* Rows of stream read so far, by whatever way. */
static long read_so_far(PGconn *courier)
{
	one(courier, "SELECT pg_stat_force_next_flush()");
	one(courier, "SELECT 1");
	return count(admin(), "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'stream'");
}

static void finished_dossiers_are_not_passed_over(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	(void)state;
	char code[64];
	strncpy(code, one(man, "SELECT code FROM desk.accept_dossier(test.req())"), sizeof code - 1);
	code[sizeof code - 1] = '\0';
	one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true, travel = 'received', foreign_status = 4");
	/* Five thousand, handed over long ago: their foreign keys are nobody's business here. */
	one(admin(), "SET session_replication_role = replica");
	one(admin(), "INSERT INTO motcua.stream (unit_id, dossier_id, system, tail, head, created_there, travel, foreign_status,"
	             " asked_at) SELECT unit_id, 1000000 + i, system, 1, 2, true, 'received', 10, now() - interval '1 year'"
	             " FROM motcua.stream, generate_series(1, 5000) i WHERE system = 'tu-phap'");
	one(admin(), "SET session_replication_role = origin");
	one(admin(), "ANALYZE motcua.stream");
	long before = read_so_far(courier);
	assert_string_equal(one(courier, "SELECT code FROM wire.open_streams('tu-phap', 16)"), code);
	assert_true(read_so_far(courier) - before < 100);
	PQfinish(courier);
	PQfinish(man);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finished_dossiers_are_not_passed_over),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
