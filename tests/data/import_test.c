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
	assert_int_equal(report.count, 21); /* the profiles last */
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
		    !strcmp(kind->name, "counters") || kind->own)
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

static void run(const char *sql)
{
	struct reply reply;
	struct error err = { 0 };
	must(store_ask_wait(store, &arena, sql, NULL, 0, false, &reply, &err), &err);
}

/* The file of the units' own rules as it stands now. */
static const char *own_rules(void)
{
	struct bytes text = { 0 };
	struct error err = { 0 };
	must(export_table(store, &arena, "unit_routes", &text, &err), &err);
	const char *copy = arena_string(&arena, bytes_string(&text));
	bytes_free(&text);
	return copy;
}

static struct import_count own_rules_in(const char *text)
{
	const char *path = arena_format(&arena, "%s/unit_routes.tsv", folder);
	struct import_report report;
	struct error err = { 0 };
	must(path_write(path, text, strlen(text), 0600, &err), &err);
	must(import_files(store, &arena, &path, 1, false, &report, &err), &err);
	return report.files[0];
}

#define RULE(system, from, to) \
	"SELECT desk.route_save('{\"procedure\":\"1.004873\",\"system\":\"" system "\",\"told\":[\"cong\",\"emc\"]," \
	"\"from\":\"" from "\",\"to\":\"" to "\",\"note\":\"dòng \\\\ một\\nhai\",\"notice\":{\"number\":\"CV 77/UBND\",\"day\":\"2026-01-05\"," \
	"\"by\":\"UBND xã\"},\"trial\":{\"from\":\"2026-01-01\",\"to\":\"2026-01-02\",\"dossiers\":3,\"moved\":1}}')"

/* A unit's own rules leave and come back with their numbers, notices, trials and authors. */
static void own_rules_come_back(void **state)
{
	(void)state;
	run("SET SESSION AUTHORIZATION hue");
	run(RULE("tinh", "2026-01-05", ""));
	run(RULE("tu-phap", "2026-02-05", "2026-08-01"));
	run("RESET SESSION AUTHORIZATION");
	const char *before = own_rules();
	assert_non_null(strstr(before, "1000001"));
	assert_non_null(strstr(before, "CV 77/UBND ngày 05/01/2026"));
	assert_int_equal(own_rules_in(before).unchanged, 2);
	/* Another database: neither the rules nor their numbers are known there. */
	run("SET session_replication_role = replica");
	run("DELETE FROM motcua.route_entry");
	run("DELETE FROM motcua.routes WHERE unit_id IS NOT NULL");
	run("RESET session_replication_role");
	run("SELECT setval('motcua.route_number', 1000001, false)");
	struct import_count in = own_rules_in(before);
	assert_int_equal(in.inserted, 2);
	assert_string_equal(own_rules(), before);
	assert_int_equal(rows_of("SELECT count(*) AS n FROM motcua.route_entry WHERE login = 'hue' AND trial->>'moved' = '1'"), 2);
	/* The next rule gets a number of its own; an old file undoes nothing. */
	run("SET SESSION AUTHORIZATION hue");
	run(RULE("tinh", "2026-03-05", ""));
	run("SELECT desk.route_end(1000001, (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, '{\"number\":\"CV 78\",\"day\":\"2026-01-06\"}',"
	    " 'thay quy tắc', '{\"from\":\"2026-01-01\",\"to\":\"2026-01-02\",\"dossiers\":0,\"moved\":0}')");
	run("RESET SESSION AUTHORIZATION");
	const char *ended = own_rules();
	assert_non_null(strstr(ended, "1000003"));
	assert_int_equal(own_rules_in(before).unchanged, 2);
	assert_string_equal(own_rules(), ended);
	/* The end travels, too. */
	run("SET session_replication_role = replica");
	run("DELETE FROM motcua.route_entry");
	run("DELETE FROM motcua.routes WHERE unit_id IS NOT NULL");
	run("RESET session_replication_role");
	own_rules_in(before);
	in = own_rules_in(ended);
	assert_int_equal(in.inserted, 1);
	assert_int_equal(in.changed, 1);
	assert_string_equal(own_rules(), ended);
}

static void own_rules_are_never_rewritten(void **state)
{
	(void)state;
	struct import_report report;
	struct error err = { 0 };
	char *text = arena_string(&arena, own_rules()), *at = strstr(text, "UBND xã");
	const char *path = arena_format(&arena, "%s/unit_routes.tsv", folder), *was = own_rules();
	memcpy(at, "UBND  xa", 8);
	must(path_write(path, text, strlen(text), 0600, &err), &err);
	assert_false(import_files(store, &arena, &path, 1, false, &report, &err));
	assert_non_null(strstr(err.say, "đã có ở đây với nội dung khác"));
	text = arena_string(&arena, was);
	at = strstr(text, "30538\t1000001");
	memcpy(at, "30539", 5);
	must(path_write(path, text, strlen(text), 0600, &err), &err);
	assert_false(import_files(store, &arena, &path, 1, false, &report, &err));
	text = arena_string(&arena, was);
	at = strstr(text, "[{");
	at[1] = '[';
	must(path_write(path, text, strlen(text), 0600, &err), &err);
	assert_false(import_files(store, &arena, &path, 1, false, &report, &err));
	assert_string_equal(own_rules(), was);
	/* A heading alone closes nothing. */
	*(strchr(text, '\n') + 1) = '\0';
	assert_int_equal(own_rules_in(text).closed, 0);
	assert_string_equal(own_rules(), was);
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
		cmocka_unit_test(comes_out_as_it_went_in), cmocka_unit_test(own_rules_come_back),
		cmocka_unit_test(own_rules_are_never_rewritten), cmocka_unit_test(says_what_changed),
		cmocka_unit_test(bad_files_leave_no_trace),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
