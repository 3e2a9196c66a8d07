/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <string.h>

#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/text.h"

static void taking_composes_and_cleans(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "Nguye\xCC\x82\xCC\x83n", "Nguyễn" },            /* NFD            */
		{ "Nguy\xC3\xAA\xCC\x83n", "Nguyễn" },             /* half composed  */
		{ "a\x1B[31mb\x07", "a[31mb" },                    /* escape, bell   */
		{ "một\thai\nba", "một hai ba" },
		{ "x\xE2\x80\xAEy\xE2\x80\x8Bz", "xyz" },          /* RLO, ZWSP      */
		{ "", "" },
	};
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *out;
		assert_true(text_take(&arena, cases[i].in, strlen(cases[i].in), &out, NULL));
		assert_string_equal(out, cases[i].out);
	}
	arena_free(&arena);
}

static void broken_utf8_is_refused_or_mended(void **state)
{
	(void)state;
	static const char *const broken[] = { "\xFF", "a\xC3", "\xED\xA0\x80", "\xC0\xAF",
		"\xF5\x80\x80\x80" };
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(broken); i++) {
		const char *out;
		struct error err = { 0 };
		assert_false(text_take(&arena, broken[i], strlen(broken[i]), &out, &err));
		assert_int_equal(err.fault, FAULT_INPUT);
		const char *mended = text_mend(&arena, broken[i], strlen(broken[i]));
		assert_true(text_valid(mended, strlen(mended)));
		assert_non_null(strstr(mended, "\xEF\xBF\xBD"));
	}
	arena_free(&arena);
}

static void columns_and_cuts_respect_letters(void **state)
{
	(void)state;
	assert_int_equal(text_columns("Nguyễn Thị Thuỳ Dương"), 21);
	assert_int_equal(text_columns("Nguye\xCC\x82\xCC\x83n"), 6);
	assert_int_equal(text_columns("漢字"), 4);
	int used;
	assert_int_equal(text_cut("Đặng", 2, &used), strlen("Đặ"));
	assert_int_equal(used, 2);
	assert_int_equal(text_cut("漢字", 3, &used), 3);
	assert_int_equal(used, 2);
	assert_int_equal(text_cut("e\xCC\x82\xCC\x83n", 1, NULL), 5);
	assert_int_equal(text_count("Nguye\xCC\x82\xCC\x83n"), 6);
	assert_int_equal(text_prev("Nguyễn", strlen("Nguyễn")), strlen("Nguyễ"));
	assert_int_equal(text_prev("ễ", strlen("ễ")), 0);
	assert_int_equal(text_prev("", 0), 0);
}

static void folding_is_how_clerks_type(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "Đặng Thị ƯỚC", "dang thi uoc" },
		{ "  Nguyễn   Văn  ", "nguyen van" },
		{ "Xác nhận tình trạng hôn nhân", "xac nhan tinh trang hon nhan" },
		{ "Nguye\xCC\x82\xCC\x83n", "nguyen" },
		{ "1.004873", "1.004873" },
	};
	char out[64];
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(text_fold(cases[i].in, out, sizeof out), strlen(cases[i].out));
		assert_string_equal(out, cases[i].out);
	}
	assert_int_equal(text_fold("Đặng", out, 3), 2); /* cut, still a string */
	assert_string_equal(out, "da");
	assert_true(text_has_words("xac nhan tinh trang hon nhan", "hon nha"));
	assert_true(text_has_words("xac nhan tinh trang hon nhan", "nhan xac"));
	assert_false(text_has_words("xac nhan tinh trang hon nhan", "han"));
	assert_true(text_has_words("anything", ""));
}

static void tone_placement_does_not_matter(void **state)
{
	(void)state;
	assert_true(text_same_name("Hòa Bình", "Hoà Bình"));
	assert_true(text_same_name("THUỶ", "thủy"));
	assert_false(text_same_name("Hòa", "Hóa"));
	assert_false(text_same_name("Mò", "Mo"));
}

static void numbers_are_masked(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	assert_string_equal(text_mask(&arena, "001199000012"), "0011••••••12");
	assert_string_equal(text_mask(&arena, "0912345678"), "0912•••678");
	assert_string_equal(text_mask(&arena, "12345"), "1••••");
	assert_string_equal(text_mask(&arena, ""), "");
	assert_string_equal(text_money(&arena, 8000), "8.000");
	assert_string_equal(text_money(&arena, 1234567), "1.234.567");
	assert_string_equal(text_money(&arena, 0), "0");
	assert_string_equal(text_money(&arena, -1500), "-1.500");
	arena_free(&arena);
}

static void lines_break_at_blanks(void **state)
{
	(void)state;
	size_t next;
	const char *text = "Giấy xác nhận tình trạng";
	assert_int_equal(text_line(text, 10, &next), strlen("Giấy xác"));
	assert_string_equal(text + next, "nhận tình trạng");
	assert_int_equal(text_line("dàilắmluôn", 3, &next), strlen("dài"));
	assert_int_equal(text_line("một\nhai", 20, &next), strlen("một"));
	assert_int_equal(next, strlen("một") + 1);
	assert_int_equal(text_line("", 5, &next), 0);
	assert_int_equal(next, 0);
}

static void case_changes_keep_letters(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	assert_string_equal(text_upper(&arena, "Nguyễn Đức ước"), "NGUYỄN ĐỨC ƯỚC");
	assert_string_equal(text_lower(&arena, "NGUYỄN ĐỨC"), "nguyễn đức");
	arena_free(&arena);
}

static void errors_are_cut_between_letters(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct bytes long_text = { 0 };
	for (int i = 0; i < 400; i++)
		bytes_text(&long_text, "ễ");
	for (int pad = 0; pad < 3; pad++) {
		assert_false(fail(&err, FAULT_INPUT, "%.*s%s", pad, "xx", bytes_string(&long_text)));
		assert_true(text_valid(err.say, strlen(err.say)));
		assert_true(strlen(err.say) > sizeof err.say - 5);
	}
	assert_false(fail(NULL, FAULT_BUG, "không sao"));
	bytes_free(&long_text);
}

static void bytes_fail_stickily(void **state)
{
	(void)state;
	struct bytes bytes = { .limit = 8 };
	bytes_text(&bytes, "1234");
	bytes_format(&bytes, "%d", 567890);
	assert_true(bytes.failed);
	bytes_text(&bytes, "x");
	assert_string_equal(bytes_string(&bytes), "1234");
	bytes_clear(&bytes);
	bytes_text(&bytes, "12345678");
	assert_false(bytes.failed);
	bytes_shift(&bytes, 3);
	assert_string_equal(bytes_string(&bytes), "45678");
	bytes_free(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(taking_composes_and_cleans),
		cmocka_unit_test(broken_utf8_is_refused_or_mended),
		cmocka_unit_test(columns_and_cuts_respect_letters),
		cmocka_unit_test(folding_is_how_clerks_type),
		cmocka_unit_test(tone_placement_does_not_matter),
		cmocka_unit_test(numbers_are_masked),
		cmocka_unit_test(lines_break_at_blanks),
		cmocka_unit_test(case_changes_keep_letters),
		cmocka_unit_test(errors_are_cut_between_letters),
		cmocka_unit_test(bytes_fail_stickily),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
