/* SPDX-License-Identifier: Apache-2.0
 *
 * Acts of a dossier's life that meet: two hands on one dossier, incidents that overlap, one that is counted when the
 * dossier is done, one that is taken back after the date has moved on. */
#include <stdio.h>
#include <string.h>

#include "tests/schema/life.h"

/* A second session that says something while the first holds its locks, until it waits for one of them or has its answer. */
static void said_meanwhile(PGconn *first, PGconn *second, const char *begun, const char *meanwhile)
{
	one(first, "BEGIN");
	one(first, "%s", begun);
	assert_int_equal(PQsendQuery(second, meanwhile), 1);
	for (int i = 0; i < 600; i++) {
		PQconsumeInput(second);
		if (!PQisBusy(second) || count(admin(), "SELECT count(*) FROM pg_stat_activity WHERE pid = %d AND wait_event_type = 'Lock'",
		                               PQbackendPID(second)) > 0)
			break;
		one(admin(), "SELECT pg_sleep(0.1)");
	}
	one(first, "COMMIT");
}

/* What it answered: the first value, or the SQLSTATE of a refusal. */
static const char *answer_of(PGconn *second)
{
	static char said[64];
	for (PGresult *r; (r = PQgetResult(second)) != NULL; PQclear(r)) {
		const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
		snprintf(said, sizeof said, "%s", state ? state : PQgetvalue(r, 0, 0));
	}
	return said;
}

static void two_give_a_dossier_once(void **state)
{
	PGconn *again = as("man");
	char give[200];
	(void)state;
	snprintf(give, sizeof give, "SELECT desk.hand_give(gen_random_uuid(), '{%s}', 'khoa', 'room', 'Tư pháp', '')", dossier);
	said_meanwhile(man, again, give, give);
	assert_string_equal(answer_of(again), "MC005");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.handover_item WHERE dossier_id = %s", dossier), 1);
	PQfinish(again);
}

#define BATCH(way) "SELECT desk.consign_open(gen_random_uuid(), '" way "', 'hand', '30544', 'UBND xã Tri Tôn')"

static void two_consign_a_dossier_once(void **state)
{
	PGconn *again = as("man");
	char first[24], second[24], id[24], put[120], meanwhile[120];
	(void)state;
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req('{\"deciding_unit\":{\"code\":\"30544\",\"name\":\"UBND xã Tri Tôn\"}}'))"));
	snprintf(first, sizeof first, "%s", one(man, BATCH("out")));
	snprintf(second, sizeof second, "%s", one(man, BATCH("out")));
	snprintf(put, sizeof put, "SELECT desk.consign_add(gen_random_uuid(), %s, %s, '{}')", first, id);
	snprintf(meanwhile, sizeof meanwhile, "SELECT desk.consign_add(gen_random_uuid(), %s, %s, '{}')", second, id);
	said_meanwhile(man, again, put, meanwhile);
	assert_string_equal(answer_of(again), "MC005");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.consignment_item WHERE dossier_id = %s", id), 1);
	PQfinish(again);
}

/* Nothing went out of this session before. */
static void a_list_of_what_comes_in_may_be_the_first(void **state)
{
	char batch[24];
	(void)state;
	snprintf(batch, sizeof batch, "%s", one(khoa, BATCH("in")));
	assert_string_equal(one(khoa, "SELECT desk.consign_add(gen_random_uuid(), %s, NULL, '{\"person\":\"Chau Sóc Rây\",\"papers\":\"3\"}')", batch), "1");
}

static void a_note_is_written_once(void **state)
{
#define NOTE "SELECT desk.side_act(%s, %ld, 'note', '{\"request_id\":\"77777777-7777-4777-8777-777777777777\",\"reason\":\"Gọi lại sau\"}')"
	(void)state;
	for (int i = 0; i < 2; i++) /* the reply was lost */
		one(man, NOTE, dossier, life_version());
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_event WHERE dossier_id = %s AND act = 'note'", dossier), 1);
	life_side(man, "note", "\"reason\":\"Gọi lại sau\"");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_event WHERE dossier_id = %s AND act = 'note'", dossier), 2);
}

#define OUTAGE "INSERT INTO motcua.outage (system, class, from_at, to_at) VALUES ('tu-phap', 'down', '%s+07', '%s+07') RETURNING outage_id"
#define DUE(id) one(admin(), "SELECT to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') FROM motcua.dossier WHERE dossier_id = %s", id)

