/* SPDX-License-Identifier: Apache-2.0
 *
 *  GIAO NHẬN HỒ SƠ                          Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Lúc               Giao                Nhận                 Hồ sơ  Tình trạng
 * > 20/11/2026 09:41  Lê Thị Mận          Trần Đăng Khoa           5  ! chờ ký nhận
 *   20/11/2026 08:05  Phạm Thu Huệ        Lê Thị Mận               2  số 01/BBGN-TTPVHCC
 *  Enter xem hồ sơ trong danh sách  F1 Giúp  F5 Lập mới  F8 Huỷ  F9 Ký nhận  F4 In  Esc Về
 */
#include "tui/handover_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/say.h"
#include "core/store/life.h"
#include "tui/ask.h"
#include "tui/countersign.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"
#include "tui/print.h"
#include "tui/program.h"

enum { MOST = 200, DETAIL_ROWS = 2 };

struct handovers {
	struct list list;
	const struct handover_row *rows;
	struct fresh fresh;
	struct handovers_ask ask;
	struct handover_ask act;
	struct handover_items_ask look;
	struct arena looked;  /* the rows of one list */
	int64_t taking, paper;
	struct screen *screen;
};

static const struct handover_row *here(const struct handovers *h)
{
	return h->list.count ? &h->rows[h->list.at] : NULL;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[40];
	const struct handover_row *one = &((const struct handovers *)owner)->rows[row];
	bool open = strcmp(one->state, "open") == 0;
	switch (column) {
	case 0: out->text = moment_write(one->made_at, text, sizeof text); break;
	case 1: out->text = one->giver_name; break;
	case 2: out->text = one->taker_name; break;
	case 3:
		snprintf(text, sizeof text, "%d", one->dossiers);
		out->text = text;
		break;
	default:
		out->text = open ? strcmp(one->mine, "taker") == 0 ? _("! chờ tôi ký nhận") : _("chờ ký nhận") : strcmp(one->state, "void") == 0 ? _("đã huỷ") : one->number;
		out->role = open ? ROLE_WARN : ROLE_DIM;
	}
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct handovers *)owner)->rows[row].handover_id;
}

static const struct list_column columns[] = {
	{ .head = N_("Lúc"), .width = 16 },
	{ .head = N_("Giao"), .width = 17 },
	{ .head = N_("Nhận"), .width = 0 },
	{ .head = N_("Hồ sơ"), .width = 5, .right = true },
	{ .head = N_("Tình trạng"), .width = 20 },
	{ 0 },
};

static void on_read(struct handovers_ask *ask, const struct handover_row *rows, int count, const struct error *err)
{
	struct handovers *h = ask->owner;
	if (fresh_came(&h->fresh, err)) {
		h->rows = rows;
		list_set_count(&h->list, count);
	}
	fresh_taken(&h->fresh);
}

static void read_now(struct screen *screen)
{
	struct handovers *h = screen->state;
	h->ask = (struct handovers_ask){ .done = on_read, .into = &h->fresh.coming, .owner = h };
	handovers_read(duty_store(duty_of(screen)), &screen->scope, &h->ask, MOST);
}

/* ---- what is on a list ---- */

static void show_items(struct handovers *h, const struct handover_item *items, int count)
{
	struct bytes text = { 0 };
	char due[32];
	for (int i = 0; i < count; i++)
		bytes_format(&text, _("%s%d. %s · %s · hẹn trả %s\n   %s"), i ? "\n" : "", i + 1, items[i].code, items[i].owner_name,
			items[i].due_at == MOMENT_NONE ? "–" : moment_write(items[i].due_at, due, sizeof due), items[i].procedure_name);
	ask_read(h->screen, _("Hồ sơ trong danh sách"), bytes_string(&text), NULL, NULL);
	bytes_free(&text);
}

static void on_items(struct handover_items_ask *ask, const struct handover_item *items, int count, const struct error *err)
{
	struct handovers *h = ask->owner;
	if (err)
		desk_tell(h->screen->desk, err);
	else if (screen_is_top(h->screen))
		show_items(h, items, count);
	arena_free(&h->looked);
}

static void look(struct handovers *h)
{
	if (h->look.ask.slot)
		return;
	h->look = (struct handover_items_ask){ .done = on_items, .into = &h->looked, .owner = h };
	handover_items_read(duty_store(duty_of(h->screen)), &h->screen->scope, &h->look, here(h)->handover_id);
}

/* ---- the taker's word ---- */

static void on_taken(struct handover_ask *ask, int64_t paper, const struct error *err)
{
	struct handovers *h = ask->owner;
	if (err)
		desk_tell(h->screen->desk, err);
	else
		print_start(duty_of(h->screen), paper);
	fresh_read(&h->fresh);
}

struct taken_there {
	struct handovers *owner;
	struct screen *dialog;
};

static void on_signed(struct handover_ask *ask, int64_t paper, const struct error *err)
{
	struct taken_there *there = ask->owner;
	there->owner->paper = paper;
	countersign_done(there->dialog, err);
}

static void sign_act(struct screen *dialog, struct store *store, void *data)
{
	struct handovers *h = data;
	struct taken_there *there = ARENA_NEW(&dialog->arena, struct taken_there);
	*there = (struct taken_there){ h, dialog };
	h->act = (struct handover_ask){ .done = on_signed, .owner = there };
	handover_take(store, &dialog->scope, &h->act, h->taking);
}

static void then_print(struct screen *screen, void *data)
{
	struct handovers *h = data;
	desk_say(screen->desk, FAULT_NONE, "%s", _("Đã giao nhận: in biên bản, mỗi bên giữ một bản."));
	print_start(duty_of(screen), h->paper);
	fresh_read(&h->fresh);
}

