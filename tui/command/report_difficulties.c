/* SPDX-License-Identifier: Apache-2.0
 *
 * Outages and slips of difficulty of a time, as a workbook, as text (.csv) or, where the
 * file is to be a .pdf, as the evidence pack with its places for signatures. */
#include <string.h>

#include "core/base/say.h"
#include "tui/command/report.h"
#include "tui/incident_report.h"

struct work {
	struct clerk *clerk;
	struct incident_report report;
	struct incidents found;
	const char *path;
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

static bool draw_pack(struct work *work)
{
	struct fields fields = { 0 };
	incident_fields(&work->report, &work->clerk->arena, &fields);
	return report_draw(work->clerk, "incidents", moment_day(work->report.now), &fields, work->path, &work->err);
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
	                                                           : incident_table(&work.report, work.path, &work.err));
	if (!good)
		return command_failed(&work.err);
	tell(&work, call);
	return 0;
}
