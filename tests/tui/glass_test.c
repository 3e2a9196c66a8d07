/* SPDX-License-Identifier: Apache-2.0
 *
 * The desk seen through glass: a small screen with a form and a list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "tests/glass/glass.h"
#include "tui/ask.h"
#include "tui/form.h"
#include "tui/list.h"

#include <cmocka.h>

struct sample {
	struct field name, number;
	struct choice paid;
	struct form_item items[3];
	struct form form;
	int runs, answer;
	char scanned[64];
	bool exact;
};

static void run_accept(struct screen *screen)
{
	((struct sample *)screen->state)->runs++;
}

static bool may_return(const struct screen *screen)
{
	return *((struct sample *)screen->state)->number.text;
}

static void answered(struct screen *screen, bool yes, void *data)
{
	(void) data;
	((struct sample *)screen->state)->answer = yes ? 1 : 2;
}

static void run_ask(struct screen *screen)
{
	ask_yes(screen, "Hồ sơ này đã có người nhận. Vẫn nhận?", true, answered, NULL);
}

static const struct action sample_actions[] = {
	{ "sample-accept", "F9", "Nhận+In", "Nhận hồ sơ và in giấy hẹn", NULL, run_accept },
	{ "sample-return", "F8", "Trả", "Trả kết quả cho công dân", may_return, run_accept },
	{ "sample-ask", "F2", "Hỏi", "Hỏi một câu", NULL, run_ask },
	{ 0 },
};

static void sample_open(struct screen *screen, const void *argument)
{
	static const char *const ways[] = { "tiền mặt", "chuyển khoản", NULL };
	struct sample *sample = screen->state;
	(void) argument;
	field_init(&sample->name, &screen->arena, &screen->desk->composer);
	field_init(&sample->number, &screen->arena, &screen->desk->composer);
	sample->name.max = 30;
	sample->number.digits = true;
	sample->number.max = 12;
	sample->paid.names = ways;
	sample->items[0] = (struct form_item){ .label = "Họ tên", .kind = FORM_FIELD,
		                               .field = &sample->name, .required = true };
	sample->items[1] = (struct form_item){ .label = "Số định danh", .kind = FORM_FIELD,
		                               .field = &sample->number };
	sample->items[2] = (struct form_item){ .label = "Trả bằng", .kind = FORM_CHOICE,
		                               .choice = &sample->paid };
	sample->form = (struct form){ .items = sample->items, .count = 3, .labels = 16 };
	form_start(&sample->form);
}

static bool sample_handle(struct screen *screen, const struct event *event)
{
	struct sample *sample = screen->state;
	if (event->kind == EVENT_SCAN) {
		snprintf(sample->scanned, sizeof sample->scanned, "%s", event->text);
		sample->exact = event->exact;
		return true;
	}
	return form_handle(&sample->form, event);
}

static void sample_draw(const struct screen *screen, struct canvas *canvas)
{
	struct sample *sample = screen->state;
	form_draw(&sample->form, canvas);
}

static const struct screen_kind sample_kind = {
	.name = "sample", .title = "Tiếp nhận hồ sơ", .help = "Nhận một hồ sơ mới.",
	.actions = sample_actions, .size = sizeof(struct sample), .open = sample_open,
	.draw = sample_draw, .handle = sample_handle,
};

static struct glass *opened(int rows, int cols, struct sample **sample)
{
	struct glass *glass = glass_new(NULL, rows, cols);
	struct desk *desk = glass_desk(glass);
	desk_name(desk, "Quầy 3 · Lê Thị Mận");
	desk->practice = true;
	*sample = glass_open(glass, &sample_kind, NULL)->state;
	return glass;
}

static void the_desk_draws_title_status_and_keys(void **state)
{
	struct sample *sample;
	struct glass *glass = opened(10, 80, &sample);
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

static void an_action_that_may_not_run_says_so(void **state)
{
	struct sample *sample;
	struct glass *glass = opened(24, 80, &sample);
	(void) state;
	glass_type(glass, T_F8);
	assert_int_equal(sample->runs, 0);
	assert_string_equal(glass_row(glass, 22), " ! Lúc này chưa làm được: Trả kết quả cho công dân");
	glass_type(glass, "\t0123");
	assert_string_equal(glass_row(glass, 22), "");
	assert_true(glass_has(glass, "F8 Trả F9"));
	glass_type(glass, "\0338"); /* Alt-8 */
	assert_int_equal(sample->runs, 1);
	glass_type(glass, T_F9);
	assert_int_equal(sample->runs, 2);
	glass_free(glass);
}

