/* SPDX-License-Identifier: Apache-2.0
 *
 * Papers as a reader meets them: golden texts, text out of the PDF, QR out of
 * the picture of the PDF and of the thermal paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "printers/layout.h"
#include "tests/printers/escdec.h"
#include "tests/printers/papers.h"

#include <cmocka.h> /* last: it takes the name fail */

static void says_golden(const char *form, const char *name)
{
	struct arena arena = { 0 };
	struct fields fields;
	struct bytes out = { 0 };
	papers_fields(&arena, name, &fields);
	papers_draw(&arena, form, DRAW_PLAIN_80, &fields, SAMPLE_QR, &out);
	const char *path = arena_format(&arena, MOTCUA_SOURCE "/tests/printers/golden/%s.txt", name);
	if (getenv("MOTCUA_GOLDEN_WRITE"))
		papers_write(path, &out);
	char *golden;
	struct error err = { 0 };
	if (!path_read(&arena, path, &golden, NULL, &err))
		fail_msg("%s", err.log);
	assert_string_equal(bytes_string(&out), golden);
	bytes_free(&out);
	arena_free(&arena);
}

static void the_three_forms_say_what_the_law_words(void **state)
{
	(void)state;
	says_golden("01", "receipt");
	says_golden("01", "receipt-long");
	says_golden("02", "supplement");
	says_golden("03", "refusal");
	says_golden("01b", "blanks");
}

static char *pdf_text(struct arena *arena, const struct fields *fields, const char *name)
{
	struct bytes out = { 0 };
	papers_draw(arena, "01", DRAW_PDF_A5, fields, SAMPLE_QR, &out);
	const char *path = arena_format(arena, "%s/%s.pdf", papers_folder(), name);
	papers_write(path, &out);
	bytes_free(&out);
	return papers_run(arena, "pdftotext -enc UTF-8 -layout %s - 2>&1", path);
}

static void the_pdf_gives_back_exact_vietnamese(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct fields fields;
	papers_fields(&arena, "receipt", &fields);
	const char *text = pdf_text(&arena, &fields, "receipt");
	static const char *const expected[] = {
		"GIẤY TIẾP NHẬN HỒ SƠ", "VÀ HẸN TRẢ KẾT QUẢ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		"Độc lập - Tự do - Hạnh phúc", "Mã hồ sơ: H01.999-261120-0125",
		"Tờ khai cấp Giấy xác nhận tình trạng hôn nhân",
		"17 giờ 00 phút, ngày 26 tháng 11 năm 2026", "Lệ phí: 8.000 đồng (đã nộp tiền mặt)",
		"TẬP DUYỆT - KHÔNG CÓ GIÁ TRỊ SỬ DỤNG",
	};
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
		if (!strstr(text, expected[i]))
			fail_msg("missing: %s\n%s", expected[i], text);
	const char *fonts = papers_run(&arena, "pdffonts %s/receipt.pdf | tail -n +3", papers_folder());
	assert_non_null(strstr(fonts, "NotoSans"));
	assert_null(strstr(fonts, " no  no  no"));
	const char *pages = papers_run(&arena, "pdfinfo %s/receipt.pdf | grep Pages", papers_folder());
	assert_non_null(strstr(pages, " 1"));
	arena_free(&arena);
}

static void decomposed_letters_are_composed(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct fields fields;
	struct error err = { 0 };
	/* "Trần Thị Ế" typed with combining marks. */
	static const char nfd[] = "owner.name\tTra\xcc\x82\xcc\x80n Thi\xcc\xa3 E\xcc\x82\xcc\x81\n";
	assert_true(fields_parse(&arena, nfd, sizeof nfd - 1, &fields, &err));
	assert_string_equal(fields_get(&fields, "owner.name"), "Trần Thị Ế");
	assert_non_null(strstr(pdf_text(&arena, &fields, "nfd"), "Trần Thị Ế"));
	arena_free(&arena);
}

static void sixty_components_flow_over_pages(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct fields fields;
	papers_fields(&arena, "receipt-long", &fields);
	const char *text = pdf_text(&arena, &fields, "long");
	assert_non_null(strstr(text, "Trang 1/7"));
	assert_non_null(strstr(text, "Trang 7/7"));
	assert_non_null(strstr(text, "Giấy tờ thứ 60:"));
	assert_non_null(strstr(text, "Không có ngày hẹn trả cụ thể theo quy"));
	int headings = 0;
	for (const char *at = text; (at = strstr(at, "Tên giấy tờ")); at++)
		headings++;
	assert_int_equal(headings, 7);
	arena_free(&arena);
}

static void phones_can_read_the_qr_of_the_sheet(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct fields fields;
	papers_fields(&arena, "receipt", &fields);
	pdf_text(&arena, &fields, "qr");
	for (int dpi = 150; dpi <= 300; dpi += 150) {
		const char *read = papers_run(&arena,
			"cd %s && pdftoppm -r %d -gray qr.pdf qr && zbarimg -q --nodbus --raw qr-1.pgm",
			papers_folder(), dpi);
		assert_string_equal(read, SAMPLE_QR "\n");
	}
	arena_free(&arena);
}

