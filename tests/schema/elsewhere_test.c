/* SPDX-License-Identifier: Apache-2.0
 *
 * Agencies elsewhere: the clock that starts when they receive, what is carried there and
 * back; profiles of systems. */
#include <stdio.h>
#include <string.h>

#include "core/dossier/deadline.h"
#include "tests/schema/elsewhere.h"

static void three_agencies_travel_and_are_printed(void **state)
{
	PGconn *man = as("man"), *lan = as("lan");
	char id[24];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	assert_string_equal(one(man, "SELECT string_agg(role || '=' || name, '; ') FROM desk.dossier_agencies(%s)", id),
	                    "receiving=xã Núi Cấm; deciding=UBND xã Tri Tôn; returning=Trung tâm cấp tỉnh");
	assert_string_equal(one(admin(), "SELECT (payload->'agencies'->'receiving'->>'code') || ' ' || (payload->'agencies'->'deciding'->>'code')"
		" || ' ' || (payload->'agencies'->'returning'->>'name') FROM motcua.message WHERE dossier_id = %s AND kind = 'dossier' LIMIT 1", id),
	                    "30538 30544 Trung tâm cấp tỉnh");
	assert_non_null(strstr(one(admin(), "SELECT fields FROM motcua.paper WHERE dossier_id = %s", id),
	                       "deciding.name\tUBND xã Tri Tôn\nreturning.name\tTrung tâm cấp tỉnh\n"));
	assert_string_equal(state_of(lan, "SELECT * FROM desk.dossier_agencies(%s)", id), "MC008");
	/* This unit itself, or nobody, is not elsewhere. */
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req('{\"deciding_unit\":{\"code\":\"30538\",\"name\":\"x\"}}'))"));
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_agencies(%s)", id), 0);
	assert_string_equal(one(admin(), "SELECT payload->'agencies'->'deciding'->>'code' FROM motcua.message WHERE dossier_id = %s"
		" AND kind = 'dossier' LIMIT 1", id), "30538");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req('{\"deciding_unit\":{\"code\":\"a b\",\"name\":\"x\"}}'))"), "MC005");
	assert_string_equal(last_hint(), "deciding_unit");
	PQfinish(man);
	PQfinish(lan);
}

