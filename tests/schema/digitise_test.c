/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of scanned papers are found, by their own unit alone; papers without a file stand in
 * a queue until one is laid to them, and the systems are told; papers held already are
 * brought later. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"


#define PAPER(name, action, files) "'{\"components\":[{\"name\":\"" name "\",\"action\":\"" action "\",\"originals\":1,\"copies\":0,\"pages\":1," \
	"\"state\":\"ok\",\"required\":true,\"basis\":\"NĐ 61\",\"files\":[" files "]}]}'::jsonb"
#define QUEUE "SELECT count(*) FROM desk.digitise_queue('', 1000) WHERE dossier_id = %s"
#define FOUND "SELECT coalesce(string_agg(concat_ws('/', code, paper, page), ' '), '') FROM desk.find_words('%s', 50) WHERE dossier_id = %s"

static PGconn *man, *lan, *courier;

static int fresh(void **state)
{
	(void)state;
	man = as("man");
	lan = as("lan");
	courier = as("dua-tin");
	one(man, "SELECT session_id FROM desk.hello('Q1', 1)");
	one(lan, "SELECT session_id FROM desk.hello('Q1', 1)");
	return 0;
}

static int done(void **state)
{
	(void)state;
	PQfinish(man);
	PQfinish(lan);
	PQfinish(courier);
	return 0;
}

/* A whole file of somebody's, in no dossier yet. */
static void keep(PGconn *who, char file[24])
{
	static int nth;
	snprintf(file, 24, "%s", one(who, "SELECT desk.file_begin('tp%d.pdf', 'application/pdf', 5, sha256('%%PDF-'))", ++nth));
	one(who, "SELECT desk.file_piece(%s, 0, '%%PDF-')", file);
	one(who, "SELECT desk.file_end(%s)", file);
}

static void words_are_found_in_their_paper(void **state)
{
	char file[24], id[24], code[64];
	(void)state;
	keep(man, file);
	one(man, "SELECT desk.file_words(%s, E'CỘNG HOÀ XÃ HỘI\\nGiấy khai sinh số 15/2021: Nguyễn Thị Thuỳ Dương\\n\\n')", file);
	/* Not before somebody's dossier has it. */
	assert_int_equal(count(man, "SELECT count(*) FROM desk.find_words('giay khai sinh', 50)"), 0);
	sscanf(one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req(" PAPER("Giấy khai sinh", "submit", "%s") "))", file),
	       "%23s %63s", id, code);
	const char *two = one(admin(), "SELECT '%s/Giấy khai sinh/2'", code);
	static const char *const right[] = { "khai sinh", "GIẤY Khai Sính", "dương thuỳ", "15/2021", "nguyen thi thuy duo", "2021 15 giay" };
	for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
		assert_string_equal(one(man, FOUND, right[i], id), two);
	/* Words of two pages, a beginning in the middle, nothing at all. */
	static const char *const wrong[] = { "cong hoa khai sinh", "kha sinh", "", "a", "!!", "'':* | a & )", "khai & !sinh2" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_string_equal(one(man, FOUND, wrong[i], id), "");
	assert_string_equal(one(man, FOUND, "xa hoi", id), one(admin(), "SELECT '%s/Giấy khai sinh/1'", code));
	/* Another unit, the courier. */
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.find_words('giay khai sinh', 50)"), 0);
	assert_string_equal(state_of(courier, "SELECT desk.find_words('giay', 50)"), "42501");
	assert_string_equal(state_of(man, "SELECT motcua.find_words(1, 'x', 5)"), "42501");
	assert_string_equal(state_of(man, "SELECT * FROM motcua.file_word"), "42501");
	/* Each search is in the trail, long numbers cut. */
	one(man, "SELECT count(*) FROM desk.find_words('the can cuoc 001199000012', 50)");
	assert_string_equal(one(admin(), "SELECT what->>'query' FROM motcua.audit WHERE act = 'find' AND what->>'by' = 'words'"
		" ORDER BY at DESC LIMIT 1"), "the can cuoc 001…");
	/* The file is the dossier's: nothing is added to it any more. */
	assert_string_equal(state_of(man, "SELECT desk.file_words(%s, 'thêm chữ')", file), "MC005");
}

static void words_are_bounded_and_ones_own(void **state)
{
	char file[24];
	(void)state;
	keep(man, file);
	assert_string_equal(state_of(lan, "SELECT desk.file_words(%s, 'x y')", file), "MC008");
	assert_string_equal(state_of(man, "SELECT desk.file_words(%s, repeat('a', 5000000))", file), "MC005");
	one(man, "SELECT desk.file_words(%s, (SELECT string_agg('chữ' || n, ' ') FROM generate_series(1, 5000) n) || E'\\n' || repeat('dài', 900))", file);
	assert_int_equal(count(admin(), "SELECT length(words) FROM motcua.file_word WHERE file_id = %s AND page = 1", file), 2000);
	/* Twice is once. */
	one(man, "SELECT desk.file_words(%s, 'khác')", file);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_word WHERE file_id = %s", file), 2);
	/* With the file they go. */
	one(admin(), "DELETE FROM motcua.file WHERE file_id = %s", file);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.file_word WHERE file_id = %s", file), 0);
}

