/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/text.h"

#define MOST_DEPTH 16

struct reader {
	const char *at, *end;
	int depth;
};

static bool sees(const struct reader *reader, const char *mark)
{
	size_t n = strlen(mark);
	return (size_t)(reader->end - reader->at) >= n && memcmp(reader->at, mark, n) == 0;
}

/* Past the mark; false: it does not come. */
static bool past(struct reader *reader, const char *mark)
{
	const char *found = memmem(reader->at, (size_t)(reader->end - reader->at), mark, strlen(mark));
	if (!found)
		return false;
	reader->at = found + strlen(mark);
	return true;
}

static void blanks(struct reader *reader)
{
	while (reader->at < reader->end && strchr(" \t\r\n", *reader->at))
		reader->at++;
}

/* Comments, instructions, blanks; false: something that is none of ours. */
static bool between(struct reader *reader)
{
	for (;;) {
		blanks(reader);
		if (sees(reader, "<?")) {
			if (!past(reader, "?>"))
				return false;
		} else if (sees(reader, "<!--")) {
			if (!past(reader, "-->"))
				return false;
		} else {
			return reader->at < reader->end;
		}
	}
}

static void utf8(struct bytes *out, unsigned long c)
{
	if (c < 0x80) {
		bytes_byte(out, (uint8_t)c);
	} else if (c < 0x800) {
		bytes_byte(out, (uint8_t)(0xC0 | c >> 6));
		bytes_byte(out, (uint8_t)(0x80 | (c & 63)));
	} else {
		if (c < 0x10000) {
			bytes_byte(out, (uint8_t)(0xE0 | c >> 12));
		} else {
			bytes_byte(out, (uint8_t)(0xF0 | c >> 18));
			bytes_byte(out, (uint8_t)(0x80 | (c >> 12 & 63)));
		}
		bytes_byte(out, (uint8_t)(0x80 | (c >> 6 & 63)));
		bytes_byte(out, (uint8_t)(0x80 | (c & 63)));
	}
}

/* At "&": what it stands for; one that is none stays a "&". */
static void entity(struct reader *reader, struct bytes *out)
{
	static const struct {
		const char *name;
		char means;
	} known[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' },
		      { "&apos;", '\'' } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (sees(reader, known[i].name)) {
			bytes_byte(out, (uint8_t)known[i].means);
			reader->at += strlen(known[i].name);
			return;
		}
	char digits[12] = "";
	const char *semicolon = memchr(reader->at, ';', (size_t)(reader->end - reader->at));
	size_t n = semicolon ? (size_t)(semicolon - reader->at) : 0;
	if (n > 2 && n < sizeof digits && reader->at[1] == '#') {
		memcpy(digits, reader->at + 2, n - 2);
		bool hex = digits[0] == 'x';
		char *rest;
		unsigned long c = strtoul(digits + hex, &rest, hex ? 16 : 10);
		if (!*rest && c >= ' ' && c < 0x110000 && (c < 0xD800 || c > 0xDFFF)) {
			utf8(out, c);
			reader->at = semicolon + 1;
			return;
		}
	}
	bytes_byte(out, '&');
	reader->at++;
}

static json_t *string_of(const struct bytes *text)
{
	struct arena arena = { 0 };
	json_t *string = json_string(text_mend(&arena, bytes_string(text), text->size));
	arena_free(&arena);
	return string;
}

static void put(json_t *object, const char *name, json_t *value)
{
	json_t *there = json_object_get(object, name);
	if (!there) {
		json_object_set_new(object, name, value);
	} else if (json_is_array(there)) {
		json_array_append_new(there, value);
	} else {
		json_t *list = json_array();
		json_array_append(list, there);
		json_array_append_new(list, value);
		json_object_set_new(object, name, list);
	}
}

/* The name of the tag at hand, without its prefix; false when it is none. */
static bool tag_name(struct reader *reader, char *out, size_t room)
{
	const char *begin = reader->at;
	while (reader->at < reader->end && !strchr(" \t\r\n/>=<\"'&", *reader->at))
		reader->at++;
	size_t n = (size_t)(reader->at - begin);
	const char *colon = memrchr(begin, ':', n);
	if (colon) {
		n -= (size_t)(colon + 1 - begin);
		begin = colon + 1;
	}
	if (!n || n >= room || !text_valid(begin, n) || strchr("!?-.0123456789", *begin))
		return false;
	memcpy(out, begin, n);
	out[n] = '\0';
	return strlen(out) == n;
}

/* Over the attributes; *empty: "/>". */
static bool tag_end(struct reader *reader, bool *empty)
{
	char quote = 0;
	for (; reader->at < reader->end; reader->at++) {
		char c = *reader->at;
		if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '<') {
			return false;
		} else if (c == '>') {
			*empty = reader->at[-1] == '/';
			reader->at++;
			return true;
		}
	}
	return false;
}

