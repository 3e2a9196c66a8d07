/* SPDX-License-Identifier: Apache-2.0
 *
 * Papers printed from what stands on the reception screen before anything is received: no
 * number, no row in the database, gone with the screen. */
#include "core/base/say.h"
#include "printers/job.h"
#include "tui/print.h"
#include "tui/receive_private.h"

struct slip {
	struct print_job job;
	struct receive *receive;
	struct task task;      /* frees the job with the screen */
};

static void on_printed(struct print_job *job)
{
	struct slip *slip = OWNER_OF(job, struct slip, job);
	desk_say(slip->receive->screen->desk, job->result == CARRIED_NOT ? FAULT_DEVICE : FAULT_NONE, "%s", job->say);
}

static void on_task_end(struct task *task)
{
	job_clear(&OWNER_OF(task, struct slip, task)->job);
}

void receive_slip(struct receive *receive, const char *form, const char *title, const struct fields *fields)
{
	struct screen *screen = receive->screen;
	struct duty *duty = receive_duty(receive);
	struct error err;
	struct slip *slip = ARENA_NEW(&screen->arena, struct slip);
	/* Who writes on a paper or scans it wants a sheet: a roll only where there is nothing else. */
	const struct printer *all = print_printers(duty), *printer = printer_of_sheets(all);
	slip->receive = receive;
	slip->task.end = on_task_end;
	if (job_start(&slip->job, &duty->draw, &screen->scope, printer ? printer : printer_find(all, NULL),
	              &(struct draw_request){ .form = form, .date = desk_today(screen->desk), .fields = fields },
	              title, on_printed, &err))
		scope_add(&screen->scope, &slip->task);
	else
		desk_tell(screen->desk, &err);
}
