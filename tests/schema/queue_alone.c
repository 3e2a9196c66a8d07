/* SPDX-License-Identifier: Apache-2.0
 *
 * A kiosk that stands alone, requests said twice, and the plan of a queue that goes out and in. */
#include <stdio.h>
#include <string.h>
#include "tests/check.h"
#include "tests/schema/queue_own.h"

/* Until somebody else's transaction holds that line up. */
static void until_held_up(PGconn *line)
{
	for (int i = 0; i < 6000; i++) {
		if (count(admin(), "SELECT count(*) FROM pg_stat_activity WHERE pid = %d AND wait_event_type = 'Lock'", PQbackendPID(line)))
			return;
		one(admin(), "SELECT pg_sleep(0.01)");
	}
	fail_msg("it is not held up");
}

/* The first value of a statement sent before, or its SQLSTATE. */
static const char *answer_of(PGconn *line)
{
	static char text[64];
	PGresult *r = PQgetResult(line), *end;
	snprintf(text, sizeof text, "%s", PQresultStatus(r) == PGRES_TUPLES_OK ? PQgetvalue(r, 0, 0) : PQresultErrorField(r, PG_DIAG_SQLSTATE));
	PQclear(r);
	while ((end = PQgetResult(line)))
		PQclear(end);
	return text;
}

/* Two kiosks name the series each in its own order: one waits, neither is thrown out. */
void blocks_are_locked_in_one_order(void **state)
{
	PGconn *machine = kiosk(), *other = as("may-hai");
	(void)state;
	hall_empty("{}");
	one(machine, "SELECT first FROM hall.kiosk_reserve('{A,B}', 10)"); /* the day's rows are there */
	one(machine, "BEGIN");
	one(machine, "SELECT first FROM hall.kiosk_reserve('{A}', 1000)");
	assert_int_equal(PQsendQuery(other, "SELECT string_agg(series || first, ' ' ORDER BY series) FROM hall.kiosk_reserve('{B,A}', 10)"), 1);
	until_held_up(other);
	assert_string_equal(state_of(machine, "SELECT first FROM hall.kiosk_reserve('{B}', 1000)"), "");
	one(machine, "COMMIT");
	assert_string_equal(answer_of(other), "A1001 B1001");
	PQfinish(machine);
	PQfinish(other);
}

/* A request said again while the first is not committed: it waits, and is told the same, whatever it was. */
void the_same_request_waits_for_its_answer(void **state)
{
	static const char *const asked[] = { "'A', '', '', ''", "'A', '', '089199990009', ''", "'', '', '', '123452'" };
	PGconn *machine = kiosk(), *again = kiosk(), *man = at_counter("man", "Q1");
	(void)state;
	for (int i = 0; i < 3; i++) {
		char sql[300], first[64];
		hall_empty("{}");
		one(admin(), "INSERT INTO motcua.ticket_booking (unit_id, series, slot, code, login) VALUES (1, 'A', now(), '12345%d', 'man')", i);
		snprintf(sql, sizeof sql, "SELECT number || again FROM hall.kiosk_take('00000000-0000-4000-8000-00000000000%d', %s)", i, asked[i]);
		one(machine, "BEGIN");
		snprintf(first, sizeof first, "%s", one(machine, "%s", sql));
		assert_string_equal(first, "A001false");
		assert_int_equal(PQsendQuery(again, sql), 1);
		until_held_up(again);
		one(machine, "COMMIT");
		assert_string_equal(answer_of(again), first);
		assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ticket"), 1);
		assert_int_equal(count(admin(), "SELECT last FROM motcua.ticket_sequence WHERE series = 'A'"), 1); /* and no number is lost */
	}
	/* Nor is a number on paper refused because its request is still under way. */
	one(machine, "SELECT * FROM hall.kiosk_reserve('{A}', 10)");
	one(machine, "BEGIN");
	one(machine, "SELECT number FROM hall.kiosk_take('00000000-0000-4000-8000-0000000000aa', 'A', '', '', '')");
	char home[400];
	snprintf(home, sizeof home, "SELECT hall.kiosk_reconcile('" GIVEN "')", "00000000-0000-4000-8000-0000000000aa", one(admin(), "SELECT motcua.local(now())::date"), 901);
	assert_int_equal(PQsendQuery(again, home), 1);
	until_held_up(again);
	one(machine, "COMMIT");
	assert_string_equal(answer_of(again), "1");
	assert_string_equal(one(admin(), "SELECT state FROM motcua.ticket WHERE request_id = '00000000-0000-4000-8000-0000000000aa'"), "waiting");
	PQfinish(machine);
	PQfinish(again);
	PQfinish(man);
}

