/* SPDX-License-Identifier: Apache-2.0
 *
 *  HÀNG ĐỢI                                 Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Quầy đang mở
 *
 *   A012   Hộ tịch · ưu tiên: Người cao tuổi
 *          → đang gọi lần 1, lúc 09:41. Enter: đã đến, mở hồ sơ mới; F4 gọi lại; F6 vắng
 *
 *   Số     Hàng đợi                      lấy lúc   chờ   ghi chú
 *  >A013   Hộ tịch                         09:20    21
 *   Đang chờ   A 3 (21)   B 0   C 5 (31)
 *  F1 Giúp  F2 Mới  F4 Gọi lại  F5 Gọi số  F6 Vắng  F7 Chuyển  F8 Thêm  F9 Xong
 */
#include "tui/queue_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/desk.h"
#include "tui/queue_own.h"
#include "tui/receive.h"

enum { REST_MS = 200 };

struct store *queue_store(struct queue_panel *panel)
{
	return duty_store(duty_of(panel->screen));
}

static const char *counter_of(struct queue_panel *panel)
{
	return duty_of(panel->screen)->facts->counter;
}

/* ---- reading ---- */

static void start_read(struct queue_panel *panel);
static void enter(struct screen *screen);

static void take_over(struct queue_panel *panel)
{
	int64_t at = panel->list.count ? panel->rows[panel->list.at].ticket_id : 0;
	arena_free(&panel->memory);
	panel->memory = panel->coming;
	panel->coming = (struct arena){ 0 };
	panel->shown = panel->ask;
	panel->known = true;
	bool mine = panel->shown.count && strcmp(panel->shown.tickets[0].part, "here") == 0;
	panel->here = mine ? panel->shown.tickets : NULL;
	panel->rows = panel->shown.tickets + mine;
	list_set_count(&panel->list, panel->shown.count - mine);
	for (int i = 0; i < panel->list.count; i++)
		if (panel->rows[i].ticket_id == at)
			panel->list.at = i;
}

/* The Enter that came too early, as soon as what is shown is how things stand: what
 * was read before the act, or is read once more, is not. */
static void enter_now(struct queue_panel *panel)
{
	if (!panel->enter_later || panel->acting || panel->again)
		return;
	panel->enter_later = false;
	if (screen_is_top(panel->screen))
		enter(panel->screen);
}

/* Tickets and series are asked for together and come one after the other. */
static void came(struct queue_panel *panel)
{
	screen_dirty(panel->screen);
	if (--panel->reading)
		return;
	if (panel->again)
		start_read(panel);
	else
		enter_now(panel);
}

static void on_series(struct queue_ask *ask, const struct error *err)
{
	struct queue_panel *panel = ask->owner;
	if (err) {
		arena_free(&panel->series_coming);
	} else {
		arena_free(&panel->series_memory);
		panel->series_memory = panel->series_coming;
		panel->series_coming = (struct arena){ 0 };
		panel->series = *ask;
	}
	came(panel);
}

static void on_read(struct queue_ask *ask, const struct error *err)
{
	struct queue_panel *panel = ask->owner;
	if (err) {
		panel->enter_later = false;
		desk_tell(panel->screen->desk, err);
		arena_free(&panel->coming);
	} else {
		take_over(panel);
	}
	came(panel);
}

static void start_read(struct queue_panel *panel)
{
	struct scope *scope = &panel->screen->scope;
	panel->again = panel->reading;
	if (panel->reading)
		return;
	panel->reading = 2;
	panel->read_at = panel->screen->desk->loop->clock();
	panel->ask = (struct queue_ask){ .done = on_read, .into = &panel->coming, .owner = panel };
	queue_read(queue_store(panel), scope, &panel->ask, counter_of(panel));
	panel->series_ask = (struct queue_ask){ .done = on_series, .into = &panel->series_coming, .owner = panel };
	queue_read_series(queue_store(panel), scope, &panel->series_ask);
}

static void on_soon(struct timer *timer)
{
	start_read(OWNER_OF(timer, struct queue_panel, soon));
}

