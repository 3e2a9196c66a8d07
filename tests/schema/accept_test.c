/* SPDX-License-Identifier: Apache-2.0
 *
 * What the referee in the database grants and refuses at reception. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "tests/support/world.h"

#define ACCEPT "SELECT (a).code FROM desk.accept_dossier(test.req('%s')) a"

static void same_request_twice_is_one_dossier(void **state)
{
	PGconn *man = as("man");
	const char *request = one(man, "SELECT test.req()");
	char kept[4096];

	(void)state;
	snprintf(kept, sizeof kept, "%s", request);
	const char *first = one(man, "SELECT code || repeated FROM desk.accept_dossier('%s')", kept);
	const char *again = one(man, "SELECT code || repeated FROM desk.accept_dossier('%s')", kept);
	assert_non_null(strstr(first, "false"));
	assert_non_null(strstr(again, "true"));
	assert_memory_equal(first, again, strlen("H01.999-261122-0001"));
	assert_memory_equal(first, "H01.999-", 8);
	PQfinish(man);
}

static void everything_is_written_together(void **state)
{
	PGconn *man = as("man");
	long before = count(admin(), "SELECT count(*) FROM motcua.message");
	const char *id = one(man, "SELECT dossier_id FROM desk.accept_dossier(test.req())");

	(void)state;
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.message"), before + 4);
	assert_string_equal(one(admin(), "SELECT string_agg(system || ':' || kind, ' ' ORDER BY system, seq)"
		" FROM motcua.message WHERE dossier_id = %s", id),
		"cong:dossier cong:progress tu-phap:dossier tu-phap:progress");
	assert_string_equal(one(admin(), "SELECT payload->>'status' FROM motcua.message WHERE dossier_id = %s"
		" AND kind = 'progress' LIMIT 1", id), "2");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_event WHERE dossier_id = %s", id), 1);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier_due WHERE dossier_id = %s", id), 1);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE dossier_id = %s AND act = 'accept'", id), 1);
	assert_string_equal(one(admin(), "SELECT route_basis FROM motcua.dossier WHERE dossier_id = %s", id),
		"CV 2423/UBND-HCC");
	assert_non_null(strstr(one(admin(), "SELECT fields FROM motcua.paper WHERE dossier_id = %s", id),
		"component.1.name\tTờ khai\n"));
	PQfinish(man);
}

static void nothing_is_written_when_refused(void **state)
{
	PGconn *man = as("man");
	long numbers = count(admin(), "SELECT coalesce(sum(last), 0) FROM motcua.code_sequence");
	long dossiers = count(admin(), "SELECT count(*) FROM motcua.dossier");

	(void)state;
	/* The file list is checked last, after the dossier row: the whole must go. */
	assert_string_equal(state_of(man, ACCEPT, "{\"components\":[{\"name\":\"Tờ khai\",\"action\":\"submit\","
		"\"state\":\"ok\",\"required\":true,\"files\":[424242]}]}"), "MC005");
	assert_int_equal(count(admin(), "SELECT coalesce(sum(last), 0) FROM motcua.code_sequence"), numbers);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.dossier"), dossiers);
	PQfinish(man);
}

static void the_moment_must_still_hold(void **state)
{
	PGconn *man = as("man");

	(void)state;
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(jsonb_build_object('computed_at',"
		" now() - interval '11 minutes')))"), "MC001");
	assert_int_equal(strlen(last_hint()), strlen("2026-11-20T09:41:00+07:00"));
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(jsonb_build_object('computed_at',"
		" now() + interval '2 minutes')))"), "MC001");
	/* A cut-off hour between the computing and now. */
	one(admin(), "INSERT INTO motcua.setting(unit_id, name, value) SELECT unit_id, 'cut_off',"
		" to_char(motcua.local(clock_timestamp()), 'HH24:MI:SS.MS') FROM motcua.unit WHERE code = '30538'");
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req(jsonb_build_object('computed_at',"
		" now() - interval '1 minute')))"), "MC001");
	one(admin(), "DELETE FROM motcua.setting WHERE unit_id IS NOT NULL AND name = 'cut_off'");
	assert_string_equal(state_of(man, ACCEPT, "{}"), "");
	PQfinish(man);
}

