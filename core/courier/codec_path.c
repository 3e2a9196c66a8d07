/* SPDX-License-Identifier: Apache-2.0
 *
 * Ways into a reply, and moments on their way out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/courier/codec.h"
#include "core/courier/xml.h"

bool codec_write(const char *codec, moment_t moment, char *out, size_t room)
{
	static const char *const names[] = {
#define X(name, example) name,
		CODECS(X)
#undef X
	};
	int kind = -1, n = -1;
	for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
		if (strcmp(names[i], codec) == 0)
			kind = i;
	/* The one spelling without a zone of ours. */
	moment_t shown = kind == 3 ? moment - 7 * 3600 : moment;
	struct date d = day_date(moment_day(shown));
	struct clock c = moment_clock(shown);
	switch (kind) {
	case 0:
		n = snprintf(out, room, "%04d%02d%02d%02d%02d%02d", d.year, d.month, d.day, c.hour,
		             c.minute, c.second);
		break;
	case 1: n = snprintf(out, room, "%04d%02d%02d", d.year, d.month, d.day); break;
	case 2:
		n = snprintf(out, room, "%04d-%02d-%02d %02d:%02d:%02d", d.year, d.month, d.day,
		             c.hour, c.minute, c.second);
		break;
	case 3:
		n = snprintf(out, room, "%04d-%02d-%02dT%02d:%02d:%02d.000Z", d.year, d.month,
		             d.day, c.hour, c.minute, c.second);
		break;
	case 4:
		n = snprintf(out, room, "%04d-%02d-%02dT%02d:%02d:%02d+07:00", d.year, d.month,
		             d.day, c.hour, c.minute, c.second);
		break;
	case 5:
		n = snprintf(out, room, "%02d/%02d/%04d %02d:%02d:%02d", d.day, d.month, d.year,
		             c.hour, c.minute, c.second);
		break;
	case 6: n = snprintf(out, room, "%02d/%02d/%04d", d.day, d.month, d.year); break;
	case 7: n = snprintf(out, room, "%04d-%02d-%02d", d.year, d.month, d.day); break;
	case 8:
		n = snprintf(out, room, "%04d-%02d-%02dT%02d:%02d:%02d", d.year, d.month, d.day,
		             c.hour, c.minute, c.second);
		break;
	default: break;
	}
	return n > 0 && (size_t)n < room;
}

json_t *codec_open(json_t *value)
{
	const char *text = json_string_value(value);
	const char *begin = text ? text + strspn(text, " \t\r\n") : "";
	if (*begin == '<') {
		json_t *inner = xml_read(begin, strlen(begin));
		if (inner)
			return inner;
	}
	return codec_unquote(value);
}

json_t *codec_path(const json_t *root, const char *path)
{
	json_t *at = json_incref((json_t *)(uintptr_t)root);
	while (at && *path) {
		char name[80];
		size_t n = strcspn(path, ".");
		snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1), path);
		path += n + (path[n] == '.');
		json_t *inside = codec_open(at), *next;
		if (json_is_array(inside) && strspn(name, "0123456789") == strlen(name) && *name)
			next = json_array_get(inside, (size_t)strtoul(name, NULL, 10));
		else
			next = json_is_object(inside) ? codec_member(inside, name) : NULL;
		json_incref(next);
		json_decref(inside);
		json_decref(at);
		at = next;
	}
	if (json_is_null(at))
		return NULL;
	return at;
}

const char *codec_word(const json_t *value, char *out, size_t room)
{
	const char *text = json_string_value(value);
	size_t n = text ? strlen(text) : 0;
	out[0] = '\0';
	if (text) {
		if (n >= room) {
			n = room - 1;
			while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
				n--;
		}
		memcpy(out, text, n);
		out[n] = '\0';
	} else if (json_is_integer(value)) {
		snprintf(out, room, "%lld", (long long)json_integer_value(value));
	} else if (json_is_boolean(value)) {
		snprintf(out, room, "%s", json_is_true(value) ? "true" : "false");
	} else if (json_is_real(value)) {
		snprintf(out, room, "%.17g", json_real_value(value));
	}
	return out;
}
