/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures of reports on invented histories: they equal a recount that follows each dossier event by
 * event, their checks hold, and behind each figure stand as many dossiers as it says. */
#include "tests/schema/report_own.h"
#include "tests/schema/report_histories.h"

PGconn *man, *hue, *lan;

static int begin(void **state)
{
	if (world_start(state) != 0)
		return -1;
	one(admin(), "SET timezone = 'Asia/Ho_Chi_Minh'");
	one(admin(), "%s", HISTORIES);
	one(admin(), "SELECT test.histories(210)");
	/* The money was written down when each was received. */
	one(admin(), "ALTER TABLE motcua.ledger DISABLE TRIGGER ledger_stays");
	one(admin(), "UPDATE motcua.ledger l SET at = d.received_at FROM motcua.dossier d WHERE d.unit_id = l.unit_id AND d.dossier_id = l.dossier_id");
	one(admin(), "ALTER TABLE motcua.ledger ENABLE TRIGGER ledger_stays");
	man = as("man");
	hue = as("hue");
	lan = as("lan");
	return 0;
}

static int end(void **state)
{
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
	return world_stop(state);
}

/* ---- the recount: everything that happened, dossier by dossier ---- */

struct figures {
	long total, online, direct, carried, done, early, on_time, late, open, within, overdue;
};
static bool over(int status)
{
	return status == 3 || status >= 7;
}

PGresult *happened;

void read_happened(void)
{
	happened = PQexec(admin(), "SELECT to_char(at, 'YYYY-MM-DD') AS day, 'e' AS what, to_status::text AS value, at AS moment, event_id AS nth, dossier_id"
		" FROM motcua.dossier_event UNION ALL SELECT to_char(at, 'YYYY-MM-DD'), 'd', coalesce(to_char(new_due, 'YYYY-MM-DD'), ''), at, seq, dossier_id"
		" FROM motcua.dossier_due ORDER BY dossier_id, moment, what DESC, nth");
	assert_true(PQntuples(happened) > 400);
}

void live(struct life *life, const char *until)
{
	life->status = 0;
	life->is_over = life->has_due = life->was_received = false;
	for (int i = life->first; i < life->last; i++) {
		const char *day = PQgetvalue(happened, i, 0), *value = PQgetvalue(happened, i, 2);
		bool event = PQgetvalue(happened, i, 1)[0] == 'e';
		if (event && (atoi(value) == 2 || atoi(value) == 4))
			life->was_received = true; /* later, too: what was counted stays counted */
		if (strcmp(day, until) > 0)
			continue;
		if (!event) {
			life->has_due = *value != '\0';
			snprintf(life->due, sizeof life->due, "%s", value);
			continue;
		}
		if (over(atoi(value)) && !over(life->status))
			snprintf(life->ended, sizeof life->ended, "%s", day);
		life->status = atoi(value);
		life->is_over = over(life->status);
	}
}

static void add(struct figures *f, const struct life *l, const char *since, const char *until, const char *today)
{
	bool before = strcmp(l->received, since) < 0;
	const char *day = strcmp(until, today) < 0 ? until : today;
	if (strcmp(l->received, until) > 0 || (before && l->is_over && strcmp(l->ended, since) < 0))
		return;
	f->total++;
	f->carried += before;
	f->online += !before && l->channel == 2;
	f->direct += !before && l->channel != 2;
	f->done += l->is_over;
	f->open += !l->is_over;
	if (!l->is_over) {
		bool late = l->status != 5 && l->status != 6 && l->has_due && strcmp(l->due, day) < 0;
		f->overdue += late;
		f->within += !late;
		return;
	}
	int side = l->has_due && (l->status == 9 || l->status == 10) ? strcmp(l->ended, l->due) : 0;
	f->early += side < 0;
	f->on_time += side == 0;
	f->late += side > 0;
}

struct life lives[HISTORIES_MOST];
int many;

