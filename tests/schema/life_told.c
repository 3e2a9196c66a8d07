/* SPDX-License-Identifier: Apache-2.0
 *
 * Who hears what of a dossier's life: a date that moved, money to be paid, a stop. */
#include <stdio.h>
#include <string.h>
#include "tests/schema/life.h"

#define LAST_WORD one(admin(), "SELECT kind || ' ' || state FROM motcua.citizen_message WHERE dossier_id = %s ORDER BY message_id DESC", dossier)

/* A wait of four days that ends at the desk: working hours are lost on any day. */
static void take_up(PGconn *who, const char *act)
{
	one(admin(), "UPDATE motcua.dossier SET status_at = status_at - interval '4 days' WHERE dossier_id = %s", dossier);
	one(who, "SELECT desk.take_up(%s, %ld, (SELECT jsonb_build_object('request_id', gen_random_uuid(), 'act', '%s', 'computed_at', now(), 'note', 'xong',"
		" 'line', 'Chờ công dân', 'due_at', test.due_after_wait(%s))))", dossier, life_version(), act, dossier);
}

/* Every date that is right now is with every system and the citizen, and the history says why; only the last one is said. */
static void a_moved_date_is_told(void **state)
{
	(void)state;
	one(admin(), "UPDATE motcua.stream SET head = tail + 1, created_there = true, travel = 'received' WHERE dossier_id = %s", dossier);
	one(hue, "SELECT desk.change_due(%s, %ld, 'correction', now() + interval '30 days', 'Gõ nhầm tháng')", dossier, life_version());
	one(hue, "SELECT desk.change_due(%s, %ld, 'correction', now() + interval '9 days', 'Ngày ghi trên giấy hẹn')", dossier, life_version());
	assert_string_equal(one(admin(), "SELECT bool_and(payload->>'due_at' = motcua.iso(d.due_at) AND m.kind = 'dossier') || ' ' || count(*) FROM (SELECT DISTINCT ON (system) * FROM motcua.message"
		" WHERE dossier_id = %s ORDER BY system, seq DESC) m JOIN motcua.dossier d USING (unit_id, dossier_id)", dossier), "true 2");
	assert_string_equal(one(admin(), "SELECT string_agg(DISTINCT travel, ' ') FROM motcua.stream WHERE dossier_id = %s", dossier), "sent");
	assert_string_equal(one(man, "SELECT string_agg(by_name || ' ' || split_part(note, ': ', 2), ', ' ORDER BY at, note) FROM desk.dossier_events(%s) WHERE act = 'change_due'", dossier),
	                    "Phạm Thu Huệ Gõ nhầm tháng, Phạm Thu Huệ Ngày ghi trên giấy hẹn");
	assert_string_equal(one(man, "SELECT string_agg(kind || ' ' || state, ', ' ORDER BY message_id) FROM desk.citizen_messages(%s)", dossier), "new_date void, new_date call");
	assert_string_equal(one(man, "SELECT words LIKE '%%' || to_char((now() + interval '9 days') AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY') || '%%' FROM desk.citizen_messages(%s)"
		" WHERE state = 'call'", dossier), "t");
	/* No date at all is said, too; the same date is not news. */
	long seen = count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s", dossier);
	one(hue, "SELECT desk.change_due(%s, %ld, 'correction', NULL, 'Thủ tục không có thời hạn')", dossier, life_version());
	assert_string_equal(one(man, "SELECT words LIKE '%%chưa định được ngày trả kết quả%%' FROM desk.citizen_messages(%s) WHERE state = 'call'", dossier), "t");
	one(hue, "SELECT desk.change_due(%s, %ld, 'correction', NULL, 'Lần nữa')", dossier, life_version());
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s", dossier), seen + 2);
	/* Done, it is nothing to say any more. */
	life_act(man, "finish", "");
	assert_string_equal(one(man, "SELECT string_agg(kind, ', ') FROM desk.citizen_messages(%s) WHERE state = 'call'", dossier), "result_ready");
}