/* At once, unless the last reading is younger than the rest: a busy hall tells often. */
static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct queue_panel *panel = OWNER_OF(listener, struct queue_panel, listener);
	struct loop *loop = panel->screen->desk->loop;
	int64_t left = panel->read_at + REST_MS - loop->clock();
	(void)id;
	if ((strcmp(what, "queue") == 0 || strcmp(what, "again") == 0) && !panel->soon.armed)
		loop_after(loop, &panel->soon, left > 0 ? (int)left : 0);
}

/* ---- acts ---- */

bool queue_act_begin(struct queue_panel *panel, const char *done_text)
{
	if (panel->acting) {
		desk_say(panel->screen->desk, FAULT_INPUT, "%s", _("Việc trước chưa xong, đợi giây lát."));
		return false;
	}
	panel->acting = true;
	panel->intake = false;
	snprintf(panel->label, sizeof panel->label, "%s", done_text);
	panel->act = (struct queue_ask){ .done = queue_act_done, .owner = panel };
	return true;
}

void queue_act_done(struct queue_ask *ask, const struct error *err)
{
	struct queue_panel *panel = ask->owner;
	struct desk *desk = panel->screen->desk;
	panel->acting = false;
	start_read(panel);
	if (err)
		desk_tell(desk, err);
	else if (panel->intake)
		receive_new(desk, NULL);
	else if (*panel->label)
		desk_say(desk, FAULT_NONE, "%s", panel->label);
}

static void on_called(struct queue_ask *ask, const struct error *err)
{
	struct queue_panel *panel = ask->owner;
	struct desk *desk = panel->screen->desk;
	panel->acting = false;
	start_read(panel);
	if (err)
		desk_tell(desk, err);
	else if (!ask->ticket_id)
		desk_say(desk, FAULT_NONE, "%s", _("Không còn ai chờ ở hàng đợi của quầy này. Quầy vẫn mở."));
	else
		desk_say(desk, FAULT_NONE, _("Đã gọi số %s."), ask->number);
}

static void run_call(struct screen *screen)
{
	struct queue_panel *panel = screen->state;
	if (!queue_act_begin(panel, ""))
		return;
	panel->act.done = on_called;
	queue_call_next(queue_store(panel), &screen->scope, &panel->act);
}

static void act_here(struct screen *screen, const char *act, const char *said)
{
	struct queue_panel *panel = screen->state;
	if (panel->here && queue_act_begin(panel, said))
		queue_act(queue_store(panel), &screen->scope, &panel->act, panel->here->ticket_id, act);
}

static bool is_here(const struct screen *screen, const char *state)
{
	const struct queue_panel *panel = screen->state;
	return panel->here && (!state || strcmp(panel->here->state, state) == 0);
}

static bool may_called(const struct screen *screen)
{
	return is_here(screen, "called");
}

static bool may_here(const struct screen *screen)
{
	return is_here(screen, NULL);
}

static void run_recall(struct screen *screen)
{
	act_here(screen, "recall", _("Đã gọi lại."));
}

static void run_no_show(struct screen *screen)
{
	act_here(screen, "no_show", _("Đã ghi vắng. Người ấy quay lại thì chọn số, Enter."));
}

static void run_done(struct screen *screen)
{
	act_here(screen, "done", _("Đã xong."));
}

/* Forms are filled in for fields; a lane without fields hands things over. */
static bool has_forms(const struct queue_panel *panel, const char *series)
{
	for (int i = 0; i < panel->series.count; i++)
		if (strcmp(panel->series.series[i].series, series) == 0)
			return panel->series.series[i].forms;
	return true;
}

/* The citizen has come: served from now on, and the form is there. */
static void run_intake(struct screen *screen)
{
	struct queue_panel *panel = screen->state;
	if (!is_here(screen, "called")) {
		receive_new(screen->desk, NULL);
		return;
	}
	bool form = has_forms(panel, panel->here->queue);
	act_here(screen, "serve", form ? "" : _("Đang phục vụ. F3 tìm hồ sơ, F2 hồ sơ mới, F9 xong."));
	panel->intake = form;
}

