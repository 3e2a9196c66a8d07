/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/table_value.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/date.h"
#include "core/base/say.h"
#include "core/base/text.h"

#define TEXT_MOST 8000
#define DIGIT     "0123456789"
#define UPPER     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LOWER     "abcdefghijklmnopqrstuvwxyz"

static bool made_of(const char *value, const char *letters)
{
	return value[strspn(value, letters)] == '\0';
}

static bool undo_escapes(struct arena *arena, const char *bytes, size_t n, const char **out,
                         size_t *size, struct error *err)
{
	char *text = arena_take(arena, n + 1);
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (c < 0x20 || c == 0x7f)
			return fail(err, FAULT_INPUT, _("có ký tự điều khiển (mã %02X)"), c) ||
			       because(err, "control character %02x", c);
		if (c == '\\') {
			char next = i + 1 < n ? bytes[++i] : '\0';
			if (next != 'n' && next != '\\')
				return fail(err, FAULT_INPUT,
				            _("dấu \\ chỉ viết được là \\n hoặc \\\\")) ||
				       because(err, "unknown escape");
			c = next == 'n' ? '\n' : '\\';
		}
		text[used++] = (char)c;
	}
	*out = text;
	*size = used;
	return true;
}

static bool in_choices(const char *choices, const char *value)
{
	size_t n = strlen(value);
	for (const char *at = choices; at; at = strchr(at, '|')) {
		at += *at == '|';
		if (!strncmp(at, value, n) && (at[n] == '|' || at[n] == '\0'))
			return true;
	}
	return false;
}

static bool number_within(const char *value, int least, int most)
{
	if (!made_of(value, DIGIT) || strlen(value) > 10)
		return false;
	long long number = strtoll(value, NULL, 10);
	return number >= least && number <= most;
}

static bool is_decimal(const char *value)
{
	size_t whole = strspn(value, DIGIT);
	if (whole == 0 || whole > 9)
		return false;
	if (value[whole] == '\0')
		return true;
	size_t rest = strspn(value + whole + 1, DIGIT);
	return value[whole] == '.' && rest > 0 && rest < 4 && value[whole + 1 + rest] == '\0';
}

static bool is_time(const char *value)
{
	return strlen(value) == 5 && value[2] == ':' && made_of(value, DIGIT ":") &&
	       atoi(value) < 24 && atoi(value + 3) < 60;
}

static bool wrong(struct error *err, const char *value, const char *wanted)
{
	return fail(err, FAULT_INPUT, _("“%.60s” không đúng, cần %s"), value, wanted) ||
	       because(err, "bad value \"%.80s\"", value);
}

static bool fits(const struct table_column *column, const char *value, struct error *err)
{
	size_t n = strlen(value);
	switch (column->type) {
	case TABLE_TEXT:
		if (n <= (size_t)(column->most ? column->most : TEXT_MOST))
			return true;
		return fail(err, FAULT_INPUT, _("dài %zu byte, nhiều nhất %d"), n,
		            column->most ? column->most : TEXT_MOST) ||
		       because(err, "%zu bytes is too long", n);
	case TABLE_WORD:
		return (n <= 40 && made_of(value, LOWER DIGIT "-")) ||
		       wrong(err, value, _("chữ thường không dấu, chữ số, dấu -"));
	case TABLE_DIGITS:
		if (n == (size_t)column->most && made_of(value, DIGIT))
			return true;
		return fail(err, FAULT_INPUT, _("“%.60s” không đúng, cần %d chữ số"), value,
		            column->most) ||
		       because(err, "\"%.80s\" is not %d digits", value, column->most);
	case TABLE_CODE:
		return (n >= 3 && n <= 40 && made_of(value, DIGIT UPPER "._")) ||
		       wrong(err, value, _("mã thủ tục như 1.004873"));
	case TABLE_EID:
		return (n <= 35 && made_of(value, DIGIT UPPER ".")) ||
		       wrong(err, value, _("mã định danh như H01.999"));
	case TABLE_DAY:
		return day_read_iso(value) != DAY_NONE ||
		       wrong(err, value, _("ngày có thật, viết năm-tháng-ngày như 2026-11-24"));
	case TABLE_TIME:
		return is_time(value) || wrong(err, value, _("giờ như 07:30"));
	case TABLE_FLAG:
		return (n == 1 && (*value == '0' || *value == '1')) || wrong(err, value, "0, 1");
	case TABLE_COUNT:
		if (number_within(value, column->least, column->most))
			return true;
		return fail(err, FAULT_INPUT, _("“%.60s” không đúng, cần số từ %d đến %d"), value,
		            column->least, column->most) ||
		       because(err, "\"%.80s\" is no number in %d..%d", value, column->least,
		               column->most);
	case TABLE_NUMBER:
		return is_decimal(value) || wrong(err, value, _("số như 3 hoặc 0.5"));
	case TABLE_CHOICE:
		return in_choices(column->choices, value) || wrong(err, value, column->choices);
	}
	return fail(err, FAULT_BUG, "%s", column->name);
}

bool table_value_take(struct arena *arena, const struct table_column *column, const char *bytes,
                      size_t n, const char **out, struct error *err)
{
	*out = "";
	if (n == 0)
		return !column->required ||
		       fail(err, FAULT_INPUT, _("không được để trống")) || because(err, "empty value");
	const char *plain = NULL;
	size_t size = 0;
	if (!undo_escapes(arena, bytes, n, &plain, &size, err) ||
	    !text_take_lines(arena, plain, size, out, err))
		return false;
	return fits(column, *out, err);
}
