/* SPDX-License-Identifier: Apache-2.0
 *
 * What a wait does to the due date: as much as it lasted, whoever ended it. */
#include <stdio.h>

#include "tests/schema/taken_up.h"

/* core/dossier/deadline.c and the database count alike: tests/world/taken_test.c has the same hours. */
static void working_time_is_counted_as_at_the_counter(void **state)
{
#define UNIT "(SELECT code FROM motcua.unit WHERE unit_id = 1)"
	(void)state;
	assert_string_equal(one(admin(), "SELECT motcua.working_between(" UNIT ", '2026-11-20 09:42:40+07', '2026-11-23 11:00:20+07')"), "09:18:00");
	assert_string_equal(one(admin(), "SELECT to_char(motcua.working_add(" UNIT ", '2026-11-26 17:00+07', '9 hours 18 minutes') AT TIME ZONE"
		" 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI')"), "30/11 08:18");
	assert_string_equal(one(admin(), "SELECT to_char(motcua.working_add(" UNIT ", '2026-11-20 11:30+07', '3 hours 30 minutes') AT TIME ZONE"
		" 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI')"), "20/11 17:00");
	assert_string_equal(one(admin(), "SELECT motcua.working_between(" UNIT ", '2026-11-20 18:00+07', '2026-11-22 23:00+07')"), "00:00:00");
}

static void a_system_that_goes_on_moves_the_date_too(void **state)
{
	char want[64];
	(void)state;
	tell("tu-phap", "'steps', jsonb_build_array(jsonb_build_object('status', 5, 'text', 'Thiếu ảnh', 'at', motcua.iso(now() - interval '5 days')))");
	assert_int_equal(status(), 5);
	snprintf(want, sizeof want, "%s", one(admin(), "SELECT motcua.working_add(" UNIT ", due_at, motcua.working_between(" UNIT ","
		" date_trunc('second', now()) - interval '5 days', date_trunc('second', now()) - interval '1 day')) - due_at > interval '0' FROM motcua.dossier"
		" WHERE dossier_id = %s", dossier));
	assert_string_equal(want, "t");
	tell("tu-phap", "'steps', jsonb_build_array(jsonb_build_object('status', 4, 'text', 'Đã đủ', 'at', motcua.iso(now() - interval '1 day')))");
	assert_int_equal(status(), 4);
	assert_string_equal(one(man, "SELECT cause || ' ' || (new_due > old_due) || ' ' || (line LIKE '%%tiếp tục giải quyết.%%làm việc không tính vào thời hạn.%%lùi từ%%')"
		" FROM desk.dossier_due(%s) ORDER BY at DESC", dossier), "supplement true true");
	/* The portal hears the new date with the dossier, and with the step. */
	assert_string_equal(one(admin(), "SELECT bool_and((payload->>'due_at')::timestamptz = d.due_at) || ' ' ||"
		" count(*) FROM (SELECT * FROM motcua.message WHERE dossier_id = %s AND system = 'cong' ORDER BY seq DESC LIMIT 2) m,"
		" motcua.dossier d WHERE d.dossier_id = m.dossier_id", dossier), "true 2");
	/* Told again, nothing moves again. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_due WHERE dossier_id = %s", dossier), 2);
	snprintf(want, sizeof want, "%s", one(admin(), "SELECT motcua.iso(max(at)) FROM motcua.answer WHERE code = '%s' AND status = 4", code));
	one(courier, "SELECT wire.told('tu-phap', '%s', jsonb_build_object('steps', jsonb_build_array(jsonb_build_object('status', 4, 'at', '%s'))))", code, want);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_due WHERE dossier_id = %s", dossier), 2);
}

static void what_the_system_stopped_and_takes_up_moves_the_date(void **state)
{
	(void)state;
	tell("tu-phap", "'steps', jsonb_build_array(jsonb_build_object('status', 4, 'at', motcua.iso(now() - interval '8 days')),"
	     " jsonb_build_object('status', 8, 'text', 'Toà yêu cầu', 'at', motcua.iso(now() - interval '7 days')))");
	assert_int_equal(status(), 8);
	tell("tu-phap", "'steps', jsonb_build_array(jsonb_build_object('status', 4, 'text', 'Xử lý tiếp', 'at', motcua.iso(now() - interval '1 day')))");
	assert_int_equal(status(), 4);
	assert_string_equal(one(man, "SELECT cause || ' ' || (new_due > old_due) || ' ' || (line LIKE '%%\nDừng từ%%làm việc không tính vào thời hạn.%%lùi từ%%')"
		" FROM desk.dossier_due(%s) ORDER BY at DESC", dossier), "incident true true");
	assert_string_equal(one(admin(), "SELECT due_at = motcua.working_add(" UNIT ", (SELECT old_due FROM motcua.dossier_due x WHERE x.dossier_id = d.dossier_id"
		" AND seq = 2), motcua.working_between(" UNIT ", now() - interval '7 days', now() - interval '1 day')) FROM motcua.dossier d WHERE dossier_id = %s",
		dossier), "t");
	/* The portal hears of it. */
	assert_string_equal(one(admin(), "SELECT (payload->>'due_at')::timestamptz = d.due_at FROM motcua.message m JOIN motcua.dossier d USING (dossier_id)"
		" WHERE dossier_id = %s AND system = 'cong' AND kind = 'dossier' ORDER BY seq DESC", dossier), "t");
}

