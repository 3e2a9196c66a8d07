/* SPDX-License-Identifier: Apache-2.0
 *
 * The dossiers behind a figure of one unit, by code. */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/deadline.h"
#include "core/dossier/lifecycle.h"
#include "core/store/province.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/province_screen.h"

enum { MOST = 500 };

struct rows_view {
	struct list list;
	const struct province_row *rows;
	struct arena memory;
	struct province_list_ask ask;
	struct screen *screen;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[24], day[16];
	const struct rows_view *view = owner;
	const struct province_row *r = &view->rows[row];
	bool late = deadline_late(r->status, r->due_at, desk_now(view->screen->desk));
	switch (column) {
	case 0: out->text = r->code; break;
	case 1: out->text = day_write(moment_day(r->received_at), text, sizeof text); break;
	case 2:
		snprintf(text, sizeof text, "%s%s", late ? "! " : "", r->due_at == MOMENT_NONE ? "—" : day_write(moment_day(r->due_at), day, sizeof day));
		out->text = text;
		out->role = late ? ROLE_LATE : ROLE_TEXT;
		break;
	case 3: out->text = status_name(r->status); break;
	default: out->text = r->procedure_name; break;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Tiếp nhận"), .width = 10 },
	{ .head = N_("Hẹn trả"), .width = 12 },
	{ .head = N_("Trạng thái"), .width = 16 },
	{ .head = N_("Tên thủ tục"), .width = 0 },
	{ 0 },
};

static void on_rows(struct province_list_ask *ask, const struct province_row *rows, int count, const struct error *err)
{
	struct rows_view *view = ask->owner;
	if (err) {
		desk_tell(view->screen->desk, err);
	} else {
		view->rows = rows;
		list_set_count(&view->list, count);
		if (count == MOST)
			desk_say(view->screen->desk, FAULT_NONE, _("Chỉ hiện %d hồ sơ đầu."), MOST);
	}
	screen_dirty(view->screen);
}

static void rows_open(struct screen *screen, const void *argument)
{
	const struct province_list_plan *plan = argument;
	struct rows_view *view = screen->state;
	view->screen = screen;
	screen->title = text_upper(&screen->arena, plan->title);
	view->list = (struct list){ .columns = columns, .cell = cell, .owner = view, .empty = N_("Không có hồ sơ nào.") };
	view->ask = (struct province_list_ask){ .done = on_rows, .into = &view->memory, .owner = view };
	province_list(duty_store(duty_of(screen)), &screen->scope, &view->ask, plan->unit_code, plan->kind, MOST);
}

static void rows_close(struct screen *screen)
{
	arena_free(&((struct rows_view *)screen->state)->memory);
}

static void rows_draw(const struct screen *screen, struct canvas *canvas)
{
	list_draw(&((struct rows_view *)screen->state)->list, canvas, true);
}

static bool rows_handle(struct screen *screen, const struct event *event)
{
	if (event_is(event, K_ESC, 0)) {
		screen_pop(screen);
		return true;
	}
	return list_handle(&((struct rows_view *)screen->state)->list, event);
}

const struct screen_kind province_list_screen = {
	.name = "province-list",
	.title = N_("HỒ SƠ CỦA ĐƠN VỊ"),
	.help = N_("Mã hồ sơ, thủ tục, ngày hẹn của đơn vị; không có tên, số của công dân. Muốn biết hơn thì hỏi đơn vị theo mã. Esc trở về."),
	.size = sizeof(struct rows_view),
	.open = rows_open,
	.draw = rows_draw,
	.handle = rows_handle,
	.close = rows_close,
};
