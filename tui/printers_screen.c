/* SPDX-License-Identifier: Apache-2.0
 *
 *  MÁY IN                                   Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Máy in          Giấy   Nối qua                       Tình trạng
 *  >Quầy 3 *        80 mm  tcp 192.168.1.50:9100         ● đã in
 *   Văn thư         A5     ipp ipp://192.168.1.51/ipp/…  ! hết giấy
 *   20/11/2026 09:40 · Q3 · Máy in hết giấy. Hãy thêm giấy.
 *
 *   Giấy                   Quầy  Máy in         Lúc    Tình trạng
 *   H01.999-261120-0007    Q3    Quầy 3         09:40  ! chưa in được
 *   H01.999-261120-0006    Q1    Quầy 3         09:32  ● đã in
 *   …
 *   Lê Thị Mận · bản in lại 1 · Máy in hết giấy. Hãy thêm giấy.
 *  F1 Giúp  Tab  F4 Hỏi máy  F5 In thử  F6 Máy khác  F7 Bỏ  F8 In lại
 */
#include "tui/printers_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/printers_own.h"

enum { MOST = 100, SHOWN = 5, ABOUT_ROWS = 2 };

/* ---- what stands there ---- */

const struct printer_word *printers_word(const struct printers *s, const struct printer_look *look)
{
	for (int i = 0; i < s->word_count; i++)
		if (strcmp(s->words[i].device, look->key) == 0)
			return &s->words[i];
	return NULL;
}

const struct print_row *printers_job(const struct printers *s)
{
	return s->jobs.count ? &s->rows[s->jobs.at] : NULL;
}

static const struct {
	const char *state, *printer, *job;
	enum role role;
} states[] = {
	{ "ready", N_("● sẵn sàng"), "", ROLE_GOOD },
	{ "queued", "", N_("■ đợi in"), ROLE_WARN },
	{ "printing", "", N_("→ đang in"), ROLE_TEXT },
	{ "printed", N_("● in được"), N_("● đã in"), ROLE_GOOD },
	{ "unconfirmed", N_("? không xác nhận"), N_("? chưa xác nhận"), ROLE_WARN },
	{ "failed", N_("! không in được"), N_("! chưa in được"), ROLE_ERROR },
	{ "dropped", "", N_("– bỏ"), ROLE_DIM },
};

static void say_state(const char *state, bool job, struct list_cell *out)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		const char *text = job ? states[i].job : states[i].printer;
		if (strcmp(states[i].state, state) == 0 && *text) {
			out->text = _(text);
			out->role = states[i].role;
		}
	}
}

static void printer_cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct printers *s = owner;
	const struct printer_look *look = &s->looks[row];
	const struct printer_word *word = printers_word(s, look);
	static char text[400];
	switch (column) {
	case 0:
		snprintf(text, sizeof text, "%s%s", look->printer->name, look->printer->is_default ? " *" : "");
		out->text = text;
		break;
	case 1: out->text = printer_paper(look->printer); break;
	case 2:
		snprintf(text, sizeof text, "%s %s", look->printer->carrier->name, look->printer->address);
		out->text = text;
		break;
	default:
		if (look->busy) {
			out->text = _("→ đang hỏi…");
		} else if (word && *word->held_by) {
			snprintf(text, sizeof text, _("→ quầy %s đang in"), word->held_by);
			out->text = text;
		} else if (word) {
			say_state(word->state, false, out);
		} else {
			out->text = _("chưa hỏi: F4");
			out->role = ROLE_DIM;
		}
	}
}

static void job_cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct printers *s = owner;
	const struct print_row *job = &s->rows[row];
	static char text[40];
	struct clock at = moment_clock(job->changed_at);
	struct date day = day_date(moment_day(job->changed_at));
	switch (column) {
	case 0: out->text = job->title; break;
	case 1: out->text = job->counter; break;
	case 2: out->text = job->printer; break;
	case 3:
		if (moment_day(job->changed_at) == desk_today(s->screen->desk))
			snprintf(text, sizeof text, "%02d:%02d", at.hour, at.minute);
		else
			snprintf(text, sizeof text, "%02d/%02d", day.day, day.month);
		out->text = text;
		break;
	default: say_state(job->state, true, out);
	}
}

static const struct list_column printer_columns[] = {
	{ .head = N_("Máy in"), .width = 18 },
	{ .head = N_("Giấy"), .width = 6 },
	{ .head = N_("Nối qua"), .width = 0 },
	{ .head = N_("Tình trạng"), .width = 18 },
	{ 0 },
};

static int64_t job_id_of(void *owner, int row)
{
	return ((const struct printers *)owner)->rows[row].job_id;
}

static const struct list_column job_columns[] = {
	{ .head = N_("Giấy"), .width = 24 },
	{ .head = N_("Quầy"), .width = 5 },
	{ .head = N_("Máy in"), .width = 0 },
	{ .head = N_("Lúc"), .width = 5 },
	{ .head = N_("Tình trạng"), .width = 18 },
	{ 0 },
};

/* ---- reading ---- */

static void on_words(struct prints_ask *ask, const struct error *err)
{
	struct printers *s = ask->owner;
	if (fresh_came(&s->fresh, err)) {
		s->rows = s->read.rows;
		s->words = ask->words;
		s->word_count = ask->count;
		list_set_count(&s->jobs, s->read.count);
	}
	fresh_taken(&s->fresh);
}

static void on_rows(struct prints_ask *ask, const struct error *err)
{
	struct printers *s = ask->owner;
	if (err) {
		on_words(ask, err);
		return;
	}
	s->read_words = (struct prints_ask){ .done = on_words, .into = &s->fresh.coming, .owner = s };
	prints_words(duty_store(duty_of(s->screen)), &s->screen->scope, &s->read_words);
}

