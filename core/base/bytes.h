/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/bytes.h — A growing byte string with sticky failure: append ten
 * times, ask once.  It fails only when a limit set by the owner is passed. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	char *data;   /* always NUL-terminated once anything was added; may be NULL */
	size_t size;
	size_t room;
	size_t limit; /* 0: none; past it the append is dropped and failed is set  */
	bool failed;
};

void bytes_add(struct bytes *, const void *data, size_t n);
void bytes_text(struct bytes *, const char *text);
void bytes_byte(struct bytes *, uint8_t byte);
void bytes_format(struct bytes *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Removes n bytes from the front (what was sent or consumed). */
void bytes_shift(struct bytes *, size_t n);
/* Empties it and keeps the room; the failure is forgotten. */
void bytes_clear(struct bytes *);
void bytes_free(struct bytes *);
/* The text so far, "" when empty; borrowed until the next append. */
const char *bytes_string(const struct bytes *);
