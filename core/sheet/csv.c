/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sheet/csv.h"

#include <string.h>

#include "core/base/arena.h"
#include "core/base/text.h"

void csv_begin(struct bytes *out)
{
	bytes_text(out, "\xEF\xBB\xBF");
}

/* After the first cell of a line comes a comma before each. */
static void divide(struct bytes *out)
{
	bool first = out->size == 0 || (out->size == 3 && out->data[0] == '\xEF') || (out->size >= 2 && memcmp((const char *)out->data + out->size - 2, "\r\n", 2) == 0);
	if (!first)
		bytes_byte(out, ',');
}

/* What a reader would count or run, blanks before it or not. */
static bool runs(const char *text)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	text += strspn(text, " ");
	for (int i = 0; i < 4; i++)
		if (strncmp(text, wide[i], strlen(wide[i])) == 0)
			return true;
	return *text && strchr("=+-@|%", *text);
}

void csv_text(struct bytes *out, const char *text)
{
	struct arena arena = { 0 };
	const char *clean = "";
	divide(out);
	if (text && !text_take(&arena, text, strlen(text), &clean, NULL))
		clean = text_mend(&arena, text, strlen(text));
	bytes_byte(out, '"');
	if (runs(clean))
		bytes_byte(out, '\'');
	for (const char *c = clean; *c; c++) {
		if (*c == '"')
			bytes_byte(out, '"');
		bytes_byte(out, (uint8_t)*c);
	}
	bytes_byte(out, '"');
	arena_free(&arena);
}

void csv_number(struct bytes *out, double number)
{
	divide(out);
	bytes_format(out, "%.15g", number);
}

void csv_own(struct bytes *out, const char *text)
{
	divide(out);
	bytes_text(out, text);
}

void csv_end(struct bytes *out)
{
	bytes_text(out, "\r\n");
}
