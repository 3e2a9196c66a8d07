/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sign/token.h — A PKCS#11 module with its tokens, and CMS made with a key that lies
 * in one; in the helper only.  Errors carry a word of SIGN_WORDS. */
#pragma once
#include "core/base/bytes.h"
#include "core/sign/sign.h"

#define TOKEN_HASH 32 /* SHA-256 */

/* cms_token.c: the only door to libp11 */
struct token;

/* Loads the module and reads what its tokens show without a PIN; names are the arena's.
 * NULL: the module cannot be loaded.  No token is no error here. */
struct token *token_open(struct arena *, const char *module, struct sign_found *, struct error *);
/* With that certificate from now on: tries the PIN once.  It stays the caller's, held until
 * token_close; an empty one is for a token that takes it by itself. */
bool token_log_in(struct token *, const char print[17], const struct pin *, struct error *);
void token_close(struct token *);

/* What a signer is; types of OpenSSL, borrowed from the token. */
struct x509_st;
struct token_signer {
	struct x509_st *cert, **above; /* above: those that issued it, as far as the token has them */
	int above_count;
};
const struct token_signer *token_signer(const struct token *);
/* Signs the SHA-256 of these bytes and checks the result against the certificate. */
bool token_sign(struct token *, const void *bytes, size_t size, struct bytes *signature, struct error *);

/* ---- cms_make.c ---- */

struct hash;
struct hash *hash_new(void);
void hash_add(struct hash *, const void *bytes, size_t size);
/* Frees it. */
void hash_end(struct hash *, uint8_t out[TOKEN_HASH]);

/* A detached CMS (DER) over what has this SHA-256: content-type, message-digest,
 * signing-certificate-v2, and in CAdES the signing time, which PAdES forbids (EN 319 142-1,
 * 6.3: it stands in the dictionary).  at: MOMENT_NONE for PAdES.  Appends to der. */
bool cms_make(struct token *, const uint8_t hash[TOKEN_HASH], moment_t at, struct bytes *der, struct error *);
/* How long that may become at most. */
size_t cms_room(const struct token *);
