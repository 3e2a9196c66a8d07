/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/courier/address.h"
#include "core/courier/auth.h"
#include "core/courier/codec.h"
#include "core/courier/template.h"

json_t *json_call(const struct profile *profile, enum call_kind kind)
{
	json_t *call = json_object_get(json_object_get(profile->data, "calls"), call_word(kind));
	return json_is_object(call) ? call : NULL;
}

static const json_t *remembered(const struct call_facts *facts, const json_t *file)
{
	char id[24];
	codec_word(json_object_get(file, "id"), id, sizeof id);
	return json_object_get(json_object_get(facts->memory, "files"), id);
}

const json_t *json_file(const struct profile *profile, const struct call_facts *facts)
{
	size_t i;
	json_t *file;
	if (!json_call(profile, CALL_UPLOAD))
		return NULL;
	json_array_foreach((json_t *)(uintptr_t)facts->files, i, file)
		if (!remembered(facts, file))
			return file;
	return NULL;
}

static const char *procedure_of(const struct call_facts *facts)
{
	const char *code = json_string_value(
		json_object_get(json_object_get(facts->payload, "procedure"), "code"));
	return code ? code : "";
}

/* What must be known before the dossier itself can be sent. */
static enum call_kind preparation(const struct profile *profile, const struct call_facts *facts)
{
	if (json_call(profile, CALL_PROCEDURE) &&
	    !json_object_get(json_object_get(facts->known, "procedures"), procedure_of(facts)))
		return CALL_PROCEDURE;
	if (json_call(profile, CALL_NUMBER) && !json_object_get(facts->memory, "number"))
		return CALL_NUMBER;
	return json_file(profile, facts) ? CALL_UPLOAD : CALL_NONE;
}

/* The call of that word when it is described and not done yet. */
static enum call_kind undone(const struct profile *profile, const struct call_facts *facts,
                             const json_t *word)
{
	for (enum call_kind kind = CALL_LOGIN; json_is_string(word) && kind <= CALL_ACK; kind++)
		if (strcmp(json_string_value(word), call_word(kind)) == 0)
			return json_call(profile, kind) && !(facts->done & 1u << kind) ? kind
			                                                               : CALL_NONE;
	return CALL_NONE;
}

/* The call that teaches what this one needs and memory lacks. */
static enum call_kind teacher(const struct profile *profile, const json_t *call,
                              const struct call_facts *facts)
{
	const char *name;
	json_t *word;
	enum call_kind kind = CALL_NONE;
	json_object_foreach(json_object_get(call, "needs"), name, word)
		if (kind == CALL_NONE && !json_object_get(facts->memory, name))
			kind = undone(profile, facts, word);
	return kind;
}

/* The first of the calls that follow which is not done. */
static enum call_kind following(const struct profile *profile, const json_t *call,
                                const struct call_facts *facts)
{
	size_t i;
	json_t *word;
	enum call_kind kind = CALL_NONE;
	json_array_foreach(json_object_get(call, "then"), i, word)
		if (kind == CALL_NONE)
			kind = undone(profile, facts, word);
	return kind;
}

static enum call_kind next(const struct profile *profile, const struct call_facts *facts,
                           enum call_kind verb)
{
	const json_t *call = json_call(profile, verb);
	enum call_kind first = CALL_NONE;
	/* A dossier changed and no way to say so: that is told, not passed over. */
	if (!call)
		return verb == CALL_UPDATE ? CALL_UPDATE : CALL_NONE;
	if (facts->done & 1u << verb)
		return following(profile, call, facts);
	if (verb != CALL_PROGRESS)
		first = preparation(profile, facts);
	if (first == CALL_NONE)
		first = teacher(profile, call, facts);
	return first == CALL_NONE ? verb : first;
}

/* Scalars as they are, anything else as JSON. */
static void plain(const json_t *value, struct bytes *out)
{
	char word[64];
	bytes_clear(out);
	if (json_is_string(value)) {
		bytes_text(out, json_string_value(value));
	} else if (json_is_object(value) || json_is_array(value)) {
		char *text = json_dumps(value, JSON_COMPACT);
		bytes_text(out, text ? text : "");
		free(text);
	} else {
		bytes_text(out, codec_word(value, word, sizeof word));
	}
}

