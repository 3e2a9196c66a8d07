/* SPDX-License-Identifier: Apache-2.0
 *
 * The helpers at work on a stack: cleaning before reading, reading before the PDF. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/scan/batch.h"
#include "core/scan/told.h"

#define CLEANED_AT_ONCE 8      /* pages to a helper: starting it costs a third of a page */
#define CLEAN_MS        120000
#define READ_MS         60000
#define MAKE_MS         180000
#define TEXT_MOST       (2 * 1024 * 1024)

static void forget_file(struct batch *batch, const char *name, const char *ending)
{
	char path[256];
	if (snprintf(path, sizeof path, "%s/%s%s", batch->spool.folder, name, ending) < (int)sizeof path)
		(void)unlink(path);
}

static long bytes_of(const struct batch *batch, const char *name)
{
	char path[256];
	struct stat info;
	if (snprintf(path, sizeof path, "%s/%s", batch->spool.folder, name) >= (int)sizeof path || stat(path, &info) != 0)
		return 0;
	return (long)info.st_size;
}

static struct page *page_of(struct batch *batch, const char *file)
{
	for (size_t i = 0; i < batch->count; i++)
		if (strcmp(batch->pages[i]->file, file) == 0)
			return batch->pages[i];
	return NULL;
}

/* ---- cleaning ---- */

static void clean_name(const char *file, char out[24])
{
	snprintf(out, 24, "c%.22s", file);
}

static void set_mark(struct batch *batch, struct page *page, const char *text)
{
	struct mark mark;
	if (!mark_read(text, &mark))
		return;
	bool ours = *batch->session && strcmp(mark.session, batch->session) == 0 &&
		    mark.paper <= batch->paper_count;
	page->mark = ours ? PAGE_SEPARATES : PAGE_FOREIGN;
	page->mark_paper = ours ? mark.paper : 0;
	page->out = true;
}

/* file being what it is called now. */
static void take_facts(struct batch *batch, const struct told *told, const char *now)
{
	const struct page_facts *facts = &told->facts;
	struct page *page = page_of(batch, told->file);
	if (!page)
		return; /* taken out meanwhile */
	char next[24];
	if (now)
		snprintf(next, sizeof next, "%s", now);
	else
		clean_name(page->file, next);
	forget_file(batch, page->file, "");
	forget_file(batch, page->file, ".words");
	memcpy(page->file, next, sizeof next);
	page->width = facts->width, page->height = facts->height, page->dpi = facts->dpi;
	page->bytes = bytes_of(batch, page->file);
	if (now)
		return; /* turned by hand: what was seen of it stays */
	page->turned = facts->turned, page->doubts = facts->doubts;
	page->state = PAGE_READY;
	page->out = (facts->doubts & PAGE_BLANK) != 0;
	set_mark(batch, page, facts->mark);
}

static void take_line(struct batch *batch, const char *line)
{
	struct told told;
	struct page *page;
	if (told_pages(line, &told) == TOLD_FACTS)
		take_facts(batch, &told, NULL);
	else if (told.kind == TOLD_BAD && (page = page_of(batch, told.file)))
		page->state = PAGE_BAD, page->out = true;
}

static void each_line(struct batch *batch, struct bytes *said, void (*take)(struct batch *, const char *))
{
	char *rest = said->data, *line;
	while (rest && (line = strsep(&rest, "\n")))
		take(batch, line);
}

static void on_cleaned(struct pages_job *job, const struct error *err)
{
	struct batch *batch = OWNER_OF(job, struct batch, cleaning);
	each_line(batch, &job->said, take_line);
	pages_clear(job);
	/* It stopped at a page: that one is bad, the others get another helper. */
	for (size_t i = 0; err && i < batch->count; i++)
		if (batch->pages[i]->state == PAGE_COMING) {
			batch->pages[i]->state = PAGE_BAD;
			batch->pages[i]->out = true;
			break;
		}
	batch_sort(batch);
	batch_work(batch);
	batch_tell(batch);
}

