/* SPDX-License-Identifier: Apache-2.0
 *
 * What the other side says of a dossier: supplements, fees, results, words
 * nobody knows, news in any order; and what becomes of it here. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

static PGconn *courier, *man, *hue, *lan;
static char dossier[32], code[64];

static int fresh(void **state)
{
	(void)state;
	man = as("man");
	hue = as("hue");
	lan = as("lan");
	courier = as("dua-tin");
	const char *both = one(man, "SELECT dossier_id || ' ' || code FROM desk.accept_dossier(test.req())");
	sscanf(both, "%31s %63s", dossier, code);
	/* Received this morning of some day, so that their times lie behind it. */
	one(admin(), "UPDATE motcua.dossier SET received_at = '2026-11-20 08:00+07', status_at = '2026-11-20 08:00+07' WHERE dossier_id = %s",
	    dossier);
	one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true WHERE dossier_id = %s", dossier);
	return 0;
}

static int done(void **state)
{
	(void)state;
	PQfinish(courier);
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
	return 0;
}

static const char *told(const char *system, const char *view)
{
	return one(courier, "SELECT wire.told('%s', '%s', '%s')", system, code, view);
}

static long status(void)
{
	return count(admin(), "SELECT status FROM motcua.dossier WHERE dossier_id = %s", dossier);
}

static long tasks(const char *kind)
{
	return count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE dossier_id = %s AND kind = '%s'", dossier, kind);
}

/* The desk ends the wait. */
static void take_up(const char *act, const char *members)
{
	one(man, "SELECT desk.take_up(%s, version, jsonb_build_object('request_id', gen_random_uuid(), 'act', '%s', 'note', 'xong',"
	         " 'computed_at', clock_timestamp(), 'line', 'Chờ', 'due_at', test.due_after_wait(dossier_id)) || '%s') FROM desk.dossier(%s)", dossier, act,
	    members, dossier);
}

#define STEP(status, at, text) "{\"status\":" #status ",\"at\":\"2026-11-20T" at ":00+07:00\",\"text\":\"" text "\"}"
#define ASK(done) "\"asks\":[{\"key\":\"1\",\"text\":\"Bản sao hộ khẩu\",\"at\":\"2026-11-20T10:00:00+07:00\"," \
	"\"until\":\"2026-11-25T17:00:00+07:00\",\"done\":" done "}]"

static void a_supplement_stops_the_dossier_in_their_words(void **state)
{
	(void)state;
	assert_string_equal(told("tu-phap", "{\"foreign_code\":\"G15-1\",\"steps\":[" STEP(5, "10:00", "Yêu cầu") "]," ASK("false") "}"), "t");
	assert_int_equal(status(), 5);
	assert_string_equal(one(admin(), "SELECT note FROM motcua.dossier_event WHERE dossier_id = %s AND to_status = 5", dossier),
	                    "Bản sao hộ khẩu");
	assert_string_equal(one(man, "SELECT said FROM desk.tasks(1000) WHERE dossier_id = %s", dossier),
	                    "Hệ thống của Bộ Tư pháp yêu cầu bổ sung: Bản sao hộ khẩu (hạn 25/11/2026 17:00)");
	assert_string_equal(one(man, "SELECT kind || said || settled FROM desk.dossier_parts(%s)", dossier), "supplementBản sao hộ khẩufalse");
	/* Told again it is no news; an officer goes on, and the same words do not stop it again. */
	assert_string_equal(told("tu-phap", "{\"foreign_code\":\"G15-1\",\"steps\":[" STEP(5, "10:00", "Yêu cầu") "]," ASK("false") "}"), "f");
	take_up("supplement", "{}");
	assert_int_equal(tasks("supplement"), 0);
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(5, "10:00", "Yêu cầu") "]," ASK("false") "}"), "f");
	assert_int_equal(status(), 2);
	assert_string_equal(told("tu-phap", "{\"steps\":[]," ASK("true") "}"), "t");
	assert_string_equal(one(man, "SELECT settled FROM desk.dossier_parts(%s)", dossier), "t");
}

