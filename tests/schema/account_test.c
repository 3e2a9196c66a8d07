/* SPDX-License-Identifier: Apache-2.0
 *
 * Rights of clerks on outside systems: who may see and change them, what the
 * systems themselves tell, and what is never left lying. */
#include "tests/check.h"
#include <stdio.h>
#include <string.h>
#include "tests/support/world.h"

#define SET "SELECT desk.account_set('%s', '%s', %d, '%s', '%s', '%s', '%s', '%s')"
#define NUMBER_KHOA "089199990001"

static PGconn *hue, *man, *lan, *courier;

static int rights_told(void)
{
	one(admin(), "INSERT INTO motcua.system_state AS s (system, profile) VALUES ('tu-phap', '{\"rights\":true}'),"
		" ('cong', '{\"rights\":true,\"enabled\":false}'), ('tinh', '{\"rights\":\"true\"}')"
		" ON CONFLICT (system) DO UPDATE SET profile = excluded.profile");
	return 0;
}

static int start(void **state)
{
	if (world_start(state) != 0)
		return -1;
	hue = as("hue");
	man = as("man");
	lan = as("lan");
	courier = as("dua-tin");
	return rights_told();
}

static int stop(void **state)
{
	PQfinish(hue);
	PQfinish(man);
	PQfinish(lan);
	PQfinish(courier);
	return world_stop(state);
}

static int fresh(void **state)
{
	(void)state;
	one(admin(), "DELETE FROM motcua.account");
	one(admin(), "DELETE FROM motcua.question");
	return 0;
}

static void supervisors_enter_what_all_see(void **state)
{
	(void)state;
	assert_string_equal(one(hue, SET, "khoa", "tu-phap", 0, "granted", "khoa.ndxp", "Hộ tịch; Chứng thực;Hộ tịch",
		"1.004873, 1.001193", ""), "1");
	assert_string_equal(one(man, "SELECT state || ' ' || fields || ' / ' || procedures || ' / ' || account FROM"
		" desk.accounts() WHERE login = 'khoa' AND system = 'tu-phap'"),
		"granted Hộ tịch; Chứng thực / 1.004873; 1.001193 / ");
	assert_string_equal(one(hue, "SELECT account || ' ' || by_name FROM desk.accounts() WHERE login = 'khoa'"
		" AND system = 'tu-phap'"), "khoa.ndxp Phạm Thu Huệ");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.accounts()"), 9); /* three clerks, three systems */
	/* What somebody else changed meanwhile is not overwritten. */
	assert_string_equal(state_of(hue, SET, "khoa", "tu-phap", 0, "missing", "", "", "", ""), "MC006");
	assert_string_equal(one(hue, SET, "khoa", "tu-phap", 1, "error", "khoa.ndxp", "", "", "sai mật khẩu"), "2");
	assert_string_equal(one(hue, "SELECT string_agg(state, ' ' ORDER BY at DESC) FROM"
		" desk.account_history('khoa', 'tu-phap')"), "error granted");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'account' AND login = 'hue'"), 2);
	assert_string_equal(state_of(admin(), "UPDATE motcua.account_event SET state = 'granted'"), "MC004");
}