static void the_clock_starts_when_they_say_they_have_it(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	char id[24], code[64];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	put(code, sizeof code, one(man, "SELECT code FROM desk.dossier(%s)", id));
	one(admin(), "UPDATE motcua.dossier SET received_at = received_at - interval '3 days' WHERE dossier_id = %s", id);
	/* Those who are only told do not decide. */
	one(courier, "SELECT wire.answered('cong', '%s', '', 2, now(), '', '')", code);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_due(%s)", id), 1);
	one(courier, "SELECT wire.answered('tu-phap', '%s', 'TT-9', 2, now() - interval '1 day', 'Đã nhận', '')", code);
	assert_string_equal(one(man, "SELECT count(*) || ' ' || bool_or(new_due = motcua_due) FROM desk.dossier_due(%s),"
		" LATERAL (SELECT (SELECT due_at FROM desk.dossier(%s)) AS motcua_due) x WHERE cause = 'elsewhere'", id, id), "1 true");
	assert_string_equal(one(admin(), "SELECT (due_at = motcua.due_after('30538', now() - interval '1 day', 3))::text FROM motcua.dossier"
		" WHERE dossier_id = %s", id), "true");
	assert_string_equal(one(man, "SELECT counted || source FROM desk.dossier_elsewhere(%s)", id), "trueHệ thống của Bộ Tư pháp");
	/* The history, the other system and the citizen have the new date; whose word it was is not told it. */
	assert_string_equal(one(man, "SELECT by_name || ': ' || (note LIKE 'Ngày hẹn trả đổi từ %% sang ' || to_char((SELECT due_at FROM desk.dossier(%s)) AT TIME ZONE 'Asia/Ho_Chi_Minh',"
		" 'DD/MM/YYYY HH24:MI') || ': UBND xã Tri Tôn nhận hồ sơ lúc %%') FROM desk.dossier_events(%s) WHERE act = 'change_due'", id, id), "Hệ thống của Bộ Tư pháp: true");
	assert_string_equal(one(admin(), "SELECT string_agg(system, ',') FROM motcua.message m JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE dossier_id = %s"
		" AND m.kind = 'dossier' AND m.seq > 1 AND m.payload->>'due_at' = motcua.iso(d.due_at)", id), "cong");
	assert_string_equal(one(admin(), "SELECT kind || (words LIKE '%%có ngày hẹn trả mới: ' || to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY') || '%%')"
		" FROM motcua.citizen_message JOIN motcua.dossier USING (unit_id, dossier_id) WHERE dossier_id = %s", id), "new_datetrue");
	/* Once only; a second word is a supervisor's. */
	one(courier, "SELECT wire.answered('tu-phap', '%s', 'TT-9', 4, now(), 'Đang làm', '')", code);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_due(%s)", id), 2);
#define BY_HAND(who, version, basis) state_of(who, "SELECT desk.received_elsewhere(%s, %s, now() - interval '1 hour'," \
	" test.due_there(now() - interval '1 hour'), '%s', 'Tính từ khi xã Tri Tôn nhận')", id, version, basis)
	assert_string_equal(BY_HAND(man, "3", "Phiếu giao nhận 12"), "MC004");
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	one(admin(), "UPDATE motcua.dossier SET received_at = received_at - interval '2 days' WHERE dossier_id = %s", id);
	assert_string_equal(BY_HAND(man, "1", ""), "MC005");
	assert_string_equal(BY_HAND(man, "1", "Phiếu giao nhận 12"), "");
	assert_string_equal(one(man, "SELECT cause || ' ' || by_name FROM desk.dossier_due(%s) ORDER BY at DESC LIMIT 1", id), "elsewhere Lê Thị Mận");
	assert_string_equal(one(admin(), "SELECT string_agg(system, ',' ORDER BY system) FROM motcua.message m JOIN motcua.dossier d USING (unit_id, dossier_id) WHERE dossier_id = %s"
		" AND m.kind = 'dossier' AND m.seq > 1 AND m.payload->>'due_at' = motcua.iso(d.due_at)", id), "cong,tu-phap");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.citizen_message WHERE dossier_id = %s AND kind = 'new_date'", id), 1);
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	assert_string_equal(BY_HAND(man, "1", "x"), "MC005");
	PQfinish(man);
	PQfinish(courier);
}

/* Whole from their reception on, without what stood still since. */
static void what_stood_still_there_is_kept(void **state)
{
	PGconn *man = as("man"), *hue = as("hue");
	char id[24], due[64];
	(void)state;
#define THERE "SELECT desk.received_elsewhere(%s, %s, now() - interval '8 days', test.due_there(now() - interval '8 days') + interval '%s', 'Phiếu 5', 'Tính lại')"
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	one(admin(), "UPDATE motcua.dossier SET received_at = now() - interval '9 days', status_at = now() - interval '9 days' WHERE dossier_id = %s", id);
	one(admin(), "INSERT INTO motcua.dossier_event (unit_id, dossier_id, at, act, from_status, to_status, by_login) SELECT unit_id, dossier_id, now() + e.at,"
		" e.act, e.a, e.b, 'man' FROM motcua.dossier, (VALUES (interval '-7 days', 'ask_supplement', 2, 5), ('-3 days', 'supplement', 5, 2)) e(at, act, a, b)"
		" WHERE dossier_id = %s", id);
	/* Not what the limit makes: refused, with the word to count again. */
	assert_string_equal(state_of(man, THERE, id, "1", "40 years"), "MC001");
	assert_string_equal(state_of(man, THERE, id, "1", "1 day"), "MC001");
	assert_string_equal(state_of(man, THERE, id, "1", "-1 day"), "MC001");
	one(man, THERE, id, "1", "0");
	put(due, sizeof due, one(admin(), "SELECT motcua.working_add('30538', motcua.due_after('30538', now() - interval '8 days', 3),"
		" motcua.working_between('30538', now() - interval '7 days', now() - interval '3 days'))"));
	assert_string_equal(one(admin(), "SELECT abs(extract(epoch FROM due_at - '%s')) <= 60 FROM motcua.dossier WHERE dossier_id = %s", due, id), "t");
	assert_string_equal(one(man, "SELECT line LIKE 'Tính lại\nTừ đó hồ sơ đã dừng %%' FROM desk.dossier_due(%s) ORDER BY at DESC", id), "t");
	/* A date that was promised with an apology stands; only a supervisor writes when they received. */
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	one(admin(), "UPDATE motcua.dossier SET received_at = now() - interval '9 days', status_at = now() - interval '9 days' WHERE dossier_id = %s", id);
	put(due, sizeof due, one(hue, "SELECT now() + interval '30 days'"));
	one(hue, "SELECT desk.change_due(%s, 1, 'extension', '%s', 'Xin lỗi, hẹn lại')", id, due);
	put(due, sizeof due, one(admin(), "SELECT due_at FROM motcua.dossier WHERE dossier_id = %s", id));
	assert_string_equal(state_of(man, THERE, id, "2", "0"), "MC004");
	one(hue, THERE, id, "2", "0");
	assert_string_equal(one(admin(), "SELECT due_at = '%s' FROM motcua.dossier WHERE dossier_id = %s", due, id), "t");
	PQfinish(man);
	PQfinish(hue);
}

