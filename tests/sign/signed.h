/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/sign/signed.h — PDFs as others sign them, made here byte by byte: a page, a signature
 * field, a detached CMS by OpenSSL. */
#pragma once
#include <openssl/x509.h>
#include "core/base/bytes.h"
#include "core/base/date.h"

/* The signers: a key and a certificate valid between two moments, by itself or an issuer. */
struct signer {
	EVP_PKEY *key;
	X509 *cert;
};
struct signer signer_new(const char *name, moment_t from, moment_t to, const struct signer *issuer);
/* With a key of one's own, which it takes, and usage as "critical,digitalSignature"; NULL: none. */
struct signer signer_of(EVP_PKEY *key, const char *name, moment_t from, moment_t to, const char *usage,
                        const struct signer *issuer);
void signer_free(struct signer *);
void signer_write(const struct signer *, const char *path); /* its certificate, PEM */

/* The certificate in DER, the key in PKCS#8, as tokens take them. */
void signer_write_parts(const struct signer *, const char *cert, const char *key);

/* pages empty pages; signer NULL: not signed; filter: "ETSI.CAdES.detached". */
void signed_pdf(struct bytes *out, int pages, const struct signer *, const char *filter);
