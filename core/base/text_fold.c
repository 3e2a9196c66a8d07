/* SPDX-License-Identifier: Apache-2.0
 *
 * Comparing text the way people look for it, and showing numbers. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/text.h"

/* The text decomposed and case-folded; NULL when it is not UTF-8. */
static char *decompose(const char *text)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text, 0, &out,
	                                     UTF8PROC_NULLTERM | UTF8PROC_STABLE |
	                                             UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
	return size < 0 ? NULL : (char *)out;
}

static bool is_mark(utf8proc_int32_t point)
{
	utf8proc_category_t category = utf8proc_category(point);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* No letter has more parts. */
#define MOST_PARTS 18

struct folding {
	char *out;
	size_t room, size;
	bool gap; /* a blank is owed before the next letter */
};

static void fold_put(struct folding *fold, const void *bytes, size_t n)
{
	size_t need = n + (fold->gap && fold->size ? 1 : 0);
	if (fold->size + need + 1 > fold->room) {
		fold->room = fold->size + 1; /* full: later letters are dropped too */
		return;
	}
	if (fold->gap && fold->size)
		fold->out[fold->size++] = ' ';
	fold->gap = false;
	memcpy(fold->out + fold->size, bytes, n);
	fold->size += n;
}

/* One letter without its marks: đ has no decomposition. */
static void fold_point(struct folding *fold, utf8proc_int32_t point)
{
	utf8proc_int32_t parts[MOST_PARTS];
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t count = utf8proc_decompose_char(
		point, parts, MOST_PARTS,
		UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, NULL);
	for (utf8proc_ssize_t i = 0; i < count && i < MOST_PARTS; i++) {
		if (parts[i] == ' ' || parts[i] == 0xA0)
			fold->gap = true;
		else if (parts[i] == 0x111)
			fold_put(fold, "d", 1);
		else if (!is_mark(parts[i]))
			fold_put(fold, bytes, (size_t)utf8proc_encode_char(parts[i], bytes));
	}
}

/* Letter by letter: the order of marks does not matter, as they all go.  A whole
 * catalogue is folded while somebody types. */
size_t text_fold(const char *text, char *out, size_t room)
{
	if (room == 0)
		return 0;
	struct folding fold = { .out = out, .room = room };
	for (const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text; *at;) {
		utf8proc_int32_t point = *at;
		utf8proc_ssize_t length = 1;
		if (point == ' ') {
			fold.gap = true;
		} else if (point < 0x80) {
			char letter = (char)(point >= 'A' && point <= 'Z' ? point + 'a' - 'A' : point);
			fold_put(&fold, &letter, 1);
		} else if ((length = utf8proc_iterate(at, -1, &point)) > 0) {
			fold_point(&fold, point);
		} else { /* not UTF-8 */
			fold.size = 0;
			break;
		}
		at += length;
	}
	out[fold.size] = '\0';
	return fold.size;
}

char *text_fold_new(struct arena *arena, const char *text)
{
	/* Case folding can lengthen a letter, never more than threefold. */
	size_t room = strlen(text) * 3 + 1;
	char *draft = malloc(room);
	if (!draft)
		abort();
	size_t size = text_fold(text, draft, room);
	char *out = arena_copy(arena, draft, size);
	free(draft);
	return out;
}

static bool word_begins(const char *text, const char *word, size_t n)
{
	for (const char *at = text; *at; at++) {
		bool start = at == text || !((unsigned char)at[-1] >= 0x80 ||
		                             (at[-1] >= 'a' && at[-1] <= 'z') ||
		                             (at[-1] >= '0' && at[-1] <= '9'));
		if (start && strncmp(at, word, n) == 0)
			return true;
	}
	return false;
}

bool text_has_words(const char *folded_text, const char *folded_query)
{
	for (const char *at = folded_query; *at;) {
		size_t n = strcspn(at, " ");
		if (n && !word_begins(folded_text, at, n))
			return false;
		at += n;
		while (*at == ' ')
			at++;
	}
	return true;
}

static bool is_tone(utf8proc_int32_t point)
{
	return point == 0x300 || point == 0x301 || point == 0x303 || point == 0x309 ||
	       point == 0x323;
}

/* Each word with its tone mark moved to the end: Hòa and Hoà become one. */
static void tone_last(const char *text, struct bytes *out)
{
	char *parts = decompose(text);
	char tone[8] = "";
	bool gap = false;
	for (const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)parts; at && *at;) {
		utf8proc_int32_t point;
		utf8proc_ssize_t length = utf8proc_iterate(at, -1, &point);
		if (length <= 0)
			break;
		if (is_tone(point)) {
			memcpy(tone, at, (size_t)length);
			tone[length] = '\0';
		} else if (point == ' ' || point == 0xA0 || point == '-') {
			bytes_text(out, tone);
			tone[0] = '\0';
			gap = true;
		} else {
			if (gap && out->size)
				bytes_byte(out, ' ');
			gap = false;
			bytes_add(out, at, (size_t)length);
		}
		at += length;
	}
	bytes_text(out, tone);
	free(parts);
}

bool text_same_name(const char *a, const char *b)
{
	struct bytes left = { 0 }, right = { 0 };
	tone_last(a, &left);
	tone_last(b, &right);
	bool same = strcmp(bytes_string(&left), bytes_string(&right)) == 0;
	bytes_free(&left);
	bytes_free(&right);
	return same;
}

char *text_mask(struct arena *arena, const char *number)
{
	size_t n = text_count(number);
	size_t head = n >= 9 ? 4 : n > 2 ? 1 : 0;
	size_t tail = n >= 11 ? 2 : n >= 9 ? 3 : 0;
	struct bytes out = { 0 };
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		size_t next = text_next(number, at);
		if (i < head || i >= n - tail)
			bytes_add(&out, number + at, next - at);
		else
			bytes_text(&out, "•");
		at = next;
	}
	char *copy = arena_copy(arena, bytes_string(&out), out.size);
	bytes_free(&out);
	return copy;
}

char *text_money(struct arena *arena, long long dong)
{
	char digits[24], out[32];
	int n = 0, size = 0;
	unsigned long long left = dong < 0 ? 0ULL - (unsigned long long)dong
	                                   : (unsigned long long)dong;
	do {
		digits[n++] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (dong < 0)
		out[size++] = '-';
	while (n > 0) {
		out[size++] = digits[--n];
		if (n > 0 && n % 3 == 0)
			out[size++] = '.';
	}
	return arena_copy(arena, out, (size_t)size);
}
