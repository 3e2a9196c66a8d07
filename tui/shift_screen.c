/* SPDX-License-Identifier: Apache-2.0
 *
 *  CA LÀM VIỆC                              Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Người            Mở               Chốt             Thu tiền mặt  Chuyển khoản     Lệch
 *  >Lê Thị Mận       20/11/2026 07:00 đang mở                108.000       50.000
 *  …
 *   Đầu ca 100.000 · thu 8.000 · trả lại 0 · phải có 108.000 đ
 *   Biên lai 01–14, huỷ 03/BLTP
 *  F1 Giúp  F4 Mở ca  F5 Chốt ca  F6 Nhận  F7 Biên lai
 */
#include "tui/shift_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/seal.h"
#include "core/store/shift.h"
#include "tui/ask.h"
#include "tui/countersign.h"
#include "tui/desk.h"
#include "tui/dossier_batch.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"

enum { MOST = 200, DETAIL_ROWS = 5 };

struct shifts {
	struct list list;
	struct shifts_ask ask, shown;
	struct fresh fresh;
	struct shift_act act;
	struct shift_act take;       /* by whoever signs for it */
	int64_t take_id;
};

static const struct shift_row *row_at(const struct screen *screen)
{
	const struct shifts *s = screen->state;
	return s->list.count ? &s->shown.rows[s->list.at] : NULL;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static struct arena arena;
	static char text[40];
	const struct shift_row *r = &((const struct shifts *)owner)->shown.rows[row];
	arena_free(&arena);
	switch (column) {
	case 0: out->text = r->name; break;
	case 1: out->text = moment_write(r->opened_at, text, sizeof text); break;
	case 2:
		out->text = r->closed_at == MOMENT_NONE ? _("đang mở") : *r->taken_by ? _("đã bàn giao") : _("chờ người nhận");
		out->role = r->closed_at == MOMENT_NONE ? ROLE_GOOD : *r->taken_by ? ROLE_TEXT : ROLE_WARN;
		break;
	case 3: out->text = text_money(&arena, r->cash - r->given_back); break;
	case 4: out->text = text_money(&arena, r->transfers); break;
	default:
		out->text = r->closed_at == MOMENT_NONE ? "" : text_money(&arena, r->difference);
		out->role = r->difference ? ROLE_LATE : ROLE_TEXT;
		break;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct shifts *)owner)->shown.rows[row].shift_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Người giữ ca"), .width = 18 },
	{ .head = N_("Mở ca"), .width = 17 },
	{ .head = N_("Tình trạng"), .width = 15 },
	{ .head = N_("Tiền mặt"), .width = 11, .right = true },
	{ .head = N_("Chuyển"), .width = 11, .right = true },
	{ .head = N_("Lệch"), .width = 0, .right = true },
	{ 0 },
};

static void on_read(struct shifts_ask *ask, const struct error *err)
{
	struct shifts *s = ask->owner;
	if (fresh_came(&s->fresh, err)) {
		s->shown = *ask;
		list_set_count(&s->list, ask->count);
	}
	fresh_taken(&s->fresh);
}

static void read_now(struct screen *screen)
{
	struct shifts *s = screen->state;
	s->ask = (struct shifts_ask){ .done = on_read, .into = &s->fresh.coming, .owner = s };
	shifts_read(duty_store(duty_of(screen)), &screen->scope, &s->ask, MOST);
}

static void shifts_open(struct screen *screen, const void *argument)
{
	struct shifts *s = screen->state;
	(void)argument;
	s->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = s, .empty = N_("Chưa có ca nào. F4 mở ca: đếm tiền trong két trước khi thu.") };
	fresh_open(&s->fresh, screen, read_now);
}

static void shifts_close(struct screen *screen)
{
	fresh_close(&((struct shifts *)screen->state)->fresh);
}

