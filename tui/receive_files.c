/* SPDX-License-Identifier: Apache-2.0
 *
 * F4: a file for the paper under the cursor; how it is kept. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/attach.h"
#include "tui/file_check.h"
#include "tui/inbox.h"
#include "tui/reading.h"
#include "tui/receive_private.h"

/* ---- keeping ---- */

struct file_job {
	struct file_check check;
	struct file_ask ask;
	struct file_words_ask words_ask;
	struct receive *receive;
	struct read_wish wish;
	const char *paper, *name, *type;
	const char *words;   /* read from its pages; NULL: none */
	const char *stored;  /* no name and no number of a person: the paper's row, and a running number */
	int fd;
	struct task task;    /* closes the file when the screen goes first */
	struct file_after *after;
};

/* What was announced for a paper has come (file_id), or will not (0). */
static void settle(struct file_job *job, int64_t file_id)
{
	struct reception *r = &job->receive->r;
	struct file_check *check = &job->check;
	for (size_t i = 0; i < r->attachment_count; i++) {
		if (r->attachments[i].file_id || strcmp(r->attachments[i].name, job->name) != 0 ||
		    strcmp(r->attachments[i].paper, job->paper) != 0)
			continue;
		if (file_id)
			r->attachments[i] = (struct attachment){ .paper = r->attachments[i].paper, .name = job->name,
				.file_id = file_id, .pages = check->pages, .doubtful = check->doubtful,
				.bare = check->pages > 0 && check->signs == 0,
				.found = arena_string(&job->receive->screen->arena, check->words) };
		else
			r->attachments[i] = r->attachments[--r->attachment_count];
		break;
	}
	file_check_clear(check);
	receive_refresh(job->receive);
	if (job->after)
		job->after->kept(job->after, file_id != 0);
}

static void end_file(struct file_job *job)
{
	scope_remove(&job->task);
	close(job->fd);
	job->fd = -1;
}

static void on_read(struct read_wish *wish, const struct said *const *pages, size_t count)
{
	struct file_job *job = wish->owner;
	struct receive *receive = job->receive;
	for (size_t i = 0; i < receive->r.attachment_count; i++) /* it may have been taken off meanwhile */
		if (strcmp(receive->r.attachments[i].name, job->name) == 0 && strcmp(receive->r.attachments[i].paper, job->paper) == 0) {
			receive_words(receive, pages, count, job->paper);
			return;
		}
}

/* Taken as it is: nothing of it was read yet. */
static void read_later(struct file_job *job, int64_t file_id)
{
	job->wish = (struct read_wish){ .done = on_read, .owner = job };
	reading_add(receive_duty(job->receive), &job->receive->screen->scope, job->fd, job->type, file_id, &job->wish);
}

static void on_kept(struct file_ask *ask, int64_t file_id, const struct error *err)
{
	struct file_job *job = ask->owner;
	struct desk *desk = job->receive->screen->desk;
	if (!err && !job->words)
		read_later(job, file_id);
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
	file_attach(check->store, &receive->screen->scope, &job->ask, job->stored, job->type, job->fd);
}

static void on_task_end(struct task *task)
{
	struct file_job *job = OWNER_OF(task, struct file_job, task);
	if (job->fd >= 0)
		close(job->fd);
	file_check_clear(&job->check);
}

/* 1 … of the checklist. */
static int row_of(const struct reception *r, const char *paper)
{
	const struct paper *named = checklist_named(&r->checklist, paper);
	return named ? (int)(named - r->checklist.papers) + 1 : 0;
}

struct file_job *receive_announce(struct receive *receive, const char *paper, const char *shown,
                                  struct file_after *after)
{
	struct arena *arena = &receive->screen->arena;
	struct file_job *job = ARENA_NEW(arena, struct file_job);
	*job = (struct file_job){ .receive = receive, .fd = -1, .after = after, .paper = arena_string(arena, paper),
		.stored = arena_format(arena, "tp%02d_%02zu", row_of(&receive->r, paper), receive->r.attachment_count + 1) };
	job->name = shown ? arena_string(arena, shown) : arena_format(arena, "%s.pdf", job->stored);
	job->task.end = on_task_end;
	reception_attach(&receive->r, job->paper, job->name);
	receive_refresh(receive);
	return job;
}

void receive_send(struct file_job *job, int fd, const char *type, const char *words)
{
	struct receive *receive = job->receive;
	job->fd = fd;
	job->words = words;
	scope_add(&receive->screen->scope, &job->task);
	job->type = type;
	job->stored = arena_format(&receive->screen->arena, "%s%s", job->stored, attach_ending(type));
	job->check = (struct file_check){ .done = on_checked, .owner = job, .loop = receive->screen->desk->loop,
		.scope = &receive->screen->scope, .store = duty_store(receive_duty(receive)),
		.paths = receive->screen->desk->paths, .config = receive->screen->desk->config };
	file_check_start(&job->check, fd, job->stored, receive->r.computed ? receive->r.route.system : "");
}

void receive_withdraw(struct file_job *job, const struct error *err)
{
	desk_tell(job->receive->screen->desk, err);
	settle(job, 0);
}

/* ---- F4 ---- */

enum { FROM_SCANNER, FROM_FILE, FROM_SEPARATORS, FROM_HELD, FROM_INBOX, FROM_COUNT };

static void on_from(struct screen *screen, int choice, void *data)
{
	struct receive *receive = receive_of(screen);
	const struct paper *paper = receive_paper(receive);
	(void)data;
	if (choice < 0 || !paper)
		return;
	switch (choice) {
	case FROM_SCANNER:    receive_scan_pages(receive); break;
	case FROM_FILE:       receive_browse(receive, false); break;
	case FROM_SEPARATORS: receive_separators(receive); break;
	case FROM_HELD:       receive_reuse(receive); break;
	case FROM_INBOX:      receive_browse(receive, true); break;
	default: break;
	}
}

void receive_attach(struct receive *receive)
{
	const struct folder_watch *waiting = inbox_look(receive_duty(receive));
	char inbox[160] = "";
	if (!receive_paper(receive)) {
		desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Chọn một giấy tờ trong danh sách trước."));
		return;
	}
	if (waiting)
		snprintf(inbox, sizeof inbox, _("Lấy từ máy quét mạng (%d tệp đang chờ)"), (int)waiting->count);
	const char *from[FROM_COUNT] = { _("Quét từ máy quét"), _("Chọn tệp có sẵn"),
		_("In tờ phân cách, để quét cả tập một lần"), _("Dùng lại giấy tờ đơn vị đã lưu"), inbox };
	ask_choice(receive->screen, _("Kèm tệp vào giấy tờ đang chọn:"), from, waiting ? FROM_COUNT : FROM_INBOX,
	           waiting && waiting->count ? FROM_INBOX : 0, on_from, NULL);
}
