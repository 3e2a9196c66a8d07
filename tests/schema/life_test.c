/* SPDX-License-Identifier: Apache-2.0
 *
 * A dossier inside its unit: steps laid out, hands it goes through, and that the
 * database counts and judges as the program does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "core/dossier/deadline.h"
#include "tests/schema/life.h"

PGconn *courier, *man, *khoa, *hue;
char dossier[32], code[64];

static int start(void **state)
{
	if (world_start(state) < 0)
		return -1;
	one(admin(), "SELECT motcua.load('steps', 'test', '["
	    "{\"procedure_code\":\"1.004873\",\"seq\":\"1\",\"name\":\"Tiếp nhận\",\"role\":\"Quầy\",\"held_by\":\"desk\",\"value\":\"0.5\",\"unit\":\"working_day\",\"basis\":\"QT 1\"},"
	    "{\"procedure_code\":\"1.004873\",\"seq\":\"2\",\"name\":\"Thẩm tra\",\"role\":\"Công chức tư pháp\",\"held_by\":\"room\",\"value\":\"2\",\"unit\":\"working_day\",\"basis\":\"QT 1\"},"
	    "{\"procedure_code\":\"1.004873\",\"seq\":\"3\",\"name\":\"Ký\",\"role\":\"Lãnh đạo\",\"held_by\":\"room\",\"value\":\"0.5\",\"unit\":\"working_day\",\"basis\":\"QT 1\"}]')");
	return 0;
}

int life_fresh(void **state)
{
	(void)state;
	man = as("man");
	khoa = as("khoa");
	hue = as("hue");
	courier = as("dua-tin");
	sscanf(one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())"), "%31s %63s", dossier, code);
	return 0;
}

int life_done(void **state)
{
	(void)state;
	PQfinish(courier);
	PQfinish(man);
	PQfinish(khoa);
	PQfinish(hue);
	return 0;
}

long life_status(void)
{
	return count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", dossier);
}

long life_version(void)
{
	return count(admin(), "SELECT version FROM motcua.dossier WHERE dossier_id = %s", dossier);
}

void life_act(PGconn *who, const char *name, const char *reason)
{
	one(who, "SELECT desk.act(%s, %ld, '%s', '%s')", dossier, life_version(), name, reason);
}

void life_side(PGconn *who, const char *act, const char *facts)
{
	one(who, "SELECT desk.side_act(%s, %ld, '%s', '{%s}')", dossier, life_version(), act, facts);
}

const char *life_side_state(PGconn *who, const char *act, const char *facts)
{
	return state_of(who, "SELECT desk.side_act(%s, %ld, '%s', '{%s}')", dossier, life_version(), act, facts);
}

#define STEPS  "SELECT string_agg(seq || ' ' || state, ', ' ORDER BY seq) FROM desk.dossier_steps(%s)"
#define HANDS  "SELECT string_agg(kind || ' ' || coalesce(nullif(name, ''), '-') || ' ' || step, ', ' ORDER BY seq) FROM desk.dossier_holders(%s)"

/* A winter with everything a calendar has: a day off by law, one made up for, one swapped against a worked Saturday that keeps another day's hours,
 * one on which only this unit is shut, a long Tết; sorted by day. */
