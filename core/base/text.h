/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/text.h — Text is NFC UTF-8, NUL-terminated, one line unless said.
 * text_take is the only way in for foreign bytes; inside, layout counts
 * columns, editing counts graphemes, search compares folds. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/error.h"

struct arena;

/* Validates n foreign bytes as UTF-8, composes them (NFC), drops control
 * characters and bidi overrides, turns line breaks and tabs into one space.
 * *out belongs to the arena.  Broken UTF-8 fails with FAULT_INPUT. */
bool text_take(struct arena *, const char *bytes, size_t n, const char **out,
               struct error *);
/* The same, keeping '\n' between lines (notes, guidance). */
bool text_take_lines(struct arena *, const char *bytes, size_t n, const char **out,
                     struct error *);
/* Like text_take, but what is broken becomes U+FFFD instead of failing. */
const char *text_mend(struct arena *, const char *bytes, size_t n);
bool text_valid(const char *bytes, size_t n);

/* Width on a terminal in columns. */
int text_columns(const char *text);
/* How many bytes of text fit in so many columns, whole graphemes only;
 * *used (may be NULL) gets the columns they take. */
size_t text_cut(const char *text, int columns, int *used);
/* The byte offset one grapheme after / before at. */
size_t text_next(const char *text, size_t at);
size_t text_prev(const char *text, size_t at);
/* Graphemes in text. */
size_t text_count(const char *text);

/* For search, the way clerks type: lower case, no tone or vowel marks, đ→d,
 * runs of blanks as one.  Writes at most room bytes with the NUL and returns
 * the length. */
size_t text_fold(const char *text, char *out, size_t room);
char *text_fold_new(struct arena *, const char *text);
/* Every word of the folded query begins some word of the folded text. */
bool text_has_words(const char *folded_text, const char *folded_query);
/* The same letters whatever the tone placement (Hòa = Hoà) and case. */
bool text_same_name(const char *a, const char *b);
/* Upper and lower case of Vietnamese text. */
char *text_upper(struct arena *, const char *text);
char *text_lower(struct arena *, const char *text);

/* One column-aligned line break: the bytes of the first line of text that fits
 * in columns, broken at a blank where there is one; *next (may be NULL) is
 * where the following line starts. */
size_t text_line(const char *text, int columns, size_t *next);

/* Personal numbers as shown on a shared screen (Law 91/2025/QH15; house law 8):
 * "001199000012" → "0011••••••12", a phone "0912345678" → "0912•••678". */
char *text_mask(struct arena *, const char *number);

/* Groups thousands the Vietnamese way: 8000 → "8.000". */
char *text_money(struct arena *, long long dong);
