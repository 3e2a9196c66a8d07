/* SPDX-License-Identifier: Apache-2.0
 *
 * A result until it is in the citizen's hand: words to them, calls, results on paper,
 * shelf places, what must be there before the hand-over, mistakes, ratings. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

#define ACT "SELECT version FROM desk.act(%s, %ld, '%s', '%s', '%s')"
#define OWNER(more) "{\"receiver\":{\"taker\":\"owner\",\"shown\":\"receipt\"" more "}}"
#define NO_FILE ",\"no_file\":\"kết quả là bản giấy có dấu nổi\""
#define CAME "SELECT desk.result_came(%s, %ld, '{\"kind\":\"Giấy xác nhận\",\"number\":\"12/UBND-XN\",\"issued_on\":\"2026-01-05\"," \
	"\"signer\":\"Trần Văn Ký\",\"place\":\"Kệ 2\"}', '44444444-4444-4444-8444-%012ld')"

static long version(const char *id)
{
	return count(admin(), "SELECT version FROM motcua.dossier WHERE dossier_id = %s", id);
}

static const char *dossier(PGconn *line, const char *changes)
{
	static char id[16][32];
	static int at;
	at = (at + 1) % 16;
	const char *code = one(line, "SELECT code FROM desk.accept_dossier(test.req('%s'))", changes);
	snprintf(id[at], sizeof id[at], "%s", one(admin(), "SELECT dossier_id FROM motcua.dossier WHERE code = '%s'", code));
	return id[at];
}

/* No gateway in this world: telephone or nothing. */
static void who_is_to_be_called(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *lan = as("lan");
	(void)state;
	const char *id = dossier(man, "{}"), *mute = dossier(man,
		"{\"owner\":{\"kind\":\"person\",\"name\":\"Lê Văn Tám\",\"id_number\":\"001199000013\",\"id_kind\":\"cccd\",\"birth\":\"1999-03-05\",\"sex\":\"nam\",\"address\":\"Ấp 1\"}}");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.citizen_messages(%s)", id), 0); /* "received" is not told unless set */
	one(man, ACT, id, version(id), "ask_supplement", "Thiếu tờ khai", "{}");
	assert_string_equal(one(man, "SELECT concat_ws(' ', kind, phone, tries) FROM desk.call_list(10)"), "supplement 0912•••678 0");
	/* What nobody waits for any more is no call. */
	one(admin(), "UPDATE motcua.dossier SET status = 5 WHERE dossier_id = %s", mute);
	one(admin(), "INSERT INTO motcua.dossier_event (unit_id, dossier_id, at, act, from_status, to_status) SELECT unit_id, dossier_id, clock_timestamp(),"
		" 'supplement', 5, 2 FROM motcua.dossier WHERE dossier_id = %s", id);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.call_list(10)"), 0);
	one(admin(), "UPDATE motcua.dossier SET status = 2 WHERE dossier_id IN (%s, %s)", id, mute);
	one(man, ACT, id, version(id), "finish", "", "{}");
	one(man, ACT, mute, version(mute), "finish", "", "{}");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.call_list(10)"), 1); /* without a number nobody can be called */
	char call[32];
	snprintf(call, sizeof call, "%s", one(man, "SELECT message_id FROM desk.call_list(10)"));
	assert_null(strstr(one(man, "SELECT words FROM desk.call_list(10)"), "Hồng"));
	assert_non_null(strstr(one(man, "SELECT words FROM desk.call_list(10)"), one(admin(), "SELECT code FROM motcua.dossier WHERE dossier_id = %s", id)));
	/* Looking at the number is recorded; another unit sees nothing. */
	assert_string_equal(one(man, "SELECT desk.call_number(%s)", call), "0912345678");
	assert_string_equal(one(admin(), "SELECT what->>'what' FROM motcua.audit WHERE act = 'reveal' ORDER BY at DESC LIMIT 1"), "call");
	assert_string_equal(state_of(lan, "SELECT desk.call_number(%s)", call), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.call_mark(%s, 'done', '')", call), "MC008");
	one(man, "SELECT desk.call_mark(%s, 'no_answer', '')", call);
	assert_string_equal(one(man, "SELECT tries FROM desk.call_list(10)"), "1");
	assert_string_equal(state_of(man, "SELECT desk.call_mark(%s, 'reopened', '')", call), "MC006");
	one(man, "SELECT desk.call_mark(%s, 'done', 'mai tới')", call);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.call_list(10)"), 0);
	assert_string_equal(state_of(man, "SELECT desk.call_mark(%s, 'done', '')", call), "MC006");
	/* Who was called stands on a list of its own, of this unit. */
	assert_string_equal(one(man, "SELECT message_id || phone || (note LIKE '%% ghi đã gọi %%') FROM desk.called_list(10)"),
		one(man, "SELECT '%s' || address || 'true' FROM desk.citizen_messages(%s) WHERE state = 'called'", call, id));
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.called_list(10)"), 0);
	one(man, "SELECT desk.call_mark(%s, 'reopened', 'gọi nhầm số')", call);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.called_list(10)"), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.call_list(10)"), 1);
	/* The same thing at one moment is told once; what names somebody is not said. */
	one(admin(), "SELECT motcua.tell_citizen(d, 'apology', 'Bà Nguyễn Thị Hồng đến nhận', '2026-01-05 09:00+07') FROM motcua.dossier d WHERE dossier_id = %s", id);
	one(admin(), "SELECT motcua.tell_citizen(d, 'apology', NULL, '2026-01-05 09:00+07') FROM motcua.dossier d WHERE dossier_id = %s", id);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.citizen_message WHERE kind = 'apology' AND words NOT LIKE '%%Hồng%%'"), 1);
	/* A unit may keep silent. */
	assert_string_equal(state_of(man, "SELECT desk.unit_setting('tell_kinds', '', '')"), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.unit_setting('cut_off', '23:00', '')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.unit_setting('tell_sms', 'khong-co', '')"), "MC005");
	one(hue, "SELECT desk.unit_setting('tell_kinds', '', '')");
	one(admin(), "SELECT motcua.tell_citizen(d, 'apology', NULL, clock_timestamp()) FROM motcua.dossier d WHERE dossier_id = %s", id);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.citizen_message WHERE kind = 'apology'"), 1);
	one(hue, "SELECT desk.unit_setting('tell_kinds', 'result_ready', '')");
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
}

