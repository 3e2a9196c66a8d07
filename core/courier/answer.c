/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/arena.h"
#include "core/base/text.h"
#include "core/courier/codec.h"
#include "core/courier/xml.h"

json_t *reply_rule(const struct profile *profile, enum call_kind kind, const char *name)
{
	const json_t *call =
		json_object_get(json_object_get(profile->data, "calls"), call_word(kind));
	json_t *own = json_object_get(json_object_get(call, "reply"), name);
	return own ? own : json_object_get(json_object_get(profile->data, "reply"), name);
}

bool reply_rule_is(const struct profile *profile, enum call_kind kind, const char *name, bool value)
{
	const json_t *rule = reply_rule(profile, kind, name);
	const char *mode = json_string_value(
		json_object_get(json_object_get(profile->data, "auth"), "mode"));
	/* A token endpoint answers in its own way: a token, and no code. */
	if (!value && kind == CALL_LOGIN && strcmp(name, "needs_code") == 0 && mode &&
	    strcmp(mode, "session") != 0)
		return true;
	return value ? json_is_true(rule) : json_is_false(rule);
}

void answer_clear(struct answer *answer)
{
	json_decref(answer->root);
	json_decref(answer->result);
	answer->root = answer->result = NULL;
}

json_t *answer_result(const struct answer *answer)
{
	if (answer->result)
		return json_incref(answer->result);
	json_t *result = codec_member(answer->root, "result");
	if (!result || json_is_null(result))
		result = codec_member(answer->root, "data");
	return result ? codec_unquote(result) : NULL;
}

void answer_take_text(struct answer *answer, const char *bytes, size_t n)
{
	struct arena arena = { 0 };
	const char *mended = text_mend(&arena, bytes, n < 2000 ? n : 2000);
	size_t fits = strlen(mended);
	if (fits >= sizeof answer->text) {
		fits = sizeof answer->text - 1;
		while (fits && ((unsigned char)mended[fits] & 0xC0) == 0x80)
			fits--;
	}
	memcpy(answer->text, mended, fits);
	answer->text[fits] = '\0';
	arena_free(&arena);
}

/* Words out of whatever they put there: a text, a list of them, an object of
 * fields and complaints. */
static void flatten(const json_t *value, struct bytes *out, int depth)
{
	char word[600];
	const char *key;
	json_t *member;
	if (depth > 4 || out->size > 2000)
		return;
	if (json_is_array(value)) {
		for (size_t i = 0; i < json_array_size(value); i++)
			flatten(json_array_get(value, i), out, depth + 1);
	} else if (json_is_object(value)) {
		json_object_foreach((json_t *)(uintptr_t)value, key, member) {
			size_t before = out->size;
			bytes_format(out, "%s%s:", before ? "; " : "", key);
			size_t named = out->size;
			flatten(member, out, depth + 1);
			if (out->size == named && out->data) {
				out->size = before; /* nothing said of it */
				out->data[before] = '\0';
			}
		}
	} else if (*codec_word(value, word, sizeof word)) {
		const char *join = !out->size ? "" : out->data[out->size - 1] == ':' ? " " : "; ";
		bytes_format(out, "%s%s", join, word);
	}
}

static bool take_words(struct answer *answer, const json_t *value)
{
	struct bytes words = { 0 };
	/* Codes and flags alone are no words. */
	if (json_is_string(value) || json_is_array(value) || json_is_object(value))
		flatten(value, &words, 0);
	if (words.size)
		answer_take_text(answer, bytes_string(&words), words.size);
	bytes_free(&words);
	return answer->text[0];
}

/* The message sits in different members; nested faults have their own. */
static void find_message(struct answer *answer)
{
	static const char *const names[] = { "message", "errors", "error_description", "description",
		                             "title", "detail", "error" };
	const json_t *places[] = { answer->root, codec_member(answer->root, "fault"),
		                   codec_member(answer->root, "status") };
	for (size_t p = 0; p < 3; p++)
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (take_words(answer, codec_member(places[p], names[i])))
				return;
}

static size_t path_count(const json_t *paths)
{
	return json_is_array(paths) ? json_array_size(paths) : paths ? 1 : 0;
}

