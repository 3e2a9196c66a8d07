/* SPDX-License-Identifier: Apache-2.0
 *
 * What our officers may do over there: asked by the first log-in of the day,
 * carried by the courier, taken by the database. */
#include "tests/courier/road.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/courier/igate.h"
#include "core/courier/profiles.h"
#include "core/courier/rights.h"

#define TELLS "{\"rights\":true,\"maps\":{\"right\":{\"granted\":\"1\",\"missing\":\"0\",\"error\":\"2\"}}}"
#define STATES "(SELECT string_agg(login || ' ' || state, ',' ORDER BY login) FROM motcua.account" \
	" WHERE system = 'tu-phap')"

static void log_in(const char *login)
{
	PGconn *who = as(login);
	one(who, "SELECT session_id FROM desk.hello('Q1', 1)");
	PQfinish(who);
}

static int fresh(void **state)
{
	(void)state;
	road_clear();
	one(admin(), "DELETE FROM motcua.account");
	one(admin(), "DELETE FROM motcua.question");
	one(admin(), "INSERT INTO motcua.system_state (system, profile) VALUES ('tu-phap', '{\"rights\":true}')"
	             " ON CONFLICT (system) DO UPDATE SET profile = excluded.profile");
	one(admin(), "UPDATE motcua.clerk SET phone = '0900000001' WHERE login IN ('man', 'khoa')");
	return 0;
}

static void turn(const char *body)
{
	json_decref(bench_control(&road, "rights", body));
}