/* What we reported ourselves, and a date that was moved since, start no clock. */
static void an_echo_is_no_reception(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *courier = as("dua-tin");
	char id[24], code[64], ours[64];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	put(code, sizeof code, one(man, "SELECT code FROM desk.dossier(%s)", id));
	put(ours, sizeof ours, one(admin(), "SELECT (payload->>'status') || ', ''' || (payload->>'at') || '''' FROM motcua.message"
		" WHERE dossier_id = %s AND system = 'tu-phap' AND kind = 'progress'", id));
	assert_string_equal(one(courier, "SELECT wire.answered('tu-phap', '%s', 'TT-10', %s, '', '')", code, ours), "t");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_elsewhere(%s)", id), 0);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_due(%s)", id), 1);
	one(courier, "SELECT wire.answered('tu-phap', '%s', 'TT-10', 2, now() + interval '1 s', 'Đã nhận', '')", code);
	assert_string_equal(one(man, "SELECT counted FROM desk.dossier_elsewhere(%s)", id), "t");
	/* The officer has given another day meanwhile: it stands until an officer counts again. */
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	put(code, sizeof code, one(man, "SELECT code FROM desk.dossier(%s)", id));
	one(hue, "SELECT desk.change_due(%s, 1, 'extension', now() + interval '30 days', 'xin lỗi')", id);
	one(courier, "SELECT wire.answered('tu-phap', '%s', 'TT-11', 2, now() + interval '1 s', 'Đã nhận', '')", code);
	assert_string_equal(one(man, "SELECT counted FROM desk.dossier_elsewhere(%s)", id), "f");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_due(%s)", id), 2);
	PQfinish(man);
	PQfinish(hue);
	PQfinish(courier);
}

