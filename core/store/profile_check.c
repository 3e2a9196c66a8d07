/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/profile_check.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/say.h"

/* A misspelt member would be silently nothing: every one must be known. */
static const char *const members[] = {
	"about", "account", "account_id", "ack", "addressee", "agency", "ask_seconds", "asks", "auth",
	"back_off_most_seconds", "back_off_seconds", "base_url", "breaker_most_seconds",
	"breaker_seconds", "ca_file", "call_path", "calls", "cert_file", "channel", "connect_ms",
	"dstcode", "dstcode_in", "enabled", "family", "fields", "file_field", "files", "filings",
	"forbidden_files", "found", "header", "headers", "hosts", "inbound", "integration", "key_file",
	"like", "link_hosts", "list", "list_days", "list_size", "login_path", "lookups",
	"manual", "maps", "max_batch", "max_file_bytes", "max_inflight", "mode", "names", "note",
	"own_code", "paths", "phrases", "plain_words", "poll", "practice", "provider_url",
	"province", "province_name", "quiet", "rate", "reply", "rights", "service", "session_seconds", "site",
	"site_id", "steps", "template", "templates", "told_seconds", "total_ms", "transport", "unit_code",
	"username", "view", "xroad", "xroad_client", NULL,
};
static const char *const families[] = { "ndxp", "igate", "json", "manual", NULL };
/* Names under which people put what must stay with the courier. */
static const char *const secret_parts[] = {
	"password", "passwd", "pwd", "secret", "token", "api_key", "api-key", "apikey", "private_key",
	"authorization", "cookie", NULL,
};

static bool listed(const char *const *list, const char *word)
{
	for (; *list; list++)
		if (strcasecmp(*list, word) == 0)
			return true;
	return false;
}

static bool secret_name(const char *name)
{
	for (const char *const *part = secret_parts; *part; part++)
		if (strcasestr(name, *part))
			return true;
	return false;
}

static bool bad(struct error *err, const char *code, const char *member, const char *what)
{
	fail(err, FAULT_INPUT, _("Hồ sơ kết nối “%s”, mục %s: %s"), code, member, what);
	return because(err, "profile %s: %s", code, member);
}

/* The names of things are no secrets: {"password": "matkhau"} tells how their field
 * is called, "{secret}" where ours is put in. */
static bool is_name(const char *path, const char *text)
{
	return !*text || strchr(text, '{') || strstr(path, "names.") || strstr(path, "phrases") ||
	       strstr(path, "maps.") || strstr(path, "found.") || strstr(path, "reply") ||
	       strstr(path, "paths.") || strncmp(path, "auth.token", 10) == 0 ||
	       strncmp(path, "auth.renew.token", 16) == 0;
}

/* What only a secret looks like, whatever its name: a key, a web token, a
 * password inside an address. */
static bool looks_secret(const char *text)
{
	const char *scheme = strstr(text, "://");
	const char *at = scheme ? strchr(scheme + 3, '@') : NULL;
	const char *slash = scheme ? strchr(scheme + 3, '/') : NULL;
	if (strstr(text, "-----BEGIN") || (strncmp(text, "eyJ", 3) == 0 && strlen(text) > 40))
		return true;
	if ((strncasecmp(text, "Bearer ", 7) == 0 || strncasecmp(text, "Basic ", 6) == 0) &&
	    !strchr(text, '{') && strlen(text) > 12)
		return true;
	return at && (!slash || at < slash);
}

static bool no_secrets(const char *code, const char *path, const char *key, const json_t *value,
                       struct error *err)
{
	char inner[200];
	const char *name;
	json_t *one;
	size_t i;
	if (json_is_string(value)) {
		const char *text = json_string_value(value);
		if (looks_secret(text) || (secret_name(key) && !is_name(path, text)))
			return bad(err, code, path,
			           _("mật khẩu, khoá không được để ở đây; để trong tệp courier.secrets."));
		return true;
	}
	json_object_foreach((json_t *)(uintptr_t)value, name, one) {
		snprintf(inner, sizeof inner, "%s%s%s", path, *path ? "." : "", name);
		if (!no_secrets(code, inner, name, one, err))
			return false;
	}
	json_array_foreach(value, i, one)
		if (!no_secrets(code, path, key, one, err))
			return false;
	return true;
}

