/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands in the list of files: read by a child, or told by the watched folder. */
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/bring.h"
#include "tui/desk.h"
#include "tui/files_own.h"
#include "tui/inbox.h"

void files_filter(struct files *files)
{
	char query[256];
	size_t count = 0;
	text_fold(files->query.text, query, sizeof query);
	for (size_t i = 0; i < files->count; i++)
		if (!*query || strstr(files->rows[i].folded, query))
			files->visible[count++] = (int)i;
	list_set_count(&files->list, (int)count);
	screen_dirty(files->screen);
}

/* Folders by name, then the newest file first. */
static int order(const void *a, const void *b)
{
	const struct file_row *one = a, *two = b;
	if (one->entry.folder != two->entry.folder)
		return one->entry.folder ? -1 : 1;
	if (!one->entry.folder && one->entry.time != two->entry.time)
		return one->entry.time < two->entry.time ? 1 : -1;
	return strcmp(one->folded, two->folded);
}

static bool was_marked(const struct files *files, const struct folder_entry *entry)
{
	for (size_t i = 0; i < files->count; i++)
		if (files->rows[i].marked && files->rows[i].entry.time == entry->time &&
		    strcmp(files->rows[i].entry.name, entry->name) == 0)
			return true;
	return false;
}

/* Takes copies; marks stay on the files that are still as they were. */
static void show(struct files *files, const char *here, const struct folder_entry *entries, size_t count)
{
	struct arena fresh = { 0 };
	struct file_row *rows = ARENA_MANY(&fresh, struct file_row, count + 1);
	for (size_t i = 0; i < count; i++) {
		rows[i] = (struct file_row){ .entry = entries[i], .marked = was_marked(files, &entries[i]),
			.shown = bring_shown(&fresh, entries[i].name) };
		rows[i].entry.name = arena_string(&fresh, entries[i].name);
		rows[i].folded = text_fold_new(&fresh, rows[i].shown);
	}
	qsort(rows, count, sizeof *rows, order);
	files->here = arena_string(&fresh, here);
	arena_free(&files->memory);
	files->memory = fresh;
	files->rows = rows;
	files->count = count;
	files->visible = ARENA_MANY(&files->memory, int, count + 1);
	files_filter(files);
}

void files_open_inbox(struct files *files)
{
	const struct duty *duty = duty_of(files->screen);
	const struct folder_watch *watch = inbox_look(duty);
	if (watch)
		show(files, inbox_folder(duty), watch->entries, watch->count);
}

static void on_listed(struct folder_job *job, const struct error *err)
{
	struct files *files = job->owner;
	struct duty *duty = duty_of(files->screen);
	files->reading = false;
	if (err) {
		desk_tell(files->screen->desk, err);
	} else if (job->here) {
		field_set(&files->query, "");
		files->more = job->more;
		files->list.at = 0;
		show(files, bring_shown(&job->arena, job->here), job->entries, job->count);
		free(duty->folder);
		duty->folder = strdup(job->here);
	}
	folder_clear(job);
	if (err && !files->here && strcmp(duty->folder ? duty->folder : "", "/") != 0) {
		free(duty->folder);
		duty->folder = strdup("/"); /* the one used last has gone */
		files_open_folder(files, duty->folder);
	}
	screen_dirty(files->screen);
}

void files_open_folder(struct files *files, const char *path)
{
	struct screen *screen = files->screen;
	struct arena arena = { 0 };
	struct error err;
	const char *words[] = { path, NULL };
	if (files->reading)
		return;
	files->job.owner = files;
	files->reading = folder_ask(screen->desk->loop, &screen->scope, &files->job, &(struct folder_plan){
		.program = path_join(&arena, screen->desk->paths->libexec, "motcua-folder"), .verb = "list",
		.words = words, .done = on_listed }, &err);
	if (!files->reading)
		desk_tell(screen->desk, &err);
	arena_free(&arena);
	screen_dirty(screen);
}

void files_parent(struct files *files)
{
	const char *here = duty_of(files->screen)->folder, *slash = here ? strrchr(here, '/') : NULL;
	struct arena arena = { 0 };
	if (files->inbox || !files->here || !slash)
		return;
	files_open_folder(files, slash == here ? "/" : arena_copy(&arena, here, (size_t)(slash - here)));
	arena_free(&arena);
}
