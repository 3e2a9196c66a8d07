/* SPDX-License-Identifier: Apache-2.0
 *
 * The desk seen through glass: a small screen with a form and a list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_desk_draws_title_status_and_keys),
		cmocka_unit_test(an_action_that_may_not_run_says_so),
		cmocka_unit_test(a_question_is_answered_by_arrow_letter_or_esc),
		cmocka_unit_test(keys_on_the_wire_stay_few),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
