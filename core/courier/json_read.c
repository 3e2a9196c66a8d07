/* SPDX-License-Identifier: Apache-2.0
 *
 * What a described system says of dossiers, found by the paths of its profile. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "core/courier/answer.h"
#include "core/courier/codec.h"
#include "core/courier/json.h"
#include "core/courier/rights.h"
#include "core/courier/template.h"

static const json_t *view_rules(const struct profile *profile)
{
	return json_object_get(profile->data, "view");
}

/* The first of a rule's paths that leads to a word. */
const char *json_word(const json_t *item, const json_t *rules, const char *name, char *out,
                      size_t room)
{
	const json_t *paths = json_object_get(rules, name);
	size_t count = json_is_array(paths) ? json_array_size(paths) : paths ? 1 : 0;
	out[0] = '\0';
	for (size_t i = 0; i < count && !*out; i++) {
		const char *path =
			json_string_value(json_is_array(paths) ? json_array_get(paths, i) : paths);
		json_t *value = path ? codec_path(item, path) : NULL;
		codec_word(value, out, room);
		json_decref(value);
	}
	struct arena arena = { 0 };
	snprintf(out, room, "%s", text_mend(&arena, out, strlen(out)));
	arena_free(&arena);
	return out;
}

static moment_t moment_at(const json_t *item, const json_t *rules, const char *name)
{
	char text[48];
	return codec_moment(json_word(item, rules, name, text, sizeof text));
}

/* What the rule "items" leads to, opened; a new reference or NULL. */
static json_t *items_of(const json_t *from, const json_t *rules)
{
	const char *path = json_string_value(json_object_get(rules, "items"));
	json_t *found = codec_path(from, path ? path : "");
	json_t *items = found ? codec_open(found) : NULL;
	json_decref(found);
	return items;
}

static void add_step(const struct profile *profile, struct peer_view *view, const json_t *item,
                     const json_t *rules)
{
	char word[48], text[200];
	peer_add_step(profile, view, json_word(item, rules, "status", word, sizeof word),
	              moment_at(item, rules, "at"), json_word(item, rules, "text", text, sizeof text));
}

static bool is_done(const json_t *item, const json_t *rules)
{
	char word[16];
	json_t *flag = json_string(json_word(item, rules, "done", word, sizeof word));
	bool done = codec_flag(flag) == 1;
	json_decref(flag);
	return done;
}

static void add_ask(struct peer_view *view, const json_t *item, const json_t *rules)
{
	char key[80], text[1000], by[120];
	struct peer_ask ask = { .key = json_word(item, rules, "key", key, sizeof key),
		                .text = json_word(item, rules, "text", text, sizeof text),
		                .by = json_word(item, rules, "by", by, sizeof by),
		                .at = moment_at(item, rules, "at"),
		                .until = moment_at(item, rules, "until"),
		                .new_due = moment_at(item, rules, "new_due"),
		                .done = is_done(item, rules) };
	peer_add_ask(view, &ask);
}

static void add_fee(struct peer_view *view, const json_t *item, const json_t *rules)
{
	char key[80], name[300], text[600], amount[24];
	struct peer_fee fee = { .key = json_word(item, rules, "key", key, sizeof key),
		                .name = json_word(item, rules, "name", name, sizeof name),
		                .text = json_word(item, rules, "text", text, sizeof text),
		                .amount = strtoll(json_word(item, rules, "amount", amount, sizeof amount),
		                                  NULL, 10),
		                .at = moment_at(item, rules, "at"),
		                .done = is_done(item, rules) };
	peer_add_fee(view, &fee);
}

