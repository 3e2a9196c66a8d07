/* SPDX-License-Identifier: Apache-2.0
 *
 * A file copied out of a folder, and cleared away there once it is kept elsewhere. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/base/path.h"
#include "core/scan/folder_own.h"

static bool same(const struct stat *a, int64_t size, int64_t time)
{
	return a->st_size == size && folder_time(a) == time;
}

static bool copy(int in, int out, struct error *err)
{
	static char block[1 << 16];
	int64_t total = 0;
	for (ssize_t n; (n = read(in, block, sizeof block)) != 0;) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return folder_error(err, "read");
		total += n;
		if (total > FOLDER_TAKE_MOST)
			return folder_fail(err, "big", "too many bytes");
		if (!path_put(out, block, (size_t)n))
			return folder_fail(err, "disk", strerror(errno));
	}
	return true;
}

bool folder_take(const char *path, const char *name, const char *out, struct error *err)
{
	struct stat before, after;
	struct bytes say = { 0 };
	int folder = folder_open(path, err);
	int in = folder >= 0 ? folder_open_file(folder, name, &before, err) : -1;
	bool good = in >= 0 && (before.st_size <= FOLDER_TAKE_MOST || folder_fail(err, "big", "its size"));
	int to = good ? open(out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
	if (good && to < 0)
		good = folder_fail(err, "disk", strerror(errno));
	good = good && copy(in, to, err);
	if (good && (fstat(in, &after) != 0 || !same(&after, before.st_size, folder_time(&before))))
		good = folder_fail(err, "other", "it changed while it was copied");
	if (to >= 0 && close(to) != 0)
		good = folder_fail(err, "disk", strerror(errno));
	if (to >= 0 && !good)
		(void)unlink(out);
	if (good) {
		folder_line_write(&say, &(struct folder_entry){ .name = name, .size = before.st_size,
			.time = folder_time(&before) });
		folder_say(&say);
	}
	bytes_free(&say);
	if (in >= 0)
		close(in);
	if (folder >= 0)
		close(folder);
	return good;
}

/* A name that is free and tells of nobody; its kind stays. */
static void neutral(int folder, const char *name, char *out, size_t room)
{
	char when[32], ending[8] = "";
	const char *dot = strrchr(name, '.');
	size_t n = dot ? strspn(dot + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") : 0;
	if (n >= 2 && n <= 4 && !dot[1 + n])
		snprintf(ending, sizeof ending, "%s", dot);
	moment_write_wire(moment_now(), when, sizeof when);
	for (int number = 1; number < 1000; number++) {
		snprintf(out, room, "nhan-%s-%03d%s", when, number, ending);
		if (faccessat(folder, out, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
			return;
	}
}

static bool set_aside(int folder, const char *name, struct error *err)
{
	char fresh[64];
	if (mkdirat(folder, TAKEN_FOLDER, 0700) != 0 && errno != EEXIST)
		return folder_error(err, "mkdir");
	int taken = openat(folder, TAKEN_FOLDER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (taken < 0)
		return folder_error(err, "open " TAKEN_FOLDER);
	neutral(taken, name, fresh, sizeof fresh);
	bool good = renameat(folder, name, taken, fresh) == 0 || folder_error(err, "rename");
	if (good)
		(void)utimensat(taken, fresh, NULL, AT_SYMLINK_NOFOLLOW); /* its days count from now */
	close(taken);
	return good;
}

bool folder_away(const char *path, const char *name, int64_t size, int64_t time, int keep_days,
                 struct error *err)
{
	struct stat now;
	int folder = folder_open(path, err);
	if (folder < 0)
		return false;
	bool good = fstatat(folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0 || folder_error(err, "stat");
	if (good && (!S_ISREG(now.st_mode) || !same(&now, size, time)))
		good = folder_fail(err, "other", "not the file that was kept");
	if (good && keep_days > 0)
		good = set_aside(folder, name, err);
	else if (good)
		good = unlinkat(folder, name, 0) == 0 || folder_error(err, "unlink");
	close(folder);
	return good;
}
