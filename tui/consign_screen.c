/* SPDX-License-Identifier: Apache-2.0
 *
 *  CHUYẾN GIAO NHẬN                         Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  Giao bưu chính · Bưu cục Núi Cấm · đang lập
 *  F5 thêm, F6 số vận đơn và cước, F4 phiếu gửi; đủ rồi thì F9 in biên bản.
 *   Mã hồ sơ              Người gửi/nhận           Phiếu gửi      Giấy  Tình trạng
 * > H01.999-261120-0007   Nguyễn Thị Hồng        EA123456789VN     1  trong chuyến
 *  …
 *   Ấp 1, xã Núi Cấm · cước 20.000 đồng
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "tui/consign_own.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/program.h"
#include "tui/receive.h"
#include "tui/reception.h"

static const char *state_text(const char *state)
{
	static const struct {
		const char *state, *text;
	} states[] = { { "listed", N_("trong chuyến") }, { "under_way", N_("đang đi") }, { "delivered", N_("đã giao") }, { "returned", N_("! chuyển hoàn") },
		{ "opened", N_("đã tiếp nhận") } };
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(states[i].state, state) == 0)
			return _(states[i].text);
	return state;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[16];
	const struct consign_view *v = owner;
	const struct consign_item *one = &v->items[row];
	bool waits = consign_is(v, "signed") && !consign_out(v) && strcmp(one->state, "listed") == 0;
	switch (column) {
	case 0: out->text = *one->code ? one->code : strcmp(one->what, "result") == 0 ? _("(kết quả)") : _("(chưa có mã)"); break;
	case 1:
		out->text = one->person;
		out->role = ROLE_PERSON;
		break;
	case 2: out->text = one->slip; break;
	case 3:
		snprintf(text, sizeof text, "%d", one->papers);
		out->text = text;
		break;
	default:
		out->text = waits ? _("! chờ tiếp nhận") : state_text(one->state);
		out->role = waits || strcmp(one->state, "returned") == 0 ? ROLE_WARN : ROLE_DIM;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Người gửi/nhận"), .width = 0 },
	{ .head = N_("Phiếu gửi"), .width = 14 },
	{ .head = N_("Giấy"), .width = 4, .right = true },
	{ .head = N_("Tình trạng"), .width = 15 },
	{ 0 },
};

/* ---- reading: the batch, then its lines ---- */

static void on_items(struct consign_items_ask *ask, const struct consign_item *items, int count, const struct error *err)
{
	struct consign_view *v = ask->owner;
	if (fresh_came(&v->fresh, err)) {
		v->head = v->coming_head;
		v->items = items;
		list_set_count(&v->list, count);
	}
	fresh_taken(&v->fresh);
}

static void on_head(struct consignments_ask *ask, const struct consignment *rows, int count, const struct error *err)
{
	struct consign_view *v = ask->owner;
	struct screen *screen = v->fresh.screen;
	if (err || !count) {
		fresh_came(&v->fresh, err);
		v->head.state = NULL;
		list_set_count(&v->list, 0);
		fresh_taken(&v->fresh);
		return;
	}
	v->coming_head = rows[0];
	v->items_ask = (struct consign_items_ask){ .done = on_items, .into = &v->fresh.coming, .owner = v };
	consign_items_read(duty_store(duty_of(screen)), &screen->scope, &v->items_ask, v->id);
}

static void read_now(struct screen *screen)
{
	struct consign_view *v = screen->state;
	v->head_ask = (struct consignments_ask){ .done = on_head, .into = &v->fresh.coming, .owner = v };
	consignments_read(duty_store(duty_of(screen)), &screen->scope, &v->head_ask, v->id, 1);
}

/* ---- the screen ---- */

static void consign_open_screen(struct screen *screen, const void *argument)
{
	struct consign_view *v = screen->state;
	v->id = *(const int64_t *)argument;
	v->list = (struct list){ .columns = columns, .cell = cell, .owner = v, .empty = N_("Chuyến chưa có gì. F5 thêm, hoặc quét.") };
	fresh_open(&v->fresh, screen, read_now);
}

static void consign_close(struct screen *screen)
{
	struct consign_view *v = screen->state;
	fresh_close(&v->fresh);
	arena_free(&v->typed);
	arena_free(&v->slips_memory);
}

static const char *what_next(const struct consign_view *v, struct arena *arena)
{
	char at[32];
	if (consign_is(v, "open"))
		return consign_out(v) && consign_post(v) ? _("F5 thêm, F6 số vận đơn và cước, F4 phiếu gửi; đủ rồi thì F9 in biên bản.") : _("F5 thêm, hoặc quét; đếm xong thì F9 in biên bản.");
	if (consign_is(v, "printed"))
		return arena_format(arena, _("%s đã in: hai bên ký trên giấy rồi F9; không ký thì F7 huỷ."), v->head.number);
	if (consign_is(v, "void"))
		return arena_format(arena, _("Đã huỷ%s%s: %s"), *v->head.number ? " " : "", v->head.number, v->head.reason);
	moment_write(v->head.signed_at, at, sizeof at);
	return arena_format(arena, consign_out(v) ? consign_post(v) ? _("%s, ký %s. F9: bưu chính báo đã phát, chuyển hoàn.") : _("%s, ký %s. Đã giao.")
	                                         : _("%s, ký %s. Enter: mở tiếp nhận từng hồ sơ."), v->head.number, at);
}

