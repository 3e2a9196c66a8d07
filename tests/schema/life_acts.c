/* SPDX-License-Identifier: Apache-2.0
 *
 * Acts of a dossier's life: a second supplement, apologies, steps, work given on, lists with two signatures,
 * form 06, undo, incidents; and what of it is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/schema/life.h"

static const char *field_of(const char *form, const char *key)
{
	return one(admin(), "SELECT motcua.field_raw(fields, '%s') FROM motcua.paper WHERE dossier_id = %s AND form = '%s' ORDER BY paper_id DESC", key, dossier, form);
}

static void a_second_request_costs_and_needs_a_law(void **state)
{
	(void)state;
	one(man, "SELECT desk.act(%s, %ld, 'ask_supplement', 'Thiếu ảnh', jsonb_build_object('ground', 'x', 'until', (now() + interval '5 days')::date))", dossier, life_version());
	assert_string_equal(one(admin(), "SELECT stage || seq || (until IS NOT NULL) || basis FROM motcua.supplement_asked WHERE dossier_id = %s", dossier), "intake1true");
	assert_string_equal(one(admin(), "SELECT left('%s', 10) = to_char(now() + interval '5 days', 'YYYY-MM-DD')", field_of("02", "until")), "t");
	one(courier, "SELECT wire.answered('tu-phap', '%s', '', 4, clock_timestamp(), 'Đủ', '')", code);
	assert_int_equal(life_status(), 4);
	assert_string_equal(one(man, "SELECT countersign || ' ' || (cost LIKE 'Lần thứ 2:%%QĐ 766%%quá hạn%%') FROM desk.may(%s) WHERE act = 'ask_supplement'", dossier), "true true");
	assert_string_equal(state_of(man, "SELECT desk.act(%s, %ld, 'ask_supplement', 'Thiếu nữa', '{\"basis\":\"Luật X Điều 2\"}')", dossier, life_version()), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.act(%s, %ld, 'ask_supplement', 'Thiếu nữa')", dossier, life_version()), "MC005");
	assert_string_equal(last_hint(), "basis");
	one(hue, "SELECT desk.act(%s, %ld, 'ask_supplement', 'Thiếu nữa', '{\"basis\":\"Luật X Điều 2\"}')", dossier, life_version());
	assert_string_equal(one(admin(), "SELECT stage || ' ' || basis || ' ' || approved_by FROM motcua.supplement_asked WHERE dossier_id = %s AND seq = 2", dossier),
	                    "examination Luật X Điều 2 hue");
	assert_string_equal(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE act = 'ask_supplement' AND note LIKE '%%căn cứ%%'", dossier), "Thiếu nữa (căn cứ: Luật X Điều 2)");
	assert_string_equal(one(man, "SELECT asked FROM desk.dossier_life(%s)", dossier), "2");
	/* Not supplemented: the notice of stop, and it does not say that the citizen asked for it. */
	life_act(man, "stop", "Quá hạn bổ sung");
	assert_string_equal(field_of("05", "reason"), "Quá hạn bổ sung");
	assert_string_equal(field_of("05", "requested_at"), "");
}

static void the_limits_of_asking_are_watched(void **state)
{
	(void)state;
#define UNTIL(channel, status) one(admin(), "SELECT to_char(motcua.check_until(jsonb_populate_record(d, '{\"received_at\":\"2026-11-20T16:40:00+07:00\",\"channel\":" channel \
	",\"status\":" status "}')) AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') FROM motcua.dossier d WHERE dossier_id = %s", dossier)
	assert_string_equal(UNTIL("1", "2"), "23/11 17:00");
	assert_string_equal(UNTIL("3", "2"), "23/11 17:00");
	assert_string_equal(UNTIL("2", "1"), "23/11 16:40");
	assert_string_equal(UNTIL("1", "4"), "25/11 17:00");
	assert_string_equal(UNTIL("1", "5"), "");
	/* Complete at the counter it is checked; a look-up that failed is still open. */
	assert_string_equal(one(man, "SELECT count(*) FROM desk.to_check(100) WHERE dossier_id = %s", dossier), "0");
	one(admin(), "UPDATE motcua.dossier_component SET state = 'failed' WHERE dossier_id = %s", dossier);
	assert_string_equal(one(man, "SELECT count(*) FROM desk.to_check(100) WHERE dossier_id = %s AND NOT late", dossier), "1");
	one(admin(), "UPDATE motcua.dossier SET channel = 2, received_at = now() - interval '20 days' WHERE dossier_id = %s", dossier);
	assert_string_equal(one(man, "SELECT late FROM desk.to_check(100) WHERE dossier_id = %s", dossier), "t");
	assert_string_equal(one(man, "SELECT cost LIKE 'Đã quá hạn yêu cầu bổ sung (%%' FROM desk.may(%s) WHERE act = 'ask_supplement'", dossier), "t");
}