static void a_result_comes_on_paper(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	(void)state;
	const char *id = dossier(man, "{}");
	long n = atol(id);
	assert_string_equal(state_of(man, "SELECT desk.result_came(%s, 1, '{\"kind\":\" \"}', gen_random_uuid())", id), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.result_came(%s, 1, '{\"kind\":\"Giấy\",\"issued_on\":\"2099-01-01\"}', gen_random_uuid())", id), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.result_came(%s, 1, '{\"kind\":\"Giấy\",\"copies\":\"0\"}', gen_random_uuid())", id), "MC005");
	assert_string_equal(state_of(man, CAME, id, 7L, n), "MC006");
	assert_string_equal(one(man, CAME, id, 1L, n), "2");
	assert_string_equal(one(man, CAME, id, 1L, n), "2"); /* the reply was lost */
	assert_string_equal(state_of(lan, CAME, id, 2L, n), "MC008");
	assert_string_equal(one(admin(), "SELECT d.status || e.note FROM motcua.dossier d JOIN motcua.dossier_event e USING (unit_id, dossier_id) WHERE dossier_id = %s AND act = 'finish'", id),
		"9Nhận kết quả giấy: Giấy xác nhận số 12/UBND-XN ngày 05/01/2026, Trần Văn Ký ký");
	assert_string_equal(one(man, "SELECT concat_ws(' ', digital, place, grade, missing) FROM desk.dossier_return(%s)", id), "f Kệ 2  ");
	/* Moved, with its history; to where it lies is no move. */
	one(man, "SELECT desk.result_put(%s, 'Kệ 3')", id);
	one(man, "SELECT desk.result_put(%s, 'Kệ 3')", id);
	assert_string_equal(one(admin(), "SELECT string_agg(place, '>' ORDER BY seq) FROM motcua.result_place WHERE dossier_id = %s", id), "Kệ 2>Kệ 3");
	assert_string_equal(state_of(man, "SELECT desk.result_put(%s, repeat('x', 61))", id), "MC005");
	/* Another result of the same dossier is a row more, no new status. */
	assert_string_equal(one(man, CAME, id, 2L, n + 1000000), "3");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.result_paper WHERE dossier_id = %s", id), 2);
	PQfinish(man);
	PQfinish(lan);
}

