/* SPDX-License-Identifier: Apache-2.0
 *
 * Random lives: from any state that can be reached only the lawful steps are open, to a clerk and to a supervisor,
 * and what the database allows is what the program's table says; due dates explain themselves over random pauses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "core/dossier/deadline.h"
#include "core/dossier/lifecycle.h"
#include "tests/schema/life.h"

static unsigned seed = 20261128;

static void tables_are_one(void **state)
{
	char ours[4000] = "", row[80];
	(void)state;
	for (int from = 0; from <= 10; from++)
		for (int to = 1; to <= 10; to++)
			for (const struct transition *t = TRANSITIONS; t->act; t++)
				if (t->from == from && t->to == to) {
					snprintf(row, sizeof row, "%d %d %s %s %d\n", from, to, t->act, t->form, t->supervisor);
					strcat(ours, row);
				}
	/* Two acts between the same statuses: the order of the alphabet is not the table's. */
	assert_string_equal(one(admin(), "SELECT string_agg(format('%%s %%s %%s %%s %%s', from_status, to_status, act, form, (who = 'supervisor')::int) || E'\\n', ''"
	                                 " ORDER BY from_status, to_status, act = 'decline') FROM motcua.transition"), ours);
}

/* What the database shows somebody is the program's table from here. */
static void open_acts(PGconn *who, bool supervisor)
{
	char expected[400] = "";
	int from = (int)life_status();
	for (int to = 1; to <= 10; to++)
		for (const struct transition *t = TRANSITIONS; t->act; t++)
			if (t->from == from && t->to == to && (supervisor || !t->supervisor)) {
				strcat(expected, t->act);
				strcat(expected, " ");
			}
	assert_string_equal(one(who, "SELECT coalesce(string_agg(act || ' ', '' ORDER BY to_status, act = 'decline'), '') FROM desk.may(%s)"
	                             " WHERE to_status > 0", dossier), expected);
}

/* Ends a wait as the counter does: the pause of the calendar, with its sentences. */
static bool take_up(PGconn *who, const char *act)
{
	static const struct calendar calendar;
	struct arena arena = { 0 };
	struct deadline out;
	moment_t from, until, due;
	char request[2000];
	long long since, now, old;
	sscanf(one(admin(), "SELECT extract(epoch FROM status_at)::bigint || ' ' || extract(epoch FROM date_trunc('second', now()))::bigint || ' ' ||"
	                    " extract(epoch FROM due_at)::bigint FROM motcua.dossier WHERE dossier_id = %s", dossier), "%lld %lld %lld", &since, &now, &old);
	from = (moment_t)since, until = (moment_t)now, due = (moment_t)old;
	deadline_pause(&arena, &calendar, due, from, until, &out);
	char line[600] = "", due_text[40], now_text[40];
	for (size_t i = 0; i < out.lines.count; i++)
		snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s", i ? "\\n" : "", out.lines.items[i]);
	snprintf(request, sizeof request, "{\"request_id\":\"%s\",\"act\":\"%s\",\"computed_at\":\"%s\",\"due_at\":\"%s\",\"line\":\"%s\",\"note\":\"Đã đủ\"}",
	         one(admin(), "SELECT gen_random_uuid()"), act, moment_write_iso(until, now_text, sizeof now_text),
	         moment_write_iso(out.due, due_text, sizeof due_text), line);
	const char *state = state_of(who, "SELECT desk.take_up(%s, %ld, '%s')", dossier, life_version(), request);
	arena_free(&arena);
	return !*state;
}

/* Each row begins where the one before ended, the last is the dossier's date, and the hours that the sentences name
 * are the working time between the dates. */
static void explains_itself(void)
{
	assert_string_equal(one(admin(), "SELECT coalesce(bool_and(old_due IS NOT DISTINCT FROM before), true) FROM (SELECT seq, old_due, lag(new_due) OVER (ORDER BY seq)"
	                                 " AS before FROM motcua.dossier_due WHERE dossier_id = %s) x WHERE seq > 1", dossier), "t");
	assert_string_equal(one(admin(), "SELECT (SELECT new_due FROM motcua.dossier_due x WHERE x.dossier_id = d.dossier_id ORDER BY seq DESC LIMIT 1)"
	                                 " IS NOT DISTINCT FROM d.due_at FROM motcua.dossier d WHERE dossier_id = %s", dossier), "t");
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.dossier_due x CROSS JOIN LATERAL regexp_match(line, ': (\\d+) giờ( (\\d+) phút)? làm việc') m"
	                                 " WHERE dossier_id = %s AND seq > 1 AND cause <> 'undo' AND make_interval(hours => m[1]::int, mins => coalesce(m[3], '0')::int)"
	                                 " IS DISTINCT FROM motcua.working_between('30538', old_due, new_due)", dossier), "0");
	/* What was undone is as it was. */
	assert_string_equal(one(admin(), "SELECT coalesce(bool_and(new_due = before), true) FROM (SELECT cause, new_due, lag(old_due) OVER (ORDER BY seq) AS before"
	                                 " FROM motcua.dossier_due WHERE dossier_id = %s) x WHERE cause = 'undo'", dossier), "t");
	/* As many as there were pauses of some working time. */
	assert_string_equal(one(admin(), "SELECT count(*) FILTER (WHERE cause IN ('supplement', 'payment', 'incident')) = (SELECT count(*) FROM motcua.taken_up t"
	                                 " WHERE t.dossier_id = %s AND t.old_due <> t.new_due) FROM motcua.dossier_due WHERE dossier_id = %s", dossier, dossier), "t");
}

