/* SPDX-License-Identifier: Apache-2.0
 *
 * The nine indices on the invented histories, recounted event by event; results scanned at the desk. */
#include "tests/schema/report_own.h"

struct marks {
	long dossiers, sum;
};

static void mark(struct marks *m, long points)
{
	m->dossiers++;
	m->sum += points;
}

static long askings(const struct life *life, const char *until)
{
	int before = 0;
	long times = 0;
	for (int i = life->first; i < life->last; i++) {
		if (PQgetvalue(happened, i, 1)[0] != 'e' || strcmp(PQgetvalue(happened, i, 0), until) > 0)
			continue;
		int now = atoi(PQgetvalue(happened, i, 2));
		times += now == 5 && before != 5;
		before = now;
	}
	return times;
}

static void rates_as(const char *since, const char *until, int nth, const struct marks *want)
{
	char say[64];
	snprintf(say, sizeof say, "%ld %ld", want->dossiers, want->sum);
	assert_string_equal(one(man, "SELECT concat_ws(' ', dossiers, 2 * two + one) FROM desk.report_ratings('%s', '%s', false, '', false, '') WHERE key = '%d'",
		since, until, nth), say);
	assert_string_equal(one(man, "SELECT points IS NOT DISTINCT FROM round(%ld / nullif(%ld, 0)::numeric, 2) AND dossiers = two + one + zero FROM"
		" desk.report_ratings('%s', '%s', false, '', false, '') WHERE key = '%d'", want->sum, want->dossiers, since, until, nth), "t");
}

static void rate_period(const char *since, const char *until)
{
	struct marks time = { 0 }, asked = { 0 };
	for (int i = 0; i < many; i++) {
		struct life *l = &lives[i];
		live(l, until);
		if (!l->was_received || (l->status != 9 && l->status != 10) || strcmp(l->received, until) > 0 ||
		    (strcmp(l->received, since) < 0 && strcmp(l->ended, since) < 0))
			continue;
		long times = askings(l, until);
		int side = strcmp(l->ended, l->due);
		mark(&asked, times > 1 ? 0 : 2 - times);
		if (l->has_due)
			mark(&time, side < 0 ? 2 : side == 0);
	}
	assert_true(asked.dossiers > 0 && time.dossiers > 0);
	rates_as(since, until, 1, &time);
	rates_as(since, until, 3, &asked);
}

/* Points equal a recount; each opens its dossiers; what has no figures says so and shows none. */
void indices_equal_a_recount(void **state)
{
	(void)state;
	static const char words[] = "SELECT string_agg(key, ' ' ORDER BY key) FROM desk.report_ratings('%s', '%s', false, '', false, '') WHERE dossiers IS NULL"
		" AND two IS NULL AND points IS NULL AND most IS NULL AND rule LIKE 'Không có số liệu: %%'";
	char days[40];
	assert_string_equal(one(man, words, ago(60), ago(10)), "2 4 5 6 7 8 9");
	one(admin(), "INSERT INTO motcua.rating (unit_id, dossier_id, at, login, officer, grade, reason) SELECT unit_id, dossier_id, status_at + interval '1 hour',"
		" 'man', login, (ARRAY['very','yes','no','none'])[1 + dossier_id %% 4], 'chờ lâu' FROM motcua.dossier WHERE code LIKE 'R-%%' AND status = 10");
	/* One step in time, one a day late, one on its day: each dossier by its worst. */
	one(admin(), "INSERT INTO motcua.dossier_step (unit_id, dossier_id, seq, name, role, held_by, limit_value, limit_unit, due_at, state, ended_at)"
		" SELECT d.unit_id, d.dossier_id, n, 'Bước', 'Một cửa', CASE n WHEN 3 THEN 'agency' ELSE 'room' END, 1, 'working_day', d.finished_at +"
		" CASE WHEN n = 3 THEN -9 WHEN n = 2 AND d.dossier_id %% 3 = 0 THEN -1 WHEN n = 2 AND d.dossier_id %% 3 = 1 THEN 0 ELSE 4 END * interval '1 day',"
		" 'done', d.finished_at FROM motcua.dossier d, generate_series(1, 3) n WHERE d.code LIKE 'R-%%' AND d.status IN (9, 10)");
	read_happened();
	many = everybody();
	for (int from = 110; from > 30; from -= 20)
		rate_period(ago(from), ago(from - 19));
	PQclear(happened);
	snprintf(days, sizeof days, "'%s', '%s'", ago(90), ago(0));
	assert_string_equal(one(man, "SELECT concat_ws(' ', two, one, zero) FROM desk.report_ratings(%s, false, '', false, '') WHERE key = '2'", days),
		one(man, "SELECT concat_ws(' ', count(*) FILTER (WHERE dossier_id %% 3 = 2), count(*) FILTER (WHERE dossier_id %% 3 = 1),"
		" count(*) FILTER (WHERE dossier_id %% 3 = 0)) FROM desk.report_dossiers('ratings', %s, false, '', '3', 'dossiers', 1000)", days));
	assert_string_equal(one(man, "SELECT concat_ws(' ', two, one, zero) FROM desk.report_ratings(%s, false, '', false, '') WHERE key = '7'", days),
		one(admin(), "SELECT concat_ws(' ', count(*) FILTER (WHERE grade = 'very'), count(*) FILTER (WHERE grade = 'yes'), count(*) FILTER (WHERE grade = 'no'))"
		" FROM motcua.rating WHERE to_char(at, 'YYYY-MM-DD') BETWEEN '%s' AND '%s'", ago(90), ago(0)));
	for (const char *const *column = (const char *const[]){ "dossiers", "two", "one", "zero", NULL }; *column; column++)
		assert_int_equal(count(man, "SELECT count(*) FROM desk.report_ratings(%s, false, 'Hộ tịch', false, '') r WHERE r.dossiers IS NOT NULL AND r.%s <>"
			" (SELECT count(*) FROM desk.report_dossiers('ratings', %s, false, 'Hộ tịch', r.key, '%s', 1000))", days, *column, days, *column), 0);
	assert_string_equal(one(man, words, ago(90), ago(10)), "4 5 6 8 9");
	assert_string_equal(one(lan, words, ago(90), ago(10)), "1 2 3 4 5 6 7 8 9");
}