/* Received elsewhere for us: who, when and under which code is kept, our own steps stay and nobody else's reception starts our clock. */
static void received_elsewhere_it_is_ours_to_decide(void **state)
{
	PGconn *man = as("man"), *lan = as("lan"), *courier = as("dua-tin");
	char id[24], code[64];
	(void)state;
#define FROM_THEM(code, at) "jsonb_build_object('receiving_unit', '{\"code\":\"30544\",\"name\":\"UBND xã Tri Tôn\"}'::jsonb," \
	" 'taken', jsonb_build_object('code', '" code "', 'at', " at "))"
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" FROM_THEM("H01.30544-261120-0007", "now() - interval '3 days'") "))"));
	assert_string_equal(one(man, "SELECT string_agg(role || '=' || code, '; ') FROM desk.dossier_agencies(%s)", id), "receiving=30544; deciding=30538; returning=30538");
	assert_string_equal(one(man, "SELECT agency || ' ' || their_code || ' ' || hand_late || ' ' || how FROM desk.between('in', 100) WHERE dossier_id = %s", id),
	                    "UBND xã Tri Tôn H01.30544-261120-0007 true here");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.between('out', 100) WHERE dossier_id = %s", id), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.between('in', 100) WHERE dossier_id = %s", id), 0);
	assert_string_equal(one(man, "SELECT way || ' ' || agency FROM desk.report_elsewhere(current_date - 1, current_date + 1, NULL, '', false, '') WHERE key = 'in|30544'"),
	                    "Chuyển đến UBND xã Tri Tôn");
	put(code, sizeof code, one(man, "SELECT code FROM desk.dossier(%s)", id));
	one(courier, "SELECT wire.answered('tu-phap', '%s', 'TT-20', 4, now() + interval '1 s', 'Đang làm', '')", code);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_elsewhere(%s)", id), 0);
	assert_string_equal(state_of(man, "SELECT desk.received_elsewhere(%s, 2, now(), now() + interval '5 days', 'x', 'y')", id), "MC005");
	/* Without an agency there is no reception elsewhere; what others decide is not ours; nobody received it tomorrow. */
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req('{\"taken\":{\"code\":\"X\"}}'))"), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" ELSEWHERE " || " FROM_THEM("", "null") "))"), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" FROM_THEM("", "now() + interval '1 day'") "))"), "MC005");
	PQfinish(man);
	PQfinish(lan);
	PQfinish(courier);
}

/* The systems have it already: it is found by their code, nothing makes a second one of it, and one dossier of theirs is one of ours. */
static void theirs_is_one_dossier(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *courier = as("dua-tin");
	char id[24], code[64];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" FROM_THEM(" h01.30544-261120-0100 ", "null") "))"));
	put(code, sizeof code, one(man, "SELECT code FROM desk.dossier(%s)", id));
#define STREAMS "SELECT string_agg(DISTINCT concat_ws(' ', held, created_there, ask_first, travel, foreign_code || '.', head), ', ') FROM motcua.stream WHERE dossier_id = %s"
	assert_string_equal(one(admin(), STREAMS, id), "t f f saved . 1");
	waits_for_no_system(id);
	one(courier, "SELECT count(*) FROM wire.claim('x', 60, 200)");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.stream WHERE dossier_id = %s AND leased_by IS NOT NULL", id), 0);
	assert_string_equal(one(man, "SELECT string_agg(DISTINCT note, ' ') FROM desk.dossier_travel(%s)", id),
	                    "UBND xã Tri Tôn đã tiếp nhận hồ sơ này, mã H01.30544-261120-0100: không gửi thêm một hồ sơ nữa.");
	/* Worked on, it still goes nowhere, and it is in our own hands. */
	one(man, "SELECT desk.act(%s, 1, 'process', 'giao')", id);
	assert_string_equal(one(man, "SELECT kind || ' ' || (place <> 'xã Núi Cấm') FROM desk.dossier_holders(%s) ORDER BY seq DESC LIMIT 1", id), "room true");
	assert_string_equal(one(admin(), STREAMS, id), "t f f saved . 1");
	assert_string_equal(one(admin(), "SELECT (motcua.worker_of(d)).kind || motcua.trial_unit(d) || ((motcua.decided_elsewhere(unit_id, dossier_id)).name IS NULL)"
		" FROM motcua.dossier d WHERE dossier_id = %s", id), "roomtrue");
	/* Found, and known to a filing that comes under that code from anywhere. */
	assert_string_equal(one(man, "SELECT code FROM desk.find('h01.30544-261120-0100', '', 5)"), code);
	assert_string_equal(one(admin(), "SELECT motcua.filing_twin(unit_id, 'nowhere', 'H01.30544-261120-0100') FROM motcua.dossier WHERE dossier_id = %s", id), id);
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" FROM_THEM("H01.30544-261120-0100", "null") "))"), "MC005");
	assert_string_equal(last_hint(), "taken");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.taken_elsewhere WHERE code = 'H01.30544-261120-0100'"), 1);
	/* Two without a code are two. */
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" FROM_THEM("", "null") "))"), "");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(" FROM_THEM("", "null") "))"), "");
	/* Not a number of the citizen's, nor a code of this unit, nor the whole text of a card. */
	static const char *const wrong[] = { "001199000012", "H01.999-261120-0001", "001199000012|Ng|X", "A" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char request[400];
		snprintf(request, sizeof request, "SELECT desk.accept_dossier(test.req(jsonb_build_object('receiving_unit', '{\"code\":\"30544\",\"name\":\"x\"}'::jsonb,"
			" 'taken', '{\"code\":\"%s\"}'::jsonb)))", wrong[i]);
		assert_string_equal(state_of(man, "%s", request), "MC005");
	}
	/* They speak of it by their code: now it is known there, by their own word. */
	assert_string_equal(one(courier, "SELECT wire.answered('tu-phap', 'H01.30544-261120-0100', '', 4, now() + interval '1 s', 'Đang làm', '')"), "t");
	assert_string_equal(one(admin(), "SELECT concat_ws(' ', held, created_there, travel) FROM motcua.stream WHERE dossier_id = %s AND system = 'tu-phap'", id),
	                    "t t received");
	/* A second one there is a supervisor's word. */
	assert_string_equal(state_of(man, "SELECT desk.release(%s, 'cong', 'gửi')", id), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.release(%s, 'cong', 'Họ chưa nhập vào hệ thống')", id), "");
	assert_string_equal(one(admin(), "SELECT open FROM motcua.stream WHERE dossier_id = %s AND system = 'cong'", id), "t");
	PQfinish(man);
	PQfinish(hue);
	PQfinish(courier);
}

