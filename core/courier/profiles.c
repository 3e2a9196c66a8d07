/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/profiles.h"

#include <stdint.h>

#include "core/base/say.h"

/* Objects inside (phrases, maps) are joined member by member, too. */
static json_t *joined(const json_t *common, const json_t *own)
{
	json_t *all = json_deep_copy(common);
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)own, key, value) {
		json_t *base = json_object_get(all, key);
		if (json_is_object(base) && json_is_object(value))
			json_object_update(base, value);
		else
			json_object_set(all, key, value);
	}
	return all;
}

json_t *profiles_read(const char *path, struct error *err)
{
	json_error_t where;
	json_t *file = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
	json_t *common = json_object_get(file, "common");
	json_t *systems = json_object_get(file, "systems");
	if (!json_is_object(common) || !json_is_object(systems)) {
		fail(err, FAULT_INPUT, _("Không đọc được hồ sơ kết nối %s"), path);
		because(err, "%s:%d: %s", path, where.line, where.text);
		json_decref(file);
		return NULL;
	}
	json_t *all = json_object();
	const char *code;
	json_t *own;
	json_object_foreach(systems, code, own)
		json_object_set_new(all, code, joined(common, own));
	json_decref(file);
	return all;
}
