/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding dossiers and people the way clerks type, loading the catalogue, and
 * what keeps the growing tables in months. */
#include "core/base/text.h" /* before cmocka: both know a fail() */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tests/support/world.h"

static const char *NAMES[] = {
	"Nguyễn Thị Hồng", "Trần Văn Hồng", "Nguyễn Văn Hông", "Đỗ Ân", "Lê Hoàng Đăng Ân", "Nguyễn Hồng Thị Ánh", "Bùi Ẩn",
};

static int people(void **state)
{
	if (world_start(state) != 0)
		return -1;
	PGconn *man = as("man");
	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
		one(man, "SELECT * FROM desk.accept_dossier(test.req('{\"owner\":{\"kind\":\"person\",\"name\":\"%s\","
			"\"id_kind\":\"cccd\",\"id_number\":\"08909900010%zu\",\"phone\":\"+84 912 000 10%zu\"}}'))", NAMES[i], i, i);
	PQfinish(man);
	return 0;
}

#define FIND "SELECT coalesce(string_agg(owner_name, '|'), '') FROM desk.find('%s', '%s', 50)"

static void names_without_marks_in_vietnamese_order(void **state)
{
	PGconn *man = as("man");

	(void)state;
	assert_string_equal(one(man, FIND, "nguyen thi hong", ""), "Nguyễn Thị Hồng|Nguyễn Hồng Thị Ánh");
	assert_string_equal(one(man, FIND, "Nguyễn Thị Hồng", ""), "Nguyễn Thị Hồng|Nguyễn Hồng Thị Ánh");
	/* As typed or by given name first, in Vietnamese order (hông before hồng, Nguyễn before Trần);
	 * then those who have the words elsewhere. */
	assert_string_equal(one(man, FIND, "hong", ""),
		"Nguyễn Văn Hông|Nguyễn Thị Hồng|Trần Văn Hồng|Nguyễn Hồng Thị Ánh");
	assert_string_equal(one(man, FIND, "thi hong", ""), "Nguyễn Hồng Thị Ánh|Nguyễn Thị Hồng");
	assert_string_equal(one(man, FIND, "an", "name"), "Nguyễn Hồng Thị Ánh|Đỗ Ân|Lê Hoàng Đăng Ân|Bùi Ẩn");
	assert_string_equal(one(man, FIND, "dang", ""), "Lê Hoàng Đăng Ân");
	assert_string_equal(one(man, FIND, "khong ai ca", ""), "");
	assert_string_equal(one(man, FIND, "%%", "name"), "");
	assert_string_equal(one(man, FIND, "''); DROP TABLE motcua.unit; --", "name"), "");
	PQfinish(man);
}

static void numbers_codes_and_phones(void **state)
{
	PGconn *man = as("man");

	(void)state;
	assert_string_equal(one(man, "SELECT owner_id_masked FROM desk.find('089099000100', '', 5)"), "0890••••••00");
	assert_string_equal(one(man, FIND, "089099000103", ""), "Đỗ Ân");
	assert_string_equal(one(man, FIND, "0912000101", ""), "Trần Văn Hồng"); /* typed as +84 912… */
	assert_string_equal(one(man, FIND, "+84912000101", ""), "Trần Văn Hồng");
	assert_int_equal(count(man, "SELECT count(*) FROM desk.find('H01.999-', '', 50)"), 7);
	assert_string_equal(one(man, "SELECT owner_name FROM desk.find('h01.999-' || to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYMMDD')"
		" || '-0002', '', 5)"), "Trần Văn Hồng");
	PQfinish(man);
}

static void masked_until_revealed_and_written_down(void **state)
{
	PGconn *man = as("man");
	char id[32];

	(void)state;
	snprintf(id, sizeof id, "%s", one(man, "SELECT dossier_id FROM desk.find('do an', '', 5)"));
	assert_string_equal(one(man, "SELECT id_masked FROM desk.dossier_people(%s)", id), "0890••••••03");
	long before = count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'reveal' AND dossier_id = %s", id);
	assert_string_equal(one(man, "SELECT desk.reveal(%s, 'owner_id')", id), "089099000103");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE act = 'reveal' AND dossier_id = %s", id), before + 1);
	assert_string_equal(one(man, "SELECT name || id_number FROM desk.person('089099000103')"), "Đỗ Ân089099000103");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.audit WHERE what::text LIKE '%%089099000103%%'"), 0);
	PQfinish(man);
}

/* The fold of the database and of the program are one. */
static void folding_is_the_same_everywhere(void **state)
{
	static const char *words[] = { "NGUYỄN THỊ THUỲ  DƯƠNG", "Đắk  Lắk", "ẤP Ô Mĩ", "Müller Ñandú", "H'Hen Niê", "  hai  đầu ", "" };
	char folded[200];

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		text_fold(words[i], folded, sizeof folded);
		char *quoted = PQescapeLiteral(admin(), words[i], strlen(words[i]));
		assert_string_equal(one(admin(), "SELECT motcua.fold(%s)", quoted), folded);
		PQfreemem(quoted);
	}
}

