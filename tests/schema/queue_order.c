/* SPDX-License-Identifier: Apache-2.0
 *
 * The order of calls against a model of it, on random days; and many counters at once. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/schema/queue_own.h"
#include "tests/support/world.h"

#define TICKETS 40

/* What the model knows of a ticket: its lane (1 priority, 2 booked, 3 in order, 4 booked for later), and the
 * moment that counts within it. */
struct waiting {
	char number[8];
	int lane;
	long long place;
	bool gone;
};
struct day {
	struct waiting all[TICKETS];
	int count, since; /* others called since a priority number; -1: none was called yet */
	bool strict;
	int every;
};

static unsigned seed;

static int dice(int sides)
{
	seed = seed * 1103515245u + 12345u;
	return (int)((seed >> 16) % (unsigned)sides);
}

/* The first of these lanes, NULL: nobody stands in them. */
static struct waiting *first_of(struct day *day, int from, int to)
{
	struct waiting *best = NULL;
	for (int lane = from; lane <= to && !best; lane++)
		for (int i = 0; i < day->count; i++)
			if (!day->all[i].gone && day->all[i].lane == lane && (!best || day->all[i].place < best->place))
				best = &day->all[i];
	return best;
}

static struct waiting *should_be_next(struct day *day)
{
	struct waiting *first = first_of(day, 1, 1), *other = first_of(day, 2, 3);
	bool turn = day->strict || day->since < 0 || day->since >= day->every;
	if (first && (turn || !other))
		return first;
	return other ? other : first_of(day, 4, 4);
}

static void call_one(struct day *day, PGconn *counter)
{
	struct waiting *next = should_be_next(day);
	const char *called = one(counter, "SELECT number FROM desk.queue_call_next()");
	assert_string_equal(called, next ? next->number : "");
	if (!next)
		return;
	next->gone = true;
	day->since = next->lane == 1 ? 0 : day->since < 0 ? -1 : day->since + 1;
	one(counter, "SELECT desk.queue_act((SELECT ticket_id FROM desk.queue_mine(1)), 'serve', '')");
}

/* Walks in, belongs to a group, or booked: in time (its moment has come), early, too late. */
static void come(struct day *day, PGconn *machine)
{
	struct waiting *fresh = &day->all[day->count++];
	int kind = dice(10);
	if (kind < 4) {
		strcpy(fresh->number, one(machine, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), 'A', '', '', '')"));
		fresh->lane = 3;
	} else if (kind < 7) {
		strcpy(fresh->number, one(machine, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), 'A', 'gia', '', '')"));
		fresh->lane = 1;
	} else {
		int minutes = kind == 7 ? -1 - dice(9) : kind == 8 ? 60 + dice(60) : -11 - dice(30);
		one(admin(), "INSERT INTO motcua.ticket_booking (unit_id, series, slot, code, login) VALUES (1, 'A',"
			" now() + interval '%d minutes', '%06d', 'man')", minutes, 100000 + day->count);
		strcpy(fresh->number, one(machine, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), '', '', '', '%06d')",
			100000 + day->count));
		fresh->lane = kind == 7 ? 2 : kind == 8 ? 4 : 3;
	}
	fresh->place = atoll(one(admin(), "SELECT (extract(epoch FROM place_at) * 1000000)::bigint FROM motcua.ticket"
		" WHERE motcua.ticket_text(series, number) = '%s'", fresh->number));
}

static void live_a_day(const char *settings, bool strict, int every)
{
	struct day day = { .since = -1, .strict = strict, .every = every };
	hall_empty(settings);
	/* A booked moment near midnight would be of another day. */
	one(admin(), "UPDATE motcua.queue_setting SET grace_minutes = 10");
	PGconn *machine = kiosk(), *counter = at_counter("man", "Q1");
	while (day.count < TICKETS)
		if (dice(3) < 2)
			come(&day, machine);
		else
			call_one(&day, counter);
	for (int left = TICKETS + 1; left > 0; left--)
		call_one(&day, counter);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ticket WHERE state <> 'done' AND kind <> 'x'"), 0);
	PQfinish(machine);
	PQfinish(counter);
}

/* Bookings lie up to two hours off: near midnight they would fall on another day. */
static bool far_from_midnight(void)
{
	return count(admin(), "SELECT (motcua.local(now())::time BETWEEN '01:00' AND '21:30')::int") == 1;
}

void order_is_fair_as_declared(void **state)
{
	(void)state;
	if (!far_from_midnight())
		skip();
	seed = 7;
	live_a_day("{\"policy\":\"strict\"}", true, 0);
	live_a_day("{\"policy\":\"interleaved\",\"every_n\":1}", false, 1);
	live_a_day("{\"policy\":\"interleaved\",\"every_n\":3}", false, 3);
}

/* ---- many at once ---- */

enum { MACHINES = 4, COUNTERS = 6, ROUNDS = 15 };

