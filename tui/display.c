/* SPDX-License-Identifier: Apache-2.0
 *
 *  xã Núi Cấm                        MỜI SỐ                               09:41
 *
 *      ███    ███    ██   ████          → QUẦY     █████
 *     █   █  █   █  █ █  █    █                    …
 *
 *   A012   Quầy 3          A011   Quầy 1  …      (the last five)
 *   Đang chờ   A 3   B 0   C 12
 *
 * Numbers and counters only (Law 91/2025/QH15; domain §10): no name, no code.
 */
#include "tui/display.h"

#include <stdio.h>
#include <string.h>

#include "core/base/child.h"
#include "core/base/log.h"
#include "core/base/say.h"
#include "core/store/hall.h"
#include "tui/desk.h"
#include "tui/figure.h"
#include "tui/term.h"

enum {
	LAST_CALLS = 5,
	NEW_SECONDS = 12,    /* a call is shown as new for so long      */
	BLINK_MS = 500,
	SOON_MS = 60,        /* several changes at once are read once   */
	AGAIN_MS = 15000,    /* read anyway: a lost hint costs no more  */
	SOUND_MS = 20000,    /* a player may not hang                   */
	GAP = 10,            /* cells between number and counter, a scale */
	WIDE_COLS = 180,     /* room for the last calls as figures, too */
};

struct display {
	struct screen *screen;
	struct hall *hall;
	char sound[300];
	bool bell;
	struct hall_board board, shown;
	bool known, reading, again;
	int64_t newest;          /* the last call that was announced; -1: none yet */
	int64_t read_ms;         /* when shown was read, loop clock */
	moment_t lost_at;        /* MOMENT_NONE: the line is up */
	bool refused;
	char trouble[320];
	bool inverse;
	struct timer soon, again_timer, blink;
	struct child player;
	bool playing;
};

static void read_board(struct display *d);

/* ---- a new call ---- */

static void on_played(struct child *child)
{
	struct display *d = OWNER_OF(child, struct display, player);
	if (child->status != 0)
		log_line(LOG_NOTE, "the sound command ended with %d: %.200s", child->status, bytes_string(&child->err));
	child_clear(child);
	d->playing = false;
}

/* The administrator's own words, in motcua.ini. */
static void play(struct display *d)
{
	const char *const argv[] = { "/bin/sh", "-c", d->sound, NULL };
	const struct child_plan plan = { .argv = argv, .timeout_ms = SOUND_MS };
	struct error err = { 0 };
	if (d->playing)
		return;
	d->playing = child_start(d->screen->desk->loop, &d->screen->scope, &d->player, &plan, on_played, &err);
	if (!d->playing)
		log_error("playing the sound of a call", &err);
}

static void announce(struct display *d)
{
	if (d->bell)
		term_beep(d->screen->desk->term);
	else if (*d->sound)
		play(d);
}

/* Seconds since a call, as of now. */
static int age_of(const struct display *d, const struct hall_call *call)
{
	return call->age + (int)((d->screen->desk->loop->clock() - d->read_ms) / 1000);
}

static bool fresh(const struct display *d, const struct hall_call *call)
{
	return d->known && age_of(d, call) < NEW_SECONDS;
}

static void on_blink(struct timer *timer)
{
	struct display *d = OWNER_OF(timer, struct display, blink);
	bool any = d->shown.call_count && fresh(d, &d->shown.calls[0]);
	d->inverse = any && !d->inverse;
	screen_dirty(d->screen);
	if (any)
		loop_after(d->screen->desk->loop, timer, BLINK_MS);
}

/* ---- reading ---- */

