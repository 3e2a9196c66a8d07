/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"

static void on_scope_end(struct task *task)
{
	struct batch *batch = OWNER_OF(task, struct batch, task);
	batch->scope = NULL; /* it ends the helpers itself */
	batch_close(batch);
}

bool batch_open(struct batch *batch, struct loop *loop, struct scope *scope, const char *data,
                const char *libexec, struct error *err)
{
	*batch = (struct batch){ .loop = loop, .next_number = 1 };
	if (!spool_open(&batch->spool, data, err))
		return false;
	batch->scan_program = path_join(&batch->arena, libexec, "motcua-scan");
	batch->pages_program = path_join(&batch->arena, libexec, "motcua-pages");
	batch->scope = scope;
	batch->task.end = on_scope_end;
	scope_add(scope, &batch->task);
	return true;
}

static void tell(struct batch *batch)
{
	if (batch->changed)
		batch->changed(batch);
}

void batch_close(struct batch *batch)
{
	if (!batch->spool.folder)
		return;
	if (batch->scope)
		scope_remove(&batch->task);
	spool_close(&batch->spool);
	arena_free(&batch->arena);
	batch->pages = NULL;
	batch->count = batch->room = 0;
}

/* ---- from the scanner ---- */

static void on_page(struct scan *scan, const struct scan_page *told)
{
	struct batch *batch = OWNER_OF(scan, struct batch, scan);
	if (batch->count >= BATCH_PAGES_MOST || strlen(told->file) >= sizeof batch->pages[0]->file)
		return;
	struct page *page = ARENA_NEW(&batch->arena, struct page);
	snprintf(page->file, sizeof page->file, "%s", told->file);
	page->width = told->width;
	page->height = told->height;
	page->dpi = told->dpi;
	batch->pages = arena_grow(&batch->arena, batch->pages, sizeof *batch->pages, batch->count, &batch->room);
	batch->pages[batch->count++] = page;
	batch->next_number++;
	tell(batch);
}

static void on_moved(struct scan *scan)
{
	tell(OWNER_OF(scan, struct batch, scan));
}

static void on_scanned(struct scan *scan, const struct error *err)
{
	struct batch *batch = OWNER_OF(scan, struct batch, scan);
	batch->scanning = false;
	if (batch->scanned)
		batch->scanned(batch, err);
	tell(batch);
}

bool batch_scan(struct batch *batch, const struct scan_setup *setup, struct error *err)
{
	if (batch->scanning)
		return scan_fail(err, "busy", "our own scan is not over");
	batch->scanning = scan_start(batch->loop, batch->scope, &batch->scan, &(struct scan_plan){
		.program = batch->scan_program, .folder = batch->spool.folder, .first = batch->next_number,
		.setup = setup, .page = on_page, .moved = on_moved, .done = on_scanned }, err);
	return batch->scanning;
}

void batch_stop(struct batch *batch)
{
	if (batch->scanning)
		scan_stop(&batch->scan);
}

void batch_remove(struct batch *batch, size_t at)
{
	struct arena arena = { 0 };
	if (at >= batch->count)
		return;
	(void)unlink(path_join(&arena, batch->spool.folder, batch->pages[at]->file));
	arena_free(&arena);
	memmove(batch->pages + at, batch->pages + at + 1, (batch->count - at - 1) * sizeof *batch->pages);
	batch->count--;
	tell(batch);
}

/* ---- into a PDF ---- */

static void on_made(struct pages_job *job, const struct error *err)
{
	struct making *making = OWNER_OF(job, struct making, job);
	struct arena arena = { 0 };
	struct error own;
	int fd = -1;
	if (!err) {
		const char *path = path_join(&arena, making->batch->spool.folder, making->file);
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		if (fd < 0)
			pages_fail(&own, "disk", strerror(errno)), err = &own;
		(void)unlink(path);
	}
	pages_clear(job);
	arena_free(&arena);
	making->done(making, fd, err);
}

bool batch_make(struct batch *batch, struct making *making, const struct page *const *pages, size_t count,
                void (*done)(struct making *, int fd, const struct error *), struct error *err)
{
	struct arena arena = { 0 };
	const char **names = ARENA_MANY(&arena, const char *, count + 1);
	for (size_t i = 0; i < count; i++)
		names[i] = pages[i]->file;
	*making = (struct making){ .owner = making->owner, .batch = batch, .done = done };
	snprintf(making->file, sizeof making->file, "g%04d.pdf", batch->next_number++);
	const char *args[] = { "pdf", batch->spool.folder, making->file, NULL };
	bool good = pages_start(batch->loop, batch->scope, &making->job, &(struct pages_plan){
		.program = batch->pages_program, .args = args, .lines = names, .line_count = count },
		on_made, err);
	arena_free(&arena);
	return good;
}
