/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/auth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/date.h"
#include "core/base/say.h"
#include "core/courier/address.h"
#include "core/courier/codec.h"

static const json_t *auth_of(const struct profile *profile)
{
	return json_object_get(profile->data, "auth");
}

static const char *own(const struct profile *profile, const char *key, const char *fallback)
{
	const char *text = json_string_value(json_object_get(auth_of(profile), key));
	return text ? text : fallback;
}

static bool mode_is(const struct profile *profile, const char *mode)
{
	return strcmp(own(profile, "mode", "session"), mode) == 0;
}

static const char *account(const struct profile *profile)
{
	return profile_text(profile, "account", "");
}

const char *auth_secret(const struct call_facts *facts, const char *name)
{
	const char *named = json_string_value(json_object_get(facts->secrets, name));
	const char *plain = json_string_value(json_object_get(facts->secrets, ""));
	return named ? named : plain ? plain : facts->secret ? facts->secret : "";
}

/* "{secret}", "{secret:name}", "{account}" and "{renewal}" filled in. */
static void expand(const struct profile *profile, const struct call_facts *facts, const char *text,
                   struct bytes *out)
{
	char name[64];
	int n;
	for (; *text; text++) {
		n = 0;
		if (strncmp(text, "{secret}", 8) == 0) {
			bytes_text(out, auth_secret(facts, ""));
			text += 7;
		} else if (sscanf(text, "{secret:%63[a-z0-9_]}%n", name, &n) == 1 && n) {
			bytes_text(out, auth_secret(facts, name));
			text += n - 1;
		} else if (strncmp(text, "{account}", 9) == 0) {
			bytes_text(out, account(profile));
			text += 8;
		} else if (strncmp(text, "{renewal}", 9) == 0) {
			bytes_text(out, facts->renewal ? facts->renewal : "");
			text += 8;
		} else {
			bytes_byte(out, (uint8_t)*text);
		}
	}
}

static json_t *expanded(const struct profile *profile, const struct call_facts *facts,
                        json_t *members)
{
	json_t *all = json_object();
	const char *name;
	json_t *value;
	json_object_foreach(members, name, value) {
		struct bytes text = { 0 };
		if (!json_is_string(value)) {
			json_object_set(all, name, value);
			continue;
		}
		expand(profile, facts, json_string_value(value), &text);
		json_object_set_new(all, name, json_string(bytes_string(&text)));
		bytes_free(&text);
	}
	return all;
}

static void put_keys(const struct profile *profile, const struct call_facts *facts,
                     struct http_call *call)
{
	json_t *keys = expanded(profile, facts, json_object_get(auth_of(profile), "keys"));
	const char *name;
	json_t *value;
	json_object_foreach(keys, name, value)
		http_header(call, "%s: %s", name, json_string_value(value));
	json_decref(keys);
}

static void put_basic(struct http_call *call, const char *user, const char *password)
{
	struct bytes pair = { 0 }, coded = { 0 };
	bytes_format(&pair, "%s:%s", user, password);
	body_base64(&coded, pair.data, pair.size);
	http_header(call, "Authorization: Basic %s", bytes_string(&coded));
	bytes_free(&pair);
	bytes_free(&coded);
}

static void put_lgsp(const struct profile *profile, const struct call_facts *facts,
                     struct http_call *call)
{
	struct bytes coded = { 0 };
	json_t *json = expanded(profile, facts, json_object_get(auth_of(profile), "lgsp"));
	char *text = json_dumps(json, JSON_COMPACT);
	if (!text)
		abort();
	body_base64(&coded, text, strlen(text));
	http_header(call, "lgspaccesstoken: %s", bytes_string(&coded));
	bytes_free(&coded);
	free(text);
	json_decref(json);
}

/* Members of the request, by our names. */
static json_t *request(const struct profile *profile, const struct call_facts *facts)
{
	bool in_basic = strcmp(own(profile, "client_in", "form"), "basic") == 0;
	bool password = mode_is(profile, "password");
	const char *client = own(profile, "client_id", password ? "" : account(profile));
	json_t *body = json_object();
	if (strcmp(own(profile, "client_in", "form"), "json") != 0)
		json_object_set_new(body, "grant_type",
		                    json_string(password ? "password" : "client_credentials"));
	if (password) {
		json_object_set_new(body, "username",
		                    json_string(own(profile, "user", account(profile))));
		json_object_set_new(body, "password", json_string(auth_secret(facts, "password")));
	}
	if (*client && !in_basic && !mode_is(profile, "lgsp")) {
		json_object_set_new(body, "client_id", json_string(client));
		json_object_set_new(body, "client_secret",
		                    json_string(auth_secret(facts, "client_secret")));
	}
	if (*own(profile, "scope", ""))
		json_object_set_new(body, "scope", json_string(own(profile, "scope", "")));
	return body;
}

/* The same under their names, with their extra members. */
static json_t *renamed(const struct profile *profile, const struct call_facts *facts, json_t *body)
{
	const json_t *names = json_object_get(auth_of(profile), "names");
	json_t *all = json_object();
	json_t *more = expanded(profile, facts, json_object_get(auth_of(profile), "fields"));
	const char *name;
	json_t *value;
	json_object_foreach(body, name, value) {
		const char *theirs = json_string_value(json_object_get(names, name));
		json_object_set(all, theirs ? theirs : name, value);
	}
	json_object_update(all, more);
	json_decref(more);
	json_decref(body);
	return all;
}

