/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/form.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
	                                    : c >= 'A' && c <= 'F'   ? c - 'A' + 10
	                                                             : -1;
}

static void decode(const char *text, size_t n, struct bytes *out)
{
	bytes_clear(out);
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '%' && i + 2 < n && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
			bytes_byte(out, (uint8_t)(hex(text[i + 1]) * 16 + hex(text[i + 2])));
			i += 2;
		} else {
			bytes_byte(out, text[i] == '+' ? ' ' : (uint8_t)text[i]);
		}
	}
}

bool form_value(const struct bytes *body, const char *name, struct bytes *out)
{
	const char *at = bytes_string(body);
	size_t length = strlen(name);
	while (*at) {
		size_t n = strcspn(at, "&");
		if (n > length && strncmp(at, name, length) == 0 && at[length] == '=') {
			decode(at + length + 1, n - length - 1, out);
			return true;
		}
		at += n + (at[n] == '&');
	}
	return false;
}

/* Name="value" of a header line. */
static void quoted(const char *line, size_t n, const char *name, char *out, size_t room)
{
	char mark[32];
	snprintf(mark, sizeof mark, " %s=\"", name);
	out[0] = '\0';
	const char *at = memmem(line, n, mark, strlen(mark));
	if (!at)
		return;
	at += strlen(mark);
	const char *end = memchr(at, '"', n - (size_t)(at - line));
	if (end)
		snprintf(out, room, "%.*s", (int)(end - at), at);
}

static void read_head(const char *head, size_t n, struct form_part *part)
{
	static const char type[] = "\r\nContent-Type:";
	quoted(head, n, "name", part->name, sizeof part->name);
	quoted(head, n, "filename", part->filename, sizeof part->filename);
	part->type[0] = '\0';
	for (size_t i = 0; i + sizeof type - 1 < n; i++)
		if (strncasecmp(head + i, type, sizeof type - 1) == 0) {
			const char *at = head + i + sizeof type - 1;
			const char *end = memmem(at, n - (size_t)(at - head), "\r\n", 2);
			size_t length = (end ? (size_t)(end - at) : n - (size_t)(at - head));
			while (length && *at == ' ')
				at++, length--;
			snprintf(part->type, sizeof part->type, "%.*s", (int)length, at);
		}
}

bool form_part(const struct bytes *body, const char *content_type, size_t *at,
               struct form_part *out)
{
	const char *given = content_type ? strstr(content_type, "boundary=") : NULL;
	if (!given || !body->data)
		return false;
	given += 9 + (given[9] == '"');
	char mark[160];
	size_t n = (size_t)snprintf(mark, sizeof mark, "\r\n--%.*s", (int)strcspn(given, "\"; "), given);
	if (n >= sizeof mark)
		return false;
	const char *end = body->data + body->size;
	const char *begin = body->data + *at;
	/* The first boundary has no line before it. */
	if (*at == 0 && (body->size < n - 2 || memcmp(begin, mark + 2, n - 2) != 0))
		return false;
	begin += *at == 0 ? n - 2 : n;
	if (end - begin < 4 || memcmp(begin, "\r\n", 2) != 0)
		return false; /* "--": the last one */
	const char *blank = memmem(begin, (size_t)(end - begin), "\r\n\r\n", 4);
	if (!blank)
		return false;
	read_head(begin, (size_t)(blank - begin), out);
	out->data = blank + 4;
	const char *next = memmem(out->data, (size_t)(end - out->data), mark, n);
	if (!next)
		return false;
	out->size = (size_t)(next - out->data);
	*at = (size_t)(next - body->data);
	return true;
}

bool form_base64(const char *text, struct bytes *out)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t bits = 0;
	int have = 0;
	bytes_clear(out);
	size_t length = strlen(text), pads = 0;
	for (; *text && *text != '='; text++) {
		const char *at = strchr(digits, *text);
		if (!at)
			return false;
		bits = bits << 6 | (uint32_t)(at - digits);
		have += 6;
		if (have >= 8) {
			have -= 8;
			bytes_byte(out, (uint8_t)(bits >> have));
		}
	}
	while (text[pads] == '=')
		pads++;
	return length % 4 == 0 && pads <= 2 && !text[pads];
}
