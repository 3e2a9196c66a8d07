/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder where a network scanner drops its files, looked at again and again: notices
 * of the kernel come at once where the folder is local, and not at all from the other
 * side of a share, so that it is also read every few seconds. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "core/base/date.h"
#include "core/scan/folder_own.h"

#define LOOK_MS    2000   /* between two looks                                     */
#define SETTLE_MS  3000   /* unchanged so long, with its end in place: it is whole */
#define PATIENT_MS 60000  /* … and whatever its end looks like                     */
#define ALIVE_MS   10000
#define SWEEP_MS   3600000
#define DAY_NS     (INT64_C(86400) * 1000000000)

/* A file seen there; it is told of once it is whole. */
struct drop {
	struct drop *next;
	char *name;
	int64_t size, time, since;
	bool closed;  /* the kernel said that its writer has closed it */
	bool seen, whole, foreign;
	int pages;
};

static struct drop *drops;
static int drop_count;

static struct drop *drop_of(const char *name)
{
	for (struct drop *at = drops; at; at = at->next)
		if (strcmp(at->name, name) == 0)
			return at;
	return NULL;
}

static struct drop *drop_new(const char *name)
{
	struct drop *drop = drop_count < FOLDER_WATCH_MOST ? calloc(1, sizeof *drop) : NULL;
	if (!drop)
		return NULL;
	drop->name = strdup(name);
	drop->next = drops;
	drops = drop;
	drop_count++;
	return drop;
}

static void forget_unseen(void)
{
	for (struct drop **at = &drops; *at;) {
		struct drop *drop = *at;
		if (drop->seen) {
			at = &drop->next;
			continue;
		}
		*at = drop->next;
		free(drop->name);
		free(drop);
		drop_count--;
	}
}

/* ---- one look ---- */

static void settle(struct drop *drop, int folder)
{
	int64_t still = monotonic_ms() - drop->since;
	struct stat info;
	bool ends;
	if (drop->whole || drop->foreign || (!drop->closed && still < SETTLE_MS))
		return;
	int fd = folder_open_file(folder, drop->name, &info, NULL);
	if (fd < 0)
		return; /* another look will tell */
	enum folder_kind kind = folder_kind_of(fd, info.st_size, &ends);
	if (kind == KIND_OTHER)
		drop->foreign = drop->closed || still >= PATIENT_MS;
	else if (ends || still >= PATIENT_MS)
		drop->whole = true, drop->pages = folder_pages(fd, kind);
	close(fd);
}

static void meet(int folder, const char *name)
{
	struct stat info;
	if (folder_passing(name) || fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISREG(info.st_mode) || info.st_size == 0)
		return;
	struct drop *drop = drop_of(name);
	if (!drop && !(drop = drop_new(name)))
		return;
	if (drop->size != info.st_size || drop->time != folder_time(&info)) {
		drop->size = info.st_size;
		drop->time = folder_time(&info);
		drop->since = monotonic_ms();
		drop->whole = drop->foreign = false;
	}
	drop->seen = true;
	settle(drop, folder);
	drop->closed = false; /* it may be opened again */
}

static bool look(int folder, struct error *err)
{
	int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *all = copy >= 0 ? fdopendir(copy) : NULL;
	if (!all) {
		if (copy >= 0)
			close(copy);
		return folder_error(err, "look");
	}
	for (struct drop *at = drops; at; at = at->next)
		at->seen = false;
	errno = 0;
	for (struct dirent *entry; (entry = readdir(all));)
		meet(folder, entry->d_name);
	closedir(all);
	forget_unseen();
	return true;
}

/* ---- telling ---- */

static int newer_first(const void *a, const void *b)
{
	const struct drop *one = *(struct drop *const *)a, *two = *(struct drop *const *)b;
	if (one->time != two->time)
		return one->time < two->time ? 1 : -1;
	return strcmp(one->name, two->name);
}