/* What was written out can be loaded again: the same settings, the same machines with the passwords they had. */
void a_plan_goes_out_and_in(void **state)
{
	PGconn *hue = as("hue");
	char before[4000], secrets[400];
	const char *sql = "SELECT string_agg(rolname || ' ' || md5(rolpassword), ',' ORDER BY rolname) FROM pg_authid WHERE rolname IN ('may-lay-so', 'may-hai', 'bang-goi-so')";
	(void)state;
	hall_empty("{\"policy\":\"strict\",\"grace_minutes\":7}");
	snprintf(before, sizeof before, "%s", one(hue, "SELECT desk.queue_plan()"));
	snprintf(secrets, sizeof secrets, "%s", one(admin(), "%s", sql));
	assert_string_equal(state_of(hue, "SELECT desk.queue_setup(desk.queue_plan())"), "");
	assert_string_equal(one(hue, "SELECT desk.queue_plan()"), before);
	assert_string_equal(one(admin(), "%s", sql), secrets);
	PQfinish(kiosk());
	/* A new one has to have a password, and another unit's is not taken over without one. */
	assert_string_equal(state_of(hue, "SELECT desk.queue_setup('{\"machines\":[{\"login\":\"may-ba\",\"kind\":\"kiosk\"}]}')"), "MC005");
	assert_string_equal(last_hint(), "machines");
	one(admin(), "SELECT desk.clerk_add('chi', 'Lâm Thị Chi', '', '30544', true, 'motcua-tap-duyet')");
	PGconn *chi = as("chi");
	assert_string_equal(state_of(chi, "SELECT desk.queue_setup('{\"machines\":[{\"login\":\"may-hai\",\"kind\":\"display\"}]}')"), "MC005");
	PQfinish(chi);
	PQfinish(hue);
}

/* What a kiosk takes along for the days without a server, and what comes home of it. */
void a_kiosk_alone_has_the_days_ahead(void **state)
{
	PGconn *machine = kiosk(), *other = as("may-hai");
	char today[16], key[80], digest[80], code[8];
	(void)state;
	hall_empty("{\"grace_minutes\":10}");
	snprintf(today, sizeof today, "%s", one(admin(), "SELECT motcua.local(now())::date"));
	assert_string_equal(one(machine, "SELECT count(*) || ' ' || count(DISTINCT day) || ' ' || min(day - '%s'::date) || ' ' || min(first) || '-' || max(last)"
		" FROM hall.kiosk_ahead('{B,A}', 3)", today), "6 3 1 901-950");
	assert_string_equal(one(machine, "SELECT min(first) || '-' || max(last) FROM hall.kiosk_ahead('{A,B}', 3)"), "901-950"); /* the same ones */
	assert_string_equal(one(other, "SELECT min(first) || '-' || max(last) FROM hall.kiosk_ahead('{A,B}', 3)"), "951-1000");
	/* A day that was prepared begins like any other. */
	one(admin(), "INSERT INTO motcua.queue_counter (unit_id, counter_code, state, login, since) VALUES (1, 'Q2', 'open', 'man', now() - interval '1 day')");
	one(admin(), "INSERT INTO motcua.ticket_sequence (unit_id, day, series, held) VALUES (1, '%s', 'A', 950)", today);
	assert_string_equal(one(machine, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), 'A', '', '', '')"), "A001");
	assert_string_equal(one(admin(), "SELECT state FROM motcua.queue_counter WHERE counter_code = 'Q2'"), "closed");
	/* The person who got a number there gets no second one here; the code is used up and keeps its slot. */
	snprintf(key, sizeof key, "%s", one(machine, "SELECT key FROM hall.kiosk_key() WHERE day = '%s'", today));
	snprintf(digest, sizeof digest, "%s", one(admin(), "SELECT encode(sha256(decode('%s', 'hex') || '089199990001'::bytea), 'hex')", key));
	one(admin(), "INSERT INTO motcua.ticket_booking (unit_id, series, slot, code, login) VALUES (1, 'A', now() + interval '1 minute', '654321', 'man')");
	snprintf(code, sizeof code, "%s", one(machine, "SELECT code FROM hall.kiosk_bookings(3) WHERE series = 'A' AND until = slot + interval '10 minutes'"));
	assert_string_equal(code, "654321");
	assert_string_equal(one(machine, "SELECT first FROM hall.kiosk_reserve('{A}', 10)"), "951");
	assert_string_equal(one(machine, "SELECT hall.kiosk_reconcile(jsonb_build_array(jsonb_build_object('request', gen_random_uuid(), 'day', '%s', 'series', 'A', 'number', 951,"
		" 'priority', '', 'taken_at', now(), 'person', '%s', 'booking', '%s')))", today, digest, code), "1");
	assert_string_equal(one(admin(), "SELECT kind || ' ' || (slot IS NOT NULL) || ' ' || (place_at = slot) FROM motcua.ticket WHERE number = 951"), "booked true true");
	assert_string_equal(one(admin(), "SELECT state FROM motcua.ticket_booking WHERE code = '654321'"), "taken");
	assert_string_equal(one(machine, "SELECT number || again FROM hall.kiosk_take(gen_random_uuid(), 'B', '', '089199990001', '')"), "A951true");
	assert_string_equal(state_of(machine, "SELECT * FROM hall.kiosk_take(gen_random_uuid(), '', '', '', '654321')"), "MC008");
	PQfinish(machine);
	PQfinish(other);
}