/* A link, or the file itself as base64 of any length. */
static void add_result(struct peer_view *view, const json_t *item, const json_t *rules)
{
	char key[80], name[300], code[80], link[1000], file[200], type[80];
	const char *inside = json_string_value(json_object_get(rules, "content"));
	const char *called = json_string_value(json_object_get(rules, "called"));
	json_t *content = inside ? codec_path(item, inside) : NULL;
	struct peer_result result = { .key = json_word(item, rules, "key", key, sizeof key),
		                      .name = json_word(item, rules, "name", name, sizeof name),
		                      .code = json_word(item, rules, "code", code, sizeof code),
		                      .link = json_word(item, rules, "link", link, sizeof link),
		                      .content = json_string_value(content),
		                      .file = json_word(item, rules, "file", file, sizeof file),
		                      .media_type = json_word(item, rules, "media_type", type, sizeof type),
		                      .at = moment_at(item, rules, "at") };
	if (!*name && called)
		result.name = called;
	if (*link || result.content)
		peer_add_result(view, &result);
	json_decref(content);
}

static void add_extension(struct peer_view *view, const json_t *item, const json_t *rules)
{
	char key[80], text[600];
	struct peer_extension extension = { .key = json_word(item, rules, "key", key, sizeof key),
		                            .text = json_word(item, rules, "text", text, sizeof text),
		                            .at = moment_at(item, rules, "at"),
		                            .old_due = moment_at(item, rules, "old_due"),
		                            .new_due = moment_at(item, rules, "new_due") };
	peer_add_extension(view, &extension);
}

/* Each of a list, or the one thing where they send no list. */
static void add_parts(struct peer_view *view, const json_t *item, const json_t *rules,
                      void (*add)(struct peer_view *, const json_t *, const json_t *))
{
	json_t *list = rules ? items_of(item, rules) : NULL;
	for (size_t i = 0; i < json_array_size(list); i++)
		add(view, json_array_get(list, i), rules);
	if (json_is_object(list))
		add(view, list, rules);
	json_decref(list);
}

void json_read_item(const struct profile *profile, const json_t *item, const json_t *rules,
                    struct peer_view *view)
{
	char word[48];
	const json_t *steps = json_object_get(rules, "steps");
	*view = (struct peer_view){ .found = true, .received_at = moment_at(item, rules, "received_at"),
		                    .due_at = moment_at(item, rules, "due_at") };
	json_word(item, rules, "ours", view->code, sizeof view->code);
	json_word(item, rules, "foreign_code", view->foreign_code, sizeof view->foreign_code);
	peer_set_status(profile, view, json_word(item, rules, "status", word, sizeof word));
	json_t *list = steps ? items_of(item, steps) : NULL;
	for (size_t i = 0; i < json_array_size(list); i++)
		add_step(profile, view, json_array_get(list, i), steps);
	json_decref(list);
	if (json_object_get(rules, "at") && moment_at(item, rules, "at") != MOMENT_NONE)
		add_step(profile, view, item, rules);
	add_parts(view, item, json_object_get(rules, "asks"), add_ask);
	add_parts(view, item, json_object_get(rules, "fees"), add_fee);
	add_parts(view, item, json_object_get(rules, "results"), add_result);
	add_parts(view, item, json_object_get(rules, "extensions"), add_extension);
}

/* Does an answer tell of a dossier at all? */
bool json_tells(const json_t *item, const json_t *rules)
{
	const json_t *found = json_object_get(rules, "found"), *is = json_object_get(found, "is");
	char have[64], want[64];
	if (!json_is_object(item) || !json_object_size(item))
		return false;
	if (!found)
		return true;
	json_word(item, found, "path", have, sizeof have);
	if (!is)
		return *have;
	for (size_t i = 0; i < (json_is_array(is) ? json_array_size(is) : 1); i++) {
		codec_word(json_is_array(is) ? json_array_get(is, i) : is, want, sizeof want);
		if (strcmp(have, want) == 0)
			return true;
	}
	return false;
}

/* One without a code of ours is about what was asked. */
static bool is_about(const json_t *item, const json_t *rules, const char *code)
{
	char ours[64], theirs[64];
	json_word(item, rules, "ours", ours, sizeof ours);
	json_word(item, rules, "foreign_code", theirs, sizeof theirs);
	return !*ours || strcmp(ours, code) == 0 || strcmp(theirs, code) == 0;
}

