/* SPDX-License-Identifier: Apache-2.0
 *
 * The shipped files into a real PostgreSQL, again without a change, out again
 * byte for byte, and bad files that leave no trace. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/store/import.h"
#include "tests/check.h"
#include "tests/support/pg.h"

static struct test_pg pg;
static struct loop loop;
static struct store *store;
static struct arena arena;
static char folder[] = "/tmp/motcua-data-XXXXXX";

static int open_all(void **state)
{
	(void)state;
	struct error err = { 0 };
	if (!test_pg_start_filled(&pg, "schema", test_pg_schema) || !mkdtemp(folder))
		return -1;
	loop_init(&loop);
	struct store_settings set = { .server = pg.conninfo, .statement_ms = 60000, .ask_ms = 60000 };
	store = store_open(&loop, &set, &err);
	if (store && store_wait(store, 0, &err))
		return 0;
	print_error("%s\n", err.log);
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

static void must(bool ok, const struct error *err)
{
	if (!ok)
		print_error("%s\n%s\n", err->say, err->log);
	assert_true(ok);
}

static long rows_of(const char *sql)
{
	struct reply reply;
	struct error err = { 0 };
	must(store_ask_wait(store, &arena, sql, NULL, 0, true, &reply, &err), &err);
	return (long)reply_number(&reply, 0, "n", -1);
}

static void shipped(bool dry, bool first)
{
	struct import_report report;
	struct error err = { 0 };
	must(import_shipped(store, &arena, MOTCUA_SOURCE, true, dry, &report, &err), &err);
	assert_int_equal(report.count, 19); /* the profiles last */
	for (size_t i = 0; i < report.count; i++) {
		const struct import_count *c = &report.files[i];
		bool right = c->rows > 0 && c->inserted == (first ? c->rows : 0) &&
		             c->unchanged == (first ? 0 : c->rows) && c->changed == 0 &&
		             c->closed == 0;
		if (!right)
			print_error("%s: %d rows, %d %d %d %d\n", c->file, c->rows, c->inserted,
			            c->changed, c->closed, c->unchanged);
		assert_true(right);
	}
}

static void dry_keeps_nothing(void **state)
{
	(void)state;
	const char *path = MOTCUA_SOURCE "/core/data/communes.tsv";
	struct import_report report;
	struct error err = { 0 };
	must(import_files(store, &arena, &path, 1, true, &report, &err), &err);
	assert_int_equal(report.files[0].inserted, 3321);
	assert_int_equal(rows_of("SELECT count(*) AS n FROM motcua.communes"), 0);
}

static void loads_and_loads_again(void **state)
{
	(void)state;
	shipped(false, true);
	assert_int_equal(rows_of("SELECT count(*) AS n FROM motcua.components WHERE ended IS NULL"), 3477);
	assert_int_equal(rows_of("SELECT count(*) AS n FROM motcua.procedures WHERE offered"), 345);
	long version = rows_of("SELECT version AS n FROM motcua.catalogue_version");
	shipped(false, false);
	assert_int_equal(rows_of("SELECT version AS n FROM motcua.catalogue_version"), version);
}

static void comes_out_as_it_went_in(void **state)
{
	(void)state;
	struct error err = { 0 };
	must(export_files(store, &arena, folder, NULL, &err), &err);
	for (const struct table_kind *kind = table_kinds; kind->name; kind++) {
		if (!strcmp(kind->name, "units") || !strcmp(kind->name, "clerks") ||
		    !strcmp(kind->name, "counters"))
			continue;
		char *was, *is;
		size_t was_size, is_size;
		must(path_read(&arena, arena_format(&arena, "%s/core/data/%s", MOTCUA_SOURCE, kind->file),
		               &was, &was_size, &err), &err);
		must(path_read(&arena, arena_format(&arena, "%s/%s.tsv", folder, kind->name), &is,
		               &is_size, &err), &err);
		size_t at = 0;
		while (was[at] && was[at] == is[at])
			at++;
		if (was_size != is_size || memcmp(was, is, is_size))
			print_error("%s differs at byte %zu: \"%.60s\" / \"%.60s\"\n", kind->name, at,
			            was + at, is + at);
		assert_int_equal(was_size, is_size);
		assert_memory_equal(was, is, is_size);
	}
	struct bytes none = { 0 };
	assert_false(export_table(store, &arena, "clerks", &none, &err));
	assert_false(export_table(store, &arena, "nothing", &none, &err));
	assert_null(none.data);
}

static const char *write_codes(const char *body)
{
	const char *path = arena_format(&arena, "%s/card_codes.tsv", folder);
	const char *text = arena_format(&arena, "code\tname\tprovince_code\tnote\n%s", body);
	struct error err = { 0 };
	must(path_write(path, text, strlen(text), 0600, &err), &err);
	return path;
}

static void says_what_changed(void **state)
{
	(void)state;
	const char *path = write_codes("001\tHà Nội\t01\tđã sửa\n002\tHà Giang\t08\t\n999\tThử\t01\t\n");
	struct import_report report;
	struct error err = { 0 };
	must(import_files(store, &arena, &path, 1, false, &report, &err), &err);
	assert_int_equal(report.files[0].inserted, 1);
	assert_int_equal(report.files[0].changed, 1);
	assert_int_equal(report.files[0].unchanged, 1);
	assert_int_equal(report.files[0].closed, 61);
	/* Closed is not deleted: what a dossier was received under stays. */
	assert_true(rows_of("SELECT count(*) AS n FROM motcua.card_codes") > 63);
}

static void bad_files_leave_no_trace(void **state)
{
	(void)state;
	struct import_report report;
	struct error err = { 0 };
	long before = rows_of("SELECT count(*) AS n FROM motcua.card_codes WHERE ended IS NULL");
	const char *paths[] = { MOTCUA_SOURCE "/core/data/provinces.tsv",
		                write_codes("001\tHà Nội\t01\t\n0x2\tHà Giang\t08\t\n") };
	assert_false(import_files(store, &arena, paths, 2, false, &report, &err));
	assert_int_equal(report.count, 0);
	assert_int_equal(report.problems.items[0].line, 3);
	/* A province that is not there is seen because both files are given. */
	paths[1] = write_codes("001\tHà Nội\t03\t\n");
	assert_false(import_files(store, &arena, paths, 2, false, &report, &err));
	assert_non_null(strstr(err.say, "card_codes.tsv:2: cột province_code"));
	paths[1] = write_codes("");
	assert_false(import_files(store, &arena, paths + 1, 1, false, &report, &err));
	const char *twice[] = { paths[0], paths[0] };
	assert_false(import_files(store, &arena, twice, 2, false, &report, &err));
	const char *unknown = "/tmp/khong-co.tsv";
	assert_false(import_files(store, &arena, &unknown, 1, false, &report, &err));
	assert_non_null(strstr(err.say, "khong-co"));
	assert_int_equal(rows_of("SELECT count(*) AS n FROM motcua.card_codes WHERE ended IS NULL"), before);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(dry_keeps_nothing), cmocka_unit_test(loads_and_loads_again),
		cmocka_unit_test(comes_out_as_it_went_in), cmocka_unit_test(says_what_changed),
		cmocka_unit_test(bad_files_leave_no_trace),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
