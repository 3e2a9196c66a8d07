/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/composer.h"

#include <string.h>

#include "tui/letters.h"

/* What a key asks for; telex marks name the letter they double. */
struct wish {
	enum { WISH_NOTHING, WISH_TONE, WISH_MARK, WISH_BAR } kind;
	enum tone tone;
	enum mark mark;      /* MARK_HORN by "w" also means MARK_BREVE on a */
	const char *letters; /* those that may take it                       */
};

static struct wish telex(char key)
{
	static const char tones[] = "zsfrxj";
	const char *at = strchr(tones, key);
	if (at && key)
		return (struct wish){ WISH_TONE, (enum tone)(at - tones), MARK_NONE, "" };
	switch (key) {
	case 'a': return (struct wish){ WISH_MARK, TONE_NONE, MARK_HAT, "a" };
	case 'e': return (struct wish){ WISH_MARK, TONE_NONE, MARK_HAT, "e" };
	case 'o': return (struct wish){ WISH_MARK, TONE_NONE, MARK_HAT, "o" };
	case 'w': return (struct wish){ WISH_MARK, TONE_NONE, MARK_HORN, "aou" };
	case 'd': return (struct wish){ .kind = WISH_BAR };
	default:  return (struct wish){ .kind = WISH_NOTHING };
	}
}

static struct wish vni(char key)
{
	if (key >= '0' && key <= '5')
		return (struct wish){ WISH_TONE, (enum tone)(key - '0'), MARK_NONE, "" };
	switch (key) {
	case '6': return (struct wish){ WISH_MARK, TONE_NONE, MARK_HAT, "aeo" };
	case '7': return (struct wish){ WISH_MARK, TONE_NONE, MARK_HORN, "ou" };
	case '8': return (struct wish){ WISH_MARK, TONE_NONE, MARK_BREVE, "a" };
	case '9': return (struct wish){ .kind = WISH_BAR };
	default:  return (struct wish){ .kind = WISH_NOTHING };
	}
}

enum outcome { LEFT_ALONE, CHANGED, UNDONE };

/* Before c, ch, p, t only two tones can be spoken. */
static bool stopped(const struct word *word)
{
	char last = word->coda < word->count ? word->letters[word->count - 1].base : '\0';
	bool ch = last == 'h' && word->letters[word->count - 2].base == 'c';
	return last == 'c' || last == 'p' || last == 't' || ch;
}

static enum outcome set_tone(struct word *word, enum tone tone, bool old_style)
{
	enum tone now = word_tone(word);
	if (word->coda == word->vowel || !word_vowels_fit(word) || (!tone && !now))
		return LEFT_ALONE;
	if (tone > TONE_ACUTE && tone < TONE_DOT && stopped(word))
		return LEFT_ALONE;
	bool undo = tone && tone == now;
	word_set_tone(word, undo ? TONE_NONE : tone, old_style);
	return undo ? UNDONE : CHANGED;
}

/* The key given a second time takes back what it did. */
static bool undo_mark(struct word *word, const struct wish *wish)
{
	bool done = false;
	for (int i = word->vowel; i < word->coda; i++) {
		struct letter *letter = &word->letters[i];
		enum mark mark = letter->base == 'a' && wish->mark == MARK_HORN ? MARK_BREVE
		                                                                : wish->mark;
		if (strchr(wish->letters, letter->base) && letter->mark == mark) {
			letter->mark = MARK_NONE;
			done = true;
		}
	}
	return done;
}

/* "uo" takes the horn on both letters, but "uơ" stands alone (huơ, thuở): the u
 * follows when another letter comes (composer_key on a plain letter). */
static bool horn_pair(struct word *word)
{
	for (int i = word->vowel; i + 1 < word->coda; i++) {
		struct letter *u = &word->letters[i], *o = u + 1;
		if (u->base != 'u' || o->base != 'o')
			continue;
		if (o->mark == MARK_HORN)
			return false;
		o->mark = MARK_HORN;
		if (i + 2 < word->count)
			u->mark = MARK_HORN;
		return true;
	}
	return false;
}

