/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/export_file.h"

#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/program.h"

void export_file_begin(struct export_file *file, struct screen *screen, const char *path)
{
	file->screen = screen;
	file->busy = true;
	snprintf(file->path, sizeof file->path, "%s", path);
}

void export_file_over(struct export_file *file, bool good, const struct error *err)
{
	file->busy = false;
	arena_free(&file->memory);
	drawing_clear(&file->drawing);
	if (good)
		desk_say(file->screen->desk, FAULT_NONE, _("Đã ghi %s"), file->path);
	else
		desk_tell(file->screen->desk, err);
}

static void on_drawn(struct drawing *drawing, const struct error *err)
{
	struct export_file *file = OWNER_OF(drawing, struct export_file, drawing);
	struct error why = err ? *err : (struct error){ 0 };
	bool good = !err && path_write(file->path, drawing->out.data, drawing->out.size, 0600, &why);
	export_file_over(file, good, &why);
}

void export_file_draw(struct export_file *file, const struct draw_request *request)
{
	struct error why = { 0 };
	if (!draw_paper(&duty_of(file->screen)->draw, &file->screen->scope, request, &file->drawing, on_drawn, &why))
		export_file_over(file, false, &why);
}

void export_file_clear(struct export_file *file)
{
	arena_free(&file->memory);
	drawing_clear(&file->drawing);
}

const char *export_folder(struct screen *screen, struct arena *arena)
{
	struct error err = { 0 };
	const char *folder = path_join(arena, duty_of(screen)->program->paths.data, "bao-cao");
	if (path_make(folder, 0700, &err))
		return folder;
	desk_tell(screen->desk, &err);
	return NULL;
}

const char *export_path_wrong(const char *text)
{
	return *text == '/' ? NULL : _("Ghi cả đường dẫn, bắt đầu bằng /");
}
