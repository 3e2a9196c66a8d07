/* SPDX-License-Identifier: Apache-2.0
 *
 * Blank receipts printed beforehand, and dossiers entered afterwards: whose
 * sheet, which moment, which incident, and that no sheet serves twice. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "tests/support/world.h"

/* A request of a later entry: code, moment and incident as SQL expressions. */
#define LATER(code, at, incident) \
	"test.req(jsonb_build_object('computed_at', " at ", 'later', jsonb_build_object('blank_code', " code \
	", 'received_at', " at ", 'reason', 'Mất điện cả xã', 'received_by', 'Lê Thị Mận', 'standstill_id', " incident ")))"
#define ENTER(code, at, incident) "SELECT code FROM desk.accept_dossier(" LATER(code, at, incident) ")"
#define SECOND "date_trunc('second', clock_timestamp())"

static char standstill[32];

/* Sheets that have lain there for two hours, in a power cut of one. */
static void lay_in(int how_many, char first[64])
{
	PGconn *hue = as("hue"), *man = as("man");
	char block[32];

	snprintf(block, sizeof block, "%s", one(hue, "SELECT block_id FROM desk.reserve_blanks('Q1', %d, 'Dự phòng mất điện')",
		how_many));
	one(admin(), "UPDATE motcua.blank_block SET made_at = made_at - interval '2 hours' WHERE block_id = %s", block);
	snprintf(first, 64, "%s", one(man, "SELECT code FROM desk.blanks(%s) WHERE nth = 1", block));
	snprintf(standstill, sizeof standstill, "%s", one(man, "SELECT desk.tell_standstill('power', 'Mất điện cả xã',"
		" now() - interval '1 hour', now() - interval '10 minutes')"));
	PQfinish(hue);
	PQfinish(man);
}

static void a_supervisor_lays_in_sheets(void **state)
{
	PGconn *hue = as("hue"), *man = as("man");
	long before = count(admin(), "SELECT coalesce(sum(last), 0) FROM motcua.code_sequence");

	(void)state;
	assert_string_equal(state_of(man, "SELECT * FROM desk.reserve_blanks('Q1', 3, 'Dự phòng')"), "MC004");
	assert_string_equal(state_of(hue, "SELECT * FROM desk.reserve_blanks('Q9', 3, 'Dự phòng')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT * FROM desk.reserve_blanks('Q1', 0, 'Dự phòng')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT * FROM desk.reserve_blanks('Q1', 101, 'Dự phòng')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT * FROM desk.reserve_blanks('Q1', 3, ' ')"), "MC005");
	assert_int_equal(count(admin(), "SELECT coalesce(sum(last), 0) FROM motcua.code_sequence"), before);
	char paper[32], block[32];
	snprintf(block, sizeof block, "%s", one(hue, "SELECT block_id FROM desk.reserve_blanks('Q1', 3, 'Dự phòng mất điện')"));
	assert_int_equal(count(admin(), "SELECT sum(last) FROM motcua.code_sequence"), before + 3);
	snprintf(paper, sizeof paper, "%s", one(man, "SELECT paper_id FROM desk.blank_blocks(10) WHERE block_id = %s", block));
	assert_string_equal(one(man, "SELECT concat_ws(' ', counter_code, how_many, free, used, void, missing, copies, printer)"
		" FROM desk.blank_blocks(10) WHERE block_id = %s", block), "Q1 3 3 0 0 0 0 ");
	assert_non_null(strstr(one(man, "SELECT fields FROM desk.paper(%s)", paper), "blank.3.code\tH01.999-"));
	assert_string_equal(one(man, "SELECT form FROM desk.paper(%s)", paper), "01b");
	one(man, "SELECT desk.paper_printed(%s, 'Quầy 1', 'ok')", paper);
	assert_string_equal(one(man, "SELECT concat_ws('|', printed_by, printer, copies) FROM desk.blank_blocks(10)"
		" WHERE block_id = %s", block), "Lê Thị Mận|Quầy 1|1");
	/* No dossier of the day gets one of their codes. */
	const char *code = one(man, "SELECT code FROM desk.accept_dossier(test.req())");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.blank WHERE code = '%s'", code), 0);
	assert_string_equal(state_of(hue, "SELECT * FROM desk.reserve_blanks('Q1', 100, 'x') UNION ALL"
		" SELECT * FROM desk.reserve_blanks('Q1', 100, 'x')"), "MC005");
	PQfinish(hue);
	PQfinish(man);
}

