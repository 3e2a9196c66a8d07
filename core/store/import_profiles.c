/* SPDX-License-Identifier: Apache-2.0
 *
 * Profiles of systems into the database and back out.  A path is a folder of
 * profiles, one CODE.json in such a folder, or one file that holds them all. */
#include <jansson.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/store/import.h"
#include "core/store/profile_check.h"
#include "core/store/profiles.h"

bool import_is_profiles(const char *path)
{
	struct stat what;
	size_t n = strlen(path);
	return (n > 5 && strcmp(path + n - 5, ".json") == 0) ||
	       (stat(path, &what) == 0 && S_ISDIR(what.st_mode));
}

static bool is_folder(const char *path)
{
	struct stat what;
	return stat(path, &what) == 0 && S_ISDIR(what.st_mode);
}

/* One system of a folder, joined with what lies under it there. */
static json_t *read_one(struct arena *arena, const char *path, struct error *err)
{
	char *folder = dirname(arena_string(arena, path)), *name = basename(arena_string(arena, path));
	json_t *all = profiles_read(folder, err);
	name[strlen(name) - 5] = '\0';
	json_t *data = json_object_get(all, name);
	json_t *one = data ? json_pack("{s:O}", name, data) : NULL;
	if (all && !one) {
		fail(err, FAULT_INPUT, _("Không đọc được hồ sơ kết nối %s"), path);
		because(err, "%s is no system's profile", path);
	}
	json_decref(all);
	return one;
}

static json_t *read_all(struct arena *arena, const char *path, struct error *err)
{
	if (is_folder(path))
		return profiles_read(path, err);
	json_t *file = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
	bool whole = json_is_object(json_object_get(file, "systems"));
	bool readable = json_is_object(file);
	json_decref(file);
	return whole || !readable ? profiles_read(path, err) : read_one(arena, path, err);
}

static bool check_all(const json_t *all, bool strict, struct error *err)
{
	void *at = json_object_iter((json_t *)(uintptr_t)all);
	for (; at; at = json_object_iter_next((json_t *)(uintptr_t)all, at))
		if (!profile_check(json_object_iter_key(at), json_object_iter_value(at), strict, err))
			return false;
	return true;
}

static bool load(struct store *store, struct arena *arena, const char *source, const json_t *all,
                 bool dry, struct import_count *out, struct error *err)
{
	struct reply reply;
	char *text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
	if (!text)
		abort(); /* out of memory */
	struct param params[] = { PARAM_TEXT(source), PARAM_TEXT(text), PARAM_TEXT(dry ? "t" : "f") };
	bool ok = store_ask_wait(store, arena, "SELECT * FROM motcua.load_profiles($1, $2::jsonb, $3::boolean)",
	                         params, 3, true, &reply, err);
	free(text);
	if (!ok)
		return false;
	*out = (struct import_count){ .kind = "profiles", .rows = (int)json_object_size(all),
		.inserted = (int)reply_number(&reply, 0, "inserted", 0),
		.changed = (int)reply_number(&reply, 0, "changed", 0),
		.unchanged = (int)reply_number(&reply, 0, "unchanged", 0) };
	return reply_whole(&reply, err);
}

bool import_profiles(struct store *store, struct arena *arena, const char *path, const char *source,
                     bool dry, struct import_count *out, struct error *err)
{
	json_t *all = read_all(arena, path, err);
	/* What came with this program, it knows. */
	bool strict = strcmp(source, "shipped") != 0;
	bool ok = all && check_all(all, strict, err) && load(store, arena, source, all, dry, out, err);
	if (ok)
		out->file = arena_string(arena, basename(arena_string(arena, path)));
	json_decref(all);
	return ok;
}

bool export_profiles(struct store *store, struct arena *arena, struct bytes *out, struct error *err)
{
	struct reply reply;
	if (!store_ask_wait(store, arena,
	                    "SELECT p.system, p.data::text AS data FROM motcua.profile p "
	                    "JOIN motcua.systems s ON s.code = p.system AND s.ended IS NULL AND s.unit_id IS NULL "
	                    "WHERE p.version = (SELECT max(x.version) FROM motcua.profile x WHERE x.system = p.system) "
	                    "ORDER BY p.system COLLATE \"C\"",
	                    NULL, 0, true, &reply, err))
		return false;
	json_t *file = json_object(), *systems = json_object();
	for (int i = 0; i < reply.rows; i++)
		json_object_set_new(systems, reply_text(&reply, i, "system"),
		                    json_loads(reply_text(&reply, i, "data"), 0, NULL));
	json_object_set_new(file, "about", json_string("motcua export profiles"));
	json_object_set_new(file, "common", json_object());
	json_object_set_new(file, "systems", systems);
	char *text = json_dumps(file, JSON_INDENT(2) | JSON_SORT_KEYS);
	json_decref(file);
	if (!text)
		abort(); /* out of memory */
	bytes_format(out, "%s\n", text);
	free(text);
	return reply_whole(&reply, err);
}