int everybody(void)
{
	PGresult *r = PQexec(admin(), "SELECT d.dossier_id, d.field, d.channel, to_char(d.received_at, 'YYYY-MM-DD'), d.status,"
		" EXISTS (SELECT FROM motcua.dossier_agency a WHERE a.dossier_id = d.dossier_id AND a.role = 'deciding' AND a.code <> '30538'),"
		" EXISTS (SELECT FROM motcua.dossier_agency a WHERE a.dossier_id = d.dossier_id AND a.role = 'receiving' AND a.code <> '30538')"
		" FROM motcua.dossier d WHERE d.code LIKE 'R-%' ORDER BY 1");
	int count = PQntuples(r), at = 0;
	assert_true(count > 200 && count <= HISTORIES_MOST);
	for (int i = 0; i < count; i++) {
		struct life *l = &lives[i];
		l->id = atol(PQgetvalue(r, i, 0));
		snprintf(l->field, sizeof l->field, "%s", PQgetvalue(r, i, 1));
		l->channel = atoi(PQgetvalue(r, i, 2));
		snprintf(l->received, sizeof l->received, "%s", PQgetvalue(r, i, 3));
		l->elsewhere = PQgetvalue(r, i, 5)[0] == 't';
		l->from_elsewhere = PQgetvalue(r, i, 6)[0] == 't';
		while (at < PQntuples(happened) && atol(PQgetvalue(happened, at, 5)) < l->id)
			at++;
		for (l->first = at; at < PQntuples(happened) && atol(PQgetvalue(happened, at, 5)) == l->id;)
			at++;
		l->last = at;
	}
	PQclear(r);
	return count;
}

static void compare(const char *since, const char *until, bool deciding)
{
	char today[11], want[300];
	struct figures f = { 0 };
	snprintf(today, sizeof today, "%s", one(admin(), "SELECT to_char(now(), 'YYYY-MM-DD')"));
	for (int i = 0; i < many; i++) {
		live(&lives[i], until);
		if (lives[i].was_received && !(deciding ? lives[i].elsewhere : lives[i].from_elsewhere))
			add(&f, &lives[i], since, until, today);
	}
	snprintf(want, sizeof want, "%ld %ld %ld %ld %ld %ld %ld %ld %ld %ld %ld", f.total, f.online, f.direct, f.carried, f.done, f.early,
	         f.on_time, f.late, f.open, f.within, f.overdue);
	const char *got = one(man, "SELECT concat_ws(' ', sum(total), sum(online), sum(direct), sum(carried), sum(done), sum(early), sum(on_time),"
		" sum(late), sum(open), sum(within), sum(overdue)) FROM desk.report_form06('%s', '%s', %s, '', false, '')", since, until, deciding ? "true" : "false");
	if (strcmp(got, want) != 0)
		fail_msg("%s – %s %d: %s, recounted %s", since, until, deciding, got, want);
}

const char *ago(int days)
{
	static char ring[4][11];
	static int at;
	char *day = ring[at = (at + 1) % 4];
	snprintf(day, 11, "%s", one(admin(), "SELECT to_char(now() - %d * interval '1 day', 'YYYY-MM-DD')", days));
	return day;
}

static void figures_equal_a_recount(void **state)
{
	(void)state;
	read_happened();
	many = everybody();
	for (int from = 110; from > 0; from -= 22)
		for (int deciding = 0; deciding < 2; deciding++) {
			compare(ago(from), ago(from - 21), deciding != 0);
			compare(ago(from), ago(from - 6), deciding != 0);
		}
	compare(ago(30), ago(-5), false); /* a period that goes on */
	compare(ago(900), ago(0), true);
	PQclear(happened);
}

static void checks_hold_in_every_row(void **state)
{
	(void)state;
	for (int from = 110; from > 0; from -= 10)
		assert_int_equal(count(man, "SELECT count(*) FROM desk.report_form06('%s', '%s', false, '', false, '') WHERE total <> online + direct + carried"
			" OR done <> early + on_time + late OR open <> within + overdue OR total <> done + open", ago(from), ago(from - 9)), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.report_digitised('%s', '%s', false, '', false, '') WHERE received <> no_file + with_file"
		" OR done <> no_result + result_file", ago(110), ago(0)), 0);
	/* What is open when a period ends comes from before in the next, but for what was called back. */
	assert_int_equal(count(man, "SELECT sum(open) FROM desk.report_form06('%s', '%s', false, 'Hộ tịch', false, '')", ago(100), ago(60)) >= 0, 1);
}

