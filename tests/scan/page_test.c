/* SPDX-License-Identifier: Apache-2.0
 *
 * One page: turned upright, straightened, judged; its words; its PDF/A. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/scan/mark.h"
#include "core/scan/page.h"
#include "core/scan/pdf.h"
#include "core/scan/words.h"
#include "tests/check.h"
#include "tests/scan/sheets.h"

static char folder[] = "/tmp/mcpage.XXXXXX";

static const char *path_of(const char *name)
{
	static char paths[4][80];
	static int at;
	char *path = paths[at++ % 4];
	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

static struct page_facts clean(const struct sheet *sheet, const char *out)
{
	struct page_facts facts;
	struct error err;
	(void)unlink(path_of(out));
	draw_sheet(path_of("in.jpg"), sheet);
	if (!page_clean(path_of("in.jpg"), path_of(out), &facts, &err))
		fail_msg("%s", err.log);
	return facts;
}

static void pages_are_turned_and_straightened(void **state)
{
	(void)state;
	static const double skews[] = { 0, 3, -4.5, 0.8 };
	for (int quarters = 0; quarters < 4; quarters++) {
		struct page_facts f = clean(&(struct sheet){ .quarters = quarters, .skew = skews[quarters] }, "out.jpg");
		assert_int_equal(f.turned, (4 - quarters) % 4 * 90);
		assert_true(fabs(f.skew + skews[quarters]) < 0.3);
		assert_true(f.height > f.width);
		assert_int_equal(f.dpi, 200);
		assert_int_equal(f.doubts, 0);
		/* Cleaned once more it stays as it is. */
		if (quarters != 1)
			continue;
		assert_true(page_clean(path_of("out.jpg"), path_of("again.jpg"), &f, NULL));
		assert_int_equal(f.turned, 0);
		assert_true(fabs(f.skew) < 0.3);
	}
}

static void doubts_are_named(void **state)
{
	(void)state;
	static const struct {
		struct sheet sheet;
		unsigned doubts;
	} cases[] = {
		{ { .text = "" }, PAGE_BLANK },
		{ { .text = "", .paper = 225 }, PAGE_BLANK },
		{ { .text = "." }, PAGE_BLANK }, /* a speck */
		{ { .text = "Đã nhận đủ giấy tờ." }, 0 }, /* one line is no blank page */
		{ { .dpi = 150 }, PAGE_COARSE },
		{ { .paper = 100, .ink = 10 }, PAGE_DARK },
		{ { .ink = 215 }, PAGE_PALE },
		{ { .left = 0.3 }, PAGE_CUT },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page_facts f = clean(&cases[i].sheet, "out.jpg");
		if (f.doubts != cases[i].doubts)
			fail_msg("case %zu: %x, not %x", i, f.doubts, cases[i].doubts);
	}
}

static void separators_are_read_however_they_lie(void **state)
{
	(void)state;
	for (int quarters = 0; quarters < 4; quarters++) {
		struct page_facts f = clean(&(struct sheet){ .text = "TỜ PHÂN CÁCH", .qr = "MC-SEP-K7QF2M-03",
			.quarters = quarters, .skew = 2, .dpi = 150 }, "out.jpg");
		assert_string_equal(f.mark, "MC-SEP-K7QF2M-03");
	}
	/* Somebody else's QR is none. */
	assert_string_equal(clean(&(struct sheet){ .qr = "https://example.vn/MC-SEP-K7QF2M-03" }, "out.jpg").mark, "");
	struct mark mark;
	static const char *const others[] = { "", "MC-SEP-", "MC-SEP-K7QF2M-00", "MC-SEP-K7QF2M-3", "MC-SEP-K7QF2M-033",
		"MC-SEP-K7QF2O-03", "mc-sep-K7QF2M-03", "MC-SEP-K7QF2M+03" };
	for (size_t i = 0; i < COUNT(others); i++)
		assert_false(mark_read(others[i], &mark));
}

static char card[300];
static void take_card(const char *text)
{
	snprintf(card, sizeof card, "%s", text);
}