static void files_are_checked(void **state)
{
	PGconn *man = as("man");
	char id[32];

	(void)state;
	snprintf(id, sizeof id, "%s", one(man, "SELECT desk.file_begin('to-khai.pdf', 'application/pdf', 6, sha256('abcdef'))"));
	one(man, "SELECT desk.file_piece(%s, 1, 'def')", id);
	assert_string_equal(state_of(man, "SELECT desk.file_end(%s)", id), "MC005");
	one(man, "SELECT desk.file_piece(%s, 0, 'abc')", id);
	one(man, "SELECT desk.file_piece(%s, 0, 'abc')", id);
	assert_string_equal(state_of(man, "SELECT desk.file_piece(%s, 2, 'x')", id), "MC005");
	one(man, "SELECT desk.file_end(%s)", id);
	assert_string_equal(one(man, "SELECT convert_from(desk.file_read(%s, 1), 'UTF8')", id), "def");
	assert_string_equal(state_of(man, "SELECT desk.file_begin('x', 'y', 52428801, sha256('x'))"), "MC005");
	char papers[200];
	snprintf(papers, sizeof papers, "\"components\":[{\"name\":\"Tờ khai\",\"action\":\"submit\",\"state\":\"ok\","
		"\"required\":true,\"files\":[%s]}]", id);
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req('{%s}'))", papers), "");
	/* It lies in somebody's dossier: no other owner's may name it. */
	assert_string_equal(state_of(man, "SELECT desk.accept_dossier(test.req('{\"owner\":{\"kind\":\"person\","
		"\"name\":\"Trần Văn Khác\",\"id_number\":\"001199000099\",\"id_kind\":\"cccd\"},%s}'))", papers), "MC005");
	PQfinish(man);
}

#define LOAD "SELECT inserted || ' ' || changed || ' ' || closed || ' ' || unchanged FROM motcua.load('holidays', 'nghi', '%s', %s)"

static void loading_is_all_or_nothing_and_repeatable(void **state)
{
	const char *two = "[{\"day\":\"2026-09-02\",\"kind\":\"statutory\",\"status\":\"official\",\"name\":\"Quốc khánh\"},"
		"{\"day\":\"2026-11-24\",\"kind\":\"statutory\",\"status\":\"official\",\"name\":\"Ngày Văn hóa\"}]";
	const char *changed = "[{\"day\":\"2026-11-24\",\"kind\":\"statutory\",\"status\":\"official\",\"name\":\"Ngày Văn hóa Việt Nam\"}]";
	const char *bad = "[{\"day\":\"2026-01-01\",\"kind\":\"statutory\",\"status\":\"official\",\"name\":\"Tết\"},"
		"{\"day\":\"2026-02-30\",\"kind\":\"statutory\",\"status\":\"official\",\"name\":\"?\"}]";
	const char *twice = "[{\"day\":\"2026-01-01\",\"kind\":\"closed\",\"status\":\"official\"},"
		"{\"day\":\"2026-01-01\",\"kind\":\"closed\",\"status\":\"rule\"}]";
	long version;

	(void)state;
	assert_string_equal(one(admin(), LOAD, two, "true"), "2 0 0 0");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.holidays"), 0);
	assert_string_equal(one(admin(), LOAD, two, "false"), "2 0 0 0");
	version = count(admin(), "SELECT motcua.catalogue_now(0)");
	assert_string_equal(one(admin(), LOAD, two, "false"), "0 0 0 2");
	assert_int_equal(count(admin(), "SELECT motcua.catalogue_now(0)"), version);
	assert_string_equal(state_of(admin(), LOAD, bad, "false"), "MC005");
	assert_string_equal(last_hint(), "2");
	assert_string_equal(state_of(admin(), LOAD, twice, "false"), "MC005");
	assert_string_equal(last_hint(), "2");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.holidays WHERE ended IS NULL"), 2);
	assert_string_equal(one(admin(), LOAD, changed, "false"), "0 1 1 0");
	assert_int_equal(count(admin(), "SELECT motcua.catalogue_now(0)"), version + 1);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.holidays"), 3); /* the old rows stay readable */
	PGconn *man = as("man");
	assert_string_equal(one(man, "SELECT string_agg(name, '|') FROM desk.calendar()"), "Ngày Văn hóa Việt Nam");
	PQfinish(man);
}