static void ask_all(PGconn **line, int count, const char *sql)
{
	for (int i = 0; i < count; i++)
		assert_int_equal(PQsendQuery(line[i], sql), 1);
}

static int hear_all(PGconn **line, int count)
{
	int rows = 0;
	for (int i = 0; i < count; i++)
		for (PGresult *result; (result = PQgetResult(line[i])) != NULL; PQclear(result)) {
			if (PQresultStatus(result) != PGRES_TUPLES_OK)
				fail_msg("%s", PQerrorMessage(line[i]));
			rows += PQntuples(result);
		}
	return rows;
}

/* Kiosks take and counters call at the same moments; each counter finishes what it had. */
void numbers_and_calls_are_never_double(void **state)
{
	static const char *const codes[COUNTERS] = { "Q1", "Q2", "Q3", "Q4", "Q5", "Q6" };
	PGconn *machine[MACHINES], *counter[COUNTERS];
	int calls = 0, more;
	(void)state;
	hall_empty("{}");
	for (int i = 0; i < MACHINES; i++)
		machine[i] = kiosk();
	for (int i = 0; i < COUNTERS; i++)
		counter[i] = at_counter(i % 2 ? "khoa" : "man", codes[i]);
	for (int round = 0; round < ROUNDS; round++) {
		ask_all(machine, MACHINES, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), 'A',"
			" CASE WHEN random() < 0.3 THEN 'gia' ELSE '' END, '', '')");
		if (round)
			ask_all(counter, COUNTERS, "SELECT number FROM desk.queue_call_next()");
		assert_int_equal(hear_all(machine, MACHINES), MACHINES);
		calls += round ? hear_all(counter, COUNTERS) : 0;
		ask_all(counter, COUNTERS, "SELECT desk.queue_act(ticket_id, 'serve', '') FROM desk.queue_mine(1) WHERE part = 'here'");
		(void)hear_all(counter, COUNTERS);
	}
	do {
		ask_all(counter, COUNTERS, "SELECT number FROM desk.queue_call_next()");
		calls += more = hear_all(counter, COUNTERS);
		ask_all(counter, COUNTERS, "SELECT desk.queue_act(ticket_id, 'serve', '') FROM desk.queue_mine(1) WHERE part = 'here'");
		(void)hear_all(counter, COUNTERS);
	} while (more);
	assert_int_equal(calls, MACHINES * ROUNDS);
	assert_int_equal(count(admin(), "SELECT count(DISTINCT number) FROM motcua.ticket"), MACHINES * ROUNDS);
	assert_int_equal(count(admin(), "SELECT max(number) FROM motcua.ticket"), MACHINES * ROUNDS);
	assert_int_equal(count(admin(), "SELECT count(DISTINCT ticket_id) FROM motcua.ticket_event WHERE act = 'call'"), MACHINES * ROUNDS);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.ticket_event WHERE act = 'call'"), MACHINES * ROUNDS);
	for (int i = 0; i < MACHINES; i++)
		PQfinish(machine[i]);
	for (int i = 0; i < COUNTERS; i++)
		PQfinish(counter[i]);
}

#define SET "SELECT desk.setting_change('%s', '%s', '%s', '%s', '%s')"
#define SHOWN "SELECT concat_ws('|', v1, v2, v3) FROM desk.unit_settings() WHERE key = '%s' AND name = '%s'"

