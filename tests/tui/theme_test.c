/* SPDX-License-Identifier: Apache-2.0
 *
 * Themes: read, legible, and never told apart by colour alone. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/path.h"
#include "tui/theme.h"

#include <cmocka.h>

static const struct {
	const char *file;
	bool dark;
} files[] = { { "dark", true }, { "light", false }, { "mono", true }, { "linux", true },
	      { "contrast", true } };
#define FILES 5

/* The xterm palette, as terminals have it before anyone changes it. */
static void rgb(int index, int out[3])
{
	static const unsigned char first[16][3] = {
		{ 0, 0, 0 },       { 205, 0, 0 },   { 0, 205, 0 },   { 205, 205, 0 },
		{ 0, 0, 238 },     { 205, 0, 205 }, { 0, 205, 205 }, { 229, 229, 229 },
		{ 127, 127, 127 }, { 255, 0, 0 },   { 0, 255, 0 },   { 255, 255, 0 },
		{ 92, 92, 255 },   { 255, 0, 255 }, { 0, 255, 255 }, { 255, 255, 255 },
	};
	static const int steps[] = { 0, 95, 135, 175, 215, 255 };
	for (int i = 0; i < 3; i++)
		out[i] = index < 16 ? first[index][i] : 8 + 10 * (index - 232);
	if (index >= 16 && index < 232) {
		out[0] = steps[(index - 16) / 36];
		out[1] = steps[(index - 16) / 6 % 6];
		out[2] = steps[(index - 16) % 6];
	}
}

static double luminance(int index)
{
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };
	int parts[3];
	double sum = 0;
	rgb(index, parts);
	for (int i = 0; i < 3; i++) {
		double part = parts[i] / 255.0;
		sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
	}
	return sum;
}

/* WCAG 2.2, contrast ratio; a terminal's own colours are grey on black or black on
 * white. */
static double contrast(const struct look *look, bool dark)
{
	double a = luminance(look->fg >= 0 ? look->fg : dark ? 7 : 0);
	double b = luminance(look->bg >= 0 ? look->bg : dark ? 0 : 15);
	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static void load(struct theme *theme, const char *name)
{
	char path[512];
	struct error err = { 0 };
	snprintf(path, sizeof path, "%s/themes/%s.theme", MOTCUA_SOURCE, name);
	if (!theme_read(theme, path, &err))
		fail_msg("%s", err.log);
	assert_string_equal(theme->name, name);
}

static void every_role_is_legible(void **state)
{
	(void) state;
	for (int i = 0; i < FILES; i++) {
		struct theme theme = { 0 };
		load(&theme, files[i].file);
		for (int role = 0; role < ROLE_COUNT; role++) {
			double ratio = contrast(&theme.looks[DEPTH_256][role], files[i].dark);
			if (ratio < 4.5)
				fail_msg("%s: %s has contrast %.2f", files[i].file,
				         role_name((enum role)role), ratio);
		}
	}
}

static void no_two_states_differ_by_colour_alone(void **state)
{
	static const enum role groups[][6] = {
		{ ROLE_TEXT, ROLE_ERROR, ROLE_WARN, ROLE_GOOD, ROLE_LATE, ROLE_COUNT },
		{ ROLE_INPUT, ROLE_FOCUS, ROLE_WRONG, ROLE_COUNT },
		{ ROLE_BAR, ROLE_KEY, ROLE_OFF, ROLE_COUNT },
		{ ROLE_TEXT, ROLE_SELECTED, ROLE_COUNT },
	};
	(void) state;
	for (int i = 0; i < FILES; i++) {
		struct theme theme = { 0 };
		load(&theme, files[i].file);
		for (int depth = DEPTH_MONO; depth <= DEPTH_256; depth += DEPTH_256)
			for (int g = 0; g < 4; g++)
				for (int a = 0; groups[g][a] != ROLE_COUNT; a++)
					for (int b = 0; b < a; b++)
						if (theme.looks[depth][groups[g][a]].attrs ==
						    theme.looks[depth][groups[g][b]].attrs)
							fail_msg("%s, %s and %s look alike without colour",
							         files[i].file, role_name(groups[g][a]),
							         role_name(groups[g][b]));
	}
}

static void blue_is_never_put_on_black(void **state)
{
	(void) state;
	for (int i = 0; i < FILES; i++) {
		struct theme theme = { 0 };
		load(&theme, files[i].file);
		for (int role = 0; role < ROLE_COUNT; role++) {
			const struct look *look = &theme.looks[DEPTH_8][role];
			bool dark = look->bg == 0 || (look->bg < 0 && files[i].dark);
			assert_false(look->fg == 4 && dark);
		}
	}
}

static void a_wrong_line_is_named(void **state)
{
	static const struct {
		const char *text, *log;
	} bad[] = {
		{ "# x\nglow = 1 2 | red blue | bold\n", "t.theme:2: unknown role 'glow'" },
		{ "text = 1 pink | red blue |\n", "t.theme:1: unknown colour 'pink'" },
		{ "text = 1 256 | red blue |\n", "t.theme:1: unknown colour '256'" },
		{ "text = 1 2 | 9 blue |\n", "t.theme:1: unknown colour '9'" },
		{ "text = 1 2 | red blue | shiny\n", "t.theme:1: unknown attribute 'shiny'" },
		{ "text = 1 2\n", "t.theme:1: three columns wanted: 256 | 8 | mono ' 1 2'" },
		{ "text = 1 | red blue |\n", "t.theme:1: two colours wanted before ''" },
		{ "text 1 2 | red blue |\n", "t.theme:1: '=' wanted before '1 2 | red blue |'" },
		{ "text = 1 2 | red blue |\ntext = 1 2 | red blue |\n",
		  "t.theme:2: role given twice 'text'" },
		{ "text = 1 2 | red blue |\n", "t.theme:1: role missing 'dim'" },
	};
	(void) state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct theme theme, before;
		struct error err = { 0 };
		theme_default(&theme);
		before = theme;
		assert_false(theme_parse(&theme, bad[i].text, "t.theme", &err));
		assert_string_equal(err.log, bad[i].log);
		assert_memory_equal(&theme, &before, sizeof theme);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_is_legible),
		cmocka_unit_test(no_two_states_differ_by_colour_alone),
		cmocka_unit_test(blue_is_never_put_on_black),
		cmocka_unit_test(a_wrong_line_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
