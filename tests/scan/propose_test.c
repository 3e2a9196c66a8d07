/* SPDX-License-Identifier: Apache-2.0
 *
 * What papers tell for the form: labels with the noise of reading, values that are no such
 * thing, and a page drawn and read by the reader itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/base/path.h"
#include "core/scan/page.h"
#include "core/scan/propose.h"
#include "core/scan/words.h"
#include "tests/check.h"
#include "tests/scan/sheets.h"

/* Lines of text as the reader would have written them, a word beside the other. */
static void write_words(const char *text, struct bytes *out)
{
	int row = 0, column = 0;
	for (size_t n; *text; text += n) {
		n = strcspn(text, " \n");
		if (n)
			bytes_format(out, "%d %d %d 30 %.*s\n", 100 + 40 * column++, 100 + 50 * row, 35, (int)n, text);
		if (text[n] == '\n')
			row++, column = 0;
		n += text[n] != '\0';
	}
}

/* "KIND text; KIND text", a doubted one with "?". */
static const char *tell(struct arena *arena, const struct proposals *all)
{
	static const char *const kinds[] = {
#define X(kind, label) #kind,
		PROPOSALS(X)
#undef X
	};
	const char *told = "";
	for (size_t i = 0; i < all->count; i++)
		told = arena_format(arena, "%s%s%s%s %s", told, i ? "; " : "", kinds[all->items[i].kind],
		                    all->items[i].doubted ? "?" : "", all->items[i].text);
	return told;
}

static const char *proposed(struct arena *arena, const char *text, struct proposals *all)
{
	struct bytes words = { 0 };
	struct said said;
	write_words(text, &words);
	said_read(arena, bytes_string(&words), words.size, &said);
	propose(arena, &said, 1, NULL, all);
	bytes_free(&words);
	return tell(arena, all);
}

static const struct {
	const char *text, *told;
} cases[] = {
	{ "Họ và tên: Nguyễn Thị Thuỳ Dương", "NAME Nguyễn Thị Thuỳ Dương" },
	{ "Họ, chữ đệm, tên người yêu cầu: NGUYỄN THỊ THUỲ DƯƠNG", "NAME NGUYỄN THỊ THUỲ DƯƠNG" },
	{ "Họ, chữ đệm và tên: H'Hen Niê", "NAME H'Hen Niê" },
	{ "Tôi tên là: Ông Trần Văn Ân, sinh ngày 12/8/1980", "NAME Trần Văn Ân; BIRTH 12/08/1980" },
	/* Marks and a letter misread; dots to write upon. */
	{ "Hg và tên ...... Đỗ Ân ......", "NAME Đỗ Ân" },
	{ "Ho va tén:Lê Văn An", "NAME Lê Văn An" },
	{ "Ngàv sinh: 05/03/1999 Giới tính: Nữ", "BIRTH 05/03/1999; SEX nữ" },
	{ "Ngày, tháng, năm sinh: 5 - 3 - 1999", "BIRTH 05/03/1999" },
	{ "Sinh ngày 05 tháng 03 năm 1999", "BIRTH 05/03/1999" },
	{ "Ngày sinh: 05.03.1999.", "BIRTH 05/03/1999" },
	/* No such day. */
	{ "Ngày sinh: 30/02/1999", "" },
	{ "Ngày sinh: 05/03/99", "" },
	{ "Ngày sinh: 05/13/1999", "" },
	{ "Ngày, tháng, năm sinh: ………", "" },
	{ "Số CCCD: 089199990001 Ngày cấp: 12/08/2021", "NUMBER 089199990001" },
	{ "Số định danh cá nhân: 0891 9999 0001", "NUMBER 089199990001" },
	{ "Giấy tờ tuỳ thân: thẻ căn cước số 089199990001", "NUMBER 089199990001" },
	{ "CCCD số: O89l99990001", "NUMBER? 089199990001" },
	{ "Số CCCD: 08919999000", "" },
	{ "Số CCCD: 0891999900011", "" },
	{ "Số định danh cá nhân: 364123456", "" },
	{ "Nơi cư trú: ấp Tà Lọt, xã An Hảo, tỉnh An Giang.", "ADDRESS ấp Tà Lọt, xã An Hảo, tỉnh An Giang" },
	{ "Địa chỉ: ........", "" },
	{ "Số điện thoại: 0912 000 103 Email: a@b.vn", "PHONE 0912000103" },
	{ "Điện thoại: 12345", "" },
	{ "Giới tính: khác", "" },
	/* The card: labels in two languages, values below. */
	{ "CĂN CƯỚC CÔNG DÂN\nSố / No.: 089199990001\nHọ và tên / Full name:\nNGUYỄN THỊ MẪU\nNgày sinh / Date of birth: 05/03/1999\n"
	  "Giới tính / Sex: Nữ Quốc tịch / Nationality: Việt Nam\nNơi thường trú / Place of residence:\nThôn 1, Núi Cấm, An Giang",
	  "TITLE Căn cước công dân; NAME NGUYỄN THỊ MẪU; BIRTH 05/03/1999; SEX nữ; ADDRESS Thôn 1, Núi Cấm, An Giang" },
	/* A label below an empty one is no value. */
	{ "Họ và tên:\nNgày sinh: 05/03/1999", "BIRTH 05/03/1999" },
	{ "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTỜ KHAI\nĐĂNG KÝ KHAI SINH\nKính gửi: UBND xã Núi Cấm",
	  "TITLE Tờ khai đăng ký khai sinh" },
	{ "GIẤY KHAI SINH\nSố: 15/2021\nNúi Cấm, ngày 12 tháng 8 năm 2021", "TITLE Giấy khai sinh; PAPER_NUMBER 15/2021; DATED 12/08/2021" },
	{ "Trích lục số 7/TLKS-BS, ngày 30 tháng 02 năm 2021", "PAPER_NUMBER 7/TLKS-BS" },
	{ "Căn cứ số 12/8/2021", "" },
	/* Each person of a paper, nobody twice. */
	{ "Họ và tên: Trần Văn Cha\nHọ và tên: Lê Thị Mẹ\nHọ và tên: TRẦN VĂN CHA", "NAME Trần Văn Cha; NAME Lê Thị Mẹ" },
	{ "Họ và tên: đã nộp đủ", "" },
	{ "Chưa đăng ký kết hôn với ai.", "" },
};