/* A result scanned at the desk is digital, as one that a system sent. */
void scanned_results_are_digital(void **state)
{
	(void)state;
	static const char sum[] = "SELECT sum(result_file) || ' ' || sum(no_result) FROM desk.report_digitised('%s', '%s', NULL, '', false, '')";
	char before[40];
	snprintf(before, sizeof before, "%s", one(man, sum, ago(120), ago(0)));
	one(admin(), "INSERT INTO motcua.file (unit_id, name, media_type, size, sha256, login, whole) SELECT unit_id, 'kq.pdf', 'application/pdf', 9, decode(md5('kq') || md5('kq'), 'hex'), 'man', true"
		" FROM motcua.unit WHERE code = '30538'");
	one(admin(), "INSERT INTO motcua.result_file (unit_id, dossier_id, file_id, login) SELECT d.unit_id, d.dossier_id, f.file_id, 'man' FROM motcua.file f,"
		" motcua.dossier d WHERE d.code LIKE 'R-%%' AND d.unit_id = f.unit_id AND d.status = 10 AND d.dossier_id %% 2 = 0");
	int more = count(admin(), "SELECT count(*) FROM motcua.result_file r JOIN motcua.dossier USING (unit_id, dossier_id) WHERE code LIKE 'R-%%'");
	assert_true(more > 3);
	int had = atoi(before), lacked = atoi(strchr(before, ' '));
	char want[40];
	snprintf(want, sizeof want, "%d %d", had + more, lacked - more);
	assert_string_equal(one(man, sum, ago(120), ago(0)), want);
}

#define LATE(id) "SELECT holder || '|' || to_char(held_since AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') FROM desk.report_late('%s', '%s', false, '', false, '') WHERE key = '%s'", \
	ago(60), ago(0), id

