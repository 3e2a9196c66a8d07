/* SPDX-License-Identifier: Apache-2.0
 *
 * Token, number, files, dossier, progress, status: which call comes next, where
 * it goes and what is kept of its answer. */
#include "core/courier/igate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/say.h"
#include "core/courier/address.h"
#include "core/courier/agency.h"
#include "core/courier/auth.h"
#include "core/courier/codec.h"
#include "core/courier/filing_read.h"
#include "core/courier/rights.h"
#include "core/courier/template.h"

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

const char *igate_number(const struct call_facts *facts)
{
	const char *number = word(facts->memory, "number");
	return *number ? number : word(facts->payload, "foreign_code");
}

const char *igate_id(const struct call_facts *facts)
{
	return word(facts->memory, "id");
}

const json_t *igate_file(const struct call_facts *facts, const json_t *file)
{
	char key[32];
	snprintf(key, sizeof key, "%lld",
	         (long long)json_integer_value(json_object_get(file, "id")));
	return json_object_get(json_object_get(facts->memory, "files"), key);
}

const char *igate_agency(const struct profile *profile, const struct call_facts *facts)
{
	const char *own = profile_text(profile, "unit_code", "");
	const json_t *other = agency_elsewhere(facts->payload, profile_text(profile, "addressee", "receiving"));
	if (!*own)
		own = word(json_object_get(facts->payload, "unit"), "eid");
	return other ? agency_code(profile, other, own) : own;
}

static const char *path_of(const struct profile *profile, enum call_kind kind)
{
	return word(json_object_get(profile->data, "paths"), call_word(kind));
}

static const char *procedure_of(const struct call_facts *facts)
{
	return word(json_object_get(facts->payload, "procedure"), "code");
}

/* The id of the pattern their numbers of this procedure follow. */
static const char *pattern_of(const struct call_facts *facts)
{
	return word(json_object_get(json_object_get(facts->known, "procedures"),
	                            procedure_of(facts)),
	            "pattern");
}

/* The first file that is not there yet. */
static const json_t *next_file(const struct call_facts *facts)
{
	for (size_t i = 0; i < json_array_size(facts->files); i++)
		if (!igate_file(facts, json_array_get(facts->files, i)))
			return json_array_get(facts->files, i);
	return NULL;
}

static enum call_kind next(const struct profile *profile, const struct call_facts *facts,
                           enum call_kind verb)
{
	bool there = *igate_id(facts), asked = facts->done & 1u << CALL_ASK;
	if (verb == CALL_PROGRESS) {
		/* Their id of it was in an answer that never came. */
		if (!there && !asked && *igate_number(facts))
			return CALL_ASK;
		return !(facts->done & 1u << CALL_PROGRESS) ? CALL_PROGRESS
		       : !(facts->done & 1u << CALL_STATUS) ? CALL_STATUS
		                                            : CALL_NONE;
	}
	if (facts->done & 1u << verb)
		return CALL_NONE;
	if (verb == CALL_UPDATE && !*path_of(profile, CALL_UPDATE))
		return there || asked ? CALL_UPDATE : CALL_ASK;
	if (!*igate_number(facts)) {
		if (*path_of(profile, CALL_PROCEDURE) && !*pattern_of(facts))
			return CALL_PROCEDURE;
		return CALL_NUMBER;
	}
	return next_file(facts) ? CALL_UPLOAD : verb;
}

/* The window of a list: from the cursor or the question, no wider than they
 * allow. */
static void put_window(const struct profile *profile, const struct call_facts *facts, bool end,
                       char *out, size_t room)
{
	char text[48];
	moment_t most = (moment_t)profile_number(profile, "list_days", 5) * 86400;
	moment_t from = codec_moment(facts->cursor && *facts->cursor
	                                     ? facts->cursor
	                                     : codec_text(facts->payload, "from", text, sizeof text));
	moment_t to = codec_moment(codec_text(facts->payload, "to", text, sizeof text));
	/* A day stands for the whole of it. */
	if (to != MOMENT_NONE && strlen(text) == 10)
		to += 86399;
	out[0] = '\0';
	if (from == MOMENT_NONE)
		return;
	if (to == MOMENT_NONE || to > from + most)
		to = from + most;
	moment_write_wire(end ? to : from, out, room);
}

/* What {name} stands for; false when it is not known. */
static bool fill_word(const struct profile *profile, const struct call_facts *facts,
                      const char *name, char *out, size_t room)
{
	const char *text = NULL;
	if (strcmp(name, "procedure") == 0)
		text = procedure_of(facts);
	else if (strcmp(name, "agency") == 0)
		text = igate_agency(profile, facts);
	else if (strcmp(name, "pattern") == 0)
		text = pattern_of(facts);
	else if (strcmp(name, "number") == 0)
		text = igate_number(facts);
	else if (strcmp(name, "id") == 0)
		text = igate_id(facts);
	if (text)
		snprintf(out, room, "%s", text);
	else if (strcmp(name, "from") == 0 || strcmp(name, "to") == 0)
		put_window(profile, facts, *name == 't', out, room);
	else if (strcmp(name, "size") == 0 && !*codec_text(facts->payload, name, out, room))
		snprintf(out, room, "%ld", profile_number(profile, "list_size", 200));
	else
		codec_text(facts->payload, name, out, room);
	return *out;
}

