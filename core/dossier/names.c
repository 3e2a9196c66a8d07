/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/names.h"

#include <stdint.h>
#include <string.h>

#include "core/base/text.h"

struct name_parts name_split(struct arena *arena, const char *name)
{
	struct name_parts parts = { "", "", "" };
	size_t n = strlen(name);
	while (n && name[n - 1] == ' ')
		n--;
	for (; n && *name == ' '; n--)
		name++;
	const char *first = memchr(name, ' ', n);
	const char *last = n ? memrchr(name, ' ', n) : NULL;
	if (!first) {
		parts.given = arena_copy(arena, name, n);
		return parts;
	}
	parts.family = arena_copy(arena, name, (size_t)(first - name));
	parts.given = arena_copy(arena, last + 1, (size_t)(name + n - last - 1));
	while (first < last && *first == ' ')
		first++;
	while (last > first && last[-1] == ' ')
		last--;
	if (last > first)
		parts.middle = arena_copy(arena, first, (size_t)(last - first));
	return parts;
}

/* One lower-case letter with its tone: in Vietnamese order a letter decides
 * first, the tones of the whole word after all its letters. */
struct letter {
	int rank; /* place of the letter in the alphabet */
	int tone; /* none, huyền, hỏi, ngã, sắc, nặng     */
};

static const char *const VOWELS[] = {
	/* letter   huyền hỏi ngã sắc nặng */
	"a",  "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ẳ", "ẵ", "ắ", "ặ",
	"â",  "ầ", "ẩ", "ẫ", "ấ", "ậ", "e", "è", "ẻ", "ẽ", "é", "ẹ",
	"ê",  "ề", "ể", "ễ", "ế", "ệ", "i", "ì", "ỉ", "ĩ", "í", "ị",
	"o",  "ò", "ỏ", "õ", "ó", "ọ", "ô", "ồ", "ổ", "ỗ", "ố", "ộ",
	"ơ",  "ờ", "ở", "ỡ", "ớ", "ợ", "u", "ù", "ủ", "ũ", "ú", "ụ",
	"ư",  "ừ", "ử", "ữ", "ứ", "ự", "y", "ỳ", "ỷ", "ỹ", "ý", "ỵ",
};
static const char *const ALPHABET[] = { "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g",
	"h", "i", "j", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư",
	"v", "w", "x", "y", "z" };

static size_t letter_size(const char *text)
{
	unsigned char c = (unsigned char)*text;
	size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	for (size_t i = 1; i < n; i++)
		if (!text[i])
			return i;
	return n;
}

static struct letter letter_of(const char *text, size_t n)
{
	struct letter letter = { 1000 + (unsigned char)*text, 0 };
	for (size_t i = 0; i < sizeof(VOWELS) / sizeof(*VOWELS); i++)
		if (strlen(VOWELS[i]) == n && !memcmp(VOWELS[i], text, n)) {
			letter.tone = (int)(i % 6);
			text = VOWELS[i - i % 6];
			n = strlen(text);
			break;
		}
	for (size_t i = 0; i < sizeof(ALPHABET) / sizeof(*ALPHABET); i++)
		if (strlen(ALPHABET[i]) == n && !memcmp(ALPHABET[i], text, n))
			letter.rank = (int)i + 1;
	if (*text == ' ')
		letter.rank = 0;
	return letter;
}

static int compare_words(const char *a, const char *b)
{
	int tones = 0;
	while (*a && *b) {
		size_t n = letter_size(a), m = letter_size(b);
		struct letter x = letter_of(a, n), y = letter_of(b, m);
		if (x.rank != y.rank)
			return x.rank - y.rank;
		if (!tones)
			tones = x.tone - y.tone;
		a += n;
		b += m;
	}
	if (*a || *b)
		return *a ? 1 : -1;
	return tones;
}

int name_compare(const char *a, const char *b)
{
	struct arena arena = { 0 };
	struct name_parts x = name_split(&arena, text_lower(&arena, a));
	struct name_parts y = name_split(&arena, text_lower(&arena, b));
	int by = compare_words(x.given, y.given);
	if (!by)
		by = compare_words(x.family, y.family);
	if (!by)
		by = compare_words(x.middle, y.middle);
	arena_free(&arena);
	return by;
}
