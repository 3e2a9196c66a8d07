/* SPDX-License-Identifier: Apache-2.0
 *
 * What is done less often with the queue: set aside, put back, cancel, serve somebody
 * without a number, book one, open and close the counter, send elsewhere. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/queue_own.h"

enum { SERIES_MOST = 26 };

static const struct queue_ticket *row_at(const struct queue_panel *panel)
{
	return panel->list.count ? &panel->rows[panel->list.at] : NULL;
}

/* ---- which series ---- */

static void ask_series(struct screen *screen, const char *question, void (*then)(struct screen *, int, void *))
{
	struct queue_panel *panel = screen->state;
	const char *choices[SERIES_MOST];
	struct arena arena = { 0 };
	int count = 0;
	for (; count < panel->series.count && count < SERIES_MOST; count++)
		choices[count] = arena_format(&arena, "%s · %s", panel->series.series[count].series, panel->series.series[count].name);
	if (count)
		ask_choice(screen, question, choices, count, 0, then, NULL);
	else
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Đơn vị chưa lập hàng đợi nào: người phụ trách nạp bằng lệnh motcua queue."));
	arena_free(&arena);
}

static const char *series_at(const struct queue_panel *panel, int choice)
{
	return choice >= 0 && choice < panel->series.count ? panel->series.series[choice].series : NULL;
}

/* ---- sent elsewhere ---- */

static void on_counter(struct screen *screen, const char *text, void *data)
{
	struct queue_panel *panel = screen->state;
	(void)data;
	if (text && queue_act_begin(panel, _("Đã chuyển.")))
		queue_transfer(queue_store(panel), &screen->scope, &panel->act, panel->subject, "", text, "");
}

static void on_move(struct screen *screen, int choice, void *data)
{
	struct queue_panel *panel = screen->state;
	const char *series = series_at(panel, choice - 1);
	(void)data;
	if (choice == 0)
		ask_for_text(screen, &(struct ask_text){ .question = _("Chuyển đến quầy nào? (mã quầy, ví dụ Q2)"), .max = 12, .plain = true },
		             on_counter, NULL);
	else if (series && queue_act_begin(panel, _("Đã chuyển.")))
		queue_transfer(queue_store(panel), &screen->scope, &panel->act, panel->subject, series, "", "");
}

void queue_move(struct screen *screen)
{
	struct queue_panel *panel = screen->state;
	const char *choices[SERIES_MOST + 1];
	struct arena arena = { 0 };
	int count = 0;
	if (!panel->here)
		return;
	panel->subject = panel->here->ticket_id;
	choices[count++] = _("Một quầy…");
	for (int i = 0; i < panel->series.count && count <= SERIES_MOST; i++)
		choices[count++] = arena_format(&arena, _("Hàng %s · %s"), panel->series.series[i].series, panel->series.series[i].name);
	ask_choice(screen, arena_format(&arena, _("Chuyển số %s đến đâu?"), panel->here->number), choices, count, count > 1, on_move, NULL);
	arena_free(&arena);
}

/* ---- the rest ---- */

static void on_walk_in(struct screen *screen, int choice, void *data)
{
	struct queue_panel *panel = screen->state;
	const char *series = series_at(panel, choice);
	(void)data;
	if (series && queue_act_begin(panel, _("Đang phục vụ.")))
		queue_walk_in(queue_store(panel), &screen->scope, &panel->act, series);
}

static void on_booked(struct queue_ask *ask, const struct error *err)
{
	struct queue_panel *panel = ask->owner;
	char text[40];
	panel->acting = false;
	if (err)
		desk_tell(panel->screen->desk, err);
	else
		desk_say(panel->screen->desk, FAULT_NONE, _("Mã hẹn %s, lúc %s: đọc cho người hẹn; đến thì gõ mã ở máy lấy số."), ask->code,
		         moment_write(ask->slot, text, sizeof text));
}

static const char *check_slot(struct screen *screen, const char *text, void *data)
{
	(void)data;
	return typed_moment(text, desk_today(screen->desk), desk_today(screen->desk)) == MOMENT_NONE ? _("Gõ giờ:phút, thêm ngày/tháng nếu không phải hôm nay: 09:30 hoặc 09:30 24/11.") : NULL;
}