static void a_fee_waits_for_money(void **state)
{
	char fees[100];
	(void)state;
	assert_string_equal(told("tu-phap", "{\"fees\":[{\"key\":\"LP\",\"name\":\"Lệ phí trích lục\",\"amount\":250000,"
		"\"at\":\"2026-11-20T10:00:00+07:00\"}]}"), "t");
	assert_int_equal(status(), 6);
	assert_int_equal(tasks("payment"), 1);
	assert_string_equal(one(man, "SELECT said FROM desk.tasks(1000) WHERE dossier_id = %s", dossier),
	                    "Hệ thống của Bộ Tư pháp yêu cầu nộp Lệ phí trích lục: 250.000 đồng");
	/* Who is only told moves nothing, but is heard. */
	snprintf(fees, sizeof fees, "{\"fees\":[{\"part_id\":%s,\"paid\":\"transfer\"}]}", one(man, "SELECT part_id FROM desk.dossier_parts(%s)", dossier));
	take_up("pay", fees);
	assert_int_equal(tasks("payment"), 0);
	assert_string_equal(told("cong", "{\"fees\":[{\"name\":\"Phí khác\",\"amount\":1,\"at\":\"2026-11-20T11:00:00+07:00\"}]}"), "t");
	assert_int_equal(status(), 4);
	assert_int_equal(tasks("payment"), 1);
}

static void older_news_never_undoes_newer(void **state)
{
	(void)state;
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(5, "11:00", "Thiếu giấy") "]}"), "t");
	assert_int_equal(status(), 5);
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(4, "10:00", "Đang xem") "]}"), "t");
	assert_int_equal(status(), 5);
	assert_string_equal(one(admin(), "SELECT string_agg(to_status::text, ' ' ORDER BY at, event_id) FROM motcua.dossier_event"
		" WHERE dossier_id = %s AND act IN ('told_late', 'ask_supplement')", dossier), "4 5");
	/* Their clock goes back to work only from its own time on; ten at once come in the order of time. */
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(10, "14:00", "Đã trả") "," STEP(9, "13:00", "Xong") "," STEP(4, "12:00", "Tiếp") "]}"), "t");
	assert_int_equal(status(), 10);
	assert_string_equal(one(admin(), "SELECT string_agg(to_status::text, ' ' ORDER BY event_id) FROM motcua.dossier_event"
		" WHERE dossier_id = %s AND act IN ('supplement', 'finish', 'return')", dossier), "4 9 10");
	assert_string_equal(one(admin(), "SELECT travel FROM motcua.stream WHERE dossier_id = %s AND system = 'tu-phap'", dossier), "received");
}

static void a_late_word_leaves_a_past_month_as_it_was(void **state)
{
#define OCTOBER "SELECT class FROM counted(1, '2026-10-01', '2026-10-31', NULL) WHERE dossier_id = %s"
	(void)state;
	one(admin(), "UPDATE motcua.dossier SET received_at = '2026-10-20 08:00+07', status_at = '2026-10-20 08:00+07', due_at = '2026-10-29 17:00+07'"
	             " WHERE dossier_id = %s", dossier);
	told("tu-phap", "{\"steps\":[{\"status\":4,\"at\":\"2026-10-21T08:00:00+07:00\"},{\"status\":9,\"at\":\"2026-10-29T10:00:00+07:00\"}]}");
	one(courier, "SELECT wire.answered('tu-phap', '%s', '', 10, '2026-11-02 09:00+07', '', '')", code);
	assert_int_equal(status(), 10);
	one(admin(), "SET search_path = motcua");
	assert_string_equal(one(admin(), OCTOBER, dossier), "on_time");
	one(courier, "SELECT wire.answered('tu-phap', '%s', '', 9, '2026-10-30 09:00+07', '', '')", code);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_event WHERE dossier_id = %s AND act = 'told_late'", dossier), 1);
	assert_string_equal(one(admin(), OCTOBER, dossier), "on_time");
	one(admin(), "RESET search_path");
}

static void what_we_began_is_not_ended_by_yesterday(void **state)
{
	(void)state;
	one(man, "SELECT desk.act(%s, (SELECT version FROM desk.dossier(%s)), 'ask_supplement', 'thiếu')", dossier, dossier);
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(4, "09:00", "Đang xem") "]}"), "t");
	assert_int_equal(status(), 5);
}

