/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages for the papers of a dossier, from the scanner or taken out of files: looked at,
 * sorted to their papers, made into PDFs. */
#include <stdio.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/scan/batch.h"
#include "tui/files_screen.h"
#include "tui/pages_screen.h"
#include "tui/receive_private.h"
#include "tui/signer.h"

/* What becomes of one paper's pages. */
struct scan_part {
	struct making making;
	struct file_after after;
	struct file_job *file;
	struct scan_job *job;
};

struct scan_job {
	struct receive *receive;
	struct batch batch;
	struct scan_setup setup;
	const char **papers; /* names of the checklist, which may be read anew */
	struct scan_part *parts;
	int open;            /* parts not made yet                              */
	int unkept;          /* parts not in the database yet                   */
	bool all_kept, to_sign;
	/* Files whose pages these are: */
	struct folder_job taking;
	const char *folder;
	struct folder_entry *sources;
	const char **names;  /* in the spool */
	size_t source_count, source_at;
	bool inbox;
};

/* What the review of pages asked for, unless the hand has gone on meanwhile. */
static void sign_now(struct scan_job *job)
{
	struct screen *screen = job->receive->screen;
	job->to_sign = false;
	if (screen_is_top(screen) && receive_may_sign(screen))
		receive_sign(screen);
	else
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Các trang đã cất, chưa ký số: Ctrl-X để ký."));
}

/* Not before the last page of them is kept may the scanner's own files go. */
static void on_kept(struct file_after *after, bool good)
{
	struct scan_job *job = OWNER_OF(after, struct scan_part, after)->job;
	job->all_kept = job->all_kept && good;
	if (--job->unkept > 0)
		return;
	if (job->to_sign)
		sign_now(job);
	if (!job->all_kept || !job->inbox)
		return;
	for (size_t i = 0; i < job->source_count; i++)
		receive_clear_later(job->receive, &job->sources[i]);
}

static void on_made(struct making *making, int fd, const struct error *err)
{
	struct scan_part *part = making->owner;
	struct scan_job *job = part->job;
	if (err) {
		receive_withdraw(part->file, err);
	} else {
		const struct said *pages[WORDS_PAGES];
		for (size_t i = 0; i < WORDS_PAGES; i++)
			pages[i] = making_said(making, i);
		receive_words(job->receive, pages, WORDS_PAGES, job->papers[part - job->parts]);
		receive_send(part->file, fd, "application/pdf", making_text(&job->receive->screen->arena, making));
	}
	if (--job->open == 0)
		batch_close(&job->batch);
}

/* The pages of one paper become its file; F9 waits for it from now on. */
static bool make_part(struct scan_job *job, int paper)
{
	struct receive *receive = job->receive;
	struct scan_part *part = &job->parts[paper - 1];
	if (batch_pages_of(&job->batch, paper) == 0)
		return false;
	*part = (struct scan_part){ .job = job, .making.owner = part, .after.kept = on_kept };
	job->unkept++;
	part->file = receive_announce(receive, job->papers[paper - 1], NULL, &part->after);
	job->open++;
	return batch_make(&job->batch, &part->making, paper, on_made);
}

static void on_reviewed(struct screen *screen, struct batch *batch, enum pages_end end)
{
	struct scan_job *job = OWNER_OF(batch, struct scan_job, batch);
	int files = 0;
	job->open++; /* nothing may close it under us */
	job->all_kept = true;
	job->to_sign = end == PAGES_TO_SIGN;
	for (int paper = 1; end != PAGES_DROPPED && paper <= batch->paper_count; paper++)
		files += make_part(job, paper);
	if (files)
		desk_say(screen->desk, FAULT_NONE, job->to_sign ? _("Đang ghép các trang thành %d tệp PDF, rồi ký số…")
		                                                : _("Đang ghép các trang thành %d tệp PDF…"), files);
	if (--job->open == 0)
		batch_close(batch);
}

