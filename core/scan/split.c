/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/split.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/scan/jpeg.h"
#include "core/scan/page.h"
#include "core/scan/scan.h"

#define PAGES_MOST   1000
#define PAGE_SECONDS 60
#define NO_SUCH_PAGE 99 /* pdftoppm: the page asked for lies behind the last one */

struct place {
	const char *folder;
	char path[PATH_MAX]; /* of the file */
	char page[PATH_MAX]; /* of the page under way */
	char root[PATH_MAX]; /* the same without ".jpg" */
	int number;
};

static void next_page(struct place *at)
{
	snprintf(at->root, sizeof at->root, "%.4000s/p%04d", at->folder, at->number);
	snprintf(at->page, sizeof at->page, "%.4000s/p%04d.jpg", at->folder, at->number);
}

static void say(struct place *at, int width, int height, int dpi)
{
	printf("page %d p%04d.jpg %d %d %d\n", at->number, at->number, width, height, dpi);
	fflush(stdout);
	at->number++;
	next_page(at);
}

/* ---- PDF ---- */

__attribute__((noreturn)) static void become_drawer(const struct place *at, const struct split *how, int page)
{
	char dpi[16], number[16];
	const char *argv[16] = { "pdftoppm", "-jpeg", "-jpegopt", "quality=92", "-singlefile", "-r", dpi,
		"-f", number, "-l", number, at->path, at->root, NULL };
	int quiet = open("/dev/null", O_RDWR | O_CLOEXEC);
	snprintf(dpi, sizeof dpi, "%d", how->dpi);
	snprintf(number, sizeof number, "%d", page);
	if (how->gray)
		argv[11] = "-gray", argv[12] = at->path, argv[13] = at->root, argv[14] = NULL;
	if (dup2(quiet, 0) < 0 || dup2(quiet, 1) < 0 || dup2(quiet, 2) < 0)
		_exit(126);
	alarm(PAGE_SECONDS);
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

/* Its exit status; 128 + signal. */
static int draw(const struct place *at, const struct split *how, int page)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		become_drawer(at, how, page);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid < 0 ? 126 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool split_pdf(struct place *at, const struct split *how, struct error *err)
{
	for (int page = 1; page <= PAGES_MOST; page++) {
		struct picture picture;
		char cause[64];
		int status = draw(at, how, page);
		if (status == NO_SUCH_PAGE && page > 1)
			return true;
		if (status != 0 || !jpeg_head(at->page, &picture, NULL)) {
			snprintf(cause, sizeof cause, "pdftoppm: page %d, status %d", page, status);
			(void)unlink(at->page);
			return scan_fail(err, "file", cause);
		}
		say(at, picture.width, picture.height, picture.dpi);
	}
	return true;
}

/* ---- pictures ---- */

static bool split_tiff(struct place *at, int count, struct error *err)
{
	for (int i = 0; i < count && i < PAGES_MOST; i++) {
		struct page_facts facts;
		struct error why = { 0 };
		if (!page_tiff(at->path, i, at->page, &facts, &why))
			return scan_fail(err, strcmp(why.code, "image") == 0 ? "file" : why.code, why.log);
		say(at, facts.width, facts.height, facts.dpi);
	}
	return true;
}

/* A picture is a page; whether it can be decoded is found when it is cleaned. */
static bool take_picture(struct place *at, struct error *err)
{
	if (rename(at->path, at->page) != 0)
		return scan_fail(err, "disk", strerror(errno));
	say(at, 0, 0, 0);
	return true;
}

enum { OTHER, PDF, PICTURE };

static int kind_of(const char *path)
{
	char head[8] = { 0 };
	FILE *file = fopen(path, "rbe");
	size_t n = file ? fread(head, 1, sizeof head, file) : 0;
	if (file)
		fclose(file);
	if (n == sizeof head && memcmp(head, "%PDF-", 5) == 0)
		return PDF;
	if (n == sizeof head && (memcmp(head, "\xFF\xD8\xFF", 3) == 0 || memcmp(head, "\x89PNG\r\n\x1A\n", 8) == 0))
		return PICTURE;
	return OTHER;
}

bool split_file(const char *folder, const char *name, const struct split *how, struct error *err)
{
	struct place at = { .folder = folder, .number = how->first };
	if (how->first < 1 || how->first > 9000 || how->dpi < 50 || how->dpi > 1200 || strlen(folder) > 4000)
		return scan_fail(err, "file", "arguments");
	snprintf(at.path, sizeof at.path, "%.4000s/%.90s", folder, name);
	next_page(&at);
	int kind = kind_of(at.path), count = kind == OTHER ? page_tiff_count(at.path) : 0;
	bool good = kind == PDF       ? split_pdf(&at, how, err)
		    : kind == PICTURE ? take_picture(&at, err)
		    : count > 0       ? split_tiff(&at, count, err)
				      : scan_fail(err, "file", "neither PDF nor picture");
	(void)unlink(at.path);
	return good;
}
