/* SPDX-License-Identifier: Apache-2.0
 *
 * F4: a file for the paper under the cursor, from the disk or from the scanner. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/scan/batch.h"
#include "tui/ask.h"
#include "tui/attach.h"
#include "tui/file_check.h"
#include "tui/pages_screen.h"
#include "tui/receive_private.h"

/* ---- keeping ---- */

struct file_job {
	struct file_check check;
	struct file_ask ask;
	struct file_words_ask words_ask;
	struct receive *receive;
	const char *paper, *name, *type;
	const char *words; /* read from its pages; NULL: none */
	int fd;
	struct task task;  /* closes the file when the screen goes first */
};

/* What was announced for a paper has come (file_id), or will not (0). */
static void settle(struct file_job *job, int64_t file_id)
{
	struct reception *r = &job->receive->r;
	struct file_check *check = &job->check;
	for (size_t i = 0; i < r->attachment_count; i++) {
		if (r->attachments[i].file_id || strcmp(r->attachments[i].name, job->name) != 0)
			continue;
		if (file_id)
			r->attachments[i] = (struct attachment){ .paper = r->attachments[i].paper, .name = job->name,
				.file_id = file_id, .pages = check->pages, .doubtful = check->doubtful,
				.found = arena_string(&job->receive->screen->arena, check->words) };
		else
			r->attachments[i] = r->attachments[--r->attachment_count];
		break;
	}
	file_check_clear(check);
	receive_refresh(job->receive);
}

static void end_file(struct file_job *job)
{
	scope_remove(&job->task);
	close(job->fd);
	job->fd = -1;
}

static void on_kept(struct file_ask *ask, int64_t file_id, const struct error *err)
{
	struct file_job *job = ask->owner;
	struct desk *desk = job->receive->screen->desk;
	end_file(job);
	if (err) {
		desk_tell(desk, err);
	} else {
		file_check_keep(&job->check, file_id);
		if (job->words && *job->words)
			file_words(job->check.store, &job->receive->screen->scope, &job->words_ask, file_id, job->words);
		desk_say(desk, job->check.doubtful ? FAULT_INPUT : FAULT_NONE, _("Đã cất tệp %s. %s."), job->name,
		         job->check.words);
	}
	settle(job, err ? 0 : file_id);
}

static void on_checked(struct file_check *check, const struct error *err)
{
	struct file_job *job = check->owner;
	struct receive *receive = job->receive;
	if (err) {
		end_file(job);
		desk_tell(receive->screen->desk, err);
		settle(job, 0);
		return;
	}
	job->ask = (struct file_ask){ .done = on_kept, .owner = job };
	file_attach(check->store, &receive->screen->scope, &job->ask, job->name, job->type, job->fd);
}

static void on_task_end(struct task *task)
{
	struct file_job *job = OWNER_OF(task, struct file_job, task);
	if (job->fd >= 0)
		close(job->fd);
	file_check_clear(&job->check);
}

/* From now on F9 waits for it.  paper is the catalogue's name, which may be read anew
 * meanwhile. */
static struct file_job *announce(struct receive *receive, const char *paper, const char *name)
{
	struct arena *arena = &receive->screen->arena;
	struct file_job *job = ARENA_NEW(arena, struct file_job);
	*job = (struct file_job){ .receive = receive, .fd = -1,
		.paper = arena_string(arena, paper), .name = arena_string(arena, name) };
	job->task.end = on_task_end;
	reception_attach(&receive->r, job->paper, job->name);
	receive_refresh(receive);
	return job;
}

static void send_file(struct file_job *job, int fd, const char *type)
{
	struct receive *receive = job->receive;
	job->fd = fd;
	scope_add(&receive->screen->scope, &job->task);
	job->type = type;
	job->check = (struct file_check){ .done = on_checked, .owner = job, .loop = receive->screen->desk->loop,
		.scope = &receive->screen->scope, .store = duty_store(receive_duty(receive)),
		.paths = receive->screen->desk->paths, .config = receive->screen->desk->config };
	file_check_start(&job->check, fd, job->name, receive->r.computed ? receive->r.route.system : "");
}

static void on_path(struct screen *screen, const char *path, void *data)
{
	struct receive *receive = receive_of(screen);
	const struct paper *paper = receive_paper(receive);
	struct error err = { 0 };
	const char *type;
	int fd;
	(void)data;
	if (!path || !*path || !paper)
		return;
	if (!attach_open(path, &fd, &type, &err)) {
		desk_tell(screen->desk, &err);
		return;
	}
	const char *slash = strrchr(path, '/');
	send_file(announce(receive, paper->name, slash ? slash + 1 : path), fd, type);
}

