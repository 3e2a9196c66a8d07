/* SPDX-License-Identifier: Apache-2.0
 *
 * Outages and slips of difficulty of a time, as a workbook or, where the file is to
 * be a .pdf, as the evidence pack with its places for signatures. */
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "printers/draw.h"
#include "tui/command/report.h"
#include "tui/incident_report.h"

struct work {
	struct clerk *clerk;
	struct incident_report report;
	struct incidents found;
	const char *path;
	struct draw draw;
	struct drawing drawing;
	bool done, good;
	struct error err;
};

static void on_read(struct incidents_ask *ask, const struct incidents *found, const struct error *err)
{
	struct work *work = ask->owner;
	work->done = true;
	work->good = !err;
	if (found)
		work->found = *found;
	if (err)
		work->err = *err;
}

static bool read_all(struct work *work)
{
	struct incidents_ask ask = { .done = on_read, .into = &work->clerk->arena, .owner = work };
	incidents_read(work->clerk->store, &work->clerk->scope, &ask, work->report.from, work->report.to);
	clerk_wait(work->clerk, &work->done);
	return work->good;
}

static void on_drawn(struct drawing *drawing, const struct error *err)
{
	struct work *work = OWNER_OF(drawing, struct work, drawing);
	work->done = true;
	work->good = !err;
	if (err)
		work->err = *err;
}

static bool draw_pack(struct work *work)
{
	struct program *program = work->clerk->program;
	struct fields fields = { 0 };
	incident_fields(&work->report, &work->clerk->arena, &fields);
	struct draw_request request = { .form = "incidents", .date = moment_day(work->report.now),
		.output = DRAW_PDF_A4, .fields = &fields };
	draw_init(&work->draw, &program->loop,
	          path_join(&work->clerk->arena, program->paths.libexec, "motcua-draw"), program->paths.share);
	work->done = false;
	bool good = draw_paper(&work->draw, &work->clerk->scope, &request, &work->drawing, on_drawn, &work->err);
	if (good) {
		clerk_wait(work->clerk, &work->done);
		good = work->good && path_write(work->path, work->drawing.out.data, work->drawing.out.size, 0600,
		                                &work->err);
	}
	drawing_clear(&work->drawing);
	draw_close(&work->draw);
	return good;
}

/* Without days: this week, Monday to Sunday. */
static bool choose_days(struct work *work, const struct call *call)
{
	day_t today = moment_day(work->report.now), monday = today - (day_weekday(today) - 1);
	work->report.from = call->from != DAY_NONE ? call->from : call->to != DAY_NONE ? call->to : monday;
	work->report.to = call->to != DAY_NONE ? call->to : call->from != DAY_NONE ? today : monday + 6;
	return work->report.from <= work->report.to ||
	       fail(&work->err, FAULT_INPUT, "%s", _("Ngày đầu kỳ đứng sau ngày cuối kỳ."));
}

static void tell(const struct work *work, const struct call *call)
{
	if (call->json)
		command_json(json_pack("{s:s, s:i, s:i}", "file", work->path, "outages", work->found.outage_count,
		                       "difficulties", work->found.difficulty_count));
	else
		printf(_("Đã ghi %s: %d sự cố, %d phiếu vướng mắc.\n"), work->path, work->found.outage_count,
		       work->found.difficulty_count);
}

int report_difficulties(struct clerk *clerk, const struct call *call)
{
	struct work work = { .clerk = clerk, .report = { .now = session_now(clerk->session), .facts = clerk->facts } };
	if (!choose_days(&work, call))
		return command_failed(&work.err);
	work.report.found = &work.found;
	work.path = call->out ? call->out
	                      : incident_path(&clerk->arena, ".", work.report.from, work.report.to, "xlsx");
	bool good = read_all(&work) && (incident_is_pdf(work.path) ? draw_pack(&work)
	                                                           : incident_xlsx(&work.report, work.path, &work.err));
	if (!good)
		return command_failed(&work.err);
	tell(&work, call);
	return 0;
}
