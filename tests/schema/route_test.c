/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules of the unit's own, the fallback to the province, agencies elsewhere: what the
 * database grants, keeps and refuses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "tests/support/world.h"

/* Of the unit, whatever the server's day. */
#define TODAY "(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
#define TRIAL "\"trial\":{\"from\":\"2026-11-21\",\"to\":\"2026-11-21\",\"dossiers\":3,\"moved\":1}"
#define NOTICE "\"notice\":{\"number\":\"CV 77/STP-HTTK\",\"day\":\"2026-11-01\",\"by\":\"Sở Tư pháp\"}"
#define SAVE "SELECT desk.route_save('{\"procedure\":\"1.004873\",\"system\":\"tinh\",\"told\":[\"cong\"],\"from\":\"2026-11-01\"," \
	NOTICE "," TRIAL "}')"

static void put(char *out, size_t room, const char *text)
{
	snprintf(out, room, "%s", text);
}

static void a_supervisor_enters_what_a_notice_says(void **state)
{
	static const struct {
		const char *rule, *field;
	} bad[] = {
		{ "{\"system\":\"tinh\",\"from\":\"2026-11-01\"," NOTICE "}", "trial" },
		{ "{\"system\":\"tinh\",\"from\":\"2026-11-01\"," TRIAL "}", "notice.number" },
		{ "{\"system\":\"tinh\",\"from\":\"2026-11-01\",\"notice\":{\"number\":\"CV 1\"}," TRIAL "}", "notice.day" },
		{ "{\"system\":\"tinh\",\"from\":\"2026-11-01\",\"notice\":{\"number\":\"CV 1\",\"day\":\"2999-01-01\"}," TRIAL "}", "notice.day" },
		{ "{\"system\":\"ma\",\"from\":\"2026-11-01\"," NOTICE "," TRIAL "}", "system" },
		{ "{\"system\":\"tinh\"," NOTICE "," TRIAL "}", "from" },
		{ "{\"system\":\"tinh\",\"from\":\"2026-11-01\",\"to\":\"2026-11-01\"," NOTICE "," TRIAL "}", "to" },
		{ "{\"system\":\"tinh\",\"from\":\"2026-11-01\",\"procedure\":\"9.9\"," NOTICE "," TRIAL "}", "procedure" },
		{ "{\"system\":\"tinh\",\"from\":\"2026-11-01\",\"level\":\"thôn\"," NOTICE "," TRIAL "}", "level" },
	};
	PGconn *man = as("man"), *hue = as("hue"), *lan = as("lan");
	char rule[24];
	(void)state;
	assert_string_equal(state_of(man, SAVE), "MC004");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_string_equal(state_of(hue, "SELECT desk.route_save('%s')", bad[i].rule), "MC005");
		assert_string_equal(last_hint(), bad[i].field);
	}
	long version = count(hue, "SELECT desk.catalogue_version()"), there = count(lan, "SELECT desk.catalogue_version()");
	put(rule, sizeof rule, one(hue, SAVE));
	assert_true(strlen(rule) == 7); /* apart from the numbers of files */
	assert_int_equal(count(hue, "SELECT desk.catalogue_version()"), version + 1);
	assert_int_equal(count(lan, "SELECT desk.catalogue_version()"), there);
	assert_string_equal(one(man, "SELECT notice || ' | ' || decided_by FROM desk.routes() WHERE rule_id = %s", rule),
	                    "CV 77/STP-HTTK ngày 01/11/2026 | Sở Tư pháp");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.routes() WHERE rule_id = %s", rule), 0);
	assert_string_equal(one(man, "SELECT state || ' ' || own || ' ' || entered_by FROM desk.route_list() WHERE rule_id = %s", rule),
	                    "now true Phạm Thu Huệ");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'route_save' AND login = 'hue'"), 1);
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.route_entry"), "MC004");
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
}

#define OWN "(SELECT max(rule_id) FROM desk.route_list() WHERE own AND state <> 'ended')"