/* One setting at a time, with a sentence for what is wrong, old and new in the trail. */
void settings_are_changed_one_by_one(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *lan = as("lan");
	(void)state;
	static const char *const wrong[][5] = {
		{ "every_n", "", "99", "", "" }, { "every_n", "", "ba", "", "" }, { "policy", "", "mine", "", "" },
		{ "tell_order", "", "zalo zalo", "", "" }, { "tell_order", "", "fax", "", "" }, { "tell_sms", "", "khong-co", "", "" },
		{ "result_wait_days", "", "lâu", "", "" }, { "cut_off", "", "23:00", "", "" },
		{ "series", "C", "Chứng thực", "Hộ tịch", "0" }, { "series", "C", "Chứng thực", "Không có", "0" }, { "series", "c", "Chứng thực", "", "0" },
		{ "series", "C", "", "", "0" }, { "counter", "Q1", "A", "A", "" }, { "counter", "Q99", "A", "", "" }, { "counter", "Q1", "X", "", "" },
		{ "group", "thuong binh", "Thương binh", "Pháp lệnh", "" }, { "group", "thuong_binh", "Thương binh", "", "" },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		if (strcmp(state_of(hue, SET, wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3], wrong[i][4]), "MC005") != 0)
			fail_msg("%s %s %s was taken", wrong[i][0], wrong[i][1], wrong[i][2]);
	assert_string_equal(state_of(man, SET, "every_n", "", "3", "", ""), "MC004");
	one(hue, SET, "every_n", "", "3", "", "");
	assert_string_equal(one(man, "SELECT v1 FROM desk.unit_settings() WHERE key = 'every_n'"), "3");
	assert_string_equal(one(admin(), "SELECT concat_ws('|', login, what->'old'->>'v1', what->'new'->>'v1') FROM motcua.audit WHERE act = 'setting_change'"
		" ORDER BY at DESC LIMIT 1"), "hue|2|3");
	one(hue, SET, "tell_order", "", "Zalo, SMS", "", "");
	assert_string_equal(one(hue, SHOWN, "tell_order", ""), "zalo sms||");
	one(hue, SET, "series", "C", "Chứng thực", "", "1");
	assert_string_equal(one(man, SHOWN, "series", "C"), "Chứng thực||1");
	assert_string_equal(one(man, SHOWN, "series", "A"), "Hộ tịch|Hộ tịch|0"); /* the others stay */
	one(hue, SET, "counter", "Q1", "a c", "b", "");
	assert_string_equal(one(man, SHOWN, "counter", "Q1"), "A C|B|");
	assert_string_equal(one(man, SHOWN, "counter", "Q4"), "T|A|");
	one(hue, SET, "counter", "Q1", "", "", "");
	assert_string_equal(one(man, SHOWN, "counter", "Q1"), "||");
	one(hue, SET, "group", "thuong_binh", "Thương binh", "Pháp lệnh ưu đãi", "");
	assert_string_equal(one(man, "SELECT string_agg(name, ' ' ORDER BY name) FROM desk.unit_settings() WHERE key = 'group'"), "gia thuong_binh");
	one(hue, SET, "group", "thuong_binh", "", "", "closed");
	/* Nobody's number is left without its series. */
	hall_empty("{}");
	PGconn *machine = kiosk();
	one(machine, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), 'C', '', '', '')");
	assert_string_equal(state_of(hue, SET, "series", "C", "", "", "closed"), "MC005");
	hall_empty("{}");
	one(man, "SELECT code FROM desk.queue_book('C', now() + interval '3 days')");
	assert_string_equal(state_of(hue, SET, "series", "C", "", "", "closed"), "MC005");
	one(admin(), "UPDATE motcua.ticket_booking SET state = 'taken' WHERE series = 'C'");
	one(hue, SET, "series", "C", "", "", "closed");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.unit_settings() WHERE key = 'series'"), 3);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.unit_settings() WHERE key IN ('series', 'group')"), 0);
	PQfinish(machine);
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
}

/* Ended or cancelled by mistake: it waits again in its old place, with a reason that stays; twice is once. */
void what_was_ended_by_mistake_comes_back(void **state)
{
	PGconn *machine = kiosk(), *man = at_counter("man", "Q1"), *lan = as("lan");
	char first[24], second[24];
	(void)state;
	hall_empty("{}");
	for (int i = 0; i < 3; i++)
		one(machine, "SELECT number FROM hall.kiosk_take('00000000-0000-4000-8000-0000000000b%d', 'A', '', '', '')", i);
	snprintf(first, sizeof first, "%s", one(man, "SELECT ticket_id FROM desk.queue_call_next()"));
	snprintf(second, sizeof second, "%s", one(admin(), "SELECT ticket_id FROM motcua.ticket WHERE number = 2 AND day = (SELECT max(day) FROM motcua.ticket)"));
	one(man, "SELECT desk.queue_act(%s, 'done', '')", first);
	one(man, "SELECT desk.queue_cancel(%s, 'người ấy về')", second);
	assert_string_equal(state_of(man, "SELECT desk.queue_reopen(%s, ' ')", first), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.queue_reopen(%s, 'nhầm')", first), "MC008");
	assert_string_equal(one(man, "SELECT desk.queue_reopen(%s, 'bấm nhầm xong')", second), "0");
	assert_string_equal(one(man, "SELECT desk.queue_reopen(%s, 'bấm nhầm xong')", first), "0");
	assert_string_equal(state_of(man, "SELECT desk.queue_reopen(%s, 'bấm nhầm xong')", first), "MC006");
	assert_string_equal(one(man, "SELECT string_agg(act || ':' || note, ' ' ORDER BY at) FROM desk.queue_events(%s) WHERE act IN ('done', 'back')", first),
		"done: back:bấm nhầm xong");
	/* Their old order, before who came later; nothing of the mistake is counted. */
	assert_string_equal(one(admin(), "SELECT state || (serving_at IS NULL) || (done_at IS NULL) FROM motcua.ticket WHERE ticket_id = %s", first), "waitingtruetrue");
	assert_string_equal(one(man, "SELECT number FROM desk.queue_call_next()"), "A001");
	one(man, "SELECT desk.queue_act(%s, 'done', '')", first);
	assert_string_equal(one(man, "SELECT number FROM desk.queue_call_next()"), "A002");
	PQfinish(machine);
	PQfinish(man);
	PQfinish(lan);
}
