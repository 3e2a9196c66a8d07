/* SPDX-License-Identifier: Apache-2.0
 *
 * VietQR: texts that other programs made and banks read, and what must be refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/dossier/vietqr.h"

#include <cmocka.h> /* last: it takes the name fail */

/* Made by three programs that are not ours. */
static const struct {
	const char *text;
	struct vietqr v;
} known[] = {
	{ "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN"
	  "62170813ung ho lu lut6304C15C",
	  { "970415", "0011001932418", 120000, "ung ho lu lut" } },
	{ "00020101021138570010A00000072701270006970436011308810004580860208QRIBFTTA53037045802VN6304",
	  { "970436", "0881000458086", 0, "" } },
	{ "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA530370454057900058"
	  "02VN62220818Ung Ho Quy Vac Xin6304",
	  { "970415", "113366668888", 79000, "Ung Ho Quy Vac Xin" } },
};

static void the_same_text_as_others_make(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		struct arena arena = { 0 };
		struct error err = { 0 };
		struct vietqr back;
		const char *text;
		size_t n = strlen(known[i].text);
		if (!vietqr_write(&arena, &known[i].v, &text, &err))
			fail_msg("%s", err.log);
		assert_memory_equal(text, known[i].text, n);
		assert_int_equal(strlen(text), i == 0 ? n : n + 4); /* the first names its checksum */
		if (!vietqr_read(&arena, text, strlen(text), &back, &err))
			fail_msg("%s", err.log);
		assert_string_equal(back.bin, known[i].v.bin);
		assert_string_equal(back.account, known[i].v.account);
		assert_string_equal(back.purpose, known[i].v.purpose);
		assert_int_equal(back.amount, known[i].v.amount);
		arena_free(&arena);
	}
}

static void what_others_leave_out_may_lack(void **state)
{
	(void)state;
	/* Dynamic, but without an amount. */
	static const char text[] = "00020101021238570010A000000727012700069704360113088100045808602"
				   "08QRIBFTTA53037045802VN6304C06F";
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct vietqr v;
	if (!vietqr_read(&arena, text, sizeof text - 1, &v, &err))
		fail_msg("%s", err.log);
	assert_string_equal(v.account, "0881000458086");
	assert_int_equal(v.amount, 0);
	arena_free(&arena);
}

static void what_does_not_fit_is_not_written(void **state)
{
	(void)state;
	static const struct {
		struct vietqr v;
		const char *log;
	} bad[] = {
		{ { "97041", "1", 1, "x" }, "six digits" },
		{ { "97041A", "1", 1, "x" }, "six digits" },
		{ { "970415", "", 1, "x" }, "account" },
		{ { "970415", "0011 0019", 1, "x" }, "account" },
		{ { "970415", "12345678901234567890", 1, "x" }, "account" },
		{ { "970415", "1", -1, "x" }, "amount" },
		{ { "970415", "1", 10000000000000, "x" }, "amount" },
		{ { "970415", "1", 1, "Lệ phí" }, "purpose" },
		{ { "970415", "1", 1, "12345678901234567890123456" }, "purpose" },
		{ { "970415", "1", 1, "a\tb" }, "purpose" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct arena arena = { 0 };
		struct error err = { 0 };
		const char *text;
		assert_false(vietqr_write(&arena, &bad[i].v, &text, &err));
		assert_int_equal(err.fault, FAULT_INPUT);
		if (!strstr(err.log, bad[i].log))
			fail_msg("\"%s\" is not \"%s\"", err.log, bad[i].log);
		arena_free(&arena);
	}
}

/* Each byte of a good code changed in turn: never read as another transfer. */
static void one_changed_byte_is_noticed(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct vietqr v = { "970499", "0029990001234", 58000, "H01.999-261120-0125" }, back;
	const char *text;
	assert_true(vietqr_write(&arena, &v, &text, &err));
	size_t n = strlen(text);
	for (size_t i = 0; i < n; i++) {
		char *copy = arena_string(&arena, text);
		copy[i] = (char)(copy[i] == '7' ? '8' : '7');
		if (vietqr_read(&arena, copy, n, &back, &err))
			fail_msg("accepted %s", copy);
		assert_false(vietqr_read(&arena, text, i, &back, &err));
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_text_as_others_make),
		cmocka_unit_test(what_others_leave_out_may_lack),
		cmocka_unit_test(what_does_not_fit_is_not_written),
		cmocka_unit_test(one_changed_byte_is_noticed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
