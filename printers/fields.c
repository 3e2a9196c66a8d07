/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/fields.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"

#define KEY_MOST 64

static bool key_valid(const char *key, size_t n)
{
	if (n == 0 || n > KEY_MOST || key[0] == '.' || key[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = key[i];
		bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
		if (!word && !(c == '.' && key[i + 1] != '.'))
			return false;
	}
	return true;
}

static void append(struct arena *arena, struct fields *fields, const char *key, const char *value)
{
	struct field_line *field = ARENA_NEW(arena, struct field_line);
	field->key = key;
	field->value = value;
	if (fields->last)
		fields->last->next = field;
	else
		fields->first = field;
	fields->last = field;
	fields->count++;
}

/* Undoes the escapes in place of out, which has room for n bytes. */
static bool unescape(const char *in, size_t n, char *out, size_t *size)
{
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		char c = in[i];
		if (c == '\\') {
			if (++i == n)
				return false;
			switch (in[i]) {
			case 'n': c = '\n'; break;
			case 't': c = '\t'; break;
			case '\\': c = '\\'; break;
			default: return false;
			}
		}
		out[used++] = c;
	}
	*size = used;
	return true;
}

static bool refuse(struct error *err, int line, const char *cause)
{
	fail(err, FAULT_INPUT, _("Nội dung của giấy bị hỏng, không in được. Hãy báo người quản trị."));
	return because(err, "paper fields, line %d: %s", line, cause);
}

static bool parse_line(struct arena *arena, const char *text, size_t n, int line,
                       struct fields *out, struct error *err)
{
	const char *tab = memchr(text, '\t', n);
	if (!tab)
		return refuse(err, line, "no tab between key and value");
	size_t key_size = (size_t)(tab - text);
	if (!key_valid(text, key_size))
		return refuse(err, line, "bad key");
	if (out->count == FIELDS_MOST)
		return refuse(err, line, "too many fields");
	size_t size = n - key_size - 1;
	char *raw = arena_take(arena, size + 1);
	if (!unescape(tab + 1, size, raw, &size))
		return refuse(err, line, "bad escape");
	const char *value;
	struct error inner;
	if (!text_take_lines(arena, raw, size, &value, &inner))
		return refuse(err, line, inner.log[0] ? inner.log : "invalid UTF-8");
	append(arena, out, arena_copy(arena, text, key_size), value);
	return true;
}

static int by_key(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool keys_differ(const struct fields *fields, const char **twice)
{
	const char **keys = calloc((size_t)fields->count + 1, sizeof *keys);
	if (!keys)
		abort();
	int count = 0;
	for (const struct field_line *f = fields->first; f; f = f->next)
		keys[count++] = f->key;
	qsort(keys, (size_t)count, sizeof *keys, by_key);
	*twice = NULL;
	for (int i = 1; i < count; i++)
		if (strcmp(keys[i - 1], keys[i]) == 0)
			*twice = keys[i];
	free(keys);
	return !*twice;
}

bool fields_parse(struct arena *arena, const char *text, size_t size, struct fields *out,
                  struct error *err)
{
	*out = (struct fields){ 0 };
	if (size > FIELDS_SIZE_MOST)
		return refuse(err, 0, "text too long");
	int line = 1;
	for (size_t at = 0; at < size; line++) {
		const char *end = memchr(text + at, '\n', size - at);
		size_t n = end ? (size_t)(end - text) - at : size - at;
		if (n && !parse_line(arena, text + at, n, line, out, err))
			return false;
		at += n + 1;
	}
	const char *twice;
	if (!keys_differ(out, &twice))
		return refuse(err, line, twice);
	return true;
}

void fields_write(const struct fields *fields, struct bytes *out)
{
	for (const struct field_line *f = fields->first; f; f = f->next) {
		bytes_text(out, f->key);
		bytes_byte(out, '\t');
		for (const char *p = f->value; *p; p++) {
			switch (*p) {
			case '\n': bytes_text(out, "\\n"); break;
			case '\t': bytes_text(out, "\\t"); break;
			case '\\': bytes_text(out, "\\\\"); break;
			default: bytes_byte(out, (uint8_t)*p);
			}
		}
		bytes_byte(out, '\n');
	}
}

const char *fields_get(const struct fields *fields, const char *key)
{
	for (const struct field_line *f = fields->first; f; f = f->next)
		if (strcmp(f->key, key) == 0)
			return f->value;
	return NULL;
}

void fields_set(struct arena *arena, struct fields *fields, const char *key, const char *value)
{
	if (!value)
		value = "";
	for (struct field_line *f = fields->first; f; f = f->next) {
		if (strcmp(f->key, key) == 0) {
			f->value = arena_string(arena, value);
			return;
		}
	}
	append(arena, fields, arena_string(arena, key), arena_string(arena, value));
}

void fields_format(struct arena *arena, struct fields *fields, const char *key, const char *format,
                   ...)
{
	va_list list, again;
	va_start(list, format);
	va_copy(again, list);
	int need = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (need < 0)
		abort();
	char *value = arena_take(arena, (size_t)need + 1);
	vsnprintf(value, (size_t)need + 1, format, again);
	va_end(again);
	fields_set(arena, fields, key, value);
}

int fields_group(const struct fields *fields, const char *group)
{
	size_t length = strlen(group);
	int most = 0;
	bool seen[1024] = { false };
	for (const struct field_line *f = fields->first; f; f = f->next) {
		if (strncmp(f->key, group, length) != 0 || f->key[length] != '.')
			continue;
		char *end;
		long n = strtol(f->key + length + 1, &end, 10);
		if (n >= 1 && n < 1024 && *end == '.')
			seen[n] = true;
	}
	while (most < 1023 && seen[most + 1])
		most++;
	return most;
}