static void what_must_be_there_before_it_goes(void **state)
{
	PGconn *man = as("man"), *khoa = as("khoa");
	(void)state;
	const char *id = dossier(man, "{}");
	one(man, CAME, id, 1L, atol(id));
	assert_string_equal(state_of(man, ACT, id, version(id), "return", "", OWNER("")), "MC005");
	assert_string_equal(last_hint(), "no_file");
	/* Papers that must change hands, each marked once. */
	for (int i = 0; i < 2; i++) /* the reply was lost */
		assert_string_equal(one(man, "SELECT desk.return_paper_add(%s, 'take', 'Giấy chứng nhận cũ', '55555555-5555-4555-8555-%012ld')", id, atol(id)), "1");
	one(man, "SELECT desk.return_paper_add(%s, 'give', 'Bản chính hộ khẩu')", id);
	assert_string_equal(state_of(man, ACT, id, version(id), "return", "", OWNER(NO_FILE)), "MC005");
	assert_string_equal(last_hint(), "return_paper");
	one(man, "SELECT desk.return_paper_done(%s, 1, '')", id);
	assert_string_equal(state_of(man, "SELECT desk.return_paper_done(%s, 1, '')", id), "MC006");
	one(man, "SELECT desk.return_paper_done(%s, 2, 'công dân không cần lấy lại')", id);
	assert_string_equal(one(admin(), "SELECT string_agg(what->>'waived', ' ' ORDER BY at) FROM motcua.audit WHERE dossier_id = %s AND act = 'return_paper'", id), "false true");
	/* A digital copy instead of a reason: one's own file, of no other dossier. */
	one(admin(), "INSERT INTO motcua.file (unit_id, name, media_type, size, sha256, login, whole) VALUES (1, 'kq.pdf', 'application/pdf', 5, sha256('x'), 'khoa', true)");
	char file[32];
	snprintf(file, sizeof file, "%s", one(admin(), "SELECT max(file_id) FROM motcua.file"));
	assert_string_equal(state_of(man, "SELECT desk.result_scanned(%s, %s)", id, file), "MC008");
	one(khoa, "SELECT desk.result_scanned(%s, %s)", id, file);
	/* It stays here: no indicator counts it as sent. */
	assert_string_equal(one(khoa, "SELECT result_file FROM desk.kpi_facts(%s)", id), "f");
	assert_string_equal(state_of(khoa, "SELECT desk.result_scanned(%s, %s)", dossier(man, "{}"), file), "MC005");
	one(man, ACT, id, version(id), "return", "", OWNER(NO_FILE));
	assert_string_equal(one(admin(), "SELECT concat_ws('|', taker, name, shown, no_file) FROM motcua.handed_over WHERE dossier_id = %s", id),
		"owner|Nguyễn Thị Hồng|receipt|"); /* there was a copy: no reason is kept */
	assert_string_equal(one(man, "SELECT place FROM desk.dossier_return(%s)", id), "");
	PQfinish(man);
	PQfinish(khoa);
}