/* Each figure of each row, and of the totals, opens as many dossiers as it says. */
static void figures_open_their_dossiers(void **state)
{
	(void)state;
	static const char *const kinds[][2] = {
		{ "form06", "total online direct carried done early on_time late open within overdue" },
		{ "officers", "received late open" },
		{ "digitised", "no_file with_file portal done" },
		{ "elsewhere", "total done overdue" },
		{ "fees", "dossiers exempt" },
	};
	int seen = 0;
	char days[40];
	snprintf(days, sizeof days, "'%s', '%s'", ago(80), ago(20));
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
		const char *kind = kinds[k][0];
		char columns[200], *rest = NULL;
		snprintf(columns, sizeof columns, "%s", kinds[k][1]);
		for (char *column = strtok_r(columns, " ", &rest); column; column = strtok_r(NULL, " ", &rest)) {
			const char *wrong = one(man, "SELECT count(*) || ' ' || count(*) FILTER (WHERE n <> (SELECT count(*) FROM"
				" desk.report_dossiers('%s', %s, false, '', key, '%s', 1000))) FROM (SELECT key, %s AS n"
				" FROM desk.report_%s(%s, false, '', false, '')) x", kind, days, column, column, kind, days);
			if (strcmp(wrong + strlen(wrong) - 2, " 0") != 0)
				fail_msg("%s.%s: %s rows differ", kind, column, wrong);
			seen += atoi(wrong);
		}
		if (strcmp(kind, "fees") != 0) /* a dossier may have several kinds of fees */
			assert_string_equal(one(man, "SELECT (SELECT sum(done) FROM desk.report_%s(%s, false, '', false, ''))"
				" = (SELECT count(*) FROM desk.report_dossiers('%s', %s, false, '', '', 'done', 1000))", kind, days, kind, days), "t");
	}
	assert_true(seen > 50);
	assert_string_equal(state_of(man, "SELECT * FROM desk.report_dossiers('clerk', '%s', '%s', false, '', '', 'x', 9)", ago(9), ago(0)), "MC008");
}

static void late_ones_have_their_days(void **state)
{
	(void)state;
	assert_int_equal(count(man, "SELECT count(*) FROM desk.report_late('%s', '%s', false, '', false, '')", ago(60), ago(20)),
		count(man, "SELECT sum(late + overdue) FROM desk.report_form06('%s', '%s', false, '', false, '')", ago(60), ago(20)));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.report_late('%s', '%s', false, '', false, '') WHERE days < 1 OR owner IS NOT NULL",
		ago(60), ago(20)), 0);
}

static void money_adds_up(void **state)
{
	(void)state;
	char was[80], before[24], since[24];
	assert_string_equal(one(man, "SELECT concat_ws(' ', sum(cash), sum(transfer), sum(total), sum(exempt)) FROM desk.report_fees('%s', '%s', false, '', false, '')",
		ago(70), ago(10)), one(admin(), "SELECT concat_ws(' ', sum(f.amount) FILTER (WHERE f.paid = 'cash'), sum(f.amount) FILTER (WHERE f.paid = 'transfer'),"
		" sum(f.amount) FILTER (WHERE f.paid IN ('cash', 'transfer')), count(*) FILTER (WHERE f.paid = 'none')) FROM motcua.dossier_fee f"
		" JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE d.code LIKE 'R-%%' AND to_char(d.received_at, 'YYYY-MM-DD') BETWEEN '%s' AND '%s'",
		ago(70), ago(10)));
	/* Given back, and put right, today: a period that is over stays; today's report says so; together they are the ledger. */
	static const char figures[] = "SELECT concat_ws(' ', sum(cash), sum(transfer), sum(refunded), sum(net), sum(exempt)) FROM desk.report_fees('%s', '%s', false, '', false, '')";
	snprintf(before, sizeof before, "%s", ago(1));
	snprintf(since, sizeof since, "%s", ago(150));
	snprintf(was, sizeof was, "%s", one(man, figures, since, before));
	for (int i = 0; i < 3; i++)
		one(hue, "SELECT desk.fee_correct(%s, 1, '%s', 'thử', gen_random_uuid())", one(admin(), "SELECT dossier_id FROM motcua.dossier_fee JOIN motcua.dossier USING (unit_id, dossier_id)"
			" WHERE code LIKE 'R-%%' AND paid = 'cash' AND amount > 0 ORDER BY dossier_id LIMIT 1"), i == 0 ? "transfer" : i == 1 ? "later" : "returned");
	assert_string_equal(one(man, figures, since, before), was);
	assert_string_equal(one(man, figures, ago(0), ago(0)), one(admin(), "SELECT concat_ws(' ', sum(amount) FILTER (WHERE way = 'cash' AND NOT refund),"
		" sum(amount) FILTER (WHERE way = 'transfer'), -sum(amount) FILTER (WHERE refund), sum(amount), 0) FROM motcua.ledger WHERE at >= '%s'", ago(0)));
	assert_string_equal(one(man, "SELECT sum(net) FROM desk.report_fees('%s', '%s', false, '', false, '')", since, ago(0)), one(admin(), "SELECT sum(amount) FROM motcua.ledger"));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.report_dossiers('fees', '%s', '%s', false, '', '', 'refunded', 10)", ago(0), ago(0)), 1);
}

