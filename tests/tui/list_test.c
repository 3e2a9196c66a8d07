/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows that scroll, columns that come with width, clicks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/glass/glass.h"
#include "tui/list.h"

#include <cmocka.h>

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[32];
	(void) owner;
	snprintf(text, sizeof text, column == 0 ? "HS-%d" : column == 1 ? "Nguyễn Thị %d" : "%d.000",
	         row);
	out->text = text;
}

static void open(struct screen *screen, const void *argument)
{
	static const struct list_column columns[] = {
		{ "Mã", 6, false, 0 }, { "Họ tên", 0, false, 0 }, { "Lệ phí", 8, true, 60 }, { 0 },
	};
	struct list *list = screen->state;
	*list = (struct list){ .columns = columns, .cell = cell, .empty = "Không có hồ sơ." };
	list_set_count(list, *(const int *)argument);
}

static bool handle(struct screen *screen, const struct event *event)
{
	return list_handle(screen->state, event);
}

static void draw(const struct screen *screen, struct canvas *canvas)
{
	list_draw(screen->state, canvas, true);
}

static const struct screen_kind kind = {
	.name = "rows", .title = "Danh sách", .size = sizeof(struct list),
	.open = open, .handle = handle, .draw = draw,
};

static void rows_scroll_and_the_cursor_stays_in_sight(void **state)
{
	const int count = 20;
	struct glass *glass = glass_new(NULL, 10, 40);
	struct list *list = glass_open(glass, &kind, &count)->state;
	(void) state;
	glass_shows(glass,
		" DANH SÁCH             20/11/2026 09:41",
		"  Mã     Họ tên",
		"^> HS-0   Nguyễn Thị 0",
		"  HS-1   Nguyễn Thị 1",
		"  HS-2   Nguyễn Thị 2",
		"  HS-3   Nguyễn Thị 3",
		"  HS-4   Nguyễn Thị 4",
		"  HS-5   Nguyễn Thị 5",
		"",
		"F1 Giúp F10 Ra");
	glass_type(glass, T_PGDN T_DOWN);
	assert_int_equal(list->at, 6);
	assert_string_equal(glass_row(glass, 7), "^> HS-6   Nguyễn Thị 6");
	glass_type(glass, T_END T_DOWN);
	assert_string_equal(glass_row(glass, 7), "^> HS-19  Nguyễn Thị 19");
	glass_type(glass, "\033[<0;5;4M\033[<65;5;4M"); /* click HS-15, wheel down */
	assert_int_equal(list->at, 18);
	glass_type(glass, T_HOME);
	assert_int_equal(list->first, 0);
	/* Fewer rows than before: the cursor comes along. */
	glass_type(glass, T_END);
	list_set_count(list, 3);
	glass_resize(glass, 10, 70);
	assert_string_equal(glass_row(glass, 1), "  Mã     Họ tên" "                                              "
	                    "  Lệ phí");
	assert_string_equal(glass_row(glass, 4), "^> HS-2   Nguyễn Thị 2"
	                    "                                           2.000");
	glass_free(glass);
}

static void an_empty_list_says_so(void **state)
{
	const int none = 0;
	struct glass *glass = glass_new(NULL, 10, 40);
	glass_open(glass, &kind, &none);
	(void) state;
	glass_type(glass, T_DOWN T_END T_PGUP T_UP);
	assert_string_equal(glass_row(glass, 2), "^  Không có hồ sơ.");
	glass_free(glass);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_scroll_and_the_cursor_stays_in_sight),
		cmocka_unit_test(an_empty_list_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
