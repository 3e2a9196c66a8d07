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
void signer_free(struct signer *);
void signer_write(const struct signer *, const char *path); /* its certificate, PEM */

/* pages empty pages; signer NULL: not signed; filter: "ETSI.CAdES.detached". */
void signed_pdf(struct bytes *out, int pages, const struct signer *, const char *filter);