static void a_clock_from_the_future_is_forgiven(void **state)
{
	(void)state;
	assert_string_equal(told("tu-phap", "{\"steps\":[{\"status\":4,\"at\":\"2090-01-01T00:00:00+07:00\",\"text\":\"\"}]}"), "t");
	assert_string_equal(one(admin(), "SELECT status_at <= now() FROM motcua.dossier WHERE dossier_id = %s", dossier), "t");
	one(admin(), "UPDATE motcua.answer SET kept_at = now() - interval '1 hour' WHERE dossier_id = %s", dossier);
	assert_string_equal(one(courier, "SELECT wire.answered('tu-phap', '%s', '', 9, date_trunc('second', now()), '', '')", code), "t");
	assert_int_equal(status(), 9);
}

static void an_unknown_word_is_a_task_answered_once(void **state)
{
	char second[64];

	(void)state;
	assert_string_equal(told("tu-phap", "{\"steps\":[{\"status\":0,\"word\":\"KS-77\",\"at\":\"2026-11-20T10:00:00+07:00\","
		"\"text\":\"Chờ ký số\"}]}"), "t");
	assert_int_equal(status(), 2);
	assert_int_equal(tasks("word"), 1);
	/* Another dossier with the same word asks no second question. */
	snprintf(second, sizeof second, "%s", one(man, "SELECT code FROM desk.accept_dossier(test.req())"));
	one(courier, "SELECT wire.told('tu-phap', '%s', '{\"steps\":[{\"status\":0,\"word\":\"KS-77\",\"at\":\"2026-11-20T11:00:00+07:00\"}]}')", second);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE kind = 'word' AND key = 'KS-77'"), 1);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.tasks(1000)"), 0);
	assert_string_equal(state_of(man, "SELECT desk.map_word('tu-phap', 'KS-77', 4, 'CV 12')"), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.map_word('tu-phap', 'KS-77', 11, 'CV 12')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.map_word('tu-phap', 'KS-77', 4, ' ')"), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.task_done((SELECT problem_id FROM desk.tasks(1000) WHERE kind = 'word' LIMIT 1), 'x')"), "MC005");
	assert_int_equal(count(hue, "SELECT desk.map_word('tu-phap', 'KS-77', 4, 'CV 12/BTP')"), 2);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE kind = 'word'"), 0);
	assert_string_equal(one(courier, "SELECT wire.tend()"), "");
	assert_int_equal(status(), 4);
	assert_int_equal(count(admin(), "SELECT status FROM motcua.dossier WHERE code = '%s'", second), 4);
	assert_string_equal(one(man, "SELECT word || ' ' || status || ' ' || said FROM desk.dossier_words(%s) WHERE word <> ''", dossier), "KS-77 4 Chờ ký số");
	/* From now on the word is understood at once. */
	assert_string_equal(told("tu-phap", "{\"steps\":[{\"status\":0,\"word\":\"KS-77\",\"at\":\"2026-11-20T12:00:00+07:00\"}]}"), "t");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.tasks(1000) WHERE kind = 'word'"), 0);
}

#define RESULT "{\"results\":[{\"key\":\"r1\",\"name\":\"Giấy xác nhận\",\"code\":\"KQ.G15.000038\",\"link\":\"http://x/f/1\"}]}"