static void what_did_not_come_lies_nowhere(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");
	(void)state;
	const char *id = dossier(man, "{}");
	long n = atol(id) + 3000000;
	one(man, CAME, id, 1L, n);
	assert_string_equal(one(man, "SELECT place || ' ' || (papers <> '') FROM desk.dossier_return(%s)", id), "Kệ 2 true");
	one(man, "SELECT desk.side_act(%s, %ld, 'undo', '{}')", id, version(id));
	assert_string_equal(one(man, "SELECT place || '|' || papers FROM desk.dossier_return(%s)", id), "|");
	assert_string_equal(one(admin(), "SELECT string_agg(seq::text || undone, ' ') FROM motcua.result_paper WHERE dossier_id = %s", id), "1true");
	/* It is a mark that is set once, and nothing else changes. */
	assert_string_equal(state_of(admin(), "UPDATE motcua.result_paper SET undone = false WHERE dossier_id = %s", id), "MC004");
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.result_paper WHERE dossier_id = %s", id), "MC004");
	/* The right one comes, is called back and stays a paper of the record when the next act is undone. */
	one(man, CAME, id, version(id), n + 1);
	assert_string_equal(state_of(admin(), "UPDATE motcua.result_paper SET undone = true, number = 'x' WHERE dossier_id = %s AND seq = 2", id), "MC004");
	one(admin(), "SET session_replication_role = replica; UPDATE motcua.result_paper SET at = at - interval '1 hour' WHERE dossier_id = %s;"
		" UPDATE motcua.result_place SET at = at - interval '1 hour' WHERE dossier_id = %s;"
		" UPDATE motcua.dossier_event SET at = at - interval '1 hour' WHERE dossier_id = %s; RESET session_replication_role", id, id, id);
	one(hue, ACT, id, version(id), "recall", "sai tên", "{}");
	one(man, ACT, id, version(id), "finish", "", "{}");
	one(man, "SELECT desk.side_act(%s, %ld, 'undo', '{}')", id, version(id));
	assert_string_equal(one(admin(), "SELECT string_agg(seq::text || undone, ' ' ORDER BY seq) FROM motcua.result_paper WHERE dossier_id = %s", id), "1true 2false");
	PQfinish(man);
	PQfinish(hue);
}

