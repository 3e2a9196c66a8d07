/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers booked at home: called off with a reason, and no plan closes a series over somebody's head. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/schema/queue_own.h"

/* A number booked for today, whatever the hour; its booking_id is left in "id". */
static void book_today(const char *series, const char *code, char id[24])
{
	snprintf(id, 24, "%s", one(admin(), "INSERT INTO motcua.ticket_booking (unit_id, series, slot, code, login) VALUES (1, '%s', now(), '%s', 'man') RETURNING booking_id",
		series, code));
}

void booked_slots_are_limited(void **state)
{
	PGconn *man = at_counter("man", "Q1"), *machine = kiosk();
	(void)state;
	hall_empty("{\"slot_places\":2}");
	const char *sql = "SELECT code FROM desk.queue_book('A', date_trunc('hour', now()) + interval '26 hours')";
	char code[16];
	for (int i = 0; i < 2; i++) { /* the second time the reply was lost */
		const char *made = one(man, "SELECT code FROM desk.queue_book('A', date_trunc('hour', now()) + interval '26 hours',"
			" '66666666-6666-4666-8666-666666666666')");
		assert_int_equal(strlen(made), 6);
		assert_true(i == 0 || strcmp(made, code) == 0);
		snprintf(code, sizeof code, "%s", made);
	}
	assert_int_equal(strlen(one(man, "%s", sql)), 6);
	assert_string_equal(state_of(man, "%s", sql), "MC005");
	assert_string_equal(last_hint(), "slot");
	assert_string_equal(state_of(man, "SELECT * FROM desk.queue_book('A', now() - interval '1 hour')"), "MC005");
	/* Not of today, and not guessed. */
	assert_string_equal(state_of(machine, "SELECT * FROM hall.kiosk_take(gen_random_uuid(), '', '', '', '%s')",
		one(admin(), "SELECT code FROM motcua.ticket_booking LIMIT 1")), "MC008");
	PQfinish(man);
	PQfinish(machine);
}

#define TYPED(code) "SELECT number FROM hall.kiosk_take(gen_random_uuid(), '', '', '', '" code "')"

/* The code opens nothing and says why, its place is another's; what a kiosk without a server gave for it stays a number, in order of coming. */
void a_booking_is_called_off(void **state)
{
	PGconn *man = at_counter("man", "Q1"), *hue = at_counter("hue", "Q2"), *lan = at_counter("lan", "Q1"), *machine = kiosk();
	char id[24], later[24], today[16];
	(void)state;
	hall_empty("{\"slot_places\":1}");
	book_today("A", "200001", id);
	assert_string_equal(one(man, "SELECT code || ' ' || series || ' ' || state || ' ' || lapsed || by_name FROM desk.bookings(10)"), "200001 A open falseLê Thị Mận");
	assert_string_equal(state_of(man, "SELECT desk.booking_cancel(%s, ' ')", id), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.booking_cancel(%s, 'nhầm')", id), "MC008");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.bookings(10)"), 0);
	one(man, "SELECT desk.booking_cancel(%s, 'Hệ thống bảo trì, đã gọi báo')", id);
	one(man, "SELECT desk.booking_cancel(%s, 'Hệ thống bảo trì, đã gọi báo')", id); /* the answer was lost */
	assert_string_equal(state_of(hue, "SELECT desk.booking_cancel(%s, 'nhầm')", id), "MC006");
	assert_string_equal(one(man, "SELECT state || ' ' || ended_by || ' ' || reason || ' ' || lapsed FROM desk.bookings(10)"),
	                    "cancelled Lê Thị Mận Hệ thống bảo trì, đã gọi báo false");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'booking_cancel' AND what->>'booking' = '%s'", id), 1);
	assert_string_equal(state_of(machine, TYPED("200001")), "MC006");
	assert_string_equal(state_of(machine, TYPED("200009")), "MC008");
	assert_int_equal(count(machine, "SELECT count(*) FROM hall.kiosk_bookings(3)"), 0);
	/* Its place is free. */
	const char *slot = "SELECT code FROM desk.queue_book('A', date_trunc('hour', now()) + interval '26 hours')";
	assert_int_equal(strlen(one(man, "%s", slot)), 6);
	assert_string_equal(state_of(man, "%s", slot), "MC005");
	snprintf(later, sizeof later, "%s", one(admin(), "SELECT max(booking_id) FROM motcua.ticket_booking"));
	one(man, "SELECT desk.booking_cancel(%s, 'người hẹn báo bận')", later);
	assert_int_equal(strlen(one(man, "%s", slot)), 6);
	/* A kiosk that had taken the code along and hears of it too late. */
	snprintf(today, sizeof today, "%s", one(admin(), "SELECT motcua.local(now())::date"));
	one(machine, "SELECT * FROM hall.kiosk_reserve('{A}', 10)");
	one(machine, "SELECT hall.kiosk_reconcile(jsonb_build_array(jsonb_build_object('request', gen_random_uuid(), 'day', '%s', 'series', 'A', 'number', 901,"
		" 'priority', '', 'taken_at', now(), 'person', '', 'booking', '200001')))", today);
	assert_string_equal(one(admin(), "SELECT kind || ' ' || state || ' ' || (slot IS NULL) FROM motcua.ticket WHERE number = 901"), "walk_in waiting true");
	/* It is a number already: that number's to cancel. */
	book_today("A", "200002", id);
	assert_string_equal(one(machine, TYPED("200002")), "A001");
	assert_string_equal(state_of(man, "SELECT desk.booking_cancel(%s, 'nhầm')", id), "MC006");
	assert_string_equal(one(man, "SELECT state || ' ' || number FROM desk.bookings(10) WHERE code = '200002'"), "taken A001");
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
	PQfinish(machine);
}

