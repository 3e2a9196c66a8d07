/* SPDX-License-Identifier: Apache-2.0
 *
 * The same content takes room once in a unit: what two dossiers have in common, what
 * another unit has, what is only claimed, what was kept before. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

#define BODY "convert_to(string_agg(md5(n::text), '' ORDER BY n), 'UTF8')"
#define FIVE_MB "(SELECT " BODY " FROM generate_series(1, 163840) n)" /* of 32 bytes each */
#define MB5 5242880
#define ROOM "SELECT coalesce(sum(octet_length(data)), 0) FROM motcua.file_piece"

static PGconn *man, *lan, *courier;

static int hello(void **state)
{
	(void)state;
	man = as("man");
	lan = as("lan");
	courier = as("dua-tin");
	one(man, "SELECT session_id FROM desk.hello('Q1', 1)");
	one(lan, "SELECT session_id FROM desk.hello('Q1', 1)");
	return 0;
}

static int bye(void **state)
{
	(void)state;
	PQfinish(man);
	PQfinish(lan);
	PQfinish(courier);
	return 0;
}

/* All of the five megabytes, in pieces, to the end. */
static void upload(PGconn *who, char id[24])
{
	snprintf(id, 24, "%s", one(who, "SELECT desk.file_begin('quet.pdf', 'application/pdf', %d, sha256(" FIVE_MB "))", MB5));
	one(who, "SELECT count(desk.file_piece(%s, n, substring(b FROM n * 262144 + 1 FOR 262144))) FROM " FIVE_MB " x(b),"
		" generate_series(0, 19) n", id);
	one(who, "SELECT desk.file_end(%s)", id);
}

static const char *digest(PGconn *who, const char *read, const char *id)
{
	return one(who, "SELECT encode(sha256(string_agg(%s(%s, n), '' ORDER BY n)), 'hex') FROM generate_series(0, 20) n", read, id);
}

static void accept(const char *id, const char *citizen)
{
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req('{\"owner\":{\"kind\":\"person\",\"name\":\"Nguyễn Thị Hồng\","
		"\"id_number\":\"%s\",\"id_kind\":\"cccd\"},\"components\":[{\"name\":\"Tờ khai\",\"action\":\"submit\",\"state\":\"ok\","
		"\"required\":true,\"files\":[%s]}]}'))", citizen, id), "");
}

static void two_dossiers_keep_it_once(void **state)
{
	char first[24], second[24], hash[65];
	(void)state;
	long before = count(admin(), ROOM);
	upload(man, first);
	assert_int_equal(count(admin(), ROOM) - before, MB5);
	upload(man, second);
	assert_int_equal(count(admin(), ROOM) - before, MB5);
	snprintf(hash, sizeof hash, "%s", one(man, "SELECT encode(sha256(" FIVE_MB "), 'hex')"));
	assert_string_equal(digest(man, "desk.file_read", first), hash);
	assert_string_equal(digest(man, "desk.file_read", second), hash);
	/* Couriers read either, once it lies in a dossier, piece by piece as before. */
	accept(first, "001199000012");
	accept(second, "001199000099");
	assert_string_equal(digest(courier, "wire.file_piece", first), hash);
	assert_string_equal(digest(courier, "wire.file_piece", second), hash);
	assert_string_equal(one(courier, "SELECT wire.file_piece(%s, 20) IS NULL", second), "t");
	/* The end said twice changes nothing. */
	one(man, "SELECT desk.file_end(%s)", second);
	assert_string_equal(digest(man, "desk.file_read", second), hash);
	/* Whom others lean on stays, by itself and by its months. */
	assert_string_equal(state_of(admin(), "DELETE FROM motcua.file WHERE file_id = %s", first), "23503");
	assert_string_equal(state_of(admin(), "UPDATE motcua.monthly SET keep_months = 12 WHERE name = 'file_piece'"), "23514");
}

static void another_unit_has_its_own(void **state)
{
	char mine[24], theirs[24];
	(void)state;
	upload(man, mine);
	long before = count(admin(), ROOM);
	upload(lan, theirs);
	assert_int_equal(count(admin(), ROOM) - before, MB5);
	assert_string_equal(state_of(lan, "SELECT desk.file_read(%s, 0)", mine), "MC008");
	assert_string_equal(one(admin(), "SELECT holder_id IS NULL FROM motcua.file WHERE file_id = %s", theirs), "t");
}

static void whoever_only_names_a_hash_gets_nothing(void **state)
{
	char mine[24], claimed[24];
	(void)state;
	upload(man, mine);
	snprintf(claimed, sizeof claimed, "%s", one(man, "SELECT desk.file_begin('x.pdf', 'application/pdf', %d, sha256(" FIVE_MB "))", MB5));
	assert_string_equal(state_of(man, "SELECT desk.file_end(%s)", claimed), "MC005");
	one(man, "SELECT desk.file_piece(%s, 0, 'abc')", claimed);
	assert_string_equal(state_of(man, "SELECT desk.file_end(%s)", claimed), "MC005");
	assert_string_equal(state_of(man, "SELECT desk.file_read(%s, 0)", claimed), "MC008");
	assert_string_equal(state_of(man, "SELECT * FROM motcua.file_content"), "42501");
}

/* Rows from before: readable as they are, and never counted on. */
static void what_was_kept_before_stays(void **state)
{
	char old[24], fresh[24];
	(void)state;
	snprintf(old, sizeof old, "%s", one(admin(), "INSERT INTO motcua.file (unit_id, name, media_type, size, sha256, login, whole)"
		" SELECT unit_id, 'cu.pdf', 'application/pdf', 3, sha256('cu.'), 'man', true FROM motcua.clerk WHERE login = 'man' RETURNING file_id"));
	one(admin(), "INSERT INTO motcua.file_piece (unit_id, file_id, seq, at, data) SELECT unit_id, file_id, 0, begun_at, 'cu.'"
		" FROM motcua.file WHERE file_id = %s RETURNING 1", old);
	snprintf(fresh, sizeof fresh, "%s", one(man, "SELECT desk.file_begin('moi.pdf', 'application/pdf', 3, sha256('cu.'))"));
	one(man, "SELECT desk.file_piece(%s, 0, 'cu.')", fresh);
	one(man, "SELECT desk.file_end(%s)", fresh);
	assert_string_equal(one(man, "SELECT convert_from(desk.file_read(%s, 0), 'UTF8')", old), "cu.");
	assert_string_equal(one(man, "SELECT convert_from(desk.file_read(%s, 0), 'UTF8')", fresh), "cu.");
	/* A result of another system with the same bytes leans on it. */
	long before = count(admin(), ROOM);
	one(admin(), "SELECT set_config('search_path', 'motcua, pg_temp', false)");
	snprintf(old, sizeof old, "%s", one(admin(), "SELECT motcua.keep_file(unit_id, NULL, 'kq.pdf', 'application/pdf', 'cu.', 'tu-phap')"
		" FROM motcua.clerk WHERE login = 'man'"));
	one(admin(), "SELECT set_config('search_path', 'public', false)");
	assert_int_equal(count(admin(), ROOM), before);
	assert_string_equal(one(man, "SELECT convert_from(desk.file_read(%s, 0), 'UTF8')", old), "cu.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(two_dossiers_keep_it_once, hello, bye),
		cmocka_unit_test_setup_teardown(another_unit_has_its_own, hello, bye),
		cmocka_unit_test_setup_teardown(whoever_only_names_a_hash_gets_nothing, hello, bye),
		cmocka_unit_test_setup_teardown(what_was_kept_before_stays, hello, bye),
	};
	return cmocka_run_group_tests(tests, world_start, world_stop);
}