static void start_cleaning(struct batch *batch)
{
	char lines[CLEANED_AT_ONCE][64];
	const char *pointers[CLEANED_AT_ONCE], *args[] = { "clean", batch->spool.folder, NULL };
	size_t count = 0;
	for (size_t i = 0; i < batch->count && count < CLEANED_AT_ONCE; i++) {
		char out[24];
		const struct page *page = batch->pages[i];
		if (page->state != PAGE_COMING)
			continue;
		clean_name(page->file, out);
		snprintf(lines[count], sizeof lines[count], "%s %s", page->file, out);
		pointers[count] = lines[count];
		count++;
	}
	if (count == 0 || batch->cleaning.running)
		return;
	bool good = pages_start(batch->loop, batch->scope, &batch->cleaning, &(struct pages_plan){
		.program = batch->pages_program, .args = args, .lines = pointers, .line_count = count,
		.nice = batch->behind, .timeout_ms = CLEAN_MS }, on_cleaned, NULL);
	for (size_t i = 0; !good && i < batch->count; i++)
		if (batch->pages[i]->state == PAGE_COMING)
			batch->pages[i]->state = PAGE_BAD, batch->pages[i]->out = true;
}

/* ---- reading ---- */

/* What the helper wrote beside the page, one page a turn of the loop. */
static const struct said *take_said(struct batch *batch, const char *file)
{
	char path[256];
	struct bytes words = { 0 };
	struct said *said = NULL;
	char piece[8192];
	ssize_t n;
	if (snprintf(path, sizeof path, "%s/%s.words", batch->spool.folder, file) >= (int)sizeof path)
		return NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	while (fd >= 0 && words.size < SAID_BYTES_MOST && (n = read(fd, piece, sizeof piece)) > 0)
		bytes_add(&words, piece, (size_t)n);
	if (fd >= 0)
		close(fd);
	if (words.size) {
		said = ARENA_NEW(&batch->arena, struct said);
		said_read(&batch->arena, words.data, words.size, said);
	}
	bytes_free(&words);
	return said && said->count ? said : NULL;
}

static void on_read(struct pages_job *job, const struct error *err)
{
	struct batch *batch = OWNER_OF(job, struct batch, reading);
	struct page *page = batch->read_page;
	pages_clear(job);
	bool same = strcmp(page->file, batch->read_file) == 0; /* else it was turned meanwhile */
	page->words = same ? WORDS_READ : WORDS_UNREAD;
	/* A page without words is a page all the same. */
	page->said = same && !err ? take_said(batch, page->file) : NULL;
	batch_work(batch);
	batch_tell(batch);
}

static void start_reading(struct batch *batch)
{
	for (size_t i = 0; i < batch->count && batch->words && !batch->reading.running; i++) {
		struct page *page = batch->pages[i];
		if (page->state != PAGE_READY || page->out || page->shrinks || page->words != WORDS_UNREAD ||
		    (batch->turning.running && batch->turn_page == page))
			continue;
		batch->read_page = page;
		memcpy(batch->read_file, page->file, sizeof batch->read_file);
		const char *args[] = { "words", batch->spool.folder, batch->read_file, NULL };
		if (pages_start(batch->loop, batch->scope, &batch->reading, &(struct pages_plan){
			.program = batch->pages_program, .args = args, .nice = true, .timeout_ms = READ_MS },
			on_read, NULL))
			page->words = WORDS_READING;
		else
			page->words = WORDS_READ; /* without any, and the next one is tried: nobody else would begin it */
	}
}

/* ---- turning, drawing ---- */

static void on_turned(struct pages_job *job, const struct error *err)
{
	struct batch *batch = OWNER_OF(job, struct batch, turning);
	struct told told;
	(void)err; /* it stays as it was, and the clerk sees so */
	batch->turn_page->shrinks = false;
	if (job->said.data)
		job->said.data[strcspn(job->said.data, "\n")] = '\0';
	if (told_pages(bytes_string(&job->said), &told) == TOLD_FACTS) {
		struct page *page = batch->turn_page;
		take_facts(batch, &told, batch->turn_file);
		if (page->words == WORDS_READ)
			page->words = WORDS_UNREAD, page->said = NULL;
	}
	pages_clear(job);
	batch_work(batch);
	batch_tell(batch);
}

/* A page made anew: turned by a quarter, or coarser. */
static bool renew(struct batch *batch, struct page *page, const char *verb, const char *how, struct error *err)
{
	snprintf(batch->turn_file, sizeof batch->turn_file, "t%04d.jpg", batch->next_number++);
	batch->turn_page = page;
	const char *args[] = { verb, batch->spool.folder, page->file, batch->turn_file, how, NULL };
	return pages_start(batch->loop, batch->scope, &batch->turning, &(struct pages_plan){
		.program = batch->pages_program, .args = args }, on_turned, err);
}

bool batch_turn(struct batch *batch, size_t at, struct error *err)
{
	if (at >= batch->count || batch->turning.running || batch->pages[at]->state != PAGE_READY)
		return true;
	return renew(batch, batch->pages[at], "turn", "1", err);
}

