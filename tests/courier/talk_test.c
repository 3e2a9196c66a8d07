/* SPDX-License-Identifier: Apache-2.0
 *
 * The connector and the HTTP door against the practice world over real
 * sockets: the ordinary path and each fault on the dial. */
#include "tests/courier/bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define CODE "H01.999-261120-0007"

static struct bench bench;

static int open_bench(void **state)
{
	(void)state;
	bench_open(&bench, 0);
	return 0;
}

static int close_bench(void **state)
{
	(void)state;
	bench_close(&bench);
	return 0;
}

static enum outcome talk(const struct profile *profile, enum call_kind kind, const char *session,
                         json_t *payload, struct peer_view *view)
{
	struct call_facts facts = { .session = session, .secret = "tap-duyet", .code = CODE,
		                    .payload = payload };
	struct answer answer;
	bench_talk(&bench, profile, kind, &facts, &answer);
	if (view)
		connector_ndxp.read_view(profile, &answer, CODE, view);
	enum outcome outcome = answer.outcome;
	answer_clear(&answer);
	return outcome;
}

static json_t *kept(const char *system)
{
	char path[64];
	snprintf(path, sizeof path, "state?system=%s", system);
	json_t *state = bench_control(&bench, path, NULL);
	json_t *dossier = json_incref(json_object_get(
		json_object_get(json_object_get(json_object_get(state, "systems"), system),
	                        "dossiers"),
		CODE));
	json_decref(state);
	return dossier;
}

static void a_dossier_travels_and_is_answered(void **state)
{
	(void)state;
	/* Each of the three places for dstcode. */
	static const char *const systems[] = { "khcn", "noi-vu", "tu-phap" };
	for (size_t i = 0; i < 3; i++) {
		struct profile profile;
		struct peer_view view;
		char session[200], control[64];
		bench_profile(&bench, systems[i], NULL, &profile);
		bench_login(&bench, &profile, session, sizeof session);
		assert_true(session[0]);
		json_t *dossier = bench_dossier(CODE);
		json_t *progress = bench_progress(CODE, 2, "2026-11-20T09:41:00+07:00");
		assert_int_equal(talk(&profile, CALL_ASK, session, NULL, &view), OUTCOME_DELIVERED);
		assert_false(view.found);
		/* Progress before the dossier, and an update of nothing, are refused. */
		assert_int_equal(talk(&profile, CALL_PROGRESS, session, progress, NULL),
		                 OUTCOME_REFUSED);
		assert_int_equal(talk(&profile, CALL_UPDATE, session, dossier, NULL),
		                 OUTCOME_REFUSED);
		assert_int_equal(talk(&profile, CALL_ADD, session, dossier, NULL),
		                 OUTCOME_DELIVERED);
		assert_int_equal(talk(&profile, CALL_ADD, session, dossier, NULL),
		                 OUTCOME_DUPLICATE);
		assert_int_equal(talk(&profile, CALL_UPDATE, session, dossier, NULL),
		                 OUTCOME_DELIVERED);
		assert_int_equal(talk(&profile, CALL_PROGRESS, session, progress, NULL),
		                 OUTCOME_DELIVERED);
		assert_int_equal(talk(&profile, CALL_PROGRESS, session, progress, NULL),
		                 OUTCOME_DUPLICATE);
		snprintf(control, sizeof control, "{\"system\":\"%s\"}", systems[i]);
		json_decref(bench_control(&bench, "step", control));
		assert_int_equal(talk(&profile, CALL_ASK, session, NULL, &view), OUTCOME_DELIVERED);
		assert_true(view.found);
		assert_int_equal(view.status, 4);
		assert_int_equal(view.step_count, 2);
		assert_non_null(strstr(view.foreign_code, ".99-"));
		json_decref(dossier);
		json_decref(progress);
		profile_clear(&profile);
	}
}

