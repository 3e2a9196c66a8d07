/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/codec.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool digits(const char *text, int count, int *out)
{
	int value = 0;
	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		value = value * 10 + (text[i] - '0');
	}
	*out = value;
	return true;
}

static moment_t moment(int year, int month, int day, int hour, int minute, int second)
{
	if (!date_valid(year, month, day) || hour > 23 || minute > 59 || second > 59)
		return MOMENT_NONE;
	return moment_of(day_of(year, month, day), hour, minute, second);
}

static moment_t compact(const char *t)
{
	int y, mo, d, h, mi, s;
	if (!digits(t, 4, &y) || !digits(t + 4, 2, &mo) || !digits(t + 6, 2, &d) ||
	    !digits(t + 8, 2, &h) || !digits(t + 10, 2, &mi) || !digits(t + 12, 2, &s))
		return MOMENT_NONE;
	return moment(y, mo, d, h, mi, s);
}

static moment_t slashed(const char *t, size_t n)
{
	int y, mo, d, h = 0, mi = 0, s = 0;
	if (t[2] != '/' || t[5] != '/' || !digits(t, 2, &d) || !digits(t + 3, 2, &mo) ||
	    !digits(t + 6, 4, &y))
		return MOMENT_NONE;
	if (n == 19 && (t[10] != ' ' || t[13] != ':' || t[16] != ':' || !digits(t + 11, 2, &h) ||
	                !digits(t + 14, 2, &mi) || !digits(t + 17, 2, &s)))
		return MOMENT_NONE;
	return moment(y, mo, d, h, mi, s);
}

moment_t codec_moment(const char *text)
{
	char t[48];
	if (!text)
		return MOMENT_NONE;
	text += strspn(text, " \t\r\n");
	size_t n = strlen(text);
	while (n && strchr(" \t\r\n", text[n - 1]))
		n--;
	if (n < 10 || n >= sizeof t)
		return MOMENT_NONE;
	memcpy(t, text, n);
	t[n] = '\0';
	if (n == 14 && strspn(t, "0123456789") == 14)
		return compact(t);
	if ((n == 10 || n == 19) && t[2] == '/')
		return slashed(t, n);
	if (n == 10) {
		day_t day = day_read_iso(t);
		return day == DAY_NONE ? MOMENT_NONE : moment_of(day, 0, 0, 0);
	}
	return moment_read_iso(t);
}

int codec_flag(const json_t *value)
{
	if (json_is_boolean(value))
		return json_is_true(value);
	if (json_is_integer(value))
		return json_integer_value(value) == 0 ? 0 : json_integer_value(value) == 1 ? 1 : -1;
	const char *text = json_string_value(value);
	if (!text)
		return -1;
	if (strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0)
		return 1;
	return strcasecmp(text, "false") == 0 || strcmp(text, "0") == 0 ? 0 : -1;
}

bool codec_number(const json_t *value, long *out)
{
	if (json_is_integer(value)) {
		*out = (long)json_integer_value(value);
		return true;
	}
	const char *text = json_string_value(value);
	if (!text)
		return false;
	char *end;
	errno = 0;
	*out = strtol(text, &end, 10);
	if (end == text || errno)
		return false;
	return !end[strspn(end, " \t\r\n")];
}

json_t *codec_member(const json_t *object, const char *name)
{
	json_t *exact = json_object_get(object, name);
	if (exact)
		return exact;
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
		if (strcasecmp(key, name) == 0)
			return value;
	return NULL;
}

const char *codec_text(const json_t *object, const char *name, char *out, size_t room)
{
	const json_t *value = codec_member(object, name);
	out[0] = '\0';
	if (json_is_string(value))
		snprintf(out, room, "%s", json_string_value(value));
	else if (json_is_integer(value))
		snprintf(out, room, "%lld", (long long)json_integer_value(value));
	return out;
}

json_t *codec_unquote(json_t *value)
{
	const char *text = json_string_value(value);
	if (text) {
		text += strspn(text, " \t\r\n");
		if (*text == '{' || *text == '[') {
			json_t *inner = json_loads(text, 0, NULL);
			if (inner)
				return inner;
		}
	}
	return json_incref(value);
}
