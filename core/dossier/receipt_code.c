/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/receipt_code.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"

#define ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
/* What a QR's alphanumeric mode can hold (ISO/IEC 18004), less the blank. */
#define QR_LETTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%*+-./:"
#define KEY_LETTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
#define ENCODED 103 /* letters of 64 bytes in base32 */
#define TEXT_MOST 400

static void encode(const uint8_t *bytes, size_t n, char *out)
{
	uint32_t held = 0;
	int bits = 0;
	for (size_t i = 0; i < n; i++) {
		held = (held << 8 | bytes[i]) & 0xFFFF;
		for (bits += 8; bits >= 5; bits -= 5)
			*out++ = ALPHABET[held >> (bits - 5) & 31];
	}
	if (bits)
		*out++ = ALPHABET[held << (5 - bits) & 31];
	*out = '\0';
}

/* Exactly ENCODED letters; the bits left over must be zero, so that one
 * signature has one text. */
static bool decode(const char *text, uint8_t out[RECEIPT_SIGNATURE_SIZE])
{
	uint32_t held = 0;
	int bits = 0;
	size_t n = 0;
	for (; *text; text++) {
		const char *at = strchr(ALPHABET, *text);
		if (!at)
			return false;
		held = (held << 5 | (uint32_t)(at - ALPHABET)) & 0xFFFF;
		bits += 5;
		if (bits < 8)
			continue;
		bits -= 8;
		if (n == RECEIPT_SIGNATURE_SIZE)
			return false;
		out[n++] = (uint8_t)(held >> bits);
	}
	return n == RECEIPT_SIGNATURE_SIZE && !(held & ((1u << bits) - 1));
}

const char *receipt_message(struct arena *arena, const char *unit_eid, const char *code,
                            const char *key_id)
{
	return arena_format(arena, "motcua-receipt-1\n%s\n%s\n%s", unit_eid, code, key_id);
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool within(const char *text, const char *letters, size_t most)
{
	size_t n = strlen(text);
	return n && n <= most && strspn(text, letters) == n;
}

bool receipt_code_write(struct arena *arena, const struct receipt_code *receipt, const char **out,
                        struct error *err)
{
	char signature[ENCODED + 1];
	char *url = arena_string(arena, receipt->lookup_url);
	for (char *at = url; *at; at++)
		*at = upper(*at);
	size_t n = strlen(url);
	while (n && url[n - 1] == '/')
		url[--n] = '\0';
	if ((*url && !within(url, QR_LETTERS, 200)) || strchr(receipt->code, '/') ||
	    !within(receipt->code, QR_LETTERS, CODE_MOST) ||
	    !within(receipt->key_id, KEY_LETTERS, RECEIPT_KEY_ID_MOST)) {
		fail(err, FAULT_BUG, _("Không tạo được mã QR cho giấy tiếp nhận."));
		return because(err, "receipt QR: url, code or key id outside the alphabet");
	}
	encode(receipt->signature, RECEIPT_SIGNATURE_SIZE, signature);
	*out = arena_format(arena, "%s/%s/%s/%s", url, receipt->code, receipt->key_id, signature);
	return true;
}

/* Cuts the last part off text; NULL when there is no slash. */
static char *last_part(char *text)
{
	char *slash = strrchr(text, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	return slash + 1;
}

bool receipt_code_read(struct arena *arena, const char *text, size_t n, struct receipt_code *out,
                       struct error *err)
{
	struct receipt_code receipt = { .lookup_url = "" };
	const char *sorry = _("Không phải mã QR của giấy tiếp nhận.");
	while (n && strchr(" \t\r\n", text[n - 1]))
		n--;
	for (; n && strchr(" \t\r\n", *text); n--)
		text++;
	if (!n || n > TEXT_MOST || memchr(text, 0, n))
		return fail(err, FAULT_INPUT, "%s", sorry);
	char *copy = arena_copy(arena, text, n);
	for (char *at = copy; *at; at++)
		*at = upper(*at);
	char *signature = last_part(copy);
	char *key = signature ? last_part(copy) : NULL;
	char *code = key ? last_part(copy) : NULL;
	if (!code || strlen(signature) != ENCODED || !decode(signature, receipt.signature) ||
	    !within(key, KEY_LETTERS, RECEIPT_KEY_ID_MOST) ||
	    !within(code, QR_LETTERS, CODE_MOST) ||
	    (*copy && !within(copy, QR_LETTERS, 200)))
		return fail(err, FAULT_INPUT, "%s", sorry);
	memcpy(receipt.code, code, strlen(code) + 1);
	memcpy(receipt.key_id, key, strlen(key) + 1);
	receipt.lookup_url = copy;
	*out = receipt;
	return true;
}
