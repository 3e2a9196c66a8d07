/* SPDX-License-Identifier: Apache-2.0
 *
 *  ┌ 3 hồ sơ đã chọn, in chung một lần: ──────────────────┐
 *  │ > Giấy tiếp nhận của 3 hồ sơ (in lại)                │
 *  │   Bảng kê 3 hồ sơ để in kèm, chưa giao cho ai…       │
 *  │   Sổ theo dõi hồ sơ của một kỳ (Mẫu số 07)           │
 *  └──────────────────────────────────────────────────────┘
 *
 * The job is the clerk's, not the screen's: it goes on while other dossiers are looked at. */
#include "tui/dossier_batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/store/paper_lists.h"
#include "core/store/seal.h"
#include "printers/printer.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/print.h"
#include "tui/report_output.h"

enum { RECEIPTS, HANDOVER, BOOK, KINDS };

/* What was chosen, while it is asked about: the screen's. */
struct batch_job {
	struct screen *screen;
	int64_t *dossiers;
	int count;
	const char *taker;
};

/* What is made now, one at a time: the duty's, so that a paper that has its number is
 * printed though the clerk has gone on. */
struct batch_run {
	struct duty *duty;
	struct arena arena;
	struct list_ask ask;
	bool busy;
	int asked;               /* dossiers */
	char request[37], title[120];
};

static void end(struct batch_run *run)
{
	run->busy = false;
	arena_free(&run->arena);
}

static void print_list(struct batch_run *run, bool sheets)
{
	const struct printer *printer = sheets ? printer_of_files(print_printers(run->duty)) : NULL;
	print_papers(run->duty, run->ask.papers, run->ask.count, run->title, printer);
}

static void on_receipts(struct list_ask *ask, const struct error *err)
{
	struct batch_run *run = ask->owner;
	struct desk *desk = run->duty->desk;
	if (err) {
		desk_tell(desk, err);
	} else if (!ask->count) {
		desk_say(desk, FAULT_INPUT, "%s", _("Các hồ sơ đã chọn chưa có giấy tiếp nhận."));
	} else {
		snprintf(run->title, sizeof run->title, _("%d giấy tiếp nhận"), ask->count);
		print_list(run, false);
		if (ask->count < run->asked)
			desk_say(desk, FAULT_INPUT, _("Đang in %d giấy; %d hồ sơ không có giấy tiếp nhận."), ask->count,
			         run->asked - ask->count);
		else
			desk_say(desk, FAULT_NONE, _("Đang in %d giấy tiếp nhận trong một việc in."), ask->count);
	}
	end(run);
}

static void on_made(struct list_ask *ask, const struct error *err)
{
	struct batch_run *run = ask->owner;
	struct desk *desk = run->duty->desk;
	if (err) {
		desk_tell(desk, err);
	} else {
		bool book = run->title[0] != '\0';
		if (!book)
			snprintf(run->title, sizeof run->title, "%s", ask->number);
		print_list(run, true);
		desk_say(desk, FAULT_NONE, book ? _("Đã lập %d sổ, từ số %s; đang in.") : _("Đã lập %d bảng kê, số %s; đang in. Hồ sơ vẫn ở người đang giữ."),
		         ask->count, ask->number);
	}
	end(run);
}

/* NULL: the one before is not laid in yet. */
static struct batch_run *begin(struct screen *screen, int asked, void (*done)(struct list_ask *, const struct error *))
{
	struct duty *duty = duty_of(screen);
	if (!duty->batch && !(duty->batch = calloc(1, sizeof *duty->batch)))
		abort();
	struct batch_run *run = duty->batch;
	if (run->busy) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Việc in trước đang được ghi, chờ một lát rồi thử lại."));
		return NULL;
	}
	*run = (struct batch_run){ .duty = duty, .busy = true, .asked = asked };
	run->ask = (struct list_ask){ .done = done, .into = &run->arena, .owner = run };
	seal_uuid(run->request);
	return run;
}

void batch_free(struct batch_run *run)
{
	if (run)
		arena_free(&run->arena);
	free(run);
}

/* ---- hand-over ---- */

static void on_person(struct screen *screen, const char *text, void *data)
{
	struct batch_job *job = data;
	struct batch_run *run = text ? begin(screen, job->count, on_made) : NULL;
	if (run)
		list_handover(duty_store(run->duty), &run->duty->scope, &run->ask, run->request, job->dossiers, job->count,
		              job->taker, text);
}

static const char *check_taker(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi bên nhận: phòng, đơn vị nào nhận hồ sơ.");
}

static void on_taker(struct screen *screen, const char *text, void *data)
{
	struct batch_job *job = data;
	if (!text)
		return;
	job->taker = arena_string(&screen->arena, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Người nhận? Chưa biết thì để trống, ký tay sau."), .max = 120 },
	             on_person, job);
}

/* ---- the book ---- */

/* "01/11/2026 - 20/11/2026", or one day. */
static bool read_period(const char *text, day_t *from, day_t *to)
{
	char first[24], last[24];
	int n = sscanf(text, " %23[0-9/] - %23[0-9/]", first, last);
	*from = n > 0 ? day_read(first) : DAY_NONE;
	*to = n > 1 ? day_read(last) : strchr(text, '-') ? DAY_NONE : *from;
	return *from != DAY_NONE && *to != DAY_NONE && *from <= *to && *to - *from <= 366;
}

static const char *check_period(struct screen *screen, const char *text, void *data)
{
	day_t from, to;
	(void)screen, (void)data;
	return read_period(text, &from, &to) ? NULL : _("Gõ từ ngày - đến ngày, ví dụ 01/11/2026 - 20/11/2026, không quá một năm.");
}

