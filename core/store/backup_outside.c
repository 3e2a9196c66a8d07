/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that the configuration and the systems' profiles name, wherever they lie: certificates, their keys, roots, the
 * courier's secrets.  Each goes into the copy as outside/N; outside/list says where it belongs, "-" for what could not be read.
 * They are never laid back by the program: a copy does not choose what is written as root. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/backup_own.h"
#include "core/store/store.h"

#define OUTSIDE "outside"
#define LIST    "outside/list"
enum { OUTSIDE_MOST = 200 };
#define LARGEST (4 * 1024 * 1024)

static bool named_by_profiles(const struct backup_plan *plan, struct arena *arena, struct reply *reply, struct error *err)
{
	struct loop loop;
	loop_init(&loop);
	struct store *store = store_open(&loop, &(struct store_settings){ .server = plan->server, .program = "motcua-backup" }, err);
	bool good = store && store_wait(store, 20000, err) &&
	            store_ask_wait(store, arena, "select distinct v #>> '{}' as path from motcua.profile p, unnest(array['ca_file', 'cert_file', 'key_file']) k,"
	                           " jsonb_path_query(p.data::jsonb, ('$.**.' || k)::jsonpath) v"
	                           " where p.version = (select max(x.version) from motcua.profile x where x.system = p.system) order by 1", NULL, 0, true, reply, err);
	store_close(store);
	return good;
}

/* Part of the copy already, or listed before? */
static bool known(const struct backup_plan *plan, const struct bytes *list, const char *path)
{
	struct arena arena = { 0 };
	bool ours = strcmp(path, path_join(&arena, plan->paths->data, "courier.secrets")) == 0 ||
	            (list->size && strstr(bytes_string(list), arena_format(&arena, "\t%s\n", path)));
	arena_free(&arena);
	return ours;
}

static bool put(const struct backup_plan *plan, const char *copy, const char *path, int *count, struct bytes *list, struct error *err)
{
	struct arena arena = { 0 };
	struct error unheard = { 0 };
	struct stat info;
	char *text, line[24] = "-";
	size_t size;
	bool good = true;
	if (path[0] == '/' && !strpbrk(path, "\t\n") && !known(plan, list, path) && *count < OUTSIDE_MOST) {
		bool here = stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= LARGEST && path_read(&arena, path, &text, &size, &unheard);
		if (here) {
			snprintf(line, sizeof line, "%d", ++*count);
			good = path_make(path_join(&arena, copy, OUTSIDE), 0700, err) &&
			       path_write(path_join(&arena, copy, arena_format(&arena, OUTSIDE "/%s", line)), text, size, 0600, err);
		}
		bytes_text(list, arena_format(&arena, "%s\t%s\n", line, path));
	}
	arena_free(&arena);
	return good;
}

bool backup_outside_copy(const struct backup_plan *plan, const char *copy, struct error *err)
{
	struct arena arena = { 0 };
	struct bytes list = { 0 };
	struct reply reply = { 0 };
	int count = 0;
	bool good = named_by_profiles(plan, &arena, &reply, err);
	for (int i = 0; good && i < BACKUP_NAMED && plan->named[i]; i++)
		good = put(plan, copy, plan->named[i], &count, &list, err);
	for (int row = 0; good && row < reply.rows; row++)
		good = put(plan, copy, reply_text(&reply, row, "path"), &count, &list, err);
	if (good && list.size)
		good = path_make(path_join(&arena, copy, OUTSIDE), 0700, err) &&
		       path_write(path_join(&arena, copy, LIST), bytes_string(&list), list.size, 0600, err);
	bytes_free(&list);
	arena_free(&arena);
	return good;
}

const char *backup_outside(const char *copy, bool missing, struct arena *arena)
{
	struct bytes out = { 0 };
	char *text, *rest = NULL;
	if (path_read(arena, path_join(arena, copy, LIST), &text, NULL, NULL))
		for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
			char *path = strchr(line, '\t');
			if (!path || missing != (line[0] == '-'))
				continue;
			*path++ = '\0';
			const char *where = text_mend(arena, path, strlen(path)), *nth = text_mend(arena, line, strlen(line));
			bytes_text(&out, missing ? arena_format(arena, "%s%s", out.size ? ", " : "", where)
			                         : arena_format(arena, "  %s/" OUTSIDE "/%s → %s\n", copy, nth, where));
		}
	const char *found = arena_string(arena, bytes_string(&out));
	bytes_free(&out);
	return found;
}
