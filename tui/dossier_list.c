/* SPDX-License-Identifier: Apache-2.0
 *
 *  TÌM HỒ SƠ
 *  Tìm  >nguyen thi hong^                        mã, tên không dấu, số thẻ, điện thoại
 *
 *   Mã hồ sơ              Chủ hồ sơ                Thủ tục      Hẹn trả    Gửi
 *  >H01.999-261120-0007   Nguyễn Thị Hồng          1.004873     26/11/2026 ● đã nhận
 *  …
 *  F1 Giúp  F2 Mới  F3 Tìm  Enter Mở  Esc Về
 */
#include "tui/dossier_list_own.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/desk.h"
#include "tui/dossier_batch.h"
#include "tui/dossier_screen.h"
#include "tui/program.h"

#define MOST_ROWS 200
#define MOST_OF_FIGURE 1000
/* A search starts by itself when the hand rests, so that the list follows. */
#define REST_MS   250

static void start_read(struct dossiers *d);

static void on_found(struct find_ask *ask, const struct found *rows, int count,
                     const struct error *err)
{
	struct dossiers *d = ask->owner;
	d->reading = false;
	if (err) {
		desk_tell(d->screen->desk, err);
		arena_free(&d->coming);
	} else {
		arena_free(&d->memory);
		d->memory = d->coming;
		d->coming = (struct arena){ 0 };
		d->rows = rows;
		d->searched = true;
		d->typed = d->typed && (d->again || d->rest.armed);
		list_set_count(&d->list, count);
		if (d->figure.kind && count == MOST_OF_FIGURE)
			desk_say(d->screen->desk, FAULT_NONE, _("Chỉ hiện %d hồ sơ đầu; chọn kỳ ngắn hơn hoặc một lĩnh vực."), count);
		else if (!d->figure.kind && count == MOST_ROWS)
			desk_say(d->screen->desk, FAULT_NONE,
			         _("Còn nhiều hơn %d hồ sơ: gõ thêm để lọc."), MOST_ROWS);
	}
	screen_dirty(d->screen);
	if (d->again)
		start_read(d);
	else if (d->scanned && !err && count == 1 && screen_is_top(d->screen) && strcmp(rows[0].code, d->query.text) == 0)
		dossier_open_scanned(d->screen, rows[0].dossier_id); /* in place of the list */
}

static void start_read(struct dossiers *d)
{
	d->again = d->reading;
	if (d->reading || (!d->day_kind && field_empty(&d->query)))
		return;
	d->reading = true;
	d->ask = (struct find_ask){ .done = on_found, .into = &d->coming, .owner = d };
	struct store *store = duty_store(duty_of(d->screen));
	if (d->figure.kind)
		report_dossiers(store, &d->screen->scope, &d->ask, &d->figure, d->row_key, d->column, MOST_OF_FIGURE);
	else if (d->day_kind)
		find_day(store, &d->screen->scope, &d->ask, d->day_kind, MOST_ROWS);
	else if (d->words)
		find_words(store, &d->screen->scope, &d->ask, d->query.text, MOST_ROWS);
	else
		find_start(store, &d->screen->scope, &d->ask, d->query.text, NULL, MOST_ROWS);
}

static void on_rest(struct timer *timer)
{
	start_read(OWNER_OF(timer, struct dossiers, rest));
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	(void)what, (void)id;
	struct dossiers *d = OWNER_OF(listener, struct dossiers, listener);
	if (d->figure.kind) /* counted at its moment; Esc and Enter count anew */
		return;
	if (!d->rest.armed && (d->day_kind || d->searched))
		loop_after(d->screen->desk->loop, &d->rest, REST_MS);
}

