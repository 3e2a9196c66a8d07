/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/schema/board_own.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

#define UNIT "(SELECT unit_id FROM motcua.unit WHERE code = '30538')"

/* Columns of a dossier like :from of the unit, but for its times and system. */
#define LIKE_ONE "INSERT INTO motcua.dossier (unit_id, code, request_id, procedure_code, procedure_name, procedure_row, field,"                 \
	" catalogue_version, channel, counter_code, session_id, login, owner_name, limit_value, limit_unit, limit_source, received_at, due_at,"  \
	" finished_at, status, status_at, route_system, result_by) SELECT d.unit_id, x.code, gen_random_uuid(), x.procedure, 'x',"              \
	" d.procedure_row, d.field, 1, 1, 'Q1', d.session_id, 'man', 'Lê Văn Hẹn', 3, 'working_day', 'confirmed', x.received, x.due, x.done,"    \
	" CASE WHEN x.done IS NULL THEN 4 ELSE 10 END, x.received, x.system, 'counter' FROM motcua.dossier d, "
#define OF_ONE " WHERE d.dossier_id = (SELECT min(dossier_id) FROM motcua.dossier WHERE unit_id = " UNIT ")"

static PGconn *man, *hue;

static void enter(void)
{
	man = as("man");
	hue = as("hue");
	one(man, "SELECT session_id FROM desk.hello('Q1', 1)");
	one(hue, "SELECT session_id FROM desk.hello('', 1)");
}

static void leave(void)
{
	one(admin(), "SET session_replication_role = replica; DELETE FROM motcua.dossier WHERE code LIKE 'F0%%'; RESET session_replication_role");
	PQfinish(man);
	PQfinish(hue);
}

/* A term of ten days ending at the end of today; forty of one kind were done before, ten of them late, thirty at half
 * of their term: of those not done at the share of today's, all were late; of another kind nobody was. */
void the_forecast_counts_what_it_says(void **state)
{
	(void)state;
	enter();
	one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())");
	one(admin(), LIKE_ONE "LATERAL (SELECT 'F0.slow-' || n AS code, 'P.slow' AS procedure, 'tinh' AS system, now() - interval '30 days' AS received,"
		" now() - interval '20 days' AS due, now() - interval '30 days' + CASE WHEN n <= 10 THEN interval '12 days' ELSE interval '5 days' END AS done"
		" FROM generate_series(1, 40) n) x" OF_ONE);
	one(admin(), LIKE_ONE "LATERAL (SELECT 'F0.fast-' || n AS code, 'P.fast' AS procedure, 'tinh' AS system, now() - interval '30 days' AS received,"
		" now() - interval '20 days' AS due, now() - interval '20 days' - interval '1 second' AS done FROM generate_series(1, 40) n) x" OF_ONE);
	one(admin(), LIKE_ONE "(VALUES ('F0.today-slow', 'P.slow'), ('F0.today-fast', 'P.fast'), ('F0.today-other', 'P.other')) v(code, procedure),"
		" LATERAL (SELECT v.code, v.procedure, 'tinh' AS system, motcua.today() + interval '1 day' - interval '1 second' - interval '10 days' AS received,"
		" motcua.today() + interval '1 day' - interval '1 second' AS due, NULL::timestamptz AS done) x" OF_ONE);
	/* (10 + 5 p)/(10 + 5) with p of the system: the kinds differ, a kind of its own is in between. */
	long slow = count(hue, "SELECT chance FROM desk.forecast() WHERE code = 'F0.today-slow'");
	long fast = count(hue, "SELECT chance FROM desk.forecast() WHERE code = 'F0.today-fast'");
	long other = count(hue, "SELECT chance FROM desk.forecast() WHERE code = 'F0.today-other'");
	assert_true(slow > 700 && fast < 100 && other > fast && other < slow);
	assert_string_equal(one(hue, "SELECT seen || ' ' || seen_late FROM desk.forecast() WHERE code = 'F0.today-slow'"), "10 10");
	assert_string_equal(one(hue, "SELECT string_agg(code, ' ') FROM (SELECT code FROM desk.forecast() WHERE part = 'due' AND code LIKE 'F0%%' ) x"),
		"F0.today-slow F0.today-other F0.today-fast");
	/* What waits for the citizen has no clock. */
	one(admin(), "UPDATE motcua.dossier SET status = 5 WHERE code = 'F0.today-slow'");
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.forecast() WHERE code = 'F0.today-slow'"), 0);
	/* Due in three days and half its term to go: nothing; nine tenths gone: a letter in time, unless one was sent. */
	one(admin(), "UPDATE motcua.dossier SET status = 4, received_at = motcua.today() - interval '27 days', due_at = motcua.today() + interval '3 days 17 hours'"
		" WHERE code = 'F0.today-slow'");
	assert_string_equal(one(hue, "SELECT part FROM desk.forecast() WHERE code = 'F0.today-slow'"), "apology");
	one(admin(), "INSERT INTO motcua.dossier_due SELECT unit_id, dossier_id, 1, now() - interval '1 day', 'extension', 'man', due_at, due_at, 'x'"
		" FROM motcua.dossier WHERE code = 'F0.today-slow'");
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.forecast() WHERE code = 'F0.today-slow'"), 0);
	assert_string_equal(state_of(man, "SELECT * FROM desk.forecast()"), "MC004");
	one(admin(), "SET session_replication_role = replica; DELETE FROM motcua.dossier_due x USING motcua.dossier d WHERE d.dossier_id = x.dossier_id"
		" AND d.code LIKE 'F0%%'; RESET session_replication_role");
	leave();
}

