/* SPDX-License-Identifier: Apache-2.0
 *
 * The folder of form files, and which version was in force when. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "printers/form.h"

static int is_form(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);
	return entry->d_name[0] != '.' && n > 5 && strcmp(entry->d_name + n - 5, ".form") == 0;
}

static bool load_one(struct arena *arena, const char *folder, const char *name, struct form **out,
                     struct error *err)
{
	char *text;
	size_t size;
	*out = NULL;
	return path_read(arena, path_join(arena, folder, name), &text, &size, err) &&
	       form_parse(arena, name, text, size, out, err);
}

static struct form **end_of(struct form **forms)
{
	while (*forms)
		forms = &(*forms)->next;
	return forms;
}

bool forms_load(struct arena *arena, const char *folder, struct form **out, struct error *err)
{
	struct dirent **names;
	*out = NULL;
	int count = scandir(folder, &names, is_form, alphasort);
	if (count <= 0) {
		if (count == 0)
			free(names);
		fail(err, FAULT_INPUT, _("Không tìm thấy mẫu giấy nào trong %s."), folder);
		return because(err, "forms: %s: %s", folder, count < 0 ? strerror(errno) : "empty");
	}
	bool ok = true;
	for (int i = 0; i < count; i++) {
		struct form *form;
		ok = ok && load_one(arena, folder, names[i]->d_name, &form, err);
		if (ok)
			*end_of(out) = form;
		free(names[i]);
	}
	free(names);
	return ok;
}

/* "fee-2026.form" without a name inside is taken for "fee". */
static void spoil(struct arena *arena, struct form **form, const char *file, const struct error *err)
{
	struct error *kept = ARENA_NEW(arena, struct error);
	*kept = *err;
	if (!*form)
		*form = ARENA_NEW(arena, struct form);
	(*form)->file = arena_string(arena, file);
	(*form)->broken = kept;
	if (!(*form)->name) {
		size_t n = strlen(file) - 5;
		for (size_t i = n; i > 1; i--)
			if (file[i - 1] == '-') {
				n = i - 1;
				break;
			}
		(*form)->name = arena_copy(arena, file, n);
	}
}

static void load_own(struct arena *arena, const char *folder, struct form **forms)
{
	struct dirent **names;
	int count = scandir(folder, &names, is_form, alphasort);
	if (count < 0)
		return; /* most offices have none */
	for (int i = 0; i < count; i++) {
		struct form *form;
		struct error err = { 0 };
		if (!load_one(arena, folder, names[i]->d_name, &form, &err))
			spoil(arena, &form, names[i]->d_name, &err);
		form->site = true;
		*end_of(forms) = form;
		free(names[i]);
	}
	free(names);
}

/* NULL: none. */
static const char *common_folder(struct arena *arena, const char *site)
{
	const char *common = "/etc/motcua";
	bool apart = getenv("MOTCUA_HOME") || strcmp(site, common) == 0;
	return apart ? NULL : path_join(arena, common, "forms");
}

void forms_load_site(struct arena *arena, struct form **forms)
{
	const char *site = paths_site(arena), *common = common_folder(arena, site);
	if (common)
		load_own(arena, common, forms);
	load_own(arena, path_join(arena, site, "forms"), forms);
}

/* FNV-1a (draft-eastlake-fnv). */
static uint64_t mix(uint64_t sum, const void *data, size_t size)
{
	for (const unsigned char *p = data; size > 0; p++, size--)
		sum = (sum ^ *p) * UINT64_C(1099511628211);
	return sum;
}

/* The order in which a folder tells its files does not count. */
static uint64_t stamp_of(const char *folder)
{
	DIR *all = opendir(folder);
	uint64_t sum = 0;
	for (struct dirent *entry; all && (entry = readdir(all));) {
		struct stat info;
		if (!is_form(entry) || fstatat(dirfd(all), entry->d_name, &info, 0) != 0)
			continue;
		const int64_t facts[] = { (int64_t)info.st_ino, (int64_t)info.st_size, (int64_t)info.st_mtim.tv_sec,
			(int64_t)info.st_mtim.tv_nsec };
		uint64_t one = mix(UINT64_C(14695981039346656037), entry->d_name, strlen(entry->d_name));
		sum += mix(one, facts, sizeof facts);
	}
	if (all)
		closedir(all);
	return sum;
}

uint64_t forms_stamp(const char *folder)
{
	struct arena arena = { 0 };
	const char *site = paths_site(&arena), *common = common_folder(&arena, site);
	uint64_t sum = stamp_of(folder) * 3 + stamp_of(path_join(&arena, site, "forms"));
	if (common)
		sum += stamp_of(common) * 5;
	arena_free(&arena);
	return sum;
}

const struct form *form_find(const struct form *forms, const char *name, day_t day,
                             struct error *err)
{
	const struct form *best = NULL;
	for (const struct form *form = forms; form; form = form->next) {
		if (strcmp(form->name, name) != 0)
			continue;
		if (form->broken) {
			if (err)
				*err = *form->broken;
			return NULL;
		}
		if (form->from <= day && (form->to == DAY_NONE || day <= form->to) &&
		    (!best || form->from > best->from || (form->site && form->from == best->from)))
			best = form;
	}
	if (!best) {
		char text[32];
		fail(err, FAULT_INPUT, _("Không có mẫu giấy \"%.20s\" có hiệu lực ngày %s."), name,
		     day == DAY_NONE ? "?" : day_write(day, text, sizeof text));
		because(err, "no form \"%.20s\" valid on day %d", name, (int)day);
	}
	return best;
}