static void mistakes_are_new_rows(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");
	(void)state;
	const char *id = dossier(man, "{}");
	one(man, ACT, id, version(id), "finish", "", "{}");
	one(man, ACT, id, version(id), "return", "", OWNER(NO_FILE));
	long told = count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s AND kind = 'progress'", id);
	/* Somebody else took it. */
	assert_string_equal(state_of(man, "SELECT desk.taker_correct(%s, '{\"taker\":\"owner\"}', 'nhầm')", id), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.taker_correct(%s, '{\"taker\":\"owner\"}', ' ')", id), "MC005");
	one(hue, "SELECT desk.taker_correct(%s, '{\"taker\":\"other\",\"name\":\"Lê Văn Ba\",\"mandate\":\"số 5\",\"shown\":\"receipt\"}', 'ghi nhầm người')", id);
	assert_string_equal(one(admin(), "SELECT string_agg(concat_ws(' ', seq, name, corrects), ',' ORDER BY seq) FROM motcua.handed_over WHERE dossier_id = %s", id),
		"1 Nguyễn Thị Hồng,2 Lê Văn Ba 1");
	assert_string_equal(one(admin(), "SELECT motcua.field_raw(fields, 'receiver.name') FROM motcua.paper WHERE paper_id = %s",
		one(man, "SELECT paper_id FROM desk.issue_paper(gen_random_uuid(), 'result', %s)", id)), "Lê Văn Ba");
	/* Nobody took it. */
	assert_string_equal(state_of(man, "SELECT desk.return_undo(%s, %ld, 'nhầm')", id, version(id)), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.return_undo(%s, %ld, '')", id, version(id)), "MC005");
	one(hue, "SELECT desk.return_undo(%s, %ld, 'bấm nhầm hồ sơ')", id, version(id));
	assert_string_equal(one(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", id), "9");
	assert_string_equal(one(admin(), "SELECT concat_ws(' ', seq, corrects, undone) FROM motcua.handed_over WHERE dossier_id = %s ORDER BY seq DESC", id), "3 2 t");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s AND kind = 'progress' AND payload->>'status' = '9'", id),
		count(admin(), "SELECT 2 * count(*) FROM motcua.stream WHERE dossier_id = %s", id));
	assert_true(told > 0);
	assert_string_equal(state_of(hue, "SELECT desk.return_undo(%s, %ld, 'lần nữa')", id, version(id)), "MC005");
	/* Why stands beside it, not in the trail. */
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act IN ('taker_correct', 'return_undo') AND NOT what ? 'reason' AND what ? 'corrects'"), 2);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act IN ('taker_correct', 'return_undo') AND what::text LIKE '%%nhầm%%'"), 0);
	assert_string_equal(one(admin(), "SELECT string_agg(reason, ',' ORDER BY seq) FROM motcua.handed_over WHERE dossier_id = %s AND reason <> ''", id),
		"ghi nhầm người,bấm nhầm hồ sơ");
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.handed_over"), "MC004");
	one(man, ACT, id, version(id), "return", "", OWNER(NO_FILE));
	PQfinish(man);
	PQfinish(hue);
}

static void a_rating_is_asked_once(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	(void)state;
	const char *id = dossier(man, "{}"), *mute = dossier(man, "{}");
	assert_string_equal(state_of(man, "SELECT desk.rate(%s, 'very', '', 'Q1', false)", id), "MC005"); /* no result yet */
	one(man, ACT, id, version(id), "finish", "", "{}");
	assert_string_equal(state_of(man, "SELECT desk.rate(%s, 'no', ' ', 'Q1', false)", id), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.rate(%s, 'good', '', 'Q1', false)", id), "MC005");
	assert_string_equal(state_of(lan, "SELECT desk.rate(%s, 'very', '', 'Q1', false)", id), "MC008");
	one(man, "SELECT desk.rate(%s, 'no', 'Phải đến ba lần', 'Q1', true)", id);
	assert_string_equal(state_of(man, "SELECT desk.rate(%s, 'very', '', 'Q1', false)", id), "MC006");
	assert_string_equal(one(admin(), "SELECT concat_ws('|', grade, reason, officer, helped) FROM motcua.rating"), "no|Phải đến ba lần|man|t");
	one(man, ACT, mute, version(mute), "finish", "", "{}");
	one(man, "SELECT desk.rate(%s, 'none', '', 'Q1', false)", mute);
	assert_string_equal(one(man, "SELECT grade FROM desk.dossier_return(%s)", mute), "none");
	PQfinish(man);
	PQfinish(lan);
}

static void what_waits_longest_stands_first(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *lan = as("lan");
	char late[32];
	(void)state;
	one(admin(), "UPDATE motcua.dossier SET status = 10 WHERE status = 9");
	snprintf(late, sizeof late, "%s", dossier(man, "{}"));
	const char *fresh = dossier(man, "{}");
	one(man, CAME, late, 1L, atol(late));
	one(man, ACT, fresh, version(fresh), "finish", "", "{}");
	one(admin(), "UPDATE motcua.dossier SET finished_at = finished_at - interval '12 days' WHERE dossier_id = %s", late);
	assert_string_equal(one(man, "SELECT concat_ws(' ', dossier_id, waits, place, told, digital) FROM desk.to_return(NULL, 10)"),
		one(admin(), "SELECT '%s 12 Kệ 2 call f'", late));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.to_return(NULL, 10)"), 1);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.to_return(0, 10)"), 2);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.to_return(0, 10)"), 0);
	one(hue, "SELECT desk.unit_setting('result_wait_days', '13', 'quy chế')");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.to_return(NULL, 10)"), 0);
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_to_be_called),
		cmocka_unit_test(a_result_comes_on_paper),
		cmocka_unit_test(what_must_be_there_before_it_goes),
		cmocka_unit_test(what_did_not_come_lies_nowhere),
		cmocka_unit_test(mistakes_are_new_rows),
		cmocka_unit_test(a_rating_is_asked_once),
		cmocka_unit_test(what_waits_longest_stands_first),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
