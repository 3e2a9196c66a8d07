/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/file_check.h"

#include <stdio.h>
#include <sys/stat.h>

#include "core/base/log.h"
#include "core/store/files.h"

static void on_looked(struct check_job *job, const struct error *err)
{
	struct file_check *check = OWNER_OF(job, struct file_check, job);
	if (!err) {
		check->words = check_say(&job->arena, &job->found);
		check->pages = job->found.pages;
		check->signs = job->found.sign_count;
		check->doubtful = check_doubtful(&job->found);
	}
	check->done(check, err);
}

static void look(struct file_check *check)
{
	struct error err;
	const char *program = path_join(&check->job.arena, check->paths->libexec, "motcua-check");
	const char *roots = config_text(check->config, "sign", "roots", "");
	if (!check_start(check->loop, check->scope, &check->job, program, check->fd, roots, on_looked, &err))
		check->done(check, &err);
}

/* A database that is away is no reason: the courier will tell. */
static void on_fits(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct file_check *check = OWNER_OF(ask, struct file_check, ask);
	(void)reply;
	if (err && err->fault != FAULT_OFFLINE)
		check->done(check, err);
	else
		look(check);
}

void file_check_start(struct file_check *check, int fd, const char *name, const char *system)
{
	struct stat info;
	check->fd = fd;
	check->job = (struct check_job){ 0 };
	check->ask = (struct ask){ .done = on_fits };
	file_fits(check->store, check->scope, &check->ask, system, name, fstat(fd, &info) == 0 ? info.st_size : 0);
}

static void on_noted(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct file_check *check = OWNER_OF(ask, struct file_check, ask);
	(void)reply;
	if (err)
		log_error("what was found in a file", err);
	if (check->kept)
		check->kept(check, err);
}

void file_check_keep(struct file_check *check, int64_t file_id)
{
	char id[24], pages[16], signs[16];
	snprintf(id, sizeof id, "%lld", (long long)file_id);
	snprintf(pages, sizeof pages, "%d", check->pages);
	snprintf(signs, sizeof signs, "%d", check->signs);
	check->ask = (struct ask){ .done = on_noted, .repeat = true };
	store_ask(check->store, check->scope, &check->ask, "select desk.file_found($1::bigint, $2::int, $3, $4::int)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(pages), PARAM_TEXT(check->words), PARAM_TEXT(signs) }, 4);
}

void file_check_clear(struct file_check *check)
{
	check_clear(&check->job);
	check->words = NULL;
}
