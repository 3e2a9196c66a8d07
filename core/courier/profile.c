/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/say.h"
#include "core/base/text.h"

bool profile_take(struct profile *profile, const char *code, const char *name, const char *family,
                  json_t *data, struct error *err)
{
	static const char *const must[] = { "base_url", "account" };
	*profile = (struct profile){ 0 };
	snprintf(profile->code, sizeof profile->code, "%s", code);
	snprintf(profile->name, sizeof profile->name, "%s", name);
	snprintf(profile->family, sizeof profile->family, "%s", family);
	if (!json_is_object(data))
		return fail(err, FAULT_INPUT, _("Hồ sơ kết nối “%s” không đọc được"), code);
	for (size_t i = 0; i < sizeof must / sizeof *must; i++)
		if (!json_string_value(json_object_get(data, must[i])))
			return fail(err, FAULT_INPUT, _("Hồ sơ kết nối “%s” thiếu mục %s"), code,
			            must[i]);
	if (!json_is_object(json_object_get(data, "maps")))
		return fail(err, FAULT_INPUT, _("Hồ sơ kết nối “%s” thiếu mục %s"), code, "maps");
	profile->data = json_incref(data);
	return true;
}

void profile_clear(struct profile *profile)
{
	json_decref(profile->data);
	profile->data = NULL;
}

bool profile_logs_in(const struct profile *profile)
{
	const char *mode = json_string_value(
		json_object_get(json_object_get(profile->data, "auth"), "mode"));
	return !mode || (strcmp(mode, "basic") != 0 && strcmp(mode, "keys") != 0 &&
	                 strcmp(mode, "none") != 0);
}

bool profile_asks(const struct profile *profile)
{
	return !json_is_false(json_object_get(profile->data, "asks"));
}

bool profile_enabled(const struct profile *profile)
{
	return !json_is_false(json_object_get(profile->data, "enabled"));
}

const char *profile_text(const struct profile *profile, const char *key, const char *fallback)
{
	const char *text = json_string_value(json_object_get(profile->data, key));
	return text ? text : fallback;
}

long profile_number(const struct profile *profile, const char *key, long fallback)
{
	const json_t *value = json_object_get(profile->data, key);
	return json_is_integer(value) ? (long)json_integer_value(value) : fallback;
}

static json_t *map_of(const struct profile *profile, const char *map)
{
	return json_object_get(json_object_get(profile->data, "maps"), map);
}

const char *profile_map(const struct profile *profile, const char *map, const char *ours)
{
	const json_t *theirs = json_object_get(map_of(profile, map), ours);
	return json_string_value(json_is_array(theirs) ? json_array_get(theirs, 0) : theirs);
}

const char *profile_unmap(const struct profile *profile, const char *map, const char *theirs)
{
	const char *ours;
	json_t *value;
	json_object_foreach(map_of(profile, map), ours, value) {
		size_t count = json_is_array(value) ? json_array_size(value) : 1;
		for (size_t i = 0; i < count; i++) {
			const char *text = json_string_value(
				json_is_array(value) ? json_array_get(value, i) : value);
			if (text && strcmp(text, theirs) == 0)
				return ours;
		}
	}
	return NULL;
}

static json_t *phrases(const struct profile *profile, const char *kind)
{
	return json_object_get(json_object_get(profile->data, "phrases"), kind);
}

bool profile_has_phrases(const struct profile *profile, const char *kind)
{
	return json_array_size(phrases(profile, kind)) > 0;
}

bool profile_says(const struct profile *profile, const char *kind, const char *text)
{
	struct arena arena = { 0 };
	const char *folded = text_fold_new(&arena, text_mend(&arena, text, strlen(text)));
	bool says = false;
	size_t i;
	json_t *phrase;
	json_array_foreach(phrases(profile, kind), i, phrase) {
		const char *one = json_string_value(phrase);
		says |= one && strstr(folded, text_fold_new(&arena, one));
	}
	arena_free(&arena);
	return says;
}

bool profile_fill(const struct profile *profile, const char *key, unsigned port, char *out,
                  size_t room)
{
	const char *text = profile_text(profile, key, "");
	const char *mark = strstr(text, "{practice}");
	if (!mark) {
		snprintf(out, room, "%s", text);
		return true;
	}
	snprintf(out, room, "%.*s%u%s", (int)(mark - text), text, port, mark + 10);
	return port != 0;
}
