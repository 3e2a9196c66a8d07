/* SPDX-License-Identifier: Apache-2.0
 *
 *  CÁC ĐƠN VỊ CỦA TỈNH                            Người theo dõi · TẬP DUYỆT · 20/11 09:41
 *  tỉnh An Giang — số liệu lúc 09:41:05
 *   Đơn vị                  nhận   giữ  đến hạn  quá hạn  xong  chờ trả  từ chối  vướng
 *  >xã Núi Cấm                34   120        5      ! 1    20       12        1      2
 *  F1 Giúp  Enter Hồ sơ  F4 Ai giữ  F10 Ra
 */
#include "tui/province_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/store/province.h"
#include "tui/ask.h"
#include "tui/board_own.h"
#include "tui/desk.h"
#include "tui/fresh.h"
#include "tui/sync_words.h"

enum { AGAIN_MS = 15000, KINDS = 8 };

static const struct {
	const char *kind, *label;
} kinds[KINDS] = {
	{ "late", N_("Quá hạn") },                    { "due_today", N_("Đến hạn hôm nay") },
	{ "in_hand", N_("Đang giải quyết") },         { "received_today", N_("Tiếp nhận hôm nay") },
	{ "finished_today", N_("Xong hôm nay") },     { "to_hand_over", N_("Xong, chờ trả công dân") },
	{ "refused", N_("Bị hệ thống từ chối") },     { "problems", N_("Vướng mắc cần xử lý") },
};

const char *province_kind_label(const char *kind)
{
	for (int i = 0; i < KINDS; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return _(kinds[i].label);
	return strcmp(kind, "form06") == 0 ? _("Biểu 06") : kind;
}

struct province_view {
	struct list list;
	const struct province_unit *units;
	struct fresh fresh;
	struct province_ask ask;
	struct province_holders_ask holders;
	struct arena holders_memory;
	char unit[16];         /* being drilled into */
	int offered[KINDS];    /* kinds in the dialog */
	int64_t read_ms;
	moment_t at;
	struct timer tick;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[16];
	const struct province_unit *u = &((const struct province_view *)owner)->units[row];
	const int values[] = { u->received_today, u->in_hand, u->due_today, u->late, u->finished_today, u->to_hand_over, u->refused, u->problems };
	static const enum role roles[] = { ROLE_TEXT, ROLE_TEXT, ROLE_WARN, ROLE_LATE, ROLE_TEXT, ROLE_TEXT, ROLE_ERROR, ROLE_WARN };
	if (column == 0) {
		out->text = u->name;
		return;
	}
	int value = values[column - 1];
	snprintf(text, sizeof text, value && roles[column - 1] == ROLE_LATE ? "! %d" : "%d", value);
	out->text = text;
	out->role = value ? roles[column - 1] : ROLE_DIM;
}

static int64_t id_of(void *owner, int row)
{
	return list_id(0, ((const struct province_view *)owner)->units[row].code);
}

static const struct list_column columns[] = {
	{ .head = N_("Đơn vị"), .width = 0 },
	{ .head = N_("nhận"), .width = 6, .right = true },
	{ .head = N_("giữ"), .width = 6, .right = true },
	{ .head = N_("đến hạn"), .width = 7, .right = true },
	{ .head = N_("quá hạn"), .width = 7, .right = true },
	{ .head = N_("xong"), .width = 6, .right = true },
	{ .head = N_("chờ trả"), .width = 7, .right = true },
	{ .head = N_("từ chối"), .width = 7, .right = true },
	{ .head = N_("vướng"), .width = 6, .right = true },
	{ 0 },
};

static void on_units(struct province_ask *ask, const struct province_unit *units, int count, const struct error *err)
{
	struct province_view *view = ask->owner;
	if (fresh_came(&view->fresh, err)) {
		view->units = units;
		list_set_count(&view->list, count);
		view->read_ms = view->fresh.screen->desk->loop->clock();
		view->at = desk_now(view->fresh.screen->desk);
	}
	fresh_taken(&view->fresh);
}

static void read_now(struct screen *screen)
{
	struct province_view *view = screen->state;
	view->ask = (struct province_ask){ .done = on_units, .into = &view->fresh.coming, .owner = view };
	province_read(duty_store(duty_of(screen)), &screen->scope, &view->ask);
}

static void on_tick(struct timer *timer)
{
	struct province_view *view = OWNER_OF(timer, struct province_view, tick);
	fresh_read(&view->fresh);
	screen_dirty(view->fresh.screen);
	loop_after(view->fresh.screen->desk->loop, &view->tick, AGAIN_MS);
}

static void province_open(struct screen *screen, const void *argument)
{
	struct province_view *view = screen->state;
	(void)argument;
	view->tick.fire = on_tick;
	view->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = view, .empty = N_("Tỉnh chưa có đơn vị nào ở đây.") };
	loop_after(screen->desk->loop, &view->tick, AGAIN_MS);
	fresh_open(&view->fresh, screen, read_now);
}

static void province_close(struct screen *screen)
{
	struct province_view *view = screen->state;
	loop_cancel(screen->desk->loop, &view->tick);
	fresh_close(&view->fresh);
	arena_free(&view->holders_memory);
}

