/* SPDX-License-Identifier: Apache-2.0
 *
 * What a dropped file is, by its bytes. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/scan/folder_own.h"

#define TAIL         1024
#define INFO_SECONDS 10
#define INFO_MEMORY  ((rlim_t)1 << 30)

static const struct {
	enum folder_kind kind;
	const char *head, *tail;
	size_t head_size, tail_size;
} kinds[] = {
	{ KIND_PDF, "%PDF-", "%%EOF", 5, 5 },
	{ KIND_JPEG, "\xFF\xD8\xFF", "\xFF\xD9", 3, 2 },
	{ KIND_PNG, "\x89PNG\r\n\x1A\n", "IEND", 8, 4 },
	{ KIND_TIFF, "II*\0", "", 4, 0 },
	{ KIND_TIFF, "MM\0*", "", 4, 0 },
};

enum folder_kind folder_kind_of(int fd, int64_t size, bool *ends)
{
	char head[8] = { 0 }, tail[TAIL];
	ssize_t n = pread(fd, head, sizeof head, 0);
	*ends = false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (n < (ssize_t)kinds[i].head_size || memcmp(head, kinds[i].head, kinds[i].head_size) != 0)
			continue;
		ssize_t last = pread(fd, tail, sizeof tail, size > TAIL ? size - TAIL : 0);
		*ends = !kinds[i].tail_size ||
			(last > 0 && memmem(tail, (size_t)last, kinds[i].tail, kinds[i].tail_size) != NULL);
		return kinds[i].kind;
	}
	return KIND_OTHER;
}

/* A PDF is foreign: another process opens it, briefly; no name of it is on its command line. */
__attribute__((noreturn)) static void become_info(int fd, int out)
{
	struct rlimit memory = { INFO_MEMORY, INFO_MEMORY }, cpu = { INFO_SECONDS, INFO_SECONDS };
	int quiet = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (dup2(quiet, 0) < 0 || dup2(out, 1) < 0 || dup2(quiet, 2) < 0 || dup2(fd, 3) < 0)
		_exit(126);
	if (fd == 3)
		(void)fcntl(3, F_SETFD, 0);
	(void)setrlimit(RLIMIT_AS, &memory);
	(void)setrlimit(RLIMIT_CPU, &cpu);
	(void)nice(10);
	alarm(INFO_SECONDS);
	execlp("pdfinfo", "pdfinfo", "/proc/self/fd/3", (char *)NULL);
	_exit(127);
}

int folder_pages(int fd, enum folder_kind kind)
{
	int ends[2], pages = 0;
	char text[4096];
	size_t have = 0;
	if (kind != KIND_PDF)
		return kind == KIND_JPEG || kind == KIND_PNG;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return 0;
	pid_t pid = fork();
	if (pid == 0)
		become_info(fd, ends[1]);
	close(ends[1]);
	for (ssize_t n; pid > 0 && have < sizeof text - 1 &&
	                (n = read(ends[0], text + have, sizeof text - 1 - have)) > 0;)
		have += (size_t)n;
	text[have] = '\0';
	close(ends[0]);
	if (pid > 0)
		(void)waitpid(pid, NULL, 0);
	for (const char *line = text; line; line = strchr(line, '\n'))
		if (sscanf(line += *line == '\n', "Pages: %7d", &pages) == 1)
			break;
	return pages > 0 ? pages : 0;
}