static void no_hand_stretches_a_wait(void **state)
{
	static const char *const off[] = { "40 years", "1 day", "15 minutes", "-30 minutes" };
	(void)state;
	tell("tu-phap", ASK);
	wait_since("4 days");
	for (size_t i = 0; i < sizeof off / sizeof *off; i++)
		assert_string_equal(state_of(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(),
			request(once, "supplement", off[i], "{\"note\":\"đã mang đến\"}")), "MC001");
	assert_int_equal(status(), 5);
	one(man, "SELECT desk.take_up(%s, %ld, '%s')", dossier, version(), request(once, "supplement", "0", "{\"note\":\"đã mang đến\"}"));
	assert_int_equal(status(), 2);
}

static void a_late_word_ends_no_wait(void **state)
{
	(void)state;
	tell("tu-phap", "'steps', jsonb_build_array(jsonb_build_object('status', 4, 'at', motcua.iso(now() - interval '8 days')),"
	     " jsonb_build_object('status', 5, 'text', 'Thiếu ảnh', 'at', motcua.iso(now() - interval '6 days')))");
	tell("tu-phap", "'steps', jsonb_build_array(jsonb_build_object('status', 4, 'text', 'Đã đủ', 'at', motcua.iso(now() - interval '1 day')))");
	one(courier, "SELECT wire.answered('tu-phap', '%s', '', 2, now() - interval '4 days', 'Đang xem', '')", code);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_event WHERE dossier_id = %s AND act = 'told_late'", dossier), 1);
	/* Of the five days of the wait none may be counted again for an incident. */
	assert_string_equal(one(admin(), "SELECT motcua.waited(d) @> (now() - interval '2 days') FROM motcua.dossier d WHERE dossier_id = %s", dossier), "t");
	assert_string_equal(one(admin(), "SELECT motcua.waited(d) @> (now() - interval '12 hours') FROM motcua.dossier d WHERE dossier_id = %s", dossier), "f");
	/* The indicators know the whole wait. */
	one(admin(), "SET search_path = motcua");
	assert_string_equal(one(admin(), "SELECT supplements = 1 AND abs(supplement_s - 5 * 86400) <= 60 FROM kpi_facts(1, current_date, current_date, %s)",
		dossier), "t");
	one(admin(), "RESET search_path");
}

#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
const struct CMUnitTest taken_up_waits[] = {
	T(working_time_is_counted_as_at_the_counter),
	T(a_system_that_goes_on_moves_the_date_too),
	T(what_the_system_stopped_and_takes_up_moves_the_date),
	T(no_hand_stretches_a_wait),
	T(a_late_word_ends_no_wait), { 0 },
};