static void province_draw(const struct screen *screen, struct canvas *canvas)
{
	struct province_view *view = screen->state;
	const struct duty *duty = duty_of(screen);
	struct canvas rows = canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->cols);
	int col = 1 + canvas_format(canvas, 0, 1, ROLE_DIM, "%s", duty->facts->parent_name);
	if (view->fresh.known) {
		int64_t old = (screen->desk->loop->clock() - view->read_ms) / 1000;
		struct clock clock = moment_clock(view->at);
		char when[16], age[32];
		snprintf(when, sizeof when, "%02d:%02d:%02d", clock.hour, clock.minute, clock.second);
		col += canvas_format(canvas, 0, col, ROLE_DIM, _(" — số liệu lúc %s"), when);
		if (!duty->on_line || old > 60)
			canvas_format(canvas, 0, col, ROLE_LATE, duty->on_line ? _("  ! cũ %s") : _("  ! cũ %s, mất kết nối"),
			              sync_age(view->at, view->at + old, age, sizeof age));
	}
	fresh_list(&view->fresh, &view->list, &rows, true);
}

/* ---- behind a unit ---- */

static void on_kind(struct screen *screen, int choice, void *data)
{
	struct province_view *view = screen->state;
	(void)data;
	if (choice >= 0)
		screen_push(screen->desk, &province_list_screen, &(struct province_list_plan){ view->unit, kinds[view->offered[choice]].kind,
			_(kinds[view->offered[choice]].label) });
}

static void run_list(struct screen *screen)
{
	struct province_view *view = screen->state;
	char text[KINDS][80];
	const char *labels[KINDS];
	int count = 0;
	if (!view->list.count)
		return;
	const struct province_unit *u = &view->units[view->list.at];
	const int values[KINDS] = { u->late, u->due_today, u->in_hand, u->received_today, u->finished_today, u->to_hand_over,
		u->refused, u->problems };
	snprintf(view->unit, sizeof view->unit, "%s", u->code);
	for (int i = 0; i < KINDS; i++) {
		if (!values[i])
			continue;
		snprintf(text[count], sizeof text[0], "%s: %d", _(kinds[i].label), values[i]);
		labels[count] = text[count];
		view->offered[count++] = i;
	}
	if (count)
		ask_choice(screen, u->name, labels, count, 0, on_kind, NULL);
	else
		desk_say(screen->desk, FAULT_NONE, "%s", _("Không có hồ sơ nào ở dòng này."));
}

static void on_holders(struct province_holders_ask *ask, const struct province_holder *holders, int count, const struct error *err)
{
	struct province_view *view = ask->owner;
	struct bytes text = { 0 };
	char who[200];
	for (int i = 0; i < count; i++)
		bytes_format(&text, _("%s: %d quá hạn (lâu nhất %d ngày), %d còn phải xong hôm nay\n"),
		             board_who(holders[i].who, sync_short_name(holders[i].whose), who, sizeof who), holders[i].late, holders[i].days, holders[i].due);
	if (err)
		desk_tell(view->fresh.screen->desk, err);
	else if (screen_is_top(view->fresh.screen))
		ask_read(view->fresh.screen, _("Ai giữ hồ sơ quá hạn, đến hạn hôm nay"),
		         count ? bytes_string(&text) : _("Không có hồ sơ quá hạn hay đến hạn hôm nay."), NULL, NULL);
	bytes_free(&text);
	arena_free(&view->holders_memory);
}

static void run_holders(struct screen *screen)
{
	struct province_view *view = screen->state;
	if (!view->list.count || view->holders.ask.slot)
		return;
	view->holders = (struct province_holders_ask){ .done = on_holders, .into = &view->holders_memory, .owner = view };
	province_holders(duty_store(duty_of(screen)), &screen->scope, &view->holders, view->units[view->list.at].code);
}

static void run_form06(struct screen *screen)
{
	const struct province_view *view = screen->state;
	if (view->list.count)
		screen_push(screen->desk, &province_form06_screen,
		            &(struct province_form06_plan){ view->units[view->list.at].code, view->units[view->list.at].name });
}

static bool province_handle(struct screen *screen, const struct event *event)
{
	struct province_view *view = screen->state;
	if (event_is(event, K_ENTER, 0))
		run_list(screen);
	else if (!event_is(event, K_ESC, 0)) /* F10 leaves it */
		return list_handle(&view->list, event);
	return true;
}

static const struct action actions[] = {
	{ "province-list", "F8", N_("Hồ sơ"), N_("Những hồ sơ sau các con số của đơn vị đang chọn (như Enter)."), NULL, run_list },
	{ "province-form06", "F5", N_("Biểu 06"), N_("Biểu 06 của đơn vị đang chọn: tháng, quý, năm."), NULL, run_form06 },
	{ "province-holders", "F4", N_("Ai giữ"), N_("Ai giữ hồ sơ quá hạn, đến hạn hôm nay của đơn vị đang chọn."), NULL, run_holders },
	{ 0 },
};

const struct screen_kind province_screen = {
	.name = "province",
	.title = N_("CÁC ĐƠN VỊ CỦA TỈNH"),
	.help = N_("Mỗi đơn vị một dòng, nhiều hồ sơ quá hạn nhất đứng đầu; chỉ xem. Enter: mã những hồ sơ sau từng con số.\n"
	           "Tỉnh không thấy tên hay số của công dân; mỗi danh sách đã xem được ghi lại cho đơn vị."),
	.actions = actions,
	.size = sizeof(struct province_view),
	.open = province_open,
	.draw = province_draw,
	.handle = province_handle,
	.close = province_close,
};

void province_enter(struct desk *desk)
{
	desk_name(desk, "%s", duty_at(desk)->facts->full_name);
	screen_push(desk, &province_screen, NULL);
}