static void ended_not_edited_and_nothing_accepted_moves(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *lan = as("lan");
	char id[24], rule[24];
	(void)state;
	put(rule, sizeof rule, one(hue, "SELECT " OWN));
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req(jsonb_build_object('route',"
		" jsonb_build_object('rule_id', %s, 'system', 'tinh', 'told', '[\"cong\"]'::jsonb))))", rule));
	assert_string_equal(one(man, "SELECT route_system || ' ' || route_basis FROM desk.dossier(%s)", id),
	                    "tinh CV 77/STP-HTTK ngày 01/11/2026");
#define END(who, rule, why) state_of(who, "SELECT desk.route_end(%s, " TODAY " + 1, '{\"number\":\"CV 99\",\"day\":\"2026-11-02\"}'," \
	" '%s', '{\"from\":\"2026-11-21\",\"dossiers\":0,\"moved\":0}')", rule, why)
	assert_string_equal(END(man, rule, "x"), "MC004");
	assert_string_equal(END(hue, rule, " "), "MC005");
	assert_string_equal(END(hue, "8", "chung"), "MC004");
	assert_string_equal(END(hue, "4242", "x"), "MC008");
	assert_string_equal(END(hue, rule, "Bộ đã thông báo"), "");
	/* Two versions: the one that was, and the one with its last day. */
	assert_string_equal(one(admin(), "SELECT string_agg((ended IS NULL)::text || (valid_to IS NULL), ' ' ORDER BY row_id)"
		" FROM motcua.routes WHERE rule_id = %s", rule), "falsetrue truefalse");
	assert_string_equal(one(hue, "SELECT state || ' ' || ended_by || ' ' || ended_why FROM desk.route_list() WHERE rule_id = %s", rule),
	                    "now Phạm Thu Huệ Bộ đã thông báo (CV 99 ngày 02/11/2026)");
	/* The dossier still tells the rule that chose, and that it is no longer in force. */
	assert_string_equal(one(man, "SELECT rule_id || ' ' || basis || ' ' || applies || ' ' || (ended_on = " TODAY " + 1)"
		" FROM desk.dossier_route(%s)", id), one(man, "SELECT '%s CV 77/STP-HTTK ngày 01/11/2026 1.004873 true'", rule));
	assert_string_equal(one(man, "SELECT route_system FROM desk.dossier(%s)", id), "tinh");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.stream WHERE dossier_id = %s", id), 2);
	assert_string_equal(state_of(lan, "SELECT * FROM desk.dossier_route(%s)", id), "MC008");
	assert_string_equal(state_of(admin(), "UPDATE motcua.dossier_route SET system = 'cong'"), "MC004");
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
}

static void a_rule_that_never_began_leaves_no_version(void **state)
{
	PGconn *hue = as("hue");
	char rule[24];
	(void)state;
	put(rule, sizeof rule, one(hue, "SELECT desk.route_save(jsonb_build_object('system', 'tinh', 'from', " TODAY " + 30,"
		" 'notice', '{\"number\":\"CV 5\",\"day\":\"2026-11-05\",\"by\":\"UBND tỉnh\"}'::jsonb, 'trial', '{\"from\":\"2026-11-21\",\"dossiers\":0,\"moved\":0}'::jsonb))"));
	assert_string_equal(one(hue, "SELECT state FROM desk.route_list() WHERE rule_id = %s", rule), "coming");
	assert_string_equal(END(hue, rule, "rút lại"), "");
	assert_string_equal(one(hue, "SELECT state FROM desk.route_list() WHERE rule_id = %s", rule), "ended");
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.routes() WHERE rule_id = %s", rule), 0);
	PQfinish(hue);
}

static void a_trial_reads_what_was_received(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *lan = as("lan");
	(void)state;
	one(man, "SELECT * FROM desk.accept_dossier(test.req())");
	assert_string_equal(state_of(man, "SELECT * FROM desk.route_trial(" TODAY ", " TODAY ")"), "MC004");
	assert_string_equal(state_of(hue, "SELECT * FROM desk.route_trial(" TODAY " - 40, " TODAY ")"), "MC005");
	assert_true(count(hue, "SELECT count(*) FROM desk.route_trial(" TODAY " - 1, " TODAY ") WHERE system = 'tu-phap'"
		" AND procedure_code = '1.004873'") > 0);
	assert_int_equal(count(hue, "SELECT count(*) FROM desk.route_trial(" TODAY " - 9, " TODAY " - 3)"), 0);
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
}

/* ---- fallback ---- */

