/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing of a citizen's papers stays in temporary folders: not after a program was killed
 * at its work, nor after a helper of it was. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/scan/folder.h"
#include "core/scan/pages.h"
#include "core/scan/spool.h"
#include "tests/check.h"

static char data[] = "/tmp/mcspool.XXXXXX";
static struct loop loop;

static int entries(const char *path)
{
	DIR *folder = opendir(path);
	int count = 0;
	for (struct dirent *entry; folder && (entry = readdir(folder));)
		count += *entry->d_name != '.';
	if (folder)
		closedir(folder);
	return count;
}

static int spools(void)
{
	char path[64];
	snprintf(path, sizeof path, "%s/quet", data);
	return entries(path);
}

static void put(const char *folder, const char *name, const char *text)
{
	char path[300];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	if (file) {
		fputs(text, file);
		fclose(file);
	}
}

static void a_counter_that_is_killed_leaves_nothing(void **state)
{
	(void)state;
	struct spool mine;
	struct stat info;
	int status;
	assert_true(spool_open(&mine, data, NULL));
	pid_t pid = fork();
	if (pid == 0) {
		struct spool spool;
		if (!spool_open(&spool, data, NULL))
			_exit(1);
		put(spool.folder, "p0001.jpg", "a page");
		put(spool.folder, "tep", "a file");
		put(spool.folder, "cp0001.jpg.words", "1 1 1 1 Dương");
		kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_int_equal(spools(), 2);
	/* The next one clears it away, and nothing of whoever is at work. */
	assert_int_equal(spool_sweep(data), 1);
	assert_int_equal(spools(), 1);
	assert_int_equal(stat(mine.folder, &info), 0);
	assert_int_equal(info.st_mode & 077, 0);
	spool_close(&mine);
	assert_int_equal(spools(), 0);
}

static bool over;

static void on_folder(struct folder_job *job, const struct error *err)
{
	folder_clear(job);
	(void)err; /* it may have been quicker than the signal */
	over = true;
}

static void on_pages(struct pages_job *job, const struct error *err)
{
	pages_clear(job);
	(void)err; /* it may have been quicker than the signal */
	over = true;
}

static void kill_at_work(pid_t pid)
{
	if (kill(-pid, SIGKILL) != 0) /* before it has a group of its own */
		(void)kill(pid, SIGKILL);
}

static void wait_over(void)
{
	int64_t until = monotonic_ms() + 60000;
	while (!over && monotonic_ms() < until)
		loop_turn(&loop, 100);
	assert_true(over);
}

/* Whatever a helper had begun lies in the spool alone, and goes with it. */
static void helpers_that_are_killed_leave_nothing(void **state)
{
	(void)state;
	struct scope scope = { 0 };
	struct spool spool;
	struct error err;
	struct folder_job folder = { 0 };
	struct pages_job pages = { 0 };
	char out[300];
	assert_true(spool_open(&spool, data, NULL));
	put(data, "lon.pdf", "%PDF-");
	snprintf(out, sizeof out, "%s/lon.pdf", data);
	assert_int_equal(truncate(out, 400 << 20), 0); /* a hole: long enough to be killed in */
	snprintf(out, sizeof out, "%s/tep", spool.folder);
	const char *words[] = { data, "lon.pdf", out, NULL };
	over = false;
	assert_true(folder_ask(&loop, &scope, &folder, &(struct folder_plan){ .program = HELPERS "/motcua-folder",
		.verb = "take", .words = words, .done = on_folder }, &err));
	kill_at_work(folder.child.pid);
	wait_over();
	put(spool.folder, "tep", "%PDF-1.4");
	const char *args[] = { "split", spool.folder, "tep", "1", "300", "gray", NULL };
	over = false;
	assert_true(pages_start(&loop, &scope, &pages, &(struct pages_plan){ .program = HELPERS "/motcua-pages", .args = args },
		on_pages, &err));
	kill_at_work(pages.child.pid);
	wait_over();
	spool_close(&spool);
	assert_int_equal(spools(), 0);
	assert_int_equal(entries(data), 2); /* "quet", and the file that was there */
	snprintf(out, sizeof out, "%s/lon.pdf", data);
	assert_int_equal(unlink(out), 0);
}

static int set_up(void **state)
{
	(void)state;
	loop_init(&loop);
	return mkdtemp(data) ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[80];
	(void)state;
	snprintf(command, sizeof command, "rmdir %s/quet && rmdir %s", data, data);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_counter_that_is_killed_leaves_nothing),
		cmocka_unit_test(helpers_that_are_killed_leave_nothing),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