static bool add_mark(struct word *word, const struct wish *wish)
{
	if (wish->mark == MARK_HORN && horn_pair(word))
		return word_vowels_fit(word);
	for (int i = word->coda - 1; i >= word->vowel; i--) {
		struct letter *letter = &word->letters[i], before = *letter;
		if (!strchr(wish->letters, letter->base))
			continue;
		letter->mark = letter->base == 'a' && wish->mark == MARK_HORN ? MARK_BREVE
		                                                              : wish->mark;
		/* "uô" from "uo" is one thing, "ư" beside "ô" is none: the hat takes the
		 * horn away. */
		struct letter *u = i > word->vowel ? letter - 1 : NULL;
		struct letter kept = u ? *u : before;
		if (u && wish->mark == MARK_HAT && u->base == 'u' && u->mark == MARK_HORN)
			u->mark = MARK_NONE;
		if (letter->mark != before.mark && word_vowels_fit(word))
			return true;
		*letter = before;
		if (u)
			*u = kept;
	}
	return false;
}

static enum outcome set_mark(struct word *word, const struct wish *wish, bool old_style)
{
	struct word before = *word;
	enum tone tone = word_tone(word);
	bool added = add_mark(word, wish);
	if (!added)
		*word = before;
	if (!added && !undo_mark(word, wish))
		return LEFT_ALONE;
	word_set_tone(word, tone, old_style);
	return added ? CHANGED : UNDONE;
}

static enum outcome set_bar(struct word *word)
{
	struct letter *first = word->letters;
	if (word->count == 0 || first->base != 'd')
		return LEFT_ALONE;
	first->mark = first->mark == MARK_BAR ? MARK_NONE : MARK_BAR;
	return first->mark == MARK_BAR ? CHANGED : UNDONE;
}

/* Telex: "w" where no vowel stands yet is "ư". */
static enum outcome lone_horn(struct word *word, char key)
{
	if (word->coda != word->vowel || word->count == LETTERS)
		return LEFT_ALONE;
	word->letters[word->count++] =
		(struct letter){ .base = 'u', .mark = MARK_HORN, .upper = key == 'W' };
	return CHANGED;
}

/* A plain letter may still move the tone (òa, then oàn) or complete ươ. */
static bool letter_follows(struct word *word, char key, bool old_style)
{
	struct word plain;
	enum tone tone = word_tone(word);
	struct letter *last = word->count > 1 ? &word->letters[word->count - 2] : NULL;
	bool pair = last && last->base == 'u' && last->mark == MARK_NONE &&
	            last[1].base == 'o' && last[1].mark == MARK_HORN &&
	            word->vowel == word->count - 2;
	if ((!tone && !pair) || !word_append(word, key))
		return false;
	plain = *word;
	if (pair)
		last->mark = MARK_HORN;
	if (!word_parse(word) || !word_vowels_fit(word))
		return false;
	word_set_tone(word, tone, old_style);
	return memcmp(plain.letters, word->letters, sizeof plain.letters) != 0;
}

bool composer_key(const struct composer *composer, const char *text, char key, char *out)
{
	struct word word;
	if (composer->method == COMPOSER_OFF || strlen(text) >= COMPOSER_WORD ||
	    !word_read(text, &word) || !word_parse(&word))
		return false;
	bool is_letter = (key >= 'A' && key <= 'Z') || (key >= 'a' && key <= 'z');
	char small = is_letter ? (char)(key | 0x20) : key;
	struct wish wish = composer->method == COMPOSER_TELEX ? telex(small) : vni(key);
	enum outcome outcome = LEFT_ALONE;
	switch (wish.kind) {
	case WISH_TONE: outcome = set_tone(&word, wish.tone, composer->old_style); break;
	case WISH_MARK: outcome = set_mark(&word, &wish, composer->old_style); break;
	case WISH_BAR:  outcome = set_bar(&word); break;
	case WISH_NOTHING: break;
	}
	if (outcome == LEFT_ALONE && small == 'w' && composer->method == COMPOSER_TELEX)
		outcome = lone_horn(&word, key);
	if (outcome == LEFT_ALONE && !(is_letter && letter_follows(&word, key, composer->old_style)))
		return false;
	if (!word_write(&word, out, COMPOSER_WORD))
		return false;
	size_t n = strlen(out);
	if (outcome == UNDONE) {
		if (n + 2 > COMPOSER_WORD)
			return false;
		out[n] = key;
		out[n + 1] = '\0';
	}
	return true;
}

size_t composer_word(const char *text, size_t at)
{
	size_t start = at;
	while (start > 0) {
		size_t before = start - 1;
		while (before > 0 && ((unsigned char)text[before] & 0xc0) == 0x80)
			before--;
		char one[8] = { 0 };
		struct word word;
		memcpy(one, text + before, start - before < 7 ? start - before : 7);
		bool digit = *one >= '0' && *one <= '9';
		if (!digit && !word_read(one, &word))
			break;
		start = before;
	}
	return at - start;
}