static void an_incident_reaches_what_was_done_before_it_was_counted(void **state)
{
	char outage[24], waits[32], before[32];
	(void)state;
	one(admin(), "UPDATE motcua.dossier SET status = 9, finished_at = '2026-11-01T08:00:00+07:00'");
	snprintf(waits, sizeof waits, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	snprintf(before, sizeof before, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	one(admin(), "UPDATE motcua.dossier SET received_at = '2026-11-18T08:00:00+07:00', due_at = '2026-11-20T17:00:00+07:00', status = 10,"
	             " finished_at = '2026-11-23T09:00:00+07:00' WHERE dossier_id = %s", dossier);
	one(admin(), "UPDATE motcua.dossier SET received_at = '2026-11-18T08:00:00+07:00', due_at = '2026-11-20T17:00:00+07:00', status = 5 WHERE dossier_id = %s", waits);
	one(admin(), "UPDATE motcua.dossier SET received_at = '2026-11-18T08:00:00+07:00', due_at = '2026-11-20T17:00:00+07:00', status = 9,"
	             " finished_at = '2026-11-19T09:00:00+07:00' WHERE dossier_id = %s", before);
	/* It asked for papers after the outage; the outage itself it lost. */
	one(admin(), "INSERT INTO motcua.dossier_event (unit_id, dossier_id, at, act, from_status, to_status) SELECT unit_id, dossier_id,"
		" '2026-11-20T15:00:00+07:00', 'ask_supplement', 2, 5 FROM motcua.dossier WHERE dossier_id = %s", waits);
	snprintf(outage, sizeof outage, "%s", one(admin(), OUTAGE, "2026-11-20 08:00", "2026-11-20 10:00"));
	assert_string_equal(one(man, "SELECT desk.incident_dossiers('outage', %s)", outage), "2");
	assert_string_equal(one(hue, "SELECT desk.incident_due('outage', %s)", outage), "2");
	assert_string_equal(DUE(dossier), "23/11 09:00");
	assert_string_equal(DUE(waits), "23/11 09:00");
	assert_string_equal(DUE(before), "20/11 17:00");
	assert_string_equal(one(man, "SELECT line LIKE '%%Kết quả đã có lúc%%để ghi sổ, từ%%' FROM desk.dossier_due(%s) ORDER BY at DESC", dossier), "t");
	assert_string_equal(one(man, "SELECT line LIKE '%%Ngày hẹn trả lùi từ%%' FROM desk.dossier_due(%s) ORDER BY at DESC", waits), "t");
	/* Nobody writes to a citizen who has the result. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.citizen_message WHERE dossier_id = %s", dossier), 0);
}

static void two_incidents_at_once_count_an_hour_once(void **state)
{
	PGconn *again = as("hue");
	char one_of[24], other[24], first[80], second[80];
	(void)state;
	one(admin(), "UPDATE motcua.dossier SET status = 9, finished_at = '2026-11-01T08:00:00+07:00'");
	one(admin(), "UPDATE motcua.dossier SET status = 4, finished_at = NULL, received_at = '2026-11-18T08:00:00+07:00', due_at = '2026-11-23T17:00:00+07:00'"
	             " WHERE dossier_id = %s", dossier);
	snprintf(one_of, sizeof one_of, "%s", one(admin(), OUTAGE, "2026-11-20 08:00", "2026-11-20 10:00"));
	snprintf(other, sizeof other, "%s", one(admin(), OUTAGE, "2026-11-20 09:00", "2026-11-20 11:00"));
	snprintf(first, sizeof first, "SELECT desk.incident_due('outage', %s)", one_of);
	snprintf(second, sizeof second, "SELECT desk.incident_due('outage', %s)", other);
	said_meanwhile(hue, again, first, second);
	assert_string_equal(answer_of(again), "1");
	/* From 8 to 11: three hours. */
	assert_string_equal(DUE(dossier), "24/11 10:00");
	PQfinish(again);
}

#define STANDSTILL "INSERT INTO motcua.standstill (unit_id, kind, story, from_at, to_at, login, made_at) SELECT unit_id, 'power', 'Mất điện'," \
	" '2026-11-20T09:00:00+07:00', '2026-11-20T11:00:00+07:00', 'man', now() FROM motcua.dossier WHERE dossier_id = %s RETURNING standstill_id", dossier
#define STEPS "SELECT string_agg(concat_ws(' ', seq, state, due_at), ', ' ORDER BY seq) FROM motcua.dossier_step WHERE dossier_id = %s"

/* The one dossier, held up for two hours that are counted. */
static void held_up(char *standing, size_t room)
{
	one(admin(), "UPDATE motcua.dossier SET status = 9, finished_at = '2026-11-01T08:00:00+07:00' WHERE dossier_id <> %s", dossier);
	one(admin(), "UPDATE motcua.dossier SET status = 4, received_at = '2026-11-18T08:00:00+07:00', due_at = '2026-11-23T17:00:00+07:00' WHERE dossier_id = %s", dossier);
	one(admin(), "UPDATE motcua.dossier_step SET due_at = '2026-11-20T08:00:00+07:00'::timestamptz + seq * interval '1 hour' WHERE dossier_id = %s", dossier);
	snprintf(standing, room, "%s", one(admin(), STANDSTILL));
}

/* Withdrawn or stopped meanwhile, it may go on: the date goes back with its steps, and the hours are there to be told as they were. */
static void what_stands_still_goes_back_too(void **state)
{
	char standing[24], steps[400];
	(void)state;
	held_up(standing, sizeof standing);
	snprintf(steps, sizeof steps, "%s", one(admin(), STEPS, dossier));
	for (int status = 7; status <= 8; status++) {
		assert_string_equal(one(hue, "SELECT desk.incident_due('standstill', %s)", standing), "1");
		assert_string_not_equal(one(admin(), STEPS, dossier), steps);
		one(admin(), "UPDATE motcua.dossier SET status = %d WHERE dossier_id = %s", status, dossier);
		assert_string_equal(one(hue, "SELECT desk.standstill_void(%s, 'x')", standing), "1");
		assert_string_equal(DUE(dossier), "23/11 17:00");
		assert_string_equal(one(admin(), STEPS, dossier), steps);
		if (status == 8) /* nothing to tell the citizen of what has stopped */
			assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.citizen_message WHERE dossier_id = %s AND state = 'call'", dossier), 0);
		one(admin(), "UPDATE motcua.dossier SET status = 4 WHERE dossier_id = %s", dossier);
		snprintf(standing, sizeof standing, "%s", one(admin(), STANDSTILL));
		assert_string_equal(one(hue, "SELECT minutes FROM desk.incident_moves('standstill', %s, 9)", standing), "120");
	}
}

/* Promised with an apology since, the date stands, and nothing is counted on to it; an apology that was undone is none. */
static void a_promise_outlasts_the_incident(void **state)
{
	char standing[24], facts[200];
	(void)state;
	held_up(standing, sizeof standing);
	one(hue, "SELECT desk.incident_due('standstill', %s)", standing);
	one(admin(), "UPDATE motcua.dossier SET due_at = motcua.working_days_after('30538', now(), 3) WHERE dossier_id = %s", dossier);
	snprintf(facts, sizeof facts, "\"reason\":\"Chờ xác minh\",\"new_due\":\"%s\"", one(admin(), "SELECT motcua.iso(motcua.working_days_after('30538', now(), 6))"));
	life_side(man, "apologise", facts);
	life_side(man, "undo", "");
	/* As desk.take_date does for a clerk. */
	one(admin(), "CREATE FUNCTION test.promise(d bigint, seen int) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = motcua, pg_temp AS $$"
		"SELECT move_due(d, seen, 'extension', '2026-12-21T17:00:00+07:00', 'Hẹn lại')$$");
	assert_string_equal(state_of(man, "SELECT test.promise(%s, %ld)", dossier, life_version()), "");
	assert_string_equal(state_of(man, "SELECT test.promise(%s, %ld)", dossier, life_version()), "MC004");
	assert_string_equal(one(hue, "SELECT desk.standstill_void(%s, 'x')", standing), "0");
	assert_string_equal(DUE(dossier), "21/12 17:00");
	assert_string_equal(one(hue, "SELECT desk.incident_dossiers('standstill', %s)", one(admin(), STANDSTILL)), "0");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, life_fresh, life_done)
const struct CMUnitTest life_meets[] = {
	TEST(two_give_a_dossier_once), TEST(two_consign_a_dossier_once), TEST(a_list_of_what_comes_in_may_be_the_first),
	TEST(a_note_is_written_once), TEST(an_incident_reaches_what_was_done_before_it_was_counted),
	TEST(two_incidents_at_once_count_an_hour_once), TEST(what_stands_still_goes_back_too), TEST(a_promise_outlasts_the_incident), { 0 },
};
