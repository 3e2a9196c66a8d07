/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf may cut inside a character; step back to its start. */
static void write_cut(char *out, size_t room, const char *format, va_list list)
{
	int need = vsnprintf(out, room, format, list);
	if (need < 0) {
		out[0] = '\0';
		return;
	}
	if ((size_t)need < room)
		return;
	size_t end = room - 1;
	size_t start = end;
	while (start > 0 && ((unsigned char)out[start - 1] & 0xC0) == 0x80)
		start--;
	if (start == 0)
		return;
	unsigned char lead = (unsigned char)out[start - 1];
	size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (start - 1 + length > end)
		out[start - 1] = '\0';
}

bool fail(struct error *err, enum fault fault, const char *say, ...)
{
	if (!err)
		return false;
	va_list list;
	va_start(list, say);
	err->fault = fault;
	err->code[0] = '\0';
	err->log[0] = '\0';
	write_cut(err->say, sizeof err->say, say, list);
	va_end(list);
	return false;
}

bool because(struct error *err, const char *log, ...)
{
	if (!err)
		return false;
	va_list list;
	va_start(list, log);
	write_cut(err->log, sizeof err->log, log, list);
	va_end(list);
	return false;
}