static bool fill_path(const struct profile *profile, const struct call_facts *facts,
                      const char *pattern, struct bytes *out, struct error *err)
{
	while (*pattern) {
		char name[24], value[300];
		size_t n = strcspn(pattern, "{");
		bytes_add(out, pattern, n);
		pattern += n;
		if (!*pattern)
			break;
		n = strcspn(pattern, "}");
		snprintf(name, sizeof name, "%.*s", (int)n - 1, pattern + 1);
		if (!fill_word(profile, facts, name, value, sizeof value)) {
			fail(err, FAULT_OFFLINE, _("Chưa biết mã của hồ sơ tại %s"), profile->name);
			return because(err, "{%s} of the path is not known", name);
		}
		body_percent(out, value);
		pattern += n + (pattern[n] == '}');
	}
	return true;
}

/* "METHOD /path" of the profile. */
static bool address(const struct profile *profile, enum call_kind kind,
                    const struct call_facts *facts, struct http_call *call, struct error *err)
{
	static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
	struct bytes path = { 0 };
	const char *pattern = path_of(profile, kind);
	size_t n = strcspn(pattern, " ");
	if (!*pattern)
		return fail(err, FAULT_INPUT,
		            kind == CALL_UPDATE
		                    ? _("%s không có cách sửa hồ sơ đã gửi: hãy sửa trên hệ thống đó")
		                    : _("%s không có việc này"),
		            profile->name);
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (strlen(methods[i]) == n && strncmp(methods[i], pattern, n) == 0)
			call->method = methods[i];
	bool good = fill_path(profile, facts, pattern + n + strspn(pattern + n, " "), &path, err) &&
	            address_write(profile, bytes_string(&path), facts->practice_port, call, err);
	bytes_free(&path);
	return good;
}

static bool forbidden(const struct profile *profile, const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t i;
	json_t *ending;
	json_array_foreach(json_object_get(profile->data, "forbidden_files"), i, ending)
		if (dot && strcasecmp(dot, json_string_value(ending)) == 0)
			return true;
	return false;
}

static bool put_file(const struct profile *profile, const struct call_facts *facts,
                     struct http_call *call, struct error *err)
{
	const json_t *file = next_file(facts);
	const char *name = word(file, "name"), *type = word(file, "media_type");
	json_int_t size = json_integer_value(json_object_get(file, "size"));
	long most = profile_number(profile, "max_file_bytes", 10L << 20);
	if (forbidden(profile, name))
		return fail(err, FAULT_INPUT, _("%s không nhận tệp loại này: “%s”"), profile->name,
		            name);
	if (size > most)
		return fail(err, FAULT_INPUT, _("Tệp “%s” lớn hơn mức %s nhận (%ld MB)"), name,
		            profile->name, most >> 20);
	if (*profile_text(profile, "account_id", ""))
		body_multipart_text(&call->body, "account-id",
		                    profile_text(profile, "account_id", ""));
	body_multipart_file(&call->body, profile_text(profile, "file_field", "files"), name,
	                    *type ? type : "application/octet-stream",
	                    json_integer_value(json_object_get(file, "id")), size);
	body_multipart_end(&call->body);
	return true;
}

/* Members that one tenant wants otherwise: templates of "fields": {call: {…}}. */
static bool put_fields(const struct profile *profile, enum call_kind kind,
                       const struct call_facts *facts, json_t *json, struct error *err)
{
	const struct template_scope scope = { .profile = profile, .facts = facts };
	const char *name;
	json_t *node;
	json_object_foreach(json_object_get(json_object_get(profile->data, "fields"), call_word(kind)), name,
	                    node) {
		json_t *value = template_expand(&scope, node, err);
		if (!value)
			return false;
		json_object_set_new(json, name, value);
	}
	return true;
}

/* json is taken over; a list of it where they want one. */
static bool put_json(const struct profile *profile, enum call_kind kind,
                     const struct call_facts *facts, json_t *json, struct http_call *call,
                     struct error *err)
{
	bool list = kind == CALL_PROGRESS || kind == CALL_STATUS;
	bool good = json && put_fields(profile, kind, facts, json, err);
	if (good && list) {
		json_t *items = json_pack("[O]", json);
		body_json(&call->body, items);
		json_decref(items);
	} else if (good) {
		body_json(&call->body, json);
	}
	json_decref(json);
	return good;
}