static void results_are_fetched_then_acknowledged(void **state)
{
	char part[32], fence[32];

	(void)state;
	assert_string_equal(told("tu-phap", RESULT), "t");
	const char *work = one(courier, "SELECT part_id || ' ' || fence || ' ' || what FROM wire.part_work('tu-phap', 60, 10, '{result}')"
		" WHERE code = '%s'", code);
	char what[16];
	sscanf(work, "%31s %31s %15s", part, fence, what);
	assert_string_equal(what, "fetch");
	/* Leased: nobody else gets it. */
	assert_int_equal(count(courier, "SELECT count(*) FROM wire.part_work('tu-phap', 60, 10, '{result}') WHERE code = '%s'", code), 0);
	assert_string_equal(one(courier, "SELECT wire.part_done(%s, %s, 'retry', 'x', 0)", part, fence), "t");
	assert_string_equal(one(courier, "SELECT wire.part_file(%s, %s, 'a.pdf', 'application/pdf', 'abc')", part, fence), "f");
	one(admin(), "UPDATE motcua.answer_part SET next_at = now() WHERE part_id = %s", part);
	work = one(courier, "SELECT fence || ' ' || what FROM wire.part_work('tu-phap', 60, 10, '{result}') WHERE part_id = %s", part);
	sscanf(work, "%31s %15s", fence, what);
	assert_string_equal(one(courier, "SELECT wire.part_file(%s, %s, '../a.pdf', 'application/pdf', convert_to(repeat('x', 600000), 'UTF8'))", part, fence), "t");
	const char *file = one(man, "SELECT file_name || ' ' || file_size || ' ' || (acked_at IS NULL) FROM desk.dossier_parts(%s)", dossier);
	assert_string_equal(file, ".._a.pdf 600000 true");
	assert_int_equal(count(man, "SELECT length(desk.file_read(file_id, 2)) FROM desk.dossier_parts(%s)", dossier), 600000 - 2 * 262144);
	assert_string_equal(state_of(lan, "SELECT desk.file_read((SELECT max(file_id) FROM desk.dossier_parts(%s)), 0)", dossier), "MC008");
	work = one(courier, "SELECT fence || ' ' || what FROM wire.part_work('tu-phap', 60, 10, '{result}') WHERE part_id = %s", part);
	sscanf(work, "%31s %15s", fence, what);
	assert_string_equal(what, "ack");
	assert_string_equal(one(courier, "SELECT wire.part_done(%s, %s, 'delivered', '', 0)", part, fence), "t");
	assert_string_equal(one(man, "SELECT acked_at IS NOT NULL FROM desk.dossier_parts(%s)", dossier), "t");
	assert_int_equal(count(courier, "SELECT count(*) FROM wire.part_work('tu-phap', 60, 10, '{result}') WHERE part_id = %s", part), 0);
}

static void a_file_inside_the_message_is_kept(void **state)
{
	(void)state;
	assert_string_equal(told("tu-phap", "{\"results\":[{\"key\":\"r1\",\"name\":\"Giấy khai sinh\",\"content\":\"JVBERi0=\"},"
		"{\"key\":\"r2\",\"name\":\"Hỏng\",\"content\":\"%%%\"}]}"), "t");
	assert_string_equal(one(man, "SELECT string_agg(name || coalesce(file_size::text, note), '|' ORDER BY part_id) FROM desk.dossier_parts(%s)",
		dossier), "Giấy khai sinh5|HỏngTệp kèm trong tin không đọc được.");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.answer_part WHERE facts ? 'content'"), 0);
}

static void a_list_is_read_with_an_overlapping_cursor(void **state)
{
	char fence[32], page[300];

	(void)state;
	one(admin(), "DELETE FROM motcua.poll");
	assert_string_equal(one(courier, "SELECT to_at - from_at > interval '47 hours' FROM wire.poll_begin('tu-phap', 48, 60, 60)"), "t");
	assert_string_equal(one(courier, "SELECT count(*) FROM wire.poll_begin('tu-phap', 48, 60, 60)"), "0");
	one(admin(), "UPDATE motcua.poll SET leased_until = now()");
	snprintf(fence, sizeof fence, "%s", one(courier, "SELECT fence FROM wire.poll_begin('tu-phap', 48, 60, 60)"));
	snprintf(page, sizeof page, "[{\"code\":\"%s\",\"steps\":[" STEP(4, "10:00", "") "]},{\"code\":\"H99-260101-0001\"}]", code);
	assert_string_equal(one(courier, "SELECT wire.polled('tu-phap', %s, '%s', '1')", fence, page), "t");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.answer WHERE code LIKE 'H99%%'"), 0);
	/* All of its words are asked for before any other's, once in a while until they come. */
	assert_string_equal(one(courier, "SELECT code FROM wire.open_streams('tu-phap', 1, 3600)"), code);
	assert_string_equal(one(courier, "SELECT string_agg(code, '') FROM wire.open_streams('tu-phap', 1, 3600)"), "");
	assert_string_equal(told("tu-phap", "{\"steps\":[" STEP(4, "10:00", "Đang xử lý") "]}"), "t");
	assert_string_equal(one(admin(), "SELECT ask_now FROM motcua.stream WHERE dossier_id = %s AND system = 'tu-phap'", dossier), "f");
	snprintf(fence, sizeof fence, "%s", one(courier, "SELECT fence FROM wire.poll_begin('tu-phap', 48, 60, 60) WHERE page = '1'"));
	one(courier, "SELECT wire.polled('tu-phap', %s, '[]', '')", fence);
	assert_string_equal(one(admin(), "SELECT cursor > now() - interval '2 hours' FROM motcua.poll"), "t");
	/* The same line again is no news. */
	one(admin(), "UPDATE motcua.poll SET leased_until = NULL");
	snprintf(fence, sizeof fence, "%s", one(courier, "SELECT fence FROM wire.poll_begin('tu-phap', 48, 60, 60)"));
	one(courier, "SELECT wire.polled('tu-phap', %s, '%s', '')", fence, page);
	assert_string_equal(one(admin(), "SELECT ask_now FROM motcua.stream WHERE dossier_id = %s AND system = 'tu-phap'", dossier), "f");
	/* Back over what was read, never over what was not. */
	assert_string_equal(one(courier, "SELECT from_at < now() - interval '30 minutes' AND from_at > now() - interval '3 hours'"
		" FROM wire.poll_begin('tu-phap', 48, 60, 60)"), "t");
}

