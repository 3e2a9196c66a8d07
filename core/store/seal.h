/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/seal.h — Signatures, hashes, drafts and random ids: the only door
 * to libsodium.  Every function starts the library by itself. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/error.h"

#define SEAL_PUBLIC_SIZE 32
#define SEAL_SECRET_SIZE 64
#define SEAL_SIGN_SIZE   64
#define SEAL_HASH_SIZE   32

/* The key pair of this counter machine (Ed25519, RFC 8032). */
struct seal_key {
	uint8_t public[SEAL_PUBLIC_SIZE];
	uint8_t secret[SEAL_SECRET_SIZE];
};
/* Reads folder/counter.key (0600), made once when it is not there.  A file
 * that others can read, or that is damaged, is an error, never replaced. */
bool seal_key_open(struct seal_key *, const char *folder, struct error *);
void seal_key_wipe(struct seal_key *);
void seal_sign(const struct seal_key *, const void *data, size_t n, uint8_t out[SEAL_SIGN_SIZE]);
bool seal_verify(const uint8_t public[SEAL_PUBLIC_SIZE], const void *data, size_t n,
                 const uint8_t sign[SEAL_SIGN_SIZE]);

/* SHA-256, whole or streamed. */
struct seal_hash {
	_Alignas(16) uint8_t state[128];
};
void seal_sha256(const void *data, size_t n, uint8_t out[SEAL_HASH_SIZE]);
void seal_hash_start(struct seal_hash *);
void seal_hash_add(struct seal_hash *, const void *data, size_t n);
void seal_hash_end(struct seal_hash *, uint8_t out[SEAL_HASH_SIZE]);
/* Lower-case hexadecimal; out holds 2n + 1 bytes. */
char *seal_hex(const void *data, size_t n, char *out);

/* Drafts are readable by their clerk only: XSalsa20-Poly1305 under a key
 * derived (argon2id, 16 MiB) from the password and a salt kept beside them. */
struct seal_box {
	uint8_t key[32];
};
/* login's salt lives in folder (0600), made once. */
bool seal_box_derive(struct seal_box *, const char *folder, const char *login,
                     const char *password, struct error *);
void seal_box_wipe(struct seal_box *);
void seal_box_close(const struct seal_box *, const void *plain, size_t n, struct bytes *out);
/* FAULT_INPUT when the key is another one or the bytes were changed. */
bool seal_box_open(const struct seal_box *, const void *closed, size_t n, struct bytes *out,
                   struct error *);

void seal_random(void *out, size_t n);
void seal_uuid(char out[37]); /* version 4, lower case */
/* Overwrites memory in a way no compiler removes. */
void seal_wipe(void *, size_t n);

/* RFC 4648 base32, upper case, no padding: fits a QR in alphanumeric mode. */
char *seal_base32(struct arena *, const void *data, size_t n);
/* Returns the bytes written, or -1 when text is not base32 or room too small. */
long seal_unbase32(const char *text, size_t length, void *out, size_t room);