static void draw_details(const struct shift_row *r, struct canvas *canvas)
{
	struct arena arena = { 0 };
	char at[32];
	int row = 0;
	canvas_format(canvas, row++, 0, ROLE_TEXT, _("Đầu ca %s · thu %s · trả lại %s · phải có %s đ"), text_money(&arena, r->open_cash),
	              text_money(&arena, r->cash), text_money(&arena, r->given_back), text_money(&arena, r->expected));
	canvas_cell(canvas, row++, 0, canvas->cols, ROLE_TEXT, arena_format(&arena, _("%d biên lai: %s%s%s"), r->receipt_count,
		*r->receipts ? r->receipts : "—", *r->cancelled ? _(" · đã huỷ ") : "", r->cancelled));
	if (r->closed_at != MOMENT_NONE)
		canvas_format(canvas, row++, 0, ROLE_TEXT, _("Chốt %s · đếm được %s · bàn giao %s đ"), moment_write(r->closed_at, at, sizeof at),
		              text_money(&arena, r->counted), text_money(&arena, r->handed));
	if (*r->reason)
		canvas_cell(canvas, row++, 0, canvas->cols, ROLE_WARN, arena_format(&arena, _("Lý do chênh lệch: %s"), r->reason));
	if (*r->taken_by)
		canvas_format(canvas, row, 0, ROLE_TEXT, _("%s nhận bàn giao %s"), r->taken_by, moment_write(r->taken_at, at, sizeof at));
	arena_free(&arena);
}

static void shifts_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct shifts *s = screen->state;
	struct arena arena = { 0 };
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - DETAIL_ROWS - 2, canvas->cols);
	struct canvas below = canvas_part(canvas, canvas->rows - DETAIL_ROWS, 1, DETAIL_ROWS, canvas->cols - 2);
	fresh_list(&s->fresh, (struct list *)&s->list, &rows, true);
	if (s->shown.loose_cash || s->shown.loose_transfers)
		canvas_lines(canvas, canvas->rows - DETAIL_ROWS - 2, 1, canvas->cols - 2, ROLE_WARN, arena_format(&arena, _("Đã thu %s đ tiền mặt, %s đ chuyển khoản khi chưa mở ca: F4 mở ca, tiền ấy thuộc ca mới."),
			text_money(&arena, s->shown.loose_cash), text_money(&arena, s->shown.loose_transfers)));
	if (s->list.count)
		draw_details(row_at(screen), &below);
	arena_free(&arena);
}

static bool shifts_handle(struct screen *screen, const struct event *event)
{
	return list_handle(&((struct shifts *)screen->state)->list, event);
}

static void shifts_resume(struct screen *screen)
{
	fresh_read(&((struct shifts *)screen->state)->fresh);
}

/* ---- acts ---- */

static const struct shift_row *own_open(const struct shifts *s)
{
	for (int i = 0; i < s->list.count; i++)
		if (s->shown.rows[i].mine && s->shown.rows[i].closed_at == MOMENT_NONE)
			return &s->shown.rows[i];
	return NULL;
}

static void on_done(struct shift_act *act, const struct error *err)
{
	struct shifts *s = act->owner;
	if (err)
		ask_refused(s->fresh.screen, err);
	else
		desk_say(s->fresh.screen->desk, FAULT_NONE, "%s", _("Đã mở ca."));
	fresh_read(&s->fresh);
}

static const char *check_sum(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return *text && strlen(text) <= 11 && strspn(text, "0123456789") == strlen(text) ? NULL : _("Gõ số tiền, chỉ chữ số, ví dụ 150000.");
}

static void on_cash(struct screen *screen, const char *text, void *data)
{
	struct shifts *s = screen->state;
	(void)data;
	if (!text || ask_busy(screen, s->act.ask.slot))
		return;
	s->act = (struct shift_act){ .done = on_done, .owner = s };
	seal_uuid(s->act.request_id);
	shift_open(duty_store(duty_of(screen)), &screen->scope, &s->act, duty_of(screen)->facts->counter, atoll(text));
}

static bool may_open(const struct screen *screen)
{
	return !own_open(screen->state);
}

static void run_open(struct screen *screen)
{
	const struct shifts *s = screen->state;
	char sum[24];
	snprintf(sum, sizeof sum, "%lld", (long long)s->shown.left_over);
	ask_for_text(screen, &(struct ask_text){ .question = _("Trong két có bao nhiêu tiền mặt (đồng)?"), .initial = sum, .plain = true, .max = 11,
		.check = check_sum }, on_cash, NULL);
}

