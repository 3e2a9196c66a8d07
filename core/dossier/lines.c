/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/lines.h"

#include <stdarg.h>
#include <stdio.h>

void lines_add(struct lines *lines, struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	va_list again;
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *text = arena_take(arena, (size_t)(size < 0 ? 0 : size) + 1);
	vsnprintf(text, (size_t)(size < 0 ? 0 : size) + 1, format, again);
	va_end(again);
	lines->items = arena_grow(arena, lines->items, sizeof(*lines->items), lines->count,
	                          &lines->room);
	lines->items[lines->count++] = text;
}
