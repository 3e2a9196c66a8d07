/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/called.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/say.h"
#include "core/courier/codec.h"
#include "core/courier/json.h"

static json_t *inbound(const struct profile *profile)
{
	return json_object_get(profile->data, "inbound");
}

static const char *key_rule(const struct profile *profile, const char *name)
{
	return json_string_value(json_object_get(json_object_get(inbound(profile), "key"), name));
}

bool called_open(const struct profile *profile)
{
	return json_is_object(inbound(profile)) && profile_enabled(profile);
}

const char *called_header(const struct profile *profile)
{
	return key_rule(profile, "header");
}

static bool same(const char *given, const char *secret)
{
	size_t n = strlen(given), m = strlen(secret);
	unsigned differ = n != m;
	for (size_t i = 0; i < m; i++)
		differ |= (unsigned char)secret[i] ^ (unsigned char)(i < n ? given[i] : 0);
	return m > 0 && !differ;
}

bool called_by_friend(const struct profile *profile, const json_t *body, const char *given,
                      const char *secret)
{
	char word[300] = "";
	const char *before = key_rule(profile, "before"), *path = key_rule(profile, "member");
	if (called_header(profile)) {
		size_t n = before ? strlen(before) : 0;
		if (!given || (n && strncasecmp(given, before, n) != 0))
			return false;
		return same(given + n, secret);
	}
	json_t *value = path ? codec_path(body, path) : NULL;
	codec_word(value, word, sizeof word);
	json_decref(value);
	return same(word, secret);
}

/* Names of calls are names of functions. */
static bool take_name(const struct profile *profile, const char *name, const json_t *body, char *out,
                      size_t room)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
	const char *path = json_string_value(json_object_get(inbound(profile), "call"));
	json_t *value = path && !*name ? codec_path(body, path) : NULL;
	if (value)
		codec_word(value, out, room);
	else
		snprintf(out, room, "%s", strlen(name) < room ? name : "");
	json_decref(value);
	return *out && strspn(out, letters) == strlen(out);
}

/* The proof is no part of what they say. */
static void drop_key(const struct profile *profile, json_t *body)
{
	const char *path = key_rule(profile, "member"), *name;
	json_t *value;
	void *next;
	if (!path)
		return;
	char first[80];
	snprintf(first, sizeof first, "%.*s", (int)strcspn(path, "."), path);
	json_object_foreach_safe(body, next, name, value)
		if (strcasecmp(name, first) == 0)
			json_object_del(body, name);
}

/* A new reference, NULL: the profile does not describe it. */
static json_t *rules_of(const struct profile *profile, const char *call, const json_t *body)
{
	json_t *node = json_object_get(json_object_get(inbound(profile), "calls"), call), *found = NULL;
	if (json_is_object(node) && json_tells(body, node))
		found = node;
	for (size_t i = 0; i < json_array_size(node) && !found; i++)
		if (json_tells(body, json_array_get(node, i)))
			found = json_array_get(node, i);
	json_t *rules = json_object();
	json_object_update(rules, json_object_get(inbound(profile), "about"));
	if (found)
		json_object_update(rules, found);
	else
		json_object_set_new(rules, "@unknown", json_true());
	return rules;
}

static void read_notice(const json_t *body, const json_t *rules, struct called *out)
{
	char text[600];
	const char *says = json_string_value(json_object_get(rules, "notice"));
	json_word(body, rules, "text", text, sizeof text);
	if (json_object_get(rules, "@unknown"))
		snprintf(out->notice, sizeof out->notice, _("gọi tới bằng “%s”, chưa rõ nghĩa; xem hồ sơ trên hệ thống đó"), out->call);
	else if (says)
		snprintf(out->notice, sizeof out->notice, "%s%s%s", says, *text ? ": " : "", text);
}

bool called_read(const struct profile *profile, const char *name, json_t *body, moment_t now,
                 struct called *out)
{
	char when[40];
	*out = (struct called){ 0 };
	peer_view_clear(&out->view);
	if (!json_is_object(body) || !take_name(profile, name, body, out->call, sizeof out->call))
		return false;
	drop_key(profile, body);
	json_object_set_new(body, "@call", json_string(out->call));
	json_object_set_new(body, "@now", json_string(moment_write_iso(now, when, sizeof when)));
	json_t *rules = rules_of(profile, out->call, body);
	json_read_item(profile, body, rules, &out->view);
	read_notice(body, rules, out);
	json_decref(rules);
	return out->view.code[0] || out->view.foreign_code[0];
}

void called_clear(struct called *called)
{
	peer_view_clear(&called->view);
}

char *called_reply(const struct profile *profile, const char *end, const char *message)
{
	json_t *all = json_object_get(inbound(profile), "reply");
	json_t *node = json_object_get(all, end);
	if (!node && strcmp(end, "known") == 0)
		node = json_object_get(all, "taken");
	json_t *reply = json_is_object(node) ? json_copy(node) : json_object(), *value;
	const char *name;
	json_object_foreach(reply, name, value)
		if (json_is_string(value) && strcmp(json_string_value(value), "{message}") == 0)
			json_object_set_new(reply, name, json_string(message));
	char *text = json_dumps(reply, JSON_COMPACT);
	json_decref(reply);
	if (!text)
		abort();
	return text;
}
