/* SPDX-License-Identifier: Apache-2.0
 *
 * Papers of a dossier: numbers without gaps or doubles in a crowd, the words of receipts
 * and slips, the account of the day, the copy that never changes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

#define COUNTERS 8
#define FEES(paid, more) "test.req('{\"fees\":[{\"name\":\"Lệ phí\",\"amount\":8000,\"confirmed\":true,\"basis\":\"NQ 06\"," \
	"\"paid\":\"" paid "\"}" more "]}')"
#define LATER ",{\"name\":\"Phí thẩm định\",\"amount\":50000,\"confirmed\":true,\"basis\":\"TT\",\"paid\":\"later\"}"

static const char *dossier(PGconn *line, const char *request)
{
	static char id[8][32];
	static int at;
	at = (at + 1) % 8;
	one(line, "SELECT code FROM desk.accept_dossier(%s)", request);
	snprintf(id[at], sizeof id[at], "%s", one(admin(), "SELECT max(dossier_id) FROM motcua.dossier"));
	return id[at];
}

/* Every counter says it ten times at once; how often it worked. */
static int crowd(const char *sql)
{
	PGconn *line[COUNTERS];
	int worked = 0;
	for (int i = 0; i < COUNTERS; i++)
		line[i] = as(i % 2 ? "man" : "khoa");
	for (int k = 0; k < 10; k++) {
		for (int i = 0; i < COUNTERS; i++)
			assert_int_equal(PQsendQuery(line[i], sql), 1);
		for (int i = 0; i < COUNTERS; i++)
			for (PGresult *r; (r = PQgetResult(line[i])) != NULL; PQclear(r))
				worked += PQresultStatus(r) == PGRES_TUPLES_OK;
	}
	for (int i = 0; i < COUNTERS; i++)
		PQfinish(line[i]);
	return worked;
}

static void a_crowd_gets_each_number_once(void **state)
{
	PGconn *man = as("man");
	char sql[200];
	(void)state;
	const char *id = dossier(man, FEES("cash", ""));
	one(admin(), "UPDATE motcua.dossier SET status = 9 WHERE dossier_id = %s", id);
	/* Some fail after their number was taken: it comes back. */
	one(admin(), "ALTER TABLE motcua.paper ADD CONSTRAINT trip CHECK (form <> 'result' OR paper_id %% 3 <> 0)");
	snprintf(sql, sizeof sql, "SELECT number FROM desk.issue_paper(gen_random_uuid(), 'result', %s)", id);
	int worked = crowd(sql);
	one(admin(), "ALTER TABLE motcua.paper DROP CONSTRAINT trip");
	assert_true(worked > 10 && worked < 10 * COUNTERS);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.paper WHERE form = 'result'"), worked);
	assert_int_equal(count(admin(), "SELECT count(DISTINCT seq) FROM motcua.paper WHERE form = 'result'"), worked);
	assert_int_equal(count(admin(), "SELECT max(seq) FROM motcua.paper WHERE form = 'result'"), worked);
	assert_string_equal(one(admin(), "SELECT number FROM motcua.paper WHERE form = 'result' AND seq = 9"), "09/PTKQ-TTPVHCC");
	/* Another year begins anew; what was given stays. */
	one(admin(), "UPDATE motcua.paper_sequence SET year = year - 1 WHERE form = 'result'");
	one(admin(), "UPDATE motcua.paper SET year = year - 1 WHERE form = 'result'");
	assert_string_equal(one(man, "SELECT number FROM desk.issue_paper(gen_random_uuid(), 'result', %s)", id), "01/PTKQ-TTPVHCC");
	/* Of the same money there is one receipt, however many ask. */
	snprintf(sql, sizeof sql, "SELECT number FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", id);
	assert_int_equal(crowd(sql), 1);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.paper WHERE form = 'fee'"), 1);
	PQfinish(man);
}

/* A receipt of the dossier as fields; "" where it is refused. */
static const char *receipt_of(PGconn *line, const char *id)
{
	if (*state_of(line, "SELECT * FROM desk.issue_paper('22222222-2222-4222-8222-%012ld', 'fee', %s)", atol(id) * 10
		+ count(admin(), "SELECT count(*) FROM motcua.paper WHERE form = 'fee' AND dossier_id = %s", id), id))
		return "";
	return one(admin(), "SELECT E'\n' || fields FROM motcua.paper WHERE form = 'fee' AND dossier_id = %s ORDER BY paper_id DESC", id);
}

