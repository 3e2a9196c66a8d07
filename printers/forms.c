/* SPDX-License-Identifier: Apache-2.0
 *
 * The folder of form files, and which version was in force when. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

void forms_load_site(struct arena *arena, struct form **forms)
{
	const char *site = paths_site(arena), *common = "/etc/motcua";
	if (!getenv("MOTCUA_HOME") && strcmp(site, common) != 0)
		load_own(arena, path_join(arena, common, "forms"), forms);
	load_own(arena, path_join(arena, site, "forms"), forms);
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
