/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows that scroll, columns that come with width, clicks; a page to read whose end comes late. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/glass/glass.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/sheet.h"

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

/* ---- rows that come anew ---- */

static const int64_t *numbers;

static int64_t number_of(void *owner, int row)
{
	(void) owner;
	return numbers[row];
}

static void the_cursor_stays_on_its_row_when_rows_come_anew(void **state)
{
	static const int64_t before[] = { 11, 12, 13, 14 }, moved[] = { 20, 14, 21, 13, 11 }, gone[] = { 20, 14, 21, 11 };
	const int count = 4;
	struct glass *glass = glass_new(NULL, 10, 40);
	(void) state;
	numbers = before;
	struct list *list = glass_open(glass, &kind, &count)->state;
	list->id = number_of;
	glass_type(glass, T_DOWN T_DOWN);
	assert_int_equal(numbers[list->at], 13);
	numbers = moved;
	list_set_count(list, 5);
	assert_int_equal(numbers[list->at], 13);
	/* What is gone gives its place to the next. */
	numbers = gone;
	list_set_count(list, 4);
	assert_int_equal(list->at, 3);
	/* An owner puts the cursor where it likes; emptied, it begins at the top. */
	list->at = 1;
	glass_resize(glass, 10, 41);
	numbers = before;
	list_set_count(list, 4);
	assert_int_equal(numbers[list->at], 14);
	list_set_count(list, 0);
	list_set_count(list, 4);
	assert_int_equal(list->at, 0);
	assert_true(list_id(1, "a") != list_id(1, "b") && list_id(1, "") != list_id(2, ""));
	glass_free(glass);
}

/* ---- reading them ---- */

static int reads;

static void read_rows(struct screen *screen)
{
	(void) screen;
	reads++;
}

/* One reading at a time, one more for all that was heard meanwhile; an answer to the question before is let go. */
static void rows_are_read_once_more_and_never_lost(void **state)
{
	const int none = 0;
	struct glass *glass = glass_new(NULL, 10, 40);
	struct screen *screen = glass_open(glass, &kind, &none);
	struct list *list = screen->state;
	struct canvas canvas = surface_begin(glass_desk(glass)->surface, &glass_desk(glass)->theme);
	struct error err = { .fault = FAULT_OFFLINE, .say = "Mất kết nối máy chủ" };
	struct fresh fresh = { .screen = screen, .read = read_rows };
	(void) state;
	reads = 0;
	fresh_read(&fresh);
	fresh_read(&fresh);
	fresh_read(&fresh);
	assert_int_equal(reads, 1);
	fresh_list(&fresh, list, &canvas, true);
	assert_string_equal(list->empty, "Không có hồ sơ."); /* its own sentence again */
	assert_false(fresh.known);
	const char *row = arena_string(&fresh.coming, "HS-1");
	assert_true(fresh_came(&fresh, NULL));
	fresh_taken(&fresh);
	assert_int_equal(reads, 2);
	/* The line breaks: said, and what is shown stays. */
	arena_string(&fresh.coming, "half");
	assert_false(fresh_came(&fresh, &err));
	fresh_taken(&fresh);
	assert_true(fresh.known);
	assert_string_equal(row, "HS-1");
	assert_string_equal(glass_desk(glass)->status, "Mất kết nối máy chủ");
	assert_int_equal(reads, 2);
	/* Another question while the answer is on its way. */
	fresh_read(&fresh);
	fresh_other(&fresh);
	assert_int_equal(reads, 3);
	arena_string(&fresh.coming, "old");
	glass_desk(glass)->status[0] = '\0';
	assert_false(fresh_came(&fresh, &err));
	assert_string_equal(glass_desk(glass)->status, ""); /* nobody asks for it any more */
	fresh_taken(&fresh);
	assert_int_equal(reads, 4);
	assert_false(fresh.known);
	assert_true(fresh_came(&fresh, NULL));
	assert_true(fresh.known);
	fresh_taken(&fresh);
	assert_int_equal(reads, 4);
	fresh_close(&fresh);
	glass_free(glass);
}

/* ---- a page to read ---- */

struct page {
	struct sheet sheet;
	struct arena arena;
};

static void compose(struct page *page, int rows)
{
	arena_free(&page->arena);
	sheet_start(&page->sheet, &page->arena);
	sheet_heading(&page->sheet, "Diễn biến");
	for (int i = 0; i < rows; i++)
		sheet_format(&page->sheet, i % 3, ROLE_TEXT, i % 4 ? "Việc thứ %d" : "Việc thứ %d, kể dài hơn một dòng của màn hình này, nên xuống dòng", i);
	sheet_line(&page->sheet, 0, ROLE_TEXT, "Dòng cuối.");
}

static bool page_handle(struct screen *screen, const struct event *event)
{
	return sheet_handle(&((struct page *)screen->state)->sheet, event);
}

static void page_draw(const struct screen *screen, struct canvas *canvas)
{
	sheet_draw(&((struct page *)screen->state)->sheet, canvas, true);
}

static void page_close(struct screen *screen)
{
	arena_free(&((struct page *)screen->state)->arena);
}

static const struct screen_kind page_kind = { .name = "page", .title = "Hồ sơ", .size = sizeof(struct page),
	.handle = page_handle, .draw = page_draw, .close = page_close };

/* An answer may come between the key and the painting, and after it: whoever asked for the end stands there. */
static void the_end_stays_the_end_when_rows_come_late(void **state)
{
	(void) state;
	for (int height = 20; height <= 30; height++) {
		struct glass *glass = glass_new(NULL, height, 50);
		struct page *page = glass_open(glass, &page_kind, NULL)->state;
		for (int rows = 1; rows < 60; rows += 1 + rows % 5) {
			struct event end = { .kind = EVENT_KEY, .chord = { K_END, 0 }, .text = "" };
			compose(page, rows);
			desk_event(glass_desk(glass), &end);
			glass_paint(glass);
			assert_true(glass_has(glass, "Dòng cuối."));
			compose(page, rows + 1 + rows % 7);
			desk_dirty(glass_desk(glass));
			glass_paint(glass);
			assert_true(glass_has(glass, "Dòng cuối."));
			assert_false(glass_has(glass, "còn nữa"));
		}
		/* Whoever scrolls again is not taken along, nor whoever never asked for the end. */
		glass_type(glass, T_UP);
		int first = page->sheet.first;
		compose(page, 90);
		desk_dirty(glass_desk(glass));
		glass_paint(glass);
		assert_int_equal(page->sheet.first, first);
		assert_true(glass_has(glass, "còn nữa"));
		glass_free(glass);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_stays_on_its_row_when_rows_come_anew),
		cmocka_unit_test(rows_are_read_once_more_and_never_lost),
		cmocka_unit_test(the_end_stays_the_end_when_rows_come_late),
		cmocka_unit_test(rows_scroll_and_the_cursor_stays_in_sight),
		cmocka_unit_test(an_empty_list_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
