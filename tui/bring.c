/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/bring.h"

#include <string.h>

#include "core/base/path.h"
#include "core/base/text.h"
#include "tui/attach.h"
#include "tui/desk.h"

const char *bring_shown(struct arena *arena, const char *name)
{
	return text_mend(arena, name, strlen(name));
}

static void finish(struct bring *bring, const struct error *err)
{
	struct error unfit;
	const char *type = NULL;
	int fd = -1;
	if (!err && !attach_open(bring->path, bring->shown, &fd, &type, &unfit))
		err = &unfit, fd = -1;
	scope_remove(&bring->task);
	spool_close(&bring->spool);
	arena_free(&bring->arena);
	bring->done(bring, fd, type, err);
}

static void on_taken(struct folder_job *job, const struct error *err)
{
	struct bring *bring = job->owner;
	folder_clear(job);
	finish(bring, err);
}

static void on_task_end(struct task *task)
{
	struct bring *bring = OWNER_OF(task, struct bring, task);
	spool_close(&bring->spool);
	arena_free(&bring->arena);
	folder_clear(&bring->job);
}

void bring_start(struct bring *bring, struct desk *desk, struct scope *scope, const char *folder,
                 const char *name)
{
	struct error err;
	bring->arena = (struct arena){ 0 };
	bring->spool = (struct spool){ 0 };
	bring->shown = bring_shown(&bring->arena, name);
	bring->task = (struct task){ .end = on_task_end };
	bring->job = (struct folder_job){ .owner = bring };
	scope_add(scope, &bring->task);
	if (!spool_open(&bring->spool, desk->paths->data, &err)) {
		finish(bring, &err);
		return;
	}
	bring->path = path_join(&bring->arena, bring->spool.folder, "tep");
	const char *program = path_join(&bring->arena, desk->paths->libexec, "motcua-folder");
	const char *words[] = { folder, name, bring->path, NULL };
	if (!folder_ask(desk->loop, scope, &bring->job, &(struct folder_plan){ .program = program, .verb = "take",
		.words = words, .timeout_ms = 120000, .done = on_taken }, &err))
		finish(bring, &err);
}
