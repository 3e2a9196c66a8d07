/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"

_Static_assert(SEAL_PUBLIC_SIZE == crypto_sign_PUBLICKEYBYTES, "Ed25519 public key");
_Static_assert(SEAL_SECRET_SIZE == crypto_sign_SECRETKEYBYTES, "Ed25519 secret key");
_Static_assert(SEAL_SIGN_SIZE == crypto_sign_BYTES, "Ed25519 signature");
_Static_assert(SEAL_HASH_SIZE == crypto_hash_sha256_BYTES, "SHA-256");
_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct seal_hash), "SHA-256 state");

/* argon2id: about 30 ms on a small machine; log-in has 300. */
#define DERIVE_OPS    2
#define DERIVE_MEMORY (16u << 20)

static void start(void)
{
	if (sodium_init() < 0)
		abort();
}

/* ---- files that only we may read ---- */

/* Exactly size bytes; 1 read, 0 not there, -1 failed with err filled. */
static int read_private(const char *path, uint8_t *out, size_t size, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 && errno == ENOENT)
		return 0;
	struct stat info;
	bool good = fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
	bool open_to_others = good && (info.st_mode & 077) != 0;
	bool whole = good && info.st_size == (off_t)size &&
	             read(fd, out, size) == (ssize_t)size;
	if (fd >= 0)
		close(fd);
	if (whole && !open_to_others)
		return 1;
	if (open_to_others)
		fail(err, FAULT_DEVICE,
		     _("Tệp khoá %s người khác đọc được. Đặt lại quyền 0600 rồi mở lại."), path);
	else
		fail(err, FAULT_DEVICE,
		     _("Tệp khoá %s hỏng hoặc không đọc được. Không tự thay: nhờ người quản trị."),
		     path);
	because(err, "private file %s: mode or size is wrong", path);
	return -1;
}

/* Two programs may make it at the same moment: the first to link wins, both
 * then read the same bytes. */
static bool make_private(const char *path, const uint8_t *data, size_t size, struct error *err)
{
	struct arena arena = { 0 };
	const char *fresh = arena_format(&arena, "%s.%d", path, (int)getpid());
	bool good = path_write(fresh, data, size, 0600, err);
	if (good && link(fresh, path) != 0 && errno != EEXIST) {
		int why = errno;
		fail(err, FAULT_DEVICE, _("Không ghi được tệp %s."), path);
		good = because(err, "link %s: %s", path, strerror(why));
	}
	(void)unlink(fresh);
	arena_free(&arena);
	return good;
}

static bool read_or_make(const char *path, uint8_t *out, size_t size,
                         void (*make)(uint8_t *, size_t), struct error *err)
{
	int got = read_private(path, out, size, err);
	if (got == 0) {
		make(out, size);
		if (!make_private(path, out, size, err))
			return false;
		got = read_private(path, out, size, err);
		if (got == 0)
			fail(err, FAULT_DEVICE, _("Không đọc được tệp %s."), path);
	}
	return got == 1;
}

/* ---- signatures ---- */

static void make_key(uint8_t *secret, size_t size)
{
	uint8_t public[SEAL_PUBLIC_SIZE];
	(void)size;
	crypto_sign_keypair(public, secret);
}

bool seal_key_open(struct seal_key *key, const char *folder, struct error *err)
{
	start();
	struct arena arena = { 0 };
	const char *path = path_join(&arena, folder, "counter.key");
	bool good = read_or_make(path, key->secret, sizeof key->secret, make_key, err);
	if (good) {
		/* The public half stands behind the seed; it must fit it. */
		uint8_t again[SEAL_SECRET_SIZE];
		crypto_sign_seed_keypair(key->public, again, key->secret);
		good = sodium_memcmp(again, key->secret, sizeof again) == 0;
		sodium_memzero(again, sizeof again);
		if (!good) {
			fail(err, FAULT_DEVICE,
			     _("Tệp khoá %s hỏng hoặc không đọc được. Không tự thay: nhờ người quản trị."),
			     path);
			because(err, "%s: public half does not fit", path);
		}
	}
	arena_free(&arena);
	return good;
}

void seal_key_wipe(struct seal_key *key)
{
	sodium_memzero(key, sizeof *key);
}

void seal_sign(const struct seal_key *key, const void *data, size_t n, uint8_t out[SEAL_SIGN_SIZE])
{
	start();
	crypto_sign_detached(out, NULL, data, n, key->secret);
}

