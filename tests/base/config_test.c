/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/config.h"
#include "core/base/path.h"

static void the_last_word_counts_and_lines_are_known(void **state)
{
	(void)state;
	struct config config = { 0 };
	assert_true(config_parse(&config, "[database]\nhost = a\n\nport = 5433\n", "một", NULL));
	assert_true(config_parse(&config, "[database]\nhost = b\n[printer \"Quầy 3\"]\nauto = có\n",
	                         "hai", NULL));
	assert_string_equal(config_text(&config, "database", "host", ""), "b");
	assert_string_equal(config_text(&config, "database", "no", "thay"), "thay");
	assert_true(config_flag(&config, "printer \"Quầy 3\"", "auto", false));
	assert_int_equal(config.entries->line, 4);
	long port;
	assert_true(config_number(&config, "database", "port", 1, 1, 65535, &port, NULL));
	assert_int_equal(port, 5433);
	struct error err = { 0 };
	assert_false(config_number(&config, "database", "host", 7, 1, 9, &port, &err));
	assert_int_equal(port, 7);
	assert_non_null(strstr(err.say, "[database] host"));
	config_free(&config);
}

static void a_bad_line_is_named(void **state)
{
	(void)state;
	struct config config = { 0 };
	struct error err = { 0 };
	assert_false(config_parse(&config, "[a]\nx = 1\nnot a setting\n", "motcua.ini", &err));
	assert_non_null(strstr(err.say, "dòng 3"));
	assert_false(config_parse(&config, "[a]\nx = \xFF\n", "motcua.ini", &err));
	assert_non_null(strstr(err.say, "dòng 2"));
	config_free(&config);
}

static void files_are_whole_or_untouched(void **state)
{
	(void)state;
	char folder[] = "/tmp/motcua-test-XXXXXX";
	assert_non_null(mkdtemp(folder));
	struct arena arena = { 0 };
	const char *path = path_join(&arena, folder, "tệp.txt");
	char *text;
	size_t size;
	struct error err = { 0 };
	assert_false(path_read(&arena, path, &text, &size, &err));
	assert_true(path_write(path, "một", 4, 0600, NULL));
	assert_true(path_write(path, "hai ba", 7, 0600, NULL));
	assert_true(path_read(&arena, path, &text, &size, NULL));
	assert_string_equal(text, "hai ba");
	struct stat info;
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_false(path_write("/nonexistent/x", "a", 1, 0600, &err));
	assert_int_equal(err.fault, FAULT_DEVICE);
	struct config config = { 0 };
	assert_true(config_read(&config, "/nonexistent/motcua.ini", true, NULL));
	assert_false(config_read(&config, "/nonexistent/motcua.ini", false, &err));
	const char *deep = path_join(&arena, folder, "a/b/c");
	assert_true(path_make(deep, 0700, NULL));
	assert_true(path_make(deep, 0700, NULL));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(deep), 0);
	assert_int_equal(rmdir(path_join(&arena, folder, "a/b")), 0);
	assert_int_equal(rmdir(path_join(&arena, folder, "a")), 0);
	assert_int_equal(rmdir(folder), 0);
	arena_free(&arena);
	config_free(&config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_word_counts_and_lines_are_known),
		cmocka_unit_test(a_bad_line_is_named),
		cmocka_unit_test(files_are_whole_or_untouched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
