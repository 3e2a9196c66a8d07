/* SPDX-License-Identifier: Apache-2.0
 *
 * The shapes of codes a keyboard scanner may type without a prefix. */
#include <string.h>

#include "tui/keys_own.h"

#define CARD_DIGITS 12
#define CARD_BARS   5 /* "|" before the address; a card has six or more */
#define CODE_HEAD   35

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool varied(const char *text)
{
	char seen[4];
	int count = 0;
	for (; *text && count < 4; text++)
		if (!memchr(seen, *text, (size_t)count))
			seen[count++] = *text;
	return count == 4;
}

static enum shape card_shape(const char *text)
{
	int digits = 0, bars = 0;
	while (digit(text[digits]) && digits <= CARD_DIGITS)
		digits++;
	if (!text[digits] && digits <= CARD_DIGITS)
		return SHAPE_MAYBE;
	if (digits != CARD_DIGITS || text[digits] != '|')
		return SHAPE_NONE;
	for (const char *at = text; *at; at++)
		bars += *at == '|';
	return bars >= CARD_BARS && varied(text) ? SHAPE_WHOLE : SHAPE_CERTAIN;
}

static bool code_letter(char c)
{
	return digit(c) || (c >= 'A' && c <= 'Z') || c == '.';
}

/* <UNIT>-YYMMDD-XXXX, perhaps with /KEY/SIGNATURE behind it. */
static enum shape code_shape(const char *text)
{
	const char *at = text;
	while (code_letter(*at) && at - text <= CODE_HEAD)
		at++;
	if (!*at && at - text <= CODE_HEAD)
		return SHAPE_MAYBE;
	if (*at++ != '-' || at == text + 1)
		return SHAPE_NONE;
	int day = 0, number = 0;
	while (digit(*at) && day < 8)
		at++, day++;
	if (!*at)
		return day >= 6 ? SHAPE_CERTAIN : SHAPE_MAYBE;
	if (*at++ != '-' || (day != 6 && day != 8))
		return SHAPE_NONE;
	while (digit(*at) && number < 9)
		at++, number++;
	if (!*at)
		return number >= 4 && varied(text) ? SHAPE_WHOLE : SHAPE_CERTAIN;
	return *at == '/' && number >= 4 ? SHAPE_WHOLE : SHAPE_NONE;
}

/* The address in a receipt's QR, all capitals (a caps lock turns them small). */
static enum shape address_shape(const char *text)
{
	static const char *const heads[] = { "HTTPS://", "HTTP://", "https://", "http://" };
	for (int i = 0; i < 4; i++) {
		size_t n = strlen(heads[i]), have = strlen(text);
		if (have <= n && strncmp(text, heads[i], have) == 0)
			return have == n ? SHAPE_CERTAIN : SHAPE_MAYBE;
		if (have > n && strncmp(text, heads[i], n) == 0) {
			const char *slash = strrchr(text, '/');
			return strlen(slash) > 100 ? SHAPE_WHOLE : SHAPE_CERTAIN;
		}
	}
	return SHAPE_NONE;
}

enum shape scan_shape(const char *text)
{
	enum shape best = card_shape(text), code = code_shape(text), address = address_shape(text);
	best = code > best ? code : best;
	return address > best ? address : best;
}

bool scan_pasted(const char *text)
{
	return !strpbrk(text, "\r\n") &&
	       (card_shape(text) == SHAPE_WHOLE || address_shape(text) == SHAPE_WHOLE);
}