static bool write_call(const struct profile *profile, enum call_kind kind,
                       const struct call_facts *facts, struct http_call *call, struct error *err)
{
	if (kind == CALL_LOGIN)
		return auth_login(profile, facts, call, err);
	if (!address(profile, kind, facts, call, err))
		return false;
	auth_sign(profile, facts, call);
	call->reply_limit = kind == CALL_FILING ? FILING_REPLY : 0;
	json_t *json = NULL;
	switch (kind) {
	case CALL_UPLOAD:
		return put_file(profile, facts, call, err);
	case CALL_ADD:
	case CALL_UPDATE:
		json = igate_dossier(profile, facts, err);
		break;
	case CALL_PROGRESS:
		json = igate_progress(profile, facts, err);
		break;
	case CALL_STATUS:
		json = igate_status(profile, facts, err);
		break;
	case CALL_RIGHTS:
		json = json_pack("{s:o}", "danhSach", rights_items(facts->payload));
		break;
	case CALL_ACK:
		json = json_pack("{s:s, s:b}", igate_name(profile, "maHoSo"), igate_number(facts),
		                 "daNhan", 1);
		break;
	default:
		return true;
	}
	return put_json(profile, kind, facts, json, call, err);
}

static json_t *inner(json_t *object, const char *name)
{
	if (!json_object_get(object, name))
		json_object_set_new(object, name, json_object());
	return json_object_get(object, name);
}

static bool lacks(const struct profile *profile, const char *what, struct error *err)
{
	return fail(err, FAULT_INPUT, _("%s báo thành công nhưng không cho %s"), profile->name,
	            _(what));
}

/* A text finding into object.name; false when it is not there. */
static bool keep(const struct profile *profile, const struct answer *answer, const char *finding,
                 json_t *object, const char *name)
{
	char text[160];
	json_t *value = igate_found(profile, finding, answer->root);
	codec_word(value, text, sizeof text);
	json_decref(value);
	if (*text)
		json_object_set_new(object, name, json_string(text));
	return *text;
}

static bool learn_file(const struct profile *profile, const struct answer *answer,
                       struct call_facts *facts, struct error *err)
{
	char key[32], id[160], hash[160];
	json_t *found = igate_found(profile, "file", answer->root);
	codec_text(found, igate_name(profile, "IdTepTin"), id, sizeof id);
	codec_text(found, igate_name(profile, "HashTepTin"), hash, sizeof hash);
	json_decref(found);
	if (!*id)
		return lacks(profile, N_("mã của tệp"), err);
	snprintf(key, sizeof key, "%lld",
	         (long long)json_integer_value(json_object_get(next_file(facts), "id")));
	json_object_set_new(inner(facts->memory, "files"), key,
	                    json_pack("{s:s, s:s}", "id", id, "hash", hash));
	return true;
}

/* Is what they told about the dossier that was asked for? */
static bool learn_asked(const struct profile *profile, const struct answer *answer,
                        struct call_facts *facts, struct error *err)
{
	char number[64];
	json_t *view = igate_found(profile, "view", answer->root);
	codec_text(view, igate_name(profile, "maHoSo"), number, sizeof number);
	bool there = json_is_object(view) && json_object_size(view);
	json_decref(view);
	if (!there)
		return true;
	if (*number && strcasecmp(number, igate_number(facts)) != 0)
		return fail(err, FAULT_OFFLINE, _("Bên nhận trả lời về hồ sơ khác"));
	return keep(profile, answer, "view_id", facts->memory, "id") ||
	       lacks(profile, N_("mã định danh hồ sơ"), err);
}

static bool learn(const struct profile *profile, enum call_kind kind, const struct answer *answer,
                  struct call_facts *facts, struct error *err)
{
	json_t *procedure;
	switch (kind) {
	case CALL_PROCEDURE:
		procedure = inner(inner(facts->known, "procedures"), procedure_of(facts));
		return keep(profile, answer, "pattern", procedure, "pattern") ||
		       fail(err, FAULT_INPUT, _("%s chưa có thủ tục %s trong danh mục"),
		            profile->name, procedure_of(facts));
	case CALL_NUMBER:
		return keep(profile, answer, "number", facts->memory, "number") ||
		       lacks(profile, N_("số hồ sơ"), err);
	case CALL_UPLOAD:
		return learn_file(profile, answer, facts, err);
	case CALL_ASK:
		return learn_asked(profile, answer, facts, err);
	case CALL_ADD:
		return keep(profile, answer, "id", facts->memory, "id") ||
		       lacks(profile, N_("mã định danh hồ sơ"), err);
	default:
		return true;
	}
}

const struct connector connector_igate = {
	.family = "igate",
	.next = next,
	.write = write_call,
	.learn = learn,
	.read_session = auth_session,
	.read_view = igate_read_view,
	.read_list = igate_read_list,
	.read_filings = igate_read_filings,
	.read_filing = igate_read_filing,
	.read_reply = igate_read_reply,
};