static void put_form(struct http_call *call, const json_t *body)
{
	const char *name;
	json_t *value;
	char number[32];
	json_object_foreach((json_t *)(uintptr_t)body, name, value) {
		snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
		const char *text = json_string_value(value);
		body_form_text(&call->body, name, text ? text : number);
	}
}

/* How a session is renewed, when it can be. */
static const json_t *renewing(const struct profile *profile, const struct call_facts *facts)
{
	return facts->renewal && *facts->renewal ? json_object_get(auth_of(profile), "renew") : NULL;
}

static void put_body(const struct profile *profile, const struct call_facts *facts,
                     struct http_call *call)
{
	const json_t *renew = renewing(profile, facts);
	json_t *body = renew ? expanded(profile, facts, json_object_get(renew, "fields"))
	                     : renamed(profile, facts, request(profile, facts));
	if (renew || strcmp(own(profile, "client_in", "form"), "json") == 0)
		body_json(&call->body, body);
	else
		put_form(call, body);
	json_decref(body);
}

bool auth_login(const struct profile *profile, const struct call_facts *facts,
                struct http_call *call, struct error *err)
{
	const char *renew = json_string_value(json_object_get(renewing(profile, facts), "path"));
	const char *path = renew ? renew : own(profile, "path", "/token");
	http_blank(call);
	if (!mode_is(profile, "client") && !mode_is(profile, "password") &&
	    !mode_is(profile, "lgsp"))
		return fail(err, FAULT_BUG, _("Hồ sơ kết nối “%s” không có cách đăng nhập chung"),
		            profile->name);
	if (!address_write(profile, strstr(path, "://") ? "" : path, facts->practice_port, call, err))
		return false;
	if (strstr(path, "://"))
		snprintf(call->url, sizeof call->url, "%s", path);
	if (mode_is(profile, "lgsp"))
		put_lgsp(profile, facts, call);
	else if (strcmp(own(profile, "client_in", "form"), "basic") == 0)
		put_basic(call, own(profile, "client_id", account(profile)),
		          auth_secret(facts, "client_secret"));
	if (json_is_true(json_object_get(auth_of(profile), "keys_at_login")))
		put_keys(profile, facts, call);
	put_body(profile, facts, call);
	return true;
}

void auth_sign(const struct profile *profile, const struct call_facts *facts,
               struct http_call *call)
{
	const char *scheme = own(profile, "scheme", "Bearer");
	if (mode_is(profile, "basic"))
		put_basic(call, own(profile, "client_id", account(profile)),
		          auth_secret(facts, "password"));
	else if (facts->session && *facts->session &&
	         (mode_is(profile, "client") || mode_is(profile, "password") ||
	          mode_is(profile, "lgsp")))
		http_header(call, "%s: %s%s%s", own(profile, "header", "Authorization"), scheme,
		            *scheme ? " " : "", facts->session);
	if (mode_is(profile, "lgsp"))
		put_lgsp(profile, facts, call);
	put_keys(profile, facts, call);
}

/* "data.access_token": member by member, whatever their case. */
static json_t *at_path(json_t *root, const char *path)
{
	char name[64];
	while (root && *path) {
		size_t n = strcspn(path, ".");
		if (n >= sizeof name)
			return NULL;
		memcpy(name, path, n);
		name[n] = '\0';
		root = codec_member(root, name);
		path += n + (path[n] == '.');
	}
	return root;
}

/* The first of the rules' paths, or of ours, that leads somewhere. */
static json_t *find(const json_t *rules, const struct answer *answer, const char *key,
                    const char *const *usual)
{
	json_t *paths = json_object_get(rules, key), *found = NULL, *path;
	size_t i;
	if (json_is_string(paths))
		return at_path(answer->root, json_string_value(paths));
	json_array_foreach(paths, i, path)
		if (!found && json_is_string(path))
			found = at_path(answer->root, json_string_value(path));
	for (; !paths && *usual && !found; usual++)
		found = at_path(answer->root, *usual);
	return found;
}

/* A token that can stand in a header's line, and how long it lives at most. */
static void take_token(const json_t *token, json_t *end, long most, char *out, size_t room,
                       int *seconds)
{
	const char *text = json_string_value(token);
	size_t n = text ? strlen(text) : 0;
	long life = 0;
	*out = '\0';
	*seconds = 0;
	if (!n || n >= room)
		return;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)text[i] <= ' ' || text[i] == 127)
			return; /* it would end the header's line */
	snprintf(out, room, "%s", text);
	moment_t at = codec_moment(json_string_value(end) ? json_string_value(end) : "");
	if (at != MOMENT_NONE)
		life = (long)(at - moment_now());
	else if (!codec_number(end, &life))
		return;
	*seconds = (int)(life < 1 ? 1 : life > most ? most : life);
}

void auth_session(const struct profile *profile, const struct answer *answer, char *out, size_t room,
                  int *seconds)
{
	static const char *const tokens[] = { "access_token", "data.access_token", "token",
		                              "data.token", NULL };
	static const char *const ends[] = { "expires_in", "data.expires_in", NULL };
	take_token(find(auth_of(profile), answer, "token", tokens),
	           find(auth_of(profile), answer, "expires", ends), 86400, out, room, seconds);
}

void auth_renewal(const struct profile *profile, const struct answer *answer, char *out, size_t room,
                  int *seconds)
{
	static const char *const nowhere[] = { NULL };
	const json_t *rules = json_object_get(auth_of(profile), "renew");
	take_token(find(rules, answer, "token", nowhere), find(rules, answer, "expires", nowhere),
	           30 * 86400L, out, room, seconds);
}
