/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/say.h"

/* The one piece of state that a whole program shares: where its log goes. */
static struct {
	const char *program;
	enum log_level least;
	int fd;
} journal = { "motcua", LOG_NOTE, STDERR_FILENO };

bool log_open(const char *program, const char *path, struct error *err)
{
	journal.program = program;
	if (!path) {
		journal.fd = STDERR_FILENO;
		return true;
	}
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) {
		fail(err, FAULT_DEVICE, _("Không mở được tệp nhật ký %s."), path);
		return because(err, "open %s: %s", path, strerror(errno));
	}
	if (journal.fd > STDERR_FILENO)
		close(journal.fd);
	journal.fd = fd;
	return true;
}

void log_level(enum log_level least)
{
	journal.least = least;
}

void log_line(enum log_level level, const char *format, ...)
{
	static const char *const names[] = { "debug", "note", "warn", "FAULT" };
	if (level < journal.least)
		return;
	char line[2048], stamp[40];
	struct timespec now;
	struct tm local;
	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec += 7 * 3600; /* Asia/Ho_Chi_Minh, whatever TZ says */
	gmtime_r(&now.tv_sec, &local);
	strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &local);
	int head = snprintf(line, sizeof line, "%s.%03ld %s[%d] %s ", stamp,
	                    now.tv_nsec / 1000000, journal.program, (int)getpid(), names[level]);
	va_list list;
	va_start(list, format);
	int body = vsnprintf(line + head, sizeof line - (size_t)head - 1, format, list);
	va_end(list);
	size_t size = (size_t)head + (body < 0 ? 0 : (size_t)body);
	if (size > sizeof line - 2)
		size = sizeof line - 2;
	for (size_t i = (size_t)head; i < size; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
			line[i] = ' '; /* foreign text must not forge a second line */
	line[size++] = '\n';
	ssize_t written = write(journal.fd, line, size);
	(void)written; /* a full disk must not stop the counter */
}

void log_error(const char *what, const struct error *err)
{
	log_line(LOG_WARN, "%s: %s%s(%s)", what, err->log, err->log[0] ? " " : "", err->say);
}

void log_close(void)
{
	if (journal.fd > STDERR_FILENO)
		close(journal.fd);
	journal.fd = STDERR_FILENO;
}
