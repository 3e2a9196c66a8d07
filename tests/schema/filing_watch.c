/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/schema/filing_own.h"

#include <stdio.h>

#include "tests/check.h"
#include "tests/support/world.h"

static PGconn *man, *hue, *courier;

static void enter(void)
{
	man = as("man");
	hue = as("hue");
	courier = as("dua-tin");
	one(man, "SELECT session_id FROM desk.hello('Q1', 1)");
	one(hue, "SELECT session_id FROM desk.hello('', 1)");
}

static void leave(void)
{
	PQfinish(man);
	PQfinish(hue);
	PQfinish(courier);
}

static long figure(const char *key)
{
	return count(hue, "SELECT n1 FROM desk.board() WHERE part = 'figure' AND key = '%s'", key);
}

static long tasks(const char *kind)
{
	return count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE kind = '%s'", kind);
}

/* A filing is on the board while it waits for the desk, late when its hours are over, and then a task, once. */
void a_filing_that_waits_is_watched(void **state)
{
	(void)state;
	enter();
#define CODE "G22.99-20261125-0000077"
	long waiting = figure("filings"), late = figure("filings_late"), problems = figure("problems");
	listed(courier, CODE, 1, "20261125090000");
	told(courier, CODE, "{\"files\":[]}");
	one(admin(), "UPDATE motcua.filing SET deadline = now() + interval '1 hour' WHERE foreign_code = '" CODE "'");
	one(courier, "SELECT wire.watch()");
	assert_int_equal(figure("filings"), waiting + 1);
	assert_int_equal(figure("filings_late"), late);
	assert_int_equal(tasks("late_filing"), late);
	one(admin(), "UPDATE motcua.filing SET deadline = now() - interval '1 hour' WHERE foreign_code = '" CODE "'");
	one(courier, "SELECT wire.watch()");
	one(courier, "SELECT wire.watch()");
	assert_int_equal(figure("filings_late"), late + 1);
	assert_int_equal(figure("problems"), problems + 1);
	assert_int_equal(count(man, "SELECT problems FROM desk.day()"), problems + 1);
	assert_string_equal(one(man, "SELECT code || ' ' || dossier_id || ' ' || (said LIKE '%%hết hạn kiểm tra từ%%') FROM desk.tasks(1000) WHERE kind = 'late_filing'"
		" AND code = '" CODE "'"), CODE " 0 true");
	/* Put aside: not again for this limit. */
	one(man, "SELECT desk.task_done(problem_id, 'Đang gọi công dân') FROM desk.tasks(1000) WHERE kind = 'late_filing' AND code = '" CODE "'");
	one(courier, "SELECT wire.watch()");
	assert_int_equal(tasks("late_filing"), late);
	/* Examined: no more on the board, and a task that was open is over by itself. */
	one(admin(), "UPDATE motcua.filing SET deadline = now() - interval '2 hours' WHERE foreign_code = '" CODE "'");
	one(courier, "SELECT wire.watch()");
	assert_int_equal(tasks("late_filing"), late + 1);
	one(man, "SELECT paper_number FROM desk.turn_away(%s)", asking(man, CODE, "{\"kind\":\"supplement\",\"reasons\":[\"thiếu chữ ký\"]}"));
	one(courier, "SELECT wire.watch()");
	assert_int_equal(tasks("late_filing"), late);
	assert_int_equal(figure("filings"), waiting);
	assert_int_equal(figure("problems"), problems);
#undef CODE
	leave();
}

#define OVER(id) count(man, "SELECT count(*) FROM desk.supplements_over(1000) WHERE dossier_id = %s", id)

static void last_day_was_yesterday(const char *id)
{
	one(admin(), "UPDATE motcua.supplement_asked SET until = (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 1 WHERE dossier_id = %s", id);
}

/* The citizen's last day is over: on the board, in the list, a task; not when it is today, nor when nothing is waited for any more. */
void a_supplement_that_does_not_come_is_watched(void **state)
{
	char id[24];
	(void)state;
	enter();
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	long before = figure("supplements_over");
	one(man, "SELECT version FROM desk.act(%s, 1, 'ask_supplement', 'thiếu ảnh', ('{\"until\":\"' || (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date || '\"}')::jsonb)", id);
	assert_int_equal(OVER(id), 0);
	last_day_was_yesterday(id);
	assert_int_equal(OVER(id), 1);
	assert_int_equal(figure("supplements_over"), before + 1);
	assert_int_equal(count(man, "SELECT unbrought FROM desk.day_limits()"), before + 1);
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.board_list('supplements_over', '', 1000) WHERE dossier_id = %s", id), 1);
	one(courier, "SELECT wire.watch()");
	one(courier, "SELECT wire.watch()");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE kind = 'late_supplement' AND dossier_id = %s", id), 1);
	one(hue, "SELECT version FROM desk.act(%s, (SELECT version FROM desk.dossier(%s)), 'stop', 'Quá hạn bổ sung')", id, id);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(OVER(id), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE kind = 'late_supplement' AND dossier_id = %s", id), 0);
	/* A later request of a system says no day of ours: the old one is no limit of it. */
	one(admin(), "UPDATE motcua.dossier SET status = 5, status_at = now() + interval '1 second' WHERE dossier_id = %s", id);
	assert_int_equal(OVER(id), 0);
	leave();
}

/* The same of a linked procedure of another agency: seven working days, then stop. */
void a_linked_supplement_is_watched(void **state)
{
	char id[24];
	(void)state;
	enter();
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req('{\"linked\":{\"group\":\"LT9\"}}'))"));
	one(man, "SELECT desk.linked_act(%s, 2, 'begin', '{\"text\":\"Công an báo\",\"due\":\"2030-01-07T17:00:00+07:00\"}')", id);
	one(man, "SELECT desk.linked_act(%s, 2, 'ask', '{\"text\":\"Ảnh\"}')", id);
	assert_int_equal(OVER(id), 0);
	one(admin(), "UPDATE motcua.linked_part p SET until_at = now() - interval '1 hour' FROM motcua.linked_part o WHERE o.dossier_id = %s"
		" AND p.linked_id = o.linked_id AND p.seq = 2", id);
	assert_string_equal(one(man, "SELECT member FROM desk.supplements_over(1000) WHERE dossier_id = %s", id), "Thường trú");
	one(courier, "SELECT wire.watch()");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE kind = 'late_linked' AND dossier_id = %s", id), 1);
	one(man, "SELECT desk.linked_act(%s, 2, 'stop', '{\"text\":\"Quá 07 ngày làm việc\"}')", id);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(OVER(id), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE kind = 'late_linked' AND dossier_id = %s", id), 0);
	leave();
}