static void on_board(struct hall_board *board, const struct error *err)
{
	struct display *d = board->owner;
	d->reading = false;
	screen_dirty(d->screen);
	if (err)
		log_error("reading the calls", err);
	else {
		d->shown = *board;
		d->known = true;
		d->read_ms = d->screen->desk->loop->clock();
		int64_t newest = board->call_count ? board->calls[0].call : 0;
		/* What was called before this screen began is no news. */
		if (newest > d->newest && (d->newest >= 0 || fresh(d, &board->calls[0]))) {
			announce(d);
			d->inverse = true;
			loop_after(d->screen->desk->loop, &d->blink, BLINK_MS);
		}
		d->newest = newest;
	}
	if (d->again)
		read_board(d);
}

static void read_board(struct display *d)
{
	d->again = d->reading;
	if (d->reading || !hall_up(d->hall))
		return;
	d->reading = true;
	d->board.done = on_board;
	d->board.owner = d;
	hall_read_board(d->hall, &d->screen->scope, &d->board);
}

static void on_soon(struct timer *timer)
{
	read_board(OWNER_OF(timer, struct display, soon));
}

static void on_again(struct timer *timer)
{
	struct display *d = OWNER_OF(timer, struct display, again_timer);
	read_board(d);
	screen_dirty(d->screen); /* the clock */
	loop_after(d->screen->desk->loop, timer, AGAIN_MS);
}

static void on_changed(struct hall *hall)
{
	struct display *d = hall_owner(hall);
	if (!d->soon.armed)
		loop_after(d->screen->desk->loop, &d->soon, SOON_MS);
}

static void on_line(struct hall *hall, const struct error *err)
{
	struct display *d = hall_owner(hall);
	struct desk *desk = d->screen->desk;
	if (err) {
		d->refused = err->fault == FAULT_DENIED;
		snprintf(d->trouble, sizeof d->trouble, "%s", err->say);
		if (d->lost_at == MOMENT_NONE)
			d->lost_at = desk_now(desk);
		d->reading = d->again = false;
	} else {
		const struct hall_facts *facts = hall_facts(hall);
		d->lost_at = MOMENT_NONE;
		if (facts) {
			desk->ahead = facts->server_now - moment_now();
			desk->practice = facts->practice;
		}
		read_board(d);
	}
	screen_dirty(d->screen);
}

static void display_open(struct screen *screen, const void *argument)
{
	const struct display_plan *plan = argument;
	struct display *d = screen->state;
	struct error err = { 0 };
	d->screen = screen;
	d->newest = -1;
	d->lost_at = desk_now(screen->desk);
	d->bell = !plan->sound;
	snprintf(d->sound, sizeof d->sound, "%s", plan->sound ? plan->sound : "");
	d->soon.fire = on_soon;
	d->again_timer.fire = on_again;
	d->blink.fire = on_blink;
	d->hall = hall_open(screen->desk->loop, plan->login, &(struct hall_calls){ on_line, on_changed, d }, &err);
	if (!d->hall)
		snprintf(d->trouble, sizeof d->trouble, "%s", err.say);
	else
		loop_after(screen->desk->loop, &d->again_timer, AGAIN_MS);
}

static void display_close(struct screen *screen)
{
	struct display *d = screen->state;
	loop_cancel(screen->desk->loop, &d->soon);
	loop_cancel(screen->desk->loop, &d->again_timer);
	loop_cancel(screen->desk->loop, &d->blink);
	d->hall = hall_close(d->hall);
}

/* ---- drawing ---- */

static void draw_top(const struct display *d, struct canvas *canvas)
{
	struct clock now = moment_clock(desk_now(d->screen->desk));
	const struct hall_facts *facts = d->hall ? hall_facts(d->hall) : NULL;
	canvas_fill(canvas, 0, 0, 1, canvas->cols, ROLE_TITLE);
	canvas_text(canvas, 0, 1, ROLE_TITLE, facts ? facts->unit_name : "");
	const char *head = d->screen->desk->practice ? _("MỜI ĐẾN QUẦY · TẬP DUYỆT") : _("MỜI ĐẾN QUẦY");
	canvas_text(canvas, 0, (canvas->cols - canvas_fit(head, canvas->cols, NULL)) / 2, ROLE_TITLE, head);
	canvas_format(canvas, 0, canvas->cols - 7, ROLE_TITLE, "%02d:%02d", now.hour, now.minute);
}