static void dossiers_open(struct screen *screen, const void *argument)
{
	const struct dossier_list_plan *plan = argument;
	struct dossiers *d = screen->state;
	d->screen = screen;
	d->rest.fire = on_rest;
	d->scanned = plan->scanned;
	d->day_kind = plan->day_kind ? arena_string(&screen->arena, plan->day_kind) : NULL;
	if (plan->report) {
		d->day_kind = "report";
		d->figure = *plan->report;
		d->figure.narrow = arena_string(&screen->arena, plan->report->narrow);
		d->figure.personal = false;
		d->figure.reason = "";
		d->row_key = arena_string(&screen->arena, plan->row_key);
		d->column = arena_string(&screen->arena, plan->column);
	}
	if (plan->title)
		screen->title = text_upper(&screen->arena, plan->title);
	field_init(&d->query, &screen->arena, &screen->desk->composer);
	field_set(&d->query, plan->query ? plan->query : "");
	d->on_list = d->day_kind != NULL;
	d->list = (struct list){ .columns = dossiers_columns, .cell = dossiers_cell, .owner = d,
		.empty = d->day_kind ? N_("Không có hồ sơ nào.")
		                        : N_("Gõ mã hồ sơ, tên không dấu, số thẻ hoặc số điện thoại.") };
	d->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &d->listener);
	start_read(d);
}

static void dossiers_close(struct screen *screen)
{
	struct dossiers *d = screen->state;
	loop_cancel(screen->desk->loop, &d->rest);
	arena_free(&d->memory);
	arena_free(&d->coming);
}

static void dossiers_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct dossiers *d = screen->state;
	struct canvas rows = *canvas;
	if (!d->day_kind) {
		canvas_text(canvas, 0, 1, ROLE_LABEL, _("Tìm"));
		field_draw((struct field *)&d->query, canvas, 0, 6, canvas->cols < 100 ? 32 : 48,
		           !d->on_list);
		canvas_text(canvas, 0, canvas->cols < 100 ? 39 : 56, d->words ? ROLE_WARN : ROLE_DIM,
		            d->words ? _("chữ trong giấy tờ đã quét") : _("mã, tên không dấu, số thẻ, điện thoại"));
		rows = canvas_part(canvas, 2, 0, canvas->rows - 2, canvas->cols);
	}
	if (d->searched && d->list.count == 0 && !d->day_kind)
		canvas_text(canvas, 3, 1, ROLE_TEXT,
		            d->words ? _("Không giấy tờ nào có đủ các chữ ấy trên một trang. Bớt chữ; F4 tìm theo hồ sơ.")
		                     : _("Không thấy hồ sơ nào. Bớt chữ, hoặc tìm bằng mã, số thẻ; F4 tìm trong giấy tờ."));
	else
		list_draw((struct list *)&d->list, &rows, d->on_list);
}

static void open_row(struct dossiers *d)
{
	if (d->list.count == 0)
		return;
	int64_t id = d->rows[d->list.at].dossier_id;
	screen_push(d->screen->desk, &dossier_screen, &id);
}

static void mark(struct dossiers *d)
{
	struct desk *desk = d->screen->desk;
	int64_t id = d->list.count ? d->rows[d->list.at].dossier_id : 0;
	int at = dossiers_mark_of(d, id);
	if (!id)
		return;
	if (at < d->marked_count) {
		memmove(d->marked + at, d->marked + at + 1, sizeof *d->marked * (size_t)(d->marked_count - at - 1));
		d->marked_count--;
	} else if (d->marked_count < LIST_DOSSIERS_MOST) {
		d->marked[d->marked_count++] = id;
	}
	if (d->list.at + 1 < d->list.count)
		d->list.at++;
	if (d->marked_count)
		desk_say(desk, FAULT_NONE, _("%d hồ sơ đã đánh dấu: F9 in chung một lần; Dấu cách đánh dấu hay bỏ."), d->marked_count);
	else
		desk_say(desk, FAULT_NONE, "%s", _("Không còn hồ sơ nào được đánh dấu."));
}

static bool query_handle(struct dossiers *d, const struct event *event)
{
	if (event_is(event, K_DOWN, 0) || event_is(event, K_TAB, 0)) {
		d->on_list = d->list.count > 0;
		return true;
	}
	if (event_is(event, K_ENTER, 0)) {
		/* News that is being read once more holds up no Enter. */
		if (d->list.count == 1 && !d->typed)
			open_row(d);
		else if (d->list.count > 1 && !d->typed)
			d->on_list = true;
		else
			start_read(d);
		return true;
	}
	if (!field_handle(&d->query, event))
		return false;
	if (d->query.changed) {
		d->query.changed = d->scanned = false;
		d->typed = true;
		loop_after(d->screen->desk->loop, &d->rest, REST_MS);
	}
	return true;
}

