/* SPDX-License-Identifier: Apache-2.0
 *
 * Columns, not bytes: what lands on the screen when letters are drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/glass/glass.h"

#include <cmocka.h>

static void (*ink)(struct canvas *);

static void draw(const struct screen *screen, struct canvas *canvas)
{
	(void) screen;
	ink(canvas);
	canvas_cursor(canvas, canvas->rows - 1, canvas->cols - 1);
}

static const struct screen_kind kind = { .name = "ink", .title = "Mực", .draw = draw };

static struct glass *inked(void (*with)(struct canvas *), int rows, int cols)
{
	struct glass *glass = glass_new(NULL, rows, cols);
	ink = with;
	glass_open(glass, &kind, NULL);
	return glass;
}

static void two_lines_from_above(struct canvas *canvas)
{
	canvas_lines(canvas, -1, 2, 20, ROLE_TEXT, "trên mép\ndưới mép");
}

static void lines_above_the_canvas_are_not_pushed_into_it(void **state)
{
	struct glass *glass = inked(two_lines_from_above, 10, 40);
	(void)state;
	assert_true(glass_has(glass, "  dưới mép"));
	assert_false(glass_has(glass, "trên mép"));
	glass_free(glass);
}

/* The letters that are not ASCII, both cases: 134. */
#define SMALL "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
#define LARGE "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
#define APART "Nguye\xcc\x82\xcc\x83n Thi\xcc\xa3 Thuy\xcc\x80 D\xc6\xb0o\xcc\x9bng"

static void letters(struct canvas *canvas)
{
	assert_int_equal(canvas_text(canvas, 0, 0, ROLE_TEXT, SMALL "|"), 68);
	assert_int_equal(canvas_text(canvas, 1, 0, ROLE_TEXT, LARGE "|"), 68);
	assert_int_equal(canvas_text(canvas, 2, 0, ROLE_TEXT, APART "|"), 22);
}

static void every_letter_takes_one_column(void **state)
{
	struct glass *glass = inked(letters, 10, 80);
	(void) state;
	assert_string_equal(glass_row(glass, 1), SMALL "|");
	assert_string_equal(glass_row(glass, 2), LARGE "|");
	assert_string_equal(glass_row(glass, 3), APART "|");
	glass_free(glass);
}

static void edges(struct canvas *canvas)
{
	struct canvas part = canvas_part(canvas, 0, 5, 4, 10);
	canvas_text(&part, 0, 0, ROLE_TEXT, "một hai ba bốn");
	canvas_text(&part, 1, -4, ROLE_TEXT, "một hai ba bốn");
	canvas_text(&part, 2, 7, ROLE_TEXT, "漢字");
	canvas_text(&part, 3, -1, ROLE_TEXT, "漢字");
	canvas_text(&part, 4, 0, ROLE_TEXT, "outside");
	canvas_text(&part, -1, 0, ROLE_TEXT, "outside");
	canvas_cell(canvas, 4, 0, 8, ROLE_TEXT, "Nguyễn Thị");
	canvas_right(canvas, 4, 10, 8, ROLE_TEXT, "8.000");
	canvas_text(canvas, 4, 18, ROLE_TEXT, "|");
	canvas_text(canvas, 5, 0, ROLE_TEXT, "a\033[31mb\tc\x7f\xc2\x9b" "d\xe2\x80\xae" "e");
	canvas_text(canvas, 5, 100000, ROLE_TEXT, "far");
}

static void nothing_leaves_its_part(void **state)
{
	struct glass *glass = inked(edges, 12, 40);
	(void) state;
	assert_string_equal(glass_row(glass, 1), "     một hai ba");
	assert_string_equal(glass_row(glass, 2), "     hai ba bốn");
	assert_string_equal(glass_row(glass, 3), "            漢");
	assert_string_equal(glass_row(glass, 4), "      字");
	assert_string_equal(glass_row(glass, 5), "Nguyễn …     8.000|");
	assert_string_equal(glass_row(glass, 6), "a·[31mb·c··d·e");
	glass_free(glass);
}

static void whole(struct canvas *canvas)
{
	canvas_fill(canvas, 0, 0, canvas->rows, canvas->cols, ROLE_TEXT);
	for (int row = 0; row < canvas->rows; row++)
		for (int col = 0; col < canvas->cols; col++)
			canvas_text(canvas, row, col, ROLE_TEXT, "x");
}

static void the_last_cell_is_written(void **state)
{
	struct glass *glass = inked(whole, 10, 40);
	(void) state;
	for (int row = 1; row < 7; row++)
		assert_string_equal(glass_row(glass, row), "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
	glass_free(glass);
}

static void bands(struct canvas *canvas)
{
	struct canvas out[3];
	canvas_split(canvas, (const int[]){ 2, 0, 3 }, 3, out);
	canvas_text(&out[0], 0, 0, ROLE_TEXT, "head");
	canvas_text(&out[1], 0, 0, ROLE_TEXT, "body");
	canvas_text(&out[2], 0, 0, ROLE_TEXT, "foot");
	assert_int_equal(canvas_lines(&out[1], 1, 2, 10, ROLE_TEXT, "một hai ba\n\nbốn năm sáu bảy"), 4);
}

static void bands_and_lines_fall_where_they_should(void **state)
{
	struct glass *glass = inked(bands, 16, 40);
	(void) state;
	glass_shows(glass,
		" MỰC                   20/11/2026 09:41",
		"head", "", "body", "  một hai ba", "", "  bốn năm", "  sáu bảy", "", "", "",
		"foot", "", "                                       ^", "",
		"F1 Giúp F10 Ra");
	glass_free(glass);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_above_the_canvas_are_not_pushed_into_it),
		cmocka_unit_test(every_letter_takes_one_column),
		cmocka_unit_test(nothing_leaves_its_part),
		cmocka_unit_test(the_last_cell_is_written),
		cmocka_unit_test(bands_and_lines_fall_where_they_should),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
