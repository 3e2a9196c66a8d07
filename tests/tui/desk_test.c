/* SPDX-License-Identifier: Apache-2.0
 *
 * What the desk does with events: actions, help, palette, scans, leaving. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "tests/tui/sample.h"
#include "tui/ask.h"

#include <cmocka.h>

static void an_action_that_may_not_run_says_so(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(24, 80, &sample);
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

static bool seen_by_desk(struct desk *desk, const struct event *event)
{
	snprintf(desk->program, 64, "%s", event->text);
	return true;
}

static void a_scan_reaches_the_screen_from_any_field(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(24, 80, &sample);
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
	struct glass *glass = sample_opened(34, 80, &sample);
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
	struct glass *glass = sample_opened(24, 80, &sample);
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

static void leaving_asks_at_the_last_screen(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(24, 80, &sample);
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

static void on_text(struct screen *screen, const char *text, void *data)
{
	(void) screen;
	snprintf(data, 64, "%s", text ? text : "-");
}

/* What the database refuses a moment later is there again, unless the clerk has gone on. */
static void what_was_refused_is_not_typed_again(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(24, 80, &sample);
	struct screen *screen = glass_desk(glass)->top;
	struct error err = { .fault = FAULT_INPUT, .say = "Số ngày từ 0 đến 999." };
	char got[64] = "";
	(void) state;
	ask_refused(screen, &err);
	assert_true(glass_desk(glass)->top == screen); /* nothing was asked */
	ask_for_text(screen, &(struct ask_text){ .question = "Bao nhiêu ngày?", .max = 20 }, on_text, got);
	glass_type(glass, "1200\r");
	assert_string_equal(got, "1200");
	ask_refused(screen, &err);
	glass_paint(glass);
	assert_true(glass_has(glass, "Bao nhiêu ngày?") && glass_has(glass, "1200") && glass_has(glass, "Số ngày từ 0 đến 999."));
	glass_type(glass, T_BACKSPACE "\r");
	assert_string_equal(got, "120");
	/* So is what was typed while the act before it is being written. */
	assert_false(ask_busy(screen, false));
	assert_true(ask_busy(screen, true));
	glass_paint(glass);
	assert_true(glass_has(glass, "120") && glass_has(glass, "Việc trước đang ghi"));
	glass_type(glass, "\r");
	glass_type(glass, "\t");
	ask_refused(screen, &err);
	assert_true(glass_desk(glass)->top == screen);
	/* What stands there: a number gives way to the first key, a path is gone on with. */
	ask_for_text(screen, &(struct ask_text){ .question = "Bao nhiêu ngày?", .initial = "12", .plain = true }, on_text, got);
	glass_type(glass, "7\r");
	assert_string_equal(got, "7");
	ask_for_text(screen, &(struct ask_text){ .question = "Tệp nào?", .initial = "/", .plain = true }, on_text, got);
	glass_type(glass, "tmp/a.pdf\r");
	assert_string_equal(got, "/tmp/a.pdf");
	glass_type(glass, "\t");
	/* Esc leaves nothing, a secret is not kept. */
	ask_for_text(screen, &(struct ask_text){ .question = "Mật khẩu?", .secret = true }, on_text, got);
	glass_type(glass, "x\r");
	ask_refused(screen, &err);
	assert_true(glass_desk(glass)->top == screen);
	ask_for_text(screen, &(struct ask_text){ .question = "Ngày nào?" }, on_text, got);
	glass_type(glass, "x" T_ESC);
	assert_string_equal(got, "-");
	ask_refused(screen, &err);
	assert_true(glass_desk(glass)->top == screen);
	glass_free(glass);
}

static void locked(struct desk *desk)
{
	desk_say(desk, FAULT_NONE, "khoá");
}

static void a_quiet_desk_is_locked(void **state)
{
	struct sample *sample;
	struct glass *glass = sample_opened(24, 80, &sample);
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
	struct glass *glass = sample_opened(24, 80, &sample);
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
		cmocka_unit_test(an_action_that_may_not_run_says_so),
		cmocka_unit_test(a_scan_reaches_the_screen_from_any_field),
		cmocka_unit_test(help_is_made_from_the_tables),
		cmocka_unit_test(the_palette_finds_without_marks),
		cmocka_unit_test(leaving_asks_at_the_last_screen),
		cmocka_unit_test(what_was_refused_is_not_typed_again),
		cmocka_unit_test(a_quiet_desk_is_locked),
		cmocka_unit_test(a_dump_hides_what_is_personal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
