/* SPDX-License-Identifier: Apache-2.0
 *
 * The workbook and the evidence pack of the time on screen: where to, then read
 * whole from the database, then written. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/incident_own.h"
#include "tui/program.h"

bool incident_may_export(const struct screen *screen)
{
	return !((const struct incident_view *)screen->state)->exporting;
}

static void told(struct incident_view *v, bool good, const struct error *err)
{
	v->exporting = false;
	arena_free(&v->export_memory);
	drawing_clear(&v->drawing);
	if (good)
		desk_say(v->screen->desk, FAULT_NONE, _("Đã ghi %s"), v->path);
	else
		desk_tell(v->screen->desk, err);
}

static void on_drawn(struct drawing *drawing, const struct error *err)
{
	struct incident_view *v = OWNER_OF(drawing, struct incident_view, drawing);
	struct error why = err ? *err : (struct error){ 0 };
	bool good = !err && path_write(v->path, drawing->out.data, drawing->out.size, 0600, &why);
	told(v, good, &why);
}

static void on_read(struct incidents_ask *ask, const struct incidents *found, const struct error *err)
{
	struct incident_view *v = ask->owner;
	struct duty *duty = duty_of(v->screen);
	struct error why = { 0 };
	if (err) {
		told(v, false, err);
		return;
	}
	struct incident_report report = { .found = found, .from = v->from, .to = v->to,
		.now = desk_now(v->screen->desk), .facts = duty->facts };
	if (!incident_is_pdf(v->path)) {
		bool good = incident_xlsx(&report, v->path, &why);
		told(v, good, &why);
		return;
	}
	struct fields fields = { 0 };
	incident_fields(&report, &v->export_memory, &fields);
	struct draw_request request = { .form = "incidents", .date = desk_today(v->screen->desk),
		.output = DRAW_PDF_A4, .fields = &fields };
	if (!draw_paper(&duty->draw, &v->screen->scope, &request, &v->drawing, on_drawn, &why))
		told(v, false, &why);
}

static void on_path(struct screen *screen, const char *text, void *data)
{
	struct incident_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	snprintf(v->path, sizeof v->path, "%s", text);
	v->exporting = true;
	v->export = (struct incidents_ask){ .done = on_read, .into = &v->export_memory, .owner = v };
	incidents_read(duty_store(duty_of(screen)), &screen->scope, &v->export, v->from, v->to);
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n > m && strcasecmp(text + n - m, end) == 0;
}

static const char *check_path(struct screen *screen, const char *text, void *data)
{
	const struct incident_view *v = screen->state;
	const char *suffix = data;
	if (strlen(text) >= sizeof v->path || !ends_with(text, suffix))
		return strcmp(suffix, ".pdf") == 0 ? _("Tên tệp phải kết thúc bằng .pdf") : _("Tên tệp phải kết thúc bằng .xlsx");
	return *text == '/' ? NULL : _("Ghi cả đường dẫn, bắt đầu bằng /");
}

/* A time that is not over has no days: what is open now goes with today. */
static void ask_path(struct screen *screen, const char *suffix)
{
	struct incident_view *v = screen->state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	static char dotted[2][8] = { ".xlsx", ".pdf" };
	const char *folder = path_join(&arena, duty_of(screen)->program->paths.data, "bao-cao");
	incident_period(v->period, desk_today(screen->desk), &v->from, &v->to);
	if (v->from == DAY_NONE) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Chọn một tuần hay một tháng (←→) rồi mới xuất."));
	} else if (!path_make(folder, 0700, &err)) {
		desk_tell(screen->desk, &err);
	} else {
		const char *path = incident_path(&arena, folder, v->from, v->to, suffix);
		ask_for_text(screen, &(struct ask_text){ .question = _("Ghi vào tệp nào?"), .initial = path, .max = 400,
			.plain = true, .check = check_path }, on_path, dotted[strcmp(suffix, "pdf") == 0]);
	}
	arena_free(&arena);
}

void incident_export_sheet(struct screen *screen)
{
	ask_path(screen, "xlsx");
}

void incident_export_paper(struct screen *screen)
{
	ask_path(screen, "pdf");
}