/* The end of the working day that many days from now, as JSON facts. */
static const char *apology(const char *days, const char *more)
{
	static char facts[400];
	snprintf(facts, sizeof facts, "\"new_due\":\"%s\",\"reason\":\"Chờ xác minh\"%s",
	         one(admin(), "SELECT motcua.iso(motcua.working_days_after('30538', (SELECT due_at FROM motcua.dossier WHERE dossier_id = %s), %s))", dossier, days), more);
	return facts;
}

static void sorry_once_and_in_time(void **state)
{
	(void)state;
	one(admin(), "UPDATE motcua.dossier SET due_at = motcua.working_days_after('30538', now(), 3) WHERE dossier_id = %s", dossier);
	one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true WHERE dossier_id = %s", dossier);
	assert_string_equal(one(man, "SELECT (urgency IN ('soon', 'today')) || ' ' || (proposal > due_at) FROM desk.soon_late(100) WHERE dossier_id = %s", dossier), "true true");
	assert_string_equal(life_side_state(man, "apologise", "\"new_due\":\"2026-01-01T17:00:00+07:00\",\"reason\":\"x\""), "MC005");
	assert_string_equal(life_side_state(man, "apologise", "\"reason\":\"x\""), "MC005");
	assert_string_equal(life_side_state(man, "apologise", "\"new_due\":\"2029-12-30T17:00:00+07:00\",\"reason\":\"x\""), "MC005"); /* a Sunday */
	assert_string_equal(state_of(man, "SELECT desk.side_act(%s, %ld, 'apologise', '{%s}')", dossier, life_version(), apology("2", ",\"reason\":\" \"")), "MC005");
	const char *once = ",\"request_id\":\"22222222-2222-4222-8222-222222222222\"";
	char facts[400], old[40];
	snprintf(old, sizeof old, "%s", one(admin(), "SELECT motcua.iso(due_at) FROM motcua.dossier WHERE dossier_id = %s", dossier));
	snprintf(facts, sizeof facts, "%s", apology("2", once));
	long version = life_version();
	one(man, "SELECT desk.side_act(%s, %ld, 'apologise', '{%s}')", dossier, version, facts);
	/* The reply was lost: said again, once done. */
	one(man, "SELECT desk.side_act(%s, %ld, 'apologise', '{%s}')", dossier, version, facts);
	assert_string_equal(one(admin(), "SELECT count(*) || ' ' || max(number) FROM motcua.paper WHERE dossier_id = %s AND form = '04'", dossier), "1 01/PXL");
	assert_string_equal(field_of("04", "due_at"), old);
	assert_string_equal(one(admin(), "SELECT motcua.iso(due_at) = '%s' FROM motcua.dossier WHERE dossier_id = %s", field_of("04", "new_due_at"), dossier), "t");
	assert_string_equal(field_of("04", "signer.name"), "");
	assert_string_equal(one(man, "SELECT cause || (line LIKE 'Xin lỗi và hẹn lại theo văn bản số 01/PXL: Chờ xác minh.%%Ngày hẹn trả lùi từ%%') FROM desk.dossier_due(%s) ORDER BY at DESC",
	                        dossier), "extensiontrue");
	assert_int_equal(life_status(), 2);
	/* Every system has the new date. */
	assert_string_equal(one(admin(), "SELECT bool_and(payload->>'due_at' = '%s') || ' ' || count(*) FROM (SELECT DISTINCT ON (system) payload FROM motcua.message"
		" WHERE dossier_id = %s ORDER BY system, seq DESC) m", field_of("04", "new_due_at"), dossier), "true 2");
	/* A second one: the law says once and names no exception, not for a supervisor, not by another door. */
	assert_string_equal(one(hue, "SELECT count(*) FROM desk.may(%s) WHERE act = 'apologise'", dossier), "0");
	PGconn *const everybody[] = { man, hue };
	for (size_t i = 0; i < COUNT(everybody); i++) {
		assert_string_equal(life_side_state(everybody[i], "apologise", apology("1", ",\"basis\":\"Luật Y Điều 3\"")), "MC005");
		assert_string_equal(last_hint(), "new_due");
	}
	assert_string_equal(state_of(hue, "SELECT desk.change_due(%s, %ld, 'extension', now() + interval '30 days', 'xin lỗi lần nữa')", dossier, life_version()), "MC005");
	assert_string_equal(one(man, "SELECT extensions FROM desk.dossier_life(%s)", dossier), "1");
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.paper WHERE dossier_id = %s AND form = '04'", dossier), "1");
}