/* What can be drawn large of a counter's name: "Quầy 3" is 3; "" when nothing can. */
static const char *counter_figure(const char *counter)
{
	const char *last = strrchr(counter, ' ');
	last = last ? last + 1 : counter;
	return strlen(last) <= 3 && figure_may(last) ? last : "";
}

/* How large a call can be drawn: beside each other, or the number above the counter. */
struct call_shape {
	int scale, rows; /* scale 0: as text */
	bool stacked;
};
static struct call_shape shape_of(const struct hall_call *call, const char *figure, int rows, int cols)
{
	struct call_shape shape = { .rows = 1 };
	if (!figure_may(call->number))
		return shape;
	for (int scale = 1; figure_cols(call->number, scale) <= cols; scale++) {
		int beside = figure_cols(call->number, scale) + GAP * scale + figure_cols(figure, scale);
		if (beside <= cols && *figure && figure_rows(scale) + 2 <= rows)
			shape = (struct call_shape){ scale, figure_rows(scale) + 2, false };
		else if (2 * figure_rows(scale) + 3 <= rows)
			shape = (struct call_shape){ scale, 2 * figure_rows(scale) + 3, true };
		else if (!shape.scale && figure_rows(scale) + 3 <= rows) /* the counter in words below */
			shape = (struct call_shape){ scale, figure_rows(scale) + 3, true };
	}
	return shape;
}

/* Number and counter as large as they go; returns rows used. */
static int draw_call(const struct display *d, struct canvas *part, const struct hall_call *call, int most)
{
	enum role role = fresh(d, call) && d->inverse ? ROLE_SELECTED : ROLE_HEAD;
	const char *figure = counter_figure(call->counter);
	struct call_shape shape = shape_of(call, figure, most, part->cols);
	int scale = shape.scale, wide = figure_cols(call->number, scale), tall = figure_rows(scale);
	if (!scale) {
		canvas_format(part, 0, 1, role, " %s → %s ", call->number, call->counter);
		return 1;
	}
	canvas_fill(part, 0, 0, shape.rows, part->cols, role);
	if (!shape.stacked) {
		int left = (part->cols - wide - GAP * scale - figure_cols(figure, scale)) / 2;
		figure_draw(part, 1, left, scale, role, call->number);
		canvas_text(part, 1 + tall / 2, left + wide + (GAP * scale - 6) / 2, role, _("→ Quầy"));
		figure_draw(part, 1, left + wide + GAP * scale, scale, role, figure);
		return shape.rows;
	}
	figure_draw(part, 1, (part->cols - wide) / 2, scale, role, call->number);
	if (shape.rows >= 2 * tall + 3 && *figure) {
		int left = (part->cols - figure_cols(figure, scale)) / 2;
		canvas_text(part, 2 + tall + tall / 2, left > 8 ? left - 8 : 0, role, _("→ Quầy"));
		figure_draw(part, 2 + tall, left, scale, role, figure);
	} else {
		canvas_format(part, 1 + tall, (part->cols - wide) / 2, role, "→ %s", call->counter);
	}
	return shape.rows;
}

/* The last calls, one below the other. */
static void draw_last(const struct display *d, struct canvas *part)
{
	int each = part->rows >= LAST_CALLS * 2 + 1 ? 2 : 1;
	canvas_text(part, 0, 2, ROLE_LABEL, _("Vừa gọi"));
	for (int i = 0; i < d->shown.call_count && i < LAST_CALLS; i++) {
		const struct hall_call *call = &d->shown.calls[i];
		enum role role = fresh(d, call) && d->inverse ? ROLE_SELECTED : ROLE_TEXT;
		canvas_cell(part, 1 + i * each, 2, 8, role, call->number);
		canvas_format(part, 1 + i * each, 10, role, "→ %s ", call->counter);
		if (call->calls > 1)
			canvas_format(part, 1 + i * each, 30, ROLE_DIM, _("gọi lần %d"), call->calls);
	}
}

