/* SPDX-License-Identifier: Apache-2.0
 *
 *  SỐ HẸN                                   Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Hẹn lúc           Hàng                              Mã hẹn  Tình trạng
 * > 24/11/2026 09:30  A Hộ tịch, chứng thực             481516  đã hẹn
 *   20/11/2026 09:00  A Hộ tịch, chứng thực             234200  đã đến, số A012
 *   20/11/2026 08:30  C Đất đai                         314159  ! đã huỷ
 *  Lê Thị Mận hẹn. F7 huỷ: mã không lấy được số nữa, chỗ để cho người khác.
 *  F1 Giúp  F7 Huỷ hẹn  Esc Về
 */
#include "tui/booking_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/booking.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"

enum { MOST = 300 };

struct bookings {
	struct fresh fresh;
	struct list list;
	const struct booking *rows;
	struct bookings_ask ask;
	struct booking_act act;
	int64_t wanted;          /* asked about */
};

static const struct booking *here(const struct bookings *b)
{
	return b->list.count ? &b->rows[b->list.at] : NULL;
}

static bool is(const struct booking *one, const char *state)
{
	return strcmp(one->state, state) == 0;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[200];
	const struct booking *one = &((const struct bookings *)owner)->rows[row];
	switch (column) {
	case 0: out->text = moment_write(one->slot, text, sizeof text); break;
	case 1:
		snprintf(text, sizeof text, "%s %s", one->series, one->series_name);
		out->text = text;
		break;
	case 2: out->text = one->code; break;
	default:
		snprintf(text, sizeof text, _("đã đến, số %s"), one->number);
		out->text = is(one, "taken") ? text : one->lapsed ? _("không đến") : is(one, "cancelled") ? _("! đã huỷ") : _("đã hẹn");
		out->role = is(one, "open") && !one->lapsed ? ROLE_TEXT : is(one, "cancelled") && !one->lapsed ? ROLE_WARN : ROLE_DIM;
	}
}

static const struct list_column columns[] = {
	{ .head = N_("Hẹn lúc"), .width = 16 },
	{ .head = N_("Hàng"), .width = 0 },
	{ .head = N_("Mã hẹn"), .width = 7 },
	{ .head = N_("Tình trạng"), .width = 16 },
	{ 0 },
};

static void on_read(struct bookings_ask *ask, const struct booking *rows, int count, const struct error *err)
{
	struct bookings *b = ask->owner;
	int64_t at = here(b) ? here(b)->booking_id : 0;
	if (fresh_came(&b->fresh, err)) {
		b->rows = rows;
		list_set_count(&b->list, count);
		for (int i = 0; i < count; i++)
			if (rows[i].booking_id == at)
				b->list.at = i;
	}
	fresh_taken(&b->fresh);
}

static void read_now(struct screen *screen)
{
	struct bookings *b = screen->state;
	b->ask = (struct bookings_ask){ .done = on_read, .into = &b->fresh.coming, .owner = b };
	bookings_read(duty_store(duty_of(screen)), &screen->scope, &b->ask, MOST);
}

/* ---- calling one off ---- */

static void on_cancelled(struct booking_act *act, const struct error *err)
{
	struct bookings *b = act->owner;
	struct desk *desk = b->fresh.screen->desk;
	if (err)
		desk_tell(desk, err);
	else
		desk_say(desk, FAULT_NONE, "%s", _("Đã huỷ: mã không lấy được số nữa. Người hẹn vẫn đến thì lấy số thường."));
	fresh_read(&b->fresh);
}

static const char *check_why(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return strlen(text + strspn(text, " ")) >= 3 ? NULL : _("Ghi vì sao huỷ, đã báo người hẹn chưa.");
}

static void on_why(struct screen *screen, const char *text, void *data)
{
	struct bookings *b = screen->state;
	(void)data;
	if (!text || b->act.ask.slot)
		return;
	b->act = (struct booking_act){ .done = on_cancelled, .owner = b };
	booking_cancel(duty_store(duty_of(screen)), &screen->scope, &b->act, b->wanted, text);
}

static bool may_cancel(const struct screen *screen)
{
	const struct booking *one = here(screen->state);
	return one && is(one, "open") && !one->lapsed;
}

static void run_cancel(struct screen *screen)
{
	struct bookings *b = screen->state;
	struct arena arena = { 0 };
	char at[32];
	b->wanted = here(b)->booking_id;
	ask_for_text(screen, &(struct ask_text){ .max = 200, .check = check_why,
		.question = arena_format(&arena, _("Huỷ mã hẹn %s lúc %s vì sao? (đã báo người hẹn bằng cách nào)"), here(b)->code,
			moment_write(here(b)->slot, at, sizeof at)) }, on_why, NULL);
	arena_free(&arena);
}

static const struct action actions[] = {
	{ "booking-cancel", "F7", N_("Huỷ hẹn"), N_("Huỷ số đã hẹn, nêu lý do: mã không lấy được số nữa, chỗ để cho người khác."), may_cancel, run_cancel },
	{ 0 },
};

/* ---- the screen ---- */

static void booking_open(struct screen *screen, const void *argument)
{
	struct bookings *b = screen->state;
	(void)argument;
	b->list = (struct list){ .columns = columns, .cell = cell, .owner = b, .empty = N_("Chưa ai hẹn số. Hẹn ở màn hình gọi số.") };
	fresh_open(&b->fresh, screen, read_now);
}

static void booking_close(struct screen *screen)
{
	fresh_close(&((struct bookings *)screen->state)->fresh);
}

static void booking_draw(const struct screen *screen, struct canvas *canvas)
{
	struct bookings *b = screen->state;
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - 2, canvas->cols);
	char line[400];
	fresh_list(&b->fresh, &b->list, &rows, true);
	const struct booking *one = here(b);
	if (!one)
		return;
	if (*one->ended_by)
		snprintf(line, sizeof line, _("%s huỷ: %s"), one->ended_by, one->reason);
	else
		snprintf(line, sizeof line, _("%s hẹn"), one->by_name);
	canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_DIM, line);
}

static bool booking_handle(struct screen *screen, const struct event *event)
{
	struct bookings *b = screen->state;
	if (list_handle(&b->list, event))
		return true;
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static void booking_again(struct screen *screen)
{
	fresh_read(&((struct bookings *)screen->state)->fresh);
}

const struct screen_kind booking_screen = {
	.name = "bookings",
	.title = N_("SỐ HẸN"),
	.help = N_("Số đã hẹn trước: người hẹn gõ mã ở máy lấy số trong ngày ấy. F7 huỷ một số, nêu lý do: mã không lấy được số nữa, chỗ trong khung giờ để cho người khác; "
	           "người hẹn vẫn đến thì lấy số thường. Mã đã thành số thì huỷ số ấy ở màn hình gọi số.\n"
	           "Kế hoạch hàng đợi nạp vào mà bỏ một dãy còn người hẹn thì không được nhận: huỷ từng số hẹn ở đây trước."),
	.actions = actions,
	.size = sizeof(struct bookings),
	.open = booking_open,
	.draw = booking_draw,
	.handle = booking_handle,
	.resume = booking_again,
	.close = booking_close,
};