/* A function of the calendar, however many are open: what a list of two calls of it; the rest is index and date. */
static long calls_of(const char *list, const char *function)
{
	char oid[16];
	long calls;
	snprintf(oid, sizeof oid, "%s", one(admin(), "SELECT 'motcua.%s'::regproc::oid", function));
	one(admin(), "ALTER ROLE hue SET track_functions = 'all'");
	PGconn *watched = as("hue");
	one(watched, "BEGIN");
	assert_int_equal(count(watched, "SELECT count(*) FROM %s", list), 2);
	calls = count(watched, "SELECT coalesce(pg_stat_get_xact_function_calls(%s), 0)", oid);
	one(watched, "COMMIT");
	PQfinish(watched);
	one(admin(), "ALTER ROLE hue RESET track_functions");
	return calls;
}

static void lists_count_days_for_what_they_show(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++)
		one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())");
	one(admin(), "UPDATE motcua.dossier SET due_at = motcua.working_days_after('30538', now(), 2), channel = 3 WHERE status = 2");
	assert_true(count(hue, "SELECT count(*) FROM desk.soon_late(100)") >= 20);
	assert_true(count(hue, "SELECT count(*) FROM desk.to_check(100)") >= 20);
	assert_in_range(calls_of("desk.soon_late(2)", "forecast_of"), 2, 8);
	assert_in_range(calls_of("desk.soon_late(2)", "apology_day"), 2, 4);
	assert_in_range(calls_of("desk.to_check(2)", "check_until"), 2, 6);
	/* And these are the first of all. */
	static const char *const lists[] = { "soon_late", "to_check" };
	for (size_t i = 0; i < COUNT(lists); i++) {
		char all[200];
		snprintf(all, sizeof all, "%s", one(hue, "SELECT string_agg(dossier_id::text, ' ' ORDER BY n) FROM desk.%s(1000) WITH ORDINALITY x(dossier_id, a, b, c, d, e, f, g, h%s, n) WHERE n <= 3",
		                                    lists[i], i ? "" : ", i, j, k, l, m, o"));
		assert_string_equal(one(hue, "SELECT string_agg(dossier_id::text, ' ') FROM desk.%s(3)", lists[i]), all);
	}
	/* The same of those with a late step and a date further off. */
	one(admin(), "UPDATE motcua.dossier SET due_at = motcua.working_days_after('30538', now(), 6) WHERE status = 2");
	one(admin(), "UPDATE motcua.dossier_step SET due_at = CASE state WHEN 'current' THEN now() - interval '3 days' ELSE motcua.working_days_after('30538', now(), 6) END");
	assert_in_range(calls_of("desk.soon_late(2)", "forecast_of"), 2, 10);
	/* Such a one is there only when the rest cannot be done by then. */
	one(admin(), "UPDATE motcua.dossier SET status = 9 WHERE dossier_id <> %s", dossier);
	one(admin(), "UPDATE motcua.dossier SET due_at = motcua.working_days_after('30538', now(), 6) WHERE dossier_id = %s", dossier);
	one(admin(), "UPDATE motcua.dossier_step SET due_at = CASE state WHEN 'current' THEN now() - interval '3 days' ELSE motcua.working_days_after('30538', now(), 6) END WHERE dossier_id = %s", dossier);
	assert_string_equal(one(hue, "SELECT urgency || ' ' || (forecast > due_at) FROM desk.soon_late(10) WHERE dossier_id = %s", dossier), "soon true");
	one(admin(), "UPDATE motcua.dossier_step SET due_at = CASE state WHEN 'current' THEN now() - interval '3 days' ELSE now() END WHERE dossier_id = %s", dossier);
	assert_string_equal(one(hue, "SELECT count(*) FROM desk.soon_late(10) WHERE dossier_id = %s", dossier), "0");
}