#define PLAN(series) "SELECT motcua.queue_import('{\"unit\":\"30538\",\"series\":[" series "],\"settings\":{\"slot_places\":7}}')"
#define A_B "{\"series\":\"A\",\"name\":\"Hộ tịch\",\"fields\":[\"Hộ tịch\"]},{\"series\":\"B\",\"name\":\"Đất đai\",\"fields\":[]}"
#define A_ONLY "{\"series\":\"A\",\"name\":\"Hộ tịch\",\"fields\":[\"Hộ tịch\"]}"
/* A plan without a series that somebody is booked or waits in is refused whole: series, settings, bookings stay as they were. */
void no_plan_closes_over_a_head(void **state)
{
	PGconn *man = at_counter("man", "Q1"), *machine = kiosk();
	char id[24], plan[4000], before[4000];
	(void)state;
	hall_empty("{\"slot_places\":2}");
	/* What other tests made of the queue comes back at the end. */
	snprintf(before, sizeof before, "%s", one(admin(), "SELECT jsonb_agg(jsonb_build_object('series', series, 'name', name, 'fields', fields, 'quick', quick) ORDER BY sort)"
		" FROM motcua.queue_series WHERE unit_id = 1 AND active"));
	one(admin(), PLAN(A_B));
	one(admin(), "SELECT motcua.queue_import('{\"unit\":\"30538\",\"settings\":{\"slot_places\":2}}')");
	snprintf(id, sizeof id, "%s", one(admin(), "INSERT INTO motcua.ticket_booking (unit_id, series, slot, code, login)"
		" VALUES (1, 'B', now() + interval '3 days', '300001', 'man') RETURNING booking_id"));
	assert_string_equal(state_of(admin(), PLAN(A_ONLY)), "MC005");
	assert_string_equal(last_hint(), "series");
	assert_string_equal(one(admin(), "SELECT string_agg(series, '' ORDER BY series) || (SELECT slot_places FROM motcua.queue_setting WHERE unit_id = 1)"
		" FROM motcua.queue_series WHERE unit_id = 1 AND active"), "AB2");
	assert_string_equal(one(admin(), "SELECT state FROM motcua.ticket_booking WHERE booking_id = %s", id), "open");
	/* Other changes go through; called off, the series may go; not while somebody waits in it. */
	one(admin(), PLAN(A_B));
	one(man, "SELECT desk.booking_cancel(%s, 'Bỏ dãy B, đã gọi báo')", id);
	assert_string_equal(one(machine, "SELECT number FROM hall.kiosk_take(gen_random_uuid(), 'B', '', '', '')"), "B001");
	assert_string_equal(state_of(admin(), PLAN(A_ONLY)), "MC005");
	one(admin(), "UPDATE motcua.ticket SET state = 'cancelled' WHERE number = 1 AND series = 'B'");
	assert_string_equal(state_of(admin(), PLAN(A_ONLY)), "");
	/* Of a day that is over nobody comes any more. */
	one(admin(), PLAN(A_B));
	one(admin(), "INSERT INTO motcua.ticket_booking (unit_id, series, slot, code, login) VALUES (1, 'B', now() - interval '2 days', '300002', 'man')");
	assert_string_equal(state_of(admin(), PLAN(A_ONLY)), "");
	snprintf(plan, sizeof plan, "SELECT motcua.queue_import('{\"unit\":\"30538\",\"series\":%.3800s}')", before);
	one(admin(), "%s", plan);
	PQfinish(man);
	PQfinish(machine);
}