static bool write_path(const struct template_scope *scope, const json_t *call,
                       struct http_call *http, struct error *err)
{
	const char *path = json_string_value(json_object_get(call, "path"));
	struct bytes line = { 0 }, value = { 0 };
	json_t *query = json_object_get(call, "query");
	json_t *made = query ? template_expand(scope, query, err) : json_object();
	bool good = made && template_line(scope, path ? path : "", true, &line, err);
	const char *name, *join = path && strchr(path, '?') ? "&" : "?";
	json_t *member;
	json_object_foreach(made, name, member) {
		plain(member, &value);
		bytes_format(&line, "%s%s=", join, name);
		body_percent(&line, bytes_string(&value));
		join = "&";
	}
	good = good && address_write(scope->profile, bytes_string(&line),
	                             scope->facts->practice_port, http, err);
	json_decref(made);
	bytes_free(&line);
	bytes_free(&value);
	return good;
}

static bool write_headers(const struct template_scope *scope, const json_t *headers,
                          struct http_call *http, struct error *err)
{
	const char *name;
	json_t *line;
	json_object_foreach((json_t *)(uintptr_t)headers, name, line) {
		struct bytes text = { 0 };
		bool good = json_is_string(line) &&
		            template_line(scope, json_string_value(line), false, &text, err);
		if (good)
			http_header(http, "%s: %s", name, bytes_string(&text));
		bytes_free(&text);
		if (!good)
			return false;
	}
	return true;
}

static void add_file(struct http_call *http, const char *field, const json_t *file)
{
	const char *name = json_string_value(json_object_get(file, "name"));
	const char *type = json_string_value(json_object_get(file, "media_type"));
	body_multipart_file(&http->body, field, name ? name : "tep",
	                    type ? type : "application/octet-stream",
	                    json_integer_value(json_object_get(file, "id")),
	                    json_integer_value(json_object_get(file, "size")));
}

static bool write_multipart(const struct template_scope *scope, const json_t *parts,
                            struct http_call *http, struct error *err)
{
	json_t *fields = template_expand(scope, json_object_get(parts, "fields"), err);
	const json_t *files = json_object_get(parts, "files");
	const char *field = json_string_value(json_object_get(files, "field")), *name;
	json_t *value;
	if (!fields)
		return false;
	json_object_foreach(fields, name, value) {
		struct bytes text = { 0 };
		plain(value, &text);
		body_multipart_text(&http->body, name, bytes_string(&text));
		bytes_free(&text);
	}
	json_decref(fields);
	/* The one at hand, or those that the template chooses. */
	if (field && scope->file) {
		add_file(http, field, scope->file);
	} else if (field) {
		json_t *each = json_deep_copy(files);
		json_object_set_new(each, "each", json_string("files"));
		json_object_set_new(each, "item", json_pack("{s:s, s:s}", "$", "item", "as", "raw"));
		json_t *chosen = template_expand(scope, each, err);
		for (size_t i = 0; i < json_array_size(chosen); i++)
			add_file(http, field, json_array_get(chosen, i));
		json_decref(each);
		bool good = chosen;
		json_decref(chosen);
		if (!good)
			return false;
	}
	body_multipart_end(&http->body);
	return true;
}

static bool write_form(const struct template_scope *scope, const json_t *form,
                       struct http_call *http, struct error *err)
{
	json_t *fields = template_expand(scope, form, err), *value;
	const char *name;
	struct bytes text = { 0 };
	json_object_foreach(fields, name, value) {
		long long file, size;
		plain(value, &text);
		if (sscanf(bytes_string(&text), "\001file:%lld:%lld", &file, &size) == 2)
			body_form_file(&http->body, name, file, size);
		else
			body_form_text(&http->body, name, bytes_string(&text));
	}
	bytes_free(&text);
	bool good = fields;
	json_decref(fields);
	return good;
}

static bool write_body(const struct template_scope *scope, const json_t *call,
                       struct http_call *http, struct error *err)
{
	const json_t *body = json_object_get(call, "body");
	const json_t *form = json_object_get(call, "form");
	const json_t *parts = json_object_get(call, "multipart");
	if (parts)
		return write_multipart(scope, parts, http, err);
	if (form)
		return write_form(scope, form, http, err);
	if (!body)
		return true;
	json_t *json = template_expand(scope, body, err);
	if (json)
		body_json(&http->body, json);
	bool good = json;
	json_decref(json);
	return good;
}

static const char *method_of(const json_t *call)
{
	static const char *const known[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
	const char *word = json_string_value(json_object_get(call, "method"));
	for (size_t i = 0; word && i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i], word) == 0)
			return known[i];
	return NULL;
}

