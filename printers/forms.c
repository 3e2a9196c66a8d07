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

static bool load_one(struct arena *arena, const char *folder, const char *name,
                     struct form ***end, struct error *err)
{
	char *text;
	size_t size;
	struct form *form;
	if (!path_read(arena, path_join(arena, folder, name), &text, &size, err) ||
	    !form_parse(arena, name, text, size, &form, err))
		return false;
	**end = form;
	*end = &form->next;
	return true;
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
		ok = ok && load_one(arena, folder, names[i]->d_name, &out, err);
		free(names[i]);
	}
	free(names);
	return ok;
}

const struct form *form_find(const struct form *forms, const char *name, day_t day,
                             struct error *err)
{
	const struct form *best = NULL;
	for (const struct form *form = forms; form; form = form->next)
		if (strcmp(form->name, name) == 0 && form->from <= day &&
		    (form->to == DAY_NONE || day <= form->to) &&
		    (!best || form->from > best->from))
			best = form;
	if (!best) {
		char text[32];
		fail(err, FAULT_INPUT, _("Không có mẫu giấy \"%.20s\" có hiệu lực ngày %s."), name,
		     day == DAY_NONE ? "?" : day_write(day, text, sizeof text));
		because(err, "no form \"%.20s\" valid on day %d", name, (int)day);
	}
	return best;
}
