/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/print_run.h"

#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "printers/fields.h"
#include "tui/print_qr.h"

enum {
	RETRY_MS = 1000,   /* a device that another counter has */
	REPORT_MS = 5000,  /* an outcome that could not be written down */
	KEEP_MS = 8000,    /* the device stays ours while we print */
};

static void begin(struct print_run *run);
static void report(struct print_run *run);

static void tell(struct print_run *run, enum print_state state, const char *sentence)
{
	run->state = state;
	snprintf(run->say, sizeof run->say, "%s", sentence);
	run->told(run);
}

static void rest(struct print_run *run)
{
	loop_cancel(run->tools.loop, &run->retry);
	loop_cancel(run->tools.loop, &run->keep);
}

static void drop_page(struct print_run *run)
{
	if (run->has_job)
		job_clear(&run->job);
	run->has_job = false;
	arena_free(&run->page);
}

static void finish(struct print_run *run)
{
	rest(run);
	drop_page(run);
	scope_remove(&run->task);
	scope_end(&run->scope);
	run->over = true;
	run->ended(run);
}

/* Nothing was begun, or nothing that we know of.  What somebody else has taken or ended
 * is not ours to try again. */
static void give_up(struct print_run *run, const struct error *err)
{
	log_error("printing", err);
	run->error = *err;
	tell(run, err->fault == FAULT_CONFLICT ? PRINT_DONE : PRINT_FAILED, err->say);
	finish(run);
}

/* ---- how it ended ---- */

static void on_reported(struct prints_ask *ask, const struct error *err)
{
	struct print_run *run = ask->owner;
	if (err && err->fault == FAULT_OFFLINE && run->tools.patient) {
		loop_after(run->tools.loop, &run->retry, REPORT_MS);
		return;
	}
	if (err) /* the paper is out: only the row lags */
		log_error("marking a paper as printed", err);
	run->outcome[0] = '\0';
	if (!err && run->state != PRINT_FAILED)
		run->done++;
	if (!err && run->ask.more)
		begin(run);
	else
		finish(run);
}

static void report(struct print_run *run)
{
	run->ask = (struct prints_ask){ .done = on_reported, .into = &run->page, .owner = run };
	prints_end(run->tools.store, &run->scope, &run->ask, run->job_id, run->attempt, run->outcome, run->say,
	           run->error.log);
}

static void end(struct print_run *run, const char *outcome)
{
	loop_cancel(run->tools.loop, &run->keep);
	snprintf(run->outcome, sizeof run->outcome, "%s", outcome);
	report(run);
}

static void fail_page(struct print_run *run, const struct error *err)
{
	log_error("printing", err);
	run->error = *err;
	tell(run, PRINT_FAILED, err->say);
	end(run, "failed");
}

static void on_given(struct copy_ask *ask, const struct copy_row *row, const struct error *err)
{
	(void)ask, (void)row;
	if (err) /* the paper is out; its fields are frozen anyway */
		log_error("keeping what was given", err);
}

/* The first print of a paper stays with its dossier, byte for byte. */
static void keep_given(struct print_run *run)
{
	const struct bytes *out = &run->job.drawing.out;
	if (run->done >= run->count || run->ask.copy > 0 || !out->size)
		return;
	run->kept = (struct copy_ask){ .done = on_given, .owner = run };
	paper_keep(run->tools.store, &run->scope, &run->kept, run->papers[run->done],
	           draw_output_word(run->job.drawn_as), out->data, out->size);
}

static void on_job(struct print_job *job)
{
	struct print_run *run = OWNER_OF(job, struct print_run, job);
	if (job->result == CARRIED_NOT) {
		struct error err = job->error;
		fail_page(run, &err);
		return;
	}
	bool sure = job->result == CARRIED_DONE;
	snprintf(run->place, sizeof run->place, "%s", job->carriage.place);
	tell(run, sure ? PRINT_DONE : PRINT_UNSURE, job->say);
	keep_given(run);
	end(run, sure ? "printed" : "unconfirmed");
}

static void on_moved(struct print_job *job)
{
	struct print_run *run = OWNER_OF(job, struct print_run, job);
	tell(run, PRINT_WAITING, job->say);
}

/* ---- one paper ---- */

/* Names files and messages: the dossier's code, the paper's number, or which sheets. */
static const char *title_of(struct print_run *run, const struct fields *fields)
{
	const char *code = fields_get(fields, "dossier.code"), *block = fields_get(fields, "block.number");
	if (code && *code)
		return code;
	if (block)
		return arena_format(&run->page, "in-san-tap-%s", block);
	return *run->ask.number ? run->ask.number : run->title;
}

static bool draw_page(struct print_run *run, struct error *err)
{
	struct fields fields = { 0 };
	struct draw_request request = { .form = run->ask.form, .copy = run->ask.copy,
		.output = run->printer->output, .fields = &fields };
	if (!fields_parse(&run->page, run->ask.fields, strlen(run->ask.fields), &fields, err) ||
	    !print_qr(&run->tools, &run->page, request.form, &fields, &request.qr, err))
		return false;
	if (!*run->title)
		run->title = arena_string(&run->arena, title_of(run, &fields));
	/* The form in force when the paper was made. */
	const char *at = fields_get(&fields, "at");
	moment_t made = at ? moment_read_iso(at) : MOMENT_NONE;
	request.date = moment_day(made == MOMENT_NONE ? moment_now() : made);
	run->job.moved = on_moved;
	run->has_job = job_start(&run->job, run->tools.draw, &run->scope, run->printer, &request,
	                         title_of(run, &fields), on_job, err);
	return run->has_job;
}

