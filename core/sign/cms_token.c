/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sign/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libp11.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ui.h>
#include <openssl/x509v3.h>

#include "core/sign/cms_cert.h"

#define ABOVE_MOST 4

/* What modules answer (PKCS#11 v2.40, 3.1). */
enum {
	R_DEVICE_ERROR = 0x30, R_DEVICE_REMOVED = 0x32, R_FUNCTION_CANCELED = 0x50, R_PIN_INCORRECT = 0xA0, R_PIN_INVALID = 0xA1,
	R_PIN_LEN_RANGE = 0xA2, R_PIN_EXPIRED = 0xA3, R_PIN_LOCKED = 0xA4, R_TOKEN_NOT_PRESENT = 0xE0,
	R_TOKEN_NOT_RECOGNIZED = 0xE1, R_USER_PIN_NOT_INITIALIZED = 0x102,
};

struct token {
	PKCS11_CTX *ctx;
	PKCS11_SLOT *slots;
	unsigned slot_count;
	/* After token_log_in: */
	struct token_signer signer;
	X509 *above[ABOVE_MOST];
	EVP_PKEY *key;
	UI_METHOD *ui;
};

/* The last reason a module gave, 0: none; and all reasons as a text for the log. */
static unsigned long reason_of(char *text, size_t room)
{
	unsigned long code, reason = 0;
	size_t used = 0;
	*text = '\0';
	while ((code = ERR_get_error())) {
		const char *words = ERR_reason_error_string(code);
		if (ERR_GET_LIB(code) == ERR_get_CKR_code())
			reason = (unsigned long)ERR_GET_REASON(code);
		if (used + 1 < room)
			used += (size_t)snprintf(text + used, room - used, "%s%s", used ? "; " : "", words ? words : "unknown");
	}
	return reason;
}

static bool fail_with(struct error *err, const char *word)
{
	char text[160];
	unsigned long reason = reason_of(text, sizeof text);
	switch (reason) {
	case R_DEVICE_ERROR:
	case R_DEVICE_REMOVED:
	case R_TOKEN_NOT_PRESENT:
	case R_TOKEN_NOT_RECOGNIZED: word = "gone"; break;
	case R_FUNCTION_CANCELED: word = "pad"; break;
	case R_PIN_INCORRECT:
	case R_PIN_INVALID:
	case R_PIN_LEN_RANGE: word = "pin"; break;
	case R_PIN_EXPIRED:
	case R_USER_PIN_NOT_INITIALIZED: word = "fresh"; break;
	case R_PIN_LOCKED: word = "lock"; break;
	default: break;
	}
	return sign_fail(err, word, *text ? text : "no reason given");
}

/* ---- what is there ---- */

static enum pin_state pin_of(const PKCS11_TOKEN *token)
{
	return token->userPinLocked                           ? PIN_LOCKED
	     : !token->userPinSet || token->userPinToBeChanged ? PIN_UNSET
	     : token->userPinFinalTry                         ? PIN_LAST
	     : token->userPinCountLow                         ? PIN_LOW
	                                                      : PIN_FREE;
}