#define PAID "SELECT desk.fee_paid(%s, '{%s}', '%s', %s, '33333333-3333-4333-8333-%012ld')"

static void money_is_receipted_once(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	char first[80];
	(void)state;
	const char *id = dossier(man, FEES("cash", LATER ",{\"name\":\"Phí thứ ba\",\"amount\":100000,\"confirmed\":true,\"basis\":\"TT\",\"paid\":\"later\"}"));
	long n = atol(id) * 10;
	one(admin(), "UPDATE motcua.dossier SET received_at = received_at - interval '3 hours' WHERE dossier_id = %s", id);
	one(admin(), "UPDATE motcua.dossier_fee SET paid_at = paid_at - interval '3 hours' WHERE dossier_id = %s", id);
	snprintf(first, sizeof first, "\npaid_at\t%.30s\n", one(admin(), "SELECT motcua.iso(received_at) FROM motcua.dossier WHERE dossier_id = %s", id));
	const char *fields = receipt_of(man, id);
	assert_non_null(strstr(fields, "\nfee.total\t8000\n"));
	/* The time is that of the money, not of the paper. */
	assert_non_null(strstr(fields, first));
	assert_string_equal(receipt_of(man, id), "");
	/* What was owed is received, line by line; nobody gets the first sum again. */
	assert_string_equal(state_of(lan, PAID, id, "2", "cash", "NULL", n), "MC008");
	assert_string_equal(state_of(man, PAID, id, "2", "later", "NULL", n), "MC005");
	assert_string_equal(state_of(man, PAID, id, "", "cash", "NULL", n), "MC005");
	assert_string_equal(state_of(man, PAID, id, "2", "cash", "now() + interval '1 hour'", n), "MC005");
	assert_string_equal(state_of(man, PAID, id, "2", "cash", "now() - interval '4 hours'", n), "MC005");
	assert_string_equal(state_of(man, PAID, id, "1,2", "cash", "NULL", n), "MC006");
	assert_string_equal(state_of(man, PAID, id, "2,9", "cash", "NULL", n), "MC006");
	assert_string_equal(one(man, "SELECT amount FROM desk.transfer(%s)", id), "150000");
	assert_string_equal(one(man, PAID, id, "2", "transfer", "now() - interval '1 hour'", n), "2");
	/* The reply was lost: the same, once; of another dossier a mistake. */
	assert_string_equal(one(man, PAID, id, "2", "transfer", "now() - interval '1 hour'", n), "2");
	assert_string_equal(state_of(man, PAID, dossier(man, FEES("later", "")), "1", "cash", "NULL", n), "MC006");
	assert_string_equal(state_of(man, PAID, id, "2", "cash", "NULL", n + 1), "MC006");
	assert_string_equal(one(man, "SELECT amount FROM desk.transfer(%s)", id), "100000");
	assert_string_equal(one(man, PAID, id, "3", "transfer", "NULL", n + 2), "3");
	fields = receipt_of(man, id);
	assert_non_null(strstr(fields, "\nfee.total\t150000\n"));
	assert_non_null(strstr(fields, "\nfee.1.name\tPhí thẩm định\n"));
	assert_non_null(strstr(fields, "\npaid_by\ttransfer\n"));
	assert_non_null(strstr(fields, "\npaid_from\t"));
	assert_null(strstr(fields, "Lệ phí"));
	assert_string_equal(receipt_of(man, id), "");
	assert_int_equal(count(admin(), "SELECT sum((motcua.field_raw(fields, 'fee.total'))::int) FROM motcua.paper WHERE form = 'fee' AND dossier_id = %s", id), 158000);
	assert_string_equal(one(man, "SELECT string_agg(seq || ' ' || paid || ' ' || (receipt <> '') || (paid_at IS NOT NULL), ', ' ORDER BY seq)"
		" FROM desk.dossier_fees(%s)", id), "1 cash truetrue, 2 transfer truetrue, 3 transfer truetrue");
	/* History, trail, and every system hears of it. */
	assert_string_equal(one(admin(), "SELECT count(*) || split_part(min(note), ',', 1) FROM motcua.dossier_event WHERE act = 'fee_paid' AND dossier_id = %s"
		" AND note LIKE '%%thẩm định%%'", id), "1Đã thu Phí thẩm định 50.000 đồng (chuyển khoản");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'fee_paid' AND dossier_id = %s", id), 2);
	assert_string_equal(one(admin(), "SELECT count(*) || ' ' || min(payload->'fees'->1->>'paid') FROM motcua.message WHERE dossier_id = %s AND kind = 'dossier'"
		" AND seq > 2 AND payload->'fees'->2->>'paid' = 'transfer'", id), "2 transfer");
	PQfinish(lan);
	PQfinish(man);
}