/* Sixty days of a unit with two systems: one is done on the last day and never late, the other half a day early or late by
 * chance.  Asked each morning, the forecast of the number late is near what came, and knows more than the average. */
void its_error_is_measured_on_simulated_days(void **state)
{
	(void)state;
	enter();
	one(admin(), "SELECT setseed(0.31)");
	one(admin(), LIKE_ONE "LATERAL (SELECT 'F0.sim-' || n AS code, 'P' || n %% 3 AS procedure, (ARRAY['tu-phap', 'tinh'])[1 + n %% 2] AS system, r AS received,"
		" r + interval '3 days' AS due, r + interval '3 days' * (CASE WHEN n %% 2 = 0 THEN 0.9 + 0.099 * random() ELSE 0.75 + 0.5 * random() ^ 2 END) AS done"
		" FROM (SELECT n, motcua.today() - interval '60 days' + interval '1 day' * (n / 20) + interval '9 hours' * random() + interval '7 hours' AS r"
		" FROM generate_series(1, 1200) n) q) x" OF_ONE);
	one(admin(), "UPDATE motcua.dossier SET finished_at = NULL, status = 4 WHERE code LIKE 'F0.sim%%' AND finished_at > now()");
	char got[200];
	snprintf(got, sizeof got, "%s", one(hue, "SELECT concat_ws(' ', days, dossiers, predicted, came,"
		" off, beside) FROM desk.forecast_trial(20)"));
	int days = 0, dossiers = 0, predicted = 0, came = 0, off = 0, beside = 0; /* in hundredths */
	assert_int_equal(sscanf(got, "%d %d %d %d %d %d", &days, &dossiers, &predicted, &came, &off, &beside), 6);
	print_message("forecast on simulated days: %s (days, dossiers; in hundredths: said late a day, were late, off, squared error beside the average's)\n", got);
	assert_int_equal(days, 20);
	assert_true(dossiers > 50 && came > 50);
	assert_true(predicted > came * 6 / 10 && predicted < came * 15 / 10);
	assert_true(off < came && beside < 95);
	leave();
}

