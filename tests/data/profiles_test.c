/* SPDX-License-Identifier: Apache-2.0
 *
 * Profiles of systems: what is refused, and out of the database and in again
 * without a change. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/store/import.h"
#include "core/store/profile_check.h"
#include "core/store/profiles.h"
#include "tests/check.h"
#include "tests/support/pg.h"

static struct test_pg pg;
static struct loop loop;
static struct store *store;
static struct arena arena;
static char folder[] = "/tmp/motcua-profiles-XXXXXX";

static void must(bool ok, const struct error *err)
{
	if (!ok)
		print_error("%s\n%s\n", err->say, err->log);
	assert_true(ok);
}

static int open_all(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct import_report report;
	if (!test_pg_start_filled(&pg, "schema", test_pg_schema) || !mkdtemp(folder))
		return -1;
	loop_init(&loop);
	struct store_settings set = { .server = pg.conninfo, .statement_ms = 60000, .ask_ms = 60000 };
	store = store_open(&loop, &set, &err);
	if (store && store_wait(store, 0, &err) &&
	    import_shipped(store, &arena, MOTCUA_SOURCE, true, false, &report, &err))
		return 0;
	print_error("%s\n%s\n", err.say, err.log);
	return -1;
}

static int close_all(void **state)
{
	(void)state;
	store_close(store);
	char command[80];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	int rc = system(command);
	arena_free(&arena);
	test_pg_stop(&pg);
	return rc;
}

static const char *put_file(const char *name, const char *text)
{
	struct error err = { 0 };
	const char *path = arena_format(&arena, "%s/%s", folder, name);
	must(path_write(path, text, strlen(text), 0600, &err), &err);
	return path;
}

static long number(const char *sql)
{
	struct reply reply;
	struct error err = { 0 };
	must(store_ask_wait(store, &arena, sql, NULL, 0, true, &reply, &err), &err);
	return (long)reply_number(&reply, 0, "n", -1);
}

/* Both worlds' files hold nothing unknown and nothing secret. */
static void shipped_files_pass(void **state)
{
	(void)state;
	static const char *const worlds[] = { "practice", "real" };
	for (size_t w = 0; w < COUNT(worlds); w++) {
		struct error err = { 0 };
		json_t *all = profiles_read(arena_format(&arena, "%s/core/data/systems/%s", MOTCUA_SOURCE, worlds[w]), &err);
		must(all != NULL, &err);
		assert_true(json_object_size(all) >= 13);
		const char *code;
		json_t *data;
		json_object_foreach(all, code, data)
			must(profile_check(code, data, true, &err), &err);
		json_decref(all);
	}
}

static const struct {
	const char *profile, *say;
} bad[] = {
	{ "{\"family\":\"ndxp\",\"passwd\":\"bí mật\"}", "mục lạ" },
	{ "{\"family\":\"ndxp\",\"auth\":{\"fields\":{\"password\":\"Xa@123456\"}}}", "courier.secrets" },
	{ "{\"family\":\"ndxp\",\"auth\":{\"keys\":{\"X-Api-Key\":\"a81bc81b\"}}}", "courier.secrets" },
	{ "{\"family\":\"ndxp\",\"auth\":{\"lgsp\":{\"ConsumerSecret\":\"q8Z\"}}}", "courier.secrets" },
	{ "{\"family\":\"json\",\"base_url\":\"https://an:giang@may.vn/x\"}", "courier.secrets" },
	{ "{\"family\":\"json\",\"note\":\"-----BEGIN PRIVATE KEY-----\"}", "courier.secrets" },
	{ "{\"family\":\"json\",\"note\":\"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIx\"}", "courier.secrets" },
	{ "{\"family\":\"json\",\"calls\":{\"add\":{\"headers\":{\"X\":\"Bearer abcdef123456\"}}}}", "courier.secrets" },
	{ "{\"base_ur\":\"x\",\"family\":\"ndxp\"}", "base_ur" },
	{ "{\"family\":\"sftp\"}", "family" },
	{ "{\"family\":\"ndxp\",\"maps\":{\"status\":\"1\"}}", "maps.status" },
	{ "{\"family\":\"ndxp\",\"maps\":{\"status\":{\"1\":[2]}}}", "maps.status" },
	{ "{\"family\":\"ndxp\",\"maps\":{\"status\":{\"1\":[]}}}", "maps.status" },
	{ "{\"family\":\"manual\"}", "manual.fields" },
	{ "{\"family\":\"manual\",\"manual\":{\"fields\":[{\"label\":\"Họ tên\"}]}}", "manual.fields" },
};

