/* SPDX-License-Identifier: Apache-2.0
 *
 * motcua-scan — pages from a scanner into a folder; see core/scan/scan.h for what it
 * says.  SIGTERM stops the scanner and keeps the pages that are whole.
 *
 *     motcua-scan --list
 *     motcua-scan --folder F [--device D] [--source S] [--dpi N] [--gray]
 *                 [--first N] [--set OPTION=VALUE]… */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/scan/device.h"
#include "core/scan/scan.h"

#define PAGES_MOST   1000
#define SETTING_MOST 16
#define QUALITY      92 /* it is decoded once more, to be straightened */

static struct device *open_device;
static volatile sig_atomic_t stopping;
static int page;

static void on_term(int number)
{
	(void)number;
	stopping = 1;
	if (open_device)
		device_cancel(open_device);
}

static void one_line(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ')
			*text = ' ';
}

static void found(const char *name, const char *vendor, const char *model)
{
	char line[512];
	snprintf(line, sizeof line, "%.200s", name);
	one_line(line);
	printf("device %s\t", line);
	snprintf(line, sizeof line, "%.100s %.100s", vendor, model);
	one_line(line);
	printf("%s\n", line);
}

static void at(int percent)
{
	printf("at %d %d\n", page, percent);
	fflush(stdout);
}

static int end_with(const char *word, const char *cause)
{
	char text[200];
	snprintf(text, sizeof text, "%s", cause);
	one_line(text);
	printf("end %s\t%s\n", word, text);
	fflush(stdout);
	return strcmp(word, "done") == 0 ? 0 : 1;
}

/* The page is whole before it is told of. */
static bool scan_page(struct device *device, const char *folder, struct error *err)
{
	char raw_path[4200], path[4200];
	struct picture picture;
	snprintf(raw_path, sizeof raw_path, "%s/rows", folder);
	snprintf(path, sizeof path, "%s/p%04d.jpg", folder, page);
	FILE *raw = fopen(raw_path, "wb+e");
	if (!raw || unlink(raw_path) != 0)
		return scan_fail(err, "disk", "rows");
	bool good = device_read(device, raw, &picture, at, err);
	if (good && !jpeg_write(path, &picture, raw, QUALITY, err))
		good = scan_fail(err, "disk", path);
	fclose(raw);
	if (good)
		printf("page %d p%04d.jpg %d %d %d\n", page, page, picture.width, picture.height, picture.dpi);
	else
		(void)unlink(path);
	fflush(stdout);
	return good;
}

static int scan_all(struct device *device, const char *folder)
{
	struct error err = { 0 };
	int first = page;
	while (page < first + PAGES_MOST) {
		if (stopping)
			return end_with("stop", "asked to");
		if (!scan_page(device, folder, &err)) {
			bool empty = strcmp(err.code, "empty") == 0;
			if (empty && page > first)
				return end_with("done", "");
			if (empty && device_feeds(device) && device_to_glass(device, &err))
				continue;
			return end_with(stopping ? "stop" : err.code, err.log);
		}
		page++;
		if (!device_feeds(device))
			return end_with("done", "");
	}
	return end_with("done", "as many pages as are taken at once");
}

static bool read_args(int argc, char **argv, struct device_wish *wish, const char **folder,
                      const char **settings)
{
	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;
		if (strcmp(argv[i], "--gray") == 0) {
			wish->gray = true;
			continue;
		}
		if (!value)
			return false;
		if (strcmp(argv[i], "--folder") == 0)
			*folder = value;
		else if (strcmp(argv[i], "--device") == 0)
			wish->device = value;
		else if (strcmp(argv[i], "--source") == 0)
			wish->source = value;
		else if (strcmp(argv[i], "--dpi") == 0)
			wish->dpi = atoi(value);
		else if (strcmp(argv[i], "--first") == 0)
			page = atoi(value);
		else if (strcmp(argv[i], "--set") == 0 && wish->setting_count < SETTING_MOST)
			settings[wish->setting_count++] = value;
		else
			return false;
		i++;
	}
	return *folder && strlen(*folder) < 4096 && page > 0 && page <= 9000;
}

static void set_up(void)
{
	struct rlimit file = { 512u << 20, 512u << 20 };
	(void)setrlimit(RLIMIT_FSIZE, &file); /* a scanner without end */
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGTERM, on_term);
}

int main(int argc, char **argv)
{
	const char *settings[SETTING_MOST], *folder = NULL;
	struct device_wish wish = { .dpi = 300, .settings = settings };
	struct error err = { 0 };
	page = 1;
	set_up();
	if (argc == 2 && strcmp(argv[1], "--list") == 0)
		return device_list(found, &err) ? end_with("done", "") : end_with(err.code, err.log);
	if (!read_args(argc, argv, &wish, &folder, settings)) {
		fprintf(stderr, "usage: motcua-scan --list | --folder FOLDER [--device D] …\n");
		return 64;
	}
	open_device = device_open(&wish, &err);
	int status = open_device ? scan_all(open_device, folder) : end_with(err.code, err.log);
	struct device *device = open_device;
	open_device = NULL;
	device_close(device);
	fflush(stdout);
	_Exit(status); /* what drivers leave behind is nobody's */
}