static void their_number_is_found_in_any_case(void **state)
{
	(void)state;
	assert_string_equal(told("tu-phap", "{\"foreign_code\":\"6745a0ffee0000000000ab02\"}"), "t");
	assert_string_equal(one(man, "SELECT code FROM desk.find('6745A0FFEE', '', 5)"), code);
	assert_string_equal(one(man, "SELECT code FROM desk.find('6745a0ffee0000000000ab02', '', 5)"), code);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.find('6745a0ffee', '', 5)"), 0);
	assert_string_equal(told("tu-phap", "{\"foreign_code\":\"20261234567\"}"), "t");
	assert_string_equal(one(man, "SELECT code FROM desk.find('20261234567', '', 5)"), code);
}

static void unit_b_sees_no_answers_of_unit_a(void **state)
{
	(void)state;
	told("tu-phap", "{\"steps\":[]," ASK("false") "}");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.dossier_parts(%s)", dossier), "MC008");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.dossier_words(%s)", dossier), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.ask_again(%s, 'tu-phap')", dossier), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.task_done(%s, 'x')", one(man, "SELECT max(problem_id) FROM desk.tasks(1000)")), "MC008");
	assert_string_equal(state_of(man, "SELECT wire.told('tu-phap', '%s', '{}')", code), "42501");
	assert_string_equal(one(man, "SELECT desk.task_done((SELECT problem_id FROM desk.tasks(1000) WHERE dossier_id = %s), 'đã gọi dân')", dossier), "");
	assert_int_equal(tasks("supplement"), 0);
}

static void hostile_views_do_no_harm(void **state)
{
	(void)state;
	assert_string_equal(told("tu-phap", "{\"steps\":\"x\",\"asks\":{},\"results\":[1,null,{}],\"fees\":[{\"name\":\"x\"}]}"), "t");
	assert_string_equal(told("tu-phap", "{\"steps\":[{\"status\":99,\"at\":\"hôm qua\"},{\"status\":4,\"at\":\"infinity\"}]}"), "f");
	assert_int_equal(count(courier, "SELECT count(*) FROM (SELECT wire.told('tu-phap', 'khong-co', '{\"asks\":[{\"text\":\"x\"}]}')) x"), 1);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.answer_part WHERE code = 'khong-co'"), 0);
}

#define TELL_ALONE "SELECT wire.told('%s', '%s', replace('%s', '@', '%s')::jsonb)"
#define TELL_ALL "SELECT wire.told_all(jsonb_build_array(jsonb_build_object('system', '%s', 'code', '%s', 'view'," \
	" replace('%s', '@', '%s')::jsonb), jsonb_build_object('system', 'cong', 'code', 'khong-co', 'view', '{}'::jsonb)))"
/* All that is known of a dossier's travel, but for its own number. */
#define KNOWN "SELECT replace(concat_ws(' | ', d.status, (SELECT string_agg(concat_ws(',', s.system, s.travel, s.created_there," \
	" s.foreign_code, s.foreign_status, s.ask_now, s.note), ' ' ORDER BY s.system) FROM motcua.stream s WHERE s.dossier_id = d.dossier_id)," \
	" (SELECT string_agg(concat_ws(',', a.system, a.status, a.at, a.foreign_code, a.text, a.raw, a.word, a.applied), ' '" \
	" ORDER BY a.system, a.at, a.status) FROM motcua.answer a WHERE a.dossier_id = d.dossier_id)," \
	" (SELECT string_agg(concat_ws(',', p.kind, p.key, p.concluded), ' ' ORDER BY p.kind, p.key) FROM motcua.answer_part p" \
	" WHERE p.dossier_id = d.dossier_id), (SELECT count(*) FROM motcua.alias x WHERE x.dossier_id = d.dossier_id)," \
	" (SELECT count(*) FROM motcua.problem x WHERE x.dossier_id = d.dossier_id AND x.kind <> 'word')), d.code, '@') FROM motcua.dossier d WHERE d.code = '%s'"