static void secrets_and_slips_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct error err = { 0 };
		json_t *data = json_loads(bad[i].profile, 0, NULL);
		assert_non_null(data);
		if (profile_check("x", data, true, &err) || !strstr(err.say, bad[i].say))
			fail_msg("%s: %s", bad[i].profile, err.say);
		/* What is secret is not told again. */
		assert_null(strstr(err.say, "Xa@123456"));
		json_decref(data);
	}
	static const char *const good[] = {
		"{\"family\":\"ndxp\",\"auth\":{\"mode\":\"client\",\"token\":[\"data.access_token\"],\"names\":{\"password\":\"matKhau\"},"
		"\"fields\":{\"secret\":\"{secret}\"},\"lgsp\":{\"SecretKey\":\"{secret:lgsp}\"}}}",
		"{\"family\":\"json\",\"phrases\":{\"auth\":[\"token\",\"unauthorized\"]},\"reply\":{\"code\":[\"token.code\"]}}",
	};
	for (size_t i = 0; i < COUNT(good); i++) {
		struct error err = { 0 };
		json_t *data = json_loads(good[i], 0, NULL);
		must(profile_check("x", data, true, &err), &err);
		json_decref(data);
	}
}

static void out_and_in_again_changes_nothing(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct import_report report;
	struct bytes first = { 0 }, second = { 0 };
	long versions = number("SELECT count(*) AS n FROM motcua.profile");
	assert_true(versions >= 13);
	must(export_profiles(store, &arena, &first, &err), &err);
	const char *path = put_file("_all.json", bytes_string(&first));
	must(import_files(store, &arena, &path, 1, false, &report, &err), &err);
	assert_string_equal(report.files[0].kind, "profiles");
	assert_int_equal(report.files[0].unchanged, versions);
	assert_int_equal(report.files[0].inserted + report.files[0].changed, 0);
	assert_int_equal(number("SELECT count(*) AS n FROM motcua.profile"), versions);
	must(export_profiles(store, &arena, &second, &err), &err);
	assert_string_equal(bytes_string(&first), bytes_string(&second));
	bytes_free(&first);
	bytes_free(&second);
}

static void one_system_is_a_version_of_its_own(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct import_report report;
	put_file("common.json", "{\"base_url\":\"https://chua.invalid\",\"account\":\"\",\"maps\":{}}");
	const char *path = put_file("cong.json", "{\"family\":\"ndxp\",\"max_inflight\":3}");
	/* Dry first: it tells, and keeps nothing. */
	must(import_files(store, &arena, &path, 1, true, &report, &err), &err);
	assert_int_equal(report.files[0].changed, 1);
	assert_int_equal(number("SELECT max(version) AS n FROM motcua.profile WHERE system = 'cong'"), 1);
	must(import_files(store, &arena, &path, 1, false, &report, &err), &err);
	assert_int_equal(report.files[0].rows, 1);
	assert_int_equal(number("SELECT max(version) AS n FROM motcua.profile WHERE system = 'cong'"), 2);
	assert_int_equal(number("SELECT (profile->>'max_inflight')::int AS n FROM motcua.system_state WHERE system = 'cong'"), 3);
	/* An upgrade of the program does not take it back. */
	must(import_shipped(store, &arena, MOTCUA_SOURCE, true, false, &report, &err), &err);
	assert_int_equal(number("SELECT max(version) AS n FROM motcua.profile WHERE system = 'cong'"), 2);
	/* One bad file, and none is taken. */
	put_file("cong.json", "{\"family\":\"ndxp\",\"max_inflight\":4}");
	put_file("tinh.json", "{\"family\":\"igate\",\"auth\":{\"fields\":{\"password\":\"abc12345\"}}}");
	const char *all = folder;
	assert_false(import_files(store, &arena, &all, 1, false, &report, &err));
	assert_non_null(strstr(err.say, "“tinh”"));
	assert_int_equal(number("SELECT max(version) AS n FROM motcua.profile WHERE system = 'cong'"), 2);
	const char *unknown = put_file("la.json", "{\"family\":\"ndxp\"}");
	assert_false(import_files(store, &arena, &unknown, 1, false, &report, &err));
	assert_non_null(strstr(err.say, "Danh mục không có hệ thống la."));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_files_pass),
		cmocka_unit_test(secrets_and_slips_are_refused),
		cmocka_unit_test(out_and_in_again_changes_nothing),
		cmocka_unit_test(one_system_is_a_version_of_its_own),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
