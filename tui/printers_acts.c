/* SPDX-License-Identifier: Apache-2.0
 *
 * What is done on the printers screen: a printer asked, tried; a job printed again,
 * moved, closed. */
#include "tui/printers_own.h"

#include <stdio.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"

/* ---- asking a printer ---- */

static void say_said(struct printer_look *);

static void on_said(struct prints_ask *ask, const struct error *err)
{
	struct printer_look *look = ask->owner;
	if (err)
		log_error("what a printer said", err);
	arena_free(&look->memory);
	if (look->unsaid)
		say_said(look);
	printers_read_again(look->owner);
}

/* Written down for all counters; asked twice in a row, the second answer waits for the first. */
static void say_said(struct printer_look *look)
{
	struct screen *screen = look->owner->screen;
	look->unsaid = look->said.ask.slot != NULL;
	if (look->unsaid)
		return;
	look->said = (struct prints_ask){ .done = on_said, .into = &look->memory, .owner = look };
	prints_said(duty_store(duty_of(screen)), &screen->scope, &look->said, look->printer->name, look->key,
	            look->state, look->say);
}

static void on_look(struct carriage *carriage, const struct error *err)
{
	struct printer_look *look = OWNER_OF(carriage, struct printer_look, trip);
	struct screen *screen = look->owner->screen;
	const char *state = err ? "failed" : carriage->result == CARRIED_DONE ? "ready" : "unconfirmed";
	const char *say_what = err ? err->say
	                       : *carriage->warning && carriage->result == CARRIED_DONE ? carriage->warning
	                       : carriage->result == CARRIED_DONE ? _("Máy in sẵn sàng.")
	                                                          : _("Nối được, nhưng máy in không báo tình trạng.");
	look->busy = false;
	desk_say(screen->desk, err ? FAULT_DEVICE : FAULT_NONE, "%s: %s", look->printer->name, say_what);
	snprintf(look->state, sizeof look->state, "%s", state);
	snprintf(look->say, sizeof look->say, "%s", say_what);
	say_said(look);
	screen_dirty(screen);
}

static struct printer_look *look_at(const struct screen *screen)
{
	struct printers *s = screen->state;
	return s->list.count ? &s->looks[s->list.at] : NULL;
}

static bool may_look(const struct screen *screen)
{
	const struct printer_look *look = look_at(screen);
	return look && !look->busy;
}

/* Whoever prints there now has its one connection: it is let alone. */
void printers_look(struct screen *screen)
{
	struct printer_look *look = look_at(screen);
	const struct printer_word *word = printers_word(look->owner, look);
	struct error err = { 0 };
	if (word && *word->held_by) {
		desk_say(screen->desk, FAULT_NONE, _("Quầy %s đang in trên máy này, chưa hỏi được."), word->held_by);
		return;
	}
	look->trip = printer_trip(look->printer, NULL, 0);
	look->busy = true;
	if (!look->printer->carrier->begin(screen->desk->loop, &screen->scope, look->printer->address, &look->trip,
	                                   on_look, &err))
		on_look(&look->trip, &err);
	screen_dirty(screen);
}

static void run_test(struct screen *screen)
{
	print_papers(duty_of(screen), &(int64_t){ 0 }, 0, "", look_at(screen)->printer);
}

/* ---- jobs ---- */

static bool job_is(const struct print_row *job, const char *state)
{
	return strcmp(job->state, state) == 0;
}

/* The row may have changed while a question was open. */
static const struct print_row *job_asked(const struct screen *screen)
{
	const struct printers *s = screen->state;
	for (int i = 0; i < s->jobs.count; i++)
		if (s->rows[i].job_id == s->chosen)
			return &s->rows[i];
	return NULL;
}

static bool may_again(const struct screen *screen)
{
	const struct print_row *job = printers_job(screen->state);
	return job && !job->busy && !print_under_way(duty_of(screen), job->job_id);
}

static bool may_close(const struct screen *screen)
{
	const struct print_row *job = printers_job(screen->state);
	return may_again(screen) && !job_is(job, "printed") && !job_is(job, "dropped") && !job_is(job, "printing");
}

/* On the printer named, when this counter has it, else on the counter's own. */
static void again(struct screen *screen, const struct print_row *job, const struct printer *printer)
{
	struct duty *duty = duty_of(screen);
	if (!printer)
		printer = printer_find(print_printers(duty), job->printer);
	if (!printer)
		printer = printer_find(print_printers(duty), NULL);
	if (job_is(job, "printed") || job_is(job, "dropped"))
		print_papers(duty, job->papers, job->count, job->title, printer);
	else
		print_take(duty, job, printer);
	printers_read_again(screen->state);
}

