/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder watched by a helper that may hang with it. */
#include <stdio.h>
#include <string.h>

#include "core/scan/folder.h"

#define PATIENCE_MS 30000
#define AGAIN_MS    15000
#define LINE_MOST   1024

static void start(struct folder_watch *);

static void tell(struct folder_watch *watch)
{
	if (watch->changed)
		watch->changed(watch);
}

static void forget_coming(struct folder_watch *watch)
{
	arena_free(&watch->coming);
	watch->next = NULL;
	watch->next_count = watch->next_room = 0;
}

/* What was told since the last time is how it looks now. */
static void take_look(struct folder_watch *watch)
{
	arena_free(&watch->shown);
	watch->shown = watch->coming;
	watch->entries = watch->next;
	watch->count = watch->next_count;
	watch->coming = (struct arena){ 0 };
	forget_coming(watch);
	watch->away = false;
	tell(watch);
}

static void take_line(struct folder_watch *watch, char *line)
{
	struct folder_entry entry;
	char *tab = strchr(line, '\t');
	if (strcmp(line, "seen") == 0) {
		take_look(watch);
	} else if (strncmp(line, "end ", 4) == 0 && tab) {
		*tab = '\0';
		snprintf(watch->word, sizeof watch->word, "%.7s", line + 4);
		snprintf(watch->cause, sizeof watch->cause, "%s", tab + 1);
	} else if (watch->next_count < FOLDER_WATCH_MOST && folder_line_read(&watch->coming, line, &entry)) {
		watch->next = arena_grow(&watch->coming, watch->next, sizeof entry, watch->next_count,
		                         &watch->next_room);
		watch->next[watch->next_count++] = entry;
	}
}

static void on_heard(struct child *child)
{
	struct folder_watch *watch = OWNER_OF(child, struct folder_watch, child);
	char *end;
	child_patience(child, watch->patience_ms);
	while (child->out.size && (end = memchr(child->out.data, '\n', child->out.size))) {
		char line[LINE_MOST];
		size_t n = (size_t)(end - child->out.data);
		bool fits = n < sizeof line;
		if (fits)
			memcpy(line, child->out.data, n), line[n] = '\0';
		bytes_shift(&child->out, n + 1);
		if (fits)
			take_line(watch, line);
	}
}

/* Nobody knows what lies there now; what was shown last stays, to be tried. */
static void lost(struct folder_watch *watch, const char *word, const char *cause)
{
	bool told = watch->away && strcmp(watch->why.code, word) == 0;
	folder_fail(&watch->why, word, cause);
	watch->away = true;
	forget_coming(watch);
	if (!told)
		tell(watch);
}

static void on_done(struct child *child)
{
	struct folder_watch *watch = OWNER_OF(child, struct folder_watch, child);
	char cause[240];
	snprintf(cause, sizeof cause, "status %d: %.150s", child->status, bytes_string(&child->err));
	if (child->timed_out)
		lost(watch, "slow", "no word in time");
	else
		lost(watch, *watch->word ? watch->word : "crash", *watch->word ? watch->cause : cause);
	child_clear(child);
	loop_after(watch->loop, &watch->again, watch->again_ms);
}

static void on_again(struct timer *timer)
{
	start(OWNER_OF(timer, struct folder_watch, again));
}

static void start(struct folder_watch *watch)
{
	const char *argv[] = { watch->program, "watch", NULL };
	struct error err;
	struct child_plan how = { .argv = argv, .input = watch->input.data, .input_size = watch->input.size,
		.output_limit = (size_t)4 << 20, .timeout_ms = watch->patience_ms, .heard = on_heard };
	*watch->word = '\0';
	if (!child_start(watch->loop, watch->scope, &watch->child, &how, on_done, &err)) {
		lost(watch, "crash", err.log);
		loop_after(watch->loop, &watch->again, watch->again_ms);
	}
}

static void on_scope_end(struct task *task)
{
	struct folder_watch *watch = OWNER_OF(task, struct folder_watch, task);
	watch->scope = NULL;
	folder_watch_stop(watch);
}

void folder_watch_start(struct loop *loop, struct scope *scope, struct folder_watch *watch,
                        const struct folder_watch_plan *plan)
{
	*watch = (struct folder_watch){ .loop = loop, .scope = scope, .program = plan->program,
		.changed = plan->changed, .owner = plan->owner,
		.patience_ms = plan->patience_ms ? plan->patience_ms : PATIENCE_MS,
		.again_ms = plan->again_ms ? plan->again_ms : AGAIN_MS };
	folder_word_write(&watch->input, plan->folder);
	bytes_format(&watch->input, "\n%d\n", plan->keep_days);
	watch->again.fire = on_again;
	watch->task.end = on_scope_end;
	scope_add(scope, &watch->task);
	start(watch);
}

void folder_watch_stop(struct folder_watch *watch)
{
	if (!watch->loop)
		return;
	loop_cancel(watch->loop, &watch->again);
	if (watch->scope) {
		scope_remove(&watch->task);
		if (watch->child.pid)
			watch->child.task.end(&watch->child.task);
	}
	bytes_free(&watch->input);
	arena_free(&watch->shown);
	forget_coming(watch);
	watch->entries = NULL;
	watch->count = 0;
	watch->loop = NULL;
}
