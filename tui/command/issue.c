/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/command/issue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/store/papers.h"
#include "printers/job.h"
#include "printers/receipt_qr.h"
#include "tui/print.h"

/* One paper on its way out. */
struct way {
	struct clerk *clerk;
	struct paper_row paper;
	struct fields fields;
	struct draw draw;
	struct print_job job;
	struct drawing drawing;
	const struct printer *printer;
	const char *file;        /* one PDF, or NULL */
	bool done, good;
	struct error err;
};

/* ---- the paper as frozen ---- */

static void on_paper(struct paper_ask *ask, const struct paper_row *paper, const struct error *err)
{
	struct way *way = ask->owner;
	way->done = true;
	way->good = paper != NULL;
	if (paper)
		way->paper = *paper;
	if (err)
		way->err = *err;
}

static bool read_paper(struct way *way, int64_t paper_id)
{
	struct paper_ask ask = { .done = on_paper, .into = &way->clerk->arena, .owner = way };
	paper_read(way->clerk->store, &way->clerk->scope, &ask, paper_id);
	clerk_wait(way->clerk, &way->done);
	return way->good && fields_parse(&way->clerk->arena, way->paper.fields,
	                                 strlen(way->paper.fields), &way->fields, &way->err);
}

static void on_marked(struct paper_ask *ask, const struct paper_row *paper, const struct error *err)
{
	(void)paper;
	if (err) /* the paper is out: only the count of copies lags */
		log_error("marking a paper as printed", err);
	*(bool *)ask->owner = true;
}

static void mark(struct way *way, const char *result)
{
	bool done = false;
	struct paper_ask ask = { .done = on_marked, .into = &way->clerk->arena, .owner = &done };
	paper_printed(way->clerk->store, &way->clerk->scope, &ask, way->paper.paper_id,
	              way->printer->name, result);
	clerk_wait(way->clerk, &done);
}

/* ---- where to ---- */

static const char *absolute(struct arena *arena, const char *path)
{
	char *here = *path == '/' ? NULL : getcwd(NULL, 0);
	const char *out = here ? path_join(arena, here, path) : path;
	free(here);
	return out;
}

static const struct printer *pdf_into(struct arena *arena, const char *folder)
{
	struct printer *printer = ARENA_NEW(arena, struct printer);
	*printer = (struct printer){ .name = "PDF", .carrier = &carrier_file,
		.output = DRAW_PDF_A5, .address = folder };
	return printer;
}

bool issue_possible(struct program *program, const struct call *to, struct error *err)
{
	if (to->out && to->printer)
		return fail(err, FAULT_INPUT, "%s", _("Chỉ chọn một: --out hoặc --printer."));
	if (to->printer && !printer_find(program->printers, to->printer))
		return fail(err, FAULT_INPUT, _("Cấu hình không có máy in tên “%s”."), to->printer);
	return true;
}

static bool find_way(struct way *way, const struct call *to)
{
	struct program *program = way->clerk->program;
	struct arena *arena = &way->clerk->arena;
	struct stat info;
	if (!issue_possible(program, to, &way->err))
		return false;
	if (to->out) {
		const char *out = absolute(arena, to->out);
		bool folder = out[strlen(out) - 1] == '/' || (stat(out, &info) == 0 && S_ISDIR(info.st_mode));
		way->printer = pdf_into(arena, out);
		way->file = folder ? NULL : out;
		return !folder || path_make(out, 0700, &way->err);
	}
	way->printer = printer_find(program->printers, to->printer);
	if (!way->printer)
		way->printer = print_fallback(arena, program->paths.data);
	return true;
}

/* ---- drawing and carrying ---- */

/* Only the receipt of an accepted dossier carries a QR. */
static bool sign(struct way *way, const char **qr)
{
	struct clerk *clerk = way->clerk;
	const char *code = fields_get(&way->fields, "dossier.code");
	if (strcmp(way->paper.form, "01") != 0 || !code || !*code)
		return true;
	return (clerk->key_id || clerk_key(clerk, &way->err)) &&
	       receipt_sign(&clerk->arena, &clerk->key, clerk->key_id, clerk->facts->lookup_url, code,
	                    qr, &way->err);
}

static void on_drawn(struct drawing *drawing, const struct error *err)
{
	struct way *way = OWNER_OF(drawing, struct way, drawing);
	way->done = true;
	way->good = !err;
	if (err)
		way->err = *err;
}

static bool into_file(struct way *way, const struct draw_request *request, struct issued *out)
{
	way->done = false;
	if (!draw_paper(&way->draw, &way->clerk->scope, request, &way->drawing, on_drawn, &way->err))
		return false;
	clerk_wait(way->clerk, &way->done);
	if (!way->good || !path_write(way->file, way->drawing.out.data, way->drawing.out.size, 0600,
	                              &way->err))
		return false;
	out->place = way->file;
	out->confirmed = true;
	out->say = arena_format(&way->clerk->arena, _("Đã ghi giấy vào %s."), way->file);
	return true;
}

static void on_job(struct print_job *job)
{
	OWNER_OF(job, struct way, job)->done = true;
}

static bool onto_printer(struct way *way, const struct draw_request *request, struct issued *out)
{
	struct clerk *clerk = way->clerk;
	const char *code = fields_get(&way->fields, "dossier.code");
	way->done = false;
	if (!job_start(&way->job, &way->draw, &clerk->scope, way->printer, request,
	               code && *code ? code : way->paper.number, on_job, &way->err))
		return false;
	clerk_wait(clerk, &way->done);
	out->place = arena_string(&clerk->arena, way->job.carriage.place);
	out->say = arena_string(&clerk->arena, way->job.say);
	out->confirmed = way->job.result == CARRIED_DONE;
	bool good = way->job.result != CARRIED_NOT;
	if (!good)
		way->err = way->job.error;
	job_clear(&way->job);
	return good;
}

static bool bring_out(struct way *way, struct issued *out)
{
	struct clerk *clerk = way->clerk;
	const char *at = fields_get(&way->fields, "at");
	moment_t made = at ? moment_read_iso(at) : MOMENT_NONE;
	struct draw_request request = { .form = way->paper.form, .copy = way->paper.copies_printed,
		.date = moment_day(made == MOMENT_NONE ? session_now(clerk->session) : made),
		.output = way->printer->output, .fields = &way->fields };
	if (!sign(way, &request.qr))
		return false;
	draw_init(&way->draw, &clerk->program->loop,
	          path_join(&clerk->arena, clerk->program->paths.libexec, "motcua-draw"),
	          clerk->program->paths.share);
	bool good = way->file ? into_file(way, &request, out) : onto_printer(way, &request, out);
	drawing_clear(&way->drawing);
	draw_close(&way->draw);
	mark(way, good ? "ok" : way->err.log);
	return good;
}

bool issue_paper(struct clerk *clerk, int64_t paper_id, const struct call *to, bool first_only,
                 struct issued *out, struct error *err)
{
	struct way way = { .clerk = clerk };
	*out = (struct issued){ .place = "" };
	bool good = find_way(&way, to) && read_paper(&way, paper_id);
	if (good) {
		out->copy = way.paper.copies_printed;
		out->printer = way.printer->name;
		good = (first_only && out->copy > 0) || bring_out(&way, out);
	}
	if (!good && err)
		*err = way.err;
	return good;
}
