/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "core/sign/token.h"

#define ROOM_MOST  5120 /* of all but the certificates: two names of the issuer, a signature */
#define ATTRS_MOST 8

struct hash {
	EVP_MD_CTX *ctx;
};

struct hash *hash_new(void)
{
	struct hash *hash = calloc(1, sizeof *hash);
	if (!hash || !(hash->ctx = EVP_MD_CTX_new()) || EVP_DigestInit_ex(hash->ctx, EVP_sha256(), NULL) != 1)
		abort();
	return hash;
}

void hash_add(struct hash *hash, const void *bytes, size_t size)
{
	if (EVP_DigestUpdate(hash->ctx, bytes, size) != 1)
		abort();
}

void hash_end(struct hash *hash, uint8_t out[TOKEN_HASH])
{
	if (EVP_DigestFinal_ex(hash->ctx, out, NULL) != 1)
		abort();
	EVP_MD_CTX_free(hash->ctx);
	free(hash);
}

static bool failed(struct error *err, const char *what)
{
	const char *why = ERR_reason_error_string(ERR_get_error());
	ERR_clear_error();
	char cause[160];
	snprintf(cause, sizeof cause, "%s: %s", what, why ? why : "unknown");
	return sign_fail(err, "fail", cause);
}

/* ---- what is signed: the attributes as a SET OF in DER ---- */

struct attr {
	unsigned char *der;
	int size;
};

/* X.690 11.6: as octet strings, the shorter padded with zeros. */
static int by_octets(const void *left, const void *right)
{
	const struct attr *a = left, *b = right;
	int order = memcmp(a->der, b->der, (size_t)(a->size < b->size ? a->size : b->size));
	return order ? order : a->size - b->size;
}

static void put_set(struct bytes *out, size_t size)
{
	bytes_byte(out, 0x31);
	if (size >= 0x100) {
		bytes_byte(out, 0x82);
		bytes_byte(out, (uint8_t)(size >> 8));
	} else if (size >= 0x80) {
		bytes_byte(out, 0x81);
	}
	bytes_byte(out, (uint8_t)size);
}

static bool encode_attrs(CMS_SignerInfo *info, struct bytes *out)
{
	struct attr attrs[ATTRS_MOST];
	int count = CMS_signed_get_attr_count(info), whole = 0;
	size_t size = 0;
	bool good = count > 0 && count <= ATTRS_MOST;
	for (; good && whole < count; whole++) {
		attrs[whole].der = NULL;
		attrs[whole].size = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(info, whole), &attrs[whole].der);
		good = attrs[whole].size > 0;
		size += good ? (size_t)attrs[whole].size : 0;
	}
	good = good && size < 0x10000;
	if (good) {
		qsort(attrs, (size_t)count, sizeof *attrs, by_octets);
		put_set(out, size);
	}
	for (int i = 0; i < whole; i++) {
		if (good)
			bytes_add(out, attrs[i].der, (size_t)attrs[i].size);
		OPENSSL_free(attrs[i].der);
	}
	return good;
}

static bool add_attrs(CMS_SignerInfo *info, const uint8_t hash[TOKEN_HASH], moment_t at)
{
	bool good = CMS_signed_add1_attr_by_NID(info, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) &&
	            CMS_signed_add1_attr_by_NID(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, hash, TOKEN_HASH);
	if (good && at != MOMENT_NONE) {
		ASN1_TIME *time = ASN1_TIME_set(NULL, (time_t)at);
		good = time && CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, ASN1_STRING_type(time), time, -1);
		ASN1_TIME_free(time);
	}
	return good;
}

/* The signer stands in it with his public key alone: CMS_final, which would want the
 * private one and always puts the time in, is not asked. */
static CMS_SignerInfo *begin(CMS_ContentInfo **cms, const struct token_signer *signer)
{
	enum { HOW = CMS_PARTIAL | CMS_DETACHED | CMS_BINARY };
	*cms = CMS_sign(NULL, NULL, NULL, NULL, HOW);
	if (!*cms)
		return NULL;
	CMS_SignerInfo *info = CMS_add1_signer(*cms, signer->cert, X509_get0_pubkey(signer->cert), EVP_sha256(),
	                                       HOW | CMS_CADES | CMS_NOSMIMECAP);
	for (int i = 0; info && i < signer->above_count; i++)
		if (!CMS_add1_cert(*cms, signer->above[i]))
			info = NULL;
	return info;
}

static bool fill(struct token *token, CMS_SignerInfo *info, const uint8_t hash[TOKEN_HASH], moment_t at, struct error *err)
{
	struct bytes attrs = { 0 }, signature = { 0 };
	bool good = (add_attrs(info, hash, at) && encode_attrs(info, &attrs)) || failed(err, "attributes");
	good = good && token_sign(token, attrs.data, attrs.size, &signature, err);
	if (good && !ASN1_STRING_set(CMS_SignerInfo_get0_signature(info), signature.data, (int)signature.size))
		good = failed(err, "signature");
	bytes_free(&attrs);
	bytes_free(&signature);
	return good;
}

bool cms_make(struct token *token, const uint8_t hash[TOKEN_HASH], moment_t at, struct bytes *der, struct error *err)
{
	CMS_ContentInfo *cms = NULL;
	unsigned char *made = NULL;
	ERR_clear_error();
	CMS_SignerInfo *info = begin(&cms, token_signer(token));
	bool good = info ? fill(token, info, hash, at, err) : failed(err, "signer");
	if (good) {
		int size = i2d_CMS_ContentInfo(cms, &made);
		good = size > 0 || failed(err, "encoding");
		if (good)
			bytes_add(der, made, (size_t)size);
	}
	OPENSSL_free(made);
	CMS_ContentInfo_free(cms);
	return good;
}

size_t cms_room(const struct token *token)
{
	const struct token_signer *signer = token_signer(token);
	size_t room = ROOM_MOST + (size_t)i2d_X509(signer->cert, NULL);
	for (int i = 0; i < signer->above_count; i++)
		room += (size_t)i2d_X509(signer->above[i], NULL);
	return room;
}