/* Row security keeps leaky operators from an index; the words must be reached through theirs. */
static void the_index_is_used(void **state)
{
	(void)state;
	one(admin(), "SET enable_seqscan = off; SET ROLE motcua_gate");
	PGresult *plan = PQexec(admin(), "EXPLAIN SELECT file_id FROM motcua.file_word WHERE words @@ '''1:khai'''::tsquery");
	bool used = false;
	for (int i = 0; i < PQntuples(plan); i++)
		used |= strstr(PQgetvalue(plan, i, 0), "file_word_words") != NULL;
	PQclear(plan);
	one(admin(), "RESET ROLE; RESET enable_seqscan");
	assert_true(used);
}

static void papers_wait_for_their_file(void **state)
{
	char id[24], shown[24], file[24], field[200];
	(void)state;
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" PAPER("Tờ khai", "submit", "") "))"));
	snprintf(shown, sizeof shown, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" PAPER("Hộ chiếu", "show", "")
		" || '{\"owner\":{\"kind\":\"person\",\"name\":\"Lê Văn Khác\",\"id_number\":\"089099990077\",\"id_kind\":\"cccd\"}}'))"));
	/* What was only shown has gone home again. */
	assert_int_equal(count(man, QUEUE, shown), 0);
	assert_int_equal(count(man, QUEUE, id), 1);
	assert_int_equal(count(lan, QUEUE, id), 0);
	snprintf(field, sizeof field, "%s", one(man, "SELECT field FROM desk.digitise_queue('', 10) WHERE dossier_id = %s", id));
	long today = count(man, "SELECT today FROM desk.digitise_counts() WHERE field = '%s'", field);
	one(admin(), "UPDATE motcua.dossier SET received_at = now() - interval '5 days' WHERE dossier_id = %s", id);
	assert_int_equal(count(man, "SELECT today FROM desk.digitise_counts() WHERE field = '%s'", field), today - 1);
	assert_int_equal(count(man, "SELECT older FROM desk.digitise_counts() WHERE field = '%s'", field), 1);
	assert_string_equal(one(man, "SELECT dossier_id || ' ' || days FROM desk.digitise_queue('%s', 1)", field), one(admin(), "SELECT '%s 5'", id));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.digitise_queue('không có', 10)"), 0);
	/* Nobody else's file, none that is not there, none for a paper that is not here. */
	keep(lan, file);
	assert_string_equal(state_of(lan, "SELECT desk.digitise(%s, 1, ARRAY[%s])", id, file), "MC008");
	assert_string_equal(state_of(man, "SELECT desk.digitise(%s, 1, ARRAY[%s])", id, file), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.digitise(%s, 1, '{}')", id), "MC005");
	keep(man, file);
	assert_string_equal(state_of(man, "SELECT desk.digitise(%s, 9, ARRAY[%s])", id, file), "MC008");
	assert_string_equal(state_of(man, "SELECT desk.digitise(%s, 1, ARRAY[%s])", shown, file), "MC005");
	long messages = count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s AND kind = 'dossier'", id);
	long streams = count(admin(), "SELECT count(*) FROM motcua.stream WHERE dossier_id = %s", id);
	one(man, "SELECT desk.file_found(%s, 3, '3 trang')", file);
	long version = count(man, "SELECT desk.digitise(%s, 1, ARRAY[%s])", id, file);
	assert_int_equal(version, count(admin(), "SELECT version FROM motcua.dossier WHERE dossier_id = %s", id));
	assert_int_equal(count(man, QUEUE, id), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s AND kind = 'dossier'", id), messages + streams);
	assert_string_equal(one(admin(), "SELECT payload->'components'->0->'files'->>0 FROM motcua.message WHERE dossier_id = %s AND kind = 'dossier'"
		" ORDER BY message_id DESC LIMIT 1", id), file);
	assert_string_equal(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE act = 'digitise'", id), "Đã số hóa: Tờ khai");
	assert_string_equal(one(man, "SELECT concat_ws(' ', seq, pages, found, reused) FROM desk.dossier_files(%s)", id), "1 3 3 trang f");
	assert_int_equal(count(admin(), "SELECT pages FROM motcua.dossier_component WHERE dossier_id = %s", id), 4);
	/* The reply was lost: said again it is done once. */
	assert_int_equal(count(man, "SELECT desk.digitise(%s, 1, ARRAY[%s])", id, file), version);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'digitise' AND dossier_id = %s", id), 1);
}

static void a_stopped_dossier_is_not_digitised(void **state)
{
	char id[24], file[24];
	(void)state;
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" PAPER("Tờ khai", "submit", "")
		" || '{\"owner\":{\"kind\":\"person\",\"name\":\"Lê Văn Thôi\",\"id_number\":\"089099990078\",\"id_kind\":\"cccd\"}}'))"));
	one(man, "SELECT desk.act(%s, 1, 'withdraw', 'Công dân đổi ý')", id);
	assert_int_equal(count(man, QUEUE, id), 0);
	keep(man, file);
	assert_string_equal(state_of(man, "SELECT desk.digitise(%s, 1, ARRAY[%s])", id, file), "MC005");
}

