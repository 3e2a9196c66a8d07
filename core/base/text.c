/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/say.h"

/* One code point at text[at..n); -1 and one byte when it is broken. */
static int32_t decode(const char *text, size_t at, size_t n, size_t *length)
{
	utf8proc_int32_t point = -1;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
	                                         (utf8proc_ssize_t)(n - at), &point);
	if (used <= 0) {
		*length = 1;
		return -1;
	}
	*length = (size_t)used;
	return point;
}

/* Controls, and the marks that reorder or hide text on a screen. */
static bool hidden(int32_t point)
{
	return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C ||
	       (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
	       (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
	       (point >= 0xFFF9 && point <= 0xFFFB) || (point >= 0xE0000 && point <= 0xE0FFF);
}

static bool blank(int32_t point)
{
	return point == '\t' || point == '\n' || point == '\r' || point == 0x0B || point == 0x0C ||
	       point == 0x85 || point == 0xA0 || point == 0x2028 || point == 0x2029;
}

enum taking { TAKE_LINE = 0, TAKE_LINES = 1, TAKE_MEND = 2 };

/* Copies what may stay; false at the first broken byte unless mending. */
static bool clean(const char *bytes, size_t n, enum taking how, struct bytes *out)
{
	for (size_t at = 0, length; at < n; at += length) {
		int32_t point = decode(bytes, at, n, &length);
		if (point < 0 && how != TAKE_MEND)
			return false;
		if (point < 0)
			bytes_text(out, "\xEF\xBF\xBD");
		else if (how == TAKE_LINES && point == '\n')
			bytes_byte(out, '\n');
		else if (blank(point))
			bytes_byte(out, ' ');
		else if (!hidden(point))
			bytes_add(out, bytes + at, length);
	}
	return true;
}

static const char *compose(struct arena *arena, const struct bytes *in)
{
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t size =
		utf8proc_map((const utf8proc_uint8_t *)bytes_string(in), (utf8proc_ssize_t)in->size,
	                     &nfc, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	if (size < 0)
		abort(); /* the input was checked: only memory can have failed */
	const char *out = arena_copy(arena, (const char *)nfc, (size_t)size);
	free(nfc);
	return out;
}

static bool take(struct arena *arena, const char *bytes, size_t n, enum taking how,
                 const char **out, struct error *err)
{
	struct bytes kept = { 0 };
	bool good = clean(bytes, n, how, &kept);
	if (good) {
		*out = compose(arena, &kept);
	} else {
		fail(err, FAULT_INPUT, _("Chữ không đúng mã UTF-8, không đọc được."));
		because(err, "invalid UTF-8 after %zu bytes", kept.size);
	}
	bytes_free(&kept);
	return good;
}

bool text_take(struct arena *arena, const char *bytes, size_t n, const char **out,
               struct error *err)
{
	return take(arena, bytes, n, TAKE_LINE, out, err);
}

bool text_take_lines(struct arena *arena, const char *bytes, size_t n, const char **out,
                     struct error *err)
{
	return take(arena, bytes, n, TAKE_LINES, out, err);
}

const char *text_mend(struct arena *arena, const char *bytes, size_t n)
{
	const char *out = "";
	take(arena, bytes, n, TAKE_MEND, &out, NULL);
	return out;
}

bool text_valid(const char *bytes, size_t n)
{
	for (size_t at = 0, length; at < n; at += length)
		if (decode(bytes, at, n, &length) < 0)
			return false;
	return true;
}

static int point_columns(int32_t point)
{
	return point < 0 ? 1 : utf8proc_charwidth(point);
}

size_t text_next(const char *text, size_t at)
{
	size_t n = strlen(text), length;
	if (at >= n)
		return n;
	utf8proc_int32_t state = 0;
	int32_t before = decode(text, at, n, &length);
	at += length;
	while (at < n) {
		int32_t point = decode(text, at, n, &length);
		if (before < 0 || point < 0 ||
		    utf8proc_grapheme_break_stateful(before, point, &state))
			break;
		before = point;
		at += length;
	}
	return at;
}

size_t text_prev(const char *text, size_t at)
{
	size_t n = strlen(text), from = 0;
	if (at > n)
		at = n;
	for (size_t next = 0; next < at; next = text_next(text, next))
		from = next;
	return from;
}

size_t text_count(const char *text)
{
	size_t count = 0, n = strlen(text);
	for (size_t at = 0; at < n; at = text_next(text, at))
		count++;
	return count;
}

/* A grapheme is as wide as its widest code point (marks are 0). */
static int grapheme_columns(const char *text, size_t at, size_t end)
{
	int widest = 0;
	for (size_t length; at < end; at += length) {
		int columns = point_columns(decode(text, at, end, &length));
		if (columns > widest)
			widest = columns;
	}
	return widest;
}

size_t text_cut(const char *text, int columns, int *used)
{
	int sum = 0;
	size_t at = 0, n = strlen(text);
	while (at < n) {
		size_t next = text_next(text, at);
		int wide = grapheme_columns(text, at, next);
		if (sum + wide > columns)
			break;
		sum += wide;
		at = next;
	}
	if (used)
		*used = sum;
	return at;
}

int text_columns(const char *text)
{
	int used = 0;
	text_cut(text, 1 << 30, &used);
	return used;
}

size_t text_line(const char *text, int columns, size_t *next)
{
	const char *feed = strchr(text, '\n');
	size_t fits = text_cut(text, columns, NULL);
	if (feed && (size_t)(feed - text) <= fits) {
		fits = (size_t)(feed - text);
		if (next)
			*next = fits + 1;
		return fits;
	}
	size_t end = fits;
	if (text[fits] && text[fits] != ' ') {
		while (end > 0 && text[end - 1] != ' ')
			end--;
		if (end == 0) /* one word longer than the line */
			end = fits ? fits : text_next(text, 0);
	}
	size_t after = end;
	while (text[after] == ' ')
		after++;
	while (end > 0 && text[end - 1] == ' ')
		end--;
	if (next)
		*next = after;
	return end;
}

static char *change_case(struct arena *arena, const char *text, int32_t (*change)(int32_t))
{
	struct bytes out = { 0 };
	size_t n = strlen(text);
	for (size_t at = 0, length; at < n; at += length) {
		int32_t point = decode(text, at, n, &length);
		utf8proc_uint8_t encoded[4];
		if (point < 0)
			continue;
		utf8proc_ssize_t size = utf8proc_encode_char(change(point), encoded);
		bytes_add(&out, encoded, (size_t)size);
	}
	char *copy = arena_copy(arena, bytes_string(&out), out.size);
	bytes_free(&out);
	return copy;
}

char *text_upper(struct arena *arena, const char *text)
{
	return change_case(arena, text, utf8proc_toupper);
}

char *text_lower(struct arena *arena, const char *text)
{
	return change_case(arena, text, utf8proc_tolower);
}
