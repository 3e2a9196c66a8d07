/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/hand_in.h"

#include <stdio.h>
#include <unistd.h>

#include "core/base/say.h"
#include "core/scan/batch.h"
#include "core/store/files.h"
#include "tui/ask.h"
#include "tui/attach.h"
#include "tui/bring.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/file_check.h"
#include "tui/files_screen.h"
#include "tui/held_offer.h"
#include "tui/pages_screen.h"
#include "tui/program.h"
#include "tui/reading.h"

struct handing {
	struct hand_in_plan plan;
	struct screen *screen;
	struct held_offer held;
	struct bring bring;
	/* A file: */
	struct file_check check;
	struct file_ask ask;
	struct file_words_ask words_ask;
	const char *name, *stored, *type, *words; /* stored: a name that tells of nobody */
	int fd;
	struct task task; /* closes the file when the screen goes first */
	/* From the scanner: */
	struct batch batch;
	struct scan_setup setup;
	struct making making;
	const char *papers[1];
};

static void begin(struct handing *h)
{
	if (h->plan.begun)
		h->plan.begun(h->screen, &h->plan);
}

static void end_file(struct handing *h)
{
	if (h->fd >= 0) {
		scope_remove(&h->task);
		close(h->fd);
	}
	h->fd = -1;
}

static void finish(struct handing *h, int64_t file_id)
{
	end_file(h);
	file_check_clear(&h->check);
	h->plan.done(h->screen, &h->plan, file_id, NULL);
	screen_dirty(h->screen);
}

static void on_task_end(struct task *task)
{
	struct handing *h = OWNER_OF(task, struct handing, task);
	close(h->fd);
	h->fd = -1;
	file_check_clear(&h->check);
}

static void on_kept(struct file_ask *ask, int64_t file_id, const struct error *err)
{
	struct handing *h = ask->owner;
	struct desk *desk = h->screen->desk;
	if (err) {
		desk_tell(desk, err);
	} else {
		file_check_keep(&h->check, file_id);
		if (!h->words)
			reading_add(duty_of(h->screen), &h->screen->scope, h->fd, h->type, file_id, NULL);
		else if (*h->words)
			file_words(h->check.store, &h->screen->scope, &h->words_ask, file_id, h->words);
		desk_say(desk, h->check.doubtful ? FAULT_INPUT : FAULT_NONE, _("Đã cất tệp %s. %s."), h->name, h->check.words);
	}
	finish(h, err ? 0 : file_id);
}

static void on_checked(struct file_check *check, const struct error *err)
{
	struct handing *h = check->owner;
	if (err) {
		desk_tell(h->screen->desk, err);
		finish(h, 0);
		return;
	}
	h->ask = (struct file_ask){ .done = on_kept, .owner = h };
	file_attach(check->store, &h->screen->scope, &h->ask, h->stored, h->type, h->fd);
}

static void send_file(struct handing *h, int fd, const char *type)
{
	struct desk *desk = h->screen->desk;
	h->fd = fd;
	h->type = type;
	h->task.end = on_task_end;
	scope_add(&h->screen->scope, &h->task);
	h->check = (struct file_check){ .done = on_checked, .owner = h, .loop = desk->loop, .scope = &h->screen->scope,
		.store = duty_store(duty_of(h->screen)), .paths = desk->paths, .config = desk->config };
	file_check_start(&h->check, fd, h->stored, h->plan.system);
}

static void on_brought(struct bring *bring, int fd, const char *type, const struct error *err)
{
	struct handing *h = OWNER_OF(bring, struct handing, bring);
	if (err) {
		desk_tell(h->screen->desk, err);
		finish(h, 0);
	} else {
		h->stored = arena_format(&h->screen->arena, "%s%s", h->stored, attach_ending(type));
		send_file(h, fd, type);
	}
}

static void on_file(struct screen *screen, const struct files_chosen *chosen)
{
	struct handing *h = chosen->data;
	const char *name = arena_string(&screen->arena, chosen->entries[0].name);
	h->name = bring_shown(&screen->arena, name);
	h->stored = arena_format(&screen->arena, "tp%02d", h->plan.row + 1);
	begin(h);
	h->bring.done = on_brought;
	bring_start(&h->bring, screen->desk, &screen->scope, chosen->folder, name);
}

/* ---- from the scanner ---- */

static void on_made(struct making *making, int fd, const struct error *err)
{
	struct handing *h = making->owner;
	if (err) {
		desk_tell(h->screen->desk, err);
		finish(h, 0);
	} else {
		h->words = making_text(&h->screen->arena, making);
		send_file(h, fd, "application/pdf");
	}
	batch_close(&h->batch);
}

static void on_reviewed(struct screen *screen, struct batch *batch, enum pages_end end)
{
	struct handing *h = OWNER_OF(batch, struct handing, batch);
	if (end == PAGES_DROPPED || batch_pages_of(batch, 1) == 0) {
		batch_close(batch);
		return;
	}
	h->making.owner = h;
	begin(h);
	desk_say(screen->desk, FAULT_NONE, _("Đang ghép các trang thành %d tệp PDF…"), 1);
	batch_make(batch, &h->making, 1, on_made);
}

static void scan(struct handing *h)
{
	struct desk *desk = h->screen->desk;
	struct error err = { 0 };
	if (!scan_setup_read(desk->config, &h->setup, &err) ||
	    !batch_open(&h->batch, desk->loop, &h->screen->scope, desk->paths->data, desk->paths->libexec, &err)) {
		desk_tell(desk, &err);
		return;
	}
	h->batch.paper = h->batch.paper_count = 1;
	h->batch.words = h->setup.words;
	h->papers[0] = h->plan.paper;
	h->name = h->stored = arena_format(&h->screen->arena, "tp%02d.pdf", h->plan.row + 1);
	screen_push(desk, &pages_screen, &(struct pages_screen_plan){ .asker = h->screen, .batch = &h->batch, .setup = &h->setup,
		.papers = h->papers, .system = h->plan.system, .then = on_reviewed });
}

/* ---- which way ---- */

static void on_held(struct held_offer *offer, const struct held_paper *held)
{
	struct handing *h = offer->owner;
	begin(h);
	h->plan.done(h->screen, &h->plan, held->file_id, held);
	screen_dirty(h->screen);
}

enum { FROM_SCANNER, FROM_FILE, FROM_HELD, FROM_COUNT };

static void on_from(struct screen *screen, int choice, void *data)
{
	struct handing *h = data;
	if (choice == FROM_SCANNER) {
		scan(h);
	} else if (choice == FROM_FILE) {
		screen_push(screen->desk, &files_screen, &(struct files_plan){ .asker = screen, .single = true, .then = on_file,
			.data = h });
	} else if (choice == FROM_HELD) {
		h->held.take = on_held;
		h->held.owner = h;
		held_offer_dossier(&h->held, screen, h->plan.dossier_id, h->plan.paper);
	}
}

void hand_in(struct screen *screen, const struct hand_in_plan *plan)
{
	const char *from[FROM_COUNT] = { _("Quét từ máy quét"), _("Chọn tệp có sẵn"), _("Dùng lại giấy tờ đơn vị đã lưu") };
	struct handing *h = ARENA_NEW(&screen->arena, struct handing);
	h->plan = *plan;
	h->plan.paper = arena_string(&screen->arena, plan->paper);
	h->plan.system = arena_string(&screen->arena, plan->system);
	h->screen = screen;
	h->fd = -1;
	ask_choice(screen, _("Kèm tệp vào giấy tờ đang chọn:"), from, FROM_COUNT, 0, on_from, h);
}
