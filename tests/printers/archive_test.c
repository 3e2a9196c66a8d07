/* SPDX-License-Identifier: Apache-2.0
 *
 * Papers as PDF/A-2b (ISO 19005-2): what qpdf and poppler find in them, form by form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/pdf/archive.h"
#include "tests/printers/papers.h"

#include <cmocka.h> /* last: it takes the name fail */

static const char *const names[] = { "01", "02", "03", "04", "05", "06", "07", "appointment", "fee", "handover",
	"handover-list", "payment", "post-handover", "post-slip", "result", "ticket", "shift" };
enum { NAMES = sizeof names / sizeof *names };

static void draw(struct arena *arena, const char *form, struct bytes *out)
{
	struct fields fields;
	struct error err = { 0 };
	char *text;
	size_t size;
	if (!path_read(arena, MOTCUA_SOURCE "/printers/forms/sample.fields", &text, &size, &err) ||
	    !fields_parse(arena, text, size, &fields, &err))
		fail_msg("%s", err.log);
	papers_draw(arena, form, DRAW_PDF_A5, &fields, SAMPLE_QR, out);
}

static int count(const char *text, const char *word)
{
	int n = 0;
	for (; (text = strstr(text, word)); text += strlen(word))
		n++;
	return n;
}

static int make_all(void **state)
{
	(void)state;
	for (int i = 0; i < NAMES; i++) {
		struct arena arena = { 0 };
		struct bytes out = { 0 };
		draw(&arena, names[i], &out);
		papers_write(arena_format(&arena, "%s/%s.pdf", papers_folder(), names[i]), &out);
		bytes_free(&out);
		arena_free(&arena);
	}
	return 0;
}

static void qpdf_has_nothing_to_say(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	papers_run(&arena, "cd %s && for f in *.pdf; do qpdf --check $f || exit 1; done 2>&1", papers_folder());
	arena_free(&arena);
}

static void all_fonts_are_inside_and_readable(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	const char *fonts = papers_run(&arena, "cd %s && for f in *.pdf; do pdffonts $f | tail -n +3; done", papers_folder());
	int lines = count(fonts, "\n");
	assert_true(lines >= 2 * NAMES);
	assert_int_equal(count(fonts, " yes yes yes "), lines);
	arena_free(&arena);
}

/* The clauses that cairo alone breaks, and those that others often break. */
static void the_structure_is_that_of_an_archive(void **state)
{
	(void)state;
	for (int i = 0; i < NAMES; i++) {
		struct arena arena = { 0 };
		const char *plain = papers_run(&arena, "cd %s && qpdf --qdf --object-streams=disable %s.pdf - | tr -d '\\000'",
		                               papers_folder(), names[i]);
		const char *trailer = strstr(plain, "trailer <<");
		assert_non_null(trailer);
		assert_int_equal(count(plain, "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"), 1);
		assert_int_equal(count(plain, "/S /GTS_PDFA1"), 1);
		assert_int_equal(count(plain, "/OutputIntents"), 1);
		assert_true(count(plain, "/CIDFontType2") > 0);
		assert_int_equal(count(plain, "/CIDToGIDMap /Identity"), count(plain, "/Subtype /CIDFontType2"));
		assert_int_equal(count(plain, "/FontFile2 "), count(plain, "/Type /FontDescriptor"));
		assert_null(strstr(plain, "/Interpolate true"));
		assert_null(strstr(plain, "/Encrypt"));
		assert_null(strstr(plain, "/JavaScript"));
		assert_null(strstr(trailer, "/Info "));
		assert_non_null(strstr(trailer, "/ID ["));
		assert_non_null(strstr(plain, "/Lang (vi)"));
		arena_free(&arena);
	}
}

static void the_title_is_the_forms_own(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	const char *said = papers_run(&arena, "cd %s && qpdf --qdf --object-streams=disable fee.pdf - | grep -a -o '<rdf:li xml.*</rdf:li></rdf:Alt>'",
	                              papers_folder());
	assert_non_null(strstr(said, ">Biên lai thu phí, lệ phí<"));
	struct bytes again = { 0 }, wrong = { 0 };
	struct error err = { 0 };
	char *pdf;
	size_t size;
	assert_true(path_read(&arena, arena_format(&arena, "%s/fee.pdf", papers_folder()), &pdf, &size, &err));
	assert_true(archive_bytes(pdf, size, "A < B & \"C\"\n</x>", &again, &err));
	papers_write(arena_format(&arena, "%s/title.pdf", papers_folder()), &again);
	said = papers_run(&arena, "cd %s && qpdf --qdf title.pdf - | grep -a -o '<rdf:li xml.*</rdf:li></rdf:Alt>'", papers_folder());
	assert_non_null(strstr(said, ">A &lt; B &amp; \"C\"&lt;/x><"));
	assert_false(archive_bytes("%PDF-1.5 no", 11, "x", &wrong, &err));
	assert_true(*err.say && *err.log);
	bytes_free(&again);
	bytes_free(&wrong);
	arena_free(&arena);
}

static void the_same_paper_is_the_same_bytes(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct bytes one = { 0 }, two = { 0 };
	draw(&arena, "payment", &one);
	draw(&arena, "payment", &two);
	assert_int_equal(one.size, two.size);
	assert_memory_equal(one.data, two.data, one.size);
	bytes_free(&one);
	bytes_free(&two);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(qpdf_has_nothing_to_say),
		cmocka_unit_test(all_fonts_are_inside_and_readable),
		cmocka_unit_test(the_structure_is_that_of_an_archive),
		cmocka_unit_test(the_title_is_the_forms_own),
		cmocka_unit_test(the_same_paper_is_the_same_bytes),
	};
	return cmocka_run_group_tests(tests, make_all, NULL);
}
