/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sign/signed.h"

#include "tests/check.h"

#include <stdio.h>
#include <string.h>

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#define HOLE   8192 /* hex digits */
#define OBJECTS 400

static void add_extension(X509 *cert, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	assert_non_null(extension);
	X509_add_ext(cert, extension, -1);
	X509_EXTENSION_free(extension);
}

struct signer signer_of(EVP_PKEY *key, const char *name, moment_t from, moment_t to, const char *usage,
                        const struct signer *issuer)
{
	static long serial;
	struct signer s = { key, X509_new() };
	X509_NAME *subject = X509_NAME_new();
	assert_non_null(s.key);
	X509_set_version(s.cert, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(s.cert), ++serial);
	X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0);
	X509_set_subject_name(s.cert, subject);
	X509_set_issuer_name(s.cert, issuer ? X509_get_subject_name(issuer->cert) : subject);
	X509_NAME_free(subject);
	ASN1_TIME_set(X509_getm_notBefore(s.cert), (time_t)from);
	ASN1_TIME_set(X509_getm_notAfter(s.cert), (time_t)to);
	X509_set_pubkey(s.cert, s.key);
	add_extension(s.cert, NID_basic_constraints, issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
	if (usage)
		add_extension(s.cert, NID_key_usage, usage);
	assert_true(X509_sign(s.cert, issuer ? issuer->key : s.key, EVP_sha256()) > 0);
	return s;
}

struct signer signer_new(const char *name, moment_t from, moment_t to, const struct signer *issuer)
{
	return signer_of(EVP_EC_gen("P-256"), name, from, to, NULL, issuer);
}

void signer_free(struct signer *s)
{
	EVP_PKEY_free(s->key);
	X509_free(s->cert);
}

void signer_write(const struct signer *s, const char *path)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(PEM_write_X509(file, s->cert), 1);
	fclose(file);
}

void signer_write_parts(const struct signer *s, const char *cert, const char *key)
{
	FILE *file = fopen(cert, "w");
	assert_non_null(file);
	assert_int_equal(i2d_X509_fp(file, s->cert), 1);
	fclose(file);
	file = fopen(key, "w");
	assert_non_null(file);
	assert_int_equal(PEM_write_PKCS8PrivateKey(file, s->key, NULL, NULL, 0, NULL, NULL), 1);
	fclose(file);
}

static void put_object(struct bytes *out, size_t *places, int number, const char *text)
{
	places[number] = out->size;
	bytes_format(out, "%d 0 obj\n%s\nendobj\n", number, text);
}

static void fill_hole(struct bytes *out, size_t hole, const struct signer *signer)
{
	struct bytes all = { 0 };
	size_t behind = hole + HOLE + 2;
	bytes_add(&all, out->data, hole);
	bytes_add(&all, out->data + behind, out->size - behind);
	BIO *content = BIO_new_mem_buf(all.data, (int)all.size);
	CMS_ContentInfo *cms = CMS_sign(signer->cert, signer->key, NULL, content, CMS_DETACHED | CMS_BINARY);
	unsigned char *der = NULL;
	int size = i2d_CMS_ContentInfo(cms, &der);
	assert_true(size > 0 && size * 2 <= HOLE);
	for (int i = 0; i < size; i++) {
		char digits[3];
		snprintf(digits, sizeof digits, "%02X", der[i]);
		memcpy(out->data + hole + 1 + 2 * i, digits, 2);
	}
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	BIO_free(content);
	bytes_free(&all);
}

static size_t put_signature(struct bytes *out, size_t *places, int number, const char *filter, size_t *range)
{
	char zeros[HOLE + 1];
	memset(zeros, '0', HOLE);
	zeros[HOLE] = '\0';
	places[number] = out->size;
	bytes_format(out, "%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/%s/ByteRange", number, filter);
	*range = out->size;
	bytes_format(out, "%60s/Contents", "");
	size_t hole = out->size;
	bytes_format(out, "<%s>>>\nendobj\n", zeros);
	return hole;
}

void signed_pdf(struct bytes *out, int pages, const struct signer *signer, const char *filter)
{
	size_t places[OBJECTS] = { 0 }, hole = 0, range = 0;
	struct bytes kids = { 0 };
	int last = 4 + pages;
	bytes_text(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
	put_object(out, places, 1, signer ? "<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[3 0 R]>>>>"
	                                  : "<</Type/Catalog/Pages 2 0 R>>");
	for (int i = 0; i < pages; i++)
		bytes_format(&kids, "%d 0 R ", 5 + i);
	places[2] = out->size;
	bytes_format(out, "2 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n", pages, bytes_string(&kids));
	bytes_free(&kids);
	put_object(out, places, 3, "<</FT/Sig/T(ky)/V 4 0 R>>");
	hole = put_signature(out, places, 4, filter ? filter : "none", &range);
	for (int i = 0; i < pages; i++)
		put_object(out, places, 5 + i, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>");
	size_t table = out->size;
	bytes_format(out, "xref\n0 %d\n0000000000 65535 f \n", last + 1);
	for (int i = 1; i <= last; i++)
		bytes_format(out, "%010zu 00000 n \n", places[i]);
	bytes_format(out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", last + 1, table);
	if (!signer) {
		memcpy(out->data + range + 1, "null", 4);
		return;
	}
	char text[61];
	int n = snprintf(text, sizeof text, "[0 %zu %zu %zu]", hole, hole + HOLE + 2, out->size - hole - HOLE - 2);
	memcpy(out->data + range, text, (size_t)n);
	fill_hole(out, hole, signer);
}