/* Where only a counter that helps is open, it is the one a citizen is sent to; where none is, those of the queue. */
void a_citizen_is_sent_to_a_counter_that_calls(void **state)
{
	PGconn *machine = kiosk(), *helper = at_counter("khoa", "Q4"), *man = at_counter("man", "Q1");
	char own[80];
	const char *where = "SELECT open || ' ' || counters FROM hall.kiosk_choices() WHERE series = 'A'";
	(void)state;
	hall_empty("{}");
	snprintf(own, sizeof own, "%s", one(machine, where));
	assert_null(strstr(own, "Quầy 4"));
	one(helper, "SELECT desk.queue_counter('open', '')");
	assert_string_equal(one(machine, where), "1 Quầy 4");
	one(man, "SELECT desk.queue_counter('open', '')");
	assert_string_equal(one(machine, where), "2 Quầy 1");
	one(man, "SELECT desk.queue_counter('closed', '')");
	one(helper, "SELECT desk.queue_counter('closed', '')");
	assert_string_equal(one(machine, where), own);
	PQfinish(machine);
	PQfinish(helper);
	PQfinish(man);
}

/* A copy came back that knows neither the kiosk's block nor the numbers of today: what is on paper comes home, nothing is given twice. */
void what_a_kiosk_gave_outlives_a_restore(void **state)
{
	PGconn *machine = kiosk(), *other = as("may-hai");
	char today[16];
	(void)state;
	hall_empty("{}");
	snprintf(today, sizeof today, "%s", one(admin(), "SELECT motcua.local(now())::date"));
	one(admin(), "SELECT motcua.restored(now() - interval '2 hours')");
	assert_string_equal(one(machine, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), 'A', '', '', '')"), "A501");
	assert_string_equal(one(other, "SELECT first || '-' || last FROM hall.kiosk_reserve('{A}', 10)"), "1901-1950");
	assert_string_equal(one(other, "SELECT min(first) || '-' || max(last) FROM hall.kiosk_ahead('{A}', 2)"), "1901-1950");
	assert_string_equal(one(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", "00000000-0000-4000-8000-000000000031", today, 905), "1");
	assert_string_equal(one(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", "00000000-0000-4000-8000-000000000031", today, 905), "0");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ticket_event JOIN motcua.ticket USING (unit_id, ticket_id) WHERE number = 905 AND note LIKE '%%phục hồi%%'"), 1);
	/* What lies beyond what is held is held from then on; another's, the server's own, tomorrow's and no series' are refused. */
	assert_string_equal(one(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", "00000000-0000-4000-8000-000000000032", today, 2104), "1");
	assert_string_equal(one(machine, "SELECT first FROM hall.kiosk_reserve('{A}', 10)"), "2105");
	assert_string_equal(state_of(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", "00000000-0000-4000-8000-000000000033", today, 1902), "MC005");
	assert_string_equal(state_of(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", "00000000-0000-4000-8000-000000000034", today, 900), "MC005");
	assert_string_equal(state_of(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", "00000000-0000-4000-8000-000000000035", today, 5001), "MC005");
	assert_string_equal(state_of(machine, "SELECT hall.kiosk_reconcile('" GIVEN "')", "00000000-0000-4000-8000-000000000036",
		one(admin(), "SELECT '%s'::date + 1", today), 906), "MC005");
	PQfinish(machine);
	PQfinish(other);
}
