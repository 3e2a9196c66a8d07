/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"

#define LOCK_NAME "lock"

static bool nothing(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Spools are flat; a folder inside one is not ours and stops the removal. */
static void remove_folder(int above, const char *name)
{
	int fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
	if (!folder) {
		if (fd >= 0)
			close(fd);
		return;
	}
	for (struct dirent *entry; (entry = readdir(folder));)
		if (!nothing(entry->d_name))
			(void)unlinkat(fd, entry->d_name, 0);
	closedir(folder);
	(void)unlinkat(above, name, AT_REMOVEDIR);
}

/* Nobody holds its lock. */
static bool abandoned(int above, const char *name)
{
	char path[NAME_MAX + sizeof "/" LOCK_NAME];
	snprintf(path, sizeof path, "%s/" LOCK_NAME, name);
	int fd = openat(above, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT;
	bool free = flock(fd, LOCK_EX | LOCK_NB) == 0;
	close(fd);
	return free;
}

/* The folder of spools, locked against others who make or sweep just now. */
static int open_above(const char *data, bool make, char *path, size_t room, struct error *err)
{
	snprintf(path, room, "%s/quet", data);
	if (make && (!path_make(path, 0700, err) || !path_own(path, err)))
		return -1;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_EX) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	fail(err, FAULT_DEVICE, _("Không tạo được thư mục %s."), path);
	because(err, "spool: %s", strerror(errno));
	return -1;
}

static int sweep(int above)
{
	int count = 0, copy = openat(above, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = copy >= 0 ? fdopendir(copy) : NULL;
	if (!folder) {
		if (copy >= 0)
			close(copy);
		return 0;
	}
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (nothing(entry->d_name) || !abandoned(above, entry->d_name))
			continue;
		remove_folder(above, entry->d_name);
		count++;
	}
	closedir(folder);
	return count;
}

int spool_sweep(const char *data)
{
	char path[PATH_MAX];
	int above = open_above(data, false, path, sizeof path, NULL);
	if (above < 0)
		return 0;
	int count = sweep(above);
	close(above);
	return count;
}

static bool make_own(struct spool *spool, const char *path, struct error *err)
{
	char own[PATH_MAX + 16], lock[PATH_MAX + 32];
	snprintf(own, sizeof own, "%s/XXXXXX", path);
	spool->lock = -1;
	if (mkdtemp(own)) {
		snprintf(lock, sizeof lock, "%s/" LOCK_NAME, own);
		spool->lock = open(lock, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	}
	if (spool->lock >= 0 && flock(spool->lock, LOCK_EX | LOCK_NB) == 0) {
		spool->folder = strdup(own);
		return spool->folder != NULL;
	}
	fail(err, FAULT_DEVICE, _("Không tạo được thư mục %s."), path);
	return because(err, "spool: %s", strerror(errno));
}

bool spool_open(struct spool *spool, const char *data, struct error *err)
{
	char path[PATH_MAX];
	*spool = (struct spool){ .lock = -1 };
	int above = open_above(data, true, path, sizeof path, err);
	if (above < 0)
		return false;
	sweep(above);
	bool good = make_own(spool, path, err);
	close(above);
	return good;
}

void spool_close(struct spool *spool)
{
	if (!spool->folder)
		return;
	remove_folder(AT_FDCWD, spool->folder);
	free(spool->folder);
	close(spool->lock);
	*spool = (struct spool){ .lock = -1 };
}
