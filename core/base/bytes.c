/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(struct bytes *bytes, size_t more)
{
	if (bytes->failed)
		return false;
	if (bytes->limit && (more > bytes->limit || bytes->size > bytes->limit - more)) {
		bytes->failed = true;
		return false;
	}
	size_t need = bytes->size + more + 1;
	if (need <= bytes->room)
		return true;
	size_t room = bytes->room ? bytes->room : 256;
	while (room < need)
		room *= 2;
	char *data = realloc(bytes->data, room);
	if (!data)
		abort();
	bytes->data = data;
	bytes->room = room;
	return true;
}

void bytes_add(struct bytes *bytes, const void *data, size_t n)
{
	if (!make_room(bytes, n))
		return;
	if (n)
		memcpy(bytes->data + bytes->size, data, n);
	bytes->size += n;
	bytes->data[bytes->size] = '\0';
}

void bytes_text(struct bytes *bytes, const char *text)
{
	bytes_add(bytes, text, strlen(text));
}

void bytes_byte(struct bytes *bytes, uint8_t byte)
{
	bytes_add(bytes, &byte, 1);
}

void bytes_format(struct bytes *bytes, const char *format, ...)
{
	va_list list, again;
	va_start(list, format);
	va_copy(again, list);
	int need = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (need < 0)
		abort();
	if (make_room(bytes, (size_t)need)) {
		vsnprintf(bytes->data + bytes->size, (size_t)need + 1, format, again);
		bytes->size += (size_t)need;
	}
	va_end(again);
}

void bytes_shift(struct bytes *bytes, size_t n)
{
	if (n >= bytes->size) {
		bytes->size = 0;
	} else {
		memmove(bytes->data, bytes->data + n, bytes->size - n);
		bytes->size -= n;
	}
	if (bytes->data)
		bytes->data[bytes->size] = '\0';
}

void bytes_clear(struct bytes *bytes)
{
	bytes->size = 0;
	bytes->failed = false;
	if (bytes->data)
		bytes->data[0] = '\0';
}

void bytes_free(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){ .limit = bytes->limit };
}

const char *bytes_string(const struct bytes *bytes)
{
	return bytes->data ? bytes->data : "";
}