static void print_of(const X509 *cert, char out[17])
{
	unsigned char hash[EVP_MAX_MD_SIZE] = { 0 };
	unsigned size = 0;
	X509_digest(cert, EVP_sha256(), hash, &size);
	for (int i = 0; i < 8; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

/* X509_get_key_usage says UINT32_MAX when the certificate says nothing. */
static bool may_sign(X509 *cert)
{
	return !X509_check_ca(cert) && (X509_get_key_usage(cert) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION));
}

static void add_cert(struct arena *arena, struct sign_found *found, X509 *x509, const PKCS11_TOKEN *token)
{
	if (found->count == SIGN_CERTS || X509_check_ca(x509))
		return; /* what issued it is nobody's choice */
	struct sign_cert *cert = &found->certs[found->count++];
	*cert = (struct sign_cert){ .from = cert_time(X509_get0_notBefore(x509)), .to = cert_time(X509_get0_notAfter(x509)),
		.signs = may_sign(x509), .pad = token->secureLogin, .pin = pin_of(token), .name = cert_name(arena, x509) };
	print_of(x509, cert->print);
}

static bool there(const PKCS11_SLOT *slot)
{
	return slot->token && slot->token->initialized;
}

static void read_tokens(struct token *token, struct arena *arena, struct sign_found *found)
{
	for (unsigned i = 0; i < token->slot_count; i++) {
		PKCS11_SLOT *slot = &token->slots[i];
		PKCS11_CERT *certs;
		unsigned count = 0;
		if (!there(slot))
			continue;
		found->tokens++;
		if (PKCS11_enumerate_certs(slot->token, &certs, &count) != 0)
			count = 0;
		for (unsigned k = 0; k < count; k++)
			if (certs[k].x509)
				add_cert(arena, found, certs[k].x509, slot->token);
	}
	ERR_clear_error();
}

struct token *token_open(struct arena *arena, const char *module, struct sign_found *found, struct error *err)
{
	struct token *token = calloc(1, sizeof *token);
	if (!token)
		abort();
	*found = (struct sign_found){ 0 };
	token->ctx = PKCS11_CTX_new();
	if (!token->ctx || PKCS11_CTX_load(token->ctx, module) != 0) {
		fail_with(err, "modul");
		PKCS11_CTX_free(token->ctx);
		free(token);
		return NULL;
	}
	if (PKCS11_enumerate_slots(token->ctx, &token->slots, &token->slot_count) != 0) {
		token->slots = NULL;
		token->slot_count = 0;
	}
	read_tokens(token, arena, found);
	return token;
}

/* Modules that crash when they are let go are known: the process ends instead. */
void token_close(struct token *token)
{
	if (!token)
		return;
	for (unsigned i = 0; i < token->slot_count; i++)
		if (token->key && token->slots[i].token)
			(void)PKCS11_logout(&token->slots[i]);
	ERR_clear_error();
	EVP_PKEY_free(token->key);
	UI_destroy_method(token->ui);
	free(token);
}

/* ---- logging in ---- */

static PKCS11_CERT *find_cert(struct token *token, const char *print, PKCS11_SLOT **slot)
{
	for (unsigned i = 0; i < token->slot_count; i++) {
		PKCS11_CERT *certs;
		unsigned count = 0;
		char own[17];
		if (!there(&token->slots[i]) || PKCS11_enumerate_certs(token->slots[i].token, &certs, &count) != 0)
			continue;
		for (unsigned k = 0; k < count; k++) {
			if (!certs[k].x509)
				continue;
			print_of(certs[k].x509, own);
			*slot = &token->slots[i];
			if (strcmp(own, print) == 0)
				return &certs[k];
		}
	}
	return NULL;
}

/* Of the certificates beside it those that issued it, one after another. */
static void find_above(struct token *token, PKCS11_SLOT *slot)
{
	PKCS11_CERT *certs;
	unsigned count = 0;
	X509 *below = token->signer.cert;
	if (PKCS11_enumerate_certs(slot->token, &certs, &count) != 0)
		count = 0;
	token->signer.above = token->above;
	for (unsigned k = 0; k < count && token->signer.above_count < ABOVE_MOST; k++) {
		if (!certs[k].x509 || certs[k].x509 == below || X509_check_issued(certs[k].x509, below) != X509_V_OK ||
		    X509_check_issued(below, below) == X509_V_OK)
			continue;
		below = token->above[token->signer.above_count++] = certs[k].x509;
		k = (unsigned)-1; /* from the start, for the next one above */
	}
	ERR_clear_error();
}

/* What the token says of its PIN after a wrong one; asked anew. */
static const char *pin_word(struct token *token, unsigned long slot_id)
{
	PKCS11_SLOT *slots = NULL;
	unsigned count = 0;
	const char *word = "pin";
	if (PKCS11_enumerate_slots(token->ctx, &slots, &count) != 0)
		return word;
	for (unsigned i = 0; i < count; i++)
		if (slots[i].token && PKCS11_get_slotid_from_slot(&slots[i]) == slot_id)
			word = slots[i].token->userPinLocked ? "lock" : slots[i].token->userPinFinalTry ? "last" : word;
	PKCS11_release_all_slots(token->ctx, slots, count);
	ERR_clear_error();
	return word;
}

/* A key of the kind "PIN each time" has its own log-in before each signature
 * (CKU_CONTEXT_SPECIFIC); libp11 asks here for what it says then. */
static int give_pin(UI *ui, UI_STRING *question)
{
	const struct pin *pin = UI_get0_user_data(ui);
	if (UI_get_string_type(question) != UIT_PROMPT)
		return 1;
	return pin && pin->size && UI_set_result(ui, question, pin->text) == 0;
}

static bool answer_by_itself(struct token *token, const struct pin *pin)
{
	if (!token->ui && !(token->ui = UI_create_method("motcua")))
		return false;
	return UI_method_set_reader(token->ui, give_pin) == 0 &&
	       PKCS11_set_ui_method(token->ctx, token->ui, (void *)pin) == 0;
}

static bool try_pin(struct token *token, PKCS11_SLOT *slot, const struct pin *pin, struct error *err)
{
	struct error why;
	bool pad = slot->token->secureLogin && !pin->size;
	if (slot->token->userPinLocked)
		return sign_fail(err, "lock", "locked before it was tried");
	if (slot->token->loginRequired && !pin->size && !pad)
		return sign_fail(err, "pin", "empty");
	if (!answer_by_itself(token, pin))
		return sign_fail(err, "fail", "no answers for a key that asks each time");
	/* A reader with keys of its own takes the PIN there. */
	if (PKCS11_login(slot, 0, pad ? NULL : pin->text) == 0)
		return true;
	fail_with(&why, "fail");
	if (strcmp(why.code, "pin") != 0)
		return sign_fail(err, why.code, why.log);
	return sign_fail(err, pin_word(token, PKCS11_get_slotid_from_slot(slot)), why.log);
}

bool token_log_in(struct token *token, const char print[17], const struct pin *pin, struct error *err)
{
	PKCS11_SLOT *slot = NULL;
	PKCS11_CERT *cert = find_cert(token, print, &slot);
	PKCS11_KEY *keys;
	unsigned count;
	if (!cert)
		return sign_fail(err, "gone", "the certificate is not there any more");
	if (!try_pin(token, slot, pin, err))
		return false;
	if (PKCS11_enumerate_keys(slot->token, &keys, &count) != 0)
		return fail_with(err, "key");
	PKCS11_KEY *key = PKCS11_find_key(cert);
	token->key = key ? PKCS11_get_private_key(key) : NULL;
	token->signer.cert = cert->x509;
	if (!token->key)
		return fail_with(err, "key");
	find_above(token, slot);
	return true;
}

const struct token_signer *token_signer(const struct token *token)
{
	return &token->signer;
}

/* ---- signing ---- */

static bool fits(const struct token *token, const void *bytes, size_t size, const struct bytes *signature)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool good = ctx && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, X509_get0_pubkey(token->signer.cert)) == 1 &&
	            EVP_DigestVerify(ctx, (const unsigned char *)signature->data, signature->size, bytes, size) == 1;
	EVP_MD_CTX_free(ctx);
	return good;
}

bool token_sign(struct token *token, const void *bytes, size_t size, struct bytes *signature, struct error *err)
{
	unsigned char made[2048];
	size_t made_size = sizeof made;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool good = ctx && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, token->key) == 1 &&
	            EVP_DigestSign(ctx, made, &made_size, bytes, size) == 1;
	EVP_MD_CTX_free(ctx);
	if (!good)
		return fail_with(err, "fail");
	bytes_add(signature, made, made_size);
	return fits(token, bytes, size, signature) || sign_fail(err, "fail", "the signature does not fit the certificate");
}