static bool write_call(const struct profile *profile, enum call_kind kind,
                       const struct call_facts *facts, struct http_call *http, struct error *err)
{
	const json_t *call = json_call(profile, kind);
	if (!call && kind == CALL_LOGIN)
		return auth_login(profile, facts, http, err);
	http_blank(http);
	if (!call && kind == CALL_UPDATE)
		return fail(err, FAULT_INPUT, _("%s không có cách sửa hồ sơ đã gửi: hãy sửa trên hệ thống đó"), profile->name);
	if (!call) {
		fail(err, FAULT_BUG, _("%s không có cách nào cho việc này"), profile->name);
		return because(err, "%s: no call %s", profile->code, call_word(kind));
	}
	struct template_scope scope = { .profile = profile, .facts = facts,
		                        .file = kind == CALL_UPLOAD ? json_file(profile, facts)
		                                                    : NULL };
	http->method = method_of(call);
	if (!write_path(&scope, call, http, err) ||
	    !write_headers(&scope, json_object_get(profile->data, "headers"), http, err) ||
	    !write_headers(&scope, json_object_get(call, "headers"), http, err) ||
	    !write_body(&scope, call, http, err))
		return false;
	if (kind != CALL_LOGIN)
		auth_sign(profile, facts, http);
	return true;
}

static bool nothing(const json_t *value)
{
	return !value || json_is_null(value) ||
	       (json_is_string(value) && !*json_string_value(value));
}

/* Into memory, member by member; or whole under a key of known or of files. */
static void keep(enum call_kind kind, const struct call_facts *facts, const json_t *file,
                 json_t *found)
{
	const char *name;
	json_t *value;
	json_t *into = kind == CALL_PROCEDURE ? facts->known : facts->memory;
	const char *folder = kind == CALL_PROCEDURE ? "procedures" : "files";
	char key[64];
	if (kind != CALL_PROCEDURE && kind != CALL_UPLOAD) {
		json_object_foreach(found, name, value)
			if (!nothing(value))
				json_object_set(facts->memory, name, value);
		return;
	}
	if (kind == CALL_PROCEDURE)
		snprintf(key, sizeof key, "%s", procedure_of(facts));
	else
		codec_word(json_object_get(file, "id"), key, sizeof key);
	if (!json_object_get(into, folder))
		json_object_set_new(into, folder, json_object());
	json_object_set(json_object_get(into, folder), key, found);
}

static bool learn(const struct profile *profile, enum call_kind kind, const struct answer *answer,
                  struct call_facts *facts, struct error *err)
{
	const json_t *wanted = json_object_get(json_call(profile, kind), "learn");
	bool other;
	if (!wanted)
		return true;
	json_t *from = kind == CALL_ASK ? json_item(profile, answer, facts->code, &other)
	                                : json_incref(answer->root);
	if (!from)
		return true; /* they do not have it, or said nothing */
	struct template_scope scope = { .profile = profile, .facts = facts, .answer = from,
		                        .file = kind == CALL_UPLOAD ? json_file(profile, facts)
		                                                    : NULL };
	json_t *found = template_expand(&scope, wanted, err);
	if (found)
		keep(kind, facts, scope.file, found);
	bool good = found;
	json_decref(found);
	json_decref(from);
	return good;
}

static void read_session(const struct profile *profile, const struct answer *answer, char *out,
                         size_t room, int *seconds)
{
	const json_t *call = json_call(profile, CALL_LOGIN);
	const char *path = json_string_value(json_object_get(call, "session"));
	const char *expires = json_string_value(json_object_get(call, "expires"));
	if (!path) {
		auth_session(profile, answer, out, room, seconds);
		return;
	}
	json_t *token = codec_path(answer->root, path);
	json_t *life = expires ? codec_path(answer->root, expires) : NULL;
	const char *text = json_string_value(token);
	long number = 0;
	bool fits = text && strlen(text) < room;
	snprintf(out, room, "%s", fits ? text : "");
	*seconds = codec_number(life, &number) && number > 0 && number < 86400 ? (int)number : 0;
	json_decref(token);
	json_decref(life);
}

const struct connector connector_json = {
	.family = "json",
	.next = next,
	.write = write_call,
	.learn = learn,
	.read_session = read_session,
	.read_view = json_read_view,
	.read_list = json_read_list,
	.read_reply = json_read_reply,
};
