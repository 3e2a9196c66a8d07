/* SPDX-License-Identifier: Apache-2.0
 *
 * The citizen's card read from a picture: from the scanner, or a photo on the disk. */
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/dossier/card.h"
#include "core/scan/pages.h"
#include "core/scan/scan.h"
#include "core/scan/spool.h"
#include "tui/files_screen.h"
#include "tui/receive_private.h"

#define CARD_DPI 300 /* its QR is 18 mm wide and dense */

struct card_job {
	struct receive *receive;
	struct scan scan;
	struct scan_setup setup;
	struct spool spool;
	struct task task;        /* removes the picture when the screen goes first */
	struct pages_job codes;
	const char *picture;
	struct folder_job take;  /* the photo, copied out of somebody's folder */
};

static void end_card(struct card_job *job)
{
	scope_remove(&job->task);
	spool_close(&job->spool);
	job->receive->card_busy = false;
}

static void on_task_end(struct task *task)
{
	spool_close(&OWNER_OF(task, struct card_job, task)->spool);
}

/* The first code that is a card's. */
static bool take_codes(struct card_job *job)
{
	char *rest = job->codes.said.data, *line;
	while (rest && (line = strsep(&rest, "\n"))) {
		const char *text = line + 5;
		if (strncmp(line, "code ", 5) != 0 || !card_looks_like(text, strlen(text)))
			continue;
		receive_scan(job->receive, &(struct event){ .kind = EVENT_SCAN, .text = text,
			.size = strlen(text), .exact = true });
		receive_refresh(job->receive);
		return true;
	}
	return false;
}

static void on_codes(struct pages_job *codes, const struct error *err)
{
	struct card_job *job = OWNER_OF(codes, struct card_job, codes);
	struct desk *desk = job->receive->screen->desk;
	end_card(job);
	if (err)
		desk_tell(desk, err);
	else if (job->receive->sending || job->receive->finished)
		desk_say(desk, FAULT_INPUT, "%s", _("Hồ sơ trước đang ghi, xong rồi hãy quét thẻ tiếp theo."));
	else if (!take_codes(job))
		desk_say(desk, FAULT_INPUT, "%s",
		         _("Không thấy mã QR của thẻ căn cước trong ảnh. Đặt thẻ thẳng, mặt có mã QR, quét lại ở 300 dpi."));
	pages_clear(codes);
}

static void read_codes(struct card_job *job)
{
	struct screen *screen = job->receive->screen;
	struct arena arena = { 0 };
	struct error err;
	const char *args[] = { "codes", job->picture, NULL };
	if (!pages_start(screen->desk->loop, &screen->scope, &job->codes, &(struct pages_plan){
		.program = path_join(&arena, screen->desk->paths->libexec, "motcua-pages"), .args = args },
		on_codes, &err)) {
		end_card(job);
		desk_tell(screen->desk, &err);
	}
	arena_free(&arena);
}

static void on_page(struct scan *scan, const struct scan_page *page)
{
	struct card_job *job = OWNER_OF(scan, struct card_job, scan);
	job->picture = path_join(&job->receive->screen->arena, job->spool.folder, page->file);
}

static void on_scanned(struct scan *scan, const struct error *err)
{
	struct card_job *job = OWNER_OF(scan, struct card_job, scan);
	if (job->picture) {
		read_codes(job);
		return;
	}
	desk_tell(job->receive->screen->desk, err);
	end_card(job);
}

static struct card_job *new_job(struct receive *receive)
{
	struct card_job *job = ARENA_NEW(&receive->screen->arena, struct card_job);
	job->receive = receive;
	job->task.end = on_task_end;
	receive->card_busy = true;
	return job;
}

static void scan_card(struct receive *receive)
{
	struct desk *desk = receive->screen->desk;
	struct scope *scope = &receive->screen->scope;
	struct card_job *job = new_job(receive);
	struct arena arena = { 0 };
	struct error err = { 0 };
	bool good = scan_setup_read(desk->config, &job->setup, &err) &&
		    spool_open(&job->spool, desk->paths->data, &err);
	if (good) {
		scope_add(scope, &job->task);
		job->setup.dpi = job->setup.dpi < CARD_DPI ? CARD_DPI : job->setup.dpi;
		good = scan_start(desk->loop, scope, &job->scan, &(struct scan_plan){
			.program = path_join(&arena, desk->paths->libexec, "motcua-scan"),
			.folder = job->spool.folder, .first = 1, .setup = &job->setup,
			.page = on_page, .done = on_scanned }, &err);
	}
	if (good) {
		desk_say(desk, FAULT_NONE, "%s", _("Đang quét thẻ…"));
	} else {
		end_card(job);
		desk_tell(desk, &err);
	}
	arena_free(&arena);
}

static void on_taken(struct folder_job *take, const struct error *err)
{
	struct card_job *job = take->owner;
	folder_clear(take);
	if (!err) {
		read_codes(job);
		return;
	}
	desk_tell(job->receive->screen->desk, err);
	end_card(job);
}

/* A stick or share may hang, and a file's name tells of somebody: it is copied first. */
static void on_photo(struct screen *screen, const struct files_chosen *chosen)
{
	struct receive *receive = receive_of(screen);
	struct desk *desk = screen->desk;
	struct arena arena = { 0 };
	struct error err = { 0 };
	if (receive->card_busy)
		return;
	struct card_job *job = new_job(receive);
	bool good = spool_open(&job->spool, desk->paths->data, &err);
	if (good) {
		scope_add(&screen->scope, &job->task);
		job->picture = path_join(&screen->arena, job->spool.folder, "anh");
		job->take.owner = job;
		const char *words[] = { chosen->folder, chosen->entries[0].name, job->picture, NULL };
		good = folder_ask(desk->loop, &screen->scope, &job->take, &(struct folder_plan){ .verb = "take",
			.program = path_join(&arena, desk->paths->libexec, "motcua-folder"), .words = words,
			.timeout_ms = 60000, .done = on_taken }, &err);
	}
	if (!good) {
		end_card(job);
		desk_tell(desk, &err);
	}
	arena_free(&arena);
}

void receive_card(struct receive *receive, bool from_file)
{
	if (receive->card_busy)
		desk_say(receive->screen->desk, FAULT_INPUT, "%s", _("Đang đọc một thẻ rồi, chờ một lát."));
	else if (from_file)
		screen_push(receive->screen->desk, &files_screen, &(struct files_plan){ .asker = receive->screen,
			.single = true, .then = on_photo });
	else
		scan_card(receive);
}
