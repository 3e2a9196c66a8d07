/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *next;
	size_t used, room;
	_Alignas(max_align_t) char data[];
};

#define FIRST_BLOCK 1024
#define LARGEST_BLOCK (256 * 1024)

static struct arena_block *block_new(struct arena *arena, size_t need)
{
	size_t room = arena->blocks ? arena->blocks->room * 2 : FIRST_BLOCK;
	if (room > LARGEST_BLOCK)
		room = LARGEST_BLOCK;
	if (room < need)
		room = need;
	struct arena_block *block = calloc(1, sizeof *block + room);
	if (!block)
		abort();
	block->room = room;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *arena_take(struct arena *arena, size_t n)
{
	size_t align = _Alignof(max_align_t);
	if (n > SIZE_MAX / 2)
		abort();
	n = n ? (n + align - 1) / align * align : align;
	struct arena_block *block = arena->blocks;
	if (!block || block->room - block->used < n)
		block = block_new(arena, n);
	void *out = block->data + block->used;
	block->used += n;
	arena->used += n;
	return out;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t n)
{
	char *out = arena_take(arena, n + 1);
	if (n)
		memcpy(out, bytes, n);
	out[n] = '\0';
	return out;
}

char *arena_string(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : arena_copy(arena, "", 0);
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	va_list list, again;
	va_start(list, format);
	va_copy(again, list);
	int need = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (need < 0)
		abort();
	char *out = arena_take(arena, (size_t)need + 1);
	vsnprintf(out, (size_t)need + 1, format, again);
	va_end(again);
	return out;
}

void *arena_grow(struct arena *arena, void *items, size_t size, size_t count, size_t *room)
{
	if (count < *room)
		return items;
	size_t more = *room ? *room * 2 : 8;
	if (more > SIZE_MAX / 2 / size)
		abort();
	void *out = arena_take(arena, more * size);
	if (count)
		memcpy(out, items, count * size);
	*room = more;
	return out;
}

void arena_free(struct arena *arena)
{
	for (struct arena_block *block = arena->blocks; block;) {
		struct arena_block *next = block->next;
		free(block);
		block = next;
	}
	*arena = (struct arena){ 0 };
}
