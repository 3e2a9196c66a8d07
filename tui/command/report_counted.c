/* SPDX-License-Identifier: Apache-2.0
 *
 * A counted report from the command line, for a timer: read, told to the trail, written. */
#include <string.h>

#include "core/base/say.h"
#include "tui/command/report.h"
#include "tui/report_output.h"

struct work {
	struct clerk *clerk;
	struct report_plan plan;
	struct report_table table;
	const char *path;
	enum report_format format;
	bool done, good;
	struct error err;
};

static void on_read(struct report_ask *ask, const struct report_table *table, const struct error *err)
{
	struct work *work = ask->owner;
	work->done = true;
	work->good = !err;
	if (table)
		work->table = *table;
	if (err)
		work->err = *err;
}

static void on_told(struct report_export_ask *ask, const struct error *err)
{
	struct work *work = ask->owner;
	work->done = true;
	work->good = !err;
	if (err)
		work->err = *err;
}

#define LAST "last-"

/* --period, or --from and --to; without any the month that today lies in. */
static bool choose_days(struct work *work, const struct call *call)
{
	day_t today = moment_day(session_now(work->clerk->session));
	const char *word = call->period ? call->period : "month";
	int by = strncmp(word, LAST, strlen(LAST)) == 0 ? -1 : 0;
	enum report_period period;
	if (!report_period_find(by ? word + strlen(LAST) : word, &period))
		return fail(&work->err, FAULT_INPUT, _("Không có kỳ “%s”."), word);
	if (call->period && (call->from != DAY_NONE || call->to != DAY_NONE))
		return fail(&work->err, FAULT_INPUT, "%s", _("Chỉ ghi --period, hoặc --from và --to."));
	report_period_days(period, today, by, &work->plan.from, &work->plan.to);
	if (call->from != DAY_NONE || call->to != DAY_NONE) {
		work->plan.from = call->from != DAY_NONE ? call->from : call->to;
		work->plan.to = call->to != DAY_NONE ? call->to : today;
	}
	return work->plan.from <= work->plan.to ||
	       fail(&work->err, FAULT_INPUT, "%s", _("Ngày đầu kỳ đứng sau ngày cuối kỳ."));
}

static bool choose(struct work *work, const struct call *call)
{
	const struct report_kind *kind = work->plan.kind;
	work->plan.deciding = call->deciding;
	work->plan.narrow = call->field ? call->field : "";
	work->plan.personal = call->personal != NULL;
	work->plan.reason = call->personal;
	if (!choose_days(work, call))
		return false;
	if (call->deciding && !kind->sides)
		return fail(&work->err, FAULT_INPUT, "%s", _("Bảng này không tính theo cơ quan giải quyết."));
	if (call->personal && !report_personal(kind))
		return fail(&work->err, FAULT_INPUT, "%s", _("Bảng này không có cột dữ liệu cá nhân."));
	work->path = call->out ? call->out : report_path(&work->clerk->arena, ".", &work->plan, REPORT_XLSX);
	return report_format_of(work->path, &work->format) ||
	       fail(&work->err, FAULT_INPUT, "%s", _("Tên tệp phải kết thúc bằng .xlsx, .csv hoặc .pdf."));
}

static bool read_all(struct work *work)
{
	struct report_ask ask = { .done = on_read, .into = &work->clerk->arena, .owner = work };
	struct report_export_ask told = { .done = on_told, .owner = work };
	report_read(work->clerk->store, &work->clerk->scope, &ask, &work->plan, session_now(work->clerk->session));
	clerk_wait(work->clerk, &work->done);
	if (!work->good)
		return false;
	work->done = false;
	report_export(work->clerk->store, &work->clerk->scope, &told, &work->plan, report_format_word(work->format));
	clerk_wait(work->clerk, &work->done);
	return work->good;
}

static bool write_all(struct work *work)
{
	struct report_output output = { .table = &work->table, .facts = work->clerk->facts };
	struct fields fields = { 0 };
	if (work->format == REPORT_XLSX)
		return report_xlsx(&output, work->path, &work->err);
	if (work->format == REPORT_CSV)
		return report_csv(&output, work->path, &work->err);
	return report_fields(&output, &work->clerk->arena, &fields, &work->err) &&
	       report_draw(work->clerk, "report", moment_day(work->table.at), &fields, work->path, &work->err);
}

int report_counted(struct clerk *clerk, const struct call *call, const struct report_kind *kind)
{
	struct work work = { .clerk = clerk, .plan = { .kind = kind } };
	char from[16], to[16];
	if (!choose(&work, call) || !read_all(&work) || !write_all(&work))
		return command_failed(&work.err);
	day_write_iso(work.plan.from, from, sizeof from);
	day_write_iso(work.plan.to, to, sizeof to);
	if (call->json)
		command_json(json_pack("{s:s, s:s, s:s, s:s, s:i}", "file", work.path, "kind", kind->name, "from", from, "to", to,
		                       "rows", work.table.count));
	else
		printf(_("Đã ghi %s: %d dòng, từ %s đến hết %s.\n"), work.path, work.table.count, from, to);
	return 0;
}