static void on_kept(struct prints_ask *ask, const struct error *err)
{
	struct print_run *run = ask->owner;
	if (err)
		log_error("holding a printer", err);
	arena_free(&run->hold_memory);
	if (!run->outcome[0])
		loop_after(run->tools.loop, &run->keep, KEEP_MS);
}

static void keep(struct timer *timer)
{
	struct print_run *run = OWNER_OF(timer, struct print_run, keep);
	run->hold = (struct prints_ask){ .done = on_kept, .into = &run->hold_memory, .owner = run };
	prints_hold(run->tools.store, &run->scope, &run->hold, run->job_id, run->attempt);
}

/* One who waits says so once, not with every try. */
static void wait_turn(struct print_run *run)
{
	if (!run->waits) {
		char text[320];
		run->waits = true;
		snprintf(text, sizeof text, _("Đợi quầy %s in xong trên máy in %s…"), run->ask.holder, run->printer->name);
		tell(run, PRINT_WAITING, text);
	}
	loop_after(run->tools.loop, &run->retry, RETRY_MS);
}

static void on_begun(struct prints_ask *ask, const struct error *err)
{
	struct print_run *run = ask->owner;
	struct error why;
	if (err) {
		give_up(run, err);
		return;
	}
	if (*ask->holder) {
		wait_turn(run);
		return;
	}
	if (run->waits)
		tell(run, PRINT_WAITING, _("Đang in…"));
	run->waits = false;
	run->attempt = ask->attempt;
	run->copy = ask->copy;
	loop_after(run->tools.loop, &run->keep, KEEP_MS);
	if (!draw_page(run, &why))
		fail_page(run, &why);
}

static void begin(struct print_run *run)
{
	drop_page(run);
	run->ask = (struct prints_ask){ .done = on_begun, .into = &run->page, .owner = run };
	prints_begin(run->tools.store, &run->scope, &run->ask, run->job_id);
}

/* ---- from outside ---- */

static void again(struct timer *timer)
{
	struct print_run *run = OWNER_OF(timer, struct print_run, retry);
	if (run->outcome[0])
		report(run);
	else
		begin(run);
}

void print_run_poke(struct print_run *run)
{
	if (!run->retry.armed)
		return;
	loop_cancel(run->tools.loop, &run->retry);
	again(&run->retry);
}

static void on_laid(struct prints_ask *ask, const struct error *err)
{
	struct print_run *run = ask->owner;
	if (err) {
		give_up(run, err);
		return;
	}
	if (!run->job_id)
		run->job_id = ask->job_id;
	begin(run);
}

static void stop(struct task *task)
{
	struct print_run *run = OWNER_OF(task, struct print_run, task);
	rest(run);
	scope_end(&run->scope);
	run->over = true;
}

static void start(struct print_run *run, struct scope *scope, const struct printer *printer)
{
	run->printer = printer;
	run->retry.fire = again;
	run->keep.fire = keep;
	run->task.end = stop;
	scope_add(scope, &run->task);
	run->ask = (struct prints_ask){ .done = on_laid, .into = &run->page, .owner = run };
}

void print_run_new(struct print_run *run, struct scope *scope, const int64_t *papers, int count,
                   const char *title, const struct printer *printer)
{
	char request[37];
	int64_t *own = ARENA_MANY(&run->arena, int64_t, count + 1);
	memcpy(own, papers, sizeof *own * (size_t)count);
	run->papers = own;
	run->count = count;
	run->title = arena_string(&run->arena, title);
	start(run, scope, printer);
	seal_uuid(request);
	prints_queue(run->tools.store, &run->scope, &run->ask, request, run->papers, count, title,
	             printer->name, printer_device(printer, &run->arena));
	tell(run, PRINT_WAITING, _("Đang in…"));
}

void print_run_take(struct print_run *run, struct scope *scope, const struct print_row *row,
                    const struct printer *printer)
{
	int64_t *own = ARENA_MANY(&run->arena, int64_t, row->count + 1);
	memcpy(own, row->papers, sizeof *own * (size_t)row->count);
	run->papers = own;
	run->count = row->count;
	run->done = row->done < row->count ? row->done : 0;
	run->job_id = row->job_id;
	run->title = arena_string(&run->arena, row->title);
	start(run, scope, printer);
	prints_take(run->tools.store, &run->scope, &run->ask, run->job_id, printer->name,
	            printer_device(printer, &run->arena));
	tell(run, PRINT_WAITING, _("Đang in…"));
}

void print_run_clear(struct print_run *run)
{
	rest(run);
	scope_remove(&run->task);
	scope_end(&run->scope);
	drop_page(run);
	arena_free(&run->hold_memory);
	arena_free(&run->arena);
	run->over = true;
}

/* ---- where none is configured ---- */

const struct printer *print_fallback(struct arena *arena, const char *data_folder)
{
	struct printer *printer = ARENA_NEW(arena, struct printer);
	*printer = (struct printer){ .name = "PDF", .carrier = &carrier_file,
		.output = DRAW_PDF_A5, .is_default = true,
		.address = path_join(arena, data_folder, "giay-to") };
	(void)path_make(printer->address, 0700, NULL); /* the carrier tells */
	return printer;
}
