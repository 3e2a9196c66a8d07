/* SPDX-License-Identifier: Apache-2.0
 *
 * Base32 (RFC 4648 §6), upper case, without padding. */
#include <string.h>

#include "core/store/seal.h"

static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

char *seal_base32(struct arena *arena, const void *data, size_t n)
{
	const uint8_t *in = data;
	char *out = arena_take(arena, (n * 8 + 4) / 5 + 1), *at = out;
	unsigned held = 0;
	int bits = 0;
	for (size_t i = 0; i < n; i++) {
		held = (held << 8 | in[i]) & 0xFFFF;
		for (bits += 8; bits >= 5; bits -= 5)
			*at++ = LETTERS[held >> (bits - 5) & 31];
	}
	if (bits)
		*at++ = LETTERS[held << (5 - bits) & 31];
	return out;
}

long seal_unbase32(const char *text, size_t length, void *out, size_t room)
{
	uint8_t *at = out;
	size_t written = 0;
	unsigned held = 0;
	int bits = 0;
	for (size_t i = 0; i < length; i++) {
		const char *letter = text[i] ? strchr(LETTERS, text[i]) : NULL;
		if (!letter)
			return -1;
		held = (held << 5 | (unsigned)(letter - LETTERS)) & 0xFFFF;
		bits += 5;
		if (bits < 8)
			continue;
		if (written == room)
			return -1;
		bits -= 8;
		at[written++] = (uint8_t)(held >> bits);
	}
	/* What is left must be padding bits, and zero: one text per value. */
	if (bits >= 5 || (held & ((1u << bits) - 1)))
		return -1;
	return (long)written;
}
