/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy came back: what was numbered in the days that are lost is numbered by nobody again. */
#include "tests/schema/report_own.h"

#define ENTRY "'{\"subject\":\"Bằng tốt nghiệp của ông Hai\",\"copies\":\"1\",\"signer\":\"Lê Văn Ký, Chủ tịch\"}'"

static long next_number(const char *form)
{
	one(admin(), "SET search_path = motcua, pg_temp");
	long seq = count(admin(), "SELECT seq FROM motcua.paper_number(1, '%s', now())", form);
	one(admin(), "RESET search_path");
	return seq;
}

void papers_go_on_beyond_what_was_lost(void **state)
{
	(void)state;
	long fee = next_number("fee");
	one(admin(), "DELETE FROM motcua.paper_sequence WHERE form = '02'");
	one(admin(), "SELECT motcua.restored(now() - interval '1 day')");
	long after = next_number("fee");
	assert_int_equal(after % 1000, 1);
	assert_true(after > fee + 1000);
	/* One of a kind whose first was given in those days; and of a year that the copy does not know. */
	assert_int_equal(next_number("02"), 1001);
	one(admin(), "SELECT motcua.restored(now() - interval '370 days')");
	assert_true(count(admin(), "SELECT count(DISTINCT year) FROM motcua.paper_sequence WHERE unit_id = 1 AND form = '03' AND last >= 185000") >= 2);
}

void a_book_waits_for_its_last_number(void **state)
{
	(void)state;
	char id[24], year[8], known[16], number[80];
	snprintf(id, sizeof id, "%s", one(admin(), "SELECT dossier_id FROM motcua.dossier WHERE code = 'R-1'"));
	snprintf(year, sizeof year, "%s", one(admin(), "SELECT extract(year FROM now() AT TIME ZONE 'Asia/Ho_Chi_Minh')"));
	snprintf(known, sizeof known, "%s", one(admin(), "SELECT last FROM motcua.certify_year WHERE unit_id = 1 AND book = 'BS' AND year = %s", year));
	assert_string_equal(state_of(man, "SELECT desk.certify(%s, gen_random_uuid(), " ENTRY ")", id), "MC006");
	assert_string_equal(state_of(hue, "SELECT desk.certify_volume('BS')"), "MC006");
	assert_string_equal(state_of(hue, "SELECT desk.certify_year_close('BS', %s - 1)", year), "MC006");
	assert_string_equal(one(man, "SELECT DISTINCT doubt_year || ' ' || doubt_known FROM desk.certify_volumes() WHERE book = 'BS'"), one(admin(), "SELECT '%s %s'", year, known));
	assert_string_equal(state_of(man, "SELECT desk.certify_confirm('BS', %s, %s + 5)", year, known), "MC004");
	assert_string_equal(state_of(hue, "SELECT desk.certify_confirm('BS', %s, %s - 1)", year, known), "MC005");
	assert_string_equal(state_of(hue, "SELECT desk.certify_confirm('BS', %s, 999999)", year), "MC005");
	one(hue, "SELECT desk.certify_confirm('BS', %s, %s + 5)", year, known);
	assert_string_equal(state_of(hue, "SELECT desk.certify_confirm('BS', %s, %s + 9)", year, known), "MC006");
	snprintf(number, sizeof number, "%s", one(man, "SELECT desk.certify(%s, gen_random_uuid(), " ENTRY ")", id));
	assert_int_equal(atoi(number), atoi(known) + 6);
	/* The book says which numbers are on paper alone; the others wait for theirs. */
	assert_string_equal(one(man, "SELECT number FROM desk.report_certified('%s', '%s', false, 'SCT/BS', false, '') WHERE key = ''", ago(0), ago(0)),
		one(admin(), "SELECT 'từ ' || lpad((%s + 1)::text, 2, '0') || ' đến ' || lpad((%s + 5)::text, 2, '0') || ' quyển số 02/%s - SCT/BS'", known, known, year));
	assert_string_equal(state_of(man, "SELECT desk.certify((SELECT key::bigint FROM desk.report_book07('%s', '%s', false, '', false, '') WHERE code = 'R-3'), gen_random_uuid(), " ENTRY ")",
		ago(125), ago(0)), "MC006");
	/* A year begun in the lost days: its first volume is opened with them. */
	one(hue, "SELECT desk.certify_confirm('CKND', %s, 3)", year);
	assert_string_equal(one(man, "SELECT first || ' ' || last FROM desk.certify_volumes() WHERE book = 'CKND'"), "1 3");
	assert_string_equal(state_of(admin(), "UPDATE motcua.certify_doubt SET last = 99 WHERE last IS NOT NULL"), "MC004");
	assert_int_equal(count(lan, "SELECT count(*) FROM desk.certify_volumes() WHERE doubt_known > 0"), 0);
	/* Free text is with persons only. */
	assert_int_equal(count(man, "SELECT count(*) FROM desk.report_certified('%s', '%s', false, '', false, '') WHERE subject IS NOT NULL OR note LIKE 'Huỷ: %%'", ago(0), ago(0)), 0);
	assert_true(count(hue, "SELECT count(*) FROM desk.report_certified('%s', '%s', false, '', true, 'Kiểm tra sổ') WHERE subject LIKE '%%ông Hai' OR note = 'Huỷ: Ghi nhầm'", ago(0), ago(0)) == 2);
}
