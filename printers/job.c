/* SPDX-License-Identifier: Apache-2.0 */
#include "printers/job.h"

#include <stdio.h>

#include "core/base/say.h"

static void finish(struct print_job *job, enum carried result, const struct error *err)
{
	job->busy = false;
	scope_remove(&job->task);
	job->result = err ? CARRIED_NOT : result;
	job->error = err ? *err : (struct error){ 0 };
	if (err)
		snprintf(job->say, sizeof job->say, "%s", err->say);
	else if (job->carriage.place[0])
		snprintf(job->say, sizeof job->say, _("Đã ghi giấy %.60s vào %.200s."), job->title,
		         job->carriage.place);
	else if (job->carriage.warning[0])
		snprintf(job->say, sizeof job->say, "%s", job->carriage.warning);
	else
		snprintf(job->say, sizeof job->say, _("Đã in giấy %.60s trên máy in %.100s."), job->title,
		         job->printer->name);
	job->done(job);
}

static void carried(struct carriage *carriage, const struct error *err)
{
	struct print_job *job = OWNER_OF(carriage, struct print_job, carriage);
	finish(job, carriage->result, err);
}

static const char *ending_of(enum draw_output output)
{
	switch (output) {
	case DRAW_PDF_A5:
	case DRAW_PDF_A4: return "pdf";
	case DRAW_PLAIN_80: return "txt";
	default: return "bin";
	}
}

static void moved(struct carriage *carriage)
{
	struct print_job *job = OWNER_OF(carriage, struct print_job, carriage);
	snprintf(job->say, sizeof job->say, "%s", carriage->warning);
	job->moved(job);
}

static bool carry(struct print_job *job, struct error *err)
{
	struct carriage *c = &job->carriage;
	*c = printer_trip(job->printer, job->drawing.out.data, job->drawing.out.size);
	c->title = job->title;
	c->ending = ending_of(job->drawn_as);
	c->moved = job->moved ? moved : NULL;
	return job->printer->carrier->begin(job->draw->loop, &job->inner, job->printer->address, c,
	                                    carried, err);
}

static void drawn(struct drawing *drawing, const struct error *failed)
{
	struct print_job *job = OWNER_OF(drawing, struct print_job, drawing);
	struct error err;
	job->drawn = !failed;
	if (failed)
		finish(job, CARRIED_NOT, failed);
	else if (!carry(job, &err))
		finish(job, CARRIED_NOT, &err);
}

static void stop(struct task *task)
{
	struct print_job *job = OWNER_OF(task, struct print_job, task);
	scope_end(&job->inner);
	job->busy = false;
}

/* A refusal of the printer itself must not come back from start or again: the
 * owner hears of every try in the same place. */
static void say_later(struct timer *timer)
{
	struct print_job *job = OWNER_OF(timer, struct print_job, later);
	struct error err = job->error;
	finish(job, CARRIED_NOT, &err);
}

static void forget_later(struct task *task)
{
	struct print_job *job = OWNER_OF(task, struct print_job, later_task);
	loop_cancel(job->draw->loop, &job->later);
}

static bool go(struct print_job *job, struct scope *scope, struct error *err)
{
	job->tries++;
	job->say[0] = '\0';
	job->result = CARRIED_NOT;
	if (job->drawn && job->drawn_as == job->printer->output) {
		if (!carry(job, &job->error)) {
			job->later.fire = say_later;
			job->later_task.end = forget_later;
			scope_add(&job->inner, &job->later_task);
			loop_after(job->draw->loop, &job->later, 1);
		}
	} else {
		job->drawn = false;
		job->drawn_as = job->request.output = job->printer->output;
		if (!draw_paper(job->draw, &job->inner, &job->request, &job->drawing, drawn, err))
			return false;
	}
	job->busy = true;
	job->task.end = stop;
	scope_add(scope, &job->task);
	return true;
}

bool job_start(struct print_job *job, struct draw *draw, struct scope *scope,
               const struct printer *printer, const struct draw_request *request,
               const char *title, void (*done)(struct print_job *), struct error *err)
{
	*job = (struct print_job){ .draw = draw, .printer = printer, .request = *request,
				   .done = done, .moved = job->moved };
	job->title = arena_string(&job->arena, title);
	job->request.form = arena_string(&job->arena, request->form);
	if (request->qr)
		job->request.qr = arena_string(&job->arena, request->qr);
	for (const struct field_line *line = request->fields->first; line; line = line->next)
		fields_set(&job->arena, &job->fields, line->key, line->value);
	job->request.fields = &job->fields;
	return go(job, scope, err);
}

bool job_again(struct print_job *job, struct scope *scope, const struct printer *printer,
               struct error *err)
{
	if (job->busy) {
		fail(err, FAULT_CONFLICT, _("Giấy này đang được in."));
		return because(err, "job under way");
	}
	if (printer)
		job->printer = printer;
	return go(job, scope, err);
}

void job_clear(struct print_job *job)
{
	scope_end(&job->inner);
	scope_remove(&job->task);
	drawing_clear(&job->drawing);
	arena_free(&job->arena);
	job->busy = false;
}
