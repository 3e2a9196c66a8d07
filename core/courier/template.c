/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/template.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/courier/auth.h"
#include "core/courier/codec.h"
#include "core/courier/template_own.h"

#define MOST_DEPTH 32
#define MOST_NODES 50000

static const json_t *file_of(const struct expansion *x)
{
	return x->scope.file;
}

static json_t *of_file(const struct expansion *x, const char *root)
{
	const struct call_facts *facts = x->scope.facts;
	char id[24];
	if (strcmp(root, "uploaded") == 0) {
		codec_word(json_object_get(file_of(x), "id"), id, sizeof id);
		return json_incref(
			json_object_get(json_object_get(facts->memory, "files"), id));
	}
	json_int_t at = json_integer_value(json_object_get(file_of(x), "component"));
	return json_incref(json_array_get(json_object_get(facts->payload, "components"),
	                                  file_of(x) && at >= 0 ? (size_t)at : SIZE_MAX));
}

/* A new reference to what a first word names; *known: it names something. */
static json_t *root_of(const struct expansion *x, const char *root, bool *known)
{
	const struct call_facts *facts = x->scope.facts;
	const struct {
		const char *name;
		const json_t *value;
	} objects[] = {
		{ "payload", facts->payload },   { "memory", facts->memory },
		{ "known", facts->known },       { "profile", x->scope.profile->data },
		{ "answer", x->scope.answer },   { "item", x->item },
		{ "file", file_of(x) },
	};
	const struct {
		const char *name, *value;
	} texts[] = { { "session", facts->session },
		      { "secret", auth_secret(facts, "") },
		      { "cursor", facts->cursor },
		      { "code", facts->code } };
	*known = true;
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		if (strcmp(root, objects[i].name) == 0)
			return json_incref((json_t *)(uintptr_t)objects[i].value);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (strcmp(root, texts[i].name) == 0 && texts[i].value && *texts[i].value)
			return json_string(texts[i].value);
	if (strcmp(root, "index") == 0)
		return json_integer((json_int_t)x->index);
	if (strcmp(root, "uploaded") == 0 || strcmp(root, "component") == 0)
		return of_file(x, root);
	*known = false;
	return NULL;
}

json_t *expansion_find(const struct expansion *x, const char *path)
{
	char root[24];
	size_t n = strcspn(path, ".");
	bool known = false;
	json_t *base = NULL;
	if (n < sizeof root) {
		snprintf(root, sizeof root, "%.*s", (int)n, path);
		base = root_of(x, root, &known);
	}
	if (!known)
		return codec_path(x->scope.facts->payload, path);
	json_t *found = base ? codec_path(base, path + n + (path[n] == '.')) : NULL;
	json_decref(base);
	return found;
}

bool expansion_line(struct expansion *x, const char *line, bool percent, struct bytes *out)
{
	for (const char *at = line; *at;) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;
		char path[120], spelt[40], word[400];
		if (!end || (size_t)(end - at) > sizeof path) {
			bytes_byte(out, (uint8_t)*at++);
			continue;
		}
		snprintf(path, sizeof path, "%.*s", (int)(end - at - 1), at + 1);
		at = end + 1;
		char *codec = strchr(path, '|');
		if (codec)
			*codec++ = '\0';
		json_t *value = expansion_find(x, path);
		const char *text = codec_word(value, word, sizeof word);
		if (codec && *text) {
			moment_t moment = codec_moment(text);
			if (moment == MOMENT_NONE ||
			    !codec_write(codec, moment, spelt, sizeof spelt)) {
				json_decref(value);
				return expansion_missing(x, path);
			}
			text = spelt;
		}
		if (percent && !*text) {
			json_decref(value);
			return expansion_missing(x, path);
		}
		if (percent)
			body_percent(out, text);
		else
			bytes_text(out, text);
		json_decref(value);
	}
	return true;
}