static json_t *at_path(const json_t *root, const json_t *paths, size_t i)
{
	const char *path =
		json_string_value(json_is_array(paths) ? json_array_get(paths, i) : paths);
	return path ? codec_path(root, path) : NULL;
}

static void find_code(struct answer *answer)
{
	static const char *const names[] = { "error_code", "errorCode", "code" };
	for (size_t i = 0; i < sizeof names / sizeof *names && !answer->has_code; i++)
		answer->has_code = codec_number(codec_member(answer->root, names[i]), &answer->code);
	if (!answer->has_code)
		answer->has_code = codec_number(
			codec_member(codec_member(answer->root, "fault"), "code"), &answer->code);
	answer->good = answer->has_code && answer->code == 0;
}

static bool same_code(const json_t *theirs, const json_t *wanted)
{
	char have[64], want[64];
	long a, b;
	if (codec_number(theirs, &a) && codec_number(wanted, &b))
		return a == b;
	return strcasecmp(codec_word(theirs, have, sizeof have),
	                  codec_word(wanted, want, sizeof want)) == 0;
}

/* The code where the profile says it stands. */
static void ruled_code(struct answer *answer, const json_t *paths, const json_t *good)
{
	char word[64];
	json_t *zero = json_string("0");
	size_t wanted = good ? path_count(good) : 1;
	for (size_t i = 0; i < path_count(paths) && !answer->has_code; i++) {
		json_t *code = at_path(answer->root, paths, i);
		answer->has_code = *codec_word(code, word, sizeof word);
		if (answer->has_code && !codec_number(code, &answer->code))
			answer->code = 0;
		for (size_t g = 0; answer->has_code && g < wanted; g++)
			answer->good |= same_code(code, !good                   ? zero
			                                : json_is_array(good) ? json_array_get(good, g)
			                                                      : good);
		json_decref(code);
	}
	json_decref(zero);
}

static void ruled(struct answer *answer, const struct profile *profile, enum call_kind kind)
{
	const json_t *code = reply_rule(profile, kind, "code");
	const json_t *text = reply_rule(profile, kind, "text");
	const json_t *result = reply_rule(profile, kind, "result");
	if (code)
		ruled_code(answer, code, reply_rule(profile, kind, "good"));
	else
		find_code(answer);
	for (size_t i = 0; i < path_count(text) && !answer->text[0]; i++) {
		json_t *words = at_path(answer->root, text, i);
		take_words(answer, words);
		json_decref(words);
	}
	if (!answer->text[0])
		find_message(answer);
	for (size_t i = 0; i < path_count(result) && !answer->result; i++) {
		json_t *found = at_path(answer->root, result, i);
		answer->result = found ? codec_open(found) : NULL;
		json_decref(found);
	}
}

/* XML where JSON was asked for; a page is none. */
static json_t *as_xml(const char *body, size_t size, const struct http_reply *reply)
{
	const char *begin = body + strspn(body, " \t\r\n\xEF\xBB\xBF");
	if (!strstr(reply->type, "xml") && strncmp(begin, "<?xml", 5) != 0)
		return NULL;
	json_t *root = xml_read(begin, size - (size_t)(begin - body));
	const char *name = json_object_iter_key(json_object_iter(root));
	json_t *inner = name ? json_object_get(root, name) : NULL;
	if (!name || strcasecmp(name, "html") == 0 || !json_is_object(inner)) {
		json_decref(root);
		return NULL;
	}
	if (strcmp(name, "fault") != 0) {
		json_incref(inner);
		json_decref(root);
		root = inner;
	}
	return root;
}

void answer_read(struct answer *answer, const struct profile *profile, enum call_kind kind,
                 const struct http_reply *reply)
{
	const char *body = bytes_string(&reply->body);
	json_t *value = json_loadb(body, reply->body.size, JSON_DECODE_ANY, NULL);
	if (value) {
		answer->root = codec_open(value);
		json_decref(value);
	} else {
		answer->root = as_xml(body, reply->body.size, reply);
	}
	bool bare = json_is_array(answer->root) && reply_rule_is(profile, kind, "needs_code", false);
	if (json_is_object(answer->root) || bare) {
		ruled(answer, profile, kind);
		return;
	}
	answer_clear(answer);
	answer_take_text(answer, body, reply->body.size);
}
