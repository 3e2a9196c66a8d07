/* SPDX-License-Identifier: Apache-2.0
 *
 * The shape of the file: which keys there are, and what may stand behind them. */
#include "tui/command/filing.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"

#define LIST_MOST 300

enum shape { TEXT, WHOLE, NUMBER, FLAG, DAY, MOMENT, UUID, NAME_OR_SEQ, OBJECT, OBJECTS, TEXTS };

struct key {
	const char *name;
	enum shape shape;
	long most;                /* characters, or the largest number */
	const struct key *inside; /* of an OBJECT, of each of OBJECTS  */
};

static const struct key person_keys[] = {
	{ "kind", TEXT, 20, NULL },      { "name", TEXT, 300, NULL },
	{ "id_kind", TEXT, 20, NULL },   { "id_number", TEXT, 40, NULL },
	{ "birth", DAY, 0, NULL },       { "sex", TEXT, 10, NULL },
	{ "phone", TEXT, 40, NULL },     { "email", TEXT, 200, NULL },
	{ "address", TEXT, 500, NULL },  { "commune", TEXT, 5, NULL },
	{ "province", TEXT, 2, NULL },   { "representative", TEXT, 300, NULL },
	{ 0 },
};
static const struct key mandate_keys[] = {
	{ "kind", TEXT, 200, NULL }, { "number", TEXT, 100, NULL },
	{ "date", DAY, 0, NULL },    { "note", TEXT, 500, NULL },
	{ 0 },
};
static const struct key component_keys[] = {
	{ "seq", WHOLE, 999, NULL },          { "name", TEXT, 5000, NULL },
	{ "action", TEXT, 20, NULL },         { "state", TEXT, 20, NULL },
	{ "originals", WHOLE, 999, NULL },    { "copies", WHOLE, 999, NULL },
	{ "pages", WHOLE, 9999, NULL },       { "required", FLAG, 0, NULL },
	{ "reason", TEXT, 500, NULL },        { "basis", TEXT, 500, NULL },
	{ "lookup_where", TEXT, 300, NULL },  { "lookup_at", MOMENT, 0, NULL },
	{ "lookup_failed", TEXT, 300, NULL }, { "files", TEXTS, 4000, NULL },
	{ 0 },
};
static const struct key fee_keys[] = {
	{ "name", TEXT, 500, NULL },      { "amount", WHOLE, 1000000000000, NULL },
	{ "quantity", WHOLE, 9999, NULL }, { "basis", TEXT, 500, NULL },
	{ "exempt", TEXT, 300, NULL },
	{ 0 },
};
static const struct key limit_keys[] = {
	{ "value", NUMBER, 3650, NULL }, { "unit", TEXT, 20, NULL }, { "basis", TEXT, 500, NULL },
	{ 0 },
};
static const struct key agency_keys[] = {
	{ "code", TEXT, 35, NULL }, { "name", TEXT, 200, NULL }, { 0 },
};
static const struct key root_keys[] = {
	{ "request_id", UUID, 36, NULL },      { "procedure", TEXT, 40, NULL },
	{ "case", NAME_OR_SEQ, 4000, NULL },   { "channel", TEXT, 20, NULL },
	{ "owner", OBJECT, 0, person_keys },   { "submitter", OBJECT, 0, person_keys },
	{ "mandate", OBJECT, 0, mandate_keys }, { "summary", TEXT, 1000, NULL },
	{ "note", TEXT, 1000, NULL },          { "sets", WHOLE, 99, NULL },
	{ "result_by", TEXT, 20, NULL },       { "return_to", TEXT, 500, NULL },
	{ "components", OBJECTS, 0, component_keys }, { "fees", OBJECTS, 0, fee_keys },
	{ "paid", TEXT, 20, NULL },            { "limit", OBJECT, 0, limit_keys },
	{ "deciding_unit", OBJECT, 0, agency_keys }, { "returning_unit", OBJECT, 0, agency_keys },
	{ "ignore_similar", FLAG, 0, NULL },
	{ 0 },
};

static bool wrong(struct error *err, const char *path, const char *wanted)
{
	fail(err, FAULT_INPUT, _("%s: cần %s."), path, wanted);
	return because(err, "%s: wrong type or value", path);
}

static bool good_text(const json_t *value, long most)
{
	return json_is_string(value) && (long)json_string_length(value) <= most * 4 &&
	       (long)text_count(json_string_value(value)) <= most;
}

