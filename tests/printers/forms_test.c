/* SPDX-License-Identifier: Apache-2.0
 *
 * Every form of the house on every paper: its words, its picture from far away, what
 * a bank reads from its transfer code, and bounds for forms that never end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "printers/form.h"
#include "printers/layout.h"
#include "printers/tongue.h"
#include "tests/printers/emvco.h"
#include "tests/printers/escdec.h"
#include "tests/printers/papers.h"
#include "tests/printers/picture.h"

#include <cmocka.h> /* last: it takes the name fail */

static const char *const names[] = { "01", "01b", "02", "03", "04", "05", "06", "07", "appointment", "fee",
	"handover", "handover-list", "payment", "post-handover", "post-slip", "result", "shift", "application", "ticket", "incidents", "test",
	"guide", "report" };
enum { NAMES = sizeof names / sizeof *names };

static const struct {
	enum draw_output output;
	int dots;
} papers[] = { { DRAW_PDF_A5, 0 }, { DRAW_PDF_A4, 0 }, { DRAW_RASTER_576, 576 }, { DRAW_RASTER_384, 384 } };
enum { PAPERS = sizeof papers / sizeof *papers };

/* The fields that previews use; every key is there. */
static void sample(struct arena *arena, struct fields *out)
{
	struct error err = { 0 };
	char *text;
	size_t size;
	if (!path_read(arena, MOTCUA_SOURCE "/printers/forms/sample.fields", &text, &size, &err) ||
	    !fields_parse(arena, text, size, out, &err))
		fail_msg("%s", err.log);
}

static void is_golden(struct arena *arena, const char *name, const struct bytes *said, double tolerance)
{
	struct error err = { 0 };
	char *golden;
	const char *path = arena_format(arena, MOTCUA_SOURCE "/tests/printers/golden/%s", name);
	if (getenv("MOTCUA_GOLDEN_WRITE"))
		papers_write(path, said);
	if (!path_read(arena, path, &golden, NULL, &err))
		fail_msg("%s", err.log);
	if (tolerance == 0 && strcmp(bytes_string((struct bytes *)said), golden) != 0)
		fail_msg("%s says\n%s", name, bytes_string((struct bytes *)said));
	double differ = tolerance > 0 ? picture_differ(bytes_string((struct bytes *)said), golden) : 0;
	if (differ > tolerance)
		fail_msg("%s differs by %.2f\n%s", name, differ, bytes_string((struct bytes *)said));
}

static void every_form_says_its_words(void **state)
{
	(void)state;
	for (int i = 0; i < NAMES; i++) {
		struct arena arena = { 0 };
		struct fields fields;
		struct bytes out = { 0 };
		sample(&arena, &fields);
		papers_draw(&arena, names[i], DRAW_PLAIN_80, &fields, SAMPLE_QR, &out);
		is_golden(&arena, arena_format(&arena, "form-%s.txt", names[i]), &out, 0);
		bytes_free(&out);
		arena_free(&arena);
	}
}

static void draw(struct arena *arena, int form, int paper, struct bytes *out)
{
	struct fields fields;
	sample(arena, &fields);
	papers_draw(arena, names[form], papers[paper].output, &fields, SAMPLE_QR, out);
}

/* One call of the reader for all sheets. */
static void draw_sheets(void)
{
	struct arena arena = { 0 };
	for (int i = 0; i < NAMES; i++) {
		for (int k = 0; k < PAPERS; k++) {
			struct bytes out = { 0 };
			if (papers[k].dots)
				continue;
			draw(&arena, i, k, &out);
			papers_write(arena_format(&arena, "%s/form-%s-%d.pdf", papers_folder(), names[i], k), &out);
			bytes_free(&out);
		}
	}
	papers_run(&arena, "cd %s && for f in form-*.pdf; do pdftoppm -r 60 -gray -singlefile $f ${f%%.pdf} || exit 1; done",
	           papers_folder());
	arena_free(&arena);
}