static void a_question_is_answered_by_arrow_letter_or_esc(void **state)
{
	struct sample *sample;
	struct glass *glass = opened(12, 60, &sample);
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
	struct glass *glass = opened(24, 80, &sample);
	(void) state;
	for (const char *at = "nguyen van binh"; *at; at++) {
		char one[2] = { *at, 0 };
		long before = glass_sent(glass);
		glass_type(glass, one);
		assert_in_range(glass_sent(glass) - before, 1, 64);
	}
	glass_free(glass);
}

static bool seen_by_desk(struct desk *desk, const struct event *event)
{
	snprintf(desk->program, 64, "%s", event->text);
	return true;
}

static void a_scan_reaches_the_screen_from_any_field(void **state)
{
	struct sample *sample;
	struct glass *glass = opened(24, 80, &sample);
	char other[64] = "";
	(void) state;
	glass_type(glass, "Ng\002H01.999-261120-0007\ruyen");
	assert_string_equal(sample->scanned, "H01.999-261120-0007");
	assert_false(sample->exact);
	assert_string_equal(sample->name.text, "Nguyen");
	/* Typed fast without a prefix: the field gets its first character back out. */
	glass_type(glass, "001199000012||Le Thi Man|01011999|Nu|To 1|01012022\r");
	assert_string_equal(sample->scanned, "001199000012||Le Thi Man|01011999|Nu|To 1|01012022");
	assert_string_equal(sample->name.text, "Nguyen");
	/* In a dialog nobody wants it: the program may. */
	glass_type(glass, T_F1 "\002X\r");
	assert_true(glass_has(glass, "Mã vừa quét không dùng được"));
	glass_desk(glass)->scanned = seen_by_desk;
	glass_desk(glass)->program = other;
	glass_type(glass, "\002Y\r");
	assert_string_equal(other, "Y");
	glass_free(glass);
}

static void help_is_made_from_the_tables(void **state)
{
	struct sample *sample;
	struct glass *glass = opened(34, 80, &sample);
	struct arena arena = { 0 };
	static const struct action *const tables[] = { sample_actions, desk_actions, NULL };
	(void) state;
	assert_true(keymap_parse(&glass_desk(glass)->keymap, &arena, tables,
	                         "sample-return = Ctrl-B\n", "k", NULL));
	glass_type(glass, T_F1);
	assert_true(glass_has(glass, " GIÚP: TIẾP NHẬN HỒ SƠ"));
	assert_true(glass_has(glass, "Nhận một hồ sơ mới."));
	assert_true(glass_has(glass, "   Ctrl-B          Trả: Trả kết quả cho công dân"));
	assert_true(glass_has(glass, "   F9              Nhận+In: Nhận hồ sơ và in giấy hẹn"));
	assert_true(glass_has(glass, "   Ctrl-P          Tìm mọi việc theo tên"));
	glass_type(glass, T_F1);
	assert_true(glass_has(glass, " TIẾP NHẬN HỒ SƠ "));
	assert_true(glass_has(glass, "F1 Giúp F2 Hỏi F9 Nhận+In F10 Ra Ctrl-B(Trả)"));
	arena_free(&arena);
	glass_free(glass);
}