static void each_fault_has_its_class(void **state)
{
	(void)state;
	static const struct {
		const char *kind;
		enum outcome want;
		bool there; /* carried out over there all the same? */
	} faults[] = {
		{ "drop-before", OUTCOME_UNKNOWN, false },
		{ "drop-after", OUTCOME_UNKNOWN, true },
		{ "hang", OUTCOME_UNKNOWN, false },
		{ "hang-after", OUTCOME_UNKNOWN, true },
		{ "bad-gateway", OUTCOME_UNKNOWN, false },
		{ "gateway-time", OUTCOME_UNKNOWN, true },
		{ "unauthorized", OUTCOME_AUTH, false },
		{ "expire", OUTCOME_AUTH, false },
		{ "half", OUTCOME_UNKNOWN, true },
		{ "too-many", OUTCOME_RETRY, false },
		{ "quoted", OUTCOME_DELIVERED, true },
		{ "redirect", OUTCOME_RETRY, false },
		{ "flood", OUTCOME_UNKNOWN, true },
		{ "delay", OUTCOME_DELIVERED, true },
	};
	struct profile profile;
	bench_profile(&bench, "khcn", "{\"total_ms\": 1500}", &profile);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		char session[200], control[128];
		json_decref(bench_control(&bench, "reset", "{\"system\":\"khcn\"}"));
		bench_login(&bench, &profile, session, sizeof session);
		snprintf(control, sizeof control,
		         "{\"system\":\"khcn\",\"kind\":\"%s\",\"service\":\"DongBoHoSoMC\",\"ms\":50}",
		         faults[i].kind);
		json_decref(bench_control(&bench, "fault", control));
		json_t *dossier = bench_dossier(CODE);
		enum outcome got = talk(&profile, CALL_ADD, session, dossier, NULL);
		json_t *there = kept("khcn");
		if (got != faults[i].want || !!there != faults[i].there)
			fail_msg("%s: %s, %s there", faults[i].kind, outcome_word(got),
			         there ? "is" : "is not");
		/* Never sent twice by the library itself. */
		assert_int_equal(json_integer_value(json_object_get(there, "duplicates")), 0);
		json_decref(there);
		json_decref(dossier);
	}
	profile_clear(&profile);
}

static void spellings_and_duplicates_on_the_dial(void **state)
{
	(void)state;
	static const char *const dials[] = {
		"{\"system\":\"khcn\",\"zero\":\"00\",\"duplicate\":\"3\"}",
		"{\"system\":\"khcn\",\"zero\":\"int\",\"duplicate\":\"0\"}",
		"{\"system\":\"khcn\",\"zero\":\"0\",\"duplicate\":\"-3\"}",
	};
	struct profile profile;
	bench_profile(&bench, "khcn", NULL, &profile);
	for (size_t i = 0; i < 3; i++) {
		char session[200];
		json_decref(bench_control(&bench, "reset", "{\"system\":\"khcn\"}"));
		json_decref(bench_control(&bench, "dial", dials[i]));
		bench_login(&bench, &profile, session, sizeof session);
		json_t *dossier = bench_dossier(CODE);
		assert_int_equal(talk(&profile, CALL_ADD, session, dossier, NULL),
		                 OUTCOME_DELIVERED);
		assert_int_equal(talk(&profile, CALL_ADD, session, dossier, NULL),
		                 OUTCOME_DUPLICATE);
		json_decref(dossier);
	}
	profile_clear(&profile);
}

static void a_wrong_field_is_refused_in_words_we_can_read(void **state)
{
	(void)state;
	struct profile profile;
	char session[200], fields[200];
	struct answer answer;
	struct call_facts facts = { .code = CODE, .session = session };
	bench_profile(&bench, "khcn", NULL, &profile);
	bench_login(&bench, &profile, session, sizeof session);
	json_t *dossier = bench_dossier("sai-mã");
	facts.payload = dossier;
	bench_talk(&bench, &profile, CALL_ADD, &facts, &answer);
	assert_int_equal(answer.outcome, OUTCOME_REFUSED);
	assert_string_equal(connector_fields_named(&profile, answer.text, fields, sizeof fields), "Mã hồ sơ");
	answer_clear(&answer);
	json_decref(dossier);
	profile_clear(&profile);
}

static void hosts_off_the_list_are_never_called(void **state)
{
	(void)state;
	assert_true(http_allowed("http://127.0.0.1:80/x", "a.vn 127.0.0.1:80"));
	assert_true(http_allowed("https://A.vn/x", "a.vn"));
	assert_false(http_allowed("http://127.0.0.1:81/x", "127.0.0.1:80"));
	assert_false(http_allowed("http://a.vn@evil.vn/", "a.vn"));
	assert_false(http_allowed("http://evil.vn\\@a.vn/", "a.vn"));
	assert_false(http_allowed("file:///etc/passwd", "a.vn"));
	assert_false(http_allowed("http://a.vn.evil.vn/", "a.vn"));
	struct http_call call = { .url = "http://192.0.2.1/" };
	bench_call(&bench, &call);
	assert_int_equal(call.reply.fault, HTTP_FORBIDDEN);
	http_clear(&call);
}

static void nobody_listening_is_no_connection(void **state)
{
	(void)state;
	struct http_call call = { .url = "http://127.0.0.1:1/", .hosts = "127.0.0.1:1" };
	body_string(&call.body, "{}");
	bench_call(&bench, &call);
	assert_int_equal(call.reply.fault, HTTP_CONNECT);
	assert_false(call.reply.sent);
	http_clear(&call);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dossier_travels_and_is_answered),
		cmocka_unit_test(each_fault_has_its_class),
		cmocka_unit_test(spellings_and_duplicates_on_the_dial),
		cmocka_unit_test(a_wrong_field_is_refused_in_words_we_can_read),
		cmocka_unit_test(hosts_off_the_list_are_never_called),
		cmocka_unit_test(nobody_listening_is_no_connection),
	};
	return cmocka_run_group_tests(tests, open_bench, close_bench);
}
