/* SPDX-License-Identifier: Apache-2.0
 *
 * Moments, flags and money as systems spell them, in and out. */
#include "core/courier/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* Q6: five spellings of a moment come in, on a clock of 24 hours in our zone; each goes out
 * in the one that its field wants. */
static void dates_in_five_spellings(void **state)
{
	(void)state;
	static const char *const same[] = { "20261120094100", "2026-11-20 09:41:00",
		                            "2026-11-20T02:41:00.000Z", "20/11/2026 09:41:00 ",
		                            "2026-11-20T09:41:00+07:00" };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		assert_true(codec_moment(same[i]) == codec_moment(same[0]));
	assert_true(codec_moment(same[0]) == moment_of(day_of(2026, 11, 20), 9, 41, 0));
	assert_true(codec_moment("20/11/2026 ") == moment_of(day_of(2026, 11, 20), 0, 0, 0));
	static const char *const bad[] = { "", " ", "20261320094100", "20261120250000", "2026-11-20x",
		                           "31/02/2026", "không", "20/11/2026 25:00:00" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_true(codec_moment(bad[i]) == MOMENT_NONE);
	static const struct {
		const char *codec, *evening;
	} out[] = { { "compact", "20261120210500" }, { "compact-day", "20261120" }, { "sql", "2026-11-20 21:05:00" },
		    { "iso-ms", "2026-11-20T14:05:00.000Z" }, { "iso", "2026-11-20T21:05:00+07:00" }, { "slashed", "20/11/2026 21:05:00" },
		    { "slashed-day", "20/11/2026" }, { "day", "2026-11-20" }, { "iso-local", "2026-11-20T21:05:00" } };
	for (size_t i = 0; i < sizeof out / sizeof *out; i++) {
		char text[40];
		assert_true(codec_write(out[i].codec, moment_of(day_of(2026, 11, 20), 21, 5, 0), text, sizeof text));
		assert_string_equal(text, out[i].evening);
	}
}

/* Q9: flags come as "True", 1 and true, money as text; what is neither is not guessed. */
static void flags_in_three_spellings(void **state)
{
	(void)state;
	json_t *list = json_loads("[\"True\",\"1\",1,true,\"False\",\"0\",0,false,\"x\",null,2]", 0,
	                          NULL);
	static const int want[] = { 1, 1, 1, 1, 0, 0, 0, 0, -1, -1, -1 };
	for (size_t i = 0; i < json_array_size(list); i++)
		assert_int_equal(codec_flag(json_array_get(list, i)), want[i]);
	json_decref(list);
	static const struct {
		const char *json;
		long dong;
		bool good;
	} money[] = { { "\"16000\"", 16000, true }, { "16000", 16000, true }, { "\"16000 \"", 16000, true }, { "\"16.000đ\"", 0, false },
		      { "\"\"", 0, false }, { "null", 0, false }, { "true", 0, false } };
	for (size_t i = 0; i < sizeof money / sizeof *money; i++) {
		json_t *value = json_loads(money[i].json, JSON_DECODE_ANY, NULL);
		long dong = 0;
		assert_int_equal(codec_number(value, &dong), money[i].good);
		if (money[i].good)
			assert_int_equal(dong, money[i].dong);
		json_decref(value);
	}
	json_t *item = json_loads("{\"IDHoSo\":\"a\",\"idHoSo\":\"b\"}", 0, NULL);
	char text[8];
	assert_string_equal(codec_text(item, "idHoSo", text, sizeof text), "b");
	assert_string_equal(codec_text(item, "IDHOSO", text, sizeof text), "a");
	json_decref(item);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_in_five_spellings),
		cmocka_unit_test(flags_in_three_spellings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