static void a_card_keeps_its_letters(void **state)
{
	(void)state;
	static const char payload[] = "089199990001||Lê Văn Ân|05031999|Nam|Ấp Tà Lọt, An Hảo, Tịnh Biên, An Giang|12082021";
	draw_sheet(path_of("card.jpg"), &(struct sheet){ .text = "", .dpi = 300, .qr = payload, .qr_mm = 18, .skew = 11 });
	assert_true(codes_read(path_of("card.jpg"), take_card, NULL));
	assert_string_equal(card, payload);
}

/* Letters that must change to make one of the other. */
static int distance(const char *a, const char *b)
{
	size_t n = strlen(b);
	int *row = calloc(n + 1, sizeof *row);
	assert_non_null(row);
	for (size_t j = 0; j <= n; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= strlen(a); i++) {
		int above = row[0];
		row[0] = (int)i;
		for (size_t j = 1; j <= n; j++) {
			int best = above + (a[i - 1] != b[j - 1]);
			above = row[j];
			best = row[j] + 1 < best ? row[j] + 1 : best;
			row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
		}
	}
	int result = row[n];
	free(row);
	return result;
}

static void run(const char *format, char *out, size_t room)
{
	char command[400];
	snprintf(command, sizeof command, format, path_of("doc.pdf"));
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	size_t n = fread(out, 1, room - 1, pipe);
	out[n] = '\0';
	pclose(pipe);
}

static void strip_blanks(const char *text, char *out)
{
	for (; *text; text++)
		if ((unsigned char)*text > ' ')
			*out++ = *text;
	*out = '\0';
}

static void words_lie_under_a_page_that_was_askew(void **state)
{
	(void)state;
	static char text[8000], wanted[4000];
	int count;
	struct error err;
	clean(&(struct sheet){ .skew = 3, .quarters = 2 }, "a.jpg");
	if (!words_read(path_of("a.jpg"), 30000, &count, &err))
		fail_msg("%s", err.log);
	assert_true(count > 80);
	clean(&(struct sheet){ .text = "Trang thứ hai." }, "b.jpg");
	const char *pages[] = { "a.jpg", "b.jpg" };
	if (!pdf_make(folder, pages, 2, "doc.pdf", &err))
		fail_msg("%s", err.log);
	run("pdftotext -raw %s -", text, sizeof text);
	strip_blanks(text, text);
	strip_blanks(SHEET_TEXT, wanted);
	int wrong = distance(text, wanted);
	print_message("OCR: %d of %zu bytes differ (%.2f %%)\n", wrong, strlen(wanted), 100.0 * wrong / (double)strlen(wanted));
	assert_true(wrong * 50 < (int)strlen(wanted)); /* 2 % */
}

static void the_pdf_is_pdfa(void **state)
{
	(void)state;
	static char text[200000];
	struct arena arena = { 0 };
	const char *pages[] = { "a.jpg", "b.jpg" };
	char *first, *second;
	size_t first_size, second_size;
	run("qpdf --check %s 2>&1", text, sizeof text);
	assert_non_null(strstr(text, "No syntax or stream encoding errors"));
	run("pdfimages -list %s", text, sizeof text);
	assert_non_null(strstr(text, "jpeg   no")); /* passed through, not interpolated */
	run("pdffonts %s", text, sizeof text);
	assert_non_null(strstr(text, "CID TrueType"));
	assert_non_null(strstr(text, "yes yes yes"));
	run("pdfinfo -meta %s", text, sizeof text);
	assert_non_null(strstr(text, "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"));
	run("qpdf --qdf --object-streams=disable %s - 2>/dev/null | strings", text, sizeof text);
	static const char *const has[] = { "/OutputIntents", "/GTS_PDFA1", "/DestOutputProfile", "/CIDToGIDMap /Identity", "/Metadata", "/ID [" };
	for (size_t i = 0; i < COUNT(has); i++)
		if (!strstr(text, has[i]))
			fail_msg("no %s", has[i]);
	static const char *const hasnt[] = { "/Interpolate true", "/Encrypt", "/JavaScript", "/AA" };
	for (size_t i = 0; i < COUNT(hasnt); i++)
		if (strstr(text, hasnt[i]))
			fail_msg("has %s", hasnt[i]);
	run("qpdf --show-object=trailer %s", text, sizeof text);
	assert_null(strstr(text, "/Info"));
	/* The picture is the JPEG, byte for byte; the same pages make the same file. */
	assert_true(path_read(&arena, path_of("doc.pdf"), &first, &first_size, NULL));
	assert_true(path_read(&arena, path_of("a.jpg"), &second, &second_size, NULL));
	assert_non_null(memmem(first, first_size, second, second_size));
	assert_true(pdf_make(folder, pages, 2, "doc2.pdf", NULL));
	assert_true(path_read(&arena, path_of("doc2.pdf"), &second, &second_size, NULL));
	assert_int_equal(first_size, second_size);
	assert_memory_equal(first, second, first_size);
	arena_free(&arena);
}