static void write_whole(struct bytes *out)
{
	struct drop *whole[FOLDER_WATCH_MOST];
	size_t count = 0;
	for (struct drop *at = drops; at; at = at->next)
		if (at->whole)
			whole[count++] = at;
	qsort(whole, count, sizeof *whole, newer_first);
	for (size_t i = 0; i < count; i++)
		folder_line_write(out, &(struct folder_entry){ .name = whole[i]->name, .size = whole[i]->size,
			.time = whole[i]->time, .pages = whole[i]->pages });
	bytes_text(out, "seen\n");
}

static void tell(struct bytes *told, int64_t *at)
{
	struct bytes now = { 0 };
	write_whole(&now);
	if (now.size != told->size || memcmp(now.data, told->data, now.size) != 0) {
		folder_say(&now);
		bytes_free(told);
		*told = now;
		*at = monotonic_ms();
		return;
	}
	bytes_clear(&now);
	if (monotonic_ms() - *at >= ALIVE_MS) {
		bytes_text(&now, "alive\n");
		folder_say(&now);
		*at = monotonic_ms();
	}
	bytes_free(&now);
}

/* ---- waiting ---- */

static void put_down(const char *name)
{
	struct drop *drop = drop_of(name);
	if (!drop && !folder_passing(name))
		drop = drop_new(name);
	if (drop)
		drop->closed = true;
}

/* The kernel's word that a writer has closed a file, or put a finished one there. */
static void hear(int notices)
{
	char block[8192] __attribute__((aligned(__alignof__(struct inotify_event))));
	for (ssize_t n; (n = read(notices, block, sizeof block)) > 0;) {
		for (char *at = block; at < block + n;) {
			const struct inotify_event *event = (const struct inotify_event *)(const void *)at;
			if (event->len && event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
				put_down(event->name);
			at += sizeof *event + event->len;
		}
	}
}

static bool wait_for_more(int notices, struct error *err)
{
	struct pollfd waits[] = { { notices, POLLIN, 0 }, { STDOUT_FILENO, 0, 0 } };
	if (poll(waits, 2, LOOK_MS) < 0 && errno != EINTR)
		return folder_error(err, "poll");
	if (waits[1].revents & (POLLERR | POLLHUP))
		return folder_fail(err, "crash", "nobody listens");
	hear(notices);
	return true;
}

void folder_sweep(int folder, int keep_days)
{
	int taken = openat(folder, TAKEN_FOLDER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *all = taken >= 0 ? fdopendir(taken) : NULL;
	struct stat info;
	if (!all) {
		if (taken >= 0)
			close(taken);
		return;
	}
	for (struct dirent *entry; (entry = readdir(all));)
		if (strncmp(entry->d_name, "nhan-", 5) == 0 &&
		    fstatat(taken, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode) &&
		    (int64_t)moment_now() * 1000000000 - folder_time(&info) > keep_days * DAY_NS)
			(void)unlinkat(taken, entry->d_name, 0);
	closedir(all);
}

bool folder_look(const char *path, int keep_days, struct error *err)
{
	struct bytes told = { 0 };
	int64_t told_at = monotonic_ms(), swept_at = -SWEEP_MS;
	int notices = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	bool good = notices >= 0 || folder_error(err, "inotify");
	/* Opened anew each time: what is mounted there may come and go. */
	while (good) {
		int folder = folder_open(path, err);
		good = folder >= 0;
		if (good && inotify_add_watch(notices, path, IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE) < 0)
			good = folder_error(err, "inotify_add_watch");
		if (good && monotonic_ms() - swept_at >= SWEEP_MS)
			folder_sweep(folder, keep_days), swept_at = monotonic_ms();
		good = good && look(folder, err);
		if (folder >= 0)
			close(folder);
		if (good)
			tell(&told, &told_at);
		good = good && wait_for_more(notices, err);
	}
	if (notices >= 0)
		close(notices);
	bytes_free(&told);
	return false;
}