static void draw_line(const struct consign_item *one, struct canvas *canvas)
{
	struct arena arena = { 0 };
	const char *parts[5];
	int n = 0;
	if (*one->address)
		parts[n++] = one->address;
	if (one->postage)
		parts[n++] = arena_format(&arena, _("cước bưu chính %s đồng"), text_money(&arena, one->postage));
	if (one->collected)
		parts[n++] = arena_format(&arena, _("phí thu hộ %s đồng"), text_money(&arena, one->collected));
	if (one->slip_printed)
		parts[n++] = _("đã in phiếu gửi");
	if (*one->note)
		parts[n++] = one->note;
	const char *line = one->complete ? "" : _("! chưa đủ");
	for (int i = 0; i < n; i++)
		line = arena_format(&arena, "%s%s%s", line, *line ? " · " : "", parts[i]);
	canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, one->complete ? ROLE_DIM : ROLE_WARN, line);
	arena_free(&arena);
}

static void consign_draw(const struct screen *screen, struct canvas *canvas)
{
	struct consign_view *v = screen->state;
	struct arena arena = { 0 };
	struct canvas rows = canvas_part(canvas, 2, 0, canvas->rows - 4, canvas->cols);
	if (v->head.state) {
		canvas_cell(canvas, 0, 1, canvas->cols - 2, ROLE_TEXT, arena_format(&arena, "%s · %s", consign_out(v) ? consign_post(v) ? _("Giao bưu chính") : _("Giao tận tay")
			: consign_post(v) ? _("Nhận của bưu chính") : _("Nhận của cơ quan khác"), v->head.agency));
		canvas_cell(canvas, 1, 1, canvas->cols - 2, consign_is(v, "printed") ? ROLE_WARN : ROLE_DIM, what_next(v, &arena));
	}
	list_draw(&v->list, &rows, true);
	if (consign_here(v))
		draw_line(consign_here(v), canvas);
	arena_free(&arena);
}

/* What was counted in becomes a dossier; what is one is shown. */
static void enter(struct screen *screen)
{
	const struct consign_view *v = screen->state;
	const struct consign_item *one = consign_here(v);
	if (one->dossier_id)
		screen_push(screen->desk, &dossier_screen, &one->dossier_id);
	else if (consign_is(v, "signed"))
		receive_consigned(screen->desk, &(struct taken){ .agency = { consign_post(v) ? "" : v->head.agency_code, consign_post(v) ? "" : v->head.agency },
			.code = consign_post(v) ? "" : one->slip, .at = MOMENT_NONE, .consignment = v->id, .nth = one->nth,
			.number = v->head.number, .filed_at = one->complete ? v->head.signed_at : MOMENT_NONE }, one->person);
	else
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Hai bên ký biên bản xong mới mở tiếp nhận."));
}

static bool consign_handle(struct screen *screen, const struct event *event)
{
	struct consign_view *v = screen->state;
	if (event->kind == EVENT_SCAN)
		return consign_scanned(screen, event);
	if (list_handle(&v->list, event))
		return true;
	if (event_is(event, K_ENTER, 0) && consign_here(v)) {
		enter(screen);
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static void consign_again(struct screen *screen)
{
	fresh_read(&((struct consign_view *)screen->state)->fresh);
}

const struct screen_kind consign_screen = {
	.name = "consign",
	.title = N_("CHUYẾN GIAO NHẬN"),
	.help = N_("Một chuyến: thêm từng hồ sơ, kết quả (F5, hoặc quét giấy hẹn, mã vạch phiếu gửi), in biên bản có số (F9), hai bên đếm và ký trên giấy, rồi F9 lần nữa: "
	           "từ lúc ấy mới là đã giao nhận. Hồ sơ bưu chính đưa đến là nộp hợp lệ từ lúc hai bên ký (Điều 7 Quyết định 45/2016/QĐ-TTg), thời hạn tính từ lúc ấy; Enter mở tiếp nhận.\n"
	           "Kết quả gửi công dân là đã trả khi bưu chính báo đã phát; chuyển hoàn thì chờ trả ở đây như trước.\n"
	           "Mỗi bưu phẩm gửi đi có một phiếu gửi liệt kê giấy tờ trong phong bì: F4 in khi đóng gói; tờ nào chưa in thì ra cùng biên bản, in một lần.\n"
	           "Cước công dân trả bưu chính in trên biên bản, không vào khoản thu của cơ quan."),
	.actions = consign_actions,
	.size = sizeof(struct consign_view),
	.open = consign_open_screen,
	.draw = consign_draw,
	.handle = consign_handle,
	.resume = consign_again,
	.close = consign_close,
};