static void the_province_takes_over_when_a_supervisor_says_so(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *lan = as("lan"), *courier = as("dua-tin");
	char id[24], code[64], due[64], asked[24];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	put(code, sizeof code, one(man, "SELECT code FROM desk.dossier(%s)", id));
	put(due, sizeof due, one(man, "SELECT due_at FROM desk.dossier(%s)", id));
	one(courier, "SELECT wire.health('tu-phap', 'ok', '')");
	/* A system that works and does not refuse is not left. */
	assert_string_equal(state_of(man, "SELECT * FROM desk.fall_back(%s, 1, 'ngại')", id), "MC005");
	one(courier, "SELECT wire.health('tu-phap', 'down', 'HTTP 503')");
	assert_string_equal(state_of(man, "SELECT * FROM desk.fall_back(%s, 1, ' ')", id), "MC005");
	assert_string_equal(state_of(man, "SELECT * FROM desk.fall_back(%s, 7, 'x')", id), "MC006");
	assert_string_equal(state_of(lan, "SELECT * FROM desk.fall_back(%s, 1, 'x')", id), "MC008");
	put(asked, sizeof asked, one(man, "SELECT fallback_id FROM desk.fall_back(%s, 1, 'Người dân cần gấp') WHERE state = 'asked'", id));
	assert_string_equal(state_of(man, "SELECT * FROM desk.fall_back(%s, 1, 'lần nữa')", id), "MC005");
	assert_string_equal(one(man, "SELECT route_system FROM desk.dossier(%s)", id), "tu-phap");
	assert_string_equal(state_of(man, "SELECT desk.fall_back_decide(%s, true, '')", asked), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.fall_back_decide(%s, false, '')", asked), "MC005");
	assert_string_equal(one(hue, "SELECT desk.fall_back_decide(%s, true, '')", asked), "2");
	assert_string_equal(state_of(hue, "SELECT desk.fall_back_decide(%s, true, '')", asked), "MC005");
	/* The same messages, word for word; the old ones still there, not carried. */
	assert_string_equal(one(admin(), "SELECT count(*) FROM motcua.message a JOIN motcua.message b USING (unit_id, dossier_id, seq,"
		" kind, payload) WHERE a.dossier_id = %s AND a.system = 'tu-phap' AND b.system = 'tinh'", id), "2");
	assert_string_equal(one(man, "SELECT string_agg(system, ' ' ORDER BY seq) FROM desk.dossier_route(%s)", id), "tu-phap tinh");
	assert_string_equal(one(man, "SELECT due_at FROM desk.dossier(%s)", id), due);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_due(%s)", id), 1);
	assert_string_equal(one(man, "SELECT system FROM desk.dossier_held(%s)", id), "tu-phap");
	one(courier, "SELECT count(*) FROM wire.claim('x', 60, 200)");
	assert_string_equal(one(admin(), "SELECT string_agg(system, ' ' ORDER BY system) FROM motcua.stream WHERE dossier_id = %s"
		" AND leased_by IS NOT NULL", id), "cong tinh");
	/* Answers of the system that works it now are concluded from; the old one's are only kept. */
	assert_string_equal(one(courier, "SELECT wire.answered('tu-phap', '%s', 'BTP-1', 9, now(), 'xong', '')", code), "t");
	assert_string_equal(one(man, "SELECT status FROM desk.dossier(%s)", id), "2");
	assert_string_equal(one(courier, "SELECT wire.answered('tinh', '%s', 'AG-1', 4, now(), 'đang làm', '')", code), "t");
	assert_string_equal(one(man, "SELECT status || ' ' || foreign_code FROM desk.dossier(%s)", id), "4 AG-1");
	assert_string_equal(one(man, "SELECT string_agg(foreign_code, ' ' ORDER BY system) FROM desk.dossier_travel(%s)"
		" WHERE foreign_code <> ''", id), "AG-1 BTP-1");
	/* Let go again, the old stream has everything in order. */
	assert_string_equal(state_of(man, "SELECT desk.fall_back_release(%s, 3, 'tu-phap', 'x')", id), "MC004");
	one(hue, "SELECT desk.fall_back_release(%s, 3, 'tu-phap', 'Bộ đã sửa xong')", id);
	assert_string_equal(one(man, "SELECT route_system FROM desk.dossier(%s)", id), "tinh");
	one(courier, "SELECT wire.health('tu-phap', 'ok', '')");
	one(courier, "SELECT count(*) FROM wire.claim('x', 60, 200)");
	assert_string_equal(one(admin(), "SELECT leased_by FROM motcua.stream WHERE dossier_id = %s AND system = 'tu-phap'", id), "x");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE dossier_id = %s AND act LIKE 'fall_back%%'", id), 3);
	PQfinish(man);
	PQfinish(hue);
	PQfinish(lan);
	PQfinish(courier);
}

static void a_refusal_is_reason_enough(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *courier = as("dua-tin");
	char id[24];
	(void)state;
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	one(courier, "SELECT count(wire.begin(c.message_id, c.fence) AND wire.finish(c.message_id, c.fence, 'refused', 200, 5, '',"
		" 'Không có quyền', NULL)) FROM wire.claim('x', 60, 200) c");
	assert_string_equal(one(hue, "SELECT state || version FROM desk.fall_back(%s, 1, 'Bộ từ chối')", id), "done2");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.problems(100) WHERE dossier_id = %s AND system = 'tu-phap'", id), 0);
	assert_non_null(strstr(one(man, "SELECT note FROM desk.dossier_travel(%s) WHERE system = 'tu-phap'", id), "Giữ lại"));
	assert_string_equal(state_of(hue, "SELECT * FROM desk.fall_back(%s, 2, 'lần nữa')", id), "MC005");
	PQfinish(man);
	PQfinish(hue);
	PQfinish(courier);
}

/* What was put right, and what still waits to be, is what the province gets; a clerk lets nothing go that a
 * supervisor's word holds. */
static void the_province_gets_the_dossier_as_it_is(void **state)
{
	PGconn *man = as("man"), *hue = as("hue"), *courier = as("dua-tin");
	char id[24];
	(void)state;
	one(courier, "SELECT wire.health('tu-phap', 'ok', '')");
	put(id, sizeof id, one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())"));
	one(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"owner\":{\"phone\":\"0987654321\"}}', '')", id);
	one(courier, "SELECT count(*) FROM wire.claim('x', 60, 200)");
	one(man, "SELECT desk.correct_and_resend(%s, 'tu-phap', '{\"summary\":\"chờ\"}', '')", id);
	one(courier, "SELECT wire.health('tu-phap', 'down', 'HTTP 503')");
	assert_string_equal(one(hue, "SELECT state FROM desk.fall_back(%s, 1 + 2, 'cần gấp')", id), "done");
	assert_string_equal(one(admin(), "SELECT string_agg(m.seq || m.kind || concat(m.payload->'owner'->>'phone', m.payload->>'summary'), ' '"
		" ORDER BY m.seq) || ' ' || max(s.tail) FROM motcua.message m JOIN motcua.stream s USING (unit_id, dossier_id, system)"
		" WHERE dossier_id = %s AND system = 'tinh'", id), "1dossier0987654321chờ 2progress 2");
	assert_string_equal(state_of(man, "SELECT desk.release(%s, 'tu-phap', 'x')", id), "MC004");
	assert_string_equal(one(man, "SELECT system FROM desk.dossier_held(%s)", id), "tu-phap");
	one(hue, "SELECT desk.fall_back_release(%s, 4, 'tu-phap', 'Bộ đã sửa xong')", id);
	assert_int_equal(count(man, "SELECT count(*) FROM desk.dossier_held(%s)", id), 0);
	/* What a hand holds after that, a hand lets go. */
	one(man, "SELECT desk.hold(%s, 'tu-phap', 'chờ')", id);
	assert_string_equal(state_of(man, "SELECT desk.release(%s, 'tu-phap', 'x')", id), "");
	one(courier, "SELECT wire.health('tu-phap', 'ok', '')");
	PQfinish(man);
	PQfinish(hue);
	PQfinish(courier);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_supervisor_enters_what_a_notice_says),
		cmocka_unit_test(ended_not_edited_and_nothing_accepted_moves),
		cmocka_unit_test(a_rule_that_never_began_leaves_no_version),
		cmocka_unit_test(a_trial_reads_what_was_received),
		cmocka_unit_test(the_province_takes_over_when_a_supervisor_says_so),
		cmocka_unit_test(a_refusal_is_reason_enough),
		cmocka_unit_test(the_province_gets_the_dossier_as_it_is),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