static bool element(struct reader *reader, json_t *into);

/* What stands between the tags, and the closing one. */
static bool content(struct reader *reader, const char *name, json_t *children, struct bytes *text)
{
	char closing[80];
	while (reader->at < reader->end) {
		if (sees(reader, "</")) {
			reader->at += 2;
			bool empty;
			return tag_name(reader, closing, sizeof closing) &&
			       strcmp(closing, name) == 0 && tag_end(reader, &empty);
		}
		if (sees(reader, "<![CDATA[")) {
			const char *begin = reader->at + 9;
			if (!past(reader, "]]>"))
				return false;
			bytes_add(text, begin, (size_t)(reader->at - 3 - begin));
		} else if (sees(reader, "<!--") || sees(reader, "<?")) {
			if (!past(reader, sees(reader, "<?") ? "?>" : "-->"))
				return false;
		} else if (*reader->at == '<') {
			if (!element(reader, children))
				return false;
		} else if (*reader->at == '&') {
			entity(reader, text);
		} else {
			bytes_byte(text, (uint8_t)*reader->at++);
		}
	}
	return false;
}

static bool element(struct reader *reader, json_t *into)
{
	char name[80];
	bool empty, good = true;
	if (*reader->at != '<' || reader->depth == MOST_DEPTH)
		return false;
	reader->at++;
	if (!tag_name(reader, name, sizeof name) || !tag_end(reader, &empty))
		return false;
	json_t *children = json_object();
	struct bytes text = { 0 };
	if (!empty) {
		reader->depth++;
		good = content(reader, name, children, &text);
		reader->depth--;
	}
	if (good)
		put(into, name, json_object_size(children) ? json_incref(children) : string_of(&text));
	json_decref(children);
	bytes_free(&text);
	return good;
}

json_t *xml_read(const char *text, size_t n)
{
	struct reader reader = { .at = text, .end = text + n };
	json_t *root = json_object();
	bool good = between(&reader) && element(&reader, root);
	blanks(&reader);
	if (good && reader.at == reader.end)
		return root;
	json_decref(root);
	return NULL;
}

static void escaped(struct bytes *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			bytes_text(out, "&lt;");
		else if (*text == '>')
			bytes_text(out, "&gt;");
		else if (*text == '&')
			bytes_text(out, "&amp;");
		else if ((unsigned char)*text >= ' ' || strchr("\t\n", *text))
			bytes_byte(out, (uint8_t)*text);
	}
}

void xml_write(struct bytes *out, const char *name, const json_t *value)
{
	const char *key;
	json_t *member;
	if (json_is_array(value)) {
		for (size_t i = 0; i < json_array_size(value); i++)
			xml_write(out, name, json_array_get(value, i));
		return;
	}
	if (!value || json_is_null(value))
		return;
	bytes_format(out, "<%s>", name);
	if (json_is_object(value)) {
		json_object_foreach((json_t *)(uintptr_t)value, key, member)
			xml_write(out, key, member);
	} else if (json_is_string(value)) {
		escaped(out, json_string_value(value));
	} else {
		char *text = json_dumps(value, JSON_ENCODE_ANY);
		bytes_text(out, text ? text : "");
		free(text);
	}
	bytes_format(out, "</%s>", name);
}
