/* SPDX-License-Identifier: Apache-2.0
 *
 * One fact on its way into a template: found, mapped, spelt. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/courier/codec.h"
#include "core/courier/template_own.h"
#include "core/courier/xml.h"

bool expansion_missing(struct expansion *x, const char *label)
{
	return fail(x->err, FAULT_INPUT, _("Chưa gửi được tới %s: hồ sơ thiếu %s"),
	            x->scope.profile->name, label);
}

bool expansion_unmapped(struct expansion *x, const char *label, const char *value)
{
	return fail(x->err, FAULT_INPUT,
	            _("Chưa gửi được tới %s: %s “%s” chưa có mã tương ứng bên nhận"),
	            x->scope.profile->name, label, value);
}

bool expansion_wrong(struct expansion *x, const char *what)
{
	fail(x->err, FAULT_BUG, _("Hồ sơ kết nối của %s có mẫu thông điệp sai"),
	     x->scope.profile->name);
	return because(x->err, "%s: %s", x->scope.profile->code, what);
}

static const char *member(const json_t *node, const char *name)
{
	return json_string_value(json_object_get(node, name));
}

static bool empty(const json_t *value)
{
	return !value || json_is_null(value) ||
	       (json_is_string(value) && !*json_string_value(value));
}

/* The first path that leads somewhere, or the last one's nothing. */
static json_t *found(struct expansion *x, const json_t *paths, const char **name)
{
	size_t count = json_is_array(paths) ? json_array_size(paths) : 1;
	json_t *value = NULL;
	*name = "";
	for (size_t i = 0; i < count && empty(value); i++) {
		const char *path =
			json_string_value(json_is_array(paths) ? json_array_get(paths, i) : paths);
		json_decref(value);
		value = path ? expansion_find(x, path) : NULL;
		if (path && !**name)
			*name = path;
	}
	return value;
}

bool expand_text(struct expansion *x, const json_t *value, const char *root, json_t **out)
{
	struct bytes text = { 0 };
	if (root) {
		xml_write(&text, root, value);
	} else {
		char *json = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
		bytes_text(&text, json ? json : "");
		free(json);
	}
	*out = json_string(bytes_string(&text));
	bytes_free(&text);
	return *out || expansion_wrong(x, "text that is no UTF-8");
}

static size_t cut(const char *text, json_int_t longest)
{
	size_t at = 0;
	for (json_int_t count = 0; text[at]; at++)
		if (((unsigned char)text[at] & 0xC0) != 0x80 && ++count > longest)
			break;
	return at;
}

static bool as_flag(struct expansion *x, const char *as, const char *label, const char *text,
                    json_t **out)
{
	json_t *word = json_string(text);
	int flag = codec_flag(word);
	json_decref(word);
	if (flag < 0)
		return expansion_unmapped(x, label, text);
	*out = strcmp(as, "flag") == 0        ? json_boolean(flag)
	       : strcmp(as, "flag-text") == 0 ? json_string(flag ? "True" : "False")
	                                      : json_integer(flag);
	return true;
}

/* The text as the kind of JSON that is asked for. */
static bool as(struct expansion *x, const json_t *node, const char *label, const char *text,
               json_t **out)
{
	const char *how = member(node, "as");
	if (!how)
		how = "text";
	/* Only templates name files (body_mark); a citizen's words never do. */
	text += strspn(text, "\001");
	if (strcmp(how, "number") == 0) {
		json_t *word = json_string(text);
		long number;
		bool good = codec_number(word, &number);
		json_decref(word);
		*out = good ? json_integer(number) : NULL;
		return good || expansion_unmapped(x, label, text);
	}
	if (strncmp(how, "flag", 4) == 0)
		return as_flag(x, how, label, text, out);
	struct arena arena = { 0 };
	if (strcmp(how, "upper") == 0)
		text = text_upper(&arena, text);
	else if (strcmp(how, "lower") == 0)
		text = text_lower(&arena, text);
	else if (strcmp(how, "text") != 0) {
		arena_free(&arena);
		return expansion_wrong(x, "unknown \"as\"");
	}
	const json_t *most = json_object_get(node, "cut");
	*out = json_stringn(text, most ? cut(text, json_integer_value(most)) : strlen(text));
	arena_free(&arena);
	return *out || expansion_wrong(x, "text that is no UTF-8");
}

/* Maps and spells a text that is not empty. */
static bool spell(struct expansion *x, const json_t *node, const char *label, const char *text,
                  json_t **out)
{
	char spelt[40];
	const char *map = member(node, "map"), *when = member(node, "when");
	if (when) {
		moment_t moment = codec_moment(text);
		if (moment == MOMENT_NONE)
			return expansion_missing(x, label);
		if (!codec_write(when, moment, spelt, sizeof spelt))
			return expansion_wrong(x, "unknown codec");
		text = spelt;
	}
	if (map) {
		const char *theirs = profile_map(x->scope.profile, map, text);
		if (!theirs)
			return expansion_unmapped(x, label, text);
		text = theirs;
	}
	return as(x, node, label, text, out);
}

static bool nothing(struct expansion *x, const json_t *node, const char *label, json_t **out)
{
	const json_t *instead = json_object_get(node, "else");
	const char *how = member(node, "as");
	if (instead)
		return expand(x, instead, out);
	if (member(node, "must"))
		return expansion_missing(x, label);
	/* A map may know a word for nothing: {"": …}. */
	if (member(node, "map") && profile_map(x->scope.profile, member(node, "map"), ""))
		return spell(x, node, label, "", out);
	bool text = !how || strcmp(how, "text") == 0 || strcmp(how, "upper") == 0 ||
	            strcmp(how, "lower") == 0;
	if (text && member(node, "map"))
		return expansion_unmapped(x, label, "");
	*out = text ? json_string("") : json_null();
	return true;
}

bool expand_value(struct expansion *x, const json_t *node, json_t **out)
{
	const char *name, *how = member(node, "as"), *label = member(node, "must");
	json_t *value = found(x, json_object_get(node, "$"), &name);
	bool good;
	if (!label)
		label = member(node, "label") ? member(node, "label") : name;
	if (empty(value)) {
		good = nothing(x, node, label, out);
	} else if (how && strcmp(how, "raw") == 0) {
		*out = json_incref(value);
		good = true;
	} else if (how && strcmp(how, "json-text") == 0) {
		good = expand_text(x, value, NULL, out);
	} else if (how && strcmp(how, "xml-text") == 0) {
		good = expand_text(x, value, member(node, "root") ? member(node, "root") : "data",
		                   out);
	} else if (json_is_string(value)) {
		good = spell(x, node, label, json_string_value(value), out);
	} else {
		char word[40];
		codec_word(value, word, sizeof word);
		good = *word ? spell(x, node, label, word, out) : nothing(x, node, label, out);
	}
	json_decref(value);
	return good;
}