static void sorry_too_late_is_a_supervisors(void **state)
{
	(void)state;
	one(admin(), "UPDATE motcua.dossier SET due_at = now() - interval '1 hour' WHERE dossier_id = %s", dossier);
	assert_string_equal(one(man, "SELECT urgency FROM desk.soon_late(100) WHERE dossier_id = %s", dossier), "missed");
	assert_string_equal(life_side_state(man, "apologise", apology("2", "")), "MC004");
	life_side(hue, "apologise", apology("2", ",\"basis\":\"chỉ đạo số 5/UBND\""));
	assert_string_equal(one(man, "SELECT count(*) FROM desk.soon_late(100) WHERE dossier_id = %s AND urgency = 'missed'", dossier), "0");
}

/* The unit promised a day less than the law: both are known, and a pause moves both. */
static void the_law_beside_the_promise(void **state)
{
	(void)state;
	assert_string_equal(one(man, "SELECT legal_value || ' ' || legal_unit FROM desk.dossier_life(%s)", dossier), "3 working_day");
	one(hue, "SELECT desk.confirm_limit('1.004873', 0, 1, 2, 'working_day', 'Quyết định cắt giảm 5/QĐ-UBND', NULL)");
	one(admin(), "UPDATE motcua.dossier SET limit_value = 2, received_at = '2026-11-20T09:41:00+07:00', due_at = '2026-11-24T17:00:00+07:00' WHERE dossier_id = %s", dossier);
	one(admin(), "UPDATE motcua.limits SET valid_from = '2026-01-01' WHERE unit_id IS NOT NULL");
	assert_string_equal(one(man, "SELECT legal_value || to_char(legal_due AT TIME ZONE 'Asia/Ho_Chi_Minh', ' DD/MM HH24:MI') FROM desk.dossier_life(%s)", dossier), "3 25/11 17:00");
	one(hue, "SELECT desk.change_due(%s, %ld, 'incident', '2026-11-25T17:00:00+07:00', 'Mất điện')", dossier, life_version());
	assert_string_equal(one(man, "SELECT to_char(legal_due AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') FROM desk.dossier_life(%s)", dossier), "26/11 17:00");
	one(admin(), "DELETE FROM motcua.limits WHERE unit_id IS NOT NULL");
}

static void refused_after_examination(void **state)
{
	(void)state;
	life_act(man, "process", "");
	assert_string_equal(state_of(man, "SELECT desk.act(%s, %ld, 'decline', '')", dossier, life_version()), "MC005");
	life_act(man, "decline", "Chưa đủ điều kiện theo Điều 5");
	assert_int_equal(life_status(), 9);
	assert_string_equal(field_of("03", "reason.1.text"), "Chưa đủ điều kiện theo Điều 5");
	assert_string_equal(one(admin(), "SELECT payload->>'status' FROM motcua.message WHERE dossier_id = %s AND system = 'tu-phap' ORDER BY seq DESC", dossier), "9");
}

#define STEPS "SELECT string_agg(seq || ' ' || state || sent_back, ', ' ORDER BY seq) FROM desk.dossier_steps(%s)"

