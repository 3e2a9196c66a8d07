/* SPDX-License-Identifier: Apache-2.0
 *
 *  QUÁ HẠN                                      Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *   Mã hồ sơ              Chủ        Hẹn trả       Ai giữ
 *  >H01.999-261116-0002   Đ.Â.       ! 18/11/2026  Bộ Tư pháp đang giải quyết
 *  …
 *   1.004873 Cấp Giấy xác nhận tình trạng hôn nhân
 *  F1 Giúp  Enter Mở  Esc Về
 */
#include "tui/board_list.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/deadline.h"
#include "core/dossier/lifecycle.h"
#include "tui/board_own.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/fresh.h"
#include "tui/kpi_screen.h"
#include "tui/sync_words.h"
#include "tui/travel.h"

enum { MOST = 500 };

struct rows_view {
	const char *kind, *key;
	day_t from, to;
	struct list list;
	const struct board_row *rows;
	struct fresh fresh;
	struct board_list_ask ask;
};

static void due_cell(const struct rows_view *view, const struct board_row *row, struct list_cell *out)
{
	static char text[40];
	char day[16];
	bool late = deadline_late(row->status, row->due_at, desk_now(view->fresh.screen->desk));
	if (row->due_at == MOMENT_NONE) {
		out->text = _("không hẹn");
		out->role = ROLE_DIM;
		return;
	}
	snprintf(text, sizeof text, "%s%s", late ? "! " : "", day_write(moment_day(row->due_at), day, sizeof day));
	out->text = text;
	out->role = late ? ROLE_LATE : ROLE_TEXT;
}

static void cell(void *owner, int index, int column, struct list_cell *out)
{
	static char text[200];
	const struct rows_view *view = owner;
	const struct board_row *row = &view->rows[index];
	switch (column) {
	case 0: out->text = row->code; break;
	case 1:
		out->text = row->owner_masked;
		out->role = ROLE_PERSON;
		break;
	case 2: due_cell(view, row, out); break;
	case 3:
		out->text = *row->who ? board_who(row->who, sync_short_name(row->words), text, sizeof text) : status_name(row->status);
		break;
	case 4:
		out->text = travel_text(row->sync);
		out->role = travel_role(row->sync);
		break;
	default: out->text = row->procedure_name; break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct rows_view *)owner)->rows[row].dossier_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 23 },
	{ .head = N_("Chủ"), .width = 10 },
	{ .head = N_("Hẹn trả"), .width = 12 },
	{ .head = N_("Ai giữ"), .width = 0 },
	{ .head = N_("Gửi"), .width = 11, .from = 100 },
	{ .head = N_("Tên thủ tục"), .width = 40, .from = 120 },
	{ 0 },
};

static void on_read(struct board_list_ask *ask, const struct board_row *rows, int count, const struct error *err)
{
	struct rows_view *view = ask->owner;
	if (fresh_came(&view->fresh, err)) {
		view->rows = rows;
		list_set_count(&view->list, count);
		if (count == MOST)
			desk_say(view->fresh.screen->desk, FAULT_NONE, _("Chỉ hiện %d hồ sơ đầu."), MOST);
	}
	fresh_taken(&view->fresh);
}

static void read_now(struct screen *screen)
{
	struct rows_view *view = screen->state;
	view->ask = (struct board_list_ask){ .done = on_read, .into = &view->fresh.coming, .owner = view };
	struct store *store = duty_store(duty_of(screen));
	if (strncmp(view->kind, "kpi ", 4) == 0)
		board_kpi_list(store, &screen->scope, &view->ask, view->key, view->kind + 4, view->from, view->to, MOST);
	else
		board_list(store, &screen->scope, &view->ask, view->kind, view->key, MOST);
}

static void rows_open(struct screen *screen, const void *argument)
{
	const struct board_list_plan *plan = argument;
	struct rows_view *view = screen->state;
	view->kind = arena_string(&screen->arena, plan->kind);
	view->key = arena_string(&screen->arena, plan->key);
	view->from = plan->from;
	view->to = plan->to;
	screen->title = text_upper(&screen->arena, plan->title);
	view->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = view, .empty = N_("Không có hồ sơ nào.") };
	fresh_open(&view->fresh, screen, read_now);
}

static void rows_close(struct screen *screen)
{
	fresh_close(&((struct rows_view *)screen->state)->fresh);
}

static void rows_resume(struct screen *screen)
{
	fresh_read(&((struct rows_view *)screen->state)->fresh);
}

static void rows_draw(const struct screen *screen, struct canvas *canvas)
{
	struct rows_view *view = screen->state;
	struct canvas above = canvas_part(canvas, 0, 0, canvas->rows - 1, canvas->cols);
	fresh_list(&view->fresh, &view->list, &above, true);
	if (view->list.count) {
		const struct board_row *row = &view->rows[view->list.at];
		struct arena arena = { 0 };
		canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_DIM, arena_format(&arena, "%s %s", row->procedure_code, row->procedure_name));
		arena_free(&arena);
	}
}

static bool rows_handle(struct screen *screen, const struct event *event)
{
	struct rows_view *view = screen->state;
	if (event_is(event, K_ESC, 0)) {
		screen_pop(screen);
		return true;
	}
	if (event_is(event, K_ENTER, 0)) {
		if (view->list.count)
			screen_push(screen->desk, &dossier_screen, &(int64_t){ view->rows[view->list.at].dossier_id });
		return true;
	}
	return list_handle(&view->list, event);
}

static void rows_about(const struct screen *screen, struct about *about)
{
	const struct rows_view *view = screen->state;
	if (!view->list.count)
		return;
	about->dossier_id = view->rows[view->list.at].dossier_id;
	about->dossier = view->rows[view->list.at].code;
	about->procedure = view->rows[view->list.at].procedure_code;
}

static const struct action actions[] = {
	{ "board-list-kpi", "F6", N_("Chỉ số"), N_("Chỉ số QĐ 766 của hồ sơ đang chọn: thiếu trường nào, mất điểm gì."), kpi_may_show, kpi_show },
	{ 0 },
};

const struct screen_kind board_list_screen = {
	.name = "board-list",
	.title = N_("HỒ SƠ SAU CON SỐ"),
	.help = N_("Những hồ sơ sau con số vừa chọn, hẹn trả sớm nhất đứng đầu; tên công dân chỉ hiện chữ cái đầu.\n"
	           "Enter mở hồ sơ (được ghi lại là đã xem), Esc trở về bảng."),
	.actions = actions,
	.size = sizeof(struct rows_view),
	.open = rows_open,
	.draw = rows_draw,
	.handle = rows_handle,
	.resume = rows_resume,
	.close = rows_close,
	.about = rows_about,
};
