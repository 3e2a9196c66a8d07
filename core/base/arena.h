/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/arena.h — Memory that dies in one sweep with its owner (a screen,
 * a request).  Nothing in it is freed singly.  It never returns NULL: a clerk
 * cannot act on "out of memory", and the draft journal makes death cheap. */
#pragma once
#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *blocks; /* { 0 } is an empty arena */
	size_t used;                /* bytes handed out, for tests and doctor */
};

/* n zeroed bytes aligned for any object. */
void *arena_take(struct arena *, size_t n);
/* A NUL-terminated copy of n bytes, or of a whole string (NULL gives ""). */
char *arena_copy(struct arena *, const char *bytes, size_t n);
char *arena_string(struct arena *, const char *text);
char *arena_format(struct arena *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* An array grown by doubling: items is kept or moved, room updated. */
void *arena_grow(struct arena *, void *items, size_t size, size_t count, size_t *room);
void arena_free(struct arena *);

#define ARENA_NEW(arena, type)      ((type *)arena_take((arena), sizeof(type)))
#define ARENA_MANY(arena, type, n)  ((type *)arena_take((arena), sizeof(type) * (size_t)(n)))