static void steps_go_on_and_back(void **state)
{
	(void)state;
	assert_string_equal(life_side_state(man, "step_on", ""), "MC005"); /* not handed on yet */
	life_act(man, "process", "");
	assert_string_equal(life_side_state(man, "step_on", "\"to\":\"lan\""), "MC005"); /* of another unit */
	life_side(man, "assign", "\"to\":\"khoa\"");
	life_side(khoa, "step_on", "\"to\":\"hue\"");
	assert_string_equal(one(man, STEPS, dossier), "1 done0, 2 done0, 3 current0");
	assert_string_equal(one(man, "SELECT holder || ' ' || holder_place FROM desk.dossier_life(%s)", dossier), "Phạm Thu Huệ Lãnh đạo");
	assert_string_equal(life_side_state(hue, "step_on", ""), "MC005"); /* the last one */
	assert_string_equal(life_side_state(hue, "step_back", ""), "MC005");
	life_side(hue, "step_back", "\"reason\":\"Thiếu chữ ký nháy\"");
	/* Whoever had it gets it back. */
	assert_string_equal(one(man, STEPS, dossier), "1 done0, 2 current1, 3 waiting0");
	assert_string_equal(one(man, "SELECT holder FROM desk.dossier_life(%s)", dossier), "Trần Đăng Khoa");
	assert_string_equal(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE act = 'step_back'", dossier),
	                    "Bước 3 trả lại bước 2: Thiếu chữ ký nháy (Thẩm tra). giao Trần Đăng Khoa");
	life_side(khoa, "note", "\"reason\":\"Gọi lại bà Nguyễn Thị Hồng chiều nay\"");
	/* In the history of the dossier, whose readers may read it; not in the trail. */
	assert_string_equal(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE act = 'note'", dossier), "Gọi lại bà Nguyễn Thị Hồng chiều nay");
	assert_string_equal(one(admin(), "SELECT count(*) FILTER (WHERE what::text LIKE '%%Hồng%%' OR what::text LIKE '%%nháy%%') || ' ' || count(*) FILTER (WHERE act = 'note')"
	                                 " FROM motcua.audit WHERE dossier_id = %s AND act IN ('note', 'step_back')", dossier), "0 1");
}

static void nobody_takes_work_without_a_right(void **state)
{
	(void)state;
	assert_string_equal(life_side_state(khoa, "take_over", "\"reason\":\"Chị Mận vắng\""), "MC005");
	assert_string_equal(life_side_state(khoa, "assign", "\"to\":\"khoa\""), "MC005");
	assert_string_equal(state_of(khoa, "SELECT desk.delegate('man', 'khoa', (now() + interval '2 days')::date, 'nghỉ ốm')"), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.delegate('man', 'lan', (now() + interval '2 days')::date, 'nghỉ ốm')"), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.delegate('man', 'khoa', (now() - interval '2 days')::date, 'nghỉ ốm')"), "MC005");
	one(man, "SELECT desk.delegate('man', 'khoa', (now() + interval '2 days')::date, 'nghỉ ốm')");
	assert_string_equal(one(khoa, "SELECT acting || ' ' || may_take || ' ' || (held > 0) FROM desk.hands() WHERE login = 'man'"), "Trần Đăng Khoa true true");
	life_side(khoa, "take_over", "\"reason\":\"Chị Mận vắng\"");
	assert_string_equal(one(man, "SELECT holder FROM desk.dossier_life(%s)", dossier), "Trần Đăng Khoa");
	assert_string_equal(one(man, "SELECT note FROM desk.dossier_events(%s) WHERE act = 'take_over'", dossier), "Trần Đăng Khoa làm thay Lê Thị Mận: Chị Mận vắng");
	one(man, "SELECT desk.delegate_end('man')");
	assert_string_equal(state_of(khoa, "SELECT desk.give_all('man', 'khoa', 'vắng')"), "MC004");
	assert_true(atol(one(hue, "SELECT desk.give_all('khoa', 'man', 'khoa đi học')")) >= 1);
	assert_string_equal(one(man, "SELECT count(*) FROM desk.held_by('khoa', 100)"), "0");
	assert_string_equal(one(man, "SELECT count(*) FROM desk.held_by('man', 100) WHERE dossier_id = %s", dossier), "1");
}

