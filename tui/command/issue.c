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
#include "tui/print_run.h"
#include "tui/print_qr.h"

/* One paper on its way out. */
struct way {
	struct clerk *clerk;
	struct paper_row paper;
	struct fields fields;
	struct draw draw;
	struct print_run run;
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

static struct print_tools tools_of(struct way *way)
{
	struct clerk *clerk = way->clerk;
	return (struct print_tools){ .loop = &clerk->program->loop, .store = clerk->store, .draw = &way->draw,
		.key = &clerk->key, .key_id = &clerk->key_id, .lookup_url = clerk->facts->lookup_url };
}

static void on_drawn(struct drawing *drawing, const struct error *err)
{
	struct way *way = OWNER_OF(drawing, struct way, drawing);
	way->done = true;
	way->good = !err;
	if (err)
		way->err = *err;
}

static void on_given(struct copy_ask *ask, const struct copy_row *row, const struct error *err)
{
	(void)row;
	if (err)
		log_error("keeping what was given", err);
	*(bool *)ask->owner = true;
}

/* The first print stays with its dossier, byte for byte. */
static void keep_given(struct way *way)
{
	bool done = false;
	struct copy_ask ask = { .done = on_given, .owner = &done };
	if (way->paper.copies_printed > 0)
		return;
	paper_keep(way->clerk->store, &way->clerk->scope, &ask, way->paper.paper_id,
	           draw_output_word(way->printer->output), way->drawing.out.data, way->drawing.out.size);
	clerk_wait(way->clerk, &done);
}

static bool into_file(struct way *way, struct issued *out)
{
	struct clerk *clerk = way->clerk;
	const struct print_tools tools = tools_of(way);
	const char *at = fields_get(&way->fields, "at");
	moment_t made = at ? moment_read_iso(at) : MOMENT_NONE;
	struct draw_request request = { .form = way->paper.form, .copy = way->paper.copies_printed,
		.date = moment_day(made == MOMENT_NONE ? session_now(clerk->session) : made),
		.output = way->printer->output, .fields = &way->fields };
	way->done = false;
	bool good = print_qr(&tools, &clerk->arena, request.form, &way->fields, &request.qr, &way->err) &&
	            draw_paper(&way->draw, &clerk->scope, &request, &way->drawing, on_drawn, &way->err);
	if (good) {
		clerk_wait(clerk, &way->done);
		good = way->good && path_write(way->file, way->drawing.out.data, way->drawing.out.size,
		                               0600, &way->err);
	}
	if (good)
		keep_given(way);
	mark(way, good ? "ok" : way->err.log);
	out->place = way->file;
	out->confirmed = good;
	out->say = arena_format(&clerk->arena, _("Đã ghi giấy vào %s."), way->file);
	return good;
}

static void on_told(struct print_run *run)
{
	if (run->waits) /* for another counter: people should know why it takes so long */
		fprintf(stderr, "%s\n", run->say);
}

static void on_ended(struct print_run *run)
{
	OWNER_OF(run, struct way, run)->done = true;
}

static bool onto_printer(struct way *way, const int64_t *papers, int count, const char *title,
                         struct issued *out)
{
	struct clerk *clerk = way->clerk;
	way->done = false;
	way->run = (struct print_run){ .tools = tools_of(way), .told = on_told, .ended = on_ended };
	print_run_new(&way->run, &clerk->scope, papers, count, title, way->printer);
	clerk_wait(clerk, &way->done);
	out->place = arena_string(&clerk->arena, way->run.place);
	out->say = arena_string(&clerk->arena, way->run.say);
	out->confirmed = way->run.state == PRINT_DONE;
	out->copy = way->run.copy;
	bool good = way->run.error.fault == FAULT_NONE;
	if (!good)
		way->err = way->run.error;
	print_run_clear(&way->run);
	return good;
}

static void begin_drawing(struct way *way)
{
	struct clerk *clerk = way->clerk;
	draw_init(&way->draw, &clerk->program->loop,
	          path_join(&clerk->arena, clerk->program->paths.libexec, "motcua-draw"),
	          clerk->program->paths.share);
}

static bool bring_out(struct way *way, int64_t paper_id, struct issued *out)
{
	struct clerk *clerk = way->clerk;
	if (print_needs_key(way->paper.form) && !clerk->key_id && !clerk_key(clerk, &way->err))
		return false;
	begin_drawing(way);
	bool good = way->file ? into_file(way, out) : onto_printer(way, &paper_id, 1, "", out);
	drawing_clear(&way->drawing);
	draw_close(&way->draw);
	return good;
}

bool issue_test(struct clerk *clerk, const struct call *to, struct issued *out, struct error *err)
{
	struct way way = { .clerk = clerk };
	*out = (struct issued){ .place = "" };
	bool good = find_way(&way, to);
	if (good && way.file) {
		good = fail(&way.err, FAULT_INPUT, "%s", _("Trang in thử vào một thư mục hoặc một máy in, không vào một tệp."));
	} else if (good) {
		begin_drawing(&way);
		out->printer = way.printer->name;
		good = onto_printer(&way, &(int64_t){ 0 }, 0, "", out);
		draw_close(&way.draw);
	}
	if (!good && err)
		*err = way.err;
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
		good = (first_only && out->copy > 0) || bring_out(&way, paper_id, out);
	}
	if (!good && err)
		*err = way.err;
	return good;
}