static struct scan_job *new_job(struct receive *receive)
{
	struct desk *desk = receive->screen->desk;
	struct arena *arena = &receive->screen->arena;
	struct scan_job *job = ARENA_NEW(arena, struct scan_job);
	int papers = (int)receive->r.checklist.count;
	struct error err = { 0 };
	job->receive = receive;
	if (!scan_setup_read(desk->config, &job->setup, &err) ||
	    !batch_open(&job->batch, desk->loop, &receive->screen->scope, desk->paths->data,
	                desk->paths->libexec, &err)) {
		desk_tell(desk, &err);
		return NULL;
	}
	job->batch.paper = receive->papers.at + 1;
	job->batch.paper_count = papers;
	job->batch.words = job->setup.words;
	receive_session(receive, job->batch.session);
	job->papers = ARENA_MANY(arena, const char *, papers + 1);
	job->parts = ARENA_MANY(arena, struct scan_part, papers + 1);
	for (int i = 0; i < papers; i++)
		job->papers[i] = arena_string(arena, receive->r.checklist.papers[i].name);
	return job;
}

static void review(struct scan_job *job)
{
	struct screen *screen = job->receive->screen;
	screen_push(screen->desk, &pages_screen, &(struct pages_screen_plan){ .asker = screen,
		.batch = &job->batch, .setup = &job->setup, .papers = job->papers, .files = job->names,
		.system = job->receive->r.computed ? job->receive->r.route.system : "",
		.signs = signer_used(receive_duty(job->receive)), .then = on_reviewed });
}

void receive_scan_pages(struct receive *receive)
{
	struct scan_job *job = new_job(receive);
	if (job)
		review(job);
}

/* ---- files taken apart ---- */

static void take_next(struct scan_job *job);

static void on_taken(struct folder_job *taking, const struct error *err)
{
	struct scan_job *job = taking->owner;
	struct screen *screen = job->receive->screen;
	folder_clear(taking);
	if (err) {
		desk_tell(screen->desk, err);
		batch_close(&job->batch);
	} else if (++job->source_at < job->source_count) {
		take_next(job);
	} else if (screen_is_top(screen) && !job->receive->sending && !job->receive->finished) {
		review(job);
	} else {
		batch_close(&job->batch);
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Đã chép xong tệp, nhưng quầy đang làm việc khác: chọn lại tệp để xem trang."));
	}
}

static void take_next(struct scan_job *job)
{
	struct receive *receive = job->receive;
	struct desk *desk = receive->screen->desk;
	struct arena arena = { 0 };
	struct error err;
	const char *words[] = { job->folder, job->sources[job->source_at].name,
		path_join(&arena, job->batch.spool.folder, job->names[job->source_at]), NULL };
	job->taking.owner = job;
	if (!folder_ask(desk->loop, &receive->screen->scope, &job->taking, &(struct folder_plan){
		.program = path_join(&arena, desk->paths->libexec, "motcua-folder"), .verb = "take", .words = words,
		.timeout_ms = 120000, .done = on_taken }, &err)) {
		desk_tell(desk, &err);
		batch_close(&job->batch);
	}
	arena_free(&arena);
}

void receive_scan_files(struct receive *receive, const struct files_chosen *chosen, bool inbox)
{
	struct arena *arena = &receive->screen->arena;
	struct scan_job *job = new_job(receive);
	if (!job)
		return;
	job->inbox = inbox;
	job->folder = arena_string(arena, chosen->folder);
	job->source_count = chosen->count;
	job->sources = ARENA_MANY(arena, struct folder_entry, chosen->count);
	job->names = ARENA_MANY(arena, const char *, chosen->count + 1);
	for (size_t i = 0; i < chosen->count; i++) {
		job->sources[i] = chosen->entries[i];
		job->sources[i].name = arena_string(arena, chosen->entries[i].name);
		job->names[i] = arena_format(arena, "tep%02zu", i + 1);
	}
	desk_say(receive->screen->desk, FAULT_NONE, _("Đang chép %d tệp để tách trang…"), (int)chosen->count);
	take_next(job);
}