static void the_catalogue_must_be_the_same(void **state)
{
	PGconn *man = as("man");

	(void)state;
	assert_string_equal(state_of(man, ACCEPT, "{\"catalogue_version\":1}"), "MC002");
	assert_string_equal(state_of(man, ACCEPT, "{\"route\":{\"rule_id\":99,\"system\":\"tu-phap\"}}"), "MC002");
	PQfinish(man);
}

static void a_second_dossier_of_the_same_is_asked_about(void **state)
{
	PGconn *man = as("man");
	const char *owner = "\"owner\":{\"kind\":\"person\",\"name\":\"Đỗ Văn Ân\",\"id_number\":\"089099000077\",\"id_kind\":\"cccd\"}";
	char request[512];

	(void)state;
	snprintf(request, sizeof request, "{%s}", owner);
	const char *code = one(man, ACCEPT, request);
	snprintf(request, sizeof request, "{%s,\"ignore_similar\":false}", owner);
	assert_string_equal(state_of(man, ACCEPT, request), "MC003");
	assert_string_equal(last_hint(), code);
	snprintf(request, sizeof request, "{%s,\"ignore_similar\":true}", owner);
	assert_string_equal(state_of(man, ACCEPT, request), "");
	PQfinish(man);
}

static const struct {
	const char *changes, *field;
} BAD[] = {
	{ "{\"procedure\":\"9.000000\"}", "procedure" },
	{ "{\"procedure\":\"1.009999\"}", "procedure" },
	{ "{\"counter\":\"Q9\"}", "counter" },
	{ "{\"owner\":{\"kind\":\"person\",\"name\":\" \"}}", "owner.name" },
	{ "{\"owner\":{\"kind\":\"person\",\"name\":\"A\",\"id_kind\":\"cccd\",\"id_number\":\"12\"}}", "owner.id_number" },
	{ "{\"components\":[{\"name\":\"Sổ đỏ\",\"action\":\"submit\",\"state\":\"ok\",\"required\":false}]}", "components.1.basis" },
	{ "{\"components\":[{\"name\":\"Tờ khai\",\"action\":\"submit\",\"state\":\"missing\",\"required\":true}]}", "components.1.state" },
	{ "{\"components\":[{\"name\":\"Tờ khai\",\"action\":\"submit\",\"state\":\"not_needed\",\"required\":true}]}", "components.1.reason" },
	{ "{\"components\":[{\"name\":\"Tờ khai\",\"action\":\"lookup\",\"state\":\"ok\",\"required\":true}]}", "components.1.lookup_where" },
	{ "{\"fees\":[{\"name\":\"Lệ phí\",\"amount\":5000,\"confirmed\":false,\"paid\":\"cash\"}]}", "fees.1.basis" },
	{ "{\"fees\":[{\"name\":\"Lệ phí\",\"amount\":5000,\"confirmed\":true,\"paid\":\"cash\"}]}", "fees.1.exempt_reason" },
	{ "{\"fees\":[{\"name\":\"Lệ phí\",\"amount\":-1,\"confirmed\":true,\"paid\":\"cash\"}]}", "fees.1.amount" },
	{ "{\"limit\":{\"value\":3,\"unit\":\"working_day\",\"source\":\"asked\"}}", "limit.basis" },
	{ "{\"limit\":{\"value\":9,\"unit\":\"working_day\",\"source\":\"confirmed\"}}", "limit" },
	{ "{\"due_at\":null}", "due_at" },
	{ "{\"due_at\":\"2020-01-01T00:00:00+07:00\"}", "due_at" },
	{ "{\"submitter\":{\"kind\":\"person\",\"name\":\"Lý Văn B\"}}", "mandate" },
	{ "{\"result_by\":\"post\"}", "return_to" },
	{ "{\"route\":{\"rule_id\":0,\"system\":\"tu-phap\"}}", "route" },
};

static void bad_fields_are_named(void **state)
{
	PGconn *man = as("man");

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
		assert_string_equal(state_of(man, ACCEPT, BAD[i].changes), "MC005");
		assert_string_equal(last_hint(), BAD[i].field);
	}
	PQfinish(man);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_request_twice_is_one_dossier),
		cmocka_unit_test(everything_is_written_together),
		cmocka_unit_test(nothing_is_written_when_refused),
		cmocka_unit_test(the_moment_must_still_hold),
		cmocka_unit_test(the_catalogue_must_be_the_same),
		cmocka_unit_test(a_second_dossier_of_the_same_is_asked_about),
		cmocka_unit_test(bad_fields_are_named),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
