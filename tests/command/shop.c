/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/command/shop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char home[40];
static int control = -1;
static pid_t guardian;
static const char *first[2];
static json_t *last;

const char *shop_path(const char *name)
{
	static char paths[8][200];
	static int turn;
	char *out = paths[turn++ % 8];
	snprintf(out, sizeof paths[0], "%s/%s", home, name);
	return out;
}

void shop_write(const char *name, const char *text, unsigned mode)
{
	FILE *file = fopen(shop_path(name), "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(shop_path(name), mode), 0);
}

/* ---- running ---- */

static void child(const char *const *argv, const int in[2], const int out[2], const int err[2])
{
	dup2(in[0], 0);
	dup2(out[1], 1);
	dup2(err[1], 2);
	execv(MOTCUA, (char *const *)argv);
	_exit(127);
}

static size_t take(int *fd, char *to, size_t used, size_t room)
{
	char lost[4096];
	bool full = used + 1 >= room;
	ssize_t n = full ? read(*fd, lost, sizeof lost) : read(*fd, to + used, room - 1 - used);
	if (n <= 0) {
		close(*fd);
		*fd = -1;
		return used;
	}
	return full ? used : used + (size_t)n;
}

/* Input is small: it fits the pipe. */
static void hear(struct told *told, const char *input, int in, int out, int err)
{
	size_t got = 0, said = 0;
	if (input && write(in, input, strlen(input)) < 0 && errno != EPIPE)
		fail_msg("write: %s", strerror(errno));
	close(in);
	while (out >= 0 || err >= 0) {
		struct pollfd fds[2] = { { .fd = out, .events = POLLIN }, { .fd = err, .events = POLLIN } };
		if (poll(fds, 2, -1) < 0)
			continue;
		if (fds[0].revents)
			got = take(&out, told->out, got, sizeof told->out);
		if (fds[1].revents)
			said = take(&err, told->err, said, sizeof told->err);
	}
	told->out[got] = told->err[said] = '\0';
}

static const struct told *run(const char *input, const char *const *argv)
{
	static struct told told;
	int in[2], out[2], err[2], status;
	assert_int_equal(pipe2(in, O_CLOEXEC) | pipe2(out, O_CLOEXEC) | pipe2(err, O_CLOEXEC), 0);
	pid_t pid = fork();
	if (pid == 0)
		child(argv, in, out, err);
	close(in[0]);
	close(out[1]);
	close(err[1]);
	hear(&told, input, in[1], out[0], err[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	told.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return &told;
}

void tell_first(const char *option, const char *value)
{
	first[0] = option;
	first[1] = value;
}

const struct told *tell(const char *input, const char *word, ...)
{
	const char *argv[24] = { "motcua", "--practice" };
	int n = 2;
	va_list words;
	for (int i = 0; i < 2; i++) {
		if (first[i])
			argv[n++] = first[i];
		first[i] = NULL;
	}
	va_start(words, word);
	for (const char *at = word; at && n < 23; at = va_arg(words, const char *))
		argv[n++] = at;
	va_end(words);
	return run(input, argv);
}

const char *asked(const char *command, ...)
{
	static char text[65536];
	char line[1024];
	va_list values;
	va_start(values, command);
	vsnprintf(line, sizeof line, command, values);
	va_end(values);
	FILE *pipe = popen(line, "r");
	assert_non_null(pipe);
	size_t n = fread(text, 1, sizeof text - 1, pipe);
	text[n] = '\0';
	if (pclose(pipe) != 0)
		fail_msg("%s failed", line);
	return text;
}

json_t *told_json(const struct told *told)
{
	json_error_t cause;
	json_decref(last);
	last = json_loads(told->out, 0, &cause);
	if (!last)
		fail_msg("%s: %s\n%s", cause.text, told->out, told->err);
	return last;
}

const char *told_text(json_t *value, const char *key)
{
	const char *text = json_string_value(json_object_get(value, key));
	if (!text)
		fail_msg("no text %s", key);
	return text;
}

/* ---- the shop ---- */

static void guard(int end)
{
	char byte;
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	setsid();
	while (read(end, &byte, 1) < 0 && errno == EINTR)
		;
	pid_t pid = fork();
	if (pid == 0) {
		int none = open("/dev/null", O_RDWR);
		dup2(none, 0);
		dup2(none, 1);
		dup2(none, 2);
		execl(MOTCUA, "motcua", "stop", (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
	execl("/bin/rm", "rm", "-rf", home, (char *)NULL);
	_exit(127);
}

static bool make_home(void)
{
	int ends[2];
	strcpy(home, "/tmp/mccmd.XXXXXX");
	/* As root the database belongs to an account of its own, which must get there. */
	if (!mkdtemp(home) || chmod(home, 0755) != 0 || pipe2(ends, O_CLOEXEC) != 0)
		return false;
	setenv("MOTCUA_HOME", home, 1);
	setenv("SANE_CONFIG_DIR", home, 1); /* no drivers: doctor need not wait for a network */
	unsetenv("MOTCUA_PASSWORD");
	unsetenv("MOTCUA_LANG");
	guardian = fork();
	if (guardian == 0) {
		close(ends[1]);
		guard(ends[0]);
	}
	close(ends[0]);
	control = ends[1];
	return guardian > 0;
}

int shop_start(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	if (!make_home())
		return -1;
	const struct told *told = tell(NULL, "setup", NULL);
	if (told->status)
		fprintf(stderr, "setup ended with %d: %s%s\n", told->status, told->out, told->err);
	return told->status ? -1 : 0;
}

int shop_stop(void **state)
{
	(void)state;
	json_decref(last);
	close(control);
	waitpid(guardian, NULL, 0);
	return 0;
}

void has(const char *text, const char *piece)
{
	if (!strstr(text, piece))
		fail_msg("no “%s” in:\n%s", piece, text);
}

void ended(const struct told *told, int status)
{
	if (told->status != status)
		fail_msg("status %d, not %d:\n%s\n%s", told->status, status, told->out, told->err);
}
