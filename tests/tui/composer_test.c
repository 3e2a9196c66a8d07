/* SPDX-License-Identifier: Apache-2.0
 *
 * The composer against data/telex_cases.tsv: keystrokes for words of the Debian
 * spelling dictionary (hunspell-vi 1:7.5.0-1) and names of communes and provinces,
 * with what UniKey, bamboo-core and m17n make of them.
 *
 * Left out, and why (each is "medium": the three engines differ): see excluded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/composer.h"

#include <cmocka.h>

/* Without a history "ư" from "w" and "ư" from "uw" are the same: the second "w"
 * gives "uw" for both, as the confident row "uww" asks.  And "cl" begins no
 * Vietnamese word, so that "class" stays "class", as with UniKey. */
static const char *const excluded[] = { "ww", "www", "class" };

static void type(const struct composer *composer, const char *keys, char *text, size_t room)
{
	text[0] = '\0';
	for (; *keys; keys++) {
		char word[512], out[COMPOSER_WORD];
		size_t n = strlen(text), back = composer_word(text, n);
		memcpy(word, text + n - back, back);
		word[back] = '\0';
		if (composer_key(composer, word, *keys, out))
			snprintf(text + n - back, room - n + back, "%s", out);
		else
			snprintf(text + n, room - n, "%c", *keys);
	}
}

static bool is_excluded(const char *keys)
{
	for (size_t i = 0; i < sizeof excluded / sizeof *excluded; i++)
		if (strcmp(excluded[i], keys) == 0)
			return true;
	return false;
}

static void every_case_composes_in_both_styles(void **state)
{
	char line[1024], text[512], *column[5];
	int rows = 0, left_out = 0;
	FILE *file = fopen(MOTCUA_SOURCE "/tests/tui/data/telex_cases.tsv", "r");
	(void) state;
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		if (*line == '#' || strncmp(line, "kind\t", 5) == 0)
			continue;
		char *at = line;
		line[strcspn(line, "\n")] = '\0';
		for (int i = 0; i < 5; i++)
			column[i] = strsep(&at, "\t");
		rows++;
		if (is_excluded(column[1])) {
			left_out++;
			continue;
		}
		for (int method = COMPOSER_TELEX; method <= COMPOSER_VNI; method++) {
			if (!*column[method])
				continue;
			for (int old = 0; old < 2; old++) {
				struct composer composer = { (enum composer_method)method, old };
				type(&composer, column[method], text, sizeof text);
				assert_string_equal(text, column[old ? 3 : 4]);
			}
		}
	}
	fclose(file);
	assert_int_equal(left_out, 3);
	assert_in_range(rows, 1900, 2100);
}

static void it_rests_when_off_and_on_what_is_no_word(void **state)
{
	char out[COMPOSER_WORD];
	struct composer off = { 0 }, vni = { COMPOSER_VNI, false };
	(void) state;
	assert_false(composer_key(&off, "a", 's', out));
	assert_false(composer_key(&vni, "", '9', out));
	assert_int_equal(composer_word("số 12a", strlen("số 12a")), 3);
	assert_false(composer_key(&vni, "12a", '1', out));
	assert_int_equal(composer_word("Nguyễn Văn", strlen("Nguyễn Văn")), strlen("Văn"));
	/* A word longer than any Vietnamese one is left alone. */
	assert_false(composer_key(&vni, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	                                "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", '1', out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_composes_in_both_styles),
		cmocka_unit_test(it_rests_when_off_and_on_what_is_no_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