/* The request as the counter makes it: written by the administrator, said by somebody. */
static const char *supplement(const char *dossier, const char *papers)
{
	static char text[1500];
	snprintf(text, sizeof text, "%s", one(admin(), "SELECT jsonb_build_object('request_id', gen_random_uuid(), 'act', 'supplement',"
		" 'computed_at', motcua.iso(now()), 'due_at', motcua.iso(due_at), 'line', '', 'papers', '%s'::jsonb)"
		" FROM motcua.dossier WHERE dossier_id = %s", papers, dossier));
	return text;
}

/* Asked for later, held already: brought by reference. */
static void what_is_held_is_brought_later(void **state)
{
	char first[24], second[24], file[24], papers[400];
	(void)state;
	keep(man, file);
	snprintf(first, sizeof first, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" PAPER("Sổ hộ khẩu", "submit", "%s") "))", file));
	snprintf(second, sizeof second, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" PAPER("Tờ khai", "submit", "")
		" || '{\"ignore_similar\":true}'))"));
	one(man, "SELECT desk.act(%s, 1, 'ask_supplement', 'Thiếu sổ hộ khẩu')", second);
	one(admin(), "UPDATE motcua.dossier SET due_at = date_trunc('second', due_at) WHERE dossier_id = %s", second);
	assert_string_equal(one(man, "SELECT file_id FROM desk.held_papers_of(%s, 'Sổ hộ khẩu', 1)", second), file);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.held_papers_of(%s, '', 100) WHERE file_id = %s", first, file), 0);
	assert_string_equal(state_of(lan, "SELECT desk.held_papers_of(%s, '', 1)", second), "MC008");
	/* Without saying where, or without a file, it is no paper at all. */
	static const char *const bad[] = {
		"[{\"name\":\"Sổ hộ khẩu\",\"action\":\"lookup\",\"originals\":0,\"copies\":0,\"files\":[%s]}]",
		"[{\"name\":\"Sổ hộ khẩu\",\"action\":\"lookup\",\"originals\":0,\"copies\":0,\"lookup_where\":\"kho\",\"files\":[]}]",
		"[{\"name\":\"Sổ hộ khẩu\",\"action\":\"submit\",\"originals\":0,\"copies\":0,\"files\":[%s]}]" };
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	for (size_t i = 0; i < 3; i++) {
		snprintf(papers, sizeof papers, bad[i], file);
		assert_string_equal(state_of(man, "SELECT desk.take_up(%s, 2, '%s')", second, supplement(second, papers)), "MC005");
	}
#pragma GCC diagnostic pop
	snprintf(papers, sizeof papers, "[{\"name\":\"Sổ hộ khẩu\",\"action\":\"lookup\",\"originals\":0,\"copies\":0,\"lookup_where\":\"Hồ sơ trước\",\"files\":[%s]}]", file);
	one(man, "SELECT desk.take_up(%s, 2, '%s')", second, supplement(second, papers));
	assert_string_equal(one(admin(), "SELECT from_dossier || ' ' || seq FROM motcua.file_use WHERE dossier_id = %s", second),
		one(admin(), "SELECT '%s 2'", first));
	assert_string_equal(one(admin(), "SELECT action || ' ' || lookup_where || ' ' || (lookup_at IS NOT NULL) FROM motcua.dossier_component"
		" WHERE dossier_id = %s AND seq = 2", second), "lookup Hồ sơ trước true");
	assert_string_equal(one(admin(), "SELECT payload->'components'->1->>'reused' FROM motcua.message WHERE dossier_id = %s AND kind = 'dossier'"
		" ORDER BY message_id DESC LIMIT 1", second), "true");
	assert_string_equal(one(man, "SELECT reused FROM desk.dossier_files(%s)", second), "t");
	/* A second round does not stumble over the first. */
	keep(man, file);
	one(man, "SELECT desk.digitise(%s, 1, ARRAY[%s])", second, file);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'reuse' AND dossier_id = %s", second), 1);
}

/* What is done was told with its end: digitising a paper of it must not send it without. */
static void a_finished_dossier_is_not_sent_anew(void **state)
{
	char id[24], file[24];
	(void)state;
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" PAPER("Tờ khai", "submit", "")
		" || '{\"owner\":{\"kind\":\"person\",\"name\":\"Lê Văn Xong\",\"id_number\":\"089099990079\",\"id_kind\":\"cccd\"}}'))"));
	one(man, "SELECT desk.act(%s, 1, 'finish', '')", id);
	assert_int_equal(count(man, QUEUE, id), 1);
	keep(man, file);
	long messages = count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s", id);
	one(man, "SELECT desk.digitise(%s, 1, ARRAY[%s])", id, file);
	assert_int_equal(count(man, QUEUE, id), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s", id), messages);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(words_are_found_in_their_paper), T(words_are_bounded_and_ones_own), T(the_index_is_used),
		T(papers_wait_for_their_file), T(a_stopped_dossier_is_not_digitised), T(what_is_held_is_brought_later),
		T(a_finished_dossier_is_not_sent_anew),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
