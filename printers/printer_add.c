/* SPDX-License-Identifier: Apache-2.0
 *
 * One printer more in motcua.ini: the whole file as it would be is read before it is written, so that
 * nothing is written that the next start would refuse. */
#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "printers/printer.h"

/* What an ini line cannot hold: its brackets, quotes, comments and ends. */
static bool is_plain(const char *text)
{
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f || strchr("\"[];#", *c))
			return false;
	return *text != '\0' && text[strlen(text) - 1] != ' ' && *text != ' ';
}

static const char *which(const struct printer_plan *plan)
{
	bool roll = strcmp(plan->tongue, "raster") == 0;
	return roll ? "dots" : "paper";
}

static const char *lines_of(struct arena *arena, const struct printer *known, const struct printer_plan *plan)
{
	struct bytes text = { 0 };
	bytes_format(&text, "\n[printer \"%s\"]\ntongue = %s\ncarrier = %s\naddress = %s\n%s = %s\n", plan->name, plan->tongue,
	             plan->carrier, plan->address, which(plan), plan->paper);
	if (plan->is_default) {
		bytes_text(&text, "default = yes\n");
		for (const struct printer *p = known; p; p = p->next)
			if (p->is_default)
				bytes_format(&text, "\n[printer \"%s\"]\ndefault = no\n", p->name);
	}
	const char *out = arena_string(arena, bytes_string(&text));
	bytes_free(&text);
	return out;
}

const char *printer_lines(struct arena *arena, const struct printer *known, const struct printer_plan *plan, struct error *err)
{
	if (!is_plain(plan->name) || strlen(plan->name) > 60) {
		fail(err, FAULT_INPUT, _("Tên máy in không dùng được dấu nháy, ngoặc vuông, chấm phẩy, dấu #; dài nhất 60."));
		return because(err, "printer name"), NULL;
	}
	if (!is_plain(plan->address) || strlen(plan->address) > 200) {
		fail(err, FAULT_INPUT, _("Địa chỉ máy in trống, hoặc có ký tự không dùng được."));
		return because(err, "printer address"), NULL;
	}
	if (printer_find(known, plan->name)) {
		fail(err, FAULT_INPUT, _("Đã có máy in tên %s."), plan->name);
		return because(err, "printer known"), NULL;
	}
	return lines_of(arena, known, plan);
}

/* Reads the outcome as the next start would. */
static bool read_whole(const char *text, const char *file, struct arena *arena, const char *helper, struct printer **out,
                       struct error *err)
{
	struct config config = { 0 };
	bool good = config_parse(&config, text, file, err) && printers_read(&config, arena, helper, out, err);
	config_free(&config);
	return good;
}

bool printer_add(const char *file, const char *lines, const char *helper, struct arena *arena, struct printer **out,
                 struct error *err)
{
	struct stat info;
	char *before = "";
	bool there = stat(file, &info) == 0;
	if (there && !path_read(arena, file, &before, NULL, err))
		return false;
	const char *whole = arena_format(arena, "%s%s", before, *before ? lines : lines + 1);
	return read_whole(whole, file, arena, helper, out, err) &&
	       path_write(file, whole, strlen(whole), there ? (int)(info.st_mode & 0777) : 0644, err);
}