static bool is_word(const json_t *theirs)
{
	return json_is_string(theirs) || json_is_integer(theirs) || json_is_null(theirs);
}

/* Several words of theirs that mean the same here. */
static bool are_words(const json_t *theirs)
{
	size_t n = json_array_size(theirs);
	for (size_t i = 0; i < n; i++)
		if (!json_is_string(json_array_get(theirs, i)))
			return false;
	return n > 0;
}

static bool maps_are_whole(const char *code, const json_t *maps, struct error *err)
{
	const char *map, *ours;
	json_t *words, *theirs;
	char path[120];
	json_object_foreach((json_t *)(uintptr_t)maps, map, words) {
		snprintf(path, sizeof path, "maps.%s", map);
		if (!json_is_object(words))
			return bad(err, code, path, _("phải là bảng {mã của ta: mã của họ}."));
		json_object_foreach(words, ours, theirs)
			if (!is_word(theirs) && !are_words(theirs))
				return bad(err, code, path, _("mã của họ phải là chữ hoặc số."));
	}
	return true;
}

static bool fields_are_whole(const char *code, const json_t *manual, struct error *err)
{
	const json_t *fields = json_object_get(manual, "fields"), *field;
	size_t i;
	if (!json_array_size(fields))
		return bad(err, code, "manual.fields", _("chưa nói phải nhập những mục nào."));
	json_array_foreach(fields, i, field) {
		const char *label = json_string_value(json_object_get(field, "label"));
		bool told = json_string_value(json_object_get(field, "from")) ||
		            json_string_value(json_object_get(field, "value"));
		if (!label || !*label || !told)
			return bad(err, code, "manual.fields", _("mỗi mục cần “label” và “from” hoặc “value”."));
	}
	return true;
}

/* Without a key anybody could call; without a reply nobody would know that it was kept. */
static bool inbound_is_whole(const char *code, const json_t *inbound, struct error *err)
{
	const json_t *key = json_object_get(inbound, "key"), *reply = json_object_get(inbound, "reply");
	bool member = json_string_value(json_object_get(key, "member"));
	bool header = json_string_value(json_object_get(key, "header"));
	if (!inbound)
		return true;
	if (member == header)
		return bad(err, code, "inbound.key", _("phải nói mã bảo mật đứng ở đâu: “member” hoặc “header”."));
	if (!json_is_object(json_object_get(reply, "taken")) || !json_is_object(json_object_get(reply, "failed")))
		return bad(err, code, "inbound.reply", _("phải có lời đáp “taken” và “failed”."));
	return true;
}

bool profile_check(const char *code, const json_t *data, bool strict, struct error *err)
{
	const char *key, *family = json_string_value(json_object_get(data, "family"));
	json_t *value;
	if (!json_is_object(data))
		return bad(err, code, "—", _("không phải một hồ sơ."));
	json_object_foreach((json_t *)(uintptr_t)data, key, value)
		if (strict && !listed(members, key))
			return bad(err, code, key, _("mục lạ, không chương trình nào đọc; kiểm tra chính tả."));
	if (!family || !listed(families, family))
		return bad(err, code, "family", _("phải là ndxp, igate, json hoặc manual."));
	if (!no_secrets(code, "", "", data, err) ||
	    !maps_are_whole(code, json_object_get(data, "maps"), err) ||
	    !inbound_is_whole(code, json_object_get(data, "inbound"), err))
		return false;
	return strcmp(family, "manual") != 0 || fields_are_whole(code, json_object_get(data, "manual"), err);
}