/* As many rows as asked for; writing above, nothing below, whatever the paper's gray. */
static void a_page_is_seen_small(void **state)
{
	(void)state;
	char text[4000], command[200], *rest = text, *line;
	draw_sheet(path_of("th.jpg"), &(struct sheet){ .dpi = 100, .paper = 190 });
	snprintf(command, sizeof command, HELPERS "/motcua-pages thumb %s th.jpg 26 16", folder);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	text[fread(text, 1, sizeof text - 1, pipe)] = '\0';
	pclose(pipe);
	for (int row = 0; row < 16; row++) {
		line = strsep(&rest, "\n");
		assert_non_null(line);
		bool written = line[strspn(line, " ")] != '\0';
		if (row >= 2 && row <= 6)
			assert_true(written);
		if (row >= 10)
			assert_false(written);
	}
	assert_string_equal(rest, "end done\t\n");
}

static void write_bytes(const char *name, const void *data, size_t size)
{
	assert_true(path_write(path_of(name), data, size, 0600, NULL));
}

static void hostile_pictures_are_refused(void **state)
{
	(void)state;
	static const unsigned char bomb[80] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\2\0\0\0\0\0\0\0";
	struct page_facts f;
	struct error err;
	struct arena arena = { 0 };
	char *data;
	size_t size;
	write_bytes("bomb.png", bomb, sizeof bomb);
	assert_false(page_clean(path_of("bomb.png"), path_of("x.jpg"), &f, &err));
	assert_string_equal(err.code, "big");
	write_bytes("text.jpg", "chào", 6);
	assert_false(page_clean(path_of("text.jpg"), path_of("x.jpg"), &f, &err));
	assert_string_equal(err.code, "image");
	draw_sheet(path_of("in.jpg"), &(struct sheet){ .dpi = 100 });
	assert_true(path_read(&arena, path_of("in.jpg"), &data, &size, NULL));
	write_bytes("head.jpg", data, 300);
	assert_false(page_clean(path_of("head.jpg"), path_of("x.jpg"), &f, &err));
	/* A JPEG that says it is 60 000 × 60 000. */
	unsigned char *frame = memmem(data, size, "\xFF\xC0", 2);
	assert_non_null(frame);
	memcpy(frame + 5, "\xEA\x60\xEA\x60", 4);
	write_bytes("huge.jpg", data, size);
	assert_false(page_clean(path_of("huge.jpg"), path_of("x.jpg"), &f, &err));
	assert_string_equal(err.code, "big");
	assert_int_equal(access(path_of("x.jpg"), F_OK), -1);
	arena_free(&arena);
}

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[80];
	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_turned_and_straightened),
		cmocka_unit_test(doubts_are_named),
		cmocka_unit_test(separators_are_read_however_they_lie),
		cmocka_unit_test(a_card_keeps_its_letters),
		cmocka_unit_test(words_lie_under_a_page_that_was_askew),
		cmocka_unit_test(the_pdf_is_pdfa),
		cmocka_unit_test(a_page_is_seen_small),
		cmocka_unit_test(hostile_pictures_are_refused),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