static void what_does_not_fit_is_refused(void **state)
{
	static const struct {
		const char *login, *system, *to, *procedures, *code, *hint;
	} wrongs[] = {
		{ "lan", "tu-phap", "granted", "", "MC005", "login" },
		{ "ai", "tu-phap", "granted", "", "MC005", "login" },
		{ "khoa", "mat-trang", "granted", "", "MC005", "system" },
		{ "khoa", "tu-phap", "maybe", "", "MC005", "state" },
		{ "khoa", "tu-phap", "granted", "1.004873; drop", "MC005", "procedures" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(wrongs); i++) {
		assert_string_equal(state_of(hue, SET, wrongs[i].login, wrongs[i].system, 0, wrongs[i].to, "", "",
			wrongs[i].procedures, ""), wrongs[i].code);
		assert_string_equal(last_hint(), wrongs[i].hint);
	}
	assert_string_equal(state_of(man, SET, "man", "tu-phap", 0, "granted", "", "", "", ""), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.accounts_ask()"), "MC004");
	assert_string_equal(state_of(man, "SELECT * FROM desk.account_list()"), "MC004");
	assert_string_equal(state_of(man, "SELECT * FROM desk.account_history('khoa', 'tu-phap')"), "MC004");
	assert_string_equal(state_of(man, "SELECT * FROM desk.account_history('man', 'tu-phap')"), "");
}

static void a_clerks_own_number_is_the_supervisors(void **state)
{
	(void)state;
	one(hue, "SELECT desk.officer_set('khoa', '0912 345 678', 'khoa@example.invalid', '%s')", NUMBER_KHOA);
	assert_string_equal(one(hue, "SELECT phone || ' ' || id_masked FROM desk.officers() WHERE login = 'khoa'"),
		"0912 345 678 0891••••••01");
	one(hue, "SELECT desk.officer_set('khoa', '0912345678', 'khoa@example.invalid', NULL)"); /* stays */
	assert_string_equal(one(hue, "SELECT desk.officer_id('khoa')"), NUMBER_KHOA);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'reveal' AND login = 'hue'"
		" AND what->>'login' = 'khoa'"), 1);
	assert_string_equal(one(hue, "SELECT id_number || ' ' || email FROM desk.account_list() WHERE login = 'khoa' LIMIT 1"),
		NUMBER_KHOA " khoa@example.invalid");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE what->>'what' = 'account_list'"), 1);
	assert_string_equal(state_of(man, "SELECT * FROM desk.officers()"), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.officer_id('khoa')"), "MC004");
	assert_string_equal(state_of(man, "SELECT desk.officer_set('man', '', '', NULL)"), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.officer_set('khoa', '', '', '12')"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.officer_set('khoa', 'a', '', NULL)"), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.officer_set('khoa', '', 'không phải thư', NULL)"), "MC005");
	one(hue, "SELECT desk.officer_set('khoa', '', '', '')");
	assert_string_equal(state_of(hue, "SELECT desk.officer_id('khoa')"), "MC008");
}

static void unit_b_sees_and_moves_nothing(void **state)
{
	(void)state;
	one(hue, SET, "khoa", "tu-phap", 0, "granted", "khoa", "", "", "");
	one(hue, "SELECT desk.officer_set('khoa', '0912345678', '', '%s')", NUMBER_KHOA);
	one(admin(), "UPDATE motcua.clerk SET kind = 'supervisor' WHERE login = 'lan'");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.accounts() WHERE login <> 'lan' OR state <> ''"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.officers() WHERE login <> 'lan'"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.account_list() WHERE login <> 'lan'"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.account_history('khoa', 'tu-phap')"), 0);
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.rights() WHERE others <> '' OR state <> ''"), 0);
	assert_string_equal(state_of(lan, "SELECT desk.officer_id('khoa')"), "MC008");
	assert_string_equal(state_of(lan, "SELECT desk.officer_set('khoa', '', '', NULL)"), "MC008");
	assert_string_equal(state_of(lan, SET, "khoa", "tu-phap", 1, "missing", "", "", "", ""), "MC005");
	one(admin(), "UPDATE motcua.clerk SET kind = 'clerk' WHERE login = 'lan'");
}

static void the_counter_learns_whom_to_ask(void **state)
{
	(void)state;
	one(hue, SET, "khoa", "tu-phap", 0, "granted", "", "", "", "");
	one(hue, SET, "man", "tu-phap", 0, "missing", "", "", "", "");
	one(hue, "SELECT desk.officer_set('hue', '0900000003', '', NULL)");
	assert_string_equal(one(man, "SELECT concat_ws('|', state, others, contact, contact_phone, contact_is_me) FROM"
		" desk.rights() WHERE system = 'tu-phap'"), "missing|Trần Đăng Khoa|Phạm Thu Huệ|0900000003|f");
	assert_string_equal(one(man, "SELECT concat_ws('|', state, others, lacking) FROM desk.rights() WHERE system = 'tinh'"), "||0");
	assert_string_equal(one(hue, "SELECT lacking FROM desk.rights() WHERE system = 'tu-phap'"), "1");
	assert_string_equal(one(hue, "SELECT contact_is_me FROM desk.rights() WHERE system = 'tinh'"), "t");
	one(admin(), "INSERT INTO motcua.setting (unit_id, name, value) SELECT unit_id, 'accounts_officer', 'khoa'"
		" FROM motcua.unit WHERE code = '30538'");
	assert_string_equal(one(man, "SELECT contact FROM desk.rights() LIMIT 1"), "Trần Đăng Khoa");
	one(admin(), "DELETE FROM motcua.setting WHERE name = 'accounts_officer'");
}