static void months_are_made_and_nothing_falls_out(void **state)
{
	(void)state;
	/* Rows of a month without a partition wait in the default one and move when it is made. */
	one(admin(), "INSERT INTO motcua.attempt(unit_id, message_id, at, dossier_id, system, courier, fence, phase)"
		" VALUES (1, 1, now() + interval '5 months', 1, 'x', 'c', 1, 'begin')");
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.attempt_rest"), 1);
	assert_int_equal(count(admin(), "SELECT motcua.make_months(6)"), 20);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.attempt_rest"), 0);
	assert_int_equal(count(admin(), "SELECT count(*) FROM motcua.attempt WHERE system = 'x'"), 1);
	assert_int_equal(count(admin(), "SELECT motcua.make_months(6)"), 0);
	assert_string_equal(one(admin(), "SELECT string_agg(relname, ' ') FROM pg_class WHERE relispartition AND relkind = 'r'"
		" AND NOT (relrowsecurity AND relforcerowsecurity)"), "");
	/* Only the attempts' journal is ever cut off. */
	one(admin(), "CREATE TABLE motcua.attempt_202001 PARTITION OF motcua.attempt FOR VALUES FROM ('2020-01-01') TO ('2020-02-01')");
	one(admin(), "ALTER TABLE motcua.attempt_202001 OWNER TO motcua_owner");
	assert_int_equal(count(admin(), "SELECT motcua.drop_months()"), 1);
}

#define LOOKS "SELECT count(*) FROM motcua.audit WHERE act = 'list' AND login = 'man'"

/* Read again and again it is one look; another list, another key, another session is another one. */
static void a_list_of_persons_is_a_look(void **state)
{
	PGconn *man = as("man"), *other = as("man");
	long before = count(admin(), LOOKS);
	char seq[24];

	(void)state;
	assert_true(count(man, "SELECT count(*) FROM desk.day_list('received_today', 50)") > 0);
	assert_int_equal(count(admin(), LOOKS), before + 1);
	snprintf(seq, sizeof seq, "%s", one(admin(), "SELECT max(last_seq) FROM motcua.session WHERE session_id = (SELECT max(session_id)"
		" FROM motcua.audit WHERE act = 'list' AND login = 'man')"));
	for (int i = 0; i < 20; i++)
		one(man, "SELECT count(*) FROM desk.day_list('received_today', 50)");
	assert_int_equal(count(admin(), LOOKS), before + 1);
	assert_string_equal(one(admin(), "SELECT max(last_seq) FROM motcua.session WHERE session_id = (SELECT max(session_id)"
		" FROM motcua.audit WHERE act = 'list' AND login = 'man')"), seq);
	one(man, "SELECT count(*) FROM desk.day_list('mine_today', 50)");
	one(man, "SELECT count(*) FROM desk.held_by('man', 50)");
	one(man, "SELECT count(*) FROM desk.held_by('khoa', 50)");
	assert_int_equal(count(admin(), LOOKS), before + 4);
	assert_string_equal(one(admin(), "SELECT string_agg((what->>'list') || ' ' || (what->>'key'), ', ' ORDER BY seq DESC) FROM (SELECT * FROM motcua.audit"
		" WHERE act = 'list' AND login = 'man' ORDER BY session_id DESC, seq DESC LIMIT 2) a"), "held_by khoa, held_by man");
	one(other, "SELECT count(*) FROM desk.day_list('received_today', 50)");
	assert_int_equal(count(admin(), LOOKS), before + 5);
	/* What passes the rows on cannot be gone round. */
	assert_string_equal(state_of(man, "SELECT * FROM motcua.day_list('received_today', 50)"), "42501");
	/* No list that shows persons is without. */
	assert_string_equal(one(admin(), "SELECT string_agg(p.proname, ' ' ORDER BY p.proname) FROM pg_proc p WHERE p.pronamespace = 'desk'::regnamespace"
		" AND p.proretset AND (pg_get_function_result(p.oid) ~ '\\m(owner_name|person|phone|address) text' OR p.prorettype IN ('motcua.found'::regtype,"
		" 'motcua.wire_message'::regtype)) AND p.prosrc !~ 'look|audit|report_gate|dossier_mine' AND p.proname <> 'officers'"), ""); /* officers: of the unit */
	PQfinish(man);
	PQfinish(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_without_marks_in_vietnamese_order),
		cmocka_unit_test(numbers_codes_and_phones),
		cmocka_unit_test(masked_until_revealed_and_written_down),
		cmocka_unit_test(folding_is_the_same_everywhere),
		cmocka_unit_test(files_are_checked),
		cmocka_unit_test(loading_is_all_or_nothing_and_repeatable),
		cmocka_unit_test(a_list_of_persons_is_a_look),
		cmocka_unit_test(months_are_made_and_nothing_falls_out),
	};
	return cmocka_run_group_tests(tests, people, world_stop);
}