bool seal_verify(const uint8_t public[SEAL_PUBLIC_SIZE], const void *data, size_t n,
                 const uint8_t sign[SEAL_SIGN_SIZE])
{
	start();
	return crypto_sign_verify_detached(sign, data, n, public) == 0;
}

/* ---- hashes ---- */

void seal_sha256(const void *data, size_t n, uint8_t out[SEAL_HASH_SIZE])
{
	crypto_hash_sha256(out, data, n);
}

void seal_hash_start(struct seal_hash *hash)
{
	crypto_hash_sha256_init((crypto_hash_sha256_state *)hash->state);
}

void seal_hash_add(struct seal_hash *hash, const void *data, size_t n)
{
	crypto_hash_sha256_update((crypto_hash_sha256_state *)hash->state, data, n);
}

void seal_hash_end(struct seal_hash *hash, uint8_t out[SEAL_HASH_SIZE])
{
	crypto_hash_sha256_final((crypto_hash_sha256_state *)hash->state, out);
}

char *seal_hex(const void *data, size_t n, char *out)
{
	return sodium_bin2hex(out, 2 * n + 1, data, n);
}

/* ---- drafts ---- */

static void make_salt(uint8_t *out, size_t size)
{
	randombytes_buf(out, size);
}

bool seal_box_derive(struct seal_box *box, const char *folder, const char *login,
                     const char *password, struct error *err)
{
	start();
	uint8_t of_login[SEAL_HASH_SIZE], salt[crypto_pwhash_SALTBYTES];
	char name[17];
	seal_sha256(login, strlen(login), of_login);
	seal_hex(of_login, 8, name);
	struct arena arena = { 0 };
	const char *path = arena_format(&arena, "%s/draft-%s.salt", folder, name);
	bool good = read_or_make(path, salt, sizeof salt, make_salt, err);
	arena_free(&arena);
	if (!good)
		return false;
	if (crypto_pwhash(box->key, sizeof box->key, password, strlen(password), salt, DERIVE_OPS,
	                  DERIVE_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
		abort(); /* out of memory */
	return true;
}

void seal_box_wipe(struct seal_box *box)
{
	sodium_memzero(box, sizeof *box);
}

void seal_box_close(const struct seal_box *box, const void *plain, size_t n, struct bytes *out)
{
	start();
	uint8_t nonce[crypto_secretbox_NONCEBYTES];
	randombytes_buf(nonce, sizeof nonce);
	uint8_t *closed = malloc(n + crypto_secretbox_MACBYTES);
	if (!closed)
		abort();
	crypto_secretbox_easy(closed, plain, n, nonce, box->key);
	bytes_add(out, nonce, sizeof nonce);
	bytes_add(out, closed, n + crypto_secretbox_MACBYTES);
	free(closed);
}

bool seal_box_open(const struct seal_box *box, const void *closed, size_t n, struct bytes *out,
                   struct error *err)
{
	start();
	const uint8_t *nonce = closed, *sealed = nonce + crypto_secretbox_NONCEBYTES;
	size_t head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
	uint8_t *plain = n < head ? NULL : malloc(n - head + 1);
	bool good = plain && crypto_secretbox_open_easy(plain, sealed,
	                                                n - crypto_secretbox_NONCEBYTES, nonce,
	                                                box->key) == 0;
	if (good)
		bytes_add(out, plain, n - head);
	if (plain)
		sodium_memzero(plain, n - head + 1);
	free(plain);
	if (good)
		return true;
	fail(err, FAULT_INPUT, "%s",
	     _("Không mở được bản nháp: do người khác hoặc mật khẩu cũ ghi, hoặc tệp đã hỏng."));
	return because(err, "secretbox of %zu bytes does not open", n);
}

/* ---- random and memory ---- */

void seal_random(void *out, size_t n)
{
	start();
	randombytes_buf(out, n);
}

void seal_uuid(char out[37])
{
	uint8_t raw[16];
	char hex[33];
	seal_random(raw, sizeof raw);
	raw[6] = (uint8_t)((raw[6] & 0x0F) | 0x40); /* RFC 9562: version 4 */
	raw[8] = (uint8_t)((raw[8] & 0x3F) | 0x80);
	seal_hex(raw, sizeof raw, hex);
	static const int PARTS[] = { 8, 4, 4, 4, 12 };
	const char *from = hex;
	for (int i = 0; i < 5; i++) {
		memcpy(out, from, (size_t)PARTS[i]);
		out += PARTS[i];
		from += PARTS[i];
		*out++ = i < 4 ? '-' : '\0';
	}
}

void seal_wipe(void *memory, size_t n)
{
	sodium_memzero(memory, n);
}
