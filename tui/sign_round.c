/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/sign_round.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/program.h"

static void fetch_next(struct sign_round *);
static void place_next(struct sign_round *);

/* ---- ending ---- */

static void close_all(struct sign_round *round)
{
	for (int i = 0; i < round->count; i++) {
		if (round->files[i].in >= 0)
			close(round->files[i].in);
		if (round->files[i].out >= 0)
			close(round->files[i].out);
	}
	file_check_clear(&round->check);
	signing_clear(&round->signing);
	arena_free(&round->arena);
	round->count = 0;
}

static void on_scope_end(struct task *task)
{
	close_all(OWNER_OF(task, struct sign_round, task));
}

/* What the clerk reads: how many, by whom; or the first thing that went wrong. */
static void tell(struct sign_round *round, const struct error *err)
{
	struct desk *desk = round->screen->desk;
	const struct sign_job *job = &round->signing.job;
	char day[24];
	const struct error *why = err ? err : round->trouble.fault ? &round->trouble : NULL;
	if (why && !round->kept)
		desk_tell(desk, why);
	else if (why)
		desk_say(desk, why->fault, _("Đã ký %d/%d tệp. %s"), round->kept, round->count, why->say);
	else if (round->signing.given_up)
		desk_say(desk, FAULT_NONE, "%s", _("Chưa ký. Tệp giữ nguyên."));
	else
		desk_say(desk, FAULT_NONE, _("Đã ký số %d tệp: %s, chứng thư đến %s."), round->kept, job->name,
		         day_write(moment_day(job->to), day, sizeof day));
}

static void finish(struct sign_round *round, const struct error *err)
{
	struct error why = err ? *err : (struct error){ 0 };
	int kept = round->kept;
	tell(round, err ? &why : NULL);
	scope_remove(&round->task);
	close_all(round);
	round->running = false;
	round->done(round, kept);
}

static void note_trouble(struct sign_round *round, const struct error *err)
{
	if (!round->trouble.fault)
		round->trouble = *err;
}

/* ---- keeping what was signed ---- */

static struct round_item *item_of(struct sign_round *round)
{
	return &round->items[round->at];
}

static void next_place(struct sign_round *round)
{
	file_check_clear(&round->check);
	round->at++;
	place_next(round);
}

static void on_marked(struct signatures_ask *ask, const struct error *err)
{
	struct sign_round *round = ask->owner;
	struct round_item *item = item_of(round);
	if (err) {
		note_trouble(round, err);
		item->signed_id = 0;
	} else {
		round->kept++;
		if (round->placed)
			round->placed(round, item);
	}
	next_place(round);
}

static void mark(struct sign_round *round)
{
	const struct sign_job *job = &round->signing.job;
	const struct round_item *item = item_of(round);
	round->mark = (struct signatures_ask){ .done = on_marked, .owner = round };
	signature_keep(round->check.store, &round->screen->scope, &round->mark, item->signed_id, item->file_id,
	               item->paper_id, job->name, job->print, job->to);
}

static void on_noted(struct file_check *check, const struct error *err)
{
	(void)err; /* it is logged; the signature counts all the same */
	mark(check->owner);
}

static void on_attached(struct file_ask *ask, int64_t file_id, const struct error *err)
{
	struct sign_round *round = ask->owner;
	struct round_item *item = item_of(round);
	item->signed_id = file_id;
	if (err) {
		note_trouble(round, err);
		next_place(round);
	} else if (round->check.words) {
		item->found = round->check.words;
		file_check_keep(&round->check, file_id);
	} else {
		mark(round);
	}
}

static void attach(struct sign_round *round, const char *type)
{
	round->attach = (struct file_ask){ .done = on_attached, .owner = round };
	file_attach(round->check.store, &round->screen->scope, &round->attach, item_of(round)->name, type,
	            round->files[round->at].out);
}

static void on_checked(struct file_check *check, const struct error *err)
{
	struct sign_round *round = check->owner;
	struct round_item *item = item_of(round);
	if (err) {
		note_trouble(round, err);
		next_place(round);
		return;
	}
	item->pages = check->pages;
	item->doubtful = check->doubtful;
	attach(round, "application/pdf");
}

static bool is_pdf(int fd)
{
	char head[5];
	return pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head && memcmp(head, "%PDF-", sizeof head) == 0;
}

