/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/path.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/program.h"

/* So many finished ones are remembered, for the key and for screens. */
enum { REMEMBERED = 50, LOOK_BACK = 50 };

struct print {
	struct duty *duty;
	struct print_run run;
	struct print *next; /* the newest first */
	bool again;         /* the key was pressed while its failure was still being written down */
	struct timer later;
};

/* Of the duty: what does not belong to one print. */
struct print_desk {
	struct duty *duty;
	struct arena arena;         /* the fallback printer */
	const struct printer *fallback;
	struct arena memory;
	struct prints_ask ask;
	struct drawing trial;       /* shows at log-in whether papers can be drawn at all */
};

static void trim(struct duty *duty);

/* ---- printers ---- */

static struct print_desk *desk_of(struct duty *duty)
{
	if (!duty->printing) {
		duty->printing = calloc(1, sizeof *duty->printing);
		if (!duty->printing)
			abort();
	}
	return duty->printing;
}

const struct printer *print_printers(struct duty *duty)
{
	struct print_desk *desk = desk_of(duty);
	if (duty->program->printers)
		return duty->program->printers;
	if (!desk->fallback)
		desk->fallback = print_fallback(&desk->arena, duty->program->paths.data);
	return desk->fallback;
}

/* ---- one print ---- */

/* A paper's screens hear its id; a job of several is heard as its first. */
static void on_told(struct print_run *run)
{
	struct print *print = OWNER_OF(run, struct print, run);
	struct desk *desk = print->duty->desk;
	if (run->state != PRINT_WAITING || run->waits || run->job.busy)
		desk_say(desk, run->state == PRINT_FAILED ? FAULT_DEVICE : FAULT_NONE, "%s", run->say);
	duty_tell(print->duty, "print", run->count ? run->papers[0] : 0);
}

static void on_ended(struct print_run *run)
{
	struct print *print = OWNER_OF(run, struct print, run);
	print_poke(print->duty); /* the device is free again */
	if (print->again)
		loop_after(print->duty->desk->loop, &print->later, 0);
}

static void retry(struct print *, const struct printer *);

static void on_later(struct timer *timer)
{
	retry(OWNER_OF(timer, struct print, later), NULL);
}

static struct print *new_print(struct duty *duty)
{
	struct print *print = calloc(1, sizeof *print);
	if (!print)
		abort();
	trim(duty);
	print->duty = duty;
	print->later.fire = on_later;
	print->run = (struct print_run){ .told = on_told, .ended = on_ended, .title = "",
		.tools = { .loop = duty->desk->loop, .store = duty_store(duty), .draw = &duty->draw,
		           .key = &duty->key, .key_id = &duty->key_id,
		           .lookup_url = duty->facts->lookup_url, .patient = true } };
	print->next = duty->prints;
	duty->prints = print;
	return print;
}

static void drop(struct print **at)
{
	struct print *gone = *at;
	*at = gone->next;
	loop_cancel(gone->duty->desk->loop, &gone->later);
	print_run_clear(&gone->run);
	free(gone);
}

static void trim(struct duty *duty)
{
	int done = 0;
	for (struct print **at = &duty->prints; *at;) {
		const struct print_run *run = &(*at)->run;
		if (run->over && run->state == PRINT_DONE && ++done > REMEMBERED)
			drop(at);
		else
			at = &(*at)->next;
	}
}

void print_papers(struct duty *duty, const int64_t *papers, int count, const char *title,
                  const struct printer *printer)
{
	struct print *print = new_print(duty);
	print_run_new(&print->run, &duty->scope, papers, count, title,
	              printer ? printer : printer_find(print_printers(duty), NULL));
}

static bool holds(const struct print_run *run, int64_t paper_id)
{
	for (int i = 0; i < run->count; i++)
		if (run->papers[i] == paper_id)
			return true;
	return false;
}

static struct print *find(const struct duty *duty, int64_t paper_id)
{
	struct print *print = duty->prints;
	while (print && !holds(&print->run, paper_id))
		print = print->next;
	return print;
}

