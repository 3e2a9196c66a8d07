/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/preview.h"

#include "core/base/path.h"
#include "printers/tongue.h"

bool forms_here(struct arena *arena, const char *share, struct form **out, struct error *err)
{
	if (!forms_load(arena, path_join(arena, share, "printers/forms"), out, err))
		return false;
	forms_load_site(arena, out);
	return true;
}

uint64_t forms_here_stamp(const char *share)
{
	struct arena arena = { 0 };
	uint64_t stamp = forms_stamp(path_join(&arena, share, "printers/forms"));
	arena_free(&arena);
	return stamp;
}

bool form_sample(struct arena *arena, const char *share, struct fields *out, struct error *err)
{
	char *text;
	size_t size;
	return path_read(arena, path_join(arena, share, "printers/forms/sample.fields"), &text, &size, err) &&
	       fields_parse(arena, text, size, out, err);
}

bool form_preview(struct arena *arena, const struct form *form, const struct fields *fields, int columns,
                  bool narrow, struct bytes *out, struct error *err)
{
	struct form_fill plan = { .fields = fields, .qr = "x", .narrow = narrow };
	struct slip slip;
	if (!form_fill(form, &plan, arena, &slip, err))
		return false;
	tongue_plain(arena, &slip, columns, out);
	return true;
}