static void on_period(struct screen *screen, const char *text, void *data)
{
	day_t from, to;
	char first[16], last[16];
	(void)data;
	struct batch_run *run = text && read_period(text, &from, &to) ? begin(screen, 0, on_made) : NULL;
	if (!run)
		return;
	snprintf(run->title, sizeof run->title, _("Sổ theo dõi %s - %s"), day_write(from, first, sizeof first),
	         day_write(to, last, sizeof last));
	list_book(duty_store(run->duty), &run->duty->scope, &run->ask, run->request, from, to);
}

static void ask_period(struct screen *screen)
{
	char first[16], last[16];
	day_t today = desk_today(screen->desk);
	struct date now = day_date(today);
	day_t from = day_of(now.year, now.month, 1);
	ask_for_text(screen, &(struct ask_text){ .plain = true, .max = 40, .check = check_period,
		.question = _("Sổ theo dõi hồ sơ nhận từ ngày - đến ngày (mỗi lĩnh vực một sổ):"),
		.initial = arena_format(&screen->arena, "%s - %s", day_write(from, first, sizeof first),
			day_write(today, last, sizeof last)) }, on_period, NULL);
}

/* ---- what was counted ---- */

static void on_counted(struct list_ask *ask, const struct error *err)
{
	struct batch_run *run = ask->owner;
	if (err) {
		desk_tell(run->duty->desk, err);
	} else {
		print_list(run, true);
		desk_say(run->duty->desk, FAULT_NONE, _("Đang in %s."), run->title);
	}
	end(run);
}

/* A table on a roll of 80 mm is no use to anybody. */
static struct batch_run *begin_sheets(struct screen *screen)
{
	if (printer_of_files(print_printers(duty_of(screen))))
		return begin(screen, 0, on_counted);
	desk_say(screen->desk, FAULT_INPUT, "%s", _("Quầy này không có máy in khổ A4: thêm máy ở màn hình Máy in (F9), hoặc xuất PDF."));
	return NULL;
}

/* The head is the database's own. */
static void write_body(const struct fields *fields, struct bytes *out)
{
	static const char *const parts[] = { "report.", "period.", "column.", "line.", "bar.", "check." };
	struct fields body = { 0 };
	struct arena arena = { 0 };
	for (const struct field_line *line = fields->first; line; line = line->next)
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			if (strncmp(line->key, parts[i], strlen(parts[i])) == 0)
				fields_set(&arena, &body, line->key, line->value);
	fields_write(&body, out);
	arena_free(&arena);
}

void batch_report(struct screen *screen, const struct report_table *table)
{
	struct batch_run *run = begin_sheets(screen);
	struct report_output output = { .table = table, .facts = duty_of(screen)->facts };
	struct fields fields = { 0 };
	struct bytes body = { .limit = FIELDS_SIZE_MOST };
	struct error err = { 0 };
	if (!run)
		return;
	bool good = report_fields(&output, &run->arena, &fields, &err);
	if (good) {
		write_body(&fields, &body);
		snprintf(run->title, sizeof run->title, "%s", _(table->plan.kind->brief));
		good = !body.failed || fail(&err, FAULT_INPUT, "%s", _("Bảng quá lớn để in: chọn kỳ ngắn hơn."));
	}
	if (good) {
		list_report(duty_store(run->duty), &run->duty->scope, &run->ask, run->request, &table->plan, bytes_string(&body));
	} else {
		desk_tell(screen->desk, &err);
		end(run);
	}
	bytes_free(&body);
}

void batch_shift(struct screen *screen, int64_t shift_id)
{
	struct batch_run *run = begin_sheets(screen);
	if (!run)
		return;
	snprintf(run->title, sizeof run->title, "%s", _("biên bản bàn giao ca"));
	list_shift(duty_store(run->duty), &run->duty->scope, &run->ask, shift_id);
}

/* ---- which ---- */

static void on_kind(struct screen *screen, int choice, void *data)
{
	struct batch_job *job = data;
	int kind = choice < 0 ? KINDS : job->count ? choice : BOOK;
	if (kind == RECEIPTS) {
		struct batch_run *run = begin(screen, job->count, on_receipts);
		if (run)
			list_receipts(duty_store(run->duty), &run->duty->scope, &run->ask, job->dossiers, job->count);
	} else if (kind == HANDOVER) {
		ask_for_text(screen, &(struct ask_text){ .question = _("Bảng kê kèm hồ sơ đến phòng, đơn vị nào? (Giao thật, có ký nhận: Ctrl-P giao nhận, phi địa giới, bưu chính.)"), .check = check_taker },
		             on_taker, job);
	} else if (kind == BOOK) {
		ask_period(screen);
	}
}

void batch_ask(struct screen *screen, const int64_t *dossiers, int count)
{
	struct arena *arena = &screen->arena;
	struct batch_job *job = ARENA_NEW(arena, struct batch_job);
	const char *kinds[KINDS] = { 0 };
	int shown = 0;
	job->screen = screen;
	job->count = count;
	job->dossiers = ARENA_MANY(arena, int64_t, count + 1);
	if (count)
		memcpy(job->dossiers, dossiers, sizeof *dossiers * (size_t)count);
	if (count) {
		kinds[shown++] = arena_format(arena, _("Giấy tiếp nhận của %d hồ sơ (bản in lại)"), count);
		kinds[shown++] = arena_format(arena, _("Bảng kê %d hồ sơ để in kèm, chưa giao cho ai…"), count);
	}
	kinds[shown++] = _("Sổ theo dõi hồ sơ của một kỳ (Mẫu số 07)…");
	ask_choice(screen, _("In chung một lần:"), kinds, shown, 0, on_kind, job);
}
