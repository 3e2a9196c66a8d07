/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/letters.h"

#include <stdint.h>
#include <string.h>
#include <uchar.h>

/* Every vowel with its mark, the six tones beside it. */
static const struct {
	char base;
	enum mark mark;
	const char32_t *small, *large;
} vowels[] = {
	{ 'a', MARK_NONE, U"aáàảãạ", U"AÁÀẢÃẠ" }, { 'a', MARK_BREVE, U"ăắằẳẵặ", U"ĂẮẰẲẴẶ" },
	{ 'a', MARK_HAT, U"âấầẩẫậ", U"ÂẤẦẨẪẬ" },  { 'e', MARK_NONE, U"eéèẻẽẹ", U"EÉÈẺẼẸ" },
	{ 'e', MARK_HAT, U"êếềểễệ", U"ÊẾỀỂỄỆ" },  { 'i', MARK_NONE, U"iíìỉĩị", U"IÍÌỈĨỊ" },
	{ 'o', MARK_NONE, U"oóòỏõọ", U"OÓÒỎÕỌ" }, { 'o', MARK_HAT, U"ôốồổỗộ", U"ÔỐỒỔỖỘ" },
	{ 'o', MARK_HORN, U"ơớờởỡợ", U"ƠỚỜỞỠỢ" }, { 'u', MARK_NONE, U"uúùủũụ", U"UÚÙỦŨỤ" },
	{ 'u', MARK_HORN, U"ưứừửữự", U"ƯỨỪỬỮỰ" }, { 'y', MARK_NONE, U"yýỳỷỹỵ", U"YÝỲỶỸỴ" },
};
#define VOWELS (sizeof vowels / sizeof *vowels)

static const char *const initials[] = {
	"",  "b", "c", "ch", "d", "g",  "gh", "gi", "h", "k",  "kh", "l", "m", "n", "ng",
	"ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
};
static const char *const codas[] = { "", "c", "ch", "m", "n", "ng", "nh", "p", "t" };

/* Nuclei: the letters, and below each its mark ('-' none, '^' hat, 'u' breve, '+' horn). */
static const struct {
	const char *letters, *marks;
} nuclei[] = {
	{ "a", "-" },     { "a", "u" },    { "a", "^" },     { "e", "-" },   { "e", "^" },
	{ "i", "-" },     { "o", "-" },    { "o", "^" },     { "o", "+" },   { "u", "-" },
	{ "u", "+" },     { "y", "-" },    { "ai", "--" },   { "ao", "--" }, { "au", "--" },
	{ "au", "^-" },   { "ay", "--" },  { "ay", "^-" },   { "eo", "--" }, { "eu", "^-" },
	{ "ia", "--" },   { "ie", "-^" },  { "ieu", "-^-" }, { "iu", "--" }, { "oa", "--" },
	{ "oa", "-u" },   { "oai", "---" }, { "oao", "---" }, { "oay", "---" }, { "oe", "--" },
	{ "oeo", "---" }, { "oi", "--" },  { "oi", "^-" },   { "oi", "+-" }, { "oo", "--" },
	{ "ua", "--" },   { "ua", "+-" },  { "ua", "-^" },   { "uay", "-^-" }, { "ue", "-^" },
	{ "ui", "--" },   { "ui", "+-" },  { "uo", "-^" },   { "uo", "-+" }, { "uo", "++" },
	{ "uoi", "-^-" }, { "uoi", "++-" }, { "uou", "++-" }, { "uu", "+-" }, { "uy", "--" },
	{ "uya", "---" }, { "uye", "--^" }, { "uyu", "---" }, { "ye", "-^" }, { "yeu", "-^-" },
};
#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

static size_t decode(const char *text, uint32_t *out)
{
	const unsigned char *byte = (const unsigned char *)text;
	size_t n = *byte < 0x80 ? 1 : *byte < 0xe0 ? 2 : *byte < 0xf0 ? 3 : 4;
	*out = n == 1 ? *byte : *byte & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 0;
		*out = *out << 6 | (byte[i] & 0x3f);
	}
	return n;
}

