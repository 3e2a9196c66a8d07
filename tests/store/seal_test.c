/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/base/path.h"
#include "core/store/seal.h"

static char folder[] = "/tmp/mcseal.XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	char command[64];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

/* RFC 8032 §7.1, test 2: seed, public key, one byte 0x72. */
static void signs_as_the_standard_says(void **state)
{
	(void)state;
	static const uint8_t SEED_PUBLIC[64] = {
		0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec,
		0x11, 0x4e, 0x0f, 0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c,
		0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb, 0x3d, 0x40, 0x17, 0xc3, 0xe8, 0x43, 0x89,
		0x5a, 0x92, 0xb7, 0x0a, 0xa7, 0x4d, 0x1b, 0x7e, 0xbc, 0x9c, 0x98, 0x2c, 0xcf,
		0x2e, 0xc4, 0x96, 0x8c, 0xc0, 0xcd, 0x55, 0xf1, 0x2a, 0xf4, 0x66, 0x0c };
	static const uint8_t SIGN_START[8] = { 0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8 };
	struct seal_key key;
	memcpy(key.secret, SEED_PUBLIC, 64);
	uint8_t sign[SEAL_SIGN_SIZE];
	seal_sign(&key, "\x72", 1, sign);
	assert_memory_equal(sign, SIGN_START, sizeof SIGN_START);
	assert_true(seal_verify(SEED_PUBLIC + 32, "\x72", 1, sign));
	assert_false(seal_verify(SEED_PUBLIC + 32, "\x73", 1, sign));
	sign[5] ^= 1;
	assert_false(seal_verify(SEED_PUBLIC + 32, "\x72", 1, sign));
}

static void the_key_is_made_once_and_kept(void **state)
{
	(void)state;
	struct seal_key first, second;
	struct error err;
	struct stat info;
	char path[64];
	assert_true(seal_key_open(&first, folder, &err));
	assert_true(seal_key_open(&second, folder, &err));
	assert_memory_equal(&first, &second, sizeof first);
	snprintf(path, sizeof path, "%s/counter.key", folder);
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(chmod(path, 0644), 0);
	assert_false(seal_key_open(&second, folder, &err));
	assert_int_equal(err.fault, FAULT_DEVICE);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(truncate(path, 10), 0);
	assert_false(seal_key_open(&second, folder, &err));
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_size, 10); /* never replaced */
}

/* FIPS 180-4: "abc". */
static void hashes_as_the_standard_says(void **state)
{
	(void)state;
	uint8_t hash[SEAL_HASH_SIZE], again[SEAL_HASH_SIZE];
	char hex[65];
	seal_sha256("abc", 3, hash);
	assert_string_equal(seal_hex(hash, sizeof hash, hex),
	                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	struct seal_hash stream;
	seal_hash_start(&stream);
	seal_hash_add(&stream, "a", 1);
	seal_hash_add(&stream, "bc", 2);
	seal_hash_end(&stream, again);
	assert_memory_equal(hash, again, sizeof hash);
}

static void a_draft_opens_for_its_clerk_only(void **state)
{
	(void)state;
	static const char DRAFT[] = "Nguyễn Thị Thuỳ Dương";
	struct seal_box man, again, other;
	struct bytes closed = { 0 }, open = { 0 };
	struct error err;
	int64_t before = monotonic_ms();
	assert_true(seal_box_derive(&man, folder, "man", "motcua-tap-duyet", &err));
	assert_true(monotonic_ms() - before < 2000);
	assert_true(seal_box_derive(&again, folder, "man", "motcua-tap-duyet", &err));
	assert_memory_equal(&man, &again, sizeof man);
	assert_true(seal_box_derive(&other, folder, "khoa", "motcua-tap-duyet", &err));
	seal_box_close(&man, DRAFT, strlen(DRAFT), &closed);
	assert_null(memmem(closed.data, closed.size, "Nguy", 4));
	assert_true(seal_box_open(&again, closed.data, closed.size, &open, &err));
	assert_string_equal(bytes_string(&open), DRAFT);
	assert_false(seal_box_open(&other, closed.data, closed.size, &open, &err));
	closed.data[closed.size - 1] ^= 1;
	assert_false(seal_box_open(&man, closed.data, closed.size, &open, &err));
	assert_int_equal(err.fault, FAULT_INPUT);
	assert_false(seal_box_open(&man, closed.data, 5, &open, &err));
	bytes_free(&closed);
	bytes_free(&open);
}

/* RFC 4648 §10 without the padding. */
static void base32_goes_there_and_back(void **state)
{
	(void)state;
	static const char *const PAIRS[][2] = { { "", "" }, { "f", "MY" }, { "fo", "MZXQ" },
		{ "foo", "MZXW6" }, { "foob", "MZXW6YQ" }, { "fooba", "MZXW6YTB" },
		{ "foobar", "MZXW6YTBOI" } };
	struct arena arena = { 0 };
	char out[64];
	for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
		size_t n = strlen(PAIRS[i][0]);
		assert_string_equal(seal_base32(&arena, PAIRS[i][0], n), PAIRS[i][1]);
		assert_int_equal(
			seal_unbase32(PAIRS[i][1], strlen(PAIRS[i][1]), out, sizeof out), (long)n);
		assert_memory_equal(out, PAIRS[i][0], n);
	}
	assert_int_equal(seal_unbase32("MZ1W", 4, out, sizeof out), -1); /* 1 is no letter */
	assert_int_equal(seal_unbase32("MZ", 2, out, sizeof out), -1);   /* bits left over */
	assert_int_equal(seal_unbase32("M", 1, out, sizeof out), -1);
	assert_int_equal(seal_unbase32("MZXW6YTB", 8, out, 4), -1);      /* no room */
	arena_free(&arena);
}

static void ids_have_their_form(void **state)
{
	(void)state;
	char a[37], b[37];
	seal_uuid(a);
	seal_uuid(b);
	assert_int_equal(strlen(a), 36);
	assert_string_not_equal(a, b);
	assert_int_equal(a[14], '4');
	assert_non_null(strchr("89ab", a[19]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_as_the_standard_says),
		cmocka_unit_test(the_key_is_made_once_and_kept),
		cmocka_unit_test(hashes_as_the_standard_says),
		cmocka_unit_test(a_draft_opens_for_its_clerk_only),
		cmocka_unit_test(base32_goes_there_and_back),
		cmocka_unit_test(ids_have_their_form),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
