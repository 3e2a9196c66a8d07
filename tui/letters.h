/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/letters.h — A typed Vietnamese word taken apart: base letters, their marks,
 * the tone.  For the composer only. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum mark { MARK_NONE, MARK_HAT, MARK_BREVE, MARK_HORN, MARK_BAR };
/* The tones in the order of VNI's keys. */
enum tone { TONE_NONE, TONE_ACUTE, TONE_GRAVE, TONE_HOOK, TONE_TILDE, TONE_DOT };

struct letter {
	char base; /* small ASCII letter */
	enum mark mark;
	enum tone tone;
	bool upper;
};

#define LETTERS 32
struct word {
	struct letter letters[LETTERS];
	int count;
	/* Its parts, by word_parse: initial [0, vowel), vowels [vowel, coda), coda … */
	int vowel, coda;
};

/* false: holds something that is no letter, or is too long. */
bool word_read(const char *text, struct word *out);
/* Writes NFC into room bytes; false when it does not fit. */
bool word_write(const struct word *, char *out, size_t room);
/* Finds the parts; false when no Vietnamese syllable begins so. */
bool word_parse(struct word *);
/* Could the vowels be on their way to a Vietnamese nucleus? */
bool word_vowels_fit(const struct word *);
/* Which letter bears the tone; -1 without vowels. */
int word_tone_place(const struct word *, bool old_style);
enum tone word_tone(const struct word *);
/* Takes any tone off and sets this one where it belongs. */
void word_set_tone(struct word *, enum tone, bool old_style);
bool word_append(struct word *, char key);
