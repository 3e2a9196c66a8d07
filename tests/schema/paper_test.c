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

static void a_crowd_gets_each_number_once(void **state)
{
	PGconn *line[COUNTERS], *man = as("man");
	char sql[200];
	int worked = 0;
	(void)state;
	const char *id = dossier(man, FEES("cash", ""));
	/* Some fail after their number was taken: it comes back. */
	one(admin(), "ALTER TABLE motcua.paper ADD CONSTRAINT trip CHECK (form <> 'fee' OR paper_id %% 3 <> 0)");
	snprintf(sql, sizeof sql, "SELECT number FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", id);
	for (int i = 0; i < COUNTERS; i++)
		line[i] = as(i % 2 ? "man" : "khoa");
	for (int k = 0; k < 10; k++) {
		for (int i = 0; i < COUNTERS; i++)
			assert_int_equal(PQsendQuery(line[i], sql), 1);
		for (int i = 0; i < COUNTERS; i++)
			for (PGresult *r; (r = PQgetResult(line[i])) != NULL; PQclear(r))
				worked += PQresultStatus(r) == PGRES_TUPLES_OK;
	}
	one(admin(), "ALTER TABLE motcua.paper DROP CONSTRAINT trip");
	assert_true(worked > 10 && worked < 10 * COUNTERS);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.paper WHERE form = 'fee'"), worked);
	assert_int_equal(count(admin(), "SELECT count(DISTINCT seq) FROM motcua.paper WHERE form = 'fee'"), worked);
	assert_int_equal(count(admin(), "SELECT max(seq) FROM motcua.paper WHERE form = 'fee'"), worked);
	assert_string_equal(one(admin(), "SELECT number FROM motcua.paper WHERE form = 'fee' AND seq = 9"), "09/BL-TTPVHCC");
	/* Another year begins anew; what was given stays. */
	one(admin(), "UPDATE motcua.paper_sequence SET year = year - 1 WHERE form = 'fee'");
	one(admin(), "UPDATE motcua.paper SET year = year - 1 WHERE form = 'fee'");
	assert_string_equal(one(man, "SELECT number FROM desk.issue_paper(gen_random_uuid(), 'fee', %s)", id), "01/BL-TTPVHCC");
	for (int i = 0; i < COUNTERS; i++)
		PQfinish(line[i]);
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
		cmocka_unit_test(a_receipt_says_what_was_received),
		cmocka_unit_test(a_transfer_goes_to_the_account_of_the_day),
		cmocka_unit_test(the_first_copy_stays),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