void lateness_comes_by_itself_once(void **state)
{
	PGconn *courier = as("dua-tin");
	char id[24];
	(void)state;
	enter();
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
#define TASKS "SELECT count(*) FROM motcua.problem WHERE kind = 'late' AND dossier_id = %s"
	one(courier, "SELECT wire.watch()");
	assert_int_equal(count(admin(), TASKS, id), 0);
	one(admin(), "UPDATE motcua.dossier SET due_at = now() - interval '2 hours' WHERE dossier_id = %s", id);
	one(courier, "SELECT wire.watch()");
	one(courier, "SELECT wire.watch()");
	assert_int_equal(count(admin(), TASKS " AND solved_at IS NULL", id), 1);
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.board_list('problems', '', 1000) WHERE dossier_id = %s", id), 1);
	assert_non_null(strstr(one(hue, "SELECT said FROM desk.tasks(1000) WHERE dossier_id = %s AND kind = 'late'", id), "Quá hạn từ "));
	/* The clerk's day counts what the list of the nearly late has in time for an apology. */
	assert_string_equal(one(man, "SELECT soon = (SELECT count(*) FROM desk.soon_late(1000) WHERE urgency <> 'missed' AND extensions = 0) FROM desk.day_limits()"), "t");
	/* Told, looked at, put aside: it does not come again for this date; for another it does. */
	one(admin(), "UPDATE motcua.problem SET solved_at = now() WHERE kind = 'late' AND dossier_id = %s", id);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(count(admin(), TASKS, id), 1);
	one(admin(), "UPDATE motcua.dossier SET due_at = now() - interval '1 hour' WHERE dossier_id = %s", id);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(count(admin(), TASKS " AND solved_at IS NULL", id), 1);
	/* Done: the task is over by itself. */
	one(man, "SELECT desk.act(%s, (SELECT version FROM desk.dossier(%s)), 'finish', '')", id, id);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(count(admin(), TASKS " AND solved_at IS NULL", id), 0);
	PQfinish(courier);
	leave();
}

/* Everywhere a dossier can be called late: the board, the day, the province, the tasks, whose hands it lies in, Biểu 06, the list of late ones. */
static const struct {
	const char *what, *late;
} JUDGES[] = {
	{ "board", "SELECT count(*) FROM desk.board_list('late', '', 1000) WHERE dossier_id = %s" },
	{ "officer", "SELECT count(*) FROM desk.board_list('officer_late', 'man', 1000) WHERE dossier_id = %s" },
	{ "day", "SELECT count(*) FROM desk.day_list('late', 1000) WHERE dossier_id = %s" },
	{ "tasks", "SELECT count(*) FROM desk.tasks(1000) WHERE dossier_id = %s AND kind = 'late'" },
	{ "held by", "SELECT count(*) FROM desk.held_by('man', 1000) WHERE dossier_id = %s AND late" },
	{ "hands", "SELECT late - (SELECT count(*) FROM desk.held_by('man', 1000) WHERE late AND dossier_id <> %s) FROM desk.hands() WHERE login = 'man'" },
	{ "form 06", "SELECT sum(overdue) - (SELECT count(*) FROM desk.report_late(current_date - 30, current_date, NULL, '', false, '') r WHERE r.ended_at IS NULL"
	             " AND r.key <> '%s') FROM desk.report_form06(current_date - 30, current_date, NULL, '', false, '')" },
	{ "late list", "SELECT count(*) FROM desk.report_late(current_date - 30, current_date, NULL, '', false, '') WHERE key = '%s'" },
};

/* Three days over its date: late by every judge while it is worked on, by none while papers or money are waited for. */
void a_clock_that_stands_is_late_nowhere(void **state)
{
	static const int statuses[] = { 4, 5, 6, 2 };
	PGconn *courier = as("dua-tin");
	char id[24], code[64];
	(void)state;
	enter();
	one(admin(), "UPDATE motcua.unit SET province_code = '91' WHERE code = '30538'");
	one(admin(), "SELECT motcua.province_add('tinh-muon', '91', 'Người theo dõi muộn', '', 'motcua-tap-duyet')");
	PGconn *province = as("tinh-muon");
	sscanf(one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())"), "%23s %63s", id, code);
	one(admin(), "UPDATE motcua.dossier SET received_at = now() - interval '9 days', due_at = now() - interval '3 days' WHERE dossier_id = %s", id);
	for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
		bool late = statuses[i] == 2 || statuses[i] == 4;
		one(admin(), "UPDATE motcua.dossier SET status = %d, status_at = now() - interval '4 days' WHERE dossier_id = %s", statuses[i], id);
		one(courier, "SELECT wire.watch()");
		for (size_t j = 0; j < sizeof JUDGES / sizeof JUDGES[0]; j++) {
			long said = count(hue, JUDGES[j].late, id);
			if (said != late)
				fail_msg("status %d: %s says %ld", statuses[i], JUDGES[j].what, said);
		}
		assert_int_equal(count(province, "SELECT count(*) FROM province.list('30538', 'late', 1000) WHERE code = '%s'", code), late);
		one(admin(), "DELETE FROM motcua.problem WHERE kind = 'late' AND dossier_id = %s", id);
	}
	PQfinish(province);
	PQfinish(courier);
	leave();
}