/* On a large wall the last calls are figures, too. */
static void draw_last_large(const struct display *d, struct canvas *part)
{
	int each = figure_rows(1) + 2;
	canvas_text(part, 0, 2, ROLE_LABEL, _("Vừa gọi"));
	for (int i = 0; i < d->shown.call_count && i < LAST_CALLS; i++) {
		const struct hall_call *call = &d->shown.calls[i];
		struct canvas one = canvas_part(part, 1 + i * each, 0, each, part->cols);
		draw_call(d, &one, call, each);
	}
}

static void draw_waiting(const struct display *d, struct canvas *canvas, int row)
{
	int col = 2 + canvas_text(canvas, row, 2, ROLE_LABEL, _("Đang chờ")) + 3;
	for (int i = 0; i < d->shown.waiting_count; i++)
		col += canvas_format(canvas, row, col, d->shown.waiting[i].waiting ? ROLE_TEXT : ROLE_DIM, "%s %d",
		                     d->shown.waiting[i].series, d->shown.waiting[i].waiting) + 3;
}

/* Honest about what it cannot know. */
static void draw_line(const struct display *d, struct canvas *canvas, int row)
{
	if (d->lost_at == MOMENT_NONE)
		return;
	struct clock at = moment_clock(d->lost_at);
	canvas_fill(canvas, row, 0, 1, canvas->cols, ROLE_ERROR);
	if (d->refused || !d->hall)
		canvas_format(canvas, row, 1, ROLE_ERROR, "! %s", d->trouble);
	else if (d->known)
		canvas_format(canvas, row, 1, ROLE_ERROR,
		              _("! Mất kết nối từ %02d:%02d: các số trên đây có thể chưa mới. Mời nghe gọi tại quầy."),
		              at.hour, at.minute);
	else
		canvas_text(canvas, row, 1, ROLE_ERROR, _("! Đang nối với máy chủ…"));
}

static void display_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct display *d = screen->state;
	bool wide = canvas->cols >= WIDE_COLS && canvas->rows >= LAST_CALLS * 9 + 5;
	int right = wide ? figure_cols("A000", 1) + GAP + figure_cols("00", 1) + 2 : 0;
	draw_top(d, canvas);
	struct canvas main_part = canvas_part(canvas, 2, 0, canvas->rows - 5, canvas->cols - right);
	if (!d->shown.call_count) {
		canvas_text(&main_part, main_part.rows / 3, 2, ROLE_DIM,
		            d->known ? _("Chưa gọi số nào hôm nay.") : "");
	} else {
		int most = wide ? main_part.rows - 2 : main_part.rows - LAST_CALLS - 2;
		int used = draw_call(d, &main_part, &d->shown.calls[0], most);
		struct canvas list = wide ? canvas_part(canvas, 2, canvas->cols - right, canvas->rows - 5, right)
		                          : canvas_part(&main_part, used + 1, 0, main_part.rows - used - 1, main_part.cols);
		if (wide)
			draw_last_large(d, &list);
		else
			draw_last(d, &list);
	}
	draw_waiting(d, canvas, canvas->rows - 3);
	draw_line(d, canvas, canvas->rows - 1);
}

/* Nobody stands at this screen: F10 or Ctrl-C ends it. */
static bool display_handle(struct screen *screen, const struct event *event)
{
	if (event_is(event, K_F10, 0) || event_is(event, 'c', MOD_CTRL))
		desk_quit(screen->desk);
	return true;
}

const struct screen_kind display_screen = {
	.name = "display",
	.title = N_("BẢNG GỌI SỐ"),
	.size = sizeof(struct display),
	.bare = true,
	.lock = true,
	.open = display_open,
	.draw = display_draw,
	.handle = display_handle,
	.close = display_close,
};