static void what_is_to_be_paid_is_said(void **state)
{
	(void)state;
	life_act(man, "process", "");
	life_act(man, "ask_payment", "Thuế theo thông báo 12");
	assert_string_equal(LAST_WORD, "payment call");
	assert_string_equal(one(admin(), "SELECT words LIKE '%%nghĩa vụ tài chính%%' AND words NOT LIKE '%%Thuế%%' FROM motcua.citizen_message WHERE dossier_id = %s AND kind = 'payment'", dossier), "t");
	/* Paid; who stands at the counter hears the new date there, who filed online does not. */
	take_up(man, "pay");
	assert_string_equal(LAST_WORD, "payment void");
	one(admin(), "UPDATE motcua.dossier SET channel = 2 WHERE dossier_id = %s", dossier);
	life_act(man, "ask_supplement", "Thiếu ảnh");
	/* What a clerk notes meanwhile is not what was asked. */
	life_side(man, "note", "\"reason\":\"Gọi lại chiều nay\"");
	assert_string_equal(one(man, "SELECT kind || ' ' || name FROM desk.asked(%s) WHERE kind <> 'paper'", dossier), "said Thiếu ảnh");
	take_up(man, "supplement");
	assert_string_equal(LAST_WORD, "new_date call");
	/* A stop that nobody asked for is said; taken back before anything left, it is not. */
	life_act(hue, "stop", "Toà yêu cầu");
	assert_string_equal(LAST_WORD, "stopped call");
	life_side(hue, "undo", "");
	assert_string_equal(LAST_WORD, "stopped void");
	life_act(man, "withdraw", "Đơn ngày 20/11");
	life_act(man, "stop", "Đơn ngày 20/11");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.citizen_message WHERE dossier_id = %s AND state = 'call'", dossier), 0); /* asked for at the counter */
}

/* By a supervisor on the dossier's screen, with the reason, to a day on which somebody works. */
static void a_wrong_date_is_put_right(void **state)
{
	char right[64];
	(void)state;
#define OFFERED(who) count(who, "SELECT count(*) FROM desk.may(%s) WHERE act = 'change_due'", dossier)
	assert_int_equal(OFFERED(man), 0);
	assert_int_equal(OFFERED(hue), 1);
	snprintf(right, sizeof right, "%s", one(admin(), "SELECT '\"new_due\":\"' || motcua.iso(motcua.working_days_after('30538', now(), 8)) || '\"'"));
	char facts[200];
	snprintf(facts, sizeof facts, "%s,\"reason\":\"Gõ nhầm tháng\"", right);
	assert_string_equal(life_side_state(man, "change_due", facts), "MC004");
	assert_string_equal(life_side_state(hue, "change_due", right), "MC005");
	assert_string_equal(last_hint(), "reason");
	static const char *const wrong[] = { "\"reason\":\"x\"", "\"reason\":\"x\",\"new_due\":\"2029-12-30T17:00:00+07:00\"",
		"\"reason\":\"x\",\"new_due\":\"2020-01-02T17:00:00+07:00\"", "\"reason\":\"x\",\"new_due\":\"infinity\"" };
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_string_equal(life_side_state(hue, "change_due", wrong[i]), "MC005");
	life_side(hue, "change_due", facts);
	assert_string_equal(life_side_state(hue, "change_due", facts), "MC005"); /* it is so already */
	assert_string_equal(one(man, "SELECT cause || ' ' || line || ' ' || (new_due = (SELECT due_at FROM desk.dossier(%s))) FROM desk.dossier_due(%s) ORDER BY at DESC", dossier, dossier),
	                    "correction Điều chỉnh ngày hẹn ghi sai: Gõ nhầm tháng true");
	assert_string_equal(LAST_WORD, "new_date call");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE dossier_id = %s AND act = 'change_due'", dossier), 1);
	assert_string_equal(one(man, "SELECT counter_act LIKE '%%điều chỉnh lại ngày hẹn%%' FROM desk.dossier_life(%s)", dossier), "t");
	life_act(man, "finish", "");
	assert_int_equal(OFFERED(hue), 0);
}

