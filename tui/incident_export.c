/* SPDX-License-Identifier: Apache-2.0
 *
 * The workbook and the evidence pack of the time on screen: where to, then read
 * whole from the database, then written. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/incident_own.h"

bool incident_may_export(const struct screen *screen)
{
	return !((const struct incident_view *)screen->state)->file.busy;
}

static void on_read(struct incidents_ask *ask, const struct incidents *found, const struct error *err)
{
	struct incident_view *v = ask->owner;
	struct duty *duty = duty_of(v->screen);
	if (err) {
		export_file_over(&v->file, false, err);
		return;
	}
	struct incident_report report = { .found = found, .from = v->from, .to = v->to,
		.now = desk_now(v->screen->desk), .facts = duty->facts };
	if (!incident_is_pdf(v->file.path)) {
		struct error why = { 0 };
		bool good = incident_table(&report, v->file.path, &why);
		export_file_over(&v->file, good, &why);
		return;
	}
	struct fields fields = { 0 };
	incident_fields(&report, &v->file.memory, &fields);
	struct draw_request request = { .form = "incidents", .date = desk_today(v->screen->desk),
		.output = DRAW_PDF_A4, .fields = &fields };
	export_file_draw(&v->file, &request);
}

static void on_path(struct screen *screen, const char *text, void *data)
{
	struct incident_view *v = screen->state;
	(void)data;
	if (!text)
		return;
	export_file_begin(&v->file, screen, text);
	v->export = (struct incidents_ask){ .done = on_read, .into = &v->file.memory, .owner = v };
	incidents_read(duty_store(duty_of(screen)), &screen->scope, &v->export, v->from, v->to);
}

static const char *check_path(struct screen *screen, const char *text, void *data)
{
	const struct incident_view *v = screen->state;
	const char *suffix = data;
	if (strlen(text) >= sizeof v->file.path || !incident_path_ends(text, suffix))
		return strcmp(suffix, ".pdf") == 0 ? _("Tên tệp phải kết thúc bằng .pdf") : strcmp(suffix, ".csv") == 0 ? _("Tên tệp phải kết thúc bằng .csv")
		                                                                                                   : _("Tên tệp phải kết thúc bằng .xlsx");
	return export_path_wrong(text);
}

/* A time that is not over has no days: what is open now goes with today. */
static void ask_path(struct screen *screen, const char *suffix)
{
	struct incident_view *v = screen->state;
	struct arena arena = { 0 };
	static char dotted[3][8] = { ".xlsx", ".csv", ".pdf" };
	const char *folder;
	incident_period(v->period, desk_today(screen->desk), &v->from, &v->to);
	if (v->from == DAY_NONE) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Chọn một tuần hay một tháng (←→) rồi mới xuất."));
	} else if ((folder = export_folder(screen, &arena))) {
		const char *path = incident_path(&arena, folder, v->from, v->to, suffix);
		ask_for_text(screen, &(struct ask_text){ .question = _("Ghi vào tệp nào?"), .initial = path, .max = 400,
			.plain = true, .check = check_path }, on_path, dotted[strcmp(suffix, "pdf") == 0 ? 2 : strcmp(suffix, "csv") == 0]);
	}
	arena_free(&arena);
}

void incident_export_sheet(struct screen *screen)
{
	ask_path(screen, "xlsx");
}

void incident_export_text(struct screen *screen)
{
	ask_path(screen, "csv");
}

void incident_export_paper(struct screen *screen)
{
	ask_path(screen, "pdf");
}