static void the_palette_finds_without_marks(void **state)
{
	struct sample *sample;
	struct glass *glass = opened(24, 80, &sample);
	(void) state;
	glass_type(glass, "\020nhan ho so");
	assert_true(glass_has(glass, "> F9         Nhận+In: Nhận hồ sơ và in giấy hẹn"));
	glass_type(glass, "\r");
	assert_int_equal(sample->runs, 1);
	assert_true(screen_is_top(glass_desk(glass)->top));
	glass_type(glass, "\020zzz");
	assert_true(glass_has(glass, "Không có việc nào như vậy."));
	glass_type(glass, "\r" T_ESC);
	assert_false(glass_has(glass, "Tìm việc"));
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
		struct glass *glass = opened(24, 80, &sample);
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
	struct glass *glass = opened(24, 80, &sample);
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
	struct glass *glass = opened(24, 80, &sample);
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

static void leaving_asks_at_the_last_screen(void **state)
{
	struct sample *sample;
	struct glass *glass = opened(24, 80, &sample);
	(void) state;
	screen_push(glass_desk(glass), &sample_kind, NULL);
	glass_type(glass, T_ESC);
	assert_null(glass_desk(glass)->top->below);
	glass_type(glass, T_ESC);
	assert_non_null(glass_desk(glass)->top);
	glass_type(glass, T_F10);
	assert_true(glass_has(glass, "Thoát chương trình?"));
	assert_false(glass_loop(glass)->stop);
	glass_type(glass, "\r");
	assert_true(glass_loop(glass)->stop);
	glass_free(glass);
}

static void locked(struct desk *desk)
{
	desk_say(desk, FAULT_NONE, "khoá");
}

static void a_quiet_desk_is_locked(void **state)
{
	struct sample *sample;
	struct glass *glass = opened(24, 80, &sample);
	(void) state;
	glass_desk(glass)->idle = locked;
	glass_desk(glass)->idle_ms = 600000;
	glass_type(glass, "a");
	glass_pass(glass, 599000);
	glass_type(glass, "b");
	glass_pass(glass, 599000);
	glass_paint(glass);
	assert_string_equal(glass_row(glass, 22), "");
	glass_pass(glass, 2000);
	glass_paint(glass);
	assert_string_equal(glass_row(glass, 22), " khoá");
	glass_free(glass);
}

static void a_dump_hides_what_is_personal(void **state)
{
	struct sample *sample;
	struct glass *glass = opened(24, 80, &sample);
	struct arena arena = { 0 };
	struct error err = { 0 };
	const char *path = NULL;
	char *text = NULL;
	(void) state;
	glass_type(glass, "Man\t00119900001");
	desk_say(glass_desk(glass), FAULT_NONE, "số 001199000012");
	glass_paint(glass);
	assert_true(desk_dump(glass_desk(glass), &path, &err));
	assert_true(path_read(&arena, path, &text, NULL, &err));
	assert_non_null(strstr(text, "TIẾP NHẬN HỒ SƠ"));
	assert_non_null(strstr(text, ">Số định danh   •••••••••••"));
	assert_null(strstr(text, "Man"));
	assert_non_null(strstr(text, "số 0011xxxxxx12"));
	assert_null(strstr(text, "0011990"));
	unlink(path);
	arena_free(&arena);
	glass_free(glass);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_desk_draws_title_status_and_keys),
		cmocka_unit_test(an_action_that_may_not_run_says_so),
		cmocka_unit_test(a_question_is_answered_by_arrow_letter_or_esc),
		cmocka_unit_test(keys_on_the_wire_stay_few),
		cmocka_unit_test(a_scan_reaches_the_screen_from_any_field),
		cmocka_unit_test(help_is_made_from_the_tables),
		cmocka_unit_test(the_palette_finds_without_marks),
		cmocka_unit_test(any_size_is_survived),
		cmocka_unit_test(too_small_says_so),
		cmocka_unit_test(the_bar_is_clicked_when_the_mouse_is_on),
		cmocka_unit_test(every_theme_paints_what_it_says),
		cmocka_unit_test(leaving_asks_at_the_last_screen),
		cmocka_unit_test(a_quiet_desk_is_locked),
		cmocka_unit_test(a_dump_hides_what_is_personal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
