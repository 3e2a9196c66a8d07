/* SPDX-License-Identifier: Apache-2.0
 *
 * Scripts of a small invented schema, applied for real. */
#include "tests/store/line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/store/migrate.h"

static char folder[] = "/tmp/mcmig.XXXXXX";
static struct seen seen;
static struct migrate_report report;
static struct error err;

static const char GROUND[] =
	"CREATE SCHEMA motcua; CREATE ROLE digger NOLOGIN; GRANT CREATE ON SCHEMA motcua TO digger;\n"
	"SET ROLE digger; CREATE TABLE motcua.hole (x int); RESET ROLE;\n"
	"CREATE TABLE motcua.migration (number int PRIMARY KEY, name text NOT NULL, "
	"at timestamptz NOT NULL DEFAULT now());\n"
	"CREATE FUNCTION motcua.two() RETURNS int LANGUAGE sql RETURN 2;\n"
	"DO $$ BEGIN PERFORM motcua.two(); END $$;\n";

static void script(const char *name, const char *text)
{
	char path[96];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	assert_true(path_write(path, text, strlen(text), 0600, &err));
}

static void drop_script(const char *name)
{
	char path[96];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	assert_int_equal(unlink(path), 0);
}

static bool run(void)
{
	return migrate(seen.store, folder, NULL, NULL, &report, &err);
}

static const char *one(const char *sql)
{
	static struct heard heard;
	ask_and_wait(&seen, &heard, sql, NULL);
	assert_int_equal(heard.err.fault, FAULT_NONE);
	return heard.text;
}

static void scripts_are_applied_once(void **state)
{
	(void)state;
	script("0001_ground.sql", GROUND);
	script("0002_more.sql", "CREATE TABLE motcua.more (y text); INSERT INTO motcua.more VALUES ('một');");
	script("readme.txt", "not ours");
	if (!run())
		print_error("%s | %s\n", err.say, err.log);
	assert_int_equal(report.applied, 2);
	assert_int_equal(report.before, 0);
	assert_int_equal(report.after, 2);
	assert_true(run());
	assert_int_equal(report.applied, 0);
	assert_int_equal(report.before, 2);
	assert_string_equal(one("select count(*)::text as x from motcua.more"), "1");
	assert_string_equal(one("select tableowner as x from pg_tables where tablename = 'hole'"),
	                    "digger");
	assert_string_equal(one("select current_user || current_setting('role') as x"),
	                    "motcua_adminnone");
	assert_string_equal(one("select count(distinct length(sha256))::text as x "
	                        "from motcua.migration where length(sha256) = 32"), "1");
}

static void a_broken_script_leaves_nothing(void **state)
{
	(void)state;
	script("0003_broken.sql", "CREATE TABLE motcua.half (z int); SELECT nonsense;");
	assert_false(run());
	assert_non_null(strstr(err.say, "0003_broken.sql"));
	assert_non_null(strstr(err.log, "nonsense"));
	assert_string_equal(one("select count(*)::text as x from pg_tables where tablename = 'half'"),
	                    "0");
	script("0003_broken.sql", "CREATE TABLE motcua.half (z int);");
	assert_true(run());
	assert_int_equal(report.applied, 1);
	assert_int_equal(report.before, 2);
	assert_int_equal(report.after, 3);
}

static void a_changed_script_is_noticed(void **state)
{
	(void)state;
	script("0002_more.sql", "CREATE TABLE motcua.more (y text);");
	assert_false(run());
	assert_string_equal(err.code, "MC007");
	assert_non_null(strstr(err.say, "0002_more.sql"));
	script("0002_more.sql", "CREATE TABLE motcua.more (y text); INSERT INTO motcua.more VALUES ('một');");
	assert_true(run());
}

static void a_newer_database_is_refused(void **state)
{
	(void)state;
	drop_script("0003_broken.sql");
	assert_false(run());
	assert_string_equal(err.code, "MC007");
	assert_int_equal(err.fault, FAULT_CONFLICT);
}

static int start(void **state)
{
	if (!mkdtemp(folder) || start_server(state) != 0)
		return -1;
	open_line(&seen, pg.conninfo, (struct store_settings){ 0 });
	return store_wait(seen.store, 0, &err) ? 0 : -1;
}

static int stop(void **state)
{
	char command[64];
	close_line(&seen);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return stop_server(state) + system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts_are_applied_once),
		cmocka_unit_test(a_broken_script_leaves_nothing),
		cmocka_unit_test(a_changed_script_is_noticed),
		cmocka_unit_test(a_newer_database_is_refused),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
