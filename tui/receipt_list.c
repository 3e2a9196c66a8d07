/* SPDX-License-Identifier: Apache-2.0
 *
 *  SỔ BIÊN LAI                              Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Từ 01/11/2026 đến 20/11/2026: 14 biên lai, 2 đã huỷ, cộng 1.204.000 đ
 *   Số           Lúc               Mã hồ sơ                Số tiền  Người thu
 *  >14/BLTP      20/11/2026 09:41  H01.999-261120-0007       8.000  Lê Thị Mận
 *  …
 *  F1 Giúp  Enter Hồ sơ  F4 Huỷ  F5 Từ ngày
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/base/typed.h"
#include "core/store/shift.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/shift_screen.h"

enum { MOST = 2000 };

struct register_ {
	struct list list;
	const struct receipt_row *rows;
	struct fresh fresh;
	struct receipts_ask ask;
	struct shift_act act;
	day_t first, last;
	int64_t total, paper;        /* what holds together; being cancelled     */
	int cancelled;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static struct arena arena;
	static char text[40];
	const struct receipt_row *r = &((const struct register_ *)owner)->rows[row];
	bool dead = r->cancelled_at != MOMENT_NONE;
	arena_free(&arena);
	out->role = dead ? ROLE_DIM : ROLE_TEXT;
	switch (column) {
	case 0: out->text = r->number; break;
	case 1: out->text = moment_write(r->made_at, text, sizeof text); break;
	case 2: out->text = r->code; break;
	case 3: out->text = text_money(&arena, r->total); break;
	default: out->text = dead ? _("đã huỷ") : r->by_name; break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct register_ *)owner)->rows[row].paper_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Số"), .width = 14 },
	{ .head = N_("Lúc"), .width = 17 },
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Số tiền"), .width = 11, .right = true },
	{ .head = N_("Người thu"), .width = 0 },
	{ 0 },
};

static void on_read(struct receipts_ask *ask, const struct receipt_row *rows, int count, const struct error *err)
{
	struct register_ *g = ask->owner;
	if (fresh_came(&g->fresh, err)) {
		g->rows = rows;
		g->total = 0;
		g->cancelled = 0;
		for (int i = 0; i < count; i++) {
			g->cancelled += rows[i].cancelled_at != MOMENT_NONE;
			g->total += rows[i].cancelled_at == MOMENT_NONE ? rows[i].total : 0;
		}
		list_set_count(&g->list, count);
	}
	fresh_taken(&g->fresh);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "again") == 0;
}

static void read_now(struct screen *screen)
{
	struct register_ *g = screen->state;
	g->ask = (struct receipts_ask){ .done = on_read, .into = &g->fresh.coming, .owner = g };
	receipts_read(duty_store(duty_of(screen)), &screen->scope, &g->ask, g->first, g->last, MOST);
}

static void register_open(struct screen *screen, const void *argument)
{
	struct register_ *g = screen->state;
	(void)argument;
	g->last = desk_today(screen->desk);
	struct date today = day_date(g->last);
	g->first = day_of(today.year, today.month, 1);
	g->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = g, .empty = N_("Không có biên lai nào trong những ngày này.") };
	g->fresh.heeds = heeds;
	fresh_open(&g->fresh, screen, read_now);
}

static void register_close(struct screen *screen)
{
	fresh_close(&((struct register_ *)screen->state)->fresh);
}

static const struct receipt_row *row_at(const struct screen *screen)
{
	const struct register_ *g = screen->state;
	return g->list.count ? &g->rows[g->list.at] : NULL;
}