bool expansion_is(const json_t *value, const json_t *wanted)
{
	char have[200], want[200];
	codec_word(value, have, sizeof have);
	if (!json_is_array(wanted))
		return strcmp(have, codec_word(wanted, want, sizeof want)) == 0;
	for (size_t i = 0; i < json_array_size(wanted); i++)
		if (strcmp(have, codec_word(json_array_get(wanted, i), want, sizeof want)) == 0)
			return true;
	return false;
}

/* Does the item have every member so? */
static bool fits(const json_t *item, const json_t *conditions)
{
	const char *name;
	json_t *wanted;
	json_object_foreach((json_t *)(uintptr_t)conditions, name, wanted)
		if (!expansion_is(codec_member(item, name), wanted))
			return false;
	return true;
}

static bool wanted(const struct expansion *x, const json_t *node, const json_t *item, bool own)
{
	const json_t *unless = json_object_get(node, "unless");
	if (own && json_integer_value(json_object_get(item, "component")) != x->component)
		return false;
	return fits(item, json_object_get(node, "where")) && !(unless && fits(item, unless));
}

static bool expand_each(struct expansion *x, const json_t *node, json_t **out)
{
	const char *path = json_string_value(json_object_get(node, "each"));
	const json_t *most = json_object_get(node, "most");
	if (!path)
		return expansion_wrong(x, "each without a path");
	bool own = strcmp(path, "own-files") == 0, files = own || strcmp(path, "files") == 0;
	json_t *list = files ? json_incref((json_t *)(uintptr_t)x->scope.facts->files)
	                     : expansion_find(x, path);
	struct expansion inner = *x;
	bool good = true;
	inner.index = 0;
	*out = json_array();
	for (size_t i = 0; good && i < json_array_size(list); i++) {
		json_t *item = json_array_get(list, i), *made = NULL;
		if (!wanted(x, node, item, own) ||
		    (most && (json_int_t)json_array_size(*out) >= json_integer_value(most)))
			continue;
		inner.item = item;
		inner.index++;
		if (files)
			inner.scope.file = item;
		else if (strcmp(path, "components") == 0)
			inner.component = (long)i;
		good = expand(&inner, json_object_get(node, "item"), &made);
		x->budget = inner.budget;
		if (made)
			json_array_append_new(*out, made);
	}
	json_decref(list);
	return good;
}

static bool expand_if(struct expansion *x, const json_t *node, json_t **out)
{
	const char *path = json_string_value(json_object_get(node, "$if"));
	const json_t *is = json_object_get(node, "is");
	json_t *value = path ? expansion_find(x, path) : NULL;
	char word[8];
	bool holds = is ? expansion_is(value, is)
	                : json_object_size(value) || json_array_size(value) ||
	                          *codec_word(value, word, sizeof word);
	json_decref(value);
	const json_t *then = json_object_get(node, holds ? "then" : "else");
	return !then || expand(x, then, out);
}

static bool expand_switch(struct expansion *x, const json_t *node, json_t **out)
{
	const char *path = json_string_value(json_object_get(node, "$switch"));
	const char *label = json_string_value(json_object_get(node, "label"));
	json_t *value = path ? expansion_find(x, path) : NULL;
	char word[120];
	codec_word(value, word, sizeof word);
	json_decref(value);
	const json_t *of = json_object_get(json_object_get(node, "of"), word);
	if (!of)
		of = json_object_get(node, "else");
	if (!of)
		return expansion_unmapped(x, label ? label : path ? path : "", word);
	return expand(x, of, out);
}

static bool expand_line(struct expansion *x, const json_t *node, json_t **out)
{
	const char *line = json_string_value(json_object_get(node, "$line"));
	struct bytes text = { 0 };
	bool good = line ? expansion_line(x, line, false, &text) : expansion_wrong(x, "$line");
	if (good)
		*out = json_string(bytes_string(&text));
	bytes_free(&text);
	return good && (*out || expansion_wrong(x, "text that is no UTF-8"));
}

