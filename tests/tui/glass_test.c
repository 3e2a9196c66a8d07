/* SPDX-License-Identifier: Apache-2.0
 *
 * The desk seen through glass: rows, roles, sizes, themes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tests/tui/sample.h"

#include <cmocka.h>

static void the_desk_draws_title_status_and_keys(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(10, 80, &sample);
	(void) state;
	glass_type(glass, "Nguyễn");
	glass_shows(glass,
		" TIẾP NHẬN HỒ SƠ             Quầy 3 · Lê Thị Mận · TẬP DUYỆT · 20/11/2026 09:41",
		">Họ tên        *Nguyễn^",
		" Số định danh",
		" Trả bằng       (●) tiền mặt  ( ) chuyển khoản",
		"", "", "", "", "",
		"F1 Giúp F2 Hỏi F8(Trả) F9 Nhận+In F10 Ra");
	glass_roles(glass, (const int[]){ ROLE_FOCUS, ROLE_KEY, ROLE_OFF, ROLE_PRACTICE, -1 });
	assert_string_equal(glass_row(glass, 1), ">Họ tên        *{focus:Nguyễn^ }");
	assert_string_equal(glass_row(glass, 9),
	                    "{key:F1} Giúp {key:F2} Hỏi {off:F8(Trả)} {key:F9} Nhận+In {key:F10} Ra");
	glass_free(glass);
}

static void a_question_is_answered_by_arrow_letter_or_esc(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(12, 60, &sample);
	(void) state;
	glass_type(glass, T_F2);
	glass_shows(glass,
		" TIẾP NHẬN HỒ SƠ                                  TẬP DUYỆT",
		">Họ tên        *",
		" S┌─ Hỏi ────────────────────────────────────────────────┐",
		" T│ Hồ sơ này đã có người nhận. Vẫn nhận?                │",
		"  │                                                      │",
		"  │   Có                                                 │",
		"  │ ^> Không                                              │",
		"  └──────────────────────────────────────────────────────┘",
		"", "", "",
		"F1 Giúp F10 Ra");
	glass_type(glass, T_UP "\r");
	assert_int_equal(sample->answer, 1);
	glass_type(glass, T_F2 "k");
	assert_int_equal(sample->answer, 2);
	sample->answer = 0;
	glass_type(glass, T_F2 T_ESC);
	assert_int_equal(sample->answer, 2);
	glass_free(glass);
}

static void keys_on_the_wire_stay_few(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(24, 80, &sample);
	(void) state;
	for (const char *at = "nguyen van binh"; *at; at++) {
		char one[2] = { *at, 0 };
		long before = glass_sent(glass);
		glass_type(glass, one);
		assert_in_range(glass_sent(glass) - before, 1, 64);
	}
	glass_free(glass);
}

static void any_size_is_survived(void **state)
{
	static const int sizes[][2] = { { 1, 1 },   { 2, 3 },   { 5, 200 }, { 60, 1 },
		                        { 9, 39 },  { 10, 40 }, { 24, 80 }, { 43, 132 },
		                        { 60, 200 }, { 3, 80 }, { 24, 80 } };
	static const char *const over[] = { "", T_F2, T_F1, "\020", "\020ra" };
	(void) state;
	for (int i = 0; i < 5; i++) {
		struct sample *sample;
		struct glass *glass = sample_opened(24, 80, &sample);
		glass_type(glass, over[i]);
		for (int s = 0; s < 11; s++) {
			glass_resize(glass, sizes[s][0], sizes[s][1]);
			glass_type(glass, "a" T_DOWN T_PGDN T_UP);
		}
		if (!*over[i])
			assert_true(glass_has(glass, "F1 Giúp F2 Hỏi"));
		glass_free(glass);
	}
}

static void too_small_says_so(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(24, 80, &sample);
	(void) state;
	glass_resize(glass, 9, 39);
	assert_string_equal(glass_row(glass, 0), "^Màn hình nhỏ quá: hãy nới cửa sổ tới 80");
	glass_resize(glass, 24, 80);
	assert_true(glass_has(glass, "TIẾP NHẬN HỒ SƠ"));
	glass_free(glass);
}

static void the_bar_is_clicked_when_the_mouse_is_on(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(24, 80, &sample);
	(void) state;
	glass_type(glass, "\033[<0;25;24M"); /* column 25: F9 Nhận+In */
	assert_int_equal(sample->runs, 1);
	glass_type(glass, "\033[<0;18;24M"); /* F8(Trả) may not */
	assert_int_equal(sample->runs, 1);
	glass_free(glass);
}

static void every_theme_paints_what_it_says(void **state)
{
	static const char *const terms[] = { "xterm-256color", "linux", "vt100" };
	static const char *const themes[] = { "dark", "light", "mono", "linux", "contrast" };
	int roles[ROLE_COUNT + 1];
	(void) state;
	for (int i = 0; i < ROLE_COUNT; i++)
		roles[i] = i;
	roles[ROLE_COUNT] = -1;
	for (int t = 0; t < 3; t++) {
		struct glass *glass = glass_new(terms[t], 24, 80);
		struct error err = { 0 };
		glass_open(glass, &sample_kind, NULL);
		glass_roles(glass, roles);
		glass_desk(glass)->practice = true;
		for (int i = 0; i < 5; i++) {
			assert_true(desk_theme(glass_desk(glass), themes[i], &err));
			glass_type(glass, "x");
			/* "{?role:" would be a colour that is not the theme's. */
			for (int row = 0; row < 24; row++)
				if (strstr(glass_row(glass, row), "{?"))
					fail_msg("%s, %s: %s", terms[t], themes[i],
					         glass_row(glass, row));
		}
		glass_free(glass);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_desk_draws_title_status_and_keys),
		cmocka_unit_test(a_question_is_answered_by_arrow_letter_or_esc),
		cmocka_unit_test(keys_on_the_wire_stay_few),
		cmocka_unit_test(any_size_is_survived),
		cmocka_unit_test(too_small_says_so),
		cmocka_unit_test(the_bar_is_clicked_when_the_mouse_is_on),
		cmocka_unit_test(every_theme_paints_what_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