static void a_receipt_says_what_was_received(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	char paper[32];
	(void)state;
	const char *id = dossier(man, FEES("cash", LATER));
	snprintf(paper, sizeof paper, "%s", one(man, "SELECT paper_id FROM desk.issue_paper('11111111-1111-4111-8111-111111111111', 'fee', %s)", id));
	const char *fields = one(man, "SELECT fields FROM desk.paper(%s)", paper);
	assert_non_null(strstr(fields, "\nfee.total\t8000\n"));
	assert_non_null(strstr(fields, "\nfee.1.name\tLệ phí\n"));
	assert_non_null(strstr(fields, "\npaid_by\tcash\n"));
	assert_null(strstr(fields, "Phí thẩm định"));
	assert_non_null(strstr(fields, "\npayer.name\t"));
	assert_non_null(strstr(fields, "\ndossier.code\t"));
	/* The same request, the same paper. */
	assert_string_equal(one(man, "SELECT paper_id || ' ' || repeated FROM desk.issue_paper('11111111-1111-4111-8111-111111111111',"
		" 'fee', %s)", id), one(man, "SELECT '%s true'", paper));
	assert_string_equal(state_of(lan, "SELECT * FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", id), "MC008");
	assert_string_equal(state_of(man, "SELECT * FROM desk.issue_paper(gen_random_uuid(), 'result', %s)", id), "MC006");
	assert_string_equal(state_of(man, "SELECT * FROM desk.issue_paper(gen_random_uuid(), 'khac', %s)", id), "MC005");
	/* The receipt is made again when something of it has changed. */
	assert_string_equal(state_of(man, "SELECT * FROM desk.issue_paper(gen_random_uuid(), '01', %s)", id), "MC006");
	assert_string_equal(state_of(man, "SELECT * FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)",
		dossier(man, FEES("later", ""))), "MC006");
	PQfinish(lan);
	PQfinish(man);
}

/* What was not needed was neither shown nor looked up. */
static void a_receipt_names_no_act_that_did_not_happen(void **state)
{
	PGconn *man = as("man");
	(void)state;
	const char *id = dossier(man, "test.req('{\"components\":[{\"seq\":1,\"name\":\"Tờ khai\",\"action\":\"submit\",\"originals\":1,"
		"\"copies\":0,\"pages\":2,\"state\":\"ok\",\"required\":true,\"files\":[]},{\"name\":\"Văn bản ủy quyền\",\"action\":\"show\",\"originals\":1,"
		"\"copies\":0,\"pages\":0,\"state\":\"not_needed\",\"required\":false,\"reason\":\"đã có\",\"files\":[]}]}')");
	assert_string_equal(one(admin(), "SELECT (fields LIKE '%%Tờ khai%%') || ' ' || (fields LIKE '%%\tshow\n%%') FROM motcua.paper WHERE dossier_id = %s", id),
		"true false");
	PQfinish(man);
}

static long version(const char *id)
{
	return count(admin(), "SELECT version FROM motcua.dossier WHERE dossier_id = %s", id);
}

static const char *slip(PGconn *man, const char *id, const char *key)
{
	return one(admin(), "SELECT coalesce(motcua.field_raw(fields, '%s'), '-') FROM motcua.paper WHERE paper_id = %s", key,
		one(man, "SELECT paper_id FROM desk.issue_paper(gen_random_uuid(), 'result', %s)", id));
}

#define HANDED "SELECT version FROM desk.act(%s, %ld, 'return', '', '{\"receiver\":%s}')"