#define CLAIM "SELECT question_id || ' ' || fence FROM wire.claim_questions('c1', 30, 10) WHERE kind = 'rights'"

static void the_first_log_in_of_a_day_asks_once(void **state)
{
	(void)state;
	one(hue, "SELECT desk.officer_set('khoa', '0912345678', 'khoa@example.invalid', '%s')", NUMBER_KHOA);
	one(hue, SET, "man", "tu-phap", 0, "granted", "man.moj", "", "", "");
	one(man, "SELECT session_id FROM desk.hello('Q1', 1)");
	one(hue, "SELECT session_id FROM desk.hello('Q1', 1)");
	assert_string_equal(one(admin(), "SELECT string_agg(system || ' ' || login, ',') FROM motcua.question"), "tu-phap ");
	/* Asked by number only who is known by nothing else. */
	assert_string_equal(one(admin(), "SELECT string_agg(o->>'login' || ' ' || (o->>'account') || ' ' || coalesce(o->>'id_number', '-'), ','"
		" ORDER BY o->>'login') FROM motcua.question, jsonb_array_elements(body->'officers') o"),
		"hue  ,khoa  " NUMBER_KHOA ",man man.moj -");
	assert_string_equal(one(hue, "SELECT desk.accounts_ask()"), "0"); /* still being asked */
	one(lan, "SELECT session_id FROM desk.hello('Q1', 1)");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.question"), 2); /* each unit its own */
	one(admin(), "UPDATE motcua.question SET state = 'failed', asked_at = asked_at - interval '1 day'");
	one(man, "SELECT session_id FROM desk.hello('Q1', 1)");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.question WHERE state = 'waiting'"), 1);
}

static void an_answer_is_taken_and_numbers_are_dropped(void **state)
{
	long id = 0, fence = 0;
	(void)state;
	one(hue, "SELECT desk.officer_set('khoa', '', '', '%s')", NUMBER_KHOA);
	one(hue, SET, "man", "tu-phap", 0, "asked", "", "", "", "đã gửi Sở KH&CN");
	one(hue, SET, "hue", "tu-phap", 0, "granted", "", "", "", "");
	assert_string_equal(one(hue, "SELECT desk.accounts_ask()"), "1");
	sscanf(one(courier, CLAIM), "%ld %ld", &id, &fence);
	assert_true(id > 0);
	assert_string_equal(one(courier, "SELECT wire.replied(%ld, %ld, 'delivered', '{\"officers\":["
		"{\"login\":\"khoa\",\"state\":\"granted\",\"account\":\"khoa.moj\",\"fields\":[\"Hộ tịch\",\"Hộ tịch\",\"\"],\"procedures\":[\"1.004873\"]},"
		"{\"login\":\"man\",\"state\":\"missing\"},{\"login\":\"hue\",\"state\":\"error\",\"note\":\"Tài khoản bị khoá\"},"
		"{\"login\":\"lan\",\"state\":\"granted\"},{\"login\":\"khoa2\",\"state\":\"granted\"},{\"login\":\"hue\",\"state\":\"king\"},7,"
		"{\"state\":\"granted\"}]}', '', NULL)", id, fence), "t");
	assert_string_equal(one(hue, "SELECT string_agg(concat_ws('|', login, state, account, fields, procedures, note, source), ' '"
		" ORDER BY login) FROM desk.accounts() WHERE system = 'tu-phap'"),
		"hue|error||||Tài khoản bị khoá|system khoa|granted|khoa.moj|Hộ tịch|1.004873||system"
		" man|asked||||đã gửi Sở KH&CN|system");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.account"), 3);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.question WHERE body::text LIKE '%%%s%%'", NUMBER_KHOA), 0);
	assert_string_equal(one(hue, "SELECT asked_state FROM desk.accounts() WHERE system = 'tu-phap' LIMIT 1"), "answered");
	/* The same answer again is no news. */
	long events = count(admin(), "SELECT count(*) FROM motcua.account_event");
	one(hue, "SELECT desk.accounts_ask()");
	sscanf(one(courier, CLAIM), "%ld %ld", &id, &fence);
	one(courier, "SELECT wire.replied(%ld, %ld, 'delivered', '{\"officers\":[{\"login\":\"man\",\"state\":\"missing\"}]}', '', NULL)",
		id, fence);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.account_event"), events);
}

