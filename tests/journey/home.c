/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/journey/home.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/detach.h"
#include "tests/check.h"

static char folder[32]; /* the one home of this program */
static pid_t guardian;

const char *home_path(const char *name)
{
	static char paths[4][200];
	static int at;
	char *path = paths[at++ % 4];
	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

/* ---- what belongs to it: by the folder it stands in, was called with or was told of ---- */

static bool holds(const char *file, const char *words)
{
	char text[65536];
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text);
	if (fd >= 0)
		close(fd);
	return n > 0 && memmem(text, (size_t)n, words, strlen(words));
}

static bool is_zombie(const char *pid)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%s/status", pid);
	return holds(path, "State:\tZ");
}

static bool stands_in(const char *pid, const char *below)
{
	char path[64], link[256];
	snprintf(path, sizeof path, "/proc/%s/cwd", pid);
	ssize_t n = readlink(path, link, sizeof link - 1);
	link[n > 0 ? n : 0] = '\0';
	return strncmp(link, below, strlen(below)) == 0;
}

/* PostgreSQL's processes all stand in its data. */
static bool is_server(const char *pid)
{
	return stands_in(pid, home_path("data/cluster"));
}

static bool is_ours(const char *pid)
{
	char path[64], told[64];
	if (stands_in(pid, folder))
		return true;
	snprintf(path, sizeof path, "/proc/%s/cmdline", pid);
	if (holds(path, folder))
		return true;
	snprintf(path, sizeof path, "/proc/%s/environ", pid);
	snprintf(told, sizeof told, "MOTCUA_HOME=%s", folder);
	return holds(path, told);
}

static int each(bool (*which)(const char *), int number)
{
	int count = 0;
	DIR *proc = opendir("/proc");
	for (struct dirent *entry; proc && (entry = readdir(proc));) {
		pid_t pid = (pid_t)atoi(entry->d_name);
		if (!isdigit((unsigned char)entry->d_name[0]) || pid == getpid() || pid == guardian ||
		    is_zombie(entry->d_name) || !which(entry->d_name))
			continue;
		count++;
		if (number)
			kill(pid, number);
	}
	if (proc)
		closedir(proc);
	return count;
}

int home_processes(int number)
{
	return each(is_ours, number);
}

int home_signal_server(int number)
{
	return each(is_server, number);
}

/* ---- the guardian ---- */

static _Noreturn void guard(int control)
{
	char byte;
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	setsid();
	while (read(control, &byte, 1) < 0 && errno == EINTR)
		;
	guardian = getpid();
	while (home_processes(SIGKILL))
		;
	execl("/bin/rm", "rm", "-rf", folder, NULL);
	_exit(1);
}

void home_make(struct home *home, uid_t uid, gid_t gid)
{
	int control[2];
	*home = (struct home){ .uid = uid, .gid = gid };
	strcpy(home->folder, "/tmp/mcj.XXXXXX");
	assert_non_null(mkdtemp(home->folder));
	assert_int_equal(pipe2(control, O_CLOEXEC), 0);
	strcpy(folder, home->folder);
	home->guardian = fork();
	if (home->guardian == 0) {
		close(control[1]);
		guard(control[0]);
	}
	close(control[0]);
	guardian = home->guardian;
	home->control = control[1];
	loop_init(&home->loop);
	if (uid)
		assert_int_equal(chown(folder, uid, gid), 0);
	/* root's database belongs to an account that must pass through */
	assert_int_equal(chmod(folder, uid ? 0700 : 0711), 0);
	assert_int_equal(setenv("MOTCUA_HOME", folder, 1), 0);
}

void home_end(struct home *home)
{
	close(home->control);
	waitpid(home->guardian, NULL, 0);
}

void home_write(struct home *home, const char *name, const char *text)
{
	const char *path = home_path(name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
	if (home->uid)
		assert_int_equal(chown(path, home->uid, home->gid), 0);
}

/* ---- its programs ---- */

enum { MOST_WORDS = 12 };

static void call_of(const char *const *words, const char *out[MOST_WORDS])
{
	int n = 0;
	out[n++] = MOTCUA;
	out[n++] = "--practice";
	while (*words && n < MOST_WORDS - 1)
		out[n++] = *words++;
	out[n] = NULL;
}

void home_sit(struct home *home, struct person *person, const char *const *words)
{
	const char *argv[MOST_WORDS];
	call_of(words, argv);
	person_sit(person, &home->loop,
	           &(struct seat){ .argv = argv, .uid = home->uid, .gid = home->gid });
}

static pid_t start(struct home *home, const char *const *words, int out)
{
	const char *argv[MOST_WORDS];
	call_of(words, argv);
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	dup2(nothing, 0);
	dup2(out < 0 ? nothing : out, 1);
	dup2(out < 0 ? nothing : out, 2);
	if (home->uid && (setgroups(0, NULL) || setgid(home->gid) || setuid(home->uid)))
		_exit(126);
	execv(argv[0], (char *const *)argv);
	_exit(127);
}

pid_t home_start(struct home *home, const char *const *words)
{
	return start(home, words, -1);
}

int home_run(struct home *home, struct bytes *out, const char *const *words)
{
	int ends[2], status;
	char piece[4096];
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	pid_t pid = start(home, words, ends[1]);
	close(ends[1]);
	for (ssize_t n; (n = read(ends[0], piece, sizeof piece)) > 0;)
		if (out)
			bytes_add(out, piece, (size_t)n);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

pid_t home_server(void)
{
	char line[32] = "";
	FILE *file = fopen(home_path("data/cluster/postmaster.pid"), "r");
	if (!file)
		return 0;
	pid_t pid = fgets(line, sizeof line, file) ? (pid_t)atol(line) : 0;
	fclose(file);
	return pid;
}

pid_t home_courier(void)
{
	return detach_holder(home_path("run/courier.lock"));
}

pid_t home_practice(void)
{
	return detach_holder(home_path("run/practice.port.lock"));
}

bool home_gone(struct home *home, pid_t pid)
{
	int64_t end = home->loop.clock() + PATIENCE_MS;
	char number[16];
	snprintf(number, sizeof number, "%d", (int)pid);
	while (kill(pid, 0) == 0 && !is_zombie(number)) {
		if (home->loop.clock() > end)
			return false;
		loop_turn(&home->loop, 20);
	}
	return true;
}

const char *shell(const char *format, ...)
{
	static char answers[4][65536];
	static int at;
	char line[2048], *out = answers[at++ % 4];
	va_list list;
	va_start(list, format);
	int n = vsnprintf(line, sizeof line, format, list);
	va_end(list);
	assert_true(n > 0 && (size_t)n < sizeof line);
	FILE *pipe = popen(line, "re");
	assert_non_null(pipe);
	size_t got = fread(out, 1, sizeof answers[0] - 1, pipe);
	pclose(pipe);
	out[got] = '\0';
	if (got && out[got - 1] == '\n')
		out[got - 1] = '\0';
	return out;
}

const char *home_ask(const char *sql)
{
	FILE *file = fopen(home_path("ask.sql"), "w");
	assert_non_null(file);
	assert_true(fputs(sql, file) >= 0 && fclose(file) == 0);
	return shell("psql -h %s/run -p 5432 -U motcua_admin -d motcua -AtXq -f %s/ask.sql 2>&1", folder,
	             folder);
}
