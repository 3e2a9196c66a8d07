/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/dossier/table.h"

#include <string.h>

#include "core/dossier/code.h"
#include "core/dossier/receipt_code.h"

static void seen_in_the_wild(void **state)
{
	static const struct {
		const char *code;
		bool plausible;
	} rows[] = {
		{ "H56.01-250812-0035", true },       { "000.00.32.H19-210708-0032", true },
		{ "G09.20-20260609-0092637", true },  { "G22.99.08-260101-0001", true },
		{ "H01.999-261120-120007", true },    { "H01.999-261120-007", false },
		{ "H01.999-2611200-0007", false },    { "h01.999-261120-0007", false },
		{ "-261120-0007", false },            { "H01.999-261120-0007 ", false },
		{ "H01.999-261120-0007-1", false },   { "H01.999", false },
		{ "", false },                        { "H01;DROP-261120-0007", false },
		{ "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-261120-0007", false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (code_plausible(rows[i].code) != rows[i].plausible)
			fail_msg("%s", rows[i].code);
}

static void ours(void **state)
{
	char code[CODE_ROOM];
	(void)state;
	assert_true(code_make("H01.999", day_of(2026, 11, 20), 7, code));
	assert_string_equal(code, "H01.999-261120-0007");
	assert_true(code_plausible(code));
	assert_true(code_make("H01.999", day_of(2026, 1, 2), 12345, code));
	assert_string_equal(code, "H01.999-260102-12345");
	assert_false(code_make("H01.999", day_of(2026, 1, 2), 0, code));
	assert_false(code_make("", day_of(2026, 1, 2), 1, code));
	assert_false(code_make("H01/999", day_of(2026, 1, 2), 1, code));
	assert_true(code_tidy(" h01.999-261120-0007\r\n", code));
	assert_string_equal(code, "H01.999-261120-0007");
	assert_false(code_tidy("  ", code));
	assert_false(code_tidy("H01.999-261120-0007'--", code));
	assert_false(code_tidy("Hồ sơ", code));
}

static struct receipt_code sample(void)
{
	struct receipt_code receipt = { .lookup_url = "https://tracuu.angiang.gov.vn/hs/",
		                        .code = "H01.999-261120-0007", .key_id = "30538-Q3-1" };
	for (size_t i = 0; i < sizeof(receipt.signature); i++)
		receipt.signature[i] = (uint8_t)(i * 37 + 11);
	return receipt;
}

static void a_receipt_code_comes_back(void **state)
{
	struct arena arena = { 0 };
	struct receipt_code in = sample(), out;
	const char *text;
	(void)state;
	assert_true(receipt_code_write(&arena, &in, &text, NULL));
	/* RFC 4648 without padding, checked against Python's base64.b32encode. */
	assert_string_equal(text,
	                    "HTTPS://TRACUU.ANGIANG.GOV.VN/HS/H01.999-261120-0007/30538-Q3-1/"
	                    "BMYFK6U7YTUQ4M2YPWRMP3ARGZNYBJOK54KDSXUDVDG7EFZ4MGDKXU"
	                    "HVDI7WJCNO2P4B2QTHRSY5N6ZAIVVI7NGZ7YRUQ3MSW7OACJQ");
	assert_true(strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") == strlen(text));
	assert_true(receipt_code_read(&arena, text, strlen(text), &out, NULL));
	assert_string_equal(out.code, in.code);
	assert_string_equal(out.key_id, in.key_id);
	assert_string_equal(out.lookup_url, "HTTPS://TRACUU.ANGIANG.GOV.VN/HS");
	assert_memory_equal(out.signature, in.signature, sizeof(in.signature));
	const char *typed = arena_format(&arena, "  %s\r\n", text);
	char *lower = arena_string(&arena, typed);
	for (char *c = lower; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	assert_true(receipt_code_read(&arena, lower, strlen(lower), &out, NULL));
	assert_memory_equal(out.signature, in.signature, sizeof(in.signature));
	arena_free(&arena);
}

static void a_unit_without_a_page_still_signs(void **state)
{
	struct arena arena = { 0 };
	struct receipt_code in = sample(), out;
	const char *text;
	(void)state;
	in.lookup_url = "";
	assert_true(receipt_code_write(&arena, &in, &text, NULL));
	assert_int_equal(strncmp(text, "/H01.999-261120-0007/", 21), 0);
	assert_true(receipt_code_read(&arena, text, strlen(text), &out, NULL));
	assert_string_equal(out.lookup_url, "");
	assert_string_equal(out.code, in.code);
	arena_free(&arena);
}

static void other_texts_are_no_receipts(void **state)
{
	struct arena arena = { 0 };
	struct receipt_code in = sample(), out;
	struct error err = { 0 };
	const char *text;
	(void)state;
	assert_true(receipt_code_write(&arena, &in, &text, NULL));
	size_t n = strlen(text);
	for (size_t cut = 0; cut < n; cut++)
		assert_false(receipt_code_read(&arena, text, cut, &out, &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	char *broken = arena_string(&arena, text);
	broken[n - 5] = '1'; /* not a letter of base32 */
	assert_false(receipt_code_read(&arena, broken, n, &out, NULL));
	broken = arena_string(&arena, text);
	broken[n - 1] = 'V'; /* the bits left over are not zero */
	assert_false(receipt_code_read(&arena, broken, n, &out, NULL));
	assert_false(receipt_code_read(&arena, "011096990040||A", 15, &out, NULL));
	strcpy(in.code, "H01 999");
	assert_false(receipt_code_write(&arena, &in, &text, &err));
	assert_int_equal(err.fault, FAULT_BUG);
	arena_free(&arena);
}

static void what_is_signed(void **state)
{
	struct arena arena = { 0 };
	(void)state;
	assert_string_equal(receipt_message(&arena, "H01.999", "H01.999-261120-0007", "K1"),
	                    "motcua-receipt-1\nH01.999\nH01.999-261120-0007\nK1");
	arena_free(&arena);
}

static void codes_are_found_in_what_was_scanned(void **state)
{
	(void)state;
	char out[CODE_ROOM];
	assert_true(code_inside("https://x.gov.vn/tra-cuu?maHoSo=G09.20-20261120-0000123&k=1", out));
	assert_string_equal(out, "G09.20-20261120-0000123");
	assert_true(code_inside("Mã h01.999-261120-0007 xong", out));
	assert_string_equal(out, "H01.999-261120-0007");
	assert_false(code_inside("không có mã nào 12-34", out));
	assert_true(code_foreign("BTP-2026-77"));
	assert_true(code_foreign("6745a0ffee0000000000ab02"));
	assert_false(code_foreign("khong-so"));
	assert_false(code_foreign("a b 1234567"));
	assert_false(code_foreign("1-2"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seen_in_the_wild),
		cmocka_unit_test(ours),
		cmocka_unit_test(a_receipt_code_comes_back),
		cmocka_unit_test(a_unit_without_a_page_still_signs),
		cmocka_unit_test(other_texts_are_no_receipts),
		cmocka_unit_test(what_is_signed),
		cmocka_unit_test(codes_are_found_in_what_was_scanned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
