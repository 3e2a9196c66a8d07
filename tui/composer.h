/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/composer.h — Telex and VNI for places without an input method (the Linux
 * console).  Pure and table-driven.  It sees the word before the cursor and one
 * key; it keeps no history, so that arrows, Backspace and paste need no care. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum composer_method { COMPOSER_OFF, COMPOSER_TELEX, COMPOSER_VNI };
struct composer {
	enum composer_method method;
	bool old_style; /* hòa, thúy instead of hoà, thuý */
};

#define COMPOSER_WORD 64 /* bytes; longer words are left alone */

/* word: the letters right before the cursor (NFC); key: what is typed.
 * true: out (COMPOSER_WORD bytes) replaces the word, the key is used up.
 * false: the key types itself. */
bool composer_key(const struct composer *, const char *word, char key, char *out);
/* How many bytes before at belong to the word composer_key wants. */
size_t composer_word(const char *text, size_t at);