static void on_again(struct screen *screen, bool yes, void *data)
{
	const struct print_row *job = job_asked(screen);
	(void)data;
	if (yes && job)
		again(screen, job, NULL);
}

/* What never came out needs no question. */
static void run_again(struct screen *screen)
{
	struct printers *s = screen->state;
	const struct print_row *job = printers_job(s);
	struct arena arena = { 0 };
	s->chosen = job->job_id;
	if (job_is(job, "failed") || job_is(job, "queued") || !job->count)
		again(screen, job, NULL);
	else
		ask_yes(screen, arena_format(&arena, job_is(job, "unconfirmed")
		                ? _("Máy in chưa xác nhận giấy %s: hãy xem tờ giấy. In lại (ghi là bản in lại)?")
		                : _("In lại giấy %s? Tờ in ra ghi rõ là bản in lại."), job->title),
		        false, on_again, NULL);
	arena_free(&arena);
}

static void on_move(struct screen *screen, int choice, void *data)
{
	const struct printers *s = screen->state;
	const struct print_row *job = job_asked(screen);
	(void)data;
	if (choice >= 0 && choice < s->count && job)
		again(screen, job, s->looks[choice].printer);
}

static void run_move(struct screen *screen)
{
	struct printers *s = screen->state;
	const struct print_row *job = printers_job(s);
	const char *names[PRINTERS_MOST];
	struct arena arena = { 0 };
	int first = 0;
	s->chosen = job->job_id;
	for (int i = 0; i < s->count; i++) {
		names[i] = arena_format(&arena, "%s · %s", s->looks[i].printer->name, printer_paper(s->looks[i].printer));
		if (strcmp(s->looks[i].printer->name, job->printer) != 0 && !first)
			first = i;
	}
	ask_choice(screen, arena_format(&arena, job_is(job, "printed") || job_is(job, "unconfirmed")
	                   ? _("In giấy %s trên máy nào? Tờ in ra ghi rõ là bản in lại.")
	                   : _("In giấy %s trên máy nào?"), job->title),
	           names, s->count, first, on_move, NULL);
	arena_free(&arena);
}

static void on_closed(struct prints_ask *ask, const struct error *err)
{
	struct printers *s = ask->owner;
	if (err)
		desk_tell(s->screen->desk, err);
	else
		print_forget(duty_of(s->screen), s->chosen);
	arena_free(&s->act_memory);
	printers_read_again(s);
}

static void close_job(struct screen *screen, bool seen)
{
	struct printers *s = screen->state;
	if (s->act.ask.slot)
		return;
	s->act = (struct prints_ask){ .done = on_closed, .into = &s->act_memory, .owner = s };
	prints_close(duty_store(duty_of(screen)), &screen->scope, &s->act, s->chosen, seen);
}

static void on_drop(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (yes)
		close_job(screen, false);
}

static void on_seen(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice >= 0)
		close_job(screen, choice == 0);
}

static void run_close(struct screen *screen)
{
	struct printers *s = screen->state;
	const struct print_row *job = printers_job(s);
	struct arena arena = { 0 };
	const char *const answers[] = { _("Đã ra đủ"), _("Chưa ra: bỏ, không in nữa") };
	s->chosen = job->job_id;
	if (job_is(job, "unconfirmed"))
		ask_choice(screen, arena_format(&arena, _("Tờ giấy %s đã ra chưa?"), job->title), answers, 2, 0, on_seen, NULL);
	else
		ask_yes(screen, arena_format(&arena, _("Bỏ việc in %s? Giấy vẫn in lại được từ hồ sơ."), job->title),
		        false, on_drop, NULL);
	arena_free(&arena);
}

const struct action printers_actions[] = {
	{ "printer-look", "F4", N_("Hỏi máy"), N_("Hỏi máy in đang chọn: giấy, nắp, lỗi; không in gì."), may_look, printers_look },
	{ "printer-test", "F5", N_("In thử"), N_("In trang thử trên máy in đang chọn."), may_look, run_test },
	{ "print-move", "F6", N_("Máy khác"), N_("Chuyển việc in sang máy in khác của quầy này."), may_again, run_move },
	{ "print-close", "F7", N_("Bỏ"), N_("Giấy chưa xác nhận: ghi là đã ra; giấy chưa in: bỏ, không in nữa."), may_close, run_close },
	{ "print-once-more", "F8", N_("In lại"), N_("In lại việc đang chọn; giấy đã ra thì tờ mới ghi là bản in lại."), may_again, run_again },
	{ "printer-set-up", "F9", N_("Thêm máy"), N_("Thêm một máy in cho quầy này, đổi máy mặc định, bỏ máy đã thêm."), NULL, printers_set_up },
	{ 0 },
};