static bool expand_quoted(struct expansion *x, const json_t *node, json_t **out)
{
	const json_t *xml = json_object_get(node, "$xml");
	const char *root = json_string_value(json_object_get(node, "root"));
	json_t *value = NULL;
	struct expansion inner = *x;
	inner.quoted = true;
	bool good = expand(&inner, xml ? xml : json_object_get(node, "$json"), &value);
	x->budget = inner.budget;
	if (good)
		good = expand_text(x, value, xml ? root ? root : "data" : NULL, out);
	json_decref(value);
	return good;
}

/* The first of a list, or nothing. */
static bool expand_first(struct expansion *x, const json_t *node, json_t **out)
{
	json_t *list = NULL;
	if (!expand(x, json_object_get(node, "$first"), &list))
		return false;
	*out = json_incref(json_array_get(list, 0));
	json_decref(list);
	return true;
}

static bool expand_file(struct expansion *x, json_t **out)
{
	const json_t *file = file_of(x);
	if (!file || x->quoted)
		return expansion_wrong(x, x->quoted ? "a file inside a string" : "no file here");
	*out = body_mark(json_integer_value(json_object_get(file, "id")),
	                 json_integer_value(json_object_get(file, "size")));
	return true;
}

static bool expand_members(struct expansion *x, const json_t *node, json_t **out)
{
	const char *name;
	json_t *inner;
	*out = json_object();
	json_object_foreach((json_t *)(uintptr_t)node, name, inner) {
		json_t *made = NULL;
		if (!expand(x, inner, &made))
			return false;
		if (made)
			json_object_set_new(*out, name, made);
	}
	return true;
}

static bool expand_items(struct expansion *x, const json_t *node, json_t **out)
{
	*out = json_array();
	for (size_t i = 0; i < json_array_size(node); i++) {
		json_t *made = NULL;
		if (!expand(x, json_array_get(node, i), &made))
			return false;
		if (made)
			json_array_append_new(*out, made);
	}
	return true;
}

static bool expand_object(struct expansion *x, const json_t *node, json_t **out)
{
	if (json_object_get(node, "$"))
		return expand_value(x, node, out);
	if (json_object_get(node, "each") && json_object_get(node, "item"))
		return expand_each(x, node, out);
	if (json_object_get(node, "$if"))
		return expand_if(x, node, out);
	if (json_object_get(node, "$switch"))
		return expand_switch(x, node, out);
	if (json_object_get(node, "$line"))
		return expand_line(x, node, out);
	if (json_object_get(node, "$json") || json_object_get(node, "$xml"))
		return expand_quoted(x, node, out);
	if (json_object_get(node, "$first"))
		return expand_first(x, node, out);
	if (json_object_get(node, "$file"))
		return expand_file(x, out);
	return expand_members(x, node, out);
}

bool expand(struct expansion *x, const json_t *node, json_t **out)
{
	*out = NULL;
	if (x->depth == MOST_DEPTH || --x->budget < 0)
		return expansion_wrong(x, "too deep or too large");
	x->depth++;
	bool good = true;
	if (json_is_object(node))
		good = expand_object(x, node, out);
	else if (json_is_array(node))
		good = expand_items(x, node, out);
	else
		*out = json_incref((json_t *)(uintptr_t)node);
	x->depth--;
	if (!good) {
		json_decref(*out);
		*out = NULL;
	}
	return good;
}

static struct expansion begin(const struct template_scope *scope, struct error *err)
{
	return (struct expansion){ .scope = *scope, .component = -1, .budget = MOST_NODES,
		                   .err = err };
}

json_t *template_expand(const struct template_scope *scope, const json_t *node, struct error *err)
{
	struct expansion x = begin(scope, err);
	json_t *out = NULL;
	if (!expand(&x, node, &out))
		return NULL;
	return out ? out : json_null();
}

bool template_line(const struct template_scope *scope, const char *line, bool percent,
                   struct bytes *out, struct error *err)
{
	struct expansion x = begin(scope, err);
	return expansion_line(&x, line, percent, out);
}

json_t *template_find(const struct template_scope *scope, const char *path)
{
	struct expansion x = begin(scope, NULL);
	return expansion_find(&x, path);
}