static void the_book_runs_on_within_the_year(void **state)
{
	(void)state;
	/* One period, cut in two: the same numbers. */
	assert_string_equal(one(hue, "SELECT md5(string_agg(code || nth, ' ' ORDER BY code)) FROM desk.report_book07('%s', '%s', false, '', false, '')", ago(80), ago(10)),
		one(hue, "SELECT md5(string_agg(code || nth, ' ' ORDER BY code)) FROM (SELECT * FROM desk.report_book07('%s', '%s', false, '', false, '')"
			" UNION ALL SELECT * FROM desk.report_book07('%s', '%s', false, '', false, '')) x", ago(80), ago(41), ago(40), ago(10)));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.report_book07('%s', '%s', false, 'Đất đai', false, '') WHERE field <> 'Đất đai'", ago(80), ago(10)), 0);
}

static void persons_need_a_supervisor_and_a_reason(void **state)
{
	(void)state;
	static const char *const kinds[] = { "late", "receipts", "book07" };
	for (size_t i = 0; i < 3; i++) {
		assert_string_equal(state_of(man, "SELECT * FROM desk.report_%s('%s', '%s', false, '', true, 'Báo cáo tỉnh')", kinds[i], ago(50), ago(1)), "MC004");
		assert_string_equal(state_of(hue, "SELECT * FROM desk.report_%s('%s', '%s', false, '', true, '  ')", kinds[i], ago(50), ago(1)), "MC005");
	}
	assert_int_equal(count(man, "SELECT count(owner) FROM desk.report_book07('%s', '%s', false, '', false, '')", ago(50), ago(1)), 0);
	assert_true(count(hue, "SELECT count(owner) FROM desk.report_book07('%s', '%s', false, '', true, 'Báo cáo tỉnh')", ago(50), ago(1)) > 10);
	assert_string_equal(one(admin(), "SELECT what->>'reason' || ' ' || login FROM motcua.audit WHERE act = 'report' ORDER BY at DESC LIMIT 1"), "Báo cáo tỉnh hue");
	assert_string_equal(state_of(man, "SELECT desk.report_exported('book07', '%s', '%s', 'csv', true, 'x')", ago(50), ago(1)), "MC004");
	one(hue, "SELECT desk.report_exported('book07', '%s', '%s', 'csv', true, 'Báo cáo tỉnh')", ago(50), ago(1));
	assert_string_equal(one(admin(), "SELECT what->>'format' FROM motcua.audit WHERE act = 'report_export' ORDER BY at DESC LIMIT 1"), "csv");
	assert_string_equal(state_of(man, "SELECT * FROM desk.report_form06('%s', '%s', false, '', false, '')", ago(1), ago(2)), "MC005");
	/* Another unit sees its own: nothing. */
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.report_form06('%s', '%s', false, '', false, '')", ago(100), ago(0)), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.report_dossiers('form06', '%s', '%s', false, '', '', 'total', 1000)", ago(100), ago(0)), 0);
	assert_string_equal(state_of(man, "SELECT * FROM motcua.counted(1, '%s', '%s', false)", ago(9), ago(0)), "42501");
}

