/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys files, and that the one we ship says what holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "tui/counter.h"
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

/* themes/default.keys is what keymap_write says of every action of the counter. */
static void the_shipped_file_is_the_default(void **state)
{
	struct arena arena = { 0 };
	struct bytes wanted = { 0 };
	struct keymap keymap = { 0 };
	struct error err = { 0 };
	char *text = NULL;
	(void) state;
	assert_true(path_read(&arena, MOTCUA_SOURCE "/themes/default.keys", &text, NULL, &err));
	keymap_write(&keymap, counter_tables(), &wanted);
	const char *body = strstr(text, "\n\n");
	assert_non_null(body);
	if (getenv("KEYS_UPDATE")) { /* after adding an action; reviewed like code */
		const char *whole = arena_format(&arena, "%.*s\n\n%s", (int)(body - text), text,
		                                 bytes_string(&wanted));
		assert_true(path_write(MOTCUA_SOURCE "/themes/default.keys", whole, strlen(whole), 0644,
		                       &err));
	} else if (strcmp(body + 2, bytes_string(&wanted)) != 0) {
		fail_msg("%s", "themes/default.keys is not what the actions say: KEYS_UPDATE=1 rewrites it");
	}
	/* and what it says can be read back */
	assert_true(keymap_parse(&keymap, &arena, counter_tables(), text, "default.keys", &err));
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