/* The same job once more; the row tells whether it may be. */
static void retry(struct print *print, const struct printer *printer)
{
	struct duty *duty = print->duty;
	struct print_run was = print->run;
	struct print *fresh = new_print(duty);
	const struct print_row row = { .job_id = was.job_id, .papers = was.papers, .count = was.count,
		.done = was.done, .title = was.title };
	if (!printer)
		printer = was.printer ? was.printer : printer_find(print_printers(duty), NULL);
	if (was.job_id)
		print_run_take(&fresh->run, &duty->scope, &row, printer);
	else
		print_run_new(&fresh->run, &duty->scope, was.papers, was.count, was.title, printer);
	for (struct print **at = &duty->prints; *at; at = &(*at)->next) {
		if (*at == print) {
			drop(at);
			break;
		}
	}
}

void print_start(struct duty *duty, int64_t paper_id)
{
	struct print *print = find(duty, paper_id);
	if (print && print->run.state == PRINT_WAITING)
		return; /* already on its way */
	if (print && print->run.over && print->run.state == PRINT_FAILED)
		retry(print, NULL);
	else
		print_papers(duty, &paper_id, 1, "", NULL);
}

void print_take(struct duty *duty, const struct print_row *row, const struct printer *printer)
{
	print_forget(duty, row->job_id);
	struct print *print = new_print(duty);
	print_run_take(&print->run, &duty->scope, row, printer);
}

void print_forget(struct duty *duty, int64_t job_id)
{
	for (struct print **at = &duty->prints; *at; at = &(*at)->next) {
		if ((*at)->run.job_id == job_id && (*at)->run.over) {
			drop(at);
			return;
		}
	}
}

bool print_under_way(const struct duty *duty, int64_t job_id)
{
	for (const struct print *print = duty->prints; print; print = print->next)
		if (print->run.job_id == job_id && !print->run.over)
			return true;
	return false;
}

enum print_state print_look(const struct duty *duty, int64_t paper_id, const char **say)
{
	const struct print *print = find(duty, paper_id);
	*say = print ? print->run.say : "";
	return print ? print->run.state : PRINT_DONE;
}

/* ---- the key ---- */

static bool is_failed(const struct print *print)
{
	return print->run.state == PRINT_FAILED && !print->again;
}

int print_failed(const struct duty *duty)
{
	int count = 0;
	for (const struct print *print = duty->prints; print; print = print->next)
		count += is_failed(print);
	return count;
}

int print_again(struct duty *duty)
{
	int count = print_failed(duty);
	for (int left = count; left > 0; left--) {
		struct print *print = duty->prints, *oldest = NULL;
		for (; print; print = print->next)
			if (is_failed(print))
				oldest = print;
		if (!oldest)
			break;
		if (oldest->run.over)
			retry(oldest, NULL);
		else
			oldest->again = true;
	}
	return count;
}

static struct print *last(const struct duty *duty)
{
	struct print *print = duty->prints;
	while (print && (!print->run.count || print->run.state == PRINT_WAITING))
		print = print->next;
	return print;
}

bool print_key_may(const struct screen *screen)
{
	const struct duty *duty = duty_at(screen->desk);
	return duty && (print_failed(duty) || last(duty));
}

static void on_last(struct screen *screen, bool yes, void *data)
{
	struct duty *duty = duty_of(screen);
	struct print *print = last(duty);
	(void)data;
	if (!yes || !print)
		return;
	if (print->run.state == PRINT_UNSURE && print->run.over)
		retry(print, NULL);
	else
		print_papers(duty, print->run.papers, print->run.count, print->run.title, NULL);
}

void print_key(struct screen *screen)
{
	struct duty *duty = duty_of(screen);
	int count = print_again(duty);
	if (count) {
		desk_say(screen->desk, FAULT_NONE, _("Đang in lại %d giấy còn đợi."), count);
		return;
	}
	struct arena arena = { 0 };
	const struct print *print = last(duty);
	ask_yes(screen, arena_format(&arena, print->run.state == PRINT_UNSURE
	                ? _("Máy in chưa xác nhận giấy %s: hãy xem tờ giấy. In lại (ghi là bản in lại)?")
	                : _("In lại giấy %s? Tờ in ra ghi rõ là bản in lại."), print->run.title),
	        false, on_last, NULL);
	arena_free(&arena);
}

