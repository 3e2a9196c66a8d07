/* SPDX-License-Identifier: Apache-2.0
 *
 *  BẢNG ĐIỀU HÀNH                               Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *  xã Núi Cấm, tỉnh An Giang — số liệu lúc 09:41:05
 *   Hồ sơ                                  Việc
 *  >Tiếp nhận hôm nay                 34    Chờ gửi đi                          2
 *   Đến hạn hôm nay                    5    Vướng mắc cần xử lý               ! 1
 *   Quá hạn                          ! 1    Giấy tờ chưa số hóa                12
 *  ─[Theo giờ]─ Ai giữ ── Quầy ── Cán bộ ── Hệ thống ────────────────────────────
 *   Giờ    Nhận
 *   08 giờ   14 ████████████████████████████████████████
 *   09 giờ    7 ████████████████████
 *  F1 Giúp  Enter Hồ sơ  F4 Bảng sau  Esc Về
 */
#include "tui/board_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/board_own.h"
#include "tui/desk.h"
#include "tui/kpi_screen.h"

/* Changes of a moment are read once; the clock makes dossiers late, and counters
 * act, without any notice: so it is also read on its own. */
enum { REST_MS = 300, TICK_MS = 5000, STALE_MS = 15000 };

static void start_read(struct board_view *view);

static void take_over(struct board_view *view, const struct board *board)
{
	const struct board before = view->board;
	view->board = *board;
	board_count(view, &before);
	arena_free(&view->memory);
	view->memory = view->coming;
	view->coming = (struct arena){ 0 };
	view->known = true;
	view->read_ms = view->screen->desk->loop->clock();
	board_forecast_due(view);
}

static void on_board(struct board_ask *ask, const struct board *board, const struct error *err)
{
	struct board_view *view = ask->owner;
	view->reading = false;
	if (err) {
		desk_tell(view->screen->desk, err);
		arena_free(&view->coming);
	} else {
		take_over(view, board);
	}
	screen_dirty(view->screen);
	if (view->again)
		start_read(view);
}

static void start_read(struct board_view *view)
{
	view->again = view->reading;
	if (view->reading)
		return;
	view->reading = true;
	view->ask = (struct board_ask){ .done = on_board, .into = &view->coming, .owner = view };
	board_read(duty_store(duty_of(view->screen)), &view->screen->scope, &view->ask);
}

static void on_soon(struct timer *timer)
{
	start_read(OWNER_OF(timer, struct board_view, soon));
}

static void on_tick(struct timer *timer)
{
	struct board_view *view = OWNER_OF(timer, struct board_view, tick);
	struct loop *loop = view->screen->desk->loop;
	if (!view->reading && loop->clock() - view->read_ms >= STALE_MS)
		start_read(view);
	screen_dirty(view->screen); /* the age of the figures */
	loop_after(loop, &view->tick, TICK_MS);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct board_view *view = OWNER_OF(listener, struct board_view, listener);
	(void)what, (void)id;
	screen_dirty(view->screen);
	if (!view->soon.armed)
		loop_after(view->screen->desk->loop, &view->soon, REST_MS);
}

static void board_open(struct screen *screen, const void *argument)
{
	(void)argument;
	struct board_view *view = screen->state;
	view->screen = screen;
	view->soon.fire = on_soon;
	view->tick.fire = on_tick;
	view->shown = PANE_FIRST;
	board_lists(view);
	board_forecast_begin(view);
	view->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &view->listener);
	loop_after(screen->desk->loop, &view->tick, TICK_MS);
	start_read(view);
}

static void board_close(struct screen *screen)
{
	struct board_view *view = screen->state;
	loop_cancel(screen->desk->loop, &view->soon);
	loop_cancel(screen->desk->loop, &view->tick);
	board_forecast_end(view);
	arena_free(&view->memory);
	arena_free(&view->coming);
}

static void board_resume(struct screen *screen)
{
	start_read(screen->state);
}

/* ---- keys ---- */

static void next_panel(struct board_view *view, int step)
{
	int panels = PANE_COUNT - PANE_FIRST;
	view->shown = (enum board_pane)(PANE_FIRST + ((int)view->shown - PANE_FIRST + step + panels) % panels);
	if (view->at >= PANE_FIRST)
		view->at = view->shown;
}

/* From the figures down to the panel and up again, left and right among them. */
static bool move_across(struct board_view *view, const struct event *event)
{
	bool below = view->at >= PANE_FIRST;
	if (event_is(event, K_TAB, 0))
		view->at = view->at == PANE_DOSSIERS ? PANE_TASKS : below ? PANE_DOSSIERS : view->shown;
	else if (event_is(event, K_TAB, MOD_SHIFT))
		view->at = view->at == PANE_DOSSIERS ? view->shown : below ? PANE_TASKS : PANE_DOSSIERS;
	else if (event_is(event, K_RIGHT, 0) || event_is(event, K_LEFT, 0)) {
		if (below)
			next_panel(view, event_is(event, K_RIGHT, 0) ? 1 : -1);
		else
			view->at = event_is(event, K_RIGHT, 0) ? PANE_TASKS : PANE_DOSSIERS;
	} else if (event_is(event, K_DOWN, 0) && !below)
		view->at = view->shown;
	else if (event_is(event, K_UP, 0) && below)
		view->at = PANE_DOSSIERS;
	else
		return false;
	return true;
}

