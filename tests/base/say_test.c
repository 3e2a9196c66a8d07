/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "core/base/say.h"

/* A little-endian .mo file with two texts and the empty header entry, laid out
 * by hand: the format is the contract with msgfmt. */
static size_t make_mo(unsigned char *out)
{
	static const char *const from[] = { "", "Nhận", "Xin chào %s" };
	static const char *const to[] = { "charset=UTF-8", "Accept", "Hello %s" };
	uint32_t head[7] = { 0x950412de, 0, 3, 28, 28 + 24, 0, 0 };
	uint32_t table[12];
	size_t at = 28 + 48;
	for (int i = 0; i < 6; i++) {
		const char *text = i < 3 ? from[i] : to[i - 3];
		table[2 * i] = (uint32_t)strlen(text);
		table[2 * i + 1] = (uint32_t)at;
		memcpy(out + at, text, strlen(text) + 1);
		at += strlen(text) + 1;
	}
	memcpy(out, head, sizeof head);
	memcpy(out + 28, table, sizeof table);
	return at;
}

static char file_name[] = "/tmp/motcua-say-XXXXXX";

static void write_file(const unsigned char *data, size_t size)
{
	FILE *file = fopen(file_name, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	fclose(file);
}

static void a_catalogue_translates(void **state)
{
	(void)state;
	unsigned char mo[512];
	write_file(mo, make_mo(mo));
	struct error err = { 0 };
	assert_true(say_catalogue("en", file_name, &err));
	assert_string_equal(_("Nhận"), "Accept");
	assert_string_equal(_("Xin chào %s"), "Hello %s");
	assert_string_equal(_("chưa dịch"), "chưa dịch");
	assert_string_equal(say_language_now(), "en");
	say_source(true);
	assert_string_equal(_("Nhận"), "Nhận"); /* the record is Vietnamese */
	say_source(false);
	assert_string_equal(_("Nhận"), "Accept");
	assert_true(say_language("vi", &err));
	assert_string_equal(_("Nhận"), "Nhận");
	assert_string_equal(say_language_now(), "vi");
}

static void a_damaged_catalogue_is_refused(void **state)
{
	(void)state;
	unsigned char mo[512], bad[512];
	size_t size = make_mo(mo);
	for (size_t cut = 1; cut < size; cut++) {
		write_file(mo, cut);
		struct error err = { 0 };
		assert_false(say_catalogue("en", file_name, &err));
		assert_int_equal(err.fault, FAULT_INPUT);
		assert_string_equal(_("Nhận"), "Nhận");
	}
	for (size_t i = 8; i < 28 + 48; i++) { /* a wild count or offset never reads outside */
		memcpy(bad, mo, size);
		bad[i] ^= 0xff;
		write_file(bad, size);
		if (say_catalogue("en", file_name, NULL))
			assert_non_null(_("Nhận"));
	}
	assert_true(say_language("vi", NULL));
}

static void an_unknown_language_stays_vietnamese(void **state)
{
	(void)state;
	struct error err = { 0 };
	assert_false(say_language("xx", &err));
	assert_true(strstr(err.say, "xx") != NULL);
	assert_false(say_language("../../etc", &err));
	assert_string_equal(_("Nhận"), "Nhận");
}

static void letters_are_utf8_and_numbers_stay_c(void **state)
{
	(void)state;
	setenv("LC_ALL", "C", 1);
	assert_true(say_language(NULL, NULL));
	wchar_t letter[2];
	assert_int_equal(mbstowcs(letter, "ế", 2), 1);
	assert_int_equal(letter[0], 0x1ebf);
	assert_string_equal(localeconv()->decimal_point, ".");
}

/* The real catalogue, found beside the running program whatever the locale. */
static void english_is_found_in_the_build_tree(void **state)
{
	(void)state;
	setenv("LC_ALL", "C.UTF-8", 1);
	struct error err = { 0 };
	if (!say_language("en", &err))
		print_error("%s (%s)\n", err.say, err.log);
	assert_string_equal(_("Không tạo được thư mục %s."), "Cannot create the folder %s.");
	assert_true(say_language("vi", &err));
}

int main(void)
{
	int fd = mkstemp(file_name);
	if (fd < 0)
		return 1;
	close(fd);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_catalogue_translates),
		cmocka_unit_test(a_damaged_catalogue_is_refused),
		cmocka_unit_test(an_unknown_language_stays_vietnamese),
		cmocka_unit_test(letters_are_utf8_and_numbers_stay_c),
		cmocka_unit_test(english_is_found_in_the_build_tree),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(file_name);
	return failed;
}