static const struct {
	int year, month, day, kind;
	int hours_of;
	const char *name;
} OFF[] = {
	{ 2026, 11, 14, DAY_MAKEUP_WORK, 5, "makeup_work" }, { 2026, 11, 16, DAY_SWAP_OFF, 0, "swap_off" },
	{ 2026, 11, 24, DAY_STATUTORY, 0, "statutory" },     { 2026, 12, 8, DAY_CLOSED, 0, "closed" },
	{ 2026, 12, 26, DAY_MAKEUP_WORK, 0, "makeup_work" }, { 2027, 1, 1, DAY_STATUTORY, 0, "statutory" },
	{ 2027, 1, 4, DAY_COMPENSATION, 0, "compensation" }, { 2027, 2, 5, DAY_STATUTORY, 0, "statutory" },
	{ 2027, 2, 6, DAY_STATUTORY, 0, "statutory" },       { 2027, 2, 8, DAY_STATUTORY, 0, "statutory" },
	{ 2027, 2, 9, DAY_STATUTORY, 0, "statutory" },       { 2027, 2, 10, DAY_COMPENSATION, 0, "compensation" },
};
/* This unit's hours: no Friday afternoon, Saturday mornings that receive and do not count, a Wednesday morning that begins in December. */
static const struct {
	int weekday, opens, closes;
	bool working;
	const char *since;
} HOURS[] = {
	{ 1, 420, 690, true, NULL },  { 1, 810, 1020, true, NULL }, { 2, 450, 720, true, NULL },  { 2, 780, 990, true, NULL },
	{ 3, 420, 690, true, "2026-12-01" }, { 3, 810, 1020, true, NULL }, { 4, 420, 690, true, NULL },  { 4, 810, 1020, true, NULL },
	{ 5, 420, 690, true, NULL },  { 6, 420, 690, false, NULL },
};

static void put_calendar(struct calendar_day days[], struct shift shifts[])
{
	for (size_t i = 0; i < COUNT(OFF); i++) {
		days[i] = (struct calendar_day){ .day = day_of(OFF[i].year, OFF[i].month, OFF[i].day), .kind = (enum day_kind)OFF[i].kind, .status = DAY_OFFICIAL, .name = "x", .basis = "x", .hours_of = OFF[i].hours_of };
		one(admin(), "INSERT INTO motcua.holidays (key, digest, loaded_from, added, day, kind, status, name, basis, hours_of, note) VALUES (gen_random_uuid(),"
		             " gen_random_uuid(), 'test', 1, '%d-%d-%d', '%s', 'official', 'x', 'x', %d, '')", OFF[i].year, OFF[i].month, OFF[i].day, OFF[i].name, OFF[i].hours_of);
	}
	for (size_t i = 0; i < COUNT(HOURS); i++) {
		shifts[i] = (struct shift){ .weekday = HOURS[i].weekday, .opens = HOURS[i].opens, .closes = HOURS[i].closes, .intake = true,
			.working = HOURS[i].working, .valid_from = HOURS[i].since ? day_read_iso(HOURS[i].since) : DAY_NONE, .valid_to = DAY_NONE };
		one(admin(), "INSERT INTO motcua.shifts (key, digest, loaded_from, added, unit_code, weekday, opens, closes, intake, working, valid_from) VALUES (gen_random_uuid(),"
		             " gen_random_uuid(), 'test', 1, '30538', %d, time '00:00' + interval '%d minutes', time '00:00' + interval '%d minutes', true, %s, nullif('%s', '')::date)",
		    HOURS[i].weekday, HOURS[i].opens, HOURS[i].closes, HOURS[i].working ? "true" : "false", HOURS[i].since ? HOURS[i].since : "");
	}
}