static void place_next(struct sign_round *round)
{
	struct desk *desk = round->screen->desk;
	while (round->at < round->count && !round->files[round->at].good) {
		note_trouble(round, &round->files[round->at].why);
		round->at++;
	}
	if (round->at == round->count) {
		finish(round, NULL);
		return;
	}
	struct sign_file *file = &round->files[round->at];
	round->check = (struct file_check){ .done = on_checked, .kept = on_noted, .owner = round, .loop = desk->loop,
		.scope = &round->screen->scope, .store = duty_store(duty_of(round->screen)), .paths = desk->paths,
		.config = desk->config };
	if (is_pdf(file->out))
		file_check_start(&round->check, file->out, item_of(round)->name, round->system);
	else
		attach(round, "application/pkcs7-signature");
}

static void on_signed(struct signing *signing, const struct error *err)
{
	struct sign_round *round = signing->owner;
	if (err)
		note_trouble(round, err);
	if (signing->given_up || !signing->job.signed_count) {
		finish(round, NULL);
		return;
	}
	round->at = 0;
	place_next(round);
}

/* ---- fetching ---- */

static void fetched(struct sign_round *round, int fd, const struct error *err)
{
	struct sign_file *file = &round->files[round->at];
	struct error why;
	file->in = fd;
	file->out = err ? -1 : fetch_nameless(round->screen->desk->paths->data);
	if (!err && file->out < 0) {
		fail(&why, FAULT_DEVICE, "%s", _("Máy này không ghi được tệp tạm: hãy báo người quản trị."));
		because(&why, "nameless file: %s", strerror(errno));
		err = &why;
	}
	if (err) {
		finish(round, err);
		return;
	}
	round->at++;
	fetch_next(round);
}

static void on_fetched(struct fetch_ask *fetch, const struct error *err)
{
	struct sign_round *round = fetch->owner;
	int fd = fetch->fd;
	fetch->fd = -1;
	if (!err) /* as it is kept, whatever it was called */
		item_of(round)->name = arena_string(&round->arena, fetch->name);
	fetched(round, err ? -1 : fd, err);
}

static void on_copy(struct copy_ask *ask, const struct copy_row *row, const struct error *err)
{
	struct sign_round *round = ask->owner;
	struct error why;
	int fd = err ? -1 : fetch_nameless(round->screen->desk->paths->data);
	if (!err && (fd < 0 || write(fd, row->bytes, row->size) != (ssize_t)row->size)) {
		fail(&why, FAULT_DEVICE, "%s", _("Máy này không ghi được tệp tạm: hãy báo người quản trị."));
		because(&why, "nameless file: %s", strerror(errno));
		err = &why;
	}
	fetched(round, fd, err);
}

static void fetch_next(struct sign_round *round)
{
	struct screen *screen = round->screen;
	struct store *store = duty_store(duty_of(screen));
	if (round->at == round->count) {
		round->signing.done = on_signed;
		round->signing.owner = round;
		signing_start(screen, &round->signing, round->files, round->count);
		return;
	}
	const struct round_item *item = item_of(round);
	if (item->file_id) {
		round->fetch = (struct fetch_ask){ .done = on_fetched, .owner = round };
		file_fetch(store, &screen->scope, &round->fetch, item->file_id, screen->desk->paths->data);
	} else {
		round->copy = (struct copy_ask){ .done = on_copy, .into = &round->arena, .owner = round };
		paper_copy(store, &screen->scope, &round->copy, item->paper_id);
	}
}

void sign_round_start(struct screen *screen, struct sign_round *round, const struct round_item *items, int count,
                      const char *system)
{
	struct arena *arena = &round->arena;
	*round = (struct sign_round){ .placed = round->placed, .done = round->done, .owner = round->owner,
		.running = true, .screen = screen, .task.end = on_scope_end };
	round->count = count < SIGN_FILES_MOST ? count : SIGN_FILES_MOST;
	round->items = ARENA_MANY(arena, struct round_item, count + 1);
	round->files = ARENA_MANY(arena, struct sign_file, count + 1);
	round->system = arena_string(arena, system);
	for (int i = 0; i < round->count; i++) {
		round->items[i] = items[i];
		round->items[i].name = arena_string(arena, items[i].name);
		round->items[i].found = "";
		round->items[i].signed_id = 0;
		round->files[i] = (struct sign_file){ .in = -1, .out = -1 };
	}
	scope_add(&screen->scope, &round->task);
	desk_say(screen->desk, FAULT_NONE, "%s", _("Đang xem USB ký số…"));
	fetch_next(round);
}
