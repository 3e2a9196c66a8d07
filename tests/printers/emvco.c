/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/printers/emvco.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* CRC-16/CCITT-FALSE by table: the sum of what each high byte brings. */
static uint16_t crc(const char *text, size_t n)
{
	uint16_t table[256], sum = 0xffff;
	for (unsigned i = 0; i < 256; i++) {
		uint32_t x = i << 8;
		for (int k = 0; k < 8; k++)
			x = x << 1 ^ (x & 0x8000 ? 0x11021 : 0);
		table[i] = (uint16_t)x;
	}
	while (n--)
		sum = (uint16_t)(sum << 8 ^ table[(sum >> 8 ^ (uint8_t)*text++) & 0xff]);
	return sum;
}

/* Reads exactly this field at *at; want NULL: any value of at most `most` bytes. */
static const char *take(const char **at, const char *end, const char *id, const char *want, char *out,
                        size_t most)
{
	static char wrong[80];
	char value[100];
	unsigned n;
	if (end - *at < 4 || strncmp(*at, id, 2) != 0 || !isdigit((unsigned char)(*at)[2]) ||
	    sscanf(*at + 2, "%2u", &n) != 1 || n == 0 || (ptrdiff_t)n > end - *at - 4) {
		snprintf(wrong, sizeof wrong, "field %s expected at \"%.12s\"", id, *at);
		return wrong;
	}
	memcpy(value, *at + 4, n);
	value[n] = '\0';
	*at += 4 + n;
	if ((want && strcmp(value, want) != 0) || n > most) {
		snprintf(wrong, sizeof wrong, "field %s is \"%.40s\"", id, value);
		return wrong;
	}
	if (out)
		strcpy(out, value);
	return NULL;
}

#define TAKE(...)                                       \
	do {                                            \
		const char *bad = take(__VA_ARGS__);    \
		if (bad)                                \
			return bad;                     \
	} while (0)

const char *emvco_read(const char *text, struct emvco *out)
{
	char sum[5], given[8], merchant[100], bank[100], more[100];
	size_t n = strlen(text);
	const char *at = text, *end = text + n;
	if (n < 8)
		return "too short";
	snprintf(sum, sizeof sum, "%04X", crc(text, n - 4));
	TAKE(&at, end, "00", "01", NULL, 2);
	TAKE(&at, end, "01", "12", NULL, 2); /* an amount is given: used once */
	TAKE(&at, end, "38", NULL, merchant, 99);
	TAKE(&at, end, "53", "704", NULL, 3);
	TAKE(&at, end, "54", NULL, out->amount, 13);
	TAKE(&at, end, "58", "VN", NULL, 2);
	TAKE(&at, end, "62", NULL, more, 99);
	TAKE(&at, end, "63", NULL, given, 4);
	if (at != end || strcmp(given, sum) != 0)
		return "checksum";
	at = merchant, end = merchant + strlen(merchant);
	TAKE(&at, end, "00", "A000000727", NULL, 10);
	TAKE(&at, end, "01", NULL, bank, 99);
	TAKE(&at, end, "02", "QRIBFTTA", NULL, 8);
	if (at != end)
		return "something after the service";
	at = bank, end = bank + strlen(bank);
	TAKE(&at, end, "00", NULL, out->bin, 6);
	TAKE(&at, end, "01", NULL, out->account, 19);
	if (at != end)
		return "something after the account";
	at = more, end = more + strlen(more);
	TAKE(&at, end, "08", NULL, out->purpose, 25);
	return at == end ? NULL : "something after the purpose";
}