json_t *json_item(const struct profile *profile, const struct answer *answer, const char *code,
                  bool *other)
{
	const json_t *rules = view_rules(profile);
	json_t *result = answer_result(answer), *found = NULL;
	/* Where the profile says that a result stands, its lack is an answer. */
	bool bare = !result && !reply_rule(profile, CALL_ASK, "result");
	json_t *items = items_of(bare ? answer->root : result, rules);
	size_t count = json_is_array(items) ? json_array_size(items) : items ? 1 : 0;
	*other = false;
	for (size_t i = 0; i < count && !found; i++) {
		json_t *item = json_is_array(items) ? json_array_get(items, i) : items;
		if (!json_tells(item, rules))
			continue;
		if (is_about(item, rules, code))
			found = json_incref(item);
		else
			*other = true;
	}
	if (found)
		*other = false;
	json_decref(items);
	json_decref(result);
	return found;
}

void json_read_view(const struct profile *profile, const struct answer *answer, const char *code,
                    struct peer_view *view)
{
	bool other;
	json_t *item = json_item(profile, answer, code, &other);
	if (item)
		json_read_item(profile, item, view_rules(profile), view);
	else
		*view = (struct peer_view){ .received_at = MOMENT_NONE, .other = other };
	if (item && strcmp(view->foreign_code, code) == 0)
		view->foreign_code[0] = '\0';
	json_decref(item);
}

/* Members of "list" on top of those of "view". */
static json_t *list_rules(const struct profile *profile)
{
	json_t *rules = json_object();
	json_object_update(rules, (json_t *)(uintptr_t)view_rules(profile));
	json_object_update(rules, json_object_get(profile->data, "list"));
	return rules;
}

bool json_read_list(const struct profile *profile, const struct answer *answer,
                    struct peer_list *list)
{
	char more[16];
	json_t *rules = list_rules(profile);
	json_t *result = answer_result(answer);
	json_t *items = items_of(result ? result : answer->root, rules);
	size_t count = json_array_size(items);
	*list = (struct peer_list){ 0 };
	bool good = json_is_array(items) && count <= 5000;
	list->views = good ? calloc(count + 1, sizeof *list->views) : NULL;
	for (size_t i = 0; list->views && i < count; i++)
		if (json_tells(json_array_get(items, i), rules))
			json_read_item(profile, json_array_get(items, i), rules,
			               &list->views[list->count++]);
	json_word(answer->root, rules, "cursor", list->cursor, sizeof list->cursor);
	json_t *flag = json_string(json_word(answer->root, rules, "more", more, sizeof more));
	list->more = codec_flag(flag) == 1;
	json_decref(flag);
	json_decref(items);
	json_decref(result);
	json_decref(rules);
	return good && list->views;
}

static json_t *listed(const struct profile *profile, const struct answer *answer, struct error *err)
{
	struct peer_list list;
	if (!json_read_list(profile, answer, &list)) {
		fail(err, FAULT_INPUT, _("%s trả lời danh sách không đọc được"), profile->name);
		return NULL;
	}
	json_t *reply = json_pack("{s:o, s:b}", "dossiers", peer_list_json(&list), "whole", !list.more);
	peer_list_free(&list);
	return reply;
}

json_t *json_read_reply(const struct profile *profile, enum call_kind kind,
                        const struct answer *answer, struct error *err)
{
	const json_t *read = json_object_get(json_call(profile, kind), "read");
	if (kind == CALL_LIST && !read)
		return listed(profile, answer, err);
	if (kind == CALL_RIGHTS && !read && json_call(profile, kind)) {
		json_t *result = answer_result(answer);
		json_t *rights = rights_read(profile, result);
		json_decref(result);
		return rights;
	}
	if (!read) {
		fail(err, FAULT_BUG, _("%s không có cách nào cho việc này"), profile->name);
		return NULL;
	}
	json_t *none = json_object();
	struct call_facts facts = { .code = "", .cursor = "", .memory = none, .known = none };
	struct template_scope scope = { .profile = profile, .facts = &facts,
		                        .answer = answer->root };
	json_t *reply = template_expand(&scope, read, err);
	json_decref(none);
	return reply;
}