static void start_shrinking(struct batch *batch)
{
	char dpi[8];
	snprintf(dpi, sizeof dpi, "%d", BATCH_DPI_LEAST);
	for (size_t i = 0; i < batch->count && !batch->turning.running; i++)
		if (batch->pages[i]->shrinks && !renew(batch, batch->pages[i], "shrink", dpi, NULL))
			batch->pages[i]->shrinks = false;
}

static void on_drawn(struct pages_job *job, const struct error *err)
{
	struct batch *batch = OWNER_OF(job, struct batch, drawing);
	bytes_clear(&batch->drawn);
	if (!err)
		bytes_add(&batch->drawn, job->said.data, job->said.size);
	pages_clear(job);
	batch_tell(batch);
}

const char *batch_thumb(struct batch *batch, const struct page *page, int cols, int rows)
{
	char wide[16], high[16];
	bool same = strcmp(batch->drawn_file, page->file) == 0 && batch->drawn_cols == cols &&
		    batch->drawn_rows == rows;
	if (batch->drawing.running)
		return NULL;
	if (same)
		return bytes_string(&batch->drawn);
	snprintf(wide, sizeof wide, "%d", cols);
	snprintf(high, sizeof high, "%d", rows);
	memcpy(batch->drawn_file, page->file, sizeof batch->drawn_file);
	batch->drawn_cols = cols, batch->drawn_rows = rows;
	const char *args[] = { "thumb", batch->spool.folder, batch->drawn_file, wide, high, NULL };
	(void)pages_start(batch->loop, batch->scope, &batch->drawing, &(struct pages_plan){
		.program = batch->pages_program, .args = args }, on_drawn, NULL);
	return NULL;
}

/* ---- PDFs ---- */

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
	making->batch->makings = making->next;
	batch_work(making->batch);
	making->done(making, fd, err);
}

const struct said *making_said(const struct making *making, size_t nth)
{
	return nth < making->count ? making->pages[nth]->said : NULL;
}

const char *making_text(struct arena *arena, const struct making *making)
{
	struct arena work = { 0 };
	struct bytes text = { .limit = TEXT_MOST };
	bool any = false;
	for (size_t i = 0; i < making->count; i++) {
		const struct said *said = making_said(making, i);
		any |= said != NULL;
		bytes_format(&text, "%s\n", said ? said_text(&work, said) : "");
		arena_free(&work);
	}
	const char *out = any ? arena_string(arena, bytes_string(&text)) : "";
	bytes_free(&text);
	return out;
}

static bool can_make(const struct making *making)
{
	for (size_t i = 0; i < making->count; i++) {
		const struct page *page = making->pages[i];
		if (page->state == PAGE_COMING || (making->batch->words && page->words != WORDS_READ))
			return false;
	}
	return true;
}

static void start_making(struct batch *batch)
{
	struct making *making = batch->makings;
	struct arena arena = { 0 };
	struct error err;
	if (!making || making->job.running || !can_make(making))
		return;
	const char **names = ARENA_MANY(&arena, const char *, making->count + 1);
	for (size_t i = 0; i < making->count; i++)
		names[i] = making->pages[i]->file;
	const char *args[] = { "pdf", batch->spool.folder, making->file, NULL };
	bool good = pages_start(batch->loop, batch->scope, &making->job, &(struct pages_plan){
		.program = batch->pages_program, .args = args, .lines = names, .line_count = making->count,
		.timeout_ms = MAKE_MS }, on_made, &err);
	arena_free(&arena);
	if (!good)
		on_made(&making->job, &err);
}

bool batch_make(struct batch *batch, struct making *making, int paper,
                void (*done)(struct making *, int fd, const struct error *))
{
	size_t count = batch_pages_of(batch, paper);
	if (count == 0)
		return false;
	*making = (struct making){ .owner = making->owner, .batch = batch, .done = done,
		.pages = ARENA_MANY(&batch->arena, const struct page *, count) };
	for (size_t i = 0; i < batch->count; i++)
		if (batch->pages[i]->paper == paper && !batch->pages[i]->out)
			making->pages[making->count++] = batch->pages[i];
	snprintf(making->file, sizeof making->file, "g%04d.pdf", batch->next_number++);
	struct making **last = &batch->makings;
	while (*last)
		last = &(*last)->next;
	*last = making;
	batch_work(batch);
	return true;
}

void batch_work(struct batch *batch)
{
	if (!batch->spool.folder)
		return;
	start_cleaning(batch);
	start_shrinking(batch);
	start_reading(batch);
	start_making(batch);
}