static bool dossiers_handle(struct screen *screen, const struct event *event)
{
	struct dossiers *d = screen->state;
	if (!d->on_list && query_handle(d, event))
		return true;
	if (d->on_list && list_handle(&d->list, event))
		return true;
	if (d->on_list && event->kind == EVENT_TEXT && strcmp(event->text, " ") == 0) {
		mark(d);
		screen_dirty(screen);
		return true;
	}
	if (event_is(event, K_ENTER, 0) && d->on_list) {
		open_row(d);
		return true;
	}
	if (d->on_list && !d->day_kind &&
	    (event_is(event, K_UP, 0) || event_is(event, K_TAB, 0) || event->kind == EVENT_TEXT)) {
		d->on_list = false;
		return event->kind == EVENT_TEXT ? query_handle(d, event) : true;
	}
	if (event_is(event, K_ESC, 0)) {
		screen_pop(screen);
		return true;
	}
	return false;
}

static bool may_words(const struct screen *screen)
{
	return !((const struct dossiers *)screen->state)->day_kind;
}

static void run_words(struct screen *screen)
{
	struct dossiers *d = screen->state;
	d->words = !d->words;
	d->searched = d->on_list = false;
	list_set_count(&d->list, 0);
	d->list.columns = d->words ? dossiers_words_columns : dossiers_columns;
	d->list.cell = d->words ? dossiers_words_cell : dossiers_cell;
	d->list.empty = d->words ? N_("Gõ những chữ nhớ được trong giấy tờ, không cần dấu.")
	                         : N_("Gõ mã hồ sơ, tên không dấu, số thẻ hoặc số điện thoại.");
	start_read(d);
	screen_dirty(screen);
}

/* Those marked, else the one under the cursor. */
static void run_print(struct screen *screen)
{
	struct dossiers *d = screen->state;
	if (d->marked_count)
		batch_ask(screen, d->marked, d->marked_count);
	else if (d->on_list && d->list.count)
		batch_ask(screen, &d->rows[d->list.at].dossier_id, 1);
	else
		batch_ask(screen, NULL, 0);
}

static const struct action actions[] = {
	{ "dossiers-print", "F9", N_("In chung"), N_("In chung một lần: giấy tiếp nhận hay biên bản giao nhận các hồ sơ đã đánh dấu (Dấu cách), sổ theo dõi của một kỳ."), NULL, run_print },
	{ "dossiers-words", "F4", N_("Chữ trong giấy"), N_("Tìm chữ đọc được trong giấy tờ đã quét, hay trở về tìm theo hồ sơ."), may_words, run_words },
	{ 0 },
};

static void dossiers_about(const struct screen *screen, struct about *about)
{
	const struct dossiers *d = screen->state;
	if (!d->on_list || !d->list.count)
		return;
	const struct found *found = &d->rows[d->list.at];
	about->dossier_id = found->dossier_id;
	about->dossier = found->code;
	about->procedure = found->procedure_code;
}

static bool dossiers_reached(const struct screen *screen, const char *what)
{
	const struct dossiers *d = screen->state;
	return strcmp(what, "found") == 0 && d->list.count > 0;
}

const struct screen_kind dossier_list_screen = {
	.name = "dossiers",
	.title = N_("TÌM HỒ SƠ"),
	.help = N_("Gõ mã hồ sơ (của mình hay của hệ thống khác), tên không cần dấu, số thẻ hoặc số điện thoại.\n"
	           "Quét mã QR trên giấy hẹn thì hồ sơ mở ra ngay. Enter mở hồ sơ, Esc trở về.\n"
	           "Dấu cách đánh dấu nhiều hồ sơ, F9 in chung: giấy tiếp nhận, biên bản giao nhận, sổ theo dõi.\n"
	           "F4: tìm chữ trong giấy tờ đã quét (nếu quầy đọc chữ khi quét); mọi chữ phải ở cùng một trang."),
	.actions = actions,
	.size = sizeof(struct dossiers),
	.open = dossiers_open,
	.draw = dossiers_draw,
	.handle = dossiers_handle,
	.close = dossiers_close,
	.about = dossiers_about,
	.reached = dossiers_reached,
};