/* What the database counts is what the counter would: days and halves of days, and the working time that a pause takes. */
static void days_are_counted_alike(void **state)
{
	struct calendar_day days[COUNT(OFF)];
	struct shift shifts[COUNT(HOURS)];
	const struct calendar full = { days, COUNT(days), shifts, COUNT(shifts) }, plain = { 0 };
	unsigned seed = 20261128;
	(void)state;
	for (int i = 0; i < 150; i++) {
		struct arena arena = { 0 };
		struct deadline out;
		struct error err = { 0 };
		char iso[40], until[40], due[40], expected[40];
		double count_of = (double)(1 + rand_r(&seed) % 30) / 2;
		if (i == 50)
			put_calendar(days, shifts);
		const struct calendar *calendar = i < 50 ? &plain : &full;
		moment_t from = moment_of(day_of(2026, 11, 2), 0, 0, 0) + rand_r(&seed) % (120 * 86400), end = from + rand_r(&seed) % (20 * 86400);
		moment_write_iso(from, iso, sizeof iso);
		assert_true(deadline_count(&arena, calendar, &DEADLINE_RULE, from, count_of, LIMIT_WORKING_DAY, &out, &err));
		assert_string_equal(one(admin(), "SELECT motcua.iso(motcua.working_days_after('30538', '%s', %.1f))", iso, count_of), moment_write_iso(out.due, expected, sizeof expected));
		moment_write_iso(out.due, due, sizeof due);
		moment_t before = out.due;
		deadline_pause(&arena, calendar, before, from, end, &out);
		assert_string_equal(one(admin(), "SELECT motcua.iso(CASE WHEN lost > interval '0' THEN motcua.working_add('30538', '%s', lost) ELSE '%s' END)"
		                                 " FROM motcua.working_between('30538', '%s', '%s') lost", due, due, iso, moment_write_iso(end, until, sizeof until)),
		                    moment_write_iso(out.due, expected, sizeof expected));
		arena_free(&arena);
	}
	one(admin(), "DELETE FROM motcua.holidays WHERE loaded_from = 'test'; DELETE FROM motcua.shifts WHERE loaded_from = 'test'");
}

static void steps_are_laid_out_at_reception(void **state)
{
	(void)state;
	assert_string_equal(one(man, STEPS, dossier), "1 current, 2 waiting, 3 waiting");
	/* A Friday morning: half of Monday, to Wednesday noon, its end; 0,5 + 2 + 0,5 is three days. */
	one(admin(), "DELETE FROM motcua.dossier_step WHERE dossier_id = %s", dossier);
	one(admin(), "SELECT motcua.lay_steps(jsonb_populate_record(d, '{\"received_at\":\"2026-11-20T09:41:00+07:00\",\"due_at\":\"2026-11-25T17:00:00+07:00\"}'))"
	             " FROM motcua.dossier d WHERE dossier_id = %s", dossier);
	assert_string_equal(one(man, "SELECT string_agg(to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI'), ', ' ORDER BY seq)"
	                             " FROM desk.dossier_steps(%s)", dossier), "23/11 11:30, 25/11 11:30, 25/11 17:00");
	/* Nothing is promised to a room beyond what the citizen was promised. */
	one(admin(), "DELETE FROM motcua.dossier_step WHERE dossier_id = %s", dossier);
	one(admin(), "SELECT motcua.lay_steps(jsonb_populate_record(d, '{\"received_at\":\"2026-11-20T09:41:00+07:00\",\"due_at\":\"2026-11-24T17:00:00+07:00\"}'))"
	             " FROM motcua.dossier d WHERE dossier_id = %s", dossier);
	assert_string_equal(one(man, "SELECT to_char(max(due_at) AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') FROM desk.dossier_steps(%s)",
	                        dossier), "24/11 17:00");
}

