/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/starting.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/program.h"
#include "tui/ready.h"

/* A first start makes a cluster and loads ten thousand rows; a slow disk may
 * take its time, but not for ever. */
#define MOST_MS (5 * 60 * 1000)

/* The last whole line that setup printed. */
static void on_heard(struct child *child)
{
	struct starting *starting = OWNER_OF(child, struct starting, child);
	const char *text = bytes_string(&child->out);
	size_t end = child->out.size;
	while (end > 0 && text[end - 1] != '\n')
		end--;
	if (end == 0)
		return;
	size_t from = end - 1;
	while (from > 0 && text[from - 1] != '\n')
		from--;
	snprintf(starting->step, sizeof starting->step, "%.*s", (int)(end - 1 - from), text + from);
	starting->told(starting->owner);
}

/* setup's last words on stderr are the clerk's sentence, then the cause. */
static void fail_with(struct error *err, struct child *child)
{
	char *at = child->err.data;
	char *sentence = at ? strsep(&at, "\n") : NULL;
	if (child->timed_out || !sentence || !*sentence)
		fail(err, FAULT_OFFLINE, "%s", _("Không khởi động được cơ sở dữ liệu; xem nhật ký motcua.log."));
	else
		fail(err, FAULT_OFFLINE, "%s", sentence);
	because(err, "setup ended with %d: %s", child->status, at ? at : "");
}

static void on_done(struct child *child)
{
	struct starting *starting = OWNER_OF(child, struct starting, child);
	struct error err = { 0 };
	bool good = child->status == 0 && !child->timed_out;
	starting->under_way = false;
	starting->step[0] = '\0';
	if (!good)
		fail_with(&err, child);
	child_clear(child);
	starting->done(starting->owner, good ? NULL : &err);
}

void starting_begin(struct starting *starting, struct program *program, struct loop *loop,
                    struct scope *scope, const struct starting_calls *calls)
{
	struct error err = { 0 };
	*starting = (struct starting){ .done = calls->done, .told = calls->told,
		                       .owner = calls->owner };
	if (ready_check(program))
		return;
	int n = 0;
	starting->argv[n++] = "/proc/self/exe";
	if (program->options.lang) {
		starting->argv[n++] = "--lang";
		starting->argv[n++] = program->options.lang;
	}
	if (program->options.config) {
		starting->argv[n++] = "--config";
		starting->argv[n++] = program->options.config;
	}
	if (program->options.practice)
		starting->argv[n++] = "--practice";
	starting->argv[n++] = "setup";
	struct child_plan plan = { .argv = starting->argv, .timeout_ms = MOST_MS, .heard = on_heard };
	starting->under_way = child_start(loop, scope, &starting->child, &plan, on_done, &err);
	if (starting->under_way)
		snprintf(starting->step, sizeof starting->step, "%s", _("Đang khởi động…"));
	else
		calls->done(calls->owner, &err);
}

bool starting_under_way(const struct starting *starting)
{
	return starting->under_way;
}

const char *starting_step(const struct starting *starting)
{
	return starting->step;
}