/* A report on paper: head and clock are the database's, the rest a table and nothing else; no number, the trail knows. */
static void a_report_is_printed_as_counted(void **state)
{
	(void)state;
	static const char issue[] = "SELECT paper_id FROM desk.issue_report('%s', 'form06', '%s', '%s', '', E'%s')";
	static const char body[] = "report.title\tBIỂU 06\nperiod.from\t2026-11-01\ncolumn.1.head\tSTT\nline.1.cells\t1\\\\n2\n";
	char request[40], id[24];
	snprintf(request, sizeof request, "%s", one(admin(), "SELECT gen_random_uuid()"));
	snprintf(id, sizeof id, "%s", one(man, issue, request, ago(9), ago(0), body));
	assert_string_equal(one(man, issue, request, ago(9), ago(0), body), id);
	assert_string_equal(one(admin(), "SELECT concat_ws('|', form, number, motcua.field_raw(fields, 'officer.name'), motcua.field_raw(fields, 'report.title'))"
		" FROM motcua.paper WHERE paper_id = %s", id), one(admin(), "SELECT 'report||' || full_name || '|BIỂU 06' FROM motcua.clerk WHERE login = 'man'"));
	assert_string_equal(one(admin(), "SELECT what->>'paper' FROM motcua.audit WHERE act = 'report_export' AND what->>'format' = 'print'"), id);
	assert_string_equal(one(admin(), "SELECT concat_ws('|', what->>'body', what->>'lines') FROM motcua.audit WHERE act = 'report_export' AND what->>'format' = 'print'"),
	                    "as the counter showed it|4");
	for (const char *const *bad = (const char *const[]){ "column.41.head\tx", "line.20003.cells\tx", "line.1.cells\tx\nline.1.cells\ty", "officer.name\tx", "practice\t0", "line.1.cells", "", "report.personal\t1", "at\t2026", NULL }; *bad; bad++)
		assert_string_equal(state_of(man, "SELECT desk.issue_report(gen_random_uuid(), 'form06', '%s', '%s', '', E'%s')", ago(9), ago(0), *bad), "MC005");
}