static bool may_close(const struct screen *screen)
{
	return own_open(screen->state) != NULL;
}

static void run_close(struct screen *screen)
{
	const struct shift_row *r = own_open(screen->state);
	screen_push(screen->desk, &shift_close_screen, &(struct shift_close_plan){ r->shift_id, r->expected });
}

static bool may_take(const struct screen *screen)
{
	const struct shift_row *r = row_at(screen);
	return r && r->closed_at != MOMENT_NONE && !*r->taken_by;
}

static void then_read(struct screen *screen, void *data)
{
	(void)data;
	desk_say(screen->desk, FAULT_NONE, "%s", _("Đã nhận bàn giao ca."));
	fresh_read(&((struct shifts *)screen->state)->fresh);
}

static void on_taken(struct shift_act *act, const struct error *err)
{
	countersign_done(act->owner, err);
}

static void sign_take(struct screen *dialog, struct store *store, void *data)
{
	struct shifts *s = data;
	s->take = (struct shift_act){ .done = on_taken, .owner = dialog };
	shift_take(store, &dialog->scope, &s->take, s->take_id);
}

/* Whoever takes it signs by the own log-in, at this counter. */
static void run_take(struct screen *screen)
{
	struct shifts *s = screen->state;
	const struct shift_row *r = row_at(screen);
	struct arena arena = { 0 };
	s->take_id = r->shift_id;
	const char *question = arena_format(&arena, _("Nhận bàn giao ca của %s: %s đ tiền mặt, biên lai %s."), r->name, text_money(&arena, r->handed),
	                                    *r->receipts ? r->receipts : "—");
	screen_push(screen->desk, &countersign_screen, &(struct countersign){ .title = _("NGƯỜI NHẬN BÀN GIAO KÝ"), .question = question,
		.who = _("Người nhận bàn giao gõ tài khoản và mật khẩu của mình."), .asker = screen, .act = sign_take, .then = then_read, .data = s });
	arena_free(&arena);
}

static void run_receipts(struct screen *screen)
{
	screen_push(screen->desk, &receipt_list_screen, NULL);
}

static bool may_print(const struct screen *screen)
{
	const struct shift_row *r = row_at(screen);
	return r && r->closed_at != MOMENT_NONE;
}

static void run_print(struct screen *screen)
{
	batch_shift(screen, row_at(screen)->shift_id);
}

static const struct action actions[] = {
	{ "shift-open", "F4", N_("Mở ca"), N_("Mở ca: đếm tiền trong két, từ đây tiền thu thuộc ca này."), may_open, run_open },
	{ "shift-close", "F5", N_("Chốt ca"), N_("Chốt ca: đếm từng mệnh giá; lệch một đồng cũng phải ghi lý do."), may_close, run_close },
	{ "shift-take", "F6", N_("Nhận"), N_("Người thứ hai nhận bàn giao ca đã chốt, ký bằng mật khẩu của mình."), may_take, run_take },
	{ "shift-receipts", "F7", N_("Biên lai"), N_("Sổ biên lai: từng số, của ai, đã huỷ vì sao."), NULL, run_receipts },
	{ "shift-print", "F9", N_("In"), N_("In biên bản bàn giao ca đã chốt: đếm tiền, chuyển khoản, biên lai, chỗ hai người ký."), may_print, run_print },
	{ 0 },
};

const struct screen_kind shift_screen = {
	.name = "shifts",
	.title = N_("CA LÀM VIỆC"),
	.help = N_("Mỗi người một ca: F4 mở với tiền trong két, F5 đếm và chốt, F6 người thứ hai nhận bàn giao và ký, F9 in biên bản.\n"
	           "Tổng mọi ca bằng sổ thu tới từng đồng; ca đã chốt không sửa được. F7: sổ biên lai."),
	.actions = actions,
	.size = sizeof(struct shifts),
	.open = shifts_open,
	.draw = shifts_draw,
	.handle = shifts_handle,
	.resume = shifts_resume,
	.close = shifts_close,
};