/* ---- from the scanner ---- */

/* What becomes of one paper's pages. */
struct scan_part {
	struct making making;
	struct file_job *file;
	struct scan_job *job;
};

struct scan_job {
	struct receive *receive;
	struct batch batch;
	struct scan_setup setup;
	const char **papers; /* names of the checklist, which may be read anew */
	struct scan_part *parts;
	int open;            /* parts under way */
};

static void on_made(struct making *making, int fd, const struct error *err)
{
	struct scan_part *part = making->owner;
	struct scan_job *job = part->job;
	if (err) {
		desk_tell(job->receive->screen->desk, err);
		settle(part->file, 0);
	} else {
		receive_words(job->receive, making, part->file->paper);
		part->file->words = making_text(&job->receive->screen->arena, making);
		send_file(part->file, fd, "application/pdf");
	}
	if (--job->open == 0)
		batch_close(&job->batch);
}

/* The pages of one paper become its file; F9 waits for it from now on. */
static bool make_part(struct scan_job *job, int paper)
{
	struct receive *receive = job->receive;
	struct scan_part *part = &job->parts[paper - 1];
	char name[32];
	if (batch_pages_of(&job->batch, paper) == 0)
		return false;
	/* No name and no number of a person: the paper's row, and a running number. */
	snprintf(name, sizeof name, "tp%02d_%02zu.pdf", paper, receive->r.attachment_count + 1);
	*part = (struct scan_part){ .job = job, .making.owner = part,
		.file = announce(receive, job->papers[paper - 1], name) };
	job->open++;
	return batch_make(&job->batch, &part->making, paper, on_made);
}

static void on_reviewed(struct screen *screen, struct batch *batch, bool accepted)
{
	struct scan_job *job = OWNER_OF(batch, struct scan_job, batch);
	int files = 0;
	job->open++; /* nothing may close it under us */
	for (int paper = 1; accepted && paper <= batch->paper_count; paper++)
		files += make_part(job, paper);
	if (files)
		desk_say(screen->desk, FAULT_NONE, _("Đang ghép các trang thành %d tệp PDF…"), files);
	if (--job->open == 0)
		batch_close(batch);
}

static void scan(struct receive *receive)
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
		return;
	}
	job->batch.paper = receive->papers.at + 1;
	job->batch.paper_count = papers;
	job->batch.words = job->setup.words;
	receive_session(receive, job->batch.session);
	job->papers = ARENA_MANY(arena, const char *, papers + 1);
	job->parts = ARENA_MANY(arena, struct scan_part, papers + 1);
	for (int i = 0; i < papers; i++)
		job->papers[i] = arena_string(arena, receive->r.checklist.papers[i].name);
	screen_push(desk, &pages_screen, &(struct pages_screen_plan){ .asker = receive->screen,
		.batch = &job->batch, .setup = &job->setup, .papers = job->papers, .then = on_reviewed });
}

enum { FROM_SCANNER, FROM_FILE, FROM_SEPARATORS, FROM_HELD, FROM_COUNT };

static void on_from(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	const struct paper *paper = receive_paper(receive);
	(void)data;
	if (choice < 0 || !paper)
		return;
	if (choice == FROM_SCANNER) {
		scan(receive);
		return;
	}
	if (choice == FROM_SEPARATORS) {
		receive_separators(receive);
		return;
	}
	if (choice == FROM_HELD) {
		receive_reuse(receive);
		return;
	}
	ask_for_text(screen, &(struct ask_text){ .question = _("Đường dẫn tệp (PDF, JPEG, PNG) kèm vào giấy tờ đang chọn:"),
		.plain = true, .max = 400 }, on_path, NULL);
}

void receive_attach(struct receive *receive)
{
	const char *from[FROM_COUNT] = { _("Quét từ máy quét"), _("Chọn tệp có sẵn"),
		_("In tờ phân cách, để quét cả tập một lần"), _("Dùng lại giấy tờ đơn vị đã lưu") };
	if (!receive_paper(receive)) {
		desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Chọn một giấy tờ trong danh sách trước."));
		return;
	}
	ask_choice(receive->screen, _("Kèm tệp vào giấy tờ đang chọn:"), from, FROM_COUNT, 0, on_from, NULL);
}