/* The slip says what was recorded with the act, and before it nothing. */
static void a_slip_says_who_took_the_result(void **state)
{
	static const char other[] = "{\"taker\":\"other\",\"name\":\"Lê Văn Ba\",\"id_number\":\"089090000077\",\"mandate\":\"số 5 ngày 20/11\",\"no_file\":\"chưa có máy quét\"}";
	PGconn *man = as("man");
	(void)state;
	const char *id = dossier(man, FEES("cash", ""));
	one(man, "SELECT desk.act(%s, %ld, 'finish', '')", id, version(id));
	assert_string_equal(slip(man, id, "receiver.name"), "-");
	assert_string_equal(slip(man, id, "returned_at"), "-");
	assert_string_equal(state_of(man, HANDED, id, version(id), "{\"taker\":\"other\",\"name\":\"Ba\"}"), "MC005");
	assert_string_equal(state_of(man, HANDED, id, version(id), "{\"taker\":\"post\"}"), "MC005");
	one(man, HANDED, id, version(id), other);
	one(admin(), "UPDATE motcua.dossier SET status_at = status_at - interval '2 hours' WHERE dossier_id = %s", id);
	assert_string_equal(slip(man, id, "receiver.name"), "-"); /* of another hand-over than this */
	one(admin(), "UPDATE motcua.dossier SET status_at = status_at + interval '2 hours' WHERE dossier_id = %s", id);
	assert_string_equal(slip(man, id, "receiver.name"), "Lê Văn Ba");
	assert_string_equal(slip(man, id, "receiver.id_number"), "089090000077");
	assert_string_equal(slip(man, id, "receiver.mandate"), "số 5 ngày 20/11");
	assert_string_equal(slip(man, id, "returned_at"), one(admin(), "SELECT motcua.iso(at) FROM motcua.dossier_event WHERE act = 'return' AND dossier_id = %s", id));
	/* Not handed over after all, then given to the owner. */
	one(admin(), "UPDATE motcua.dossier SET status = 9 WHERE dossier_id = %s", id);
	assert_string_equal(slip(man, id, "receiver.name"), "-");
	one(man, HANDED, id, version(id), "{\"taker\":\"owner\",\"no_file\":\"chưa có máy quét\"}");
	assert_string_equal(slip(man, id, "receiver.name"), "Nguyễn Thị Hồng");
	assert_string_equal(slip(man, id, "receiver.mandate"), "-");
	PQfinish(man);
}

static void a_transfer_goes_to_the_account_of_the_day(void **state)
{
	PGconn *man = as("man");
	(void)state;
	const char *id = dossier(man, FEES("cash", LATER));
	assert_string_equal(one(man, "SELECT amount || coalesce(bin, '') FROM desk.transfer(%s)", id), "50000");
	one(admin(), "SELECT motcua.load('bank_accounts', 'test', '[{\"unit_code\":\"30538\",\"bin\":\"970499\",\"bank\":\"A\",\"account\":\"1\","
		"\"holder\":\"CU\",\"valid_from\":\"2020-01-01\",\"valid_to\":\"2025-01-01\"},{\"unit_code\":\"30538\",\"bin\":\"970498\","
		"\"bank\":\"B\",\"account\":\"2\",\"holder\":\"MOI\",\"valid_from\":\"2025-01-01\"},{\"unit_code\":\"30544\",\"bin\":\"970497\","
		"\"bank\":\"C\",\"account\":\"3\",\"holder\":\"KHAC\",\"valid_from\":\"2025-01-01\"}]')");
	assert_string_equal(one(man, "SELECT concat_ws(' ', amount, bin, bank, account, holder) FROM desk.transfer(%s)", id),
		"50000 970498 B 2 MOI");
	const char *fields = one(man, "SELECT fields FROM desk.paper((SELECT paper_id FROM desk.issue_paper(gen_random_uuid(), 'payment', %s)))", id);
	assert_non_null(strstr(fields, "\ntransfer.amount\t50000\n"));
	assert_non_null(strstr(fields, "\nbank.account\t2\n"));
	assert_null(strstr(fields, "fee.1.paid"));
	/* Shown is not paid; twice in a minute is one line. */
	one(man, "SELECT desk.transfer_shown(%s, 50000)", id);
	one(man, "SELECT desk.transfer_shown(%s, 50000)", id);
	assert_string_equal(one(admin(), "SELECT count(*) || min(note) FROM motcua.dossier_event WHERE act = 'transfer_shown' AND dossier_id = %s", id),
		"1Đã đưa mã chuyển khoản VietQR 50.000 đồng (chưa xác nhận tiền về)");
	assert_string_equal(one(man, "SELECT amount FROM desk.transfer(%s)", id), "50000");
	assert_string_equal(state_of(admin(), "SELECT motcua.load('bank_accounts', 'test', '[{\"unit_code\":\"30538\",\"bin\":\"97\",\"bank\":\"A\","
		"\"account\":\"1\",\"holder\":\"X\"}]')"), "MC005");
	PQfinish(man);
}