#define TASKS_OF(who, id) count(who, "SELECT count(*) FROM desk.tasks(100) WHERE dossier_id = %s AND kind = 'late_transfer'", id)
/* A task ends and comes again with what happens; without papers, their system's receipt is the handing on. */
static void late_until_handed_on(PGconn *man, PGconn *courier)
{
	char id[24];
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	one(admin(), "UPDATE motcua.dossier SET received_at = received_at - interval '9 days' WHERE dossier_id = %s", id);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(TASKS_OF(man, id), 1);
	one(admin(), "UPDATE motcua.dossier SET status = 8, status_at = clock_timestamp() WHERE dossier_id = %s", id);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(TASKS_OF(man, id), 0);
	one(admin(), "UPDATE motcua.dossier SET status = 4, status_at = clock_timestamp() WHERE dossier_id = %s", id);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(TASKS_OF(man, id), 1);
	/* Ended by hand it stays ended until the dossier takes another turn. */
	one(man, "SELECT desk.task_done(problem_id, 'Đã gọi điện') FROM desk.tasks(100) WHERE dossier_id = %s AND kind = 'late_transfer'", id);
	one(courier, "SELECT wire.watch()");
	assert_int_equal(TASKS_OF(man, id), 0);
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
#define SENT_LONG_AGO do { \
	one(admin(), "UPDATE motcua.dossier SET received_at = received_at - interval '9 days' WHERE dossier_id = %s", id); \
	one(admin(), "UPDATE motcua.stream SET travel = 'received' WHERE dossier_id = %s AND system = 'tu-phap'", id); \
	one(courier, "SELECT wire.watch()"); } while (0)
	SENT_LONG_AGO;
	assert_int_equal(TASKS_OF(man, id), 1); /* a paper is in hand */
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE " || jsonb_build_object('components',"
		" '[{\"seq\":1,\"name\":\"Tờ khai\",\"action\":\"submit\",\"originals\":0,\"copies\":0,\"pages\":2,\"state\":\"ok\",\"required\":true,\"files\":[]}]'::jsonb)))"));
	SENT_LONG_AGO;
	assert_int_equal(TASKS_OF(man, id), 0);
	assert_string_equal(one(man, "SELECT how || (handed_at IS NOT NULL) FROM desk.between('out', 100) WHERE dossier_id = %s", id), "systemtrue");
}