/* What a courier's vigil calls marks both kinds, whichever migration wrote it last: what is silent and what is late. */
void the_watch_watches_everything(void **state)
{
	PGconn *courier = as("dua-tin");
	char id[24];
	(void)state;
	enter();
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	one(admin(), "SET session_replication_role = replica; UPDATE motcua.message SET made_at = now() - interval '400 hours' WHERE dossier_id = %s;"
		" UPDATE motcua.dossier SET received_at = now() - interval '24 hours 1 second',"
		" due_at = now() - interval '90 minutes' WHERE dossier_id = %s;"
		" RESET session_replication_role", id, id);
	one(courier, "SELECT wire.watch()");
	assert_string_equal(one(admin(), "SELECT string_agg(DISTINCT kind, ' ' ORDER BY kind) FROM motcua.problem WHERE dossier_id = %s AND solved_at IS NULL", id), "late silent");
	PQfinish(courier);
	leave();
}

void loads_follow_the_hands(void **state)
{
	char id[24];
	(void)state;
	enter();
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	one(admin(), "UPDATE motcua.stream SET travel = 'received' WHERE dossier_id = %s", id);
	one(admin(), "UPDATE motcua.dossier SET due_at = now() - interval '1 day' WHERE dossier_id = %s", id);
	long before = count(hue, "SELECT n2 FROM desk.board() WHERE part = 'officer' AND key = 'khoa'");
	one(admin(), "SET session_replication_role = replica; UPDATE motcua.dossier_holder SET kind = 'room', login = 'khoa', place = 'Phòng Tư pháp'"
		" WHERE dossier_id = %s AND until_at IS NULL; RESET session_replication_role", id);
	assert_int_equal(count(hue, "SELECT n2 FROM desk.board() WHERE part = 'officer' AND key = 'khoa'"), before + 1);
	assert_string_equal(one(hue, "SELECT who || ' ' || whose || '|' || words FROM desk.board_list('officer_late', 'khoa', 1000) WHERE dossier_id = %s", id),
		"room khoa|Trần Đăng Khoa");
	leave();
}

/* Practice alone has invented weeks, once, and nothing of them is sent. */
void practice_weeks_are_made_once(void **state)
{
	(void)state;
	enter();
	one(admin(), "UPDATE motcua.unit SET practice = false WHERE code = '30538'");
	assert_string_equal(state_of(hue, "SELECT desk.practice_days()"), "MC004");
	one(admin(), "UPDATE motcua.unit SET practice = true WHERE code = '30538'");
	assert_string_equal(state_of(man, "SELECT desk.practice_days()"), "MC004");
	long made = count(hue, "SELECT desk.practice_days()");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier WHERE note = 'Số liệu tập duyệt'"), made);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.stream s JOIN motcua.dossier d USING (unit_id, dossier_id)"
		" WHERE d.note = 'Số liệu tập duyệt' AND s.open"), 0);
	assert_true(count(hue, "SELECT n1 FROM desk.board() WHERE part = 'figure' AND key = 'late'") > 0);
	assert_string_equal(state_of(hue, "SELECT desk.practice_days()"), "MC005");
	/* Made on a day off, too. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier WHERE received_at > clock_timestamp()"), 0);
	leave();
}