static bool good_uuid(const json_t *value)
{
	const char *text = json_is_string(value) ? json_string_value(value) : "";
	if (strlen(text) != 36)
		return false;
	for (int i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		if (dash ? text[i] != '-' : !strchr("0123456789abcdefABCDEF", text[i]))
			return false;
	}
	return true;
}

static bool good_whole(const json_t *value, long most)
{
	return json_is_integer(value) && json_integer_value(value) >= 0 &&
	       json_integer_value(value) <= most;
}

static bool check_keys(struct arena *, const json_t *, const struct key *, const char *path,
                       struct error *);

static bool check_list(struct arena *arena, const json_t *list, const struct key *key,
                       const char *path, struct error *err)
{
	if (!json_is_array(list) || json_array_size(list) > LIST_MOST)
		return wrong(err, path, _("một danh sách"));
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		const char *at = arena_format(arena, "%s[%zu]", path, i + 1);
		if (key->shape == TEXTS) {
			if (!good_text(item, key->most))
				return wrong(err, at, _("một chuỗi chữ"));
		} else if (!check_keys(arena, item, key->inside, at, err)) {
			return false;
		}
	}
	return true;
}

static bool check_value(struct arena *arena, const json_t *value, const struct key *key,
                        const char *path, struct error *err)
{
	const char *text = json_is_string(value) ? json_string_value(value) : "";
	const char *most = arena_format(arena, "%ld", key->most);
	switch (key->shape) {
	case TEXT:
		return good_text(value, key->most) ||
		       wrong(err, path, arena_format(arena, _("một chuỗi không quá %s chữ"), most));
	case WHOLE:
		return good_whole(value, key->most) ||
		       wrong(err, path, arena_format(arena, _("một số nguyên từ 0 đến %s"), most));
	case NUMBER:
		return (json_is_number(value) && json_number_value(value) >= 0 &&
		        json_number_value(value) <= (double)key->most) ||
		       wrong(err, path, arena_format(arena, _("một số từ 0 đến %s"), most));
	case FLAG: return json_is_boolean(value) || wrong(err, path, _("true hoặc false"));
	case DAY: return day_read_iso(text) != DAY_NONE || wrong(err, path, _("một ngày dạng 2026-11-20"));
	case MOMENT:
		return moment_read_iso(text) != MOMENT_NONE ||
		       wrong(err, path, _("một thời điểm dạng 2026-11-20T09:41:00+07:00"));
	case UUID: return good_uuid(value) || wrong(err, path, _("một UUID"));
	case NAME_OR_SEQ:
		return good_text(value, key->most) || good_whole(value, key->most) ||
		       wrong(err, path, _("tên trường hợp hoặc số thứ tự"));
	case OBJECT: return check_keys(arena, value, key->inside, path, err);
	default: return check_list(arena, value, key, path, err);
	}
}

/* null stands for a key that is not there. */
static bool check_keys(struct arena *arena, const json_t *object, const struct key *keys,
                       const char *path, struct error *err)
{
	const char *name;
	json_t *value;
	if (!json_is_object(object))
		return wrong(err, *path ? path : _("Tệp"), _("một đối tượng { … }"));
	json_object_foreach((json_t *)object, name, value) {
		const struct key *key = keys;
		const char *clean = text_mend(arena, name, strnlen(name, 60));
		const char *at = *path ? arena_format(arena, "%s.%s", path, clean) : clean;
		while (key->name && strcmp(key->name, name) != 0)
			key++;
		if (!key->name) {
			fail(err, FAULT_INPUT, _("Không có khoá “%s” trong định dạng này."), at);
			return because(err, "unknown key %s", at);
		}
		if (!json_is_null(value) && !check_value(arena, value, key, at, err))
			return false;
	}
	return true;
}

bool filing_parse(struct filing *filing, struct arena *arena, const char *text, size_t size,
                  struct error *err)
{
	json_error_t cause;
	*filing = (struct filing){ .arena = arena };
	if (size > FILING_MOST)
		return fail(err, FAULT_INPUT, "%s", _("Tệp hồ sơ quá 1 MB."));
	filing->root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &cause);
	if (!filing->root) {
		fail(err, FAULT_INPUT, _("Dòng %d, cột %d: không đúng JSON."), cause.line, cause.column);
		return because(err, "line %d: %s", cause.line,
		               text_mend(arena, cause.text, strlen(cause.text)));
	}
	return check_keys(arena, filing->root, root_keys, "", err);
}

bool filing_has_request_id(const struct filing *filing)
{
	return json_is_string(json_object_get(filing->root, "request_id"));
}

void filing_end(struct filing *filing)
{
	json_decref(filing->root);
	filing->root = NULL;
}
