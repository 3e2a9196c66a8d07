/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sign/ranges.h"

#include <string.h>

#define CMS_MOST (4u << 20)

static int digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0';
}

/* The digits between < and >; an odd last one counts as if 0 followed (7.3.4.3). */
static bool take_hex(const uint8_t *text, size_t size, struct bytes *out)
{
	int high = -1;
	for (size_t i = 0; i < size; i++) {
		int value = digit(text[i]);
		if (value < 0 && !blank(text[i]))
			return false;
		if (value < 0)
			continue;
		if (high < 0) {
			high = value;
		} else {
			bytes_byte(out, (uint8_t)(high << 4 | value));
			high = -1;
		}
	}
	if (high >= 0)
		bytes_byte(out, (uint8_t)(high << 4));
	return !out->failed;
}

/* How long the SEQUENCE at the start says it is, head included; 0: it is none.  Of
 * indefinite length (BER): all there is. */
static size_t sequence_size(const uint8_t *der, size_t size)
{
	size_t length = 0, count;
	if (size < 2 || der[0] != 0x30)
		return 0;
	if (der[1] == 0x80)
		return size;
	if (der[1] < 0x80)
		return 2u + der[1];
	count = der[1] & 0x7fu;
	if (count > 4 || size < 2 + count)
		return 0;
	for (size_t i = 0; i < count; i++)
		length = length << 8 | der[2 + i];
	return 2 + count + length;
}

static bool take_sequence(const struct bytes *hole, struct bytes *der)
{
	const uint8_t *data = (const uint8_t *)hole->data;
	size_t size = sequence_size(data, hole->size);
	if (!size || size > hole->size)
		return false;
	for (size_t i = size; i < hole->size; i++)
		if (data[i])
			return false;
	bytes_add(der, data, size);
	return !der->failed;
}

bool ranges_take(const long long range[4], const uint8_t *file, size_t size, struct ranges *out,
                 struct bytes *der)
{
	long long end = (long long)size, first = range[1], second = range[2], rest = range[3];
	if (range[0] != 0 || first <= 0 || first > end || second > end || second - first < 4 ||
	    rest < 0 || rest > end - second || second - first > 2 * (long long)CMS_MOST)
		return false;
	if (file[first] != '<' || file[second - 1] != '>')
		return false;
	struct bytes hole = { .limit = CMS_MOST };
	bool good = take_hex(file + first + 1, (size_t)(second - first - 2), &hole) && take_sequence(&hole, der);
	bytes_free(&hole);
	*out = (struct ranges){ .part = { file, file + second },
		.size = { (size_t)first, (size_t)rest }, .to_end = true };
	for (long long i = second + rest; i < end; i++)
		if (!blank(file[i]))
			out->to_end = false;
	return good;
}

/* Two digits, or -1; steps over them. */
static int two(const char **at)
{
	const char *text = *at;
	if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
		return -1;
	*at += 2;
	return 10 * (text[0] - '0') + text[1] - '0';
}

/* +HH'mm', -HH'mm', Z or nothing: minutes east of Greenwich. */
static int zone(const char *at)
{
	int sign = *at == '+' ? 1 : *at == '-' ? -1 : 0;
	if (!sign)
		return *at == 'Z' ? 0 : 7 * 60;
	at++;
	int hours = two(&at), minutes = 0;
	if (*at == '\'')
		at++;
	if (hours >= 0 && *at)
		minutes = two(&at);
	return hours < 0 || hours > 14 || minutes < 0 || minutes > 59 ? 7 * 60 : sign * (hours * 60 + minutes);
}

moment_t ranges_moment(const char *text)
{
	if (strncmp(text, "D:", 2) == 0)
		text += 2;
	int century = two(&text), year = two(&text), month = two(&text), day = two(&text), hour = two(&text),
	    minute = two(&text), second = two(&text);
	if (century < 0 || year < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second > 59 ||
	    !date_valid(100 * century + year, month, day))
		return MOMENT_NONE;
	return moment_of(day_of(100 * century + year, month, day), hour, minute, second < 0 ? 0 : second) +
	       60 * (7 * 60 - zone(text));
}