static void read_now(struct screen *screen)
{
	struct printers *s = screen->state;
	s->read = (struct prints_ask){ .done = on_rows, .into = &s->fresh.coming, .owner = s };
	prints_list(duty_store(duty_of(screen)), &screen->scope, &s->read, MOST);
}

void printers_read_again(struct printers *s)
{
	fresh_read(&s->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "print") == 0 || strcmp(what, "printjob") == 0 || strcmp(what, "again") == 0;
}

/* ---- the screen ---- */

void printers_list(struct printers *s)
{
	struct duty *duty = duty_of(s->screen);
	struct arena *arena = &s->screen->arena;
	s->count = 0;
	for (const struct printer *p = print_printers(duty); p && s->count < PRINTERS_MOST; p = p->next) {
		const char *device = printer_device(p, arena);
		s->looks[s->count++] = (struct printer_look){ .printer = p, .owner = s,
			.key = *device ? device : arena_format(arena, "%s %s", duty->facts->counter, p->name) };
	}
	list_set_count(&s->list, s->count);
}

static void printers_open(struct screen *screen, const void *argument)
{
	struct printers *s = screen->state;
	(void)argument;
	s->screen = screen;
	s->list = (struct list){ .columns = printer_columns, .cell = printer_cell, .owner = s, .beside = true };
	printers_list(s);
	s->jobs = (struct list){ .columns = job_columns, .cell = job_cell, .id = job_id_of, .owner = s, .beside = true,
		.empty = N_("Chưa có việc in nào.") };
	s->in_jobs = true;
	s->fresh.heeds = heeds;
	fresh_open(&s->fresh, screen, read_now);
}

static void printers_close(struct screen *screen)
{
	struct printers *s = screen->state;
	fresh_close(&s->fresh);
	for (int i = 0; i < s->count; i++)
		arena_free(&s->looks[i].memory);
	arena_free(&s->act_memory);
}

static void draw_about_printer(const struct printers *s, struct canvas *canvas, int row)
{
	char at[32];
	const struct printer_word *word = s->list.count ? printers_word(s, &s->looks[s->list.at]) : NULL;
	if (word)
		canvas_format(canvas, row, 1, ROLE_DIM, "%s · %s · %s", moment_write(word->at, at, sizeof at),
		              word->counter, word->say);
}

static void draw_about_job(const struct printers *s, struct canvas *canvas)
{
	const struct print_row *job = printers_job(s);
	struct bytes text = { 0 };
	if (!job)
		return;
	bytes_text(&text, job->by);
	if (job->count > 1)
		bytes_format(&text, _(" · %d/%d giấy đã ra"), job->done, job->count);
	if (job->copy)
		bytes_format(&text, _(" · bản in lại %d"), job->copy);
	if (*job->reason)
		bytes_format(&text, " · %s", job->reason);
	struct canvas part = canvas_part(canvas, canvas->rows - ABOUT_ROWS, 1, ABOUT_ROWS, canvas->cols - 2);
	canvas_lines(&part, 0, 0, part.cols, ROLE_DIM, bytes_string(&text));
	bytes_free(&text);
}

static void printers_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct printers *s = screen->state;
	int shown = s->count < SHOWN ? s->count : SHOWN;
	struct canvas above = canvas_part(canvas, 0, 0, shown + 1, canvas->cols);
	list_draw((struct list *)&s->list, &above, !s->in_jobs);
	draw_about_printer(s, canvas, shown + 1);
	struct canvas below = canvas_part(canvas, shown + 3, 0, canvas->rows - shown - 3 - ABOUT_ROWS, canvas->cols);
	list_draw((struct list *)&s->jobs, &below, s->in_jobs);
	draw_about_job(s, canvas);
}

static bool printers_handle(struct screen *screen, const struct event *event)
{
	struct printers *s = screen->state;
	bool click = event->kind == EVENT_MOUSE && event->button == MOUSE_LEFT;
	if (event_is(event, K_TAB, 0)) {
		s->in_jobs = !s->in_jobs;
		screen_dirty(screen);
		return true;
	}
	if (click)
		s->in_jobs = event->row >= s->jobs.top;
	if (list_handle(s->in_jobs ? &s->jobs : &s->list, event))
		return true;
	/* The lists stand one above the other. */
	bool down = event_is(event, K_DOWN, 0), up = event_is(event, K_UP, 0);
	if ((down && !s->in_jobs) || (up && s->in_jobs)) {
		s->in_jobs = down;
		screen_dirty(screen);
		return true;
	}
	return false;
}

static void printers_resume(struct screen *screen)
{
	printers_read_again(screen->state);
}

static void printers_about(const struct screen *screen, struct about *about)
{
	const struct print_row *job = printers_job(screen->state);
	about->error = job && strcmp(job->state, "failed") == 0 ? job->reason : NULL;
}

const struct screen_kind printers_screen = {
	.name = "printers",
	.title = N_("MÁY IN"),
	.help = N_("Trên: máy in của quầy này (* là máy mặc định) và câu trả lời gần nhất của từng máy. Dưới: việc in của cả trung tâm.\n"
	           "Tab hay mũi tên để sang nhau. Không giấy nào tự in lại: giấy chưa xác nhận phải có người xem tờ giấy đã ra chưa."),
	.actions = printers_actions,
	.size = sizeof(struct printers),
	.open = printers_open,
	.draw = printers_draw,
	.handle = printers_handle,
	.resume = printers_resume,
	.close = printers_close,
	.about = printers_about,
};
