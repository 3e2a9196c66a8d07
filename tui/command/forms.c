/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/command/forms.h"

#include <string.h>
#include <sys/stat.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "printers/job.h"
#include "printers/preview.h"
#include "tui/print_run.h"

struct work {
	struct program *program;
	const struct call *call;
	struct arena arena;
	struct scope scope;
	struct draw draw;
	struct drawing drawing;
	struct print_job job;
	bool done, good;
	struct error err;
};

bool forms_called(const struct call *call)
{
	return call->check || call->preview || call->fields;
}

static void wait_for(struct work *work)
{
	while (!work->done)
		loop_turn(&work->program->loop, 1000);
}

/* ---- one file, checked ---- */

static bool check(struct work *work)
{
	struct form *form;
	struct fields fields;
	struct bytes wide = { 0 }, narrow = { 0 };
	const char *path = work->call->check, *slash = strrchr(path, '/');
	char *text, day[16];
	size_t size;
	bool good = command_take(&work->arena, path, 1 << 20, &text, &size, &work->err) &&
	            form_parse(&work->arena, slash ? slash + 1 : path, text, size, &form, &work->err) &&
	            form_sample(&work->arena, work->program->paths.share, &fields, &work->err) &&
	            form_preview(&work->arena, form, &fields, 80, false, &wide, &work->err) &&
	            form_preview(&work->arena, form, &fields, 40, true, &narrow, &work->err);
	if (good && work->call->json)
		command_json(json_pack("{s:s, s:s, s:s, s:b}", "form", form->name, "title", form->title, "valid_from",
		                       day_write_iso(form->from, day, sizeof day), "good", true));
	else if (good)
		printf(_("%s: mẫu %s, %s, hiệu lực từ %s. Không có lỗi.\n\n%s"), path, form->name, form->title,
		       day_write(form->from, day, sizeof day), bytes_string(&wide));
	bytes_free(&wide);
	bytes_free(&narrow);
	return good;
}

/* ---- drawn and brought out ---- */

static void on_drawn(struct drawing *drawing, const struct error *err)
{
	struct work *work = OWNER_OF(drawing, struct work, drawing);
	work->done = true;
	work->good = !err;
	if (err)
		work->err = *err;
}

static void on_job(struct print_job *job)
{
	OWNER_OF(job, struct work, job)->done = true;
}

static bool into_file(struct work *work, const struct draw_request *request)
{
	if (!draw_paper(&work->draw, &work->scope, request, &work->drawing, on_drawn, &work->err))
		return false;
	wait_for(work);
	if (!work->good || !path_write(work->call->out, work->drawing.out.data, work->drawing.out.size, 0600,
	                               &work->err))
		return false;
	printf(_("Đã ghi giấy vào %s.\n"), work->call->out);
	return true;
}

static bool onto_printer(struct work *work, const struct draw_request *request, const struct printer *printer)
{
	if (!job_start(&work->job, &work->draw, &work->scope, printer, request, request->form, on_job, &work->err))
		return false;
	wait_for(work);
	bool good = work->job.result != CARRIED_NOT;
	if (good)
		printf("%s\n", work->job.say);
	else
		work->err = work->job.error;
	job_clear(&work->job);
	return good;
}

static bool bring_out(struct work *work, const char *form, const struct fields *fields)
{
	const struct call *call = work->call;
	struct program *program = work->program;
	const struct printer *printer = printer_find(program->printers, call->printer);
	struct draw_request request = { .form = form, .date = moment_day(moment_now()), .fields = fields,
		.output = DRAW_PDF_A5 };
	struct stat info;
	if (call->out && call->printer)
		return fail(&work->err, FAULT_INPUT, "%s", _("Chỉ chọn một: --out hoặc --printer."));
	if (call->printer && !printer)
		return fail(&work->err, FAULT_INPUT, _("Cấu hình không có máy in tên “%s”."), call->printer);
	if (call->out && stat(call->out, &info) == 0 && S_ISDIR(info.st_mode))
		return fail(&work->err, FAULT_INPUT, _("%s là thư mục; hãy nêu tên tệp."), call->out);
	draw_init(&work->draw, &program->loop, path_join(&work->arena, program->paths.libexec, "motcua-draw"),
	          program->paths.share);
	if (!printer)
		printer = print_fallback(&work->arena, program->paths.data);
	request.output = call->out ? DRAW_PDF_A5 : printer->output;
	bool good = call->out ? into_file(work, &request) : onto_printer(work, &request, printer);
	drawing_clear(&work->drawing);
	draw_close(&work->draw);
	return good;
}

static bool preview(struct work *work)
{
	struct form *forms;
	struct fields fields;
	struct bytes text = { 0 };
	const char *share = work->program->paths.share;
	const struct form *form;
	if (!forms_here(&work->arena, share, &forms, &work->err) ||
	    !(form = form_find(forms, work->call->preview, moment_day(moment_now()), &work->err)) ||
	    !form_sample(&work->arena, share, &fields, &work->err))
		return false;
	if (work->call->out || work->call->printer)
		return bring_out(work, form->name, &fields);
	bool good = form_preview(&work->arena, form, &fields, 80, false, &text, &work->err);
	if (good)
		fputs(bytes_string(&text), stdout);
	bytes_free(&text);
	return good;
}

/* Lists, notes and helps that stand for nothing in the books.  Everything else – receipts, slips, decisions, an office's
 * own – leaves here only as practice. */
static bool stands_alone(const char *form)
{
	static const char *const names[] = { "04", "06", "07", "appointment", "handover", "handover-list", "post-handover", "post-slip", "application",
		"guide", "incidents", "separator", "test", "ticket" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(form, names[i]) == 0)
			return true;
	return strncmp(form, "application-", strlen("application-")) == 0;
}

static bool from_fields(struct work *work)
{
	struct fields fields;
	char *text;
	size_t size;
	const char *form = work->call->form;
	if (!form)
		return fail(&work->err, FAULT_INPUT, "%s", _("Nêu tên mẫu: --form TÊN."));
	if (!command_take(&work->arena, work->call->fields, FIELDS_SIZE_MOST, &text, &size, &work->err) ||
	    !fields_parse(&work->arena, text, size, &fields, &work->err))
		return false;
	if (!stands_alone(form))
		fields_set(&work->arena, &fields, "practice", "1");
	return bring_out(work, form, &fields);
}

int forms_command(struct program *program, const struct call *call)
{
	struct work work = { .program = program, .call = call };
	bool good = call->check ? check(&work) : call->preview ? preview(&work) : from_fields(&work);
	int status = good ? 0 : command_failed(&work.err);
	scope_end(&work.scope);
	arena_free(&work.arena);
	return status;
}