/* Words and a date are taken back whole: the letter's number, the steps' dates, what everybody was to hear. */
static void a_date_is_undone_too(void **state)
{
	char due[64], steps[400], facts[200];
	(void)state;
#define DATES "SELECT due_at FROM motcua.dossier WHERE dossier_id = %s"
#define STEP_DATES "SELECT string_agg(concat_ws(' ', seq, state, due_at), ', ' ORDER BY seq) FROM motcua.dossier_step WHERE dossier_id = %s"
	one(admin(), "UPDATE motcua.dossier SET due_at = motcua.working_days_after('30538', now(), 3) WHERE dossier_id = %s", dossier);
	one(admin(), "UPDATE motcua.dossier_step SET due_at = motcua.working_days_after('30538', now(), seq) WHERE dossier_id = %s", dossier);
	snprintf(due, sizeof due, "%s", one(admin(), DATES, dossier));
	snprintf(steps, sizeof steps, "%s", one(admin(), STEP_DATES, dossier));
	snprintf(facts, sizeof facts, "\"reason\":\"Chờ xác minh\",\"new_due\":\"%s\"", one(admin(), "SELECT motcua.iso(motcua.working_days_after('30538', now(), 6))"));
	life_side(man, "apologise", facts);
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s", dossier), "6");
	assert_string_equal(life_side_state(hue, "undo", ""), "MC005"); /* not hers */
	life_side(man, "undo", "");
	assert_string_equal(one(admin(), DATES, dossier), due);
	assert_string_equal(one(admin(), STEP_DATES, dossier), steps);
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.message WHERE dossier_id = %s", dossier), "4");
	assert_string_equal(one(admin(), "SELECT bool_and(tail = 2) FROM motcua.stream WHERE dossier_id = %s", dossier), "t");
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.paper WHERE dossier_id = %s AND form = '04'", dossier), "0");
	assert_string_equal(LAST_WORD, "apology void");
	assert_string_equal(one(man, "SELECT holder FROM desk.dossier_life(%s)", dossier), "Lê Thị Mận");
	/* It counts for none: the one that the law allows is still there; printed, it has left. */
	life_side(man, "apologise", facts);
	one(man, "SELECT desk.paper_printed((SELECT max(paper_id) FROM desk.dossier_papers(%s)), 'may-in', 'ok')", dossier);
	assert_string_equal(life_side_state(man, "undo", ""), "MC005");
	assert_string_equal(one(man, "SELECT extensions FROM desk.dossier_life(%s)", dossier), "1");
}

static void an_end_of_a_wait_is_undone_when_nothing_changed_hands(void **state)
{
	char due[64];
	(void)state;
	life_act(man, "process", "");
	life_act(hue, "stop", "Toà yêu cầu");
	snprintf(due, sizeof due, "%s", one(admin(), DATES, dossier));
	take_up(hue, "resume");
	life_side(hue, "undo", "");
	assert_int_equal(life_status(), 8);
	assert_string_equal(one(admin(), DATES, dossier), due);
	assert_string_equal(one(man, "SELECT holder_kind FROM desk.dossier_life(%s)", dossier), "stopped");
	assert_string_equal(LAST_WORD, "new_date void");
	take_up(hue, "resume");
	life_act(man, "ask_payment", "Thuế theo thông báo 12");
	take_up(man, "pay");
	life_side(man, "undo", "");
	assert_int_equal(life_status(), 6);
	take_up(man, "pay");
	/* A courier has it. */
	one(admin(), "UPDATE motcua.stream SET head = tail - 1, begun = true WHERE dossier_id = %s AND system = 'cong'", dossier);
	assert_string_equal(life_side_state(man, "undo", ""), "MC005");
	assert_int_equal(life_status(), 4);
	/* Papers that were taken in are no slip of the hand. */
	life_act(man, "ask_supplement", "Thiếu ảnh");
	take_up(man, "supplement");
	assert_string_equal(life_side_state(man, "undo", ""), "MC005");
}

/* What cannot be done is not offered as the way back. */
static void the_way_back_is_one(void **state)
{
	(void)state;
#define WAY_BACK one(man, "SELECT counter_act FROM desk.dossier_life(%s)", dossier)
	life_act(man, "process", "");
	assert_non_null(strstr(WAY_BACK, "trả lại một bước"));
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.may(%s) WHERE act = 'step_back'", dossier), 1);
	one(admin(), "DELETE FROM motcua.dossier_step WHERE dossier_id = %s", dossier);
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.may(%s) WHERE act = 'step_back'", dossier), 0);
	assert_null(strstr(WAY_BACK, "trả lại một bước"));
	assert_non_null(strstr(WAY_BACK, "bản giao nhận ngược lại"));
}