/* A hand that is faster than the line means what it is about to see. */
static void run_enter(struct screen *screen)
{
	struct queue_panel *panel = screen->state;
	panel->enter_later = panel->acting || panel->reading;
	if (!panel->enter_later)
		enter(screen);
}

static void enter(struct screen *screen)
{
	struct queue_panel *panel = screen->state;
	if (panel->here) {
		run_intake(screen);
	} else if (panel->list.count && strcmp(panel->rows[panel->list.at].state, "waiting") != 0) {
		if (queue_act_begin(panel, _("Đã gọi.")))
			queue_call(queue_store(panel), &screen->scope, &panel->act, panel->rows[panel->list.at].ticket_id);
	} else {
		run_call(screen);
	}
}

/* ---- the screen ---- */

static void queue_open(struct screen *screen, const void *argument)
{
	struct queue_panel *panel = screen->state;
	panel->screen = screen;
	panel->soon.fire = on_soon;
	queue_list(panel);
	panel->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &panel->listener);
	if (argument && *(const bool *)argument)
		run_call(screen);
	start_read(panel);
}

static void queue_close(struct screen *screen)
{
	struct queue_panel *panel = screen->state;
	loop_cancel(screen->desk->loop, &panel->soon);
	arena_free(&panel->memory);
	arena_free(&panel->coming);
	arena_free(&panel->series_memory);
	arena_free(&panel->series_coming);
}

static void queue_resume(struct screen *screen)
{
	start_read(screen->state);
}

static bool queue_handle(struct screen *screen, const struct event *event)
{
	struct queue_panel *panel = screen->state;
	if (event_is(event, K_ENTER, 0))
		run_enter(screen);
	else if (!list_handle(&panel->list, event))
		return false;
	screen_dirty(screen);
	return true;
}

void queue_call_from(struct screen *screen)
{
	screen_push(screen->desk, &queue_screen, &(bool){ true });
}

static const struct action actions[] = {
	{ "queue-intake", "F2", N_("Mới"), N_("Người được gọi đã đến: bắt đầu phục vụ, mở hồ sơ mới (Enter cũng được)."), NULL, run_intake },
	{ "queue-recall", "F4", N_("Gọi lại"), N_("Gọi lại số đang gọi; mỗi lần cách nhau, không quá số lần quy định."), may_called, run_recall },
	{ "queue-call", "F5", N_("Gọi số"), N_("Xong số đang phục vụ và gọi số tiếp; máy chọn theo quy tắc của đơn vị."), NULL, run_call },
	{ "queue-no-show", "F6", N_("Vắng"), N_("Người được gọi không đến; quay lại vẫn được gọi."), may_called, run_no_show },
	{ "queue-move", "F7", N_("Chuyển"), N_("Chuyển số này sang hàng đợi khác hoặc một quầy."), may_here, queue_move },
	{ "queue-more", "F8", N_("Thêm"), N_("Tạm gác, trở lại hàng, huỷ số, người không lấy số, hẹn số; mở, tạm ngừng, đóng quầy."), NULL, queue_more },
	{ "queue-done", "F9", N_("Xong"), N_("Xong số đang phục vụ, chưa gọi số khác."), may_here, run_done },
	{ 0 },
};

const struct screen_kind queue_screen = {
	.name = "queue",
	.title = N_("HÀNG ĐỢI"),
	.help = N_("Số của quầy này, người đang chờ, người tạm gác hoặc vắng.\n"
	           "F5 gọi số tiếp theo quy tắc đã đặt; Enter khi người ấy đến. Hồ sơ nhận trong lúc phục vụ được ghi vào số ấy.\n"
	           "Chọn một số vắng, tạm gác hoặc chuyển đến quầy này rồi Enter để gọi riêng số ấy."),
	.actions = actions,
	.size = sizeof(struct queue_panel),
	.open = queue_open,
	.draw = queue_draw,
	.handle = queue_handle,
	.resume = queue_resume,
	.close = queue_close,
};
