/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/settings_own.h — Between settings_screen.c and settings_words.c only. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/store/settings.h"

struct setting_kind {
	const char *key, *label;
	const char *unit;           /* behind a number; ""                */
	const char *first, *second; /* what is asked; second NULL: no more */
};
extern const struct setting_kind setting_kinds[];
/* The kind's place; −1: a newer database has one more. */
int setting_kind_of(const char *key);

struct setting_code {
	const char *key, *value, *words;
};
extern const struct setting_code setting_codes[]; /* ends with { 0 } */

bool setting_is(const struct setting_row *, const char *key);
/* "10 ngày", "xen kẽ với số thường"; out may be used. */
const char *setting_value(const struct setting_row *, char *out, size_t room);