/* An incident that was written down wrongly goes, and so does what it gave. */
static void a_wrong_incident_is_taken_back(void **state)
{
	char standing[24], due[64];
	(void)state;
	one(admin(), "UPDATE motcua.dossier SET status = 9 WHERE status <> 9");
	one(admin(), "UPDATE motcua.dossier SET status = 4, received_at = '2026-11-18T08:00:00+07:00', due_at = '2026-11-23T17:00:00+07:00' WHERE dossier_id = %s", dossier);
	snprintf(due, sizeof due, "%s", one(admin(), DATES, dossier));
#define STANDSTILL(until) one(admin(), "INSERT INTO motcua.standstill (unit_id, kind, story, from_at, to_at, login, made_at) SELECT unit_id, 'power', 'Mất điện'," \
	" '2026-11-20T09:00:00+07:00', '2026-11-20T" until ":00+07:00', 'man', now() FROM motcua.dossier WHERE dossier_id = %s RETURNING standstill_id", dossier)
	snprintf(standing, sizeof standing, "%s", STANDSTILL("11:00"));
	assert_string_equal(one(hue, "SELECT desk.incident_due('standstill', %s)", standing), "1");
	assert_string_equal(state_of(man, "SELECT desk.standstill_void(%s, 'x')", standing), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.standstill_void(%s, ' ')", standing), "MC005");
	assert_string_equal(one(hue, "SELECT desk.standstill_void(%s, 'Có điện lại từ 9 giờ 30')", standing), "1");
	assert_string_equal(one(admin(), DATES, dossier), due);
	assert_string_equal(one(man, "SELECT cause || ' ' || (line LIKE 'Sự cố ghi sai (Mất điện): Có điện lại từ 9 giờ 30%%trở lại từ 24/11/2026 09:00 về 23/11/2026 17:00.')"
		" FROM desk.dossier_due(%s) ORDER BY at DESC", dossier), "incident true");
	assert_string_equal(one(man, "SELECT string_agg(kind || ' ' || state, ', ' ORDER BY message_id) FROM desk.citizen_messages(%s)", dossier), "new_date void, new_date call");
	assert_string_equal(one(admin(), "SELECT bool_and(payload->>'due_at' = motcua.iso(d.due_at)) || ' ' || count(*) FROM (SELECT DISTINCT ON (system) * FROM motcua.message"
		" WHERE dossier_id = %s ORDER BY system, seq DESC) m JOIN motcua.dossier d USING (unit_id, dossier_id)", dossier), "true 2");
	/* It is there no more, and told as it was it counts its own hours. */
	assert_string_equal(state_of(hue, "SELECT desk.standstill_void(%s, 'lần nữa')", standing), "MC008");
	assert_string_equal(state_of(hue, "SELECT desk.incident_due('standstill', %s)", standing), "MC008");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.standstills(50) WHERE standstill_id = %s", standing), 0);
	snprintf(standing, sizeof standing, "%s", STANDSTILL("09:30"));
	assert_string_equal(one(hue, "SELECT minutes FROM desk.incident_moves('standstill', %s, 100)", standing), "30");
	/* Set right by hand since: nobody else's to count away, nor to count on to when the incident is told anew. */
	assert_string_equal(one(hue, "SELECT desk.incident_due('standstill', %s)", standing), "1");
	one(hue, "SELECT desk.change_due(%s, %ld, 'correction', '2026-11-27T10:00:00+07:00', 'x')", dossier, life_version());
	assert_string_equal(one(hue, "SELECT desk.standstill_void(%s, 'không mất điện')", standing), "0");
	assert_string_equal(one(hue, "SELECT desk.incident_dossiers('standstill', %s)", STANDSTILL("09:30")), "0");
	assert_string_equal(one(admin(), "SELECT due_at = '2026-11-27T10:00:00+07:00' FROM motcua.dossier WHERE dossier_id = %s", dossier), "t");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, life_fresh, life_done)
const struct CMUnitTest life_told[] = { TEST(a_moved_date_is_told), TEST(what_is_to_be_paid_is_said), TEST(a_wrong_date_is_put_right), TEST(a_date_is_undone_too), TEST(a_wrong_incident_is_taken_back), TEST(the_way_back_is_one),
	TEST(an_end_of_a_wait_is_undone_when_nothing_changed_hands), { 0 } };
