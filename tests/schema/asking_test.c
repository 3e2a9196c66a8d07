/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom to ask next is found without looking at everything that is finished; lists of changes are read to
 * their end; what was heard is "received" while it is true. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "tests/support/world.h"

/* Rows of stream read so far, by whatever way. */
static long read_so_far(PGconn *asking)
{
	one(asking, "SELECT pg_stat_force_next_flush()");
	one(asking, "SELECT 1");
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

/* ---- one dossier, received this morning of some day, delivered everywhere ---- */

static PGconn *courier, *man;
static char dossier[32], code[64];

static int fresh(void **state)
{
	(void)state;
	man = as("man");
	courier = as("dua-tin");
	const char *both = one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())");
	sscanf(both, "%31s %63s", dossier, code);
	one(admin(), "UPDATE motcua.dossier SET received_at = '2026-11-20 08:00+07', status_at = '2026-11-20 08:00+07' WHERE dossier_id = %s",
	    dossier);
	one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true WHERE dossier_id = %s", dossier);
	return 0;
}

static int done(void **state)
{
	(void)state;
	PQfinish(courier);
	PQfinish(man);
	return 0;
}

#define STEP(status, at, text) "{\"status\":" #status ",\"at\":\"2026-11-20T" at ":00+07:00\",\"text\":\"" text "\"}"

static const char *told(const char *system, const char *view)
{
	return one(courier, "SELECT wire.told('%s', '%s', '%s')", system, code, view);
}

/* Reads one page; what is to be read next, and how long ago the cursor stands. */
static const char *read_page(const char *lines, const char *next)
{
	one(admin(), "UPDATE motcua.poll SET leased_until = NULL");
	return one(courier, "SELECT wire.polled('tu-phap', fence, '%s', '%s')::text FROM wire.poll_begin('tu-phap', 1, 60, 60)", lines, next);
}

static void a_list_is_read_to_its_end(void **state)
{
	PGconn *other;
	char line[200];
	(void)state;
	/* Overlapping all it covers, a window still moves on. */
	one(admin(), "DELETE FROM motcua.poll");
	assert_string_equal(read_page("[]", ""), "true");
	assert_string_equal(one(admin(), "SELECT cursor > now() - interval '45 minutes' FROM motcua.poll"), "t");
	for (int i = 0; i < 3; i++)
		read_page("[]", "");
	assert_string_equal(one(admin(), "SELECT cursor > now() - interval '2 minutes' FROM motcua.poll"), "t");
	assert_string_equal(read_page("[]", ""), "false");
	/* A list that leads back is over. */
	assert_string_equal(read_page("[]", "9"), "true");
	assert_string_equal(read_page("[]", "10"), "true");
	assert_string_equal(read_page("[]", "9"), "false");
	assert_string_equal(read_page("[]", "abc"), "true");
	assert_string_equal(read_page("[]", "abc"), "false");
	assert_string_equal(one(admin(), "SELECT page || '.' FROM motcua.poll"), ".");
	/* Who tells nothing new waits for nobody. */
	snprintf(line, sizeof line, "[{\"code\":\"%s\",\"steps\":[]}]", code);
	other = as("man");
	one(other, "BEGIN");
	one(other, "SELECT desk.act(%s, 1, 'process', '')", dossier);
	one(courier, "SET lock_timeout = '2s'");
	assert_string_equal(state_of(courier, "SELECT wire.polled('tu-phap', fence, '%s', '') FROM wire.poll_begin('tu-phap', 1, 60, 60)", line), "");
	PQfinish(other);
}

#define TRAVEL "SELECT string_agg(travel, ' ' ORDER BY system) FROM motcua.stream WHERE dossier_id = %s"
#define TOLD_TOGETHER "SELECT wire.told_all(jsonb_build_array(jsonb_build_object('system', 'cong', 'code', '%s', 'view'," \
	" '{\"steps\":[" STEP(2, "09:30", "Nhận") "]}'::jsonb)))"