/* While it is worked on one step is the current one, of an ended dossier none, and there is never a second. */
#define STEP_RULE "CASE WHEN d.status IN (2, 4) THEN count(*) FILTER (WHERE s.state = 'current') = 1 WHEN d.status IN (3, 8, 9, 10)" \
	" THEN count(*) FILTER (WHERE s.state = 'current') = 0 ELSE count(*) FILTER (WHERE s.state = 'current') <= 1 END"
static void one_current_step(const char *after)
{
	if (strcmp(one(admin(), "SELECT " STEP_RULE " FROM motcua.dossier d JOIN motcua.dossier_step s USING (unit_id, dossier_id) WHERE d.dossier_id = %s GROUP BY d.status",
	               dossier), "t") != 0)
		fail_msg("after %s at status %ld: %s", after, life_status(), one(admin(), "SELECT string_agg(seq || ' ' || state, ', ' ORDER BY seq) FROM motcua.dossier_step"
		                                                                        " WHERE dossier_id = %s", dossier));
}

/* Every way through the table up to some length, each step taken back after it was looked at: the first that breaks the rule. */
static const char WALK[] =
	"CREATE FUNCTION test.walk(id bigint, from_s int, left_over int, way text) RETURNS text LANGUAGE plpgsql AS $$\n"
	"DECLARE\n"
	"	t record; bad text; good boolean;\n"
	"BEGIN\n"
	"	FOR t IN SELECT x.to_status AS next, min(x.act) AS act FROM motcua.transition x WHERE x.from_status = from_s AND left_over > 0 GROUP BY 1 ORDER BY 1 LOOP\n"
	"		BEGIN\n"
	"			INSERT INTO motcua.dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login, by_name)\n"
	"				SELECT unit_id, dossier_id, clock_timestamp(), t.act, from_s, t.next, 'man', 'Lê Thị Mận' FROM motcua.dossier WHERE dossier_id = id;\n"
	"			UPDATE motcua.dossier SET status = t.next, status_at = clock_timestamp() WHERE dossier_id = id;\n"
	"			SELECT " STEP_RULE " INTO good FROM motcua.dossier d LEFT JOIN motcua.dossier_step s USING (unit_id, dossier_id) WHERE d.dossier_id = id GROUP BY d.status;\n"
	"			bad := CASE WHEN good THEN test.walk(id, t.next, left_over - 1, way || t.next || ' ') ELSE way || t.next END;\n"
	"			RAISE EXCEPTION USING ERRCODE = 'ZZ001';\n"
	"		EXCEPTION WHEN SQLSTATE 'ZZ001' THEN\n"
	"			IF bad IS NOT NULL THEN RETURN bad; END IF;\n"
	"		END;\n"
	"	END LOOP;\n"
	"	RETURN NULL;\n"
	"END $$";

static void every_way_has_one_current_step(void **state)
{
	static const char *const plans[] = { "desk room room", "desk", "desk desk room desk", "room" };
	(void)state;
	one(admin(), "%s", WALK);
	for (size_t i = 0; i < COUNT(plans); i++) {
		one(admin(), "INSERT INTO motcua.steps (key, digest, loaded_from, added, procedure_code, case_name, seq, name, role, held_by, value, unit, basis, note)"
		             " SELECT gen_random_uuid(), gen_random_uuid(), 'test', 1, 'walk.%zu', '', n, 'Bước ' || n, 'Vai', h, 0.5, 'working_day', '', ''"
		             " FROM regexp_split_to_table('%s', ' ') WITH ORDINALITY x(h, n)", i, plans[i]);
		one(admin(), "SET session_replication_role = replica; DELETE FROM motcua.dossier_step WHERE dossier_id = %s; DELETE FROM motcua.dossier_event WHERE dossier_id = %s;"
		             " UPDATE motcua.dossier SET procedure_code = 'walk.%zu' WHERE dossier_id = %s; RESET session_replication_role", dossier, dossier, i, dossier);
		const char *bad = one(admin(), "SELECT test.walk(%s, 0, 5, '')", dossier);
		if (*bad)
			fail_msg("%s: %s", plans[i], bad);
	}
}

static bool expected(const struct transition *t, PGconn *who, bool *twice)
{
	*twice = false;
	if (!t || (t->supervisor && who != hue))
		return false;
	if (strcmp(t->act, "ask_supplement") == 0 && count(admin(), "SELECT (count(*) FILTER (WHERE to_status = 5 AND act <> 'undo') > count(*) FILTER (WHERE from_status = 5 AND act = 'undo'))::int FROM motcua.dossier_event"
		" WHERE dossier_id = %s AND from_status <> to_status", dossier))
		*twice = true;
	return true;
}

