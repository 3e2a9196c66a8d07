/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/pages.h"

#include <stdio.h>
#include <string.h>

#include "core/base/ending.h"
#include "core/base/say.h"

#define TIMEOUT_MS  60000
#define MEMORY_MOST ((size_t)2 << 30)
#define OUTPUT_MOST ((size_t)4 << 20)
#define ARGS_MOST   12

static const struct ending words[] = {
#define X(word, fault, say) { word, FAULT_##fault, say },
	PAGES_WORDS(X)
#undef X
};
enum { COUNT = sizeof words / sizeof words[0] };

bool pages_fail(struct error *err, const char *word, const char *cause)
{
	ending_fail(err, words, COUNT, word);
	return because(err, "pages: %s", cause);
}

/* The last line must be the end line; the rest is for the caller. */
static bool take_end(struct pages_job *job, struct error *err)
{
	struct bytes *out = &job->child.out;
	const char *text = bytes_string(out);
	size_t size = out->failed ? 0 : out->size;
	while (size && text[size - 1] == '\n')
		size--;
	size_t at = size;
	while (at && text[at - 1] != '\n')
		at--;
	char line[200], cause[240];
	snprintf(line, sizeof line, "%.*s", (int)(size - at), text + at);
	char *tab = strchr(line, '\t');
	bool ended = strncmp(line, "end ", 4) == 0 && tab;
	bytes_add(&job->said, text, ended ? at : size);
	if (job->child.timed_out)
		return pages_fail(err, "slow", "no end in time");
	if (!ended) {
		snprintf(cause, sizeof cause, "status %d: %.150s", job->child.status,
		         bytes_string(&job->child.err));
		return pages_fail(err, "crash", cause);
	}
	*tab = '\0';
	if (strcmp(line + 4, "done") != 0)
		return pages_fail(err, line + 4, tab + 1);
	return true;
}

static void on_done(struct child *child)
{
	struct pages_job *job = OWNER_OF(child, struct pages_job, child);
	struct error err;
	bool good = take_end(job, &err);
	child_clear(child);
	bytes_free(&job->input);
	job->running = false;
	job->done(job, good ? NULL : &err);
}

bool pages_start(struct loop *loop, struct scope *scope, struct pages_job *job,
                 const struct pages_plan *plan, void (*done)(struct pages_job *, const struct error *),
                 struct error *err)
{
	const char *argv[ARGS_MOST + 2] = { plan->program };
	for (int i = 0; i < ARGS_MOST && plan->args[i]; i++)
		argv[i + 1] = plan->args[i];
	*job = (struct pages_job){ .owner = job->owner, .done = done };
	for (size_t i = 0; i < plan->line_count; i++)
		bytes_format(&job->input, "%s\n", plan->lines[i]);
	struct child_plan how = { .argv = argv, .input = job->input.data, .input_size = job->input.size,
		.nice = plan->nice, .output_limit = OUTPUT_MOST,
		.timeout_ms = plan->timeout_ms ? plan->timeout_ms : TIMEOUT_MS };
#ifndef __SANITIZE_ADDRESS__ /* whose shadow is larger than any limit */
	how.memory = MEMORY_MOST;
#endif
	job->running = child_start(loop, scope, &job->child, &how, on_done, err);
	if (!job->running)
		bytes_free(&job->input);
	return job->running;
}

void pages_clear(struct pages_job *job)
{
	bytes_free(&job->said);
	if (!job->running)
		bytes_free(&job->input);
}