#define HANDOVER(taker, n) "SELECT number FROM desk.issue_handover('44444444-4444-4444-8444-00000000000" n "', %s, '" taker "', '')"
#define BOOK "SELECT string_agg(number || ' ' || field || ' ' || entries, ',' ORDER BY number)" \
	" FROM desk.issue_book('55555555-5555-4555-8555-555555555555', '%s', '%s')"

/* Receipts of those chosen, a list that goes with them, the book of a period: each numbered
 * once, nothing of another unit's, nothing said that was not recorded. */
static void papers_of_many_dossiers(void **state)
{
	PGconn *man = as("man"), *lan = as("lan"), *hue = as("hue");
	char a[32], b[32], chosen[128], book[400];
	(void)state;
	snprintf(a, sizeof a, "%s", dossier(man, FEES("cash", "")));
	snprintf(b, sizeof b, "%s", dossier(man, FEES("later", "")));
	snprintf(chosen, sizeof chosen, "ARRAY[%s,%s,%s]::bigint[]", b, a, b);
	/* A receipt made anew is the one that counts. */
	one(admin(), "INSERT INTO motcua.paper (unit_id, dossier_id, request_id, form, year, fields, made_at, login) SELECT unit_id, dossier_id,"
		" gen_random_uuid(), '01', 2026, fields, made_at + interval '1 hour', login FROM motcua.paper WHERE form = '01' AND dossier_id = %s", a);
	assert_string_equal(one(man, "SELECT string_agg((dossier_id = %s)::text, ',') FROM desk.receipts_of(%s)", a, chosen), "false,true");
	assert_string_equal(one(man, "SELECT max(paper_id) FROM desk.receipts_of(%s)", chosen), one(admin(), "SELECT max(paper_id) FROM motcua.paper"));
	assert_string_equal(state_of(lan, "SELECT * FROM desk.receipts_of(%s)", chosen), "MC008");
	assert_string_equal(state_of(man, "SELECT * FROM desk.receipts_of('{}')"), "MC005");
	/* The hand-over list. */
	assert_string_equal(state_of(lan, HANDOVER("Phòng Kinh tế", "1"), chosen), "MC008");
	assert_string_equal(state_of(man, HANDOVER(" ", "1"), chosen), "MC005");
	assert_string_equal(one(man, HANDOVER("Phòng Kinh tế", "1"), chosen), "01/BK-TTPVHCC");
	assert_string_equal(one(man, HANDOVER("Phòng Kinh tế", "1"), chosen), "01/BK-TTPVHCC"); /* the reply was lost */
	assert_string_equal(one(man, HANDOVER("Phòng Kinh tế", "2"), chosen), "02/BK-TTPVHCC");
	const char *fields = one(admin(), "SELECT fields FROM motcua.paper WHERE form = 'handover-list' AND seq = 1");
	assert_non_null(strstr(fields, "\nitem_count\t2\n"));
	assert_non_null(strstr(fields, "\ntaker.unit\tPhòng Kinh tế\n"));
	assert_non_null(strstr(fields, "\nitem.2.code\t"));
	assert_null(strstr(fields, "item.3."));
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'paper_issue' AND what->>'form' = 'handover-list'"), 4);
	/* The book: a field, a paper; what has not happened stays empty. */
	one(admin(), "UPDATE motcua.dossier SET field = 'Đất đai' WHERE dossier_id = %s", b);
	assert_string_equal(state_of(man, BOOK, "1999-01-01", "1999-01-31"), "MC004"); /* everybody's name and address */
	assert_string_equal(state_of(hue, BOOK, "1999-01-01", "1999-01-31"), "MC006");
	assert_string_equal(state_of(hue, BOOK, "2026-02-01", "2026-01-31"), "MC005");
	assert_string_equal(state_of(hue, BOOK, "2020-01-01", "2026-01-31"), "MC005");
	const char *day = one(admin(), "SELECT (received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM motcua.dossier WHERE dossier_id = %s", a);
	snprintf(book, sizeof book, BOOK, day, day);
	for (int again = 0; again < 2; again++) {
		const char *made = one(hue, "%s", book);
		assert_non_null(strstr(made, "01/STD-TTPVHCC Đất đai 1,"));
		assert_non_null(strstr(made, "02/STD-TTPVHCC Hộ tịch "));
	}
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.paper WHERE form = '07'"), 2);
	assert_string_equal(one(admin(), "SELECT (fields LIKE E'%%\nentry.1.code\tH01%%')::text || (fields LIKE E'%%\nentry.1.returned%%')::text"
		" || (fields LIKE E'%%\nperiod.from\t2%%')::text FROM motcua.paper WHERE form = '07' AND seq = 1"), "truefalsetrue");
	/* Its numbers run on within the year: one received before the period is before the first of it. */
	one(admin(), "INSERT INTO motcua.dossier (unit_id, code, request_id, procedure_code, procedure_name, procedure_row, field, catalogue_version,"
		" channel, counter_code, session_id, login, owner_name, limit_value, limit_unit, limit_source, received_at, status, status_at, route_system,"
		" result_by) SELECT unit_id, 'BEFORE', gen_random_uuid(), procedure_code, procedure_name, procedure_row, 'Đất đai', catalogue_version, 1, 'Q1',"
		" 1, login, owner_name, 3, 'working_day', 'none', greatest(date_trunc('year', received_at), received_at - interval '9 days'), 2, status_at,"
		" route_system, result_by FROM motcua.dossier WHERE dossier_id = %s", b);
	book[0] = '\0';
	snprintf(book, sizeof book, "SELECT count(*) FROM desk.issue_book('55555555-5555-4555-8555-555555555556', '%s', '%s')", day, day);
	one(hue, "%s", book);
	assert_string_equal(one(admin(), "SELECT (fields LIKE E'%%\nentry.1.nth\t2\n%%')::text FROM motcua.paper WHERE form = '07' AND seq = 3"), "true");
	PQfinish(hue);
	PQfinish(lan);
	PQfinish(man);
}

