/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/reading.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/scan/batch.h"
#include "core/store/files.h"
#include "tui/desk.h"
#include "tui/duty.h"

enum { WAITING_MOST = 200, TEXT_MOST = 2 * 1024 * 1024 };

struct item {
	int fd;
	int64_t file_id;
	struct read_wish *wish; /* NULL: nobody, or gone by now */
	struct item *next;
};
struct reading {
	struct duty *duty;
	struct item *first;     /* the one under way, and those behind it */
	int waiting;
	bool busy, split;       /* split: all its pages have come */
	struct batch batch;
	struct scan_setup setup;
	struct file_words_ask words;
	struct timer later;     /* a batch is not closed while it speaks */
};

static void next(struct reading *reading);

/* ---- who waits for it ---- */

static void on_wish_end(struct task *task)
{
	struct read_wish *wish = OWNER_OF(task, struct read_wish, task);
	if (wish->in)
		*wish->in = NULL;
	wish->in = NULL;
}

static void grant(struct item *item, const struct batch *batch)
{
	struct read_wish *wish = item->wish;
	struct arena arena = { 0 };
	if (!wish)
		return;
	scope_remove(&wish->task);
	wish->in = NULL;
	item->wish = NULL;
	const struct said **pages = ARENA_MANY(&arena, const struct said *, batch->count + 1);
	bool any = false;
	for (size_t i = 0; i < batch->count; i++) {
		pages[i] = batch->pages[i]->said;
		any |= pages[i] != NULL;
	}
	if (any)
		wish->done(wish, pages, batch->count);
	arena_free(&arena);
}

/* ---- one file ---- */

static void drop_first(struct reading *reading)
{
	struct item *item = reading->first;
	if (item->wish) {
		scope_remove(&item->wish->task);
		item->wish->in = NULL;
	}
	reading->first = item->next;
	reading->waiting--;
	close(item->fd);
	free(item);
}

static void on_kept(struct file_words_ask *ask, const struct error *err)
{
	struct reading *reading = ask->owner;
	if (err)
		log_error("keeping the words of a file", err);
	drop_first(reading);
	reading->busy = false;
	next(reading);
}

/* A line a page, an empty one where nothing was read. */
static bool text_of(const struct batch *batch, struct bytes *out)
{
	bool any = false;
	out->limit = TEXT_MOST;
	for (size_t i = 0; i < batch->count; i++) {
		struct arena arena = { 0 };
		const struct said *said = batch->pages[i]->said;
		any |= said != NULL;
		bytes_format(out, "%s\n", said ? said_text(&arena, said) : "");
		arena_free(&arena);
	}
	return any;
}

static void finish(struct timer *timer)
{
	struct reading *reading = OWNER_OF(timer, struct reading, later);
	struct bytes text = { 0 };
	bool any = text_of(&reading->batch, &text);
	grant(reading->first, &reading->batch);
	batch_close(&reading->batch);
	reading->words = (struct file_words_ask){ .done = on_kept, .owner = reading };
	if (any)
		file_words(duty_store(reading->duty), &reading->duty->scope, &reading->words, reading->first->file_id,
		           bytes_string(&text));
	else
		on_kept(&reading->words, NULL);
	bytes_free(&text);
}

static void on_changed(struct batch *batch)
{
	struct reading *reading = batch->owner;
	if (batch->scanning && batch->count >= READING_PAGES_MOST)
		batch_stop(batch);
	if (reading->split && batch_read(batch) && !reading->later.armed)
		loop_after(reading->duty->desk->loop, &reading->later, 1);
}

/* A damaged file has no words; it was told of when it was looked at. */
static void on_split(struct batch *batch, const struct error *err)
{
	struct reading *reading = batch->owner;
	(void)err;
	reading->split = true;
}

static bool start(struct reading *reading, struct error *err)
{
	struct desk *desk = reading->duty->desk;
	char from[64], to[300];
	if (!batch_open(&reading->batch, desk->loop, &reading->duty->scope, desk->paths->data, desk->paths->libexec, err))
		return false;
	reading->batch.owner = reading;
	reading->batch.changed = on_changed;
	reading->batch.scanned = on_split;
	reading->batch.paper = reading->batch.paper_count = 1;
	reading->batch.words = reading->batch.behind = true;
	snprintf(from, sizeof from, "/proc/%ld/fd/%d", (long)getpid(), reading->first->fd);
	snprintf(to, sizeof to, "%.250s/tep", reading->batch.spool.folder);
	if (symlink(from, to) != 0)
		return pages_fail(err, "disk", strerror(errno));
	return batch_split(&reading->batch, "tep", &reading->setup, err);
}

static void next(struct reading *reading)
{
	while (reading->first && !reading->busy) {
		struct error err = { 0 };
		reading->split = false;
		reading->busy = start(reading, &err);
		if (reading->busy)
			return;
		log_error("reading a file", &err);
		batch_close(&reading->batch);
		drop_first(reading);
	}
}

/* ---- from outside ---- */

static struct reading *reading_of(struct duty *duty)
{
	if (!duty->reading) {
		struct reading *reading = calloc(1, sizeof *reading);
		if (!reading)
			abort();
		*reading = (struct reading){ .duty = duty, .later.fire = finish };
		duty->reading = reading;
	}
	return duty->reading;
}

static bool has_pages(const char *type)
{
	return strcmp(type, "application/pdf") == 0 || strcmp(type, "image/jpeg") == 0 || strcmp(type, "image/png") == 0;
}

void reading_add(struct duty *duty, struct scope *scope, int fd, const char *type, int64_t file_id, struct read_wish *wish)
{
	struct reading *reading = reading_of(duty);
	if (!has_pages(type) || reading->waiting >= WAITING_MOST || !scan_setup_read(duty->desk->config, &reading->setup, NULL) ||
	    !reading->setup.words)
		return;
	struct item *item = calloc(1, sizeof *item), **end = &reading->first;
	if (!item)
		abort();
	*item = (struct item){ .fd = fcntl(fd, F_DUPFD_CLOEXEC, 3), .file_id = file_id, .wish = wish };
	if (item->fd < 0) {
		free(item);
		return;
	}
	if (wish) {
		wish->in = &item->wish;
		wish->task.end = on_wish_end;
		scope_add(scope, &wish->task);
	}
	while (*end)
		end = &(*end)->next;
	*end = item;
	reading->waiting++;
	next(reading);
}

struct reading *reading_end(struct reading *reading)
{
	if (!reading)
		return NULL;
	loop_cancel(reading->duty->desk->loop, &reading->later);
	batch_close(&reading->batch);
	while (reading->first)
		drop_first(reading);
	free(reading);
	return NULL;
}