static bool letter_read(uint32_t point, struct letter *out)
{
	if ((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z')) {
		*out = (struct letter){ .base = (char)(point | 0x20), .upper = point < 'a' };
		return true;
	}
	if (point == U'đ' || point == U'Đ') {
		*out = (struct letter){ .base = 'd', .mark = MARK_BAR, .upper = point == U'Đ' };
		return true;
	}
	for (size_t i = 0; i < VOWELS; i++) {
		for (int tone = 0; tone < 6; tone++) {
			bool upper = vowels[i].large[tone] == point;
			if (!upper && vowels[i].small[tone] != point)
				continue;
			*out = (struct letter){ vowels[i].base, vowels[i].mark, (enum tone)tone,
				                upper };
			return true;
		}
	}
	return false;
}

static uint32_t letter_point(const struct letter *letter)
{
	if (letter->base == 'd' && letter->mark == MARK_BAR)
		return letter->upper ? U'Đ' : U'đ';
	for (size_t i = 0; i < VOWELS; i++)
		if (vowels[i].base == letter->base && vowels[i].mark == letter->mark)
			return (letter->upper ? vowels[i].large : vowels[i].small)[letter->tone];
	return (uint32_t)(letter->upper ? letter->base - 'a' + 'A' : letter->base);
}

bool word_read(const char *text, struct word *out)
{
	*out = (struct word){ 0 };
	while (*text) {
		uint32_t point;
		size_t n = decode(text, &point);
		if (!n || out->count == LETTERS ||
		    !letter_read(point, &out->letters[out->count]))
			return false;
		out->count++;
		text += n;
	}
	return true;
}

bool word_write(const struct word *word, char *out, size_t room)
{
	size_t at = 0;
	for (int i = 0; i < word->count; i++) {
		uint32_t point = letter_point(&word->letters[i]);
		if (at + 4 > room)
			return false;
		if (point < 0x80) {
			out[at++] = (char)point;
		} else if (point < 0x800) {
			out[at++] = (char)(0xc0 | point >> 6);
			out[at++] = (char)(0x80 | (point & 0x3f));
		} else {
			out[at++] = (char)(0xe0 | point >> 12);
			out[at++] = (char)(0x80 | (point >> 6 & 0x3f));
			out[at++] = (char)(0x80 | (point & 0x3f));
		}
	}
	out[at] = '\0';
	return true;
}

static bool vowel(char base)
{
	return strchr("aeiouy", base) != NULL;
}

static bool listed(const struct word *word, int from, int to, const char *const *list, int count)
{
	for (int i = 0; i < count; i++) {
		int n = (int)strlen(list[i]);
		bool same = n == to - from;
		for (int at = 0; same && at < n; at++)
			same = word->letters[from + at].base == list[i][at];
		if (same)
			return true;
	}
	return false;
}

bool word_parse(struct word *word)
{
	const struct letter *at = word->letters;
	int n = word->count, from = 0;
	while (from < n && !vowel(at[from].base))
		from++;
	/* "gi" and "qu" are consonants when another vowel follows. */
	bool glide = from == 1 && n > 2 && vowel(at[2].base) && at[1].mark == MARK_NONE &&
	             ((at[0].base == 'g' && at[1].base == 'i') ||
	              (at[0].base == 'q' && at[1].base == 'u'));
	word->vowel = from + glide;
	word->coda = word->vowel;
	while (word->coda < n && vowel(at[word->coda].base))
		word->coda++;
	if (at[0].base == 'q' && !glide && n > 1)
		return from == 1 && n == 2;
	return listed(word, 0, word->vowel, initials, COUNT(initials)) &&
	       listed(word, word->coda, n, codas, COUNT(codas));
}

static bool mark_fits(enum mark mark, char wanted)
{
	static const char signs[] = { [MARK_NONE] = '-', [MARK_HAT] = '^', [MARK_BREVE] = 'u',
		                      [MARK_HORN] = '+', [MARK_BAR] = '?' };
	return mark == MARK_NONE || signs[mark] == wanted;
}

bool word_vowels_fit(const struct word *word)
{
	int n = word->coda - word->vowel;
	for (int i = 0; i < COUNT(nuclei); i++) {
		bool fits = (int)strlen(nuclei[i].letters) == n;
		for (int at = 0; fits && at < n; at++) {
			const struct letter *letter = &word->letters[word->vowel + at];
			fits = letter->base == nuclei[i].letters[at] &&
			       mark_fits(letter->mark, nuclei[i].marks[at]);
		}
		if (fits)
			return true;
	}
	return false;
}

int word_tone_place(const struct word *word, bool old_style)
{
	int n = word->coda - word->vowel, first = word->vowel;
	const struct letter *at = word->letters + first;
	if (n <= 0)
		return -1;
	for (int i = n - 1; i >= 0; i--)
		if (at[i].mark != MARK_NONE)
			return first + i;
	if (n == 1)
		return first;
	if (n > 2)
		return first + (at[0].base == 'u' && at[1].base == 'y' && at[2].base == 'e' ? 2 : 1);
	if (word->coda < word->count)
		return first + 1;
	bool open = (at[0].base == 'o' && (at[1].base == 'a' || at[1].base == 'e')) ||
	            (at[0].base == 'u' && at[1].base == 'y');
	return first + (open && !old_style);
}

enum tone word_tone(const struct word *word)
{
	for (int i = 0; i < word->count; i++)
		if (word->letters[i].tone != TONE_NONE)
			return word->letters[i].tone;
	return TONE_NONE;
}

void word_set_tone(struct word *word, enum tone tone, bool old_style)
{
	for (int i = 0; i < word->count; i++)
		word->letters[i].tone = TONE_NONE;
	int place = word_tone_place(word, old_style);
	if (place >= 0)
		word->letters[place].tone = tone;
}

bool word_append(struct word *word, char key)
{
	return word->count < LETTERS &&
	       letter_read((unsigned char)key, &word->letters[word->count]) && ++word->count;
}
