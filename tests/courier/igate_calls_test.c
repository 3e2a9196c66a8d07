/* SPDX-License-Identifier: Apache-2.0
 *
 * The platform's calls: which comes next, where it goes, what is never sent. */
#include "core/courier/igate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/courier/desk.h"

static void each_call_follows_what_is_known(void **state)
{
	(void)state;
	static const struct {
		const char *memory, *known;
		unsigned done;
		enum call_kind verb, ministry, province;
	} table[] = {
		{ "{}", "{}", 0, CALL_ADD, CALL_NUMBER, CALL_PROCEDURE },
		{ "{}", "{\"procedures\":{\"1.004873\":{\"pattern\":\"p\"}}}", 0, CALL_ADD, CALL_NUMBER,
		  CALL_NUMBER },
		{ "{\"number\":\"x\"}", "{}", 0, CALL_ADD, CALL_UPLOAD, CALL_UPLOAD },
		{ "{\"number\":\"x\",\"files\":{\"7\":{}}}", "{}", 0, CALL_ADD, CALL_ADD, CALL_ADD },
		{ WHOLE, "{}", 1u << CALL_ADD, CALL_ADD, CALL_NONE, CALL_NONE },
		{ WHOLE, "{}", 0, CALL_UPDATE, CALL_UPDATE, CALL_UPDATE },
		{ WHOLE, "{}", 0, CALL_PROGRESS, CALL_PROGRESS, CALL_PROGRESS },
		{ WHOLE, "{}", 1u << CALL_PROGRESS, CALL_PROGRESS, CALL_STATUS, CALL_STATUS },
		{ WHOLE, "{}", 1u << CALL_PROGRESS | 1u << CALL_STATUS, CALL_PROGRESS, CALL_NONE,
		  CALL_NONE },
		/* The dossier's id was in an answer that never came: asked for once. */
		{ "{\"number\":\"x\"}", "{}", 0, CALL_PROGRESS, CALL_ASK, CALL_ASK },
		{ "{\"number\":\"x\"}", "{}", 1u << CALL_ASK, CALL_PROGRESS, CALL_PROGRESS,
		  CALL_PROGRESS },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct desk desk = desk_new(table[i].memory);
		json_decref(desk.facts.known);
		desk.facts.known = json_loads(table[i].known, 0, NULL);
		desk.facts.done = table[i].done;
		enum call_kind one = connector_igate.next(&ministry, &desk.facts, table[i].verb);
		enum call_kind two = connector_igate.next(&province, &desk.facts, table[i].verb);
		if (one != table[i].ministry || two != table[i].province)
			fail_msg("line %zu: %s %s", i, call_word(one), call_word(two));
		desk_free(&desk);
	}
}

/* One tenant wants single members otherwise. */
static void a_profile_may_write_its_own_members(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct http_call call = { 0 };
	struct desk desk = desk_new(WHOLE);
	json_object_set_new(ministry.data, "fields",
	                    json_loads("{\"add\":{\"GhiChu\":{\"$line\":\"Hồ sơ {code}\"},"
	                               "\"MaDichVuCong\":{\"$\":\"procedure.code\"}}}", 0, NULL));
	assert_true(connector_igate.write(&ministry, CALL_ADD, &desk.facts, &call, &err));
	json_t *sent = json_loadb(bytes_string(&call.body.text), call.body.text.size, 0, NULL);
	assert_string_equal(at(sent, "GhiChu"), "Hồ sơ " CODE);
	assert_string_equal(at(sent, "MaDichVuCong"), "1.004873");
	assert_string_equal(at(sent, "MaHoSo"), NUMBER);
	json_decref(sent);
	http_clear(&call);
	json_object_del(ministry.data, "fields");
	desk_free(&desk);
}

static void files_they_never_take_are_not_sent(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		json_int_t size;
		const char *says;
	} bad[] = {
		{ "macro.docm", 10, "macro.docm" },
		{ "QUET.EXE", 10, "QUET.EXE" },
		{ "to-khai.pdf", 10485761, "10 MB" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct error err = { 0 };
		struct http_call call = { 0 };
		struct desk desk = desk_new("{\"number\":\"" NUMBER "\"}");
		json_t *file = json_array_get(desk.files, 0);
		json_object_set_new(file, "name", json_string(bad[i].name));
		json_object_set_new(file, "size", json_integer(bad[i].size));
		assert_false(connector_igate.write(&ministry, CALL_UPLOAD, &desk.facts, &call,
		                                   &err));
		assert_int_equal(err.fault, FAULT_INPUT);
		if (!strstr(err.say, bad[i].says))
			fail_msg("%s", err.say);
		http_clear(&call);
		desk_free(&desk);
	}
}

static void addresses_hold_what_was_asked_for(void **state)
{
	(void)state;
	static const struct {
		enum call_kind kind;
		const char *method, *ends;
	} table[] = {
		{ CALL_NUMBER, "GET", "/noi-vu/tichhop/v1/ho-so/so-tiep-theo?code=1.004873&agency=H01.999" },
		{ CALL_ASK, "GET", "/noi-vu/tichhop/v1/ho-so/" NUMBER },
		{ CALL_ACK, "PUT", "/ho-so/" NUMBER "/da-nhan" },
		{ CALL_LIST, "GET",
		  "tuNgay=20261120000000&denNgay=20261125000000&page=0&size=200" },
	};
	struct desk desk = desk_new(WHOLE);
	json_object_set_new(desk.payload, "from", json_string("2026-11-20T00:00:00+07:00"));
	json_object_set_new(desk.payload, "to", json_string("2026-11-30T00:00:00+07:00"));
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct error err = { 0 };
		struct http_call call = { 0 };
		if (!connector_igate.write(&ministry, table[i].kind, &desk.facts, &call, &err))
			fail_msg("%s: %s", call_word(table[i].kind), err.say);
		size_t n = strlen(call.url), m = strlen(table[i].ends);
		if (n < m || strcmp(call.url + n - m, table[i].ends) != 0 ||
		    strcmp(call.method, table[i].method) != 0)
			fail_msg("%s %s", call.method, call.url);
		http_clear(&call);
	}
	/* Days, both of them whole. */
	struct error err = { 0 };
	struct http_call call = { 0 };
	json_object_set_new(desk.payload, "from", json_string("2026-11-20"));
	json_object_set_new(desk.payload, "to", json_string("2026-11-24"));
	assert_true(connector_igate.write(&ministry, CALL_LIST, &desk.facts, &call, &err));
	assert_non_null(strstr(call.url, "tuNgay=20261120000000&denNgay=20261124235959&"));
	http_clear(&call);
	desk_free(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_call_follows_what_is_known),
		cmocka_unit_test(a_profile_may_write_its_own_members),
		cmocka_unit_test(files_they_never_take_are_not_sent),
		cmocka_unit_test(addresses_hold_what_was_asked_for),
	};
	return cmocka_run_group_tests(tests, open_profiles, close_profiles);
}