static void the_true_moment_counts(void **state)
{
	PGconn *man = as("man");
	char code[64], id[32];

	(void)state;
	lay_in(2, code);
	one(admin(), "CREATE TABLE test.truly AS SELECT date_trunc('second', now() - interval '30 minutes') AS at");
	one(admin(), "GRANT SELECT ON test.truly TO motcua_clerk");
	assert_string_equal(one(man, ENTER("'%s'", "(SELECT at FROM test.truly)", "%s"), code, standstill), code);
	snprintf(id, sizeof id, "%s", one(admin(), "SELECT dossier_id FROM motcua.dossier WHERE code = '%s'", code));
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier d, test.truly t WHERE d.dossier_id = %s"
		" AND d.received_at = t.at AND d.status_at = t.at", id), 1);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.message m, test.truly t WHERE m.dossier_id = %s"
		" AND m.kind = 'dossier' AND m.payload->>'received_at' = motcua.iso(t.at)"
		" AND m.payload->>'note' LIKE 'Nhập sau lúc %% từ giấy viết tay; người tiếp nhận: Lê Thị Mận; lý do: Mất điện cả xã.'", id), 2);
	assert_string_equal(one(man, "SELECT string_agg(act, ' ' ORDER BY at) FROM desk.dossier_events(%s)", id), "receive later_entry");
	assert_string_equal(one(man, "SELECT state || (dossier_id = %s) FROM desk.blank('%s')", id, code), "usedtrue");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'later_entry' AND dossier_id = %s"
		" AND what->>'received_by' = 'Lê Thị Mận' AND what->>'standstill_id' = '%s'", id, standstill), 1);
	assert_non_null(strstr(one(admin(), "SELECT fields FROM motcua.paper WHERE dossier_id = %s", id), "entered_at\t"));
	/* Once is once; and the sheet is no longer anybody's to mark. */
	assert_string_equal(state_of(man, ENTER("'%s'", "(SELECT at FROM test.truly)", "%s"), code, standstill), "MC006");
	assert_string_equal(state_of(man, "SELECT desk.mark_blank('%s', 'void', 'viết hỏng')", code), "MC006");
	one(admin(), "DROP TABLE test.truly");
	PQfinish(man);
}

static void a_lost_reply_is_repeated_without_harm(void **state)
{
	PGconn *man = as("man");
	char code[64], request[4096];

	(void)state;
	lay_in(1, code);
	snprintf(request, sizeof request, "%s", one(man, "SELECT " LATER("'%s'", SECOND " - interval '20 minutes'", "%s"), code,
		standstill));
	assert_string_equal(one(man, "SELECT code || repeated FROM desk.accept_dossier('%s')", request),
		one(admin(), "SELECT '%s' || false", code));
	assert_string_equal(one(man, "SELECT code || repeated FROM desk.accept_dossier('%s')", request),
		one(admin(), "SELECT '%s' || true", code));
	PQfinish(man);
}

static void what_cannot_have_been_is_refused(void **state)
{
	static const struct {
		const char *at, *field;
	} BAD[] = {
		{ SECOND " + interval '1 hour'", "later.received_at" },
		{ SECOND " - interval '40 days'", "later.received_at" },
		{ SECOND " - interval '150 minutes'", "later.received_at" },   /* before the sheet was printed */
		{ SECOND " - interval '90 minutes'", "later.received_at" },    /* before the lights went out */
		{ SECOND " - interval '1 minute'", "later.received_at" },      /* after they came back */
		{ "'infinity'::timestamptz", "later.received_at" },
		{ "'-infinity'::timestamptz", "later.received_at" },
	};
	PGconn *man = as("man");
	char code[64], sql[900];

	(void)state;
	lay_in(1, code);
	for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
		snprintf(sql, sizeof sql, "SELECT desk.accept_dossier(test.req(jsonb_build_object('computed_at', %s, 'later',"
			" jsonb_build_object('blank_code', '%s', 'received_at', %s, 'reason', 'x', 'received_by', 'y',"
			" 'standstill_id', %s))))", BAD[i].at, code, BAD[i].at, standstill);
		assert_string_equal(state_of(man, "%s", sql), "MC005");
		assert_string_equal(last_hint(), BAD[i].field);
	}
	assert_string_equal(state_of(man, ENTER("'%s'", SECOND " - interval '20 minutes'", "NULL"), code), "MC005");
	assert_string_equal(last_hint(), "later.standstill_id");
	assert_string_equal(state_of(man, ENTER("'%s'", SECOND " - interval '20 minutes'", "987654"), code), "MC005");
	assert_string_equal(state_of(man, ENTER("'H01.999-260101-0001'", SECOND " - interval '20 minutes'", "%s"), standstill), "MC008");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req('{\"later\":1}'))"), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(" LATER("'%s'", SECOND " - interval '20 minutes'", "%s")
		" || '{\"computed_at\":\"2026-01-01T00:00:00+07:00\"}')", code, standstill), "MC001");
	assert_string_equal(one(man, "SELECT state FROM desk.blank('%s')", code), "free");
	PQfinish(man);
}