static void papers_tell(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena arena = { 0 };
		struct proposals all = { 0 };
		const char *told = proposed(&arena, cases[i].text, &all);
		if (strcmp(told, cases[i].told) != 0)
			fail_msg("%s\n tells: %s\nnot: %s", cases[i].text, told, cases[i].told);
		arena_free(&arena);
	}
}

static void words_stand_before_the_value(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct proposals all = { 0 };
	proposed(&arena, "Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Hồng", &all);
	assert_int_equal(all.count, 1);
	assert_string_equal(all.items[0].beside, "Họ, chữ đệm, tên người yêu cầu");
	assert_int_equal(all.items[0].page, 1);
	arena_free(&arena);
}

/* Twelve digits without a label: only by the rule that cards are read by. */
static void bare_numbers_need_the_rule(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct proposals all = { 0 };
	proposed(&arena, "Mã hồ sơ lưu 089199990001", &all);
	assert_int_equal(all.count, 0);
	arena_free(&arena);
}

static void what_is_no_line_is_passed_over(void **state)
{
	(void)state;
	static const char hostile[] = "1 2 3 4 Họ\n"
	                              "x\n-1 2 3 4 a\n1 2 0 4 a\n1 2 3 4\n1 2 3 4 \n99999999 1 1 1 a\n"
	                              "60 2 3 4 và\x1b[31m\n"
	                              "90 2 3 4 tên\xff:\n"
	                              "120 3 30 4 Lê\n160 3 3 4 An\n";
	struct arena arena = { 0 };
	struct said said;
	said_read(&arena, hostile, sizeof hostile - 1, &said);
	assert_int_equal(said.count, 1);
	assert_null(strchr(said.lines[0], '\x1b'));
	assert_non_null(strstr(said.lines[0], "Lê An"));
	/* A page as large as it may be, of nothing but labels. */
	struct bytes large = { 0 };
	while (large.size < SAID_BYTES_MOST + 4096)
		bytes_text(&large, "9 9 9 9 họ\n9 9 9 9 và\n9 9 9 9 tên\n");
	said_read(&arena, large.data, large.size, &said);
	struct proposals all = { 0 };
	propose(&arena, &said, 1, NULL, &all);
	assert_int_equal(all.count, 0);
	assert_true(strlen(said_text(&arena, &said)) < SAID_BYTES_MOST);
	bytes_free(&large);
	arena_free(&arena);
}

/* Drawn, laid askew, cleaned, read. */
static void a_drawn_page_tells(void **state)
{
	(void)state;
	char folder[] = "/tmp/mcsaid.XXXXXX", in[64], out[64], words[80], command[80], *data;
	struct arena arena = { 0 };
	struct page_facts facts;
	struct proposals all = { 0 };
	struct said said;
	struct error err;
	int count;
	size_t size;
	assert_non_null(mkdtemp(folder));
	snprintf(in, sizeof in, "%s/in.jpg", folder);
	snprintf(out, sizeof out, "%s/out.jpg", folder);
	snprintf(words, sizeof words, "%s.words", out);
	draw_sheet(in, &(struct sheet){ .skew = 1.5, .text = SHEET_TEXT "\nSố định danh cá nhân: 089199990001\nNgày sinh: 05/03/1999 Giới tính: Nữ" });
	if (!page_clean(in, out, &facts, &err) || !words_read(out, 30000, &count, &err))
		fail_msg("%s", err.log);
	assert_true(path_read(&arena, words, &data, &size, NULL));
	said_read(&arena, data, size, &said);
	propose(&arena, &said, 1, NULL, &all);
	assert_string_equal(tell(&arena, &all), "TITLE Tờ khai cấp giấy xác nhận tình trạng hôn nhân; NAME Nguyễn Thị Thuỳ Dương; "
	                                        "ADDRESS ấp Tà Lọt, xã An Hảo, tỉnh An Giang; NUMBER 089199990001; "
	                                        "DATED 20/11/2026; BIRTH 05/03/1999; SEX nữ");
	snprintf(command, sizeof command, "rm -rf %s", folder);
	assert_int_equal(system(command), 0);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(papers_tell),
		cmocka_unit_test(words_stand_before_the_value),
		cmocka_unit_test(bare_numbers_need_the_rule),
		cmocka_unit_test(what_is_no_line_is_passed_over),
		cmocka_unit_test(a_drawn_page_tells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