/* The clock of handing on, and the task when it has run out. */
static void handed_on_in_time_or_a_task(void **state)
{
	PGconn *man = as("man"), *lan = as("lan"), *courier = as("dua-tin");
	char id[24], code[64];
	(void)state;
#define HAND(at) one(admin(), "SELECT to_char(motcua.transfer_until((SELECT unit_id FROM motcua.unit WHERE code = '30538'), '" at "+07'::timestamptz)" \
	" AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM HH24:MI')")
	assert_string_equal(HAND("2026-11-20 09:00"), "20/11 17:00");
	assert_string_equal(HAND("2026-11-20 14:59:59"), "20/11 17:00");
	assert_string_equal(HAND("2026-11-20 15:00"), "23/11 08:00"); /* Friday afternoon: the first hour of Monday */
	assert_string_equal(HAND("2026-11-21 09:00"), "23/11 08:00");
	/* Half a day is kept by a unit that closes before 15:00: never a deadline before the reception. */
	one(admin(), "SELECT motcua.load('shifts', 'thử', '[{\"unit_code\":\"30538\",\"weekday\":\"6\",\"opens\":\"07:30\",\"closes\":\"11:30\",\"intake\":\"1\",\"working\":\"1\"},"
		"{\"unit_code\":\"30538\",\"weekday\":\"1\",\"opens\":\"07:30\",\"closes\":\"11:30\",\"intake\":\"1\",\"working\":\"1\"}]')");
	assert_string_equal(HAND("2026-11-21 09:00"), "21/11 11:30");
	assert_string_equal(HAND("2026-11-21 14:00"), "23/11 08:30");
	one(admin(), "UPDATE motcua.shifts SET ended = 99 WHERE loaded_from = 'thử'");
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(" ELSEWHERE "))"));
	assert_string_equal(one(man, "SELECT agency || ' ' || back_to || ' ' || hand_late || ' ' || papers || how FROM desk.between('out', 100) WHERE dossier_id = %s", id),
	                    "UBND xã Tri Tôn Trung tâm cấp tỉnh false 1");
	one(courier, "SELECT wire.watch()");
	assert_int_equal(TASKS_OF(man, id), 0);
	one(admin(), "UPDATE motcua.dossier SET received_at = received_at - interval '9 days' WHERE dossier_id = %s", id);
	one(courier, "SELECT wire.watch(), wire.watch()");
	assert_int_equal(TASKS_OF(man, id), 1);
	assert_int_equal(TASKS_OF(lan, id), 0);
	assert_string_equal(one(man, "SELECT hand_late FROM desk.between('out', 100) WHERE dossier_id = %s", id), "t");
	/* They say themselves that they have it. */
	put(code, sizeof code, one(man, "SELECT code FROM desk.dossier(%s)", id));
	one(courier, "SELECT wire.answered('tu-phap', '%s', 'TT-21', 4, now() + interval '1 s', 'Đã nhận', '')", code);
	assert_string_equal(one(man, "SELECT how FROM desk.between('out', 100) WHERE dossier_id = %s", id), "received");
	one(courier, "SELECT wire.watch()");
	assert_int_equal(TASKS_OF(man, id), 0);
	late_until_handed_on(man, courier);
	PQfinish(man);
	PQfinish(lan);
	PQfinish(courier);
}