/* Who has it with its step; of what is done, whose leg was late last. */
void the_late_list_says_who(void **state)
{
	char id[24], want[80];
	(void)state;
	snprintf(id, sizeof id, "%s", one(admin(), "SELECT max(dossier_id) FROM motcua.dossier WHERE code LIKE 'R-%%'"));
	one(admin(), "SET session_replication_role = replica; DELETE FROM motcua.dossier_holder WHERE dossier_id = %s; DELETE FROM motcua.dossier_step WHERE dossier_id = %s;"
		" DELETE FROM motcua.dossier_event WHERE dossier_id = %s; DELETE FROM motcua.dossier_agency WHERE dossier_id = %s; DELETE FROM motcua.stream WHERE dossier_id = %s;"
		" UPDATE motcua.dossier SET status = 4, finished_at = NULL, received_at = now() - interval '12 days', status_at = now() - interval '11 days',"
		" due_at = now() - interval '3 days' WHERE dossier_id = %s; RESET session_replication_role", id, id, id, id, id, id);
	one(admin(), "SET session_replication_role = replica; INSERT INTO motcua.dossier_step (unit_id, dossier_id, seq, name, role, held_by, limit_value, limit_unit, state)"
		" SELECT unit_id, dossier_id, 1, 'Thẩm tra', 'x', 'room', 2, 'working_day', 'current' FROM motcua.dossier WHERE dossier_id = %s;"
		" INSERT INTO motcua.dossier_holder (unit_id, dossier_id, seq, at, kind, login, name, place, step, act)"
		" SELECT unit_id, dossier_id, 1, now() - interval '9 days', 'room', 'khoa', 'Trần Đăng Khoa', 'Phòng Tư pháp', 1, 'hand' FROM motcua.dossier WHERE dossier_id = %s;"
		" RESET session_replication_role", id, id);
	snprintf(want, sizeof want, "Trần Đăng Khoa, Phòng Tư pháp · Thẩm tra|%s", ago(9));
	assert_string_equal(one(man, LATE(id)), want);
	one(admin(), "SET session_replication_role = replica; UPDATE motcua.dossier_holder SET until_at = now() - interval '1 day' WHERE dossier_id = %s AND seq = 1;"
		" INSERT INTO motcua.dossier_holder (unit_id, dossier_id, seq, at, kind, login, name, place, act, outcome)"
		" SELECT unit_id, dossier_id, 2, now() - interval '1 day', 'ended', '', '', 'Một cửa', 'finish', 'late' FROM motcua.dossier WHERE dossier_id = %s;"
		" UPDATE motcua.dossier SET status = 9, finished_at = now() - interval '1 day', status_at = now() - interval '1 day' WHERE dossier_id = %s;"
		" RESET session_replication_role", id, id, id);
	assert_string_equal(one(man, LATE(id)), want);
	/* The last reason is that of the date that stands: not an apology that was undone. */
	one(admin(), "SET session_replication_role = replica; DELETE FROM motcua.dossier_due WHERE dossier_id = %s; INSERT INTO motcua.dossier_due SELECT unit_id, dossier_id, n, now(), c, 'man', due_at, due_at, 'x'"
		" FROM motcua.dossier, unnest('{reception,incident,extension,undo}'::text[]) WITH ORDINALITY x(c, n) WHERE dossier_id = %s; RESET session_replication_role", id, id);
	assert_string_equal(one(man, "SELECT cause FROM desk.report_late('%s', '%s', false, '', false, '') WHERE key = '%s'", ago(60), ago(0), id), "sự cố");
}

/* Every reason that was written down, to the unit's supervisor, and each reading in the trail. */
void reasons_are_for_supervisors(void **state)
{
	static const char list[] = "SELECT %s FROM desk.report_unsatisfied('%s', '%s', false, '', false, '')";
	(void)state;
	one(admin(), "INSERT INTO motcua.rating (unit_id, dossier_id, at, login, officer, grade, reason) SELECT unit_id, dossier_id, now(), 'man', 'khoa', 'no', 'Phải đến hai lần'"
		" FROM motcua.dossier d WHERE code LIKE 'R-%%' AND NOT EXISTS (SELECT FROM motcua.rating r WHERE r.dossier_id = d.dossier_id) ORDER BY dossier_id LIMIT 1");
	long all = count(admin(), "SELECT count(*) FROM motcua.rating WHERE grade = 'no' AND to_char(at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') BETWEEN '%s' AND '%s'", ago(9), ago(0));
	assert_true(all > 0);
	assert_int_equal(count(hue, list, "count(*)", ago(9), ago(0)), all);
	assert_string_equal(one(hue, list, "min(why || '|' || officer)", ago(0), ago(0)), "Phải đến hai lần|Trần Đăng Khoa");
	assert_string_equal(state_of(man, list, "*", ago(9), ago(0)), "MC004");
	assert_true(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'report' AND what->>'kind' = 'unsatisfied' AND login = 'hue'") >= 2);
}
