/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>

#include "core/dossier/names.h"
#include "core/dossier/person.h"

static void what_a_citizen_number_says(void **state)
{
	static const struct {
		const char *number;
		bool says;
		int year;
		const char *sex;
	} rows[] = {
		{ "037153000257", true, 1953, "nữ" }, { "011096990040", true, 1996, "nam" },
		{ "092202990001", true, 2002, "nam" }, { "092325990001", true, 2025, "nữ" },
		{ "092405990001", true, 2105, "nam" }, { "01109699004", false, 0, NULL },
		{ "0110969900401", false, 0, NULL },   { "O11096990040", false, 0, NULL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int year = 0;
		const char *sex = NULL;
		assert_int_equal(citizen_number_says(rows[i].number, &year, &sex), rows[i].says);
		if (!rows[i].says)
			continue;
		assert_int_equal(year, rows[i].year);
		assert_string_equal(sex, rows[i].sex);
	}
}

static void mismatches_are_doubts(void **state)
{
	static const struct {
		const char *number;
		int year;
		const char *sex;
		size_t doubts;
	} rows[] = {
		{ "", 1996, "nam", 0 },
		{ "011096990040", 1996, "nam", 0 },
		{ "011096990040", 0, "", 0 },
		{ "011096990040", 1997, "nam", 1 },
		{ "011096990040", 1997, "nữ", 2 },
		{ "199096990040", 1996, "nam", 1 },
		{ "199096990040", 1997, "nữ", 3 },
		{ "12345", 1996, "nam", 1 },
	};
	struct catalogue c;
	(void)state;
	catalogue_start(&c);
	table_add(&c, CATALOGUE_PLACES, "kind", "card_code", "code", "011", "name", "Điện Biên",
	          NULL);
	catalogue_finish(&c);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct lines lines = { 0 };
		day_t birth = rows[i].year ? day_of(rows[i].year, 2, 12) : DAY_NONE;
		size_t n = citizen_number_doubts(rows[i].number, birth, rows[i].sex, &c, &c.arena,
		                                 &lines);
		if (n != rows[i].doubts || n != lines.count)
			lines_fail(&lines, rows[i].number);
	}
	/* Without a list nothing is said of the first digits. */
	struct lines lines = { 0 };
	assert_int_equal(citizen_number_doubts("199096990040", DAY_NONE, "", NULL, &c.arena, &lines),
	                 0);
	catalogue_free(&c);
}

static void numbers_and_addresses(void **state)
{
	typedef size_t check(const char *, struct arena *, struct lines *);
	static const struct {
		check *doubts;
		const char *text;
		size_t count;
	} rows[] = {
		{ organisation_number_doubts, "", 0 },
		{ organisation_number_doubts, "0100109106", 0 },
		{ organisation_number_doubts, "0100109106-001", 0 },
		{ organisation_number_doubts, "0100109106001", 0 },
		{ organisation_number_doubts, "0100109107", 1 },
		{ organisation_number_doubts, "010010910", 1 },
		{ organisation_number_doubts, "01001091O6", 1 },
		{ organisation_number_doubts, "011096990040", 0 },
		{ phone_doubts, "", 0 },
		{ phone_doubts, "0912345678", 0 },
		{ phone_doubts, "0912 345.678", 0 },
		{ phone_doubts, "+84912345678", 0 },
		{ phone_doubts, "02963812345", 0 },
		{ phone_doubts, "19001009", 0 },
		{ phone_doubts, "091234567", 1 },
		{ phone_doubts, "0112345678", 1 },
		{ phone_doubts, "không có", 1 },
		{ phone_doubts, "091234567809123456780912345678", 1 },
		{ email_doubts, "", 0 },
		{ email_doubts, "an@angiang.gov.vn", 0 },
		{ email_doubts, "an@angiang", 1 },
		{ email_doubts, "an angiang.gov.vn", 1 },
		{ email_doubts, "@x.vn", 1 },
		{ email_doubts, "a@b@x.vn", 1 },
		{ email_doubts, "a@x.", 1 },
	};
	struct arena arena = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct lines lines = { 0 };
		size_t n = rows[i].doubts(rows[i].text, &arena, &lines);
		if (n != rows[i].count || n != lines.count)
			fail_msg("\"%s\": %zu doubts", rows[i].text, n);
	}
	arena_free(&arena);
}

static void a_whole_person(void **state)
{
	struct arena arena = { 0 };
	struct lines lines = { 0 };
	(void)state;
	struct person person = person_new(PERSON_CITIZEN);
	assert_int_equal(person_doubts(&person, NULL, &arena, &lines), 0);
	person.id_number = "011096990040";
	person.birth = day_of(1997, 1, 1);
	person.phone = "1";
	assert_int_equal(person_doubts(&person, NULL, &arena, &lines), 2);
	person.id_kind = ID_CMND;
	person.id_number = "050990040";
	person.phone = "";
	lines = (struct lines){ 0 };
	assert_int_equal(person_doubts(&person, NULL, &arena, &lines), 1);
	assert_true(lines_have(&lines, "không còn giá trị từ 01/01/2025"));
	assert_int_equal(person_new(PERSON_ORGANISATION).id_kind, ID_TAX);
	arena_free(&arena);
}

static void names_in_their_parts(void **state)
{
	static const char *const rows[][4] = {
		{ "Nguyễn Thị Thuỳ Dương", "Nguyễn", "Thị Thuỳ", "Dương" },
		{ "Danh Ươl", "Danh", "", "Ươl" },
		{ "Giàng A Páo", "Giàng", "A", "Páo" },
		{ "Páo", "", "", "Páo" },
		{ "  Lê  Thị   Mận ", "Lê", "Thị", "Mận" },
		{ "", "", "", "" },
	};
	struct arena arena = { 0 };
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct name_parts parts = name_split(&arena, rows[i][0]);
		assert_string_equal(parts.family, rows[i][1]);
		assert_string_equal(parts.middle, rows[i][2]);
		assert_string_equal(parts.given, rows[i][3]);
	}
	arena_free(&arena);
}

static void names_in_vietnamese_order(void **state)
{
	static const char *const sorted[] = {
		"Trần Văn An", "Lê Thị Ánh", "Nguyễn Văn Ân", "Nguyễn Văn Ba", "Lý Bảo", "Lê Danh",
		"Trần Đại", "Bùi Hoa", "Bùi Hòa", "Lê Hòa", "Lê Thị Hòa", "Lê Văn Hòa", "Lê Lan",
		"Lê Ơn", "Lê Tú", "Lê Tư", "Lê Ý", "Lê Yến",
	};
	(void)state;
	size_t n = sizeof(sorted) / sizeof(*sorted);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			int by = name_compare(sorted[i], sorted[j]);
			if ((by > 0) != (i > j) || (by < 0) != (i < j))
				fail_msg("%s against %s: %d", sorted[i], sorted[j], by);
		}
	assert_int_equal(name_compare("LÊ THỊ HÒA", "Lê Thị Hòa"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_citizen_number_says),
		cmocka_unit_test(mismatches_are_doubts),
		cmocka_unit_test(numbers_and_addresses),
		cmocka_unit_test(a_whole_person),
		cmocka_unit_test(names_in_their_parts),
		cmocka_unit_test(names_in_vietnamese_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