static void two_signatures_and_form_06_is_the_log(void **state)
{
	char list[24], other[32], paper[24];
	(void)state;
	snprintf(other, sizeof other, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	assert_string_equal(state_of(khoa, "SELECT desk.hand_give(gen_random_uuid(), '{%s}', 'man', 'room', 'Tư pháp', '')", dossier), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.hand_give(gen_random_uuid(), '{%s}', 'man', 'room', 'Tư pháp', '')", dossier), "MC005");
	snprintf(list, sizeof list, "%s", one(man, "SELECT desk.hand_give(gen_random_uuid(), '{%s,%s}', 'khoa', 'room', 'Công chức tư pháp', 'đủ trang')", dossier, other));
	assert_string_equal(state_of(man, "SELECT desk.hand_give(gen_random_uuid(), '{%s}', 'khoa', 'room', 'Tư pháp', '')", dossier), "MC005");
	/* Nobody signs for another. */
	assert_string_equal(state_of(man, "SELECT desk.hand_take(%s)", list), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.hand_take(%s)", list), "MC004");
	assert_int_equal(life_status(), 2);
	snprintf(paper, sizeof paper, "%s", one(khoa, "SELECT desk.hand_take(%s)", list));
	assert_string_equal(one(khoa, "SELECT desk.hand_take(%s)", list), paper);
	assert_string_equal(one(admin(), "SELECT motcua.field_raw(fields, 'giver.name') || '/' || motcua.field_raw(fields, 'taker.name') || '/' || motcua.field_raw(fields, 'item_count')"
		" FROM motcua.paper WHERE paper_id = %s", paper), "Lê Thị Mận/Trần Đăng Khoa/2");
	/* Handed to a room it is worked on: one hand, one step of the life-cycle, one row of form 06. */
	assert_int_equal(life_status(), 4);
	assert_string_equal(one(man, "SELECT string_agg(kind || ' ' || name || ' ' || step || ' ' || act, ', ' ORDER BY seq) FROM desk.dossier_holders(%s)", dossier),
	                    "desk Lê Thị Mận 1 receive, room Trần Đăng Khoa 2 hand");
	assert_string_equal(one(man, STEPS, dossier), "1 done0, 2 current0, 3 waiting0");
	life_side(khoa, "step_on", "\"to\":\"hue\"");
	life_act(hue, "finish", "");
	life_side(man, "control", "\"request_id\":\"33333333-3333-4333-8333-333333333333\"");
	assert_string_equal(one(admin(), "SELECT number FROM motcua.paper WHERE dossier_id = %s AND form = '06'", dossier), "01/PKS-TTPVHCC");
	assert_string_equal(one(admin(), "SELECT bool_and(motcua.field_raw(p.fields, 'step.' || n || '.from') IS NOT DISTINCT FROM nullif(giver_place, '') AND motcua.field_raw(p.fields,"
		" 'step.' || n || '.to') = place AND motcua.field_raw(p.fields, 'step.' || n || '.at') = motcua.iso(h.at) AND motcua.field_raw(p.fields, 'step.' || n || '.giver')"
		" IS NOT DISTINCT FROM nullif(giver, '') AND motcua.field_raw(p.fields, 'step.' || n || '.taker') IS NOT DISTINCT FROM nullif(name, '') AND coalesce(motcua.field_raw(p.fields,"
		" 'step.' || n || '.outcome'), '') = outcome) || ' ' || count(*) || ' ' || (motcua.field_raw(max(p.fields), 'step.4.at') IS NULL) FROM motcua.paper p, (SELECT *, seq - 1 AS n"
		" FROM motcua.dossier_holder WHERE dossier_id = %s AND seq > 1) h WHERE p.dossier_id = %s AND p.form = '06'", dossier, dossier), "true 3 true");
	one(man, "SELECT desk.hand_void(desk.hand_give(gen_random_uuid(), ARRAY[(SELECT dossier_id FROM desk.accept_dossier(test.req()))], 'khoa', 'room', 'x', ''))");
	assert_string_equal(one(man, "SELECT string_agg(state, ' ' ORDER BY handover_id) FROM desk.handovers(50)"), "taken void");
	PGconn *lan = as("lan");
	assert_string_equal(state_of(lan, "SELECT desk.hand_take(%s)", list), "MC008");
	assert_string_equal(one(lan, "SELECT count(*) FROM desk.handovers(50)"), "0");
	PQfinish(lan);
}

static void undone_while_nothing_has_left(void **state)
{
	(void)state;
	/* Nothing was sent yet: the messages wait behind the reception. */
	life_act(man, "process", "");
	assert_string_equal(one(man, "SELECT undo_until > now() FROM desk.dossier_life(%s)", dossier), "t");
	assert_string_equal(life_side_state(hue, "undo", ""), "MC005"); /* not hers */
	life_side(man, "undo", "");
	assert_int_equal(life_status(), 2);
	assert_string_equal(one(man, STEPS, dossier), "1 current0, 2 waiting0, 3 waiting0");
	assert_string_equal(one(man, "SELECT holder FROM desk.dossier_life(%s)", dossier), "Lê Thị Mận");
	assert_string_equal(one(admin(), "SELECT bool_and(tail = 2) FROM motcua.stream WHERE dossier_id = %s", dossier), "t");
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s", dossier), "4");
	/* The number goes back with the paper, and history says so. */
	char last[16];
	snprintf(last, sizeof last, "%s", one(admin(), "SELECT coalesce(max(last), 0) FROM motcua.paper_sequence WHERE form = '02' AND unit_id = (SELECT unit_id FROM motcua.dossier WHERE dossier_id = %s)", dossier));
	life_act(man, "ask_supplement", "Nhầm");
	life_side(man, "undo", "");
	assert_string_equal(one(admin(), "SELECT coalesce(max(last), 0) FROM motcua.paper_sequence WHERE form = '02' AND unit_id = (SELECT unit_id FROM motcua.dossier WHERE dossier_id = %s)", dossier), last);
	assert_string_equal(one(man, "SELECT asked || ' ' || (SELECT count(*) FROM desk.dossier_events(%s) WHERE act = 'undo') FROM desk.dossier_life(%s)", dossier, dossier), "0 2");
	life_act(man, "ask_supplement", "Thiếu ảnh thật"); /* the first one that counts */
	assert_string_equal(one(man, "SELECT supplements || ' ' || (at4 IS NULL) || ' ' || supplement_s FROM desk.kpi_facts(%s)", dossier), "1 true 0");
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.supplement_asked WHERE dossier_id = %s AND NOT undone", dossier), "1");
	/* Printed: it has left. */
	one(man, "SELECT desk.paper_printed((SELECT max(paper_id) FROM desk.dossier_papers(%s)), 'may-in', 'ok')", dossier);
	assert_string_equal(life_side_state(man, "undo", ""), "MC005");
}

static void what_a_courier_has_is_gone(void **state)
{
	(void)state;
	one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true WHERE dossier_id = %s", dossier);
	life_act(man, "process", "");
	assert_string_equal(one(man, "SELECT undo_until IS NOT NULL FROM desk.dossier_life(%s)", dossier), "t");
	one(courier, "SELECT count(*) FROM wire.claim('thử', 60, 500)");
	assert_string_equal(one(man, "SELECT undo_until IS NULL FROM desk.dossier_life(%s)", dossier), "t");
	assert_string_equal(life_side_state(man, "undo", ""), "MC005");
	assert_int_equal(life_status(), 4);
	/* A minute later, too. */
	snprintf(dossier, sizeof dossier, "%s", one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	life_act(man, "process", "");
	one(admin(), "UPDATE motcua.dossier_event SET at = at - interval '61 seconds' WHERE dossier_id = %s AND act = 'process'", dossier);
	assert_string_equal(life_side_state(man, "undo", ""), "MC005");
}

static void an_incident_stops_the_clock_once(void **state)
{
	char outage[24], standing[24];
	(void)state;
	one(admin(), "UPDATE motcua.dossier SET status = 9");
	one(admin(), "UPDATE motcua.dossier SET status = 4, received_at = '2026-11-18T08:00:00+07:00', due_at = '2026-11-23T17:00:00+07:00' WHERE dossier_id = %s", dossier);
	snprintf(outage, sizeof outage, "%s", one(admin(), "INSERT INTO motcua.outage (system, class, from_at, to_at) VALUES ('tu-phap', 'down', '2026-11-19T10:00:00+07:00', '2026-11-20T08:30:00+07:00') RETURNING outage_id"));
	assert_string_equal(one(man, "SELECT desk.incident_dossiers('outage', %s)", outage), "1");
	assert_string_equal(state_of(man, "SELECT desk.incident_due('outage', %s)", outage), "MC004");
	assert_string_equal(one(hue, "SELECT desk.incident_due('outage', %s)", outage), "1");
	assert_string_equal(one(hue, "SELECT desk.incident_due('outage', %s)", outage), "0");
	assert_string_equal(one(man, "SELECT string_agg(kind || ' ' || state, ', ') FROM desk.citizen_messages(%s)", dossier), "new_date call");
	/* 1 h 30 before noon, 3 h 30 after it, 1 h 30 the next morning. */
	assert_string_equal(one(man, "SELECT to_char(new_due AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') || cause || (line LIKE '%%: 6 giờ 30 phút làm việc không tính vào thời hạn.%%')"
		" FROM desk.dossier_due(%s) ORDER BY at DESC", dossier), "24/11 15:30incidenttrue");
	/* Another system's outage is not this dossier's. */
	assert_string_equal(one(man, "SELECT desk.incident_dossiers('outage', (%s))", one(admin(), "INSERT INTO motcua.outage (system, class, from_at, to_at) VALUES ('tinh', 'down',"
		" '2026-11-19T10:00:00+07:00', '2026-11-20T08:30:00+07:00') RETURNING outage_id")), "0");
	/* The office itself, while half of it the citizen was waited for. */
	one(admin(), "INSERT INTO motcua.taken_up SELECT unit_id, dossier_id, 1, gen_random_uuid(), 'supplement', '2026-11-20T09:00:00+07:00', '2026-11-20T10:00:00+07:00', 'man', '[]', '{}', '', NULL, NULL"
	             " FROM motcua.dossier WHERE dossier_id = %s", dossier);
	one(admin(), "INSERT INTO motcua.dossier_event (unit_id, dossier_id, at, act, from_status, to_status) SELECT unit_id, dossier_id,"
		" t.at::timestamptz, t.act, t.a, t.b FROM motcua.dossier, (VALUES ('2026-11-20T09:00:00+07:00', 'ask_supplement', 4, 5),"
		" ('2026-11-20T10:00:00+07:00', 'supplement', 5, 4)) t(at, act, a, b) WHERE dossier_id = %s", dossier);
	snprintf(standing, sizeof standing, "%s", one(admin(), "INSERT INTO motcua.standstill (unit_id, kind, story, from_at, to_at, login, made_at) SELECT unit_id, 'power', 'Mất điện',"
		" '2026-11-20T09:00:00+07:00', '2026-11-20T11:00:00+07:00', 'man', now() FROM motcua.dossier WHERE dossier_id = %s RETURNING standstill_id", dossier));
	/* Shown first, to the minute, and then moved so. */
#define MOVES "SELECT code || ' ' || to_char(old_due AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') || ' ' || to_char(new_due AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI')" \
	" || ' ' || minutes FROM desk.incident_moves('standstill', %s, 100)"
	char moves[160];
	snprintf(moves, sizeof moves, "%s 24/11 15:30 24/11 16:30 60", code);
	assert_string_equal(one(man, MOVES, standing), moves);
	assert_string_equal(one(hue, "SELECT desk.incident_due('standstill', %s)", standing), "1");
	assert_string_equal(one(man, "SELECT count(*) FROM desk.incident_moves('standstill', %s, 100)", standing), "0");
	assert_string_equal(one(man, "SELECT to_char(new_due AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI') FROM desk.dossier_due(%s) ORDER BY at DESC", dossier), "24/11 16:30");
	/* Told while it lasts, ended once, after it began. */
	snprintf(standing, sizeof standing, "%s", one(man, "SELECT desk.tell_standstill('network', 'Mất mạng', now() - interval '2 hours', NULL)"));
	assert_string_equal(state_of(hue, "SELECT desk.incident_moves('standstill', %s, 100)", standing), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.standstill_end(%s, now() - interval '3 hours')", standing), "MC005");
	one(man, "SELECT desk.standstill_end(%s, now() - interval '1 hour')", standing);
	assert_string_equal(state_of(man, "SELECT desk.standstill_end(%s, now())", standing), "MC006");
	one(admin(), "UPDATE motcua.outage SET to_at = NULL WHERE outage_id = %s", outage);
	assert_string_equal(state_of(hue, "SELECT desk.incident_due('outage', %s)", outage), "MC005");
	one(admin(), "DELETE FROM motcua.outage");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, life_fresh, life_done)
const struct CMUnitTest life_acts[] = {
	TEST(a_second_request_costs_and_needs_a_law), TEST(the_limits_of_asking_are_watched), TEST(sorry_once_and_in_time),
	TEST(lists_count_days_for_what_they_show),
	TEST(sorry_too_late_is_a_supervisors), TEST(the_law_beside_the_promise), TEST(refused_after_examination), TEST(steps_go_on_and_back),
	TEST(nobody_takes_work_without_a_right), TEST(two_signatures_and_form_06_is_the_log), TEST(undone_while_nothing_has_left),
	TEST(what_a_courier_has_is_gone), TEST(an_incident_stops_the_clock_once), { 0 },
};