/* A click goes to the list it falls into. */
static bool click(struct board_view *view, const struct event *event)
{
	for (int pane = 0; pane < PANE_COUNT; pane++) {
		bool there = pane < PANE_FIRST || view->wide || pane == (int)view->shown;
		if (!there || !list_handle(&view->lists[pane], event))
			continue;
		view->at = (enum board_pane)pane;
		if (pane >= PANE_FIRST)
			view->shown = view->at;
		return true;
	}
	return false;
}

static bool board_handle(struct screen *screen, const struct event *event)
{
	struct board_view *view = screen->state;
	if (event_is(event, K_ESC, 0)) { /* on a wall it is the lowest but the log-in: F10 leaves it */
		if (screen->below && screen->below->below)
			screen_pop(screen);
		return true;
	}
	if (event_is(event, K_ENTER, 0))
		board_drill(screen);
	else if (!(event->kind == EVENT_MOUSE ? click(view, event) : list_handle(&view->lists[view->at], event)) &&
	         !move_across(view, event))
		return false;
	screen_dirty(screen);
	return true;
}

static void run_next(struct screen *screen)
{
	next_panel(screen->state, 1);
}

static void run_explain(struct screen *screen)
{
	board_forecast_explain(screen);
}

static void run_kpi(struct screen *screen)
{
	if (!board_guarded(screen))
		screen_push(screen->desk, &kpi_screen, NULL);
}

static void on_practice(struct board_act *act, const struct error *err)
{
	struct board_view *view = act->owner;
	if (err)
		desk_tell(view->screen->desk, err);
	else
		desk_say(view->screen->desk, FAULT_NONE, "%s", _("Đã tạo số liệu tập duyệt: sáu tuần trước hôm nay, hồ sơ và người đều bịa."));
	view->forecast_ms = 0;
	start_read(view);
}

static bool may_practice(const struct screen *screen)
{
	return duty_of(screen)->facts->practice && !((const struct board_view *)screen->state)->practice.ask.slot;
}

static void run_practice(struct screen *screen)
{
	struct board_view *view = screen->state;
	view->practice = (struct board_act){ .done = on_practice, .owner = view };
	desk_say(screen->desk, FAULT_NONE, "%s", _("Đang tạo số liệu tập duyệt…"));
	board_practice_days(duty_store(duty_of(screen)), &screen->scope, &view->practice);
}

static void run_drill(struct screen *screen)
{
	board_drill(screen);
}

static const struct action actions[] = {
	{ "board-dossiers", "F8", N_("Hồ sơ"), N_("Những hồ sơ sau con số đang chọn (như Enter)."), NULL, run_drill },
	{ "board-kpi", "F6", N_("Chỉ số"), N_("Chỉ số theo Quyết định 766 của đơn vị: mất điểm ở đâu, vì hồ sơ nào."), NULL, run_kpi },
	{ "board-forecast", "F7", N_("Cách tính"), N_("Dự báo tính thế nào, sai bao nhiêu trong những ngày qua."), NULL, run_explain },
	{ "board-next", "F4", N_("Bảng sau"), N_("Bảng kế tiếp: theo giờ, ai giữ, quầy, cán bộ, hệ thống, dự báo, nên làm, hàng chờ."), NULL, run_next },
	{ "board-practice", NULL, NULL, N_("Tập duyệt: tạo một lần sáu tuần số liệu bịa cho bảng điều hành, dự báo, chỉ số."), may_practice, run_practice },
	{ 0 },
};

const struct screen_kind board_screen = {
	.name = "board",
	.title = N_("BẢNG ĐIỀU HÀNH"),
	.help = N_("Cả đơn vị trong ngày, tự cập nhật. Enter ở con số nào: những hồ sơ sau con số đó; Esc trở lại.\n"
	           "F4 hoặc ←→: bảng kế tiếp. Tab: giữa các bảng. Mất kết nối thì ghi rõ số liệu cũ bao lâu.\n"
	           "Tên công dân chỉ hiện chữ cái đầu; mỗi lần xem danh sách, mở hồ sơ đều được ghi lại."),
	.actions = actions,
	.size = sizeof(struct board_view),
	.open = board_open,
	.draw = board_draw,
	.handle = board_handle,
	.resume = board_resume,
	.close = board_close,
};

void board_enter(struct desk *desk)
{
	/* No search, no new dossier from a wall: only what is behind the figures, see board_guarded. */
	desk_name(desk, "%s", duty_at(desk)->facts->full_name);
	screen_push(desk, &board_screen, NULL);
}

void board_left_alone(struct desk *desk)
{
	if (!duty_at(desk))
		return;
	while (desk->top && desk->top->kind != &board_screen && desk->top->below)
		screen_pop(desk->top);
	if (desk->top && desk->top->kind == &board_screen)
		((struct board_view *)desk->top->state)->guarded = true;
}