static void strange_answers_break_nothing(void **state)
{
	static const char *const replies[] = { "{}", "[]", "7", "null", "{\"officers\":7}", "{\"officers\":[[],null,\"a\"]}",
		"{\"officers\":[{\"login\":7,\"state\":{}}]}",
		"{\"officers\":[{\"login\":\"man\",\"state\":\"granted\",\"fields\":{\"a\":1},\"procedures\":[7,[1],null]}]}" };
	(void)state;
	for (size_t i = 0; i < COUNT(replies); i++) {
		long id = 0, fence = 0;
		one(hue, "SELECT desk.accounts_ask()");
		sscanf(one(courier, CLAIM), "%ld %ld", &id, &fence);
		assert_string_equal(one(courier, "SELECT wire.replied(%ld, %ld, 'delivered', '%s', '', NULL)", id, fence, replies[i]), "t");
	}
	assert_string_equal(one(admin(), "SELECT string_agg(login || ' ' || state || ' ' || fields::text || procedures::text, ',')"
		" FROM motcua.account"), "man granted {}{7,[1]}");
}

static void a_question_nobody_answered_drops_the_numbers_too(void **state)
{
	(void)state;
	one(hue, "SELECT desk.officer_set('khoa', '', '', '%s')", NUMBER_KHOA);
	one(hue, "SELECT desk.accounts_ask()");
	one(admin(), "UPDATE motcua.question SET give_up_at = now() - interval '1 s'");
	one(courier, "SELECT count(*) FROM wire.claim_questions('c1', 30, 10)");
	assert_string_equal(one(admin(), "SELECT state || ' ' || (body::text LIKE '%%%s%%')::text FROM motcua.question", NUMBER_KHOA),
		"failed false");
	assert_string_equal(one(hue, "SELECT asked_state || ' ' || asked_note FROM desk.accounts() WHERE system = 'tu-phap' LIMIT 1"),
		"failed Hệ thống bên kia không trả lời kịp.");
}

/* No courier runs here at all. */
static void the_next_log_in_drops_them_where_no_courier_came(void **state)
{
	(void)state;
	one(hue, "SELECT desk.officer_set('khoa', '', '', '%s')", NUMBER_KHOA);
	one(hue, "SELECT desk.accounts_ask()");
	one(admin(), "UPDATE motcua.question SET give_up_at = now() - interval '1 s'");
	assert_string_equal(one(hue, "SELECT asked_state || ' ' || asked_note FROM desk.accounts() WHERE system = 'tu-phap' LIMIT 1"),
		"failed Bộ chuyển hồ sơ không chạy nên chưa hỏi được.");
	one(man, "SELECT session_id FROM desk.hello('Q1', 1)");
	assert_string_equal(one(admin(), "SELECT string_agg(state || ' ' || (body::text LIKE '%%%s%%')::text, ',') FROM motcua.question",
		NUMBER_KHOA), "failed false");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(supervisors_enter_what_all_see, fresh),
		cmocka_unit_test_setup(what_does_not_fit_is_refused, fresh),
		cmocka_unit_test_setup(a_clerks_own_number_is_the_supervisors, fresh),
		cmocka_unit_test_setup(unit_b_sees_and_moves_nothing, fresh),
		cmocka_unit_test_setup(the_counter_learns_whom_to_ask, fresh),
		cmocka_unit_test_setup(the_first_log_in_of_a_day_asks_once, fresh),
		cmocka_unit_test_setup(an_answer_is_taken_and_numbers_are_dropped, fresh),
		cmocka_unit_test_setup(strange_answers_break_nothing, fresh),
		cmocka_unit_test_setup(a_question_nobody_answered_drops_the_numbers_too, fresh),
		cmocka_unit_test_setup(the_next_log_in_drops_them_where_no_courier_came, fresh),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
