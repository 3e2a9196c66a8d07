/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/draft.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/program.h"

/* A draft's name is a request id and nothing else: no path can be smuggled in. */
static bool is_id(const char *name)
{
	return strlen(name) == 36 && strspn(name, "0123456789abcdef-") == 36;
}

static const char *folder_of(const struct duty *duty, struct arena *arena)
{
	return arena_format(arena, "%s/drafts/%s", duty->program->paths.data, duty->facts->login);
}

static const char *file_of(const struct duty *duty, struct arena *arena, const char *id)
{
	return path_join(arena, folder_of(duty, arena), id);
}

int draft_count(const struct duty *duty)
{
	return duty->drafts;
}

void draft_look(struct duty *duty)
{
	struct arena arena = { 0 };
	struct draft *list;
	duty->drafts = draft_list(duty, &arena, &list);
	arena_free(&arena);
}

static int newest_first(const void *a, const void *b)
{
	const struct draft *left = a, *right = b;
	return (left->at < right->at) - (left->at > right->at);
}

int draft_list(const struct duty *duty, struct arena *arena, struct draft **out)
{
	const char *folder = folder_of(duty, arena);
	size_t count = 0, room = 0;
	DIR *dir = opendir(folder);
	*out = NULL;
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		struct stat info;
		if (!is_id(entry->d_name) ||
		    stat(path_join(arena, folder, entry->d_name), &info) != 0)
			continue;
		*out = arena_grow(arena, *out, sizeof **out, count, &room);
		(*out)[count++] = (struct draft){ arena_string(arena, entry->d_name), info.st_mtime };
	}
	if (dir)
		closedir(dir);
	if (count)
		qsort(*out, count, sizeof **out, newest_first);
	return (int)count;
}

/* Sealed for this clerk; the folder made.  path gets where it belongs. */
static bool prepare(struct duty *duty, const char *id, const struct bytes *plain,
                    struct bytes *closed, char *path, size_t room, struct error *err)
{
	struct arena arena = { 0 };
	const char *file = file_of(duty, &arena, id);
	bool good = path_make(folder_of(duty, &arena), 0700, err);
	if (good && strlen(file) >= room)
		good = fail(err, FAULT_BUG, _("Đường dẫn quá dài: %.80s…"), file);
	if (good) {
		memcpy(path, file, strlen(file) + 1);
		seal_box_close(&duty->box, plain->data, plain->size, closed);
	}
	arena_free(&arena);
	return good;
}

bool draft_save(struct duty *duty, const char *id, const struct bytes *plain, struct error *err)
{
	struct bytes closed = { 0 };
	char path[512];
	bool good = prepare(duty, id, plain, &closed, path, sizeof path, err);
	bool fresh = good && access(path, F_OK) != 0;
	good = good && path_write(path, closed.data, closed.size, 0600, err);
	if (good && fresh)
		duty->drafts++;
	bytes_free(&closed);
	return good;
}

static void on_kept(struct keeping *keeping, const struct error *err)
{
	struct draft_saving *saving = OWNER_OF(keeping, struct draft_saving, keeping);
	if (!err && saving->fresh)
		saving->duty->drafts++;
	saving->done(saving, err);
}

bool draft_save_soon(struct duty *duty, struct scope *scope, struct draft_saving *saving,
                     const char *id, const struct bytes *plain, struct error *err)
{
	struct bytes closed = { 0 };
	bool good = prepare(duty, id, plain, &closed, saving->path, sizeof saving->path, err);
	saving->duty = duty;
	saving->fresh = good && access(saving->path, F_OK) != 0;
	saving->keeping.done = on_kept;
	good = good && keep_start(duty->desk->loop, scope, &saving->keeping, saving->path,
	                          closed.data, closed.size, err);
	bytes_free(&closed);
	return good;
}

bool draft_open(const struct duty *duty, const char *id, struct bytes *plain, struct error *err)
{
	struct arena arena = { 0 };
	char *closed;
	size_t size;
	bool good = is_id(id) && path_read(&arena, file_of(duty, &arena, id), &closed, &size, err) &&
	            seal_box_open(&duty->box, closed, size, plain, err);
	arena_free(&arena);
	return good;
}

void draft_drop(struct duty *duty, const char *id)
{
	struct arena arena = { 0 };
	if (unlink(file_of(duty, &arena, id)) == 0 && duty->drafts > 0)
		duty->drafts--;
	arena_free(&arena);
}
