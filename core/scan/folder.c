/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/folder.h"

#include <stdio.h>
#include <string.h>

#include "core/base/ending.h"
#include "core/base/say.h"

#define TIMEOUT_MS  20000
#define OUTPUT_MOST ((size_t)8 << 20)

static const struct ending words[] = {
#define X(word, fault, say) { word, FAULT_##fault, say },
	FOLDER_WORDS(X)
#undef X
};
enum { COUNT = sizeof words / sizeof words[0] };

bool folder_fail(struct error *err, const char *word, const char *cause)
{
	ending_fail(err, words, COUNT, word);
	return because(err, "folder: %s", cause);
}

/* True: it was the end line, and *good tells how it ended. */
static bool take_end(char *line, bool *good, struct error *err)
{
	char *tab = strchr(line, '\t');
	if (strncmp(line, "end ", 4) != 0 || !tab)
		return false;
	*tab = '\0';
	*good = strcmp(line + 4, "done") == 0 || folder_fail(err, line + 4, tab + 1);
	return true;
}

static void take_line(struct folder_job *job, const char *line)
{
	struct folder_entry entry;
	if (strncmp(line, "here ", 5) == 0) {
		job->here = folder_word_read(&job->arena, line + 5, strlen(line + 5));
	} else if (strcmp(line, "more") == 0) {
		job->more = true;
	} else if (folder_line_read(&job->arena, line, &entry) && job->count < FOLDER_LIST_MOST) {
		job->entries = arena_grow(&job->arena, job->entries, sizeof entry, job->count, &job->room);
		job->entries[job->count++] = entry;
	}
}

static void on_done(struct child *child)
{
	struct folder_job *job = OWNER_OF(child, struct folder_job, child);
	char *rest = child->out.failed ? NULL : child->out.data, *line, cause[240];
	struct error err;
	bool ended = false, good = false;
	while (rest && !ended && (line = strsep(&rest, "\n"))) {
		ended = take_end(line, &good, &err);
		if (!ended)
			take_line(job, line);
	}
	if (child->timed_out)
		good = folder_fail(&err, "slow", "no end in time");
	else if (!ended) {
		snprintf(cause, sizeof cause, "status %d: %.150s", child->status, bytes_string(&child->err));
		good = folder_fail(&err, "crash", cause);
	}
	child_clear(child);
	scope_remove(&job->task);
	bytes_free(&job->input);
	job->running = false;
	job->done(job, good ? NULL : &err);
}

static void on_scope_end(struct task *task)
{
	struct folder_job *job = OWNER_OF(task, struct folder_job, task);
	job->running = false;
	folder_clear(job);
}

bool folder_ask(struct loop *loop, struct scope *scope, struct folder_job *job,
                const struct folder_plan *plan, struct error *err)
{
	const char *argv[] = { plan->program, plan->verb, NULL };
	*job = (struct folder_job){ .owner = job->owner, .done = plan->done, .task.end = on_scope_end };
	for (size_t i = 0; plan->words[i]; i++) {
		folder_word_write(&job->input, plan->words[i]);
		bytes_text(&job->input, "\n");
	}
	struct child_plan how = { .argv = argv, .input = job->input.data, .input_size = job->input.size,
		.output_limit = OUTPUT_MOST, .timeout_ms = plan->timeout_ms ? plan->timeout_ms : TIMEOUT_MS };
	job->running = child_start(loop, scope, &job->child, &how, on_done, err);
	if (job->running)
		scope_add(scope, &job->task);
	else
		bytes_free(&job->input);
	return job->running;
}

void folder_clear(struct folder_job *job)
{
	arena_free(&job->arena);
	job->entries = NULL;
	job->count = job->room = 0;
	job->here = NULL;
	bytes_free(&job->input);
}