static void every_form_looks_right_on_every_paper(void **state)
{
	(void)state;
	draw_sheets();
	for (int i = 0; i < NAMES; i++) {
		for (int k = 0; k < PAPERS; k++) {
			struct arena arena = { 0 };
			struct bytes picture = { 0 }, out = { 0 };
			const char *word = draw_output_word(papers[k].output);
			bytes_format(&picture, "%s\n", word);
			if (papers[k].dots) {
				draw(&arena, i, k, &out);
				picture_of_roll(papers[k].dots, &out, 24, &picture);
			} else {
				picture_of_pgm(&arena, arena_format(&arena, "%s/form-%s-%d.pgm", papers_folder(), names[i], k),
				               10, &picture);
			}
			is_golden(&arena, arena_format(&arena, "form-%s.%s", names[i], word), &picture, 0.35);
			bytes_free(&picture);
			bytes_free(&out);
			arena_free(&arena);
		}
	}
}

static void is_the_transfer(const char *read)
{
	struct emvco code;
	char text[600];
	size_t n = strcspn(read, "\n");
	assert_true(n < sizeof text);
	memcpy(text, read, n);
	text[n] = '\0';
	const char *wrong = emvco_read(text, &code);
	if (wrong)
		fail_msg("%s: %s", wrong, text);
	assert_string_equal(code.bin, "970499");
	assert_string_equal(code.account, "0029990001234");
	assert_string_equal(code.amount, "58000");
	assert_string_equal(code.purpose, "H01.999-261120-0125");
}

static void banks_read_the_transfer_from_every_paper(void **state)
{
	(void)state;
	for (int k = 0; k < PAPERS; k++) {
		struct arena arena = { 0 };
		struct fields fields;
		struct bytes out = { 0 };
		const char *folder = papers_folder();
		sample(&arena, &fields);
		papers_draw(&arena, "payment", papers[k].output, &fields, NULL, &out);
		if (papers[k].dots) {
			struct escdec paper;
			assert_true(escdec_read(&paper, papers[k].dots, (const uint8_t *)out.data, out.size));
			assert_true(escdec_write_pbm(&paper, arena_format(&arena, "%s/pay.pbm", folder), 1));
			escdec_free(&paper);
		} else {
			papers_write(arena_format(&arena, "%s/pay.pdf", folder), &out);
			papers_run(&arena, "cd %s && pdftoppm -r 200 -mono pay.pdf pay && mv pay-1.pbm pay.pbm", folder);
		}
		is_the_transfer(papers_run(&arena, "zbarimg -q --nodbus --raw -Sdisable -Sqrcode.enable %s/pay.pbm", folder));
		bytes_free(&out);
		arena_free(&arena);
	}
}

/* What cannot be a code is left out; the account still stands in words. */
static void a_transfer_that_does_not_fit_is_told_in_words(void **state)
{
	(void)state;
	static const char *const changes[][2] = { { "bank.bin", "97049" }, { "transfer.amount", "0" },
		{ "transfer.amount", "" }, { "dossier.code", "G09.20.001-20260609-0092637" },
		{ "dossier.code", "" } };
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		struct arena arena = { 0 };
		struct fields fields;
		struct bytes out = { 0 };
		sample(&arena, &fields);
		fields_set(&arena, &fields, changes[i][0], changes[i][1]);
		papers_draw(&arena, "payment", DRAW_PLAIN_80, &fields, NULL, &out);
		assert_null(strstr(bytes_string(&out), "[QR]"));
		assert_non_null(strstr(bytes_string(&out), "0029990001234"));
		bytes_free(&out);
		arena_free(&arena);
	}
}