/* Mostly what is lawful there, so that lives get somewhere; else anything. */
static const char *some_act(int from, const char *const *names, int name_count)
{
	const char *lawful[16];
	int count_of = 0;
	for (const struct transition *t = TRANSITIONS; t->act; t++)
		if (t->from == from && count_of < 16)
			lawful[count_of++] = t->act;
	return count_of && rand_r(&seed) % 3 ? lawful[rand_r(&seed) % count_of] : names[rand_r(&seed) % name_count];
}

static void one_step(const char *const *names, int name_count)
{
	PGconn *who = rand_r(&seed) % 2 ? hue : man;
	int from = (int)life_status();
	const char *act = some_act(from, names, name_count);
	const struct transition *t = transition_by(from, act);
	bool twice, lawful = expected(t, who, &twice), done;
	open_acts(man, false);
	open_acts(hue, true);
	/* Waits last: hours, days. */
	one(admin(), "UPDATE motcua.dossier SET status_at = least(status_at, now() - interval '%d minutes') WHERE dossier_id = %s", rand_r(&seed) % 8000, dossier);
	if (t && (strcmp(act, "supplement") == 0 || strcmp(act, "pay") == 0 || strcmp(act, "resume") == 0)) {
		assert_string_equal(state_of(who, "SELECT desk.act(%s, %ld, '%s', 'x')", dossier, life_version(), act), "MC005");
		done = take_up(who, act);
	} else {
		const char *refused = state_of(who, "SELECT desk.act(%s, %ld, '%s', 'Có lý do')", dossier, life_version(), act);
		done = !*refused;
		if (twice) {
			/* Not silently: a supervisor, and on which law. */
			assert_string_equal(refused, who == hue ? "MC005" : "MC004");
			assert_int_equal(life_status(), from);
			done = !*state_of(who, "SELECT desk.act(%s, %ld, '%s', 'Có lý do', '{\"basis\":\"Luật Đất đai Điều 1\"}')", dossier, life_version(), act);
			lawful = who == hue;
		}
	}
	if (done != lawful)
		fail_msg("%s from %d by %s: %s", act, from, who == hue ? "the supervisor" : "a clerk", done ? "done" : "refused");
	if (!done)
		assert_int_equal(life_status(), from);
	else if (strcmp(act, "supplement") != 0)
		assert_int_equal(life_status(), t->to);
	else
		assert_true(life_status() == 2 || life_status() == 4);
	one_current_step(act);
	/* Nothing has left the desk yet: as if it had not been. */
	if (done && rand_r(&seed) % 4 == 0 && !*state_of(who, "SELECT desk.side_act(%s, %ld, 'undo', '{}')", dossier, life_version())) {
		assert_int_equal(life_status(), from);
		one_current_step("undo");
	}
}

static void random_lives(void **state)
{
	const char *names[32];
	int count_of = 0;
	long pauses = 0;
	(void)state;
	for (const struct transition *t = TRANSITIONS; t->act; t++) {
		bool seen = false;
		for (int i = 0; i < count_of; i++)
			seen |= strcmp(names[i], t->act) == 0;
		if (!seen)
			names[count_of++] = t->act;
	}
	for (int life = 0; life < 8; life++) {
		sscanf(one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req("
		                "jsonb_build_object('due_at', date_trunc('minute', now()) + interval '6 days')))"), "%31s %63s", dossier, code);
		for (int step = 0; step < 24 && !status_final((int)life_status()); step++)
			one_step(names, count_of);
		explains_itself();
		/* Whatever happened, one hand holds it, in the status's own way. */
		assert_string_equal(one(admin(), "SELECT count(*) FILTER (WHERE h.until_at IS NULL) = 1 AND bool_and(h.until_at IS NOT NULL OR h.kind = ANY (CASE"
			" WHEN d.status IN (5, 6, 7) THEN '{citizen}'::text[] WHEN d.status = 8 THEN '{stopped}' WHEN d.status IN (3, 10) THEN '{ended}'"
			" WHEN d.status = 4 THEN '{room,agency,desk}' ELSE '{desk}' END)) FROM motcua.dossier d JOIN motcua.dossier_holder h USING (unit_id, dossier_id)"
			" WHERE d.dossier_id = %s GROUP BY d.status", dossier), "t");
		pauses += count(admin(), "SELECT count(*) FROM motcua.dossier_due WHERE dossier_id = %s AND seq > 1 AND new_due <> old_due", dossier);
	}
	assert_true(pauses >= 5); /* there were dates to explain */
}

const struct CMUnitTest life_walk[] = {
	cmocka_unit_test(tables_are_one),
	cmocka_unit_test_setup_teardown(random_lives, life_fresh, life_done),
	cmocka_unit_test_setup_teardown(every_way_has_one_current_step, life_fresh, life_done),
	{ 0 },
};
