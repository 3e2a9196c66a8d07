/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/lines.h — A short list of sentences in an arena: why this due
 * date, why this system, what is missing.  { 0 } is an empty list. */
#pragma once
#include <stddef.h>
#include "core/base/arena.h"

struct lines {
	const char **items; /* each one line of NFC text, owned by the arena */
	size_t count, room;
};

void lines_add(struct lines *, struct arena *, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
