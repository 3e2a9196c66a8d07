/* SPDX-License-Identifier: Apache-2.0
 *
 * Separator sheets for the dossier at hand: one for each paper, so that a whole stack
 * is scanned in one go and sorts itself. */
#include <stdlib.h>

#include "core/base/say.h"
#include "core/scan/mark.h"
#include "printers/job.h"
#include "tui/print.h"
#include "tui/receive_private.h"

struct separators {
	struct print_job job;
	struct receive *receive;
	struct task task;      /* frees the job with the screen */
};

static void on_printed(struct print_job *job)
{
	struct separators *s = OWNER_OF(job, struct separators, job);
	desk_say(s->receive->screen->desk, job->result == CARRIED_NOT ? FAULT_DEVICE : FAULT_NONE, "%s", job->say);
}

static void on_task_end(struct task *task)
{
	job_clear(&OWNER_OF(task, struct separators, task)->job);
}

/* The request's number tells whose separator sheets these are, also after a draft was
 * opened again. */
void receive_session(const struct receive *receive, char *session)
{
	unsigned char bytes[MARK_SESSION] = { 0 };
	size_t at = 0;
	for (const char *c = receive->r.request_id; *c; c++, at = (at + 1) % MARK_SESSION)
		bytes[at] = (unsigned char)(bytes[at] * 31 + *c);
	mark_session(bytes, session);
}

/* Papers that the citizen hands in or leaves a copy of; those only shown are not kept. */
static void fill(const struct receive *receive, struct arena *arena, struct fields *fields)
{
	const struct duty *duty = receive_duty(receive);
	struct mark mark;
	char text[40];
	int count = 0;
	receive_session(receive, mark.session);
	fields_set(arena, fields, "unit.name", duty->facts->unit_name);
	fields_set(arena, fields, "counter", duty->facts->counter);
	fields_set(arena, fields, "practice", duty->facts->practice ? "1" : "0");
	for (size_t i = 0; i < receive->r.checklist.count && i < 99; i++) {
		const struct paper *paper = &receive->r.checklist.papers[i];
		if (paper->state == PAPER_NOT_NEEDED || paper->action == ACTION_LOOKUP || paper->action == ACTION_SHOW)
			continue;
		mark.paper = (int)i + 1;
		mark_write(&mark, text, sizeof text);
		count++;
		fields_format(arena, fields, arena_format(arena, "separator.%d.number", count), "%d", mark.paper);
		fields_set(arena, fields, arena_format(arena, "separator.%d.name", count), paper->name);
		fields_set(arena, fields, arena_format(arena, "separator.%d.qr", count), text);
	}
}

void receive_separators(struct receive *receive)
{
	struct screen *screen = receive->screen;
	struct duty *duty = receive_duty(receive);
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	struct error err;
	struct separators *s = ARENA_NEW(&screen->arena, struct separators);
	const struct printer *printer = printer_find(print_printers(duty), NULL);
	s->receive = receive;
	s->task.end = on_task_end;
	fill(receive, &arena, &fields);
	if (fields_group(&fields, "separator") == 0)
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Không có giấy tờ nào phải nộp để làm tờ phân cách."));
	else if (job_start(&s->job, &duty->draw, &screen->scope, printer,
	                   &(struct draw_request){ .form = "separator", .date = desk_today(screen->desk), .fields = &fields },
	                   "to-phan-cach", on_printed, &err))
		scope_add(&screen->scope, &s->task);
	else
		desk_tell(screen->desk, &err);
	arena_free(&arena);
}