static void register_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct register_ *g = screen->state;
	const struct receipt_row *r = row_at(screen);
	struct arena arena = { 0 };
	char from[16], to[16];
	struct canvas rows = canvas_part(canvas, 1, 0, canvas->rows - 3, canvas->cols);
	if (g->fresh.known)
		canvas_format(canvas, 0, 1, ROLE_DIM, _("Từ %s đến %s: %d biên lai, %d đã huỷ, cộng %s đ"), day_write(g->first, from, sizeof from),
		              day_write(g->last, to, sizeof to), g->list.count, g->cancelled, text_money(&arena, g->total));
	fresh_list(&g->fresh, (struct list *)&g->list, &rows, true);
	if (r && r->cancelled_at != MOMENT_NONE)
		canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_WARN, arena_format(&arena, _("Huỷ: %s"), r->reason));
	arena_free(&arena);
}

static bool register_handle(struct screen *screen, const struct event *event)
{
	struct register_ *g = screen->state;
	if (list_handle(&g->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) || !g->list.count)
		return false;
	if (row_at(screen)->dossier_id)
		screen_push(screen->desk, &dossier_screen, &(int64_t){ row_at(screen)->dossier_id });
	return true;
}

static void on_cancelled(struct shift_act *act, const struct error *err)
{
	struct register_ *g = act->owner;
	if (err)
		ask_refused(g->fresh.screen, err);
	else
		desk_say(g->fresh.screen->desk, FAULT_NONE, "%s", _("Đã huỷ biên lai; số ấy không dùng lại. Lập biên lai mới ở hồ sơ: Ctrl-O."));
	fresh_read(&g->fresh);
}

static const char *check_reason(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi lý do huỷ biên lai.");
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct register_ *g = screen->state;
	(void)data;
	if (!text || ask_busy(screen, g->act.ask.slot))
		return;
	g->act = (struct shift_act){ .done = on_cancelled, .owner = g };
	receipt_cancel(duty_store(duty_of(screen)), &screen->scope, &g->act, g->paper, text);
}

static bool may_cancel(const struct screen *screen)
{
	const struct receipt_row *r = row_at(screen);
	return r && r->cancelled_at == MOMENT_NONE;
}

static void run_cancel(struct screen *screen)
{
	struct register_ *g = screen->state;
	struct arena arena = { 0 };
	g->paper = row_at(screen)->paper_id;
	ask_for_text(screen, &(struct ask_text){ .question = arena_format(&arena, _("Huỷ biên lai số %s vì sao? (thu lại bản đã giao cho công dân)"),
		row_at(screen)->number), .max = 300, .check = check_reason }, on_reason, NULL);
	arena_free(&arena);
}

static const char *check_day(struct screen *screen, const char *text, void *data)
{
	(void)data;
	day_t day = typed_day(text, desk_today(screen->desk));
	return day == DAY_NONE || day > desk_today(screen->desk) ? _("Gõ ngày, ví dụ 20/11/2026.") : NULL;
}

static void on_day(struct screen *screen, const char *text, void *data)
{
	struct register_ *g = screen->state;
	(void)data;
	if (!text)
		return;
	g->first = typed_day(text, desk_today(screen->desk));
	list_set_count(&g->list, 0);
	fresh_other(&g->fresh);
}

static void run_days(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Xem biên lai từ ngày nào?"), .plain = true, .max = 20, .check = check_day }, on_day, NULL);
}

static const struct action actions[] = {
	{ "receipt-cancel", "F4", N_("Huỷ"), N_("Huỷ biên lai đang chọn, có lý do; số được giữ, không dùng lại."), may_cancel, run_cancel },
	{ "receipt-days", "F5", N_("Từ ngày"), N_("Xem biên lai từ một ngày khác tới hôm nay."), NULL, run_days },
	{ 0 },
};

const struct screen_kind receipt_list_screen = {
	.name = "receipts",
	.title = N_("SỔ BIÊN LAI"),
	.help = N_("Mọi số biên lai trong kỳ, không thiếu số nào; biên lai huỷ vẫn giữ số và lý do.\n"
	           "F4 huỷ: người lập hoặc người phụ trách. Enter mở hồ sơ, Ctrl-O ở đó lập biên lai mới."),
	.actions = actions,
	.size = sizeof(struct register_),
	.open = register_open,
	.draw = register_draw,
	.handle = register_handle,
	.close = register_close,
};
