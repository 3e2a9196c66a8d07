/* SPDX-License-Identifier: Apache-2.0
 *
 * SHA256SUMS: a line "hex  path" for every file of a copy, in the order of their names, as
 * sha256sum writes and reads it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/say.h"
#include "core/store/backup_own.h"

#define DEPTH_MOST 24

struct sums {
	const char *copy;
	struct arena arena;
	struct bytes lines;
	struct error *err;
};

static bool unreadable(struct sums *s, const char *path, int why)
{
	fail(s->err, why == ENOENT ? FAULT_INPUT : FAULT_DEVICE, _("Không đọc được tệp %s."), path);
	return because(s->err, "read %s: %s", path, strerror(why));
}

static bool add_file(struct sums *s, const char *path, const char *name)
{
	static uint8_t piece[1 << 16];
	uint8_t digest[SEAL_HASH_SIZE];
	char hex[2 * SEAL_HASH_SIZE + 1];
	struct seal_hash hash;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return unreadable(s, path, errno);
	seal_hash_start(&hash);
	ssize_t n;
	while ((n = read(fd, piece, sizeof piece)) > 0)
		seal_hash_add(&hash, piece, (size_t)n);
	int why = errno;
	close(fd);
	if (n < 0)
		return unreadable(s, path, why);
	seal_hash_end(&hash, digest);
	bytes_format(&s->lines, "%s  %s\n", seal_hex(digest, sizeof digest, hex), name);
	return true;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool add_folder(struct sums *s, const char *within, int depth);

/* A copy holds files and folders: a link would lead out of it. */
static bool add_entry(struct sums *s, const char *within, const char *entry, int depth)
{
	struct stat info;
	const char *name = *within ? arena_format(&s->arena, "%s/%s", within, entry) : entry;
	const char *path = path_join(&s->arena, s->copy, name);
	if (strcmp(name, BACKUP_SUMS) == 0 || strcmp(name, BACKUP_PROVED) == 0)
		return true;
	if (lstat(path, &info) != 0)
		return unreadable(s, path, errno);
	if (S_ISDIR(info.st_mode))
		return add_folder(s, name, depth + 1);
	if (S_ISREG(info.st_mode) && !strpbrk(name, "\n\\"))
		return add_file(s, path, name);
	return fail(s->err, FAULT_INPUT, _("Trong bản sao lưu có tệp lạ: %s."), path);
}

static bool add_folder(struct sums *s, const char *within, int depth)
{
	struct dirent **entries;
	const char *path = *within ? path_join(&s->arena, s->copy, within) : s->copy;
	int count = depth > DEPTH_MOST ? -1 : scandir(path, &entries, NULL, by_name);
	bool good = true;
	if (count < 0)
		return unreadable(s, path, depth > DEPTH_MOST ? ELOOP : errno);
	for (int i = 0; i < count; i++) {
		const char *entry = entries[i]->d_name;
		if (good && strcmp(entry, ".") != 0 && strcmp(entry, "..") != 0)
			good = add_entry(s, within, arena_string(&s->arena, entry), depth);
		free(entries[i]);
	}
	free(entries);
	return good;
}

static bool add_up(struct sums *s, const char *copy, struct error *err)
{
	*s = (struct sums){ .copy = copy, .err = err };
	return add_folder(s, "", 0);
}

static void drop(struct sums *s)
{
	bytes_free(&s->lines);
	arena_free(&s->arena);
}

bool backup_sums_write(const char *copy, struct error *err)
{
	struct sums s;
	bool good = add_up(&s, copy, err) &&
	            path_write(path_join(&s.arena, copy, BACKUP_SUMS), s.lines.data, s.lines.size, 0600, err);
	drop(&s);
	return good;
}

/* Behind the sum and two blanks. */
static const char *path_of(const char *line)
{
	return strcspn(line, "\n") > 2 * SEAL_HASH_SIZE + 2 ? line + 2 * SEAL_HASH_SIZE + 2 : line;
}

/* Where the two lists part: a file that was added stands in the one that was found alone. */
static bool tell_difference(struct sums *s, const char *told, struct error *err)
{
	const char *all = told, *found = bytes_string(&s->lines);
	while (*told && *found) {
		size_t n = strcspn(told, "\n"), m = strcspn(found, "\n");
		if (n != m || strncmp(told, found, n) != 0)
			break;
		told += n + (told[n] == '\n');
		found += m + (found[m] == '\n');
	}
	const char *extra = *found ? path_of(found) : "";
	int size = (int)strcspn(extra, "\n");
	bool added = size && !strstr(all, arena_format(&s->arena, "  %.*s\n", size, extra));
	const char *line = added || !*told ? extra : path_of(told);
	fail(err, FAULT_INPUT, _("Bản sao lưu bị hỏng hoặc bị sửa (%.*s). Không dùng bản này."), (int)strcspn(line, "\n"), line);
	return because(err, "%s: sums differ at %.*s", s->copy, (int)strcspn(line, "\n"), line);
}

bool backup_sums_check(const char *copy, struct error *err)
{
	struct sums s;
	char *told = NULL;
	bool good = add_up(&s, copy, err) && path_read(&s.arena, path_join(&s.arena, copy, BACKUP_SUMS), &told, NULL, err);
	if (good && strcmp(told, bytes_string(&s.lines)) != 0)
		good = tell_difference(&s, told, err);
	drop(&s);
	return good;
}
