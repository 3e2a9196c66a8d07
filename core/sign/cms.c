/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "core/sign/cms_cert.h"
#include "core/sign/inspect.h"

struct trust {
	X509_STORE *store;
};

struct trust *trust_open(const char *roots)
{
	struct stat info;
	struct trust *trust = calloc(1, sizeof *trust);
	bool good = trust && (trust->store = X509_STORE_new());
	if (good && !*roots)
		good = X509_STORE_set_default_paths(trust->store) == 1;
	else if (good)
		good = stat(roots, &info) == 0 && (S_ISDIR(info.st_mode) ? X509_STORE_load_path(trust->store, roots)
		                                                         : X509_STORE_load_file(trust->store, roots)) == 1;
	if (good)
		return trust;
	trust_close(trust);
	return NULL;
}

void trust_close(struct trust *trust)
{
	if (trust)
		X509_STORE_free(trust->store);
	free(trust);
}

static moment_t signed_at(CMS_SignerInfo *info)
{
	int at = CMS_signed_get_attr_by_NID(info, NID_pkcs9_signingTime, -1);
	X509_ATTRIBUTE *attr = at < 0 ? NULL : CMS_signed_get_attr(info, at);
	ASN1_TYPE *value = attr ? X509_ATTRIBUTE_get0_type(attr, 0) : NULL;
	if (!value || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME))
		return MOMENT_NONE;
	return cert_time(value->value.asn1_string);
}

/* A chain to a root at that moment, of a certificate that is not a web server's. */
static bool leads_home(const struct trust *trust, X509 *cert, STACK_OF(X509) *others, time_t moment)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	uint32_t uses = X509_get_extended_key_usage(cert);
	bool good = ctx && (uses == UINT32_MAX || !(uses & XKU_SSL_SERVER)) &&
	            X509_STORE_CTX_init(ctx, trust->store, cert, others) == 1;
	if (good) {
		X509_STORE_CTX_set_time(ctx, 0, moment);
		good = X509_verify_cert(ctx) == 1;
	}
	X509_STORE_CTX_free(ctx);
	return good;
}

static enum sign_trust trust_of(const struct trust *trust, X509 *cert, STACK_OF(X509) *others, moment_t at)
{
	moment_t from = cert_time(X509_get0_notBefore(cert)), to = cert_time(X509_get0_notAfter(cert)), now = time(NULL);
	if (at != MOMENT_NONE && (at < from || at > to))
		return TRUST_OUTSIDE;
	if (now > to)
		return TRUST_EXPIRED;
	return trust && leads_home(trust, cert, others, (time_t)now) ? TRUST_TRUSTED : TRUST_UNKNOWN;
}

/* Of what OpenSSL says, whether digest or signature do not fit. */
static enum sign_state state_of_errors(void)
{
	enum sign_state state = SIGN_BROKEN;
	for (unsigned long code; (code = ERR_get_error());) {
		int reason = ERR_GET_REASON(code);
		if (ERR_GET_LIB(code) == ERR_LIB_CMS && (reason == CMS_R_VERIFICATION_FAILURE))
			state = SIGN_CHANGED;
		else if (state != SIGN_CHANGED && (reason == CMS_R_UNKNOWN_DIGEST_ALGORITHM || reason == ERR_R_UNSUPPORTED))
			state = SIGN_OTHER;
	}
	return state;
}

static enum sign_state verify(CMS_ContentInfo *cms, const struct ranges *ranges)
{
	size_t size = ranges->size[0] + ranges->size[1];
	char *all = malloc(size);
	BIO *content = NULL;
	enum sign_state state = SIGN_OTHER;
	if (all) {
		memcpy(all, ranges->part[0], ranges->size[0]);
		memcpy(all + ranges->size[0], ranges->part[1], ranges->size[1]);
		content = BIO_new_mem_buf(all, (int)size);
	}
	if (content) {
		ERR_clear_error();
		state = CMS_verify(cms, NULL, NULL, content, NULL, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1
		                ? SIGN_INTACT : state_of_errors();
	}
	BIO_free(content);
	free(all);
	return state;
}

void cms_look(struct arena *arena, const struct bytes *der, const struct ranges *ranges,
              const struct trust *trust, struct check_sign *sign)
{
	const unsigned char *at = (const unsigned char *)der->data;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)der->size);
	bool is_signed = cms && OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed;
	STACK_OF(CMS_SignerInfo) *infos = is_signed ? CMS_get0_SignerInfos(cms) : NULL;
	X509 *cert = NULL;
	if (sk_CMS_SignerInfo_num(infos) == 1) {
		CMS_SignerInfo *info = sk_CMS_SignerInfo_value(infos, 0);
		STACK_OF(X509) *certs = CMS_get1_certs(cms);
		sign->state = verify(cms, ranges);
		moment_t said = signed_at(info);
		if (said != MOMENT_NONE)
			sign->at = said;
		CMS_SignerInfo_get0_algs(info, NULL, &cert, NULL, NULL);
		if (cert) {
			sign->name = cert_name(arena, cert);
			sign->trust = trust_of(trust, cert, certs, sign->at);
		}
		sk_X509_pop_free(certs, X509_free);
	}
	CMS_ContentInfo_free(cms);
}