/* Numbers of a book run on without a gap whoever asks, within the year; a cancelled one stays. */
static void numbers_of_a_book_have_no_gap(void **state)
{
	(void)state;
	static const char entry[] = "'{\"subject\":\"Bằng tốt nghiệp\",\"copies\":\"5\",\"signer\":\"Lê Văn Ký, Chủ tịch\"}'";
	char id[24], other[24], request[40], year[8];
	one(admin(), "UPDATE motcua.dossier SET procedure_code = '2.000815', status = 2, finished_at = NULL WHERE code IN ('R-1', 'R-2')");
	one(admin(), "UPDATE motcua.dossier SET procedure_code = '2.000884', status = 10 WHERE code = 'R-3'");
	snprintf(id, sizeof id, "%s", one(admin(), "SELECT dossier_id FROM motcua.dossier WHERE code = 'R-1'"));
	snprintf(other, sizeof other, "%s", one(admin(), "SELECT dossier_id FROM motcua.dossier WHERE code = 'R-3'"));
	snprintf(year, sizeof year, "%s", one(admin(), "SELECT extract(year FROM now() AT TIME ZONE 'Asia/Ho_Chi_Minh')"));
	snprintf(request, sizeof request, "%s", one(admin(), "SELECT gen_random_uuid()"));
	assert_string_equal(one(man, "SELECT book_name FROM desk.certify_of(%s)", id), "Sổ chứng thực bản sao từ bản chính");
	assert_string_equal(one(man, "SELECT desk.certify(%s, '%s', %s)", id, request, entry), one(admin(), "SELECT '01 quyển số 01/%s - SCT/BS'", year));
	/* Its reply was lost: the same number. */
	assert_string_equal(one(man, "SELECT desk.certify(%s, '%s', %s)", id, request, entry), one(admin(), "SELECT '01 quyển số 01/%s - SCT/BS'", year));
	assert_string_equal(state_of(man, "SELECT desk.certify(%s, '%s', %s)", other, request, entry), "MC005");
	/* Two at once: one waits, and what is rolled back takes its number with it. */
	PGconn *khoa = as("khoa");
	one(man, "BEGIN");
	one(man, "SELECT desk.certify(%s, gen_random_uuid(), %s)", id, entry);
	char text[300];
	snprintf(text, sizeof text, "SELECT desk.certify(%s, gen_random_uuid(), %s)", id, entry);
	assert_int_equal(PQsendQuery(khoa, text), 1);
	one(man, "ROLLBACK");
	PGresult *got = PQgetResult(khoa);
	assert_string_equal(PQgetvalue(got, 0, 0), one(admin(), "SELECT '02 quyển số 01/%s - SCT/BS'", year));
	PQclear(got);
	assert_null(PQgetResult(khoa));
	/* Another book begins at 01; a new volume goes on. */
	assert_string_equal(one(man, "SELECT desk.certify(%s, gen_random_uuid(), %s)", other, entry), one(admin(), "SELECT '01 quyển số 01/%s - SCT/CK,ĐC'", year));
	assert_string_equal(state_of(man, "SELECT desk.certify_volume('BS')"), "MC004");
	assert_int_equal(count(hue, "SELECT desk.certify_volume('BS')"), 2);
	assert_string_equal(state_of(hue, "SELECT desk.certify_volume('BS')"), "MC006");
	/* The opening and the closing line of each volume, as they were written. */
	assert_string_equal(one(man, "SELECT string_agg(volume || ':' || first || '-' || last || ' ' || numbers || ' ' || opened_by || ' ' || coalesce(closed_by, ''), '|' ORDER BY volume)"
		" FROM desk.certify_volumes() WHERE book = 'BS'"), "1:1-2 2 Lê Thị Mận Phạm Thu Huệ|2:3-2 0 Phạm Thu Huệ ");
	assert_string_equal(state_of(admin(), "UPDATE motcua.certify_volume SET last = 9 WHERE volume = 1"), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.certify_year_close('BS', %s)", year), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.certify_year_close('BS', %s)", year), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.certify_year_close('BS', %s - 1)", year), "MC006");
	assert_string_equal(one(man, "SELECT desk.certify(%s, gen_random_uuid(), %s)", id, entry), one(admin(), "SELECT '03 quyển số 02/%s - SCT/BS'", year));
	/* The number stays, with its reason; by who wrote it today, or a supervisor. */
	assert_string_equal(state_of(khoa, "SELECT desk.certify_cancel('BS', %s, 1, 'Ghi nhầm')", year), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.certify_cancel('SCT/BS', %s, 1, '')", year), "MC005");
	one(man, "SELECT desk.certify_cancel('SCT/BS', %s, 1, 'Ghi nhầm')", year);
	assert_string_equal(state_of(man, "SELECT desk.certify_cancel('BS', %s, 1, 'Ghi nhầm')", year), "MC006");
	assert_string_equal(state_of(man, "SELECT desk.certify_cancel('BS', %s, 9, 'Ghi nhầm')", year), "MC008");
	one(hue, "SELECT desk.certify_cancel('BS', %s, 2, 'Công dân không lấy')", year);
	assert_string_equal(one(man, "SELECT string_agg(split_part(number, ' ', 1) || note || copies, '|') FROM desk.report_certified('%s', '%s', false, 'SCT/BS', false, '')",
		ago(0), ago(0)), "01Huỷ0|02Huỷ0|035");
	assert_string_equal(one(man, "SELECT desk.certify(%s, gen_random_uuid(), %s)", id, entry), one(admin(), "SELECT '04 quyển số 02/%s - SCT/BS'", year));
	/* What is no such procedure, no entry, nobody's; nothing is written over. */
	assert_string_equal(state_of(man, "SELECT desk.certify((SELECT key::bigint FROM desk.report_book07('%s', '%s', false, '', false, '') WHERE code = 'R-5'), gen_random_uuid(), %s)",
		ago(125), ago(0), entry), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.certify(%s, gen_random_uuid(), '{\"subject\":\"x\",\"copies\":\"0\",\"signer\":\"y\"}')", id), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.certify(%s, gen_random_uuid(), %s)", id, entry), "MC008");
	assert_string_equal(state_of(admin(), "UPDATE motcua.certification SET seq = 99 WHERE seq = 1"), "MC004");
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.certification"), "MC004");
	PQfinish(khoa);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_equal_a_recount), cmocka_unit_test(checks_hold_in_every_row),
		cmocka_unit_test(figures_open_their_dossiers), cmocka_unit_test(indices_equal_a_recount),
		cmocka_unit_test(scanned_results_are_digital), cmocka_unit_test(late_ones_have_their_days), cmocka_unit_test(money_adds_up),
		cmocka_unit_test(the_book_runs_on_within_the_year), cmocka_unit_test(persons_need_a_supervisor_and_a_reason),
		cmocka_unit_test(a_report_is_printed_as_counted), cmocka_unit_test(the_late_list_says_who), cmocka_unit_test(reasons_are_for_supervisors),
		cmocka_unit_test(numbers_of_a_book_have_no_gap), cmocka_unit_test(papers_go_on_beyond_what_was_lost),
		cmocka_unit_test(a_book_waits_for_its_last_number),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