static void roll(enum draw_output output, int dots, const char *name)
{
	struct arena arena = { 0 };
	struct fields fields;
	struct bytes out = { 0 };
	struct escdec paper;
	papers_fields(&arena, name, &fields);
	papers_draw(&arena, "01", output, &fields, SAMPLE_QR, &out);
	if (!escdec_read(&paper, dots, (const uint8_t *)out.data, out.size))
		fail_msg("%s at byte %zu", paper.wrong, paper.offset);
	assert_int_equal(paper.cuts, 1);
	assert_true(paper.pictures > 3 && paper.tallest <= 256);
	escdec_tear(&paper, 4000);
	const char *path = arena_format(&arena, "%s/roll.pbm", papers_folder());
	assert_true(escdec_write_pbm(&paper, path, 1));
	assert_string_equal(papers_run(&arena, "zbarimg -q --nodbus --raw -Sdisable -Sqrcode.enable %s", path),
	                    SAMPLE_QR "\n");
	escdec_free(&paper);
	bytes_free(&out);
	arena_free(&arena);
}

static void both_rolls_are_clean_and_their_qr_reads(void **state)
{
	(void)state;
	roll(DRAW_RASTER_576, 576, "receipt");
	roll(DRAW_RASTER_384, 384, "receipt");
	roll(DRAW_RASTER_576, 576, "receipt-long");
}

/* Each sheet is one page and carries its own code, in words and in its QR. */
static void blank_sheets_have_codes_of_their_own(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct fields fields;
	struct bytes out = { 0 };
	struct escdec paper;
	const char *folder = papers_folder();
	papers_fields(&arena, "blanks", &fields);
	papers_draw(&arena, "01b", DRAW_PDF_A5, &fields, NULL, &out);
	papers_write(arena_format(&arena, "%s/blanks.pdf", folder), &out);
	assert_non_null(strstr(papers_run(&arena, "pdfinfo %s/blanks.pdf | grep Pages", folder), " 2"));
	papers_run(&arena, "cd %s && pdftoppm -r 200 -gray blanks.pdf blank", folder);
	for (int i = 1; i <= 2; i++) {
		const char *text = papers_run(&arena, "pdftotext -enc UTF-8 -layout -f %d -l %d %s/blanks.pdf - 2>&1", i, i, folder);
		assert_non_null(strstr(text, arena_format(&arena, "Mã hồ sơ: H01.999-261120-004%d", i)));
		assert_non_null(strstr(text, arena_format(&arena, "tập số 7, tờ %d/2", i)));
		assert_non_null(strstr(text, "TẬP DUYỆT - KHÔNG CÓ GIÁ TRỊ SỬ DỤNG"));
		assert_non_null(strstr(text, "NGƯỜI TIẾP NHẬN HỒ SƠ"));
		assert_null(strstr(text, "Trang"));
		const char *read = papers_run(&arena, "cd %s && zbarimg -q --nodbus --raw blank-%d.pgm", folder, i);
		assert_string_equal(read, arena_format(&arena, "%s\n", fields_get(&fields, arena_format(&arena, "blank.%d.qr", i))));
	}
	bytes_clear(&out);
	papers_draw(&arena, "01b", DRAW_RASTER_576, &fields, NULL, &out);
	if (!escdec_read(&paper, 576, (const uint8_t *)out.data, out.size))
		fail_msg("%s at byte %zu", paper.wrong, paper.offset);
	assert_int_equal(paper.cuts, 2);
	escdec_free(&paper);
	bytes_free(&out);
	arena_free(&arena);
}

static void fonts_have_every_letter_or_refuse(void **state)
{
	(void)state;
	struct error err = { 0 };
	assert_true(fonts_check(FONT_SHEET, &err));
	assert_true(fonts_check(FONT_NARROW, &err));
	assert_false(fonts_check("Phông không có", &err));
	assert_int_equal(err.fault, FAULT_DEVICE);
	assert_non_null(strstr(err.say, "Phông không có"));
	/* Installed, with half of the letters: Pango would mix in another one without a word. */
	assert_false(fonts_check("DejaVu Sans Mono", &err));
	assert_non_null(strstr(err.say, "thiếu phông chữ DejaVu Sans Mono đủ dấu"));
	assert_non_null(strstr(err.log, "letters are missing"));
	assert_true(fonts_check("DejaVu Sans", &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_three_forms_say_what_the_law_words),
		cmocka_unit_test(the_pdf_gives_back_exact_vietnamese),
		cmocka_unit_test(decomposed_letters_are_composed),
		cmocka_unit_test(sixty_components_flow_over_pages),
		cmocka_unit_test(phones_can_read_the_qr_of_the_sheet),
		cmocka_unit_test(both_rolls_are_clean_and_their_qr_reads),
		cmocka_unit_test(blank_sheets_have_codes_of_their_own),
		cmocka_unit_test(fonts_have_every_letter_or_refuse),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