static void on_slot(struct screen *screen, const char *text, void *data)
{
	struct queue_panel *panel = screen->state;
	const char *series = series_at(panel, panel->choice);
	(void)data;
	if (!text || !series || !queue_act_begin(panel, ""))
		return;
	panel->act.done = on_booked;
	panel->act.into = &screen->arena;
	queue_book(queue_store(panel), &screen->scope, &panel->act, series, typed_moment(text, desk_today(screen->desk), desk_today(screen->desk)));
}

static void on_book(struct screen *screen, int choice, void *data)
{
	struct queue_panel *panel = screen->state;
	(void)data;
	panel->choice = choice;
	if (choice >= 0)
		ask_for_text(screen, &(struct ask_text){ .question = _("Hẹn lúc nào? (giờ:phút, thêm ngày/tháng nếu không phải hôm nay)"), .max = 20,
			.plain = true, .check = check_slot }, on_slot, NULL);
}

static void on_cancel(struct screen *screen, const char *text, void *data)
{
	struct queue_panel *panel = screen->state;
	(void)data;
	if (text && queue_act_begin(panel, _("Đã huỷ số.")))
		queue_cancel(queue_store(panel), &screen->scope, &panel->act, panel->subject, text);
}

static void on_broken(struct screen *screen, const char *text, void *data)
{
	struct queue_panel *panel = screen->state;
	(void)data;
	if (text && queue_act_begin(panel, _("Quầy không nhận số nữa.")))
		queue_counter(queue_store(panel), &screen->scope, &panel->act, "out_of_order", text);
}

enum more { PARK, RELEASE, BACK, CANCEL, WALK_IN, BOOK, OPEN, PAUSE, CLOSE, BROKEN };

static void on_ticket(struct screen *screen, enum more wanted)
{
	struct queue_panel *panel = screen->state;
	const struct queue_ticket *row = row_at(panel);
	struct store *store = queue_store(panel);
	if (wanted == PARK || wanted == RELEASE) {
		if (panel->here && queue_act_begin(panel, wanted == PARK ? _("Đã tạm gác.") : _("Đã trả số về hàng đợi.")))
			queue_act(store, &screen->scope, &panel->act, panel->here->ticket_id, wanted == PARK ? "park" : "release");
	} else if (!row) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Chọn một số trong danh sách trước."));
	} else if (wanted == BACK) {
		if (queue_act_begin(panel, _("Đã trở lại hàng đợi.")))
			queue_back(store, &screen->scope, &panel->act, row->ticket_id);
	} else {
		panel->subject = row->ticket_id;
		ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao huỷ số này?") }, on_cancel, NULL);
	}
}

static void on_more(struct screen *screen, int choice, void *data)
{
	static const char *const states[] = { "open", "paused", "closed" };
	struct queue_panel *panel = screen->state;
	(void)data;
	switch (choice) {
	case PARK:
	case RELEASE:
	case BACK:
	case CANCEL: on_ticket(screen, (enum more)choice); break;
	case WALK_IN: ask_series(screen, _("Phục vụ người không lấy số, về việc gì?"), on_walk_in); break;
	case BOOK: ask_series(screen, _("Hẹn số cho việc gì?"), on_book); break;
	case OPEN:
	case PAUSE:
	case CLOSE:
		if (queue_act_begin(panel, _("Đã ghi.")))
			queue_counter(queue_store(panel), &screen->scope, &panel->act, states[choice - OPEN], "");
		break;
	case BROKEN:
		ask_for_text(screen, &(struct ask_text){ .question = _("Quầy hỏng vì sao?") }, on_broken, NULL);
		break;
	default: break;
	}
}

void queue_more(struct screen *screen)
{
	const char *const choices[] = { _("Tạm gác số của quầy"), _("Trả số đang gọi về hàng đợi"), _("Số đang chọn trở lại hàng đợi"),
		_("Huỷ số đang chọn…"), _("Người không lấy số…"), _("Hẹn số cho người gọi điện…"), _("Mở quầy"), _("Tạm ngừng quầy"),
		_("Đóng quầy"), _("Quầy hỏng…") };
	ask_choice(screen, _("Việc khác với hàng đợi:"), choices, (int)(sizeof choices / sizeof choices[0]), 0, on_more, NULL);
}
