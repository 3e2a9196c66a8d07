/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sign/check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"

#define TIMEOUT_MS  60000
#define OUTPUT_MOST 65536

/* "sign STATE TRUST SECONDS|- NAME" */
static bool take_sign(struct check_job *job, char *line)
{
	char state[12], trust[12], at[24];
	int name = 0;
	if (sscanf(line, "sign %11s %11s %23s %n", state, trust, at, &name) != 3 || !name ||
	    job->found.sign_count == CHECK_SIGNS)
		return false;
	struct check_sign *sign = &job->found.signs[job->found.sign_count++];
	while (sign->state < SIGN_STATE_COUNT && strcmp(sign_state_word(sign->state), state) != 0)
		sign->state++;
	while (sign->trust < TRUST_COUNT && strcmp(sign_trust_word(sign->trust), trust) != 0)
		sign->trust++;
	sign->at = *at == '-' ? MOMENT_NONE : strtoll(at, NULL, 10);
	sign->name = text_mend(&job->arena, line + name, strlen(line + name));
	return sign->state < SIGN_STATE_COUNT && sign->trust < TRUST_COUNT;
}

static bool take_line(struct check_job *job, char *line)
{
	struct check_found *found = &job->found;
	if (sscanf(line, "pages %d", &found->pages) == 1)
		return found->pages > 0;
	if (sscanf(line, "image %d %d", &found->width, &found->height) == 2)
		return found->width > 0 && found->height > 0;
	if (strcmp(line, "flawed") == 0)
		return found->flawed = true;
	if (strcmp(line, "added") == 0)
		return found->added = true;
	return take_sign(job, line);
}

/* What it said, to its end line. */
static bool take_all(struct check_job *job, struct error *err)
{
	struct child *child = &job->child;
	char *rest = arena_copy(&job->arena, child->out.data ? child->out.data : "", child->out.size), *line;
	char cause[200];
	bool killed = child->status == 128 + SIGXCPU || child->status == 128 + SIGKILL ||
	              strstr(bytes_string(&child->err), "bad_alloc");
	while ((line = strsep(&rest, "\n"))) {
		char *tab = strchr(line, '\t');
		if (strncmp(line, "end ", 4) != 0 || !tab) {
			if (*line && !take_line(job, line))
				break;
			continue;
		}
		*tab = '\0';
		if (strcmp(line + 4, "done") != 0)
			return check_fail(err, line + 4, tab + 1);
		if (job->found.pages || job->found.width)
			return true;
	}
	snprintf(cause, sizeof cause, "status %d: %.150s", child->status, bytes_string(&child->err));
	return check_fail(err, killed || child->timed_out ? "bomb" : "crash", cause);
}

static void on_done(struct child *child)
{
	struct check_job *job = OWNER_OF(child, struct check_job, child);
	struct error err;
	bool good = take_all(job, &err);
	child_clear(child);
	job->done(job, good ? NULL : &err);
}

bool check_start(struct loop *loop, struct scope *scope, struct check_job *job, const char *program, int fd,
                 const char *roots, void (*done)(struct check_job *, const struct error *), struct error *err)
{
	*job = (struct check_job){ .owner = job->owner, .done = done, .arena = job->arena };
	snprintf(job->path, sizeof job->path, "/proc/%ld/fd/%d", (long)getpid(), fd);
	const char *argv[] = { program, job->path, roots, NULL };
	struct child_plan how = { .argv = argv, .output_limit = OUTPUT_MOST, .timeout_ms = TIMEOUT_MS };
	return child_start(loop, scope, &job->child, &how, on_done, err);
}

void check_clear(struct check_job *job)
{
	arena_free(&job->arena);
}
