/* SPDX-License-Identifier: Apache-2.0 */
#include "core/scan/batch.h"

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

void batch_tell(struct batch *batch)
{
	if (batch->changed)
		batch->changed(batch);
}

/* Its own task knows how to end it. */
static void end_child(struct child *child)
{
	child->task.end(&child->task);
}

static void end_job(struct pages_job *job)
{
	if (job->running)
		end_child(&job->child);
	job->running = false;
	pages_clear(job);
}

void batch_close(struct batch *batch)
{
	if (!batch->spool.folder)
		return;
	if (batch->scope)
		scope_remove(&batch->task);
	end_job(&batch->cleaning);
	end_job(&batch->reading);
	end_job(&batch->turning);
	end_job(&batch->drawing);
	for (struct making *making = batch->makings; making; making = making->next)
		end_job(&making->job);
	batch->makings = NULL;
	if (batch->scanning)
		end_child(&batch->scan.child);
	batch->scanning = false;
	bytes_free(&batch->drawn);
	spool_close(&batch->spool);
	arena_free(&batch->arena);
	batch->pages = NULL;
	batch->count = batch->room = 0;
}

/* ---- from the scanner ---- */

void batch_add(struct batch *batch, const char *file)
{
	if (batch->count >= BATCH_PAGES_MOST || strlen(file) >= sizeof batch->pages[0]->file)
		return;
	struct page *page = ARENA_NEW(&batch->arena, struct page);
	snprintf(page->file, sizeof page->file, "%s", file);
	batch->pages = arena_grow(&batch->arena, batch->pages, sizeof *batch->pages, batch->count, &batch->room);
	batch->pages[batch->count++] = page;
	batch->next_number++;
	batch_sort(batch);
	batch_work(batch);
	batch_tell(batch);
}

static void on_page(struct scan *scan, const struct scan_page *told)
{
	batch_add(OWNER_OF(scan, struct batch, scan), told->file);
}

static void on_moved(struct scan *scan)
{
	batch_tell(OWNER_OF(scan, struct batch, scan));
}

static void on_scanned(struct scan *scan, const struct error *err)
{
	struct batch *batch = OWNER_OF(scan, struct batch, scan);
	batch->scanning = false;
	if (batch->scanned)
		batch->scanned(batch, err);
	batch_tell(batch);
}

static bool start(struct batch *batch, const char *program, const char *file,
                  const struct scan_setup *setup, struct error *err)
{
	if (batch->scanning)
		return scan_fail(err, "busy", "our own scan is not over");
	batch->scanning = scan_start(batch->loop, batch->scope, &batch->scan, &(struct scan_plan){
		.program = program, .file = file, .folder = batch->spool.folder, .first = batch->next_number,
		.setup = setup, .nice = batch->behind, .page = on_page, .moved = on_moved, .done = on_scanned }, err);
	return batch->scanning;
}

bool batch_scan(struct batch *batch, const struct scan_setup *setup, struct error *err)
{
	return start(batch, batch->scan_program, NULL, setup, err);
}

bool batch_split(struct batch *batch, const char *file, const struct scan_setup *setup, struct error *err)
{
	return start(batch, batch->pages_program, file, setup, err);
}

void batch_stop(struct batch *batch)
{
	if (batch->scanning)
		scan_stop(&batch->scan);
}

/* ---- in the clerk's hands ---- */

bool batch_settled(const struct batch *batch)
{
	for (size_t i = 0; i < batch->count; i++)
		if (batch->pages[i]->state == PAGE_COMING || batch->pages[i]->shrinks)
			return false;
	return !batch->turning.running;
}

bool batch_read(const struct batch *batch)
{
	for (size_t i = 0; i < batch->count; i++)
		if (!batch->pages[i]->out && batch->pages[i]->words != WORDS_READ)
			return false;
	return batch_settled(batch);
}

/* Every page belongs to the last separator before it. */
void batch_sort(struct batch *batch)
{
	int paper = batch->paper;
	for (size_t i = 0; i < batch->count; i++) {
		struct page *page = batch->pages[i];
		if (page->mark == PAGE_SEPARATES)
			paper = page->mark_paper;
		page->paper = page->moved_to ? page->moved_to : paper;
	}
}

static void arranged(struct batch *batch)
{
	batch_sort(batch);
	batch_work(batch);
	batch_tell(batch);
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
	arranged(batch);
}

bool batch_move(struct batch *batch, size_t at, int by)
{
	size_t to = by < 0 ? at - 1 : at + 1;
	if (at >= batch->count || to >= batch->count)
		return false;
	struct page *page = batch->pages[at];
	batch->pages[at] = batch->pages[to];
	batch->pages[to] = page;
	arranged(batch);
	return true;
}

void batch_leave_out(struct batch *batch, size_t at, bool out)
{
	if (at >= batch->count || batch->pages[at]->state == PAGE_BAD)
		return;
	batch->pages[at]->out = out;
	arranged(batch);
}

void batch_assign(struct batch *batch, size_t at, int paper)
{
	if (at >= batch->count || paper < 0 || paper > batch->paper_count)
		return;
	batch->pages[at]->moved_to = paper;
	arranged(batch);
}

static bool goes_with(const struct page *page, int paper)
{
	return page->paper == paper && !page->out;
}

size_t batch_pages_of(const struct batch *batch, int paper)
{
	size_t count = 0;
	for (size_t i = 0; i < batch->count; i++)
		count += goes_with(batch->pages[i], paper);
	return count;
}

/* ---- how large it will be ---- */

#define PAGE_MORE (32 * 1024) /* a page in the PDF, its words included, beside its picture */

long batch_bytes_of(const struct batch *batch, int paper)
{
	long bytes = 0;
	for (size_t i = 0; i < batch->count; i++)
		if (goes_with(batch->pages[i], paper))
			bytes += batch->pages[i]->bytes + PAGE_MORE;
	return bytes;
}

static bool shrinks(const struct page *page, int paper)
{
	return goes_with(page, paper) && page->state == PAGE_READY && page->dpi > BATCH_DPI_LEAST;
}

bool batch_can_shrink(const struct batch *batch, int paper)
{
	for (size_t i = 0; i < batch->count; i++)
		if (shrinks(batch->pages[i], paper))
			return true;
	return false;
}

void batch_shrink(struct batch *batch, int paper)
{
	for (size_t i = 0; i < batch->count; i++)
		if (shrinks(batch->pages[i], paper))
			batch->pages[i]->shrinks = true;
	batch_work(batch);
	batch_tell(batch);
}
