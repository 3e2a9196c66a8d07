/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys files, and that the one we ship says what holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/base/path.h"
#include "tui/desk.h"

#include <cmocka.h>

static const struct action actions[] = {
	{ "dossier-hand-back", "F8", "Trả", NULL, NULL, NULL },
	{ "dossier-new", "F2 Ctrl-N", "Mới", NULL, NULL, NULL },
	{ "dossier-bare", NULL, "Không", NULL, NULL, NULL },
	{ 0 },
};
static const struct action *const tables[] = { actions, desk_actions, NULL };

static struct chord chord(const char *text)
{
	struct chord out = { 0 };
	assert_true(chord_read(text, strlen(text), &out));
	return out;
}

static void a_file_changes_what_it_names(void **state)
{
	struct arena arena = { 0 };
	struct keymap keymap = { 0 };
	struct error err = { 0 };
	(void) state;
	assert_ptr_equal(keymap_find(&keymap, actions, chord("F8")), &actions[0]);
	assert_ptr_equal(keymap_find(&keymap, actions, chord("Ctrl-N")), &actions[1]);
	assert_null(keymap_find(&keymap, NULL, chord("F8")));
	assert_true(keymap_parse(&keymap, &arena, tables,
	                         "# mine\ndossier-hand-back = Ctrl-B Alt-9  # two\n\n"
	                         "dossier-new = none\ndossier-bare = #\n", "k.keys", &err));
	assert_null(keymap_find(&keymap, actions, chord("F8")));
	assert_ptr_equal(keymap_find(&keymap, actions, chord("Ctrl-B")), &actions[0]);
	assert_ptr_equal(keymap_find(&keymap, actions, chord("F9")), &actions[0]);
	assert_null(keymap_find(&keymap, actions, chord("F2")));
	assert_ptr_equal(keymap_find(&keymap, actions, chord("#")), &actions[2]);
	arena_free(&arena);
}

static void a_wrong_line_is_named(void **state)
{
	static const struct {
		const char *text, *log;
	} bad[] = {
		{ "\ndossier-eat = F2\n", "k.keys:2: unknown action 'dossier-eat'" },
		{ "dossier-new = F13\n", "k.keys:1: unknown key, or too many 'F13'" },
		{ "dossier-new = F2 F3 F4 F5 F6\n", "k.keys:1: unknown key, or too many 'F6'" },
		{ "dossier-new F2\n", "k.keys:1: '=' wanted at 'F2'" },
	};
	(void) state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct arena arena = { 0 };
		struct keymap keymap = { 0 };
		struct error err = { 0 };
		assert_false(keymap_parse(&keymap, &arena, tables, bad[i].text, "k.keys", &err));
		assert_string_equal(err.log, bad[i].log);
		assert_null(keymap.changes);
		arena_free(&arena);
	}
}

/* themes/default.keys is what keymap_write says of the desk's own actions; the
 * program's screens add theirs below. */
static void the_shipped_file_is_the_default(void **state)
{
	static const struct action *const own[] = { desk_actions, NULL };
	struct arena arena = { 0 };
	struct bytes wanted = { 0 };
	struct keymap keymap = { 0 };
	struct error err = { 0 };
	char *text = NULL;
	(void) state;
	assert_true(path_read(&arena, MOTCUA_SOURCE "/themes/default.keys", &text, NULL, &err));
	keymap_write(&keymap, own, &wanted);
	if (!strstr(text, bytes_string(&wanted)))
		fail_msg("themes/default.keys should hold:\n%s", bytes_string(&wanted));
	bytes_free(&wanted);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_changes_what_it_names),
		cmocka_unit_test(a_wrong_line_is_named),
		cmocka_unit_test(the_shipped_file_is_the_default),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
