/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/profiles.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/say.h"

/* Objects inside (phrases, maps, calls) are joined member by member, too. */
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

static bool cannot(const char *path, const json_error_t *where, struct error *err)
{
	fail(err, FAULT_INPUT, _("Không đọc được hồ sơ kết nối %s"), path);
	return because(err, "%s:%d: %s", path, where->line, where->text);
}

static json_t *read_object(const char *folder, const char *name, struct error *err)
{
	char path[600];
	json_error_t where = { 0 };
	snprintf(path, sizeof path, "%s/%s", folder, name);
	json_t *object = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
	if (!json_is_object(object)) {
		cannot(path, &where, err);
		json_decref(object);
		return NULL;
	}
	return object;
}

/* One system of a folder onto what is common. */
static json_t *system_of(const char *folder, const char *name, const json_t *common,
                         struct error *err)
{
	json_t *own = read_object(folder, name, err);
	const char *like = json_string_value(json_object_get(own, "like"));
	json_t *whole = NULL;
	if (own && like) {
		char file[80];
		snprintf(file, sizeof file, "_%s.json", like);
		json_error_t where = { .text = "like names no file here" };
		json_t *make = strchr(like, '/') ? NULL : read_object(folder, file, err);
		if (strchr(like, '/'))
			cannot(file, &where, err);
		json_t *base = make ? joined(common, make) : NULL;
		whole = base ? joined(base, own) : NULL;
		json_decref(base);
		json_decref(make);
	} else if (own) {
		whole = joined(common, own);
	}
	json_decref(own);
	return whole;
}

/* The code in "CODE.json"; NULL for what is no system of its own. */
static const char *code_of(const char *name, char *out, size_t room)
{
	size_t n = strlen(name);
	if (n < 6 || n >= room || name[0] == '_' || name[0] == '.' ||
	    strcmp(name + n - 5, ".json") != 0 || strcmp(name, "common.json") == 0)
		return NULL;
	snprintf(out, room, "%.*s", (int)(n - 5), name);
	return out;
}

static json_t *read_folder(const char *folder, struct error *err)
{
	json_error_t where = { .line = 0, .text = "not a folder" };
	DIR *files = opendir(folder);
	json_t *common = files ? read_object(folder, "common.json", err) : NULL;
	json_t *all = common ? json_object() : NULL;
	if (!files)
		cannot(folder, &where, err);
	for (struct dirent *file; all && (file = readdir(files));) {
		char code[64];
		if (!code_of(file->d_name, code, sizeof code))
			continue;
		json_t *own = system_of(folder, file->d_name, common, err);
		if (own) {
			json_object_set_new(all, code, own);
		} else {
			json_decref(all);
			all = NULL;
		}
	}
	if (files)
		closedir(files);
	json_decref(common);
	return all;
}

json_t *profiles_read(const char *path, struct error *err)
{
	struct stat what;
	if (stat(path, &what) == 0 && S_ISDIR(what.st_mode))
		return read_folder(path, err);
	json_error_t where = { 0 };
	json_t *file = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
	json_t *common = json_object_get(file, "common");
	json_t *systems = json_object_get(file, "systems");
	if (!json_is_object(common) || !json_is_object(systems)) {
		cannot(path, &where, err);
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