static void sheets_stay_in_their_unit(void **state)
{
	PGconn *lan = as("lan");
	char code[64], theirs[32];

	(void)state;
	lay_in(1, code);
	snprintf(theirs, sizeof theirs, "%s", one(lan, "SELECT desk.tell_standstill('power', 'x', now() - interval '1 hour', NULL)"));
	assert_string_equal(state_of(lan, "SELECT * FROM desk.blank('%s')", code), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.mark_blank('%s', 'void', 'x')", code), "MC008");
	assert_string_equal(state_of(lan, ENTER("'%s'", SECOND " - interval '20 minutes'", "%s"), code, theirs), "MC008");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.blanks((SELECT 1))"), "MC008");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.blank_blocks(50)"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.standstills(50)"), 1);
	PQfinish(lan);
}

static void spoilt_and_lost_sheets_are_told(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");
	char code[64];

	(void)state;
	lay_in(2, code);
	assert_string_equal(state_of(man, "SELECT desk.mark_blank('%s', 'void', ' ')", code), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.mark_blank('%s', 'used', 'x')", code), "MC005");
	one(man, "SELECT desk.mark_blank('%s', 'void', 'Viết hỏng')", code);
	assert_string_equal(state_of(man, ENTER("'%s'", SECOND " - interval '20 minutes'", "%s"), code, standstill), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.mark_blank('%s', 'free', 'x')", code), "MC004");
	one(hue, "SELECT desk.mark_blank('%s', 'free', 'Dân đang giữ tờ này')", code);
	one(man, "SELECT desk.mark_blank('%s', 'missing', 'Không thấy khi kiểm')", code);
	/* Each reason stands with the sheet, none in the trail. */
	assert_string_equal(one(admin(), "SELECT string_agg(state || ' ' || reason, ', ' ORDER BY at) FROM motcua.blank_said WHERE code = '%s'", code),
	                    "void Viết hỏng, free Dân đang giữ tờ này, missing Không thấy khi kiểm");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act LIKE 'blank\\_%%' AND what->>'code' = '%s' AND NOT what ? 'reason'", code), 3);
	/* Found in a citizen's hand: the promise holds, and the history says that it was lost. */
	assert_string_equal(one(man, ENTER("'%s'", SECOND " - interval '20 minutes'", "%s"), code, standstill), code);
	assert_string_equal(one(man, "SELECT reason FROM desk.blank('%s')", code), "Đã báo mất, nay thấy: Không thấy khi kiểm");
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.blank_blocks(100) WHERE free + used + void + missing <> how_many"), 0);
	PQfinish(man);
	PQfinish(hue);
}

/* Two counters with the same sheet at the same moment: one dossier. */
static void a_race_has_one_winner(void **state)
{
	enum { COUNTERS = 6 };
	PGconn *line[COUNTERS];
	char code[64], sql[900];
	int worked = 0, refused = 0;

	(void)state;
	lay_in(1, code);
	snprintf(sql, sizeof sql, ENTER("'%s'", SECOND " - interval '20 minutes'", "%s"), code, standstill);
	for (int i = 0; i < COUNTERS; i++)
		line[i] = as("man");
	for (int i = 0; i < COUNTERS; i++)
		assert_int_equal(PQsendQuery(line[i], sql), 1);
	for (int i = 0; i < COUNTERS; i++) {
		PGresult *got;
		while ((got = PQgetResult(line[i])) != NULL) {
			const char *sqlstate = PQresultErrorField(got, PG_DIAG_SQLSTATE);
			worked += PQresultStatus(got) == PGRES_TUPLES_OK;
			refused += sqlstate && strcmp(sqlstate, "MC006") == 0;
			PQclear(got);
		}
		PQfinish(line[i]);
	}
	assert_int_equal(worked, 1);
	assert_int_equal(refused, COUNTERS - 1);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier WHERE code = '%s'", code), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_supervisor_lays_in_sheets),
		cmocka_unit_test(the_true_moment_counts),
		cmocka_unit_test(a_lost_reply_is_repeated_without_harm),
		cmocka_unit_test(what_cannot_have_been_is_refused),
		cmocka_unit_test(sheets_stay_in_their_unit),
		cmocka_unit_test(spoilt_and_lost_sheets_are_told),
		cmocka_unit_test(a_race_has_one_winner),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