static void hands_follow_the_life(void **state)
{
	(void)state;
	assert_string_equal(one(man, HANDS, dossier), "desk Lê Thị Mận 1");
	assert_string_equal(one(man, "SELECT giver || '/' || giver_place FROM desk.dossier_holders(%s)", dossier), "Nguyễn Thị Hồng/Công dân");
	life_act(man, "process", "");
	assert_string_equal(one(man, STEPS, dossier), "1 done, 2 current, 3 waiting");
	life_act(man, "ask_supplement", "Thiếu ảnh");
	one(courier, "SELECT wire.answered('tu-phap', '%s', '', 4, clock_timestamp(), 'Đã có ảnh', '')", code);
	life_act(man, "finish", "");
	assert_string_equal(one(man, STEPS, dossier), "1 done, 2 done, 3 skipped");
	life_act(hue, "recall", "Sai tên");
	assert_string_equal(one(man, STEPS, dossier), "1 done, 2 done, 3 current");
	life_act(man, "finish", "");
	life_act(man, "return", "");
	assert_string_equal(one(man, HANDS, dossier), "desk Lê Thị Mận 1, room - 2, citizen Nguyễn Thị Hồng 0, room - 2, desk Lê Thị Mận 0,"
	                                              " room - 3, desk Lê Thị Mận 0, ended Nguyễn Thị Hồng 0");
	/* One hand at a time, without a hole between them. */
	assert_string_equal(one(admin(), "SELECT bool_and(until_at IS NOT DISTINCT FROM next) AND count(*) FILTER (WHERE until_at IS NULL) = 1 FROM (SELECT *,"
	                                 " lead(at) OVER (ORDER BY seq) AS next FROM motcua.dossier_holder WHERE dossier_id = %s) h", dossier), "t");
	/* Who gave it: the clerk at the desk, and then whoever held it. */
	assert_string_equal(one(man, "SELECT string_agg(coalesce(nullif(giver, ''), '-'), ', ' ORDER BY seq) FROM desk.dossier_holders(%s)", dossier),
	                    "Nguyễn Thị Hồng, Lê Thị Mận, Lê Thị Mận, Nguyễn Thị Hồng, Lê Thị Mận, Phạm Thu Huệ, Lê Thị Mận, Lê Thị Mận");
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.dossier_holder WHERE dossier_id = %s", dossier), "MC004");
	assert_string_equal(state_of(admin(), "UPDATE motcua.dossier_holder SET name = 'x' WHERE dossier_id = %s", dossier), "MC004");
	PGconn *lan = as("lan");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.dossier_holders(%s)", dossier), "MC008");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.dossier_steps(%s)", dossier), "MC008");
	PQfinish(lan);
}

static void steps_move_with_the_promise(void **state)
{
	(void)state;
	one(admin(), "UPDATE motcua.dossier SET received_at = '2026-11-20T09:41:00+07:00', due_at = '2026-11-25T17:00:00+07:00' WHERE dossier_id = %s", dossier);
	one(admin(), "DELETE FROM motcua.dossier_step WHERE dossier_id = %s", dossier);
	one(admin(), "SELECT motcua.lay_steps(d) FROM motcua.dossier d WHERE dossier_id = %s", dossier);
	one(hue, "SELECT desk.change_due(%s, %ld, 'correction', '2026-11-26T17:00:00+07:00', 'Tính nhầm')", dossier, life_version());
	assert_string_equal(one(man, "SELECT string_agg(to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI'), ', ' ORDER BY seq)"
	                             " FROM desk.dossier_steps(%s)", dossier), "24/11 11:30, 26/11 11:30, 26/11 17:00");
	one(hue, "SELECT desk.change_due(%s, %ld, 'correction', '2026-11-25T17:00:00+07:00', 'Tính đúng')", dossier, life_version());
	assert_string_equal(one(man, "SELECT string_agg(to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI'), ', ' ORDER BY seq)"
	                             " FROM desk.dossier_steps(%s)", dossier), "24/11 11:30, 25/11 17:00, 25/11 17:00");
}

static const struct CMUnitTest own[] = {
	cmocka_unit_test_setup_teardown(days_are_counted_alike, life_fresh, life_done),
	cmocka_unit_test_setup_teardown(steps_are_laid_out_at_reception, life_fresh, life_done),
	cmocka_unit_test_setup_teardown(hands_follow_the_life, life_fresh, life_done),
	cmocka_unit_test_setup_teardown(steps_move_with_the_promise, life_fresh, life_done),
	{ 0 },
};

int main(void)
{
	const struct CMUnitTest *const parts[] = { own, life_acts, life_meets, life_told, life_walk };
	struct CMUnitTest tests[64];
	size_t count_of = 0;
	for (size_t i = 0; i < COUNT(parts); i++)
		for (const struct CMUnitTest *t = parts[i]; t->name; t++)
			tests[count_of++] = *t;
	return _cmocka_run_group_tests("life", tests, count_of, start, world_stop);
}