static void the_morning_finds_who_lacks_a_right(void **state)
{
	(void)state;
	turn("{\"system\":\"tu-phap\",\"officer\":\"khoa\",\"state\":\"granted\",\"account\":\"khoa.moj\","
	     "\"fields\":[\"Hộ tịch\",{\"TenLinhVuc\":\"Chứng thực\"}],\"procedures\":[\"1.004873\"]}");
	log_in("man");
	pid_t courier = road_courier("morning", TELLS);
	/* hue is known over there by nothing: no telephone, no number. */
	road_until(20, "taken", "SELECT coalesce(%s = 'hue missing,khoa granted,man granted', false)", STATES);
	assert_string_equal(one(admin(), "SELECT account || ' ' || fields::text || procedures::text FROM motcua.account"
	                                 " WHERE login = 'khoa'"),
	                    "khoa.moj {\"Hộ tịch\",\"Chứng thực\"}{1.004873}");
	/* Taken away over there, it is known here at the next question. */
	turn("{\"system\":\"tu-phap\",\"officer\":\"man\",\"state\":\"error\",\"note\":\"Tài khoản bị khoá\"}");
	PGconn *hue = as("hue");
	assert_string_equal(one(hue, "SELECT desk.accounts_ask()"), "1");
	road_until(20, "taken again", "SELECT %s = 'hue missing,khoa granted,man error'", STATES);
	assert_string_equal(one(hue, "SELECT note FROM desk.accounts() WHERE login = 'man' AND system = 'tu-phap'"),
	                    "Tài khoản bị khoá");
	PQfinish(hue);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void a_bad_moment_only_delays_it(void **state)
{
	(void)state;
	road_fault("tu-phap", "bad-gateway", "KiemTraTaiKhoan", 1, 0);
	road_fault("tu-phap", "expire", "KiemTraTaiKhoan", 1, 0);
	log_in("man");
	pid_t courier = road_courier("bad", TELLS);
	road_until(30, "taken", "SELECT coalesce(%s LIKE '%%man granted', false)", STATES);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.question"), 1);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void who_does_not_tell_is_not_believed(void **state)
{
	(void)state;
	log_in("man");
	pid_t courier = road_courier("silent", NULL);
	road_until(20, "over", "SELECT state = 'failed' AND note LIKE '%%không trả lời câu hỏi này' FROM motcua.question");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.account"), 0);
	assert_int_equal(road_end(courier, SIGTERM), 0);
}

static void replies_of_any_shape(void **state)
{
	static const struct {
		const char *result, *read;
	} table[] = {
		{ "null", "{\"officers\": []}" },
		{ "7", "{\"officers\": []}" },
		{ "[null, 7, \"a\", [], {}]", "{\"officers\": []}" },
		{ "[{\"mathamchieu\": \"man\", \"TrangThai\": 1}]",
		  "{\"officers\": [{\"login\": \"man\", \"account\": \"\", \"state\": \"granted\", \"fields\": [],"
		  " \"procedures\": [], \"note\": \"\"}]}" },
		{ "[{\"MaThamChieu\": \"man\", \"TrangThai\": \"0\", \"LinhVuc\": 7, \"ThuTuc\": [{\"MaTTHC\": 1}, 2]}]",
		  "{\"officers\": [{\"login\": \"man\", \"account\": \"\", \"state\": \"missing\", \"fields\": [],"
		  " \"procedures\": [\"1\"], \"note\": \"\"}]}" },
		{ "[{\"MaThamChieu\": \"man\", \"TrangThai\": \"9\"}]",
		  "{\"officers\": [{\"login\": \"man\", \"account\": \"\", \"state\": \"error\", \"fields\": [],"
		  " \"procedures\": [], \"note\": \"Hệ thống báo trạng thái lạ: “9”\"}]}" },
	};
	(void)state;
	struct profile profile;
	bench_profile(&road, "tu-phap", TELLS, &profile);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		json_t *result = json_loads(table[i].result, JSON_DECODE_ANY, NULL);
		json_t *want = json_loads(table[i].read, 0, NULL), *got = rights_read(&profile, result);
		if (!json_equal(want, got))
			print_error("%s\n", json_dumps(got, 0));
		assert_true(json_equal(want, got));
		json_decref(result);
		json_decref(want);
		json_decref(got);
	}
	profile_clear(&profile);
}

static void an_account_goes_without_the_person(void **state)
{
	(void)state;
	json_t *question = json_loads("{\"officers\":[{\"login\":\"man\",\"account\":\"man.moj\",\"name\":\"Lê Thị Mận\","
	                              "\"id_number\":\"089199990001\",\"phone\":\"0900000001\",\"email\":\"\"},"
	                              "{\"login\":\"khoa\",\"account\":\"\",\"name\":\"Trần Đăng Khoa\","
	                              "\"id_number\":\"089199990002\",\"phone\":\"\",\"email\":\"\"}]}", 0, NULL);
	json_t *want = json_loads("[{\"MaThamChieu\":\"man\",\"TaiKhoan\":\"man.moj\"},{\"MaThamChieu\":\"khoa\","
	                          "\"HoTen\":\"Trần Đăng Khoa\",\"SoDinhDanh\":\"089199990002\"}]", 0, NULL);
	json_t *got = rights_items(question);
	assert_true(json_equal(want, got));
	json_decref(question);
	json_decref(want);
	json_decref(got);
}

static void gate(const struct profile *profile, enum call_kind kind, struct call_facts *facts, struct answer *answer)
{
	struct http_call call = { 0 };
	struct error err = { 0 };
	facts->practice_port = road.port;
	if (!connector_find(profile->family)->write(profile, kind, facts, &call, &err))
		fail_msg("%s: %s (%s)", profile->code, err.say, err.log);
	assert_true(profile_fill(profile, "hosts", road.port, call.hosts, sizeof call.hosts));
	call.total_ms = 5000;
	bench_call(&road, &call);
	classify(answer, profile, kind, &call.reply);
	http_clear(&call);
}

static const char OFFICERS[] = "{\"officers\":[{\"login\":\"man\",\"account\":\"man.x\"},{\"login\":\"khoa\","
	"\"account\":\"\",\"name\":\"Trần Đăng Khoa\",\"phone\":\"0900000002\",\"email\":\"\",\"id_number\":\"\"}]}";
static const char TOLD[] = "{\"officers\":[{\"login\":\"man\",\"account\":\"man.x\",\"state\":\"granted\",\"fields\":[],"
	"\"procedures\":[],\"note\":\"\"},{\"login\":\"khoa\",\"account\":\"\",\"state\":\"missing\","
	"\"fields\":[],\"procedures\":[],\"note\":\"Chưa đăng ký\"}]}";

static void asks(json_t *all, const char *code)
{
	struct error err = { 0 };
	struct profile profile;
	struct answer answer;
	char session[400], dial[160];
	int seconds;
	json_t *data = json_object_get(all, code), *none = json_object();
	assert_true(profile_take(&profile, code, code, json_string_value(json_object_get(data, "family")), data, &err));
	snprintf(dial, sizeof dial, "{\"system\":\"%s\",\"officer\":\"khoa\",\"state\":\"missing\",\"note\":\"Chưa đăng ký\"}",
	         code);
	turn(dial);
	json_t *question = json_loads(OFFICERS, 0, NULL), *want = json_loads(TOLD, 0, NULL);
	struct call_facts facts = { .session = session, .secret = "tap-duyet", .code = "", .cursor = "",
		.payload = question, .memory = none, .known = none };
	gate(&profile, CALL_LOGIN, &facts, &answer);
	connector_find(profile.family)->read_session(&profile, &answer, session, sizeof session, &seconds);
	answer_clear(&answer);
	gate(&profile, CALL_RIGHTS, &facts, &answer);
	if (answer.outcome != OUTCOME_DELIVERED)
		fail_msg("%s: %s", code, answer.text);
	json_t *reply = connector_find(profile.family)->read_reply(&profile, CALL_RIGHTS, &answer, &err);
	if (!json_equal(reply, want))
		fail_msg("%s: %s %s", code, err.say, json_dumps(reply, 0));
	answer_clear(&answer);
	json_decref(reply);
	json_decref(want);
	json_decref(question);
	json_decref(none);
	profile_clear(&profile);
}

/* Every system of the practice world whose profile says that it tells of rights does, each in its
 * own envelope; the province's cannot be asked. */
static void every_system_that_says_so_tells(void **state)
{
	(void)state;
	struct error err = { 0 };
	json_t *all = profiles_read(MOTCUA_SOURCE "/core/data/systems/practice", &err), *data;
	const char *code;
	int told = 0;
	json_object_foreach(all, code, data) {
		if (!json_is_true(json_object_get(data, "rights")))
			continue;
		asks(all, code);
		told++;
	}
	assert_true(told >= 11);
	struct profile province;
	struct http_call call = { 0 };
	struct call_facts facts = { .session = "", .secret = "tap-duyet", .code = "", .cursor = "" };
	assert_true(profile_take(&province, "tinh", "Tỉnh", "igate", json_object_get(all, "tinh"), &err));
	assert_false(connector_igate.write(&province, CALL_RIGHTS, &facts, &call, &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	http_clear(&call);
	profile_clear(&province);
	json_decref(all);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_morning_finds_who_lacks_a_right, fresh),
		cmocka_unit_test_setup(a_bad_moment_only_delays_it, fresh),
		cmocka_unit_test_setup(who_does_not_tell_is_not_believed, fresh),
		cmocka_unit_test(replies_of_any_shape),
		cmocka_unit_test(an_account_goes_without_the_person),
		cmocka_unit_test(every_system_that_says_so_tells),
	};
	return cmocka_run_group_tests(tests, road_start, road_stop);
}