static void long_names_wrap_and_nothing_is_lost(void **state)
{
	(void)state;
	static const char name[] = "Công ty trách nhiệm hữu hạn một thành viên Thương mại Dịch vụ Xuất nhập khẩu Nông sản "
				   "Thuỷ sản Bảy Núi Thiên Cấm Sơn Vĩnh Thạnh Trung Kỳ Hoà";
	struct arena arena = { 0 };
	for (int i = 4; i < NAMES - 5; i++) {
		struct fields fields;
		struct bytes out = { 0 };
		sample(&arena, &fields);
		fields_set(&arena, &fields, "owner.name", name);
		fields_set(&arena, &fields, "payer.name", name);
		fields_set(&arena, &fields, "giver.name", name);
		fields_set(&arena, &fields, "entry.1.owner", name);
		fields_set(&arena, &fields, "deciding.name", name);
		papers_draw(&arena, names[i], DRAW_PDF_A5, &fields, NULL, &out);
		papers_write(arena_format(&arena, "%s/long-%s.pdf", papers_folder(), names[i]), &out);
		bytes_free(&out);
	}
	papers_run(&arena, "cd %s && for f in long-*.pdf; do pdftotext -raw -enc UTF-8 $f - | tr '\\n' ' ' > $f.txt; done",
	           papers_folder());
	for (int i = 4; i < NAMES - 5; i++) {
		struct error err = { 0 };
		char *text;
		assert_true(path_read(&arena, arena_format(&arena, "%s/long-%s.pdf.txt", papers_folder(), names[i]), &text,
		                      NULL, &err));
		/* Narrow cells break it between words; no word is lost. */
		for (const char *at = name, *found = text; *at;) {
			size_t n = strcspn(at, " ");
			found = strstr(found, arena_copy(&arena, at, n));
			if (!found)
				fail_msg("%s lacks \"%s\": %s", names[i], at, text);
			at += n + (at[n] == ' ');
		}
	}
	arena_free(&arena);
}

static const char *const lower[] = { "aàảãáạăằẳẵắặâầẩẫấậ", "eèẻẽéẹêềểễếệ", "iìỉĩíị", "oòỏõóọôồổỗốộơờởỡớợ",
	"uùủũúụưừửữứự", "yỳỷỹýỵ", "đbcdghklmnpqrstvx" };
static const char *const upper[] = { "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬ", "EÈẺẼÉẸÊỀỂỄẾỆ", "IÌỈĨÍỊ", "OÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢ",
	"UÙỦŨÚỤƯỪỬỮỨỰ", "YỲỶỸÝỴ", "ĐBCDGHKLMNPQRSTVX" };
enum { ROWS = sizeof lower / sizeof *lower };

/* Letter by letter, in the three faces that papers use. */
static void the_pdf_gives_back_every_letter(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	struct error err = { 0 };
	struct form *form;
	struct slip slip;
	struct bytes out = { 0 }, wanted = { 0 };
	static const char grammar[] = "form x\ntitle \"T\"\nvalid 2026-01-01\nbegin\neach reason\ntext \"{.text}\"\n"
				      "text bold \"{.text}\"\ntext italic \"{.text}\"\nend\n";
	for (int i = 0; i < 2 * ROWS; i++) {
		const char *row = i < ROWS ? lower[i] : upper[i - ROWS];
		fields_set(&arena, &fields, arena_format(&arena, "reason.%d.text", i + 1), row);
		for (int k = 0; k < 3; k++)
			bytes_format(&wanted, "%s\n", row);
	}
	assert_true(form_parse(&arena, "x.form", grammar, sizeof grammar - 1, &form, &err));
	struct form_fill plan = { .fields = &fields };
	assert_true(form_fill(form, &plan, &arena, &slip, &err));
	assert_true(tongue_pdf(&arena, &slip, PDF_A4, &out, &err));
	papers_write(arena_format(&arena, "%s/letters.pdf", papers_folder()), &out);
	const char *text = papers_run(&arena, "pdftotext -raw -enc UTF-8 %s/letters.pdf - | tr -d '\\f'", papers_folder());
	assert_string_equal(text, bytes_string(&wanted));
	bytes_free(&out);
	bytes_free(&wanted);
	arena_free(&arena);
}