static void the_first_copy_stays(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	char paper[32];
	(void)state;
	dossier(man, FEES("cash", ""));
	snprintf(paper, sizeof paper, "%s", one(admin(), "SELECT max(paper_id) FROM motcua.paper WHERE form = '01'"));
	assert_string_equal(state_of(man, "SELECT * FROM desk.paper_copy(%s)", paper), "MC008");
	assert_string_equal(one(man, "SELECT desk.keep_copy(%s, 'pdf-a5', '\\x255044462d')", paper), "t");
	assert_string_equal(one(man, "SELECT desk.keep_copy(%s, 'pdf-a5', '\\x00')", paper), "f");
	assert_string_equal(one(man, "SELECT concat_ws(' ', output, encode(bytes, 'escape'), sha256 = encode(sha256('%%PDF-'), 'hex'))"
		" FROM desk.paper_copy(%s)", paper), "pdf-a5 %PDF- t");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.paper_copy(%s)", paper), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.keep_copy(%s, 'x', '\\x00')", paper), "MC008");
	assert_string_not_equal(state_of(admin(), "UPDATE motcua.paper_copy SET bytes = '\\x00'"), "");
	PQfinish(lan);
	PQfinish(man);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_crowd_gets_each_number_once),
		cmocka_unit_test(money_is_receipted_once),
		cmocka_unit_test(a_receipt_says_what_was_received),
		cmocka_unit_test(a_receipt_names_no_act_that_did_not_happen),
		cmocka_unit_test(a_slip_says_who_took_the_result),
		cmocka_unit_test(a_transfer_goes_to_the_account_of_the_day),
		cmocka_unit_test(papers_of_many_dossiers),
		cmocka_unit_test(the_first_copy_stays),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
