/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/ready.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/detach.h"
#include "core/base/path.h"
#include "core/store/seal.h"
#include "tui/program.h"

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Names, sizes and times of a folder's files, in an order that never varies. */
static void add_folder(struct seal_hash *hash, struct arena *arena, const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, by_name);
	for (int i = 0; i < count; i++) {
		struct stat info;
		const char *path = path_join(arena, folder, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.' && stat(path, &info) == 0 && S_ISREG(info.st_mode)) {
			const char *line = arena_format(arena, "%s %lld %lld\n", entries[i]->d_name,
			                                (long long)info.st_size,
			                                (long long)info.st_mtime);
			seal_hash_add(hash, line, strlen(line));
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static const char *stamp_now(const struct program *program, struct arena *arena)
{
	static const char *const folders[] = { "core/data", "core/data/practice", "core/data/systems",
		"core/store/schema" };
	uint8_t digest[SEAL_HASH_SIZE];
	struct seal_hash hash;
	char hex[SEAL_HASH_SIZE * 2 + 1];
	seal_hash_start(&hash);
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		add_folder(&hash, arena, path_join(arena, program->paths.share, folders[i]));
	seal_hash_end(&hash, digest);
	return arena_format(arena, "%s %s %s\n", MOTCUA_VERSION,
	                    program->options.practice ? "practice" : "plain",
	                    seal_hex(digest, sizeof digest, hex));
}

static const char *stamp_file(const struct program *program, struct arena *arena)
{
	return path_join(arena, program->paths.data, "ready");
}

bool ready_stamped(const struct program *program)
{
	struct arena arena = { 0 };
	char *kept;
	bool good = path_read(&arena, stamp_file(program, &arena), &kept, NULL, NULL) &&
	            strcmp(kept, stamp_now(program, &arena)) == 0;
	arena_free(&arena);
	return good;
}

bool ready_stamp(const struct program *program, struct error *err)
{
	struct arena arena = { 0 };
	const char *now = stamp_now(program, &arena);
	bool good = path_write(stamp_file(program, &arena), now, strlen(now), 0600, err);
	arena_free(&arena);
	return good;
}

const char *ready_courier_lock(const struct program *program, struct arena *arena)
{
	return path_join(arena, program->paths.run, "courier.lock");
}

const char *ready_practice_lock(const struct program *program, struct arena *arena)
{
	return path_join(arena, program->paths.run, "practice.port.lock");
}

bool ready_check(struct program *program)
{
	struct arena arena = { 0 };
	bool ready = !program->embedded ||
	             (cluster_running(&program->cluster) && ready_stamped(program) &&
	              detach_holder(ready_courier_lock(program, &arena)) != 0 &&
	              (!program->options.practice ||
	               detach_holder(ready_practice_lock(program, &arena)) != 0));
	arena_free(&arena);
	return ready;
}

static const char *stop_file(const struct program *program, struct arena *arena)
{
	return path_join(arena, program->paths.data, "stopped");
}

bool ready_stopped(const struct program *program)
{
	struct arena arena = { 0 };
	bool stopped = access(stop_file(program, &arena), F_OK) == 0;
	arena_free(&arena);
	return stopped;
}

void ready_mark_stopped(const struct program *program, bool stopped)
{
	struct arena arena = { 0 };
	const char *file = stop_file(program, &arena);
	if (stopped)
		(void)path_write(file, "", 0, 0600, NULL);
	else
		(void)unlink(file);
	arena_free(&arena);
}