static void on_counted(struct screen *screen, bool yes, void *data)
{
	struct handovers *h = screen->state;
	(void)data;
	if (!yes || h->act.ask.slot)
		return;
	h->act = (struct handover_ask){ .done = on_taken, .owner = h };
	handover_take(duty_store(duty_of(screen)), &screen->scope, &h->act, h->taking);
}

static void run_take(struct screen *screen)
{
	struct handovers *h = screen->state;
	const struct handover_row *row = here(h);
	struct arena arena = { 0 };
	if (h->act.ask.slot)
		return;
	h->taking = row->handover_id;
	if (strcmp(row->mine, "taker") == 0) {
		ask_yes(screen, arena_format(&arena, _("%s (%s) giao %d hồ sơ. Đã kiểm đếm và nhận đủ?"), row->giver_name, row->giver_place, row->dossiers), false,
			on_counted, NULL);
		arena_free(&arena);
		return;
	}
	screen_push(screen->desk, &countersign_screen,
	            &(struct countersign){ .title = _("NGƯỜI NHẬN KÝ"),
		            .question = arena_format(&arena, _("%s (%s) giao %d hồ sơ.\n%s (%s) đã kiểm đếm và nhận đủ."), row->giver_name, row->giver_place, row->dossiers,
		                                     row->taker_name, row->taker_place),
		            .who = _("Người nhận gõ mật khẩu của mình."), .login = row->taker, .asker = screen, .act = sign_act, .then = then_print, .data = h });
	arena_free(&arena);
}

static void on_void(struct handover_ask *ask, int64_t id, const struct error *err)
{
	struct handovers *h = ask->owner;
	(void)id;
	if (err)
		desk_tell(h->screen->desk, err);
	else
		desk_say(h->screen->desk, FAULT_NONE, "%s", _("Đã huỷ danh sách: hồ sơ vẫn ở người giao."));
	fresh_read(&h->fresh);
}

static void run_void(struct screen *screen)
{
	struct handovers *h = screen->state;
	if (h->act.ask.slot)
		return;
	h->act = (struct handover_ask){ .done = on_void, .owner = h };
	handover_void(duty_store(duty_of(screen)), &screen->scope, &h->act, here(h)->handover_id);
}

static void run_new(struct screen *screen)
{
	screen_push(screen->desk, &give_screen, NULL);
}

static void run_print(struct screen *screen)
{
	print_start(duty_of(screen), here(screen->state)->paper_id);
}

static bool may_take(const struct screen *screen)
{
	const struct handover_row *row = here(screen->state);
	return row && strcmp(row->state, "open") == 0;
}

static bool may_void(const struct screen *screen)
{
	return may_take(screen) && (*here(screen->state)->mine || duty_of(screen)->facts->is_supervisor);
}

static bool may_print(const struct screen *screen)
{
	const struct handover_row *row = here(screen->state);
	return row && row->paper_id;
}

/* ---- the screen ---- */

static void handovers_open(struct screen *screen, const void *argument)
{
	struct handovers *h = screen->state;
	(void)argument;
	h->screen = screen;
	screen->status = _("Enter: xem hồ sơ trong danh sách.");
	h->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = h, .empty = N_("Chưa có danh sách giao nhận nào. F5 lập danh sách mới.") };
	fresh_open(&h->fresh, screen, read_now);
}

static void handovers_close(struct screen *screen)
{
	struct handovers *h = screen->state;
	fresh_close(&h->fresh);
	arena_free(&h->looked);
}

static void handovers_draw(const struct screen *screen, struct canvas *canvas)
{
	struct handovers *h = screen->state;
	struct arena arena = { 0 };
	struct canvas rows = canvas_part(canvas, 0, 0, canvas->rows - DETAIL_ROWS, canvas->cols);
	fresh_list(&h->fresh, &h->list, &rows, true);
	const struct handover_row *row = here(h);
	if (row)
		canvas_cell(canvas, canvas->rows - 1, 1, canvas->cols - 2, ROLE_DIM, arena_format(&arena, "%s → %s", row->giver_place, row->taker_place));
	arena_free(&arena);
}

static bool handovers_handle(struct screen *screen, const struct event *event)
{
	struct handovers *h = screen->state;
	if (list_handle(&h->list, event))
		return true;
	if (event_is(event, K_ENTER, 0) && here(h)) {
		look(h);
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static const struct action actions[] = {
	{ "handover-print", "F4", N_("In"), N_("In lại biên bản giao nhận."), may_print, run_print },
	{ "handover-new", "F5", N_("Lập mới"), N_("Lập danh sách giao: đánh dấu hồ sơ, chọn người nhận."), NULL, run_new },
	{ "handover-void", "F8", N_("Huỷ"), N_("Huỷ danh sách chưa ký nhận."), may_void, run_void },
	{ "handover-take", "F9", N_("Ký nhận"), N_("Người nhận ký bằng tài khoản của mình, ngay tại quầy này."), may_take, run_take },
	{ 0 },
};

const struct screen_kind handover_screen = {
	.name = "handovers",
	.title = N_("GIAO NHẬN HỒ SƠ"),
	.help = N_("Hồ sơ chuyển giữa quầy và bộ phận chuyên môn: một danh sách, hai chữ ký. Người nhận kiểm đếm rồi ký bằng tài khoản của chính mình (F9), "
	           "ở quầy này hay ở máy của mình; Enter xem những hồ sơ trong danh sách; biên bản được in, từng hồ sơ ghi ai giao, ai nhận, lúc nào (Mẫu 06)."),
	.actions = actions,
	.size = sizeof(struct handovers),
	.open = handovers_open,
	.draw = handovers_draw,
	.handle = handovers_handle,
	.close = handovers_close,
};
