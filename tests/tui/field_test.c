/* SPDX-License-Identifier: Apache-2.0
 *
 * Editing one line and several. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tui/area.h"
#include "tui/composer.h"
#include "tui/field.h"
#include "tui/form.h"
#include "tui/keys.h"

#include <cmocka.h>

static struct arena arena;
static struct field field;
static struct area area;
static bool on_area;

static void give(struct keys *keys, const struct event *event)
{
	(void) keys;
	if (on_area)
		area_handle(&area, event);
	else
		field_handle(&field, event);
}

static void type(const char *bytes)
{
	struct keys keys;
	keys_init(&keys, give, NULL);
	keys_feed(&keys, bytes, strlen(bytes), 1000);
	keys_settle(&keys, 5000);
	keys_clear(&keys);
}

static int fresh(void **state)
{
	(void) state;
	on_area = false;
	field_init(&field, &arena, NULL);
	area_init(&area, &arena, NULL);
	return 0;
}

static int swept(void **state)
{
	(void) state;
	arena_free(&arena);
	return 0;
}

static void decomposed_input_becomes_composed(void **state)
{
	(void) state;
	type("Nguye\xcc\x82\xcc\x83n"); /* e, circumflex, tilde: as macOS sends it */
	assert_string_equal(field.text, "Nguyễn");
	type("\177\177");
	assert_string_equal(field.text, "Nguy");
	type("\xea" "e\xcc\x81");
	assert_string_equal(field.text, "Nguyé");
	type("\177");
	assert_string_equal(field.text, "Nguy");
}

static void an_input_method_s_bursts_are_followed(void **state)
{
	(void) state;
	type("Nguyen\177\177\177yễn");
	assert_string_equal(field.text, "Nguyễn");
}

static void words_lines_and_undo(void **state)
{
	(void) state;
	type("một hai ba");
	type("\027"); /* Ctrl-W */
	assert_string_equal(field.text, "một hai ");
	type("\037"); /* Ctrl-_ */
	assert_string_equal(field.text, "một hai ba");
	type("\033[1;5D\033[1;5DX"); /* two words back */
	assert_string_equal(field.text, "một Xhai ba");
	type("\001\013"); /* to the start, cut to the end */
	assert_string_equal(field.text, "");
	type("\037");
	assert_string_equal(field.text, "một Xhai ba");
	type("\037\037\037\037\037\037\037\037");
	assert_string_equal(field.text, "");
}

static void limits_refuse_and_lose_nothing(void **state)
{
	(void) state;
	field.max = 4;
	type("Dươngg");
	assert_string_equal(field.text, "Dươn");
	field_set(&field, "");
	type("\033[200~  Nguyễn\033[201~");
	assert_string_equal(field.text, "Nguy");
	field_set(&field, "Thuỳ Dương");
	assert_string_equal(field.text, "Thuỳ");
	fresh(state);
	field.digits = true;
	type("0a9");
	assert_string_equal(field.text, "09");
	fresh(state);
	field.locked = true;
	type("a\177");
	assert_string_equal(field.text, "");
	assert_false(field.changed);
}

static void hostile_text_is_tamed(void **state)
{
	(void) state;
	type("\033[200~a\033]0;x\007b\xe2\x80\xae" "c\r\nd\xff\033[201~");
	assert_string_equal(field.text, "a]0;xbc  d");
}

static void the_composer_types_and_rests_in_codes(void **state)
{
	struct composer telex = { COMPOSER_TELEX, false };
	(void) state;
	field_init(&field, &arena, &telex);
	type("Nguyeexn Thij Thuyf Duwowng");
	assert_string_equal(field.text, "Nguyễn Thị Thuỳ Dương");
	field_init(&field, &arena, &telex);
	field.plain = true;
	type("as-dd");
	assert_string_equal(field.text, "as-dd");
	field_init(&field, &arena, &telex);
	type("\033[200~aas\033[201~"); /* a paste is what it is */
	assert_string_equal(field.text, "aas");
}

static void an_area_keeps_lines(void **state)
{
	(void) state;
	on_area = true;
	area.width = 10;
	type("một hai\rba");
	assert_string_equal(area.field.text, "một hai\nba");
	type("\033[A\033[HX");
	assert_string_equal(area.field.text, "Xmột hai\nba");
	type("\033[B\033[FY\r\rZ");
	assert_string_equal(area.field.text, "Xmột hai\nbaY\n\nZ");
	type("\033[A\033[Aq");
	assert_string_equal(area.field.text, "Xmột hai\nqbaY\n\nZ");
	area_set(&area, "");
	type("\033[200~a\r\nb\033[201~");
	assert_string_equal(area.field.text, "a\n\nb");
}

static void choices_and_checks_turn(void **state)
{
	static const char *const ways[] = { "tiền mặt", "chuyển khoản", "Đã nộp", NULL };
	struct choice choice = { .names = ways };
	struct check check = { .name = "đã xem" };
	struct event right = { .kind = EVENT_KEY, .chord = { K_RIGHT, 0 }, .text = "" };
	struct event letter = { .kind = EVENT_TEXT, .text = "d", .size = 1 };
	struct event space = { .kind = EVENT_TEXT, .text = " ", .size = 1 };
	(void) state;
	assert_true(choice_handle(&choice, &right));
	assert_int_equal(choice.at, 1);
	assert_true(choice_handle(&choice, &letter));
	assert_int_equal(choice.at, 2);
	assert_true(choice_handle(&choice, &space));
	assert_int_equal(choice.at, 0);
	assert_true(check_handle(&check, &space));
	assert_true(check.on && check.changed);
	assert_false(check_handle(&check, &letter));
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, fresh, swept)
	const struct CMUnitTest tests[] = {
		CASE(decomposed_input_becomes_composed),
		CASE(an_input_method_s_bursts_are_followed),
		CASE(words_lines_and_undo),
		CASE(limits_refuse_and_lose_nothing),
		CASE(hostile_text_is_tamed),
		CASE(the_composer_types_and_rests_in_codes),
		CASE(an_area_keeps_lines),
		CASE(choices_and_checks_turn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