/* SQL and C count working days alike, over weekends, holidays and makeup days. */
static void both_count_the_same_days(void **state)
{
	struct calendar_day days[] = {
		{ .day = day_of(2026, 11, 24), .kind = DAY_STATUTORY, .name = "Ngày Văn hóa", .basis = "" },
		{ .day = day_of(2026, 11, 28), .kind = DAY_MAKEUP_WORK, .name = "làm bù", .basis = "", .hours_of = 5 },
		{ .day = day_of(2026, 12, 1), .kind = DAY_SWAP_OFF, .name = "hoán đổi", .basis = "" },
	};
	struct calendar calendar = { .days = days, .day_count = 3 };
	struct deadline_rule rule = DEADLINE_RULE;
	struct arena arena = { 0 };
	char start[40], due[40];
	(void)state;
	one(admin(), "SELECT motcua.load('holidays', 'thử', '[{\"day\":\"2026-11-24\",\"kind\":\"statutory\",\"status\":\"official\",\"name\":\"x\",\"basis\":\"y\"},"
		"{\"day\":\"2026-11-28\",\"kind\":\"makeup_work\",\"status\":\"official\",\"name\":\"x\",\"basis\":\"y\",\"hours_of\":\"5\"},"
		"{\"day\":\"2026-12-01\",\"kind\":\"swap_off\",\"status\":\"official\",\"name\":\"x\",\"basis\":\"y\"}]')");
	for (int offset = 0; offset < 16; offset++)
		for (int n = 1; n <= 15; n += 2) {
			struct deadline out;
			struct error err;
			moment_t at = moment_of(day_of(2026, 11, 18) + offset, 9 + offset % 8, 41, 0);
			assert_true(deadline_count(&arena, &calendar, &rule, at, n, LIMIT_WORKING_DAY, &out, &err));
			moment_write_iso(at, start, sizeof start);
			moment_write_iso(out.due, due, sizeof due);
			assert_string_equal(one(admin(), "SELECT motcua.iso(motcua.due_after('30538', '%s', %d))", start, n), due);
		}
	arena_free(&arena);
	one(admin(), "UPDATE motcua.holidays SET ended = 99 WHERE loaded_from = 'thử'");
}

static void profiles_keep_their_versions(void **state)
{
	PGconn *man = as("man"), *courier = as("dua-tin");
	(void)state;
	assert_string_equal(one(admin(), "SELECT motcua.load_profiles('a.json', '{\"tinh\":{\"base_url\":\"http://a\"},\"cong\":{\"base_url\":\"http://c\"}}')"), "(2,0,0,0)");
	assert_string_equal(one(admin(), "SELECT motcua.load_profiles('a.json', '{\"tinh\":{\"base_url\":\"http://a\"}}')"), "(0,0,0,1)");
	assert_string_equal(one(admin(), "SELECT motcua.load_profiles('a.json', '{\"tinh\":{\"base_url\":\"http://b\"}}', true)"), "(0,1,0,0)");
	assert_string_equal(one(courier, "SELECT profile->>'base_url' FROM wire.systems() WHERE code = 'tinh'"), "http://a");
	one(admin(), "SELECT motcua.load_profiles('b.json', '{\"tinh\":{\"base_url\":\"http://b\"}}')");
	assert_string_equal(one(courier, "SELECT profile->>'base_url' FROM wire.systems() WHERE code = 'tinh'"), "http://b");
	assert_string_equal(one(admin(), "SELECT string_agg(version || loaded_from, ' ' ORDER BY version) FROM motcua.profile WHERE system = 'tinh'"),
	                    "1a.json 2b.json");
	assert_string_equal(state_of(admin(), "SELECT motcua.load_profiles('x', '{\"ma\":{}}')"), "MC005");
	assert_string_equal(state_of(admin(), "UPDATE motcua.profile SET version = 9"), "MC004");
	assert_string_equal(state_of(man, "SELECT motcua.load_profiles('x', '{}')"), "42501");
	PQfinish(man);
	PQfinish(courier);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_agencies_travel_and_are_printed),
		cmocka_unit_test(the_clock_starts_when_they_say_they_have_it),
		cmocka_unit_test(what_stood_still_there_is_kept),
		cmocka_unit_test(an_echo_is_no_reception),
		cmocka_unit_test(received_elsewhere_it_is_ours_to_decide),
		cmocka_unit_test(theirs_is_one_dossier),
		cmocka_unit_test(handed_on_in_time_or_a_task),
		cmocka_unit_test(carried_by_a_messenger),
		cmocka_unit_test(carried_by_the_post),
		cmocka_unit_test(only_what_lies_on_the_desk),
		cmocka_unit_test(both_count_the_same_days),
		cmocka_unit_test(a_hand_serves_a_system_without_an_interface),
		cmocka_unit_test(a_wait_that_a_hand_reads_moves_the_date),
		cmocka_unit_test(an_incident_before_their_reception_gives_nothing),
		cmocka_unit_test(profiles_keep_their_versions),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
