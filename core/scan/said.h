/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/said.h — The words read from a page (core/scan/words.h) as lines of text.
 * Pure; what is read is hostile: whatever somebody had printed, however it was read. */
#pragma once
#include <stddef.h>
#include "core/base/arena.h"

#define SAID_BYTES_MOST (256 * 1024) /* of a page; what is beyond is not read */
#define SAID_WORDS_MOST 5000

struct said {
	const char **lines; /* NFC, no control characters, blanks between words */
	size_t count, room;
};

/* Lines "X Y WIDTH HEIGHT TEXT"; others are passed over. */
void said_read(struct arena *, const char *words, size_t size, struct said *out);
/* All of it on one line, for search; "" when nothing was read. */
const char *said_text(struct arena *, const struct said *);