/* The quick way of telling many comes to what the slow way of telling one does, whatever came before. */
static void what_is_told_together_is_what_is_told_alone(void **state)
{
	static const char *const views[][2] = {
		{ "cong", "{\"foreign_code\":\"N-@\",\"steps\":[]}" },
		{ "cong", "{\"foreign_code\":\"N-@\",\"raw\":\"{}\",\"received_at\":\"2026-11-20T09:00:00+07:00\",\"steps\":["
			STEP(1, "09:00", "Mới") "," STEP(2, "09:10", "Nhận") "]}" },
		{ "cong", "{\"foreign_code\":\"N-@\",\"raw\":\"{}\",\"received_at\":\"2026-11-20T09:00:00+07:00\",\"steps\":["
			STEP(2, "09:10", "Nhận") "]}" },
		{ "cong", "{\"steps\":[" STEP(4, "11:00", "Xử lý") "]}" },
		{ "cong", "{\"steps\":[" STEP(2, "10:00", "Muộn") "]}" },
		{ "cong", "{\"steps\":[{\"status\":0,\"word\":\"KS-1\",\"at\":\"2026-11-20T12:00:00+07:00\"}]}" },
		{ "cong", "{\"steps\":[{\"status\":99,\"at\":\"hôm qua\"},7,null]}" },
		{ "tu-phap", "{\"foreign_code\":\"G-@\",\"raw\":\"x\",\"steps\":[" STEP(2, "09:00", "Nhận") "]}" },
		{ "tu-phap", "{\"foreign_code\":\"G-@\",\"steps\":[" STEP(2, "09:00", "Nhận") "," STEP(4, "10:00", "Xử lý") "]}" },
		{ "tu-phap", "{\"steps\":[]," ASK("false") "}" },
		{ "tu-phap", "{\"steps\":[" STEP(10, "15:00", "Trả") "]}" },
		{ "tu-phap", "{\"asks\":[],\"steps\":\"x\"}" },
	};
	char alone[64], together[64], left[4000];
	(void)state;
	for (size_t from = 0; from < sizeof views / sizeof *views; from++) {
		char *codes[] = { alone, together };
		for (int i = 0; i < 2; i++) {
			sscanf(one(man, "SELECT code FROM desk.accept_dossier(test.req())"), "%63s", codes[i]);
			one(admin(), "UPDATE motcua.dossier SET received_at = '2026-11-20 08:00+07', status_at = '2026-11-20 08:00+07' WHERE code = '%s'", codes[i]);
			one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true, travel = 'sent', ask_now = %s"
				" WHERE dossier_id = (SELECT dossier_id FROM motcua.dossier WHERE code = '%s')", from % 2 ? "true" : "false", codes[i]);
		}
		for (size_t i = from; i < sizeof views / sizeof *views; i++) {
			bool news = strcmp(one(courier, TELL_ALONE, views[i][0], alone, views[i][1], alone), "t") == 0;
			assert_int_equal(count(courier, TELL_ALL, views[i][0], together, views[i][1], together), news);
			snprintf(left, sizeof left, "%s", one(admin(), KNOWN, alone));
			assert_string_equal(one(admin(), KNOWN, together), left);
		}
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
	const struct CMUnitTest tests[] = {
		T(a_supplement_stops_the_dossier_in_their_words), T(a_fee_waits_for_money), T(older_news_never_undoes_newer),
		T(what_we_began_is_not_ended_by_yesterday),
		T(a_late_word_leaves_a_past_month_as_it_was), T(a_clock_from_the_future_is_forgiven),
		T(an_unknown_word_is_a_task_answered_once), T(results_are_fetched_then_acknowledged),
		T(a_file_inside_the_message_is_kept), T(a_list_is_read_with_an_overlapping_cursor),
		T(their_number_is_found_in_any_case), T(unit_b_sees_no_answers_of_unit_a), T(hostile_views_do_no_harm),
		T(what_is_told_together_is_what_is_told_alone),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