/* ---- log-in and log-out ---- */

/* A row that this counter left: kept for the key, nothing is printed. */
static void adopt(struct duty *duty, const struct print_row *row, enum print_state state)
{
	struct print *print = new_print(duty);
	struct print_run *run = &print->run;
	int64_t *own = ARENA_MANY(&run->arena, int64_t, row->count + 1);
	memcpy(own, row->papers, sizeof *own * (size_t)row->count);
	run->papers = own;
	run->count = row->count;
	run->done = row->done;
	run->job_id = row->job_id;
	run->title = arena_string(&run->arena, row->title);
	run->printer = printer_find(print_printers(duty), row->printer);
	run->state = state;
	run->over = true;
	snprintf(run->say, sizeof run->say, "%s", row->reason);
}

static const struct { const char *word; enum print_state state; } states[] = {
	{ "printed", PRINT_DONE }, { "unconfirmed", PRINT_UNSURE }, { "failed", PRINT_FAILED },
};

static void on_list(struct prints_ask *ask, const struct error *err)
{
	struct duty *duty = ask->owner;
	int counts[PRINT_FAILED + 1] = { 0 };
	if (err) {
		log_error("reading print jobs", err);
		arena_free(&desk_of(duty)->memory);
		return;
	}
	/* The latest is adopted last, so that it stands first. */
	for (int i = ask->count - 1; i >= 0; i--) {
		const struct print_row *row = &ask->rows[i];
		for (size_t k = 0; k < sizeof states / sizeof *states; k++) {
			if (!row->here || strcmp(row->state, states[k].word) != 0 ||
			    print_under_way(duty, row->job_id))
				continue;
			adopt(duty, row, states[k].state);
			counts[states[k].state]++;
		}
	}
	arena_free(&desk_of(duty)->memory);
	if (counts[PRINT_FAILED] + counts[PRINT_UNSURE])
		desk_say(duty->desk, FAULT_DEVICE,
		         _("Quầy này còn %d giấy chưa in được, %d giấy chưa xác nhận: F11, hoặc xem Máy in."),
		         counts[PRINT_FAILED], counts[PRINT_UNSURE]);
}

static void on_left(struct prints_ask *ask, const struct error *err)
{
	struct duty *duty = ask->owner;
	struct print_desk *desk = desk_of(duty);
	if (err)
		log_error("print jobs left behind", err);
	desk->ask = (struct prints_ask){ .done = on_list, .into = &desk->memory, .owner = duty };
	prints_list(duty_store(duty), &duty->scope, &desk->ask, LOOK_BACK);
}

/* A font without Vietnamese letters is named now, not when the citizen waits. */
static void on_trial(struct drawing *trial, const struct error *err)
{
	struct print_desk *desk = OWNER_OF(trial, struct print_desk, trial);
	if (err) {
		log_error("drawing on trial", err);
		desk_tell(desk->duty->desk, err);
	}
	drawing_clear(trial);
}

void print_resume(struct duty *duty)
{
	struct print_desk *desk = desk_of(duty);
	struct error err = { 0 };
	const struct fields nothing = { 0 };
	const struct draw_request page = { .form = "test", .date = desk_today(duty->desk), .output = DRAW_PDF_A5,
		.fields = &nothing };
	desk->duty = duty;
	if (!draw_paper(&duty->draw, &duty->scope, &page, &desk->trial, on_trial, &err))
		desk_tell(duty->desk, &err);
	desk->ask = (struct prints_ask){ .done = on_left, .into = &desk->memory, .owner = duty };
	prints_left(duty_store(duty), &duty->scope, &desk->ask);
}

void print_poke(struct duty *duty)
{
	for (struct print *print = duty->prints; print; print = print->next)
		print_run_poke(&print->run);
}

void print_end(struct duty *duty)
{
	while (duty->prints)
		drop(&duty->prints);
	if (duty->printing) {
		drawing_clear(&duty->printing->trial);
		arena_free(&duty->printing->arena);
		arena_free(&duty->printing->memory);
		free(duty->printing);
	}
	duty->printing = NULL;
}