/* Forms that would never end, and papers of ten thousand pages. */
static void bombs_are_refused_soon(void **state)
{
	(void)state;
	static const struct {
		const char *statement;
		int repeat, fields, length;
	} bombs[] = {
		{ "each reason\ntext \"{.text}\"\nend\n", 400, 8000, 1 },
		{ "each reason\ntext title \"{.text}\"\nend\n", 20, 8000, 1 },
		{ "each reason\nif any reason.text is x\ntext \"y\"\nend\nend\n", 300, 8000, 1 },
		{ "text \"{reason}{reason}{reason}{reason}{reason}{reason}{reason}\"\n", 1900, 0, 900000 },
		{ "page\ntext \"{reason}\"\n", 900, 0, 1 },
	};
	for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
		struct arena arena = { 0 };
		struct fields fields = { 0 };
		struct error err = { 0 };
		struct bytes text = { 0 }, lines = { 0 }, out = { 0 };
		struct form *form;
		struct slip slip;
		bytes_text(&text, "form x\ntitle \"T\"\nvalid 2026-01-01\nbegin\n");
		for (int k = 0; k < bombs[i].repeat; k++)
			bytes_text(&text, bombs[i].statement);
		for (int k = 1; k <= bombs[i].fields; k++)
			bytes_format(&lines, "reason.%d.text\ty\n", k);
		bytes_text(&lines, "reason\t");
		for (int k = 0; k < bombs[i].length; k++)
			bytes_byte(&lines, 'y');
		bytes_byte(&lines, '\n');
		assert_true(form_parse(&arena, "x.form", bytes_string(&text), text.size, &form, &err));
		assert_true(fields_parse(&arena, bytes_string(&lines), lines.size, &fields, &err));
		struct form_fill plan = { .fields = &fields };
		if (form_fill(form, &plan, &arena, &slip, &err) && tongue_pdf(&arena, &slip, PDF_A5, &out, &err))
			fail_msg("bomb %zu was drawn: %zu bytes", i, out.size);
		assert_int_equal(err.fault, FAULT_INPUT);
		bytes_free(&text);
		bytes_free(&lines);
		bytes_free(&out);
		arena_free(&arena);
	}
}

static void one_shot_has_exit_statuses(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	const char *said = papers_run(&arena, "printf 'form 01\\ndate 2026-11-20\\noutput pdf-a3\\n\\n' | "
		"%s --share %s 2>&1; echo status $?", MOTCUA_DRAW, MOTCUA_SOURCE);
	assert_non_null(strstr(said, "Yêu cầu in bị hỏng."));
	assert_non_null(strstr(said, "unknown output"));
	assert_non_null(strstr(said, "status 1"));
	said = papers_run(&arena, "printf 'form test\\ndate 2026-11-20\\noutput plain-80\\n\\n' | "
		"%s --share %s 2>&1; echo status $?", MOTCUA_DRAW, MOTCUA_SOURCE);
	assert_non_null(strstr(said, "TRANG IN THỬ"));
	assert_non_null(strstr(said, "status 0"));
	said = papers_run(&arena, "%s --share /tmp </dev/null 2>&1; echo status $?", MOTCUA_DRAW);
	assert_non_null(strstr(said, "Không tìm thấy mẫu giấy"));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_says_its_words),
		cmocka_unit_test(every_form_looks_right_on_every_paper),
		cmocka_unit_test(banks_read_the_transfer_from_every_paper),
		cmocka_unit_test(a_transfer_that_does_not_fit_is_told_in_words),
		cmocka_unit_test(long_names_wrap_and_nothing_is_lost),
		cmocka_unit_test(the_pdf_gives_back_every_letter),
		cmocka_unit_test(bombs_are_refused_soon),
		cmocka_unit_test(one_shot_has_exit_statuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
