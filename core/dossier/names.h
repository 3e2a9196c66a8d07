/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/names.h — A Vietnamese name in its parts: family, middle, given.
 * Lists are ordered by given name first; the database does it with ICU, this
 * serves the few lists made in memory. */
#pragma once
#include "core/base/arena.h"

struct name_parts {
	const char *family, *middle, *given; /* "" where there is none */
};
/* "Nguyễn Thị Thuỳ Dương" → Nguyễn · Thị Thuỳ · Dương; one word is a given name. */
struct name_parts name_split(struct arena *, const char *name);
/* Order of two names: given, family, middle; letters in Vietnamese order (a ă â …
 * d đ e ê …), then tones (none, huyền, hỏi, ngã, sắc, nặng).  <0, 0, >0. */
int name_compare(const char *a, const char *b);
