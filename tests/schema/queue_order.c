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