/* Whoever has last week's telephone number has not received this week's. */
static void a_later_version_is_not_received_before_it_is_sent(void **state)
{
	(void)state;
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(2, "09:00", "Nhận") "]}"), "t");
	assert_string_equal(told("cong", "{\"steps\":[]}"), "t");
	assert_string_equal(one(admin(), TRAVEL, dossier), "received received");
	one(man, "SELECT count(*) FROM desk.correct(%s, '{cong,tu-phap}', '{\"summary\":\"y\"}', '')", dossier);
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(4, "10:00", "Đang xem") "]}"), "t");
	assert_int_equal(count(courier, TOLD_TOGETHER, code), 1);
	assert_string_equal(one(admin(), TRAVEL, dossier), "sent sent");
	one(admin(), "UPDATE motcua.stream SET head = tail + 1 WHERE dossier_id = %s", dossier);
	assert_string_equal(told("tu-phap", "{\"steps\":[]}"), "t");
	assert_int_equal(count(courier, TOLD_TOGETHER, code), 1);
	assert_string_equal(one(admin(), TRAVEL, dossier), "received received");
	/* The same when the desk took more papers. */
	one(admin(), "SELECT motcua.enqueue(unit_id, dossier_id, system, kind, payload) FROM motcua.message"
		" WHERE dossier_id = %s AND system = 'cong' AND seq = 1", dossier);
	assert_string_equal(one(admin(), TRAVEL, dossier), "sent received");
}

static void a_disagreement_stands_until_both_agree(void **state)
{
	(void)state;
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(4, "10:00", "Đang xem") "]}"), "t");
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(3, "11:00", "Không nhận") "]}"), "t");
	assert_string_equal(one(admin(), TRAVEL, dossier), "saved disagreed");
	/* In words, no numbers of a life-cycle. */
	assert_string_equal(one(man, "SELECT said FROM desk.tasks(1000) WHERE dossier_id = %s AND kind = 'disagreed'", dossier),
		"Bên nhận báo “không được tiếp nhận” khi hồ sơ ở đây “đang xử lý”: Không nhận");
	/* Delivering something settles nothing, nor does a corrected fact; the task is still there. */
	one(admin(), "SELECT motcua.enqueue(unit_id, dossier_id, system, kind, payload) FROM motcua.message"
		" WHERE dossier_id = %s AND system = 'tu-phap' AND kind = 'progress' LIMIT 1", dossier);
	assert_string_equal(one(courier, "SELECT wire.finish(c.message_id, c.fence, 'delivered', 200, 1, '', '', NULL)"
		" FROM wire.claim('c', 60, 200) c WHERE c.dossier_id = %s AND c.system = 'tu-phap'", dossier), "t");
	one(admin(), "UPDATE motcua.stream SET leased_by = NULL, leased_until = NULL");
	told("tu-phap", "{\"steps\":[" STEP(3, "11:00", "Không nhận") "]}");
	one(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"summary\":\"y\"}', '')", dossier);
	assert_string_equal(one(admin(), TRAVEL, dossier), "saved disagreed");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE dossier_id = %s AND kind = 'disagreed'", dossier), 1);
	/* Late news of before says nothing of now. */
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(4, "10:30", "Đang xem") "]}"), "t");
	assert_string_equal(one(admin(), TRAVEL, dossier), "saved disagreed");
	one(admin(), "UPDATE motcua.stream SET head = tail + 1 WHERE dossier_id = %s", dossier);
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(4, "12:00", "Nhận lại") "]}"), "t");
	assert_string_equal(one(admin(), TRAVEL, dossier), "saved received");
	/* Or the desk comes to what they say. */
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(1, "13:00", "Mới") "]}"), "t");
	assert_string_equal(one(admin(), TRAVEL, dossier), "saved disagreed");
	one(admin(), "UPDATE motcua.dossier SET status = 1 WHERE dossier_id = %s", dossier);
	assert_string_equal(told("tu-phap", "{\"steps\":[]}"), "t");
	assert_string_equal(one(admin(), TRAVEL, dossier), "saved received");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finished_dossiers_are_not_passed_over), T(a_list_is_read_to_its_end),
		T(a_later_version_is_not_received_before_it_is_sent), T(a_disagreement_stands_until_both_agree),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
