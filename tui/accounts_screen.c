/* SPDX-License-Identifier: Apache-2.0
 *
 *  TÀI KHOẢN                                 Q3 · Phạm Thu Huệ · TẬP DUYỆT · 22/11 07:41
 *   3 cán bộ × 9 hệ thống cần ở đây: 2 thiếu hoặc lỗi, 4 chưa rõ
 *   Họ tên              KHCN  NV   CT   XD   NNMT  YT  GDDT  TP  VHTT TINH CONG  DP
 * > Phạm Thu Huệ         ■    ■    ■    ■    ■    ■    ■   [□]   ■    ?    ·    ·
 *   Trần Đăng Khoa       ■    →    ■    ■    !    ■    ■    ■-   ■    ?    ·    ·
 *  ────
 *   Phạm Thu Huệ · Bộ Tư pháp: chưa có                         (the cell in words)
 *  F1 Giúp  F4 Sửa  F5 Hỏi  F6 XLSX  F7 Cán bộ  Enter Đọc
 */
#include <string.h>

#include "core/base/say.h"
#include "tui/accounts_private.h"
#include "tui/rights.h"

const struct account_row *accounts_at(const struct accounts *a, int clerk, int column)
{
	if (clerk < 0 || clerk >= a->clerks || column < 0 || column >= a->systems)
		return NULL;
	return &a->rows[clerk * a->systems + a->order[column]];
}

const struct account_row *accounts_here(const struct accounts *a)
{
	return accounts_at(a, a->at, a->column);
}

const struct right_work *accounts_work(const struct accounts *a, const char *system)
{
	const struct right_work *works;
	size_t n = rights_works(duty_of(a->screen), &works);
	for (size_t i = 0; i < n; i++)
		if (strcmp(works[i].system->code, system) == 0)
			return &works[i];
	return NULL;
}

bool accounts_partial(const struct accounts *a, const struct account_row *row)
{
	const struct right_work *work =
		row->state == RIGHT_GRANTED ? accounts_work(a, row->system) : NULL;
	for (size_t i = 0; work && i < work->count; i++)
		if (right_lacks(row->state, row->fields, row->procedures, work->procedures[i]))
			return true;
	return false;
}

/* ---- reading ---- */

static void arrange(struct accounts *a)
{
	int n = 0;
	a->order = ARENA_MANY(&a->fresh.shown, int, a->systems + 1);
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < a->systems; i++)
			if ((accounts_work(a, a->rows[i].system) == NULL) == (pass == 1))
				a->order[n++] = i;
		a->needed = pass ? a->needed : n;
	}
	a->gaps = a->unknown = 0;
	for (int clerk = 0; clerk < a->clerks; clerk++)
		for (int column = 0; column < a->needed; column++) {
			const struct account_row *row = accounts_at(a, clerk, column);
			a->gaps += right_lacks(row->state, "", "", NULL) || accounts_partial(a, row);
			a->unknown += row->state == RIGHT_UNKNOWN;
		}
}

static void take(struct accounts *a, const struct account_row *rows, int count)
{
	a->rows = rows;
	for (a->systems = 0; a->systems < count; a->systems++)
		if (strcmp(rows[a->systems].login, rows[0].login) != 0)
			break;
	a->clerks = a->systems ? count / a->systems : 0;
	arrange(a);
	if (a->at >= a->clerks)
		a->at = a->clerks ? a->clerks - 1 : 0;
	if (a->column >= a->systems)
		a->column = 0;
}

static void on_read(struct accounts_ask *ask, const struct account_row *rows, int count,
                    const struct error *err)
{
	struct accounts *a = ask->owner;
	if (fresh_came(&a->fresh, err))
		take(a, rows, count);
	fresh_taken(&a->fresh);
}

static void read_now(struct screen *screen)
{
	struct accounts *a = screen->state;
	a->ask = (struct accounts_ask){ .done = on_read, .into = &a->fresh.coming, .owner = a };
	accounts_read(duty_store(duty_of(screen)), &screen->scope, &a->ask);
}

static bool heeds(const struct screen *screen, const char *what, int64_t id)
{
	(void)screen, (void)id;
	return strcmp(what, "account") == 0 || strcmp(what, "again") == 0;
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct accounts *a = OWNER_OF(listener, struct accounts, listener);
	(void)id;
	if (strcmp(what, "catalogue") == 0 && a->rows)
		arrange(a);
	screen_dirty(a->screen);
}

/* ---- the screen ---- */

static void accounts_open(struct screen *screen, const void *argument)
{
	struct accounts *a = screen->state;
	(void)argument;
	a->screen = screen;
	a->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &a->listener);
	a->fresh.heeds = heeds;
	fresh_open(&a->fresh, screen, read_now);
}

static void accounts_close(struct screen *screen)
{
	struct accounts *a = screen->state;
	fresh_close(&a->fresh);
	arena_free(&a->scratch);
	arena_free(&a->told);
}

static void accounts_resume(struct screen *screen)
{
	fresh_read(&((struct accounts *)screen->state)->fresh);
}

static int inside(int value, int count)
{
	return value < 0 || !count ? 0 : value >= count ? count - 1 : value;
}

static bool click(struct accounts *a, const struct event *event)
{
	int row = event->row - a->top + a->first;
	int column = event->col < a->left ? a->column
	                                  : (event->col - a->left) / 5 + a->first_column;
	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN) {
		a->at = inside(a->at + (event->button == MOUSE_WHEEL_UP ? -3 : 3), a->clerks);
		return true;
	}
	if (event->button != MOUSE_LEFT || row < a->first || row >= a->clerks || row >= a->first + a->page ||
	    column >= a->systems || column >= a->first_column + a->page_columns)
		return false;
	a->at = row;
	a->column = column;
	return true;
}

static bool move(struct accounts *a, const struct event *event)
{
	if (event->kind == EVENT_MOUSE)
		return click(a, event);
	if (event->kind != EVENT_KEY || event->chord.mods)
		return false;
	switch (event->chord.key) {
	case K_UP:    a->at = inside(a->at - 1, a->clerks); return true;
	case K_DOWN:  a->at = inside(a->at + 1, a->clerks); return true;
	case K_PGUP:  a->at = inside(a->at - a->page, a->clerks); return true;
	case K_PGDN:  a->at = inside(a->at + a->page, a->clerks); return true;
	case K_LEFT:  a->column = inside(a->column - 1, a->systems); return true;
	case K_RIGHT: a->column = inside(a->column + 1, a->systems); return true;
	case K_HOME:  a->column = 0; return true;
	case K_END:   a->column = inside(a->systems - 1, a->systems); return true;
	default:      return false;
	}
}

static bool accounts_handle(struct screen *screen, const struct event *event)
{
	struct accounts *a = screen->state;
	if (move(a, event)) {
		screen_dirty(screen);
		return true;
	}
	if (!event_is(event, K_ENTER, 0) || !accounts_here(a))
		return false;
	accounts_read_one(a);
	return true;
}

static bool may_supervise(const struct screen *screen)
{
	const struct accounts *a = screen->state;
	return duty_of(screen)->facts->is_supervisor && accounts_here(a) && !a->acting;
}

static void run_edit(struct screen *screen)
{
	struct account_edit_plan plan = { accounts_here(screen->state) };
	screen_push(screen->desk, &account_edit_screen, &plan);
}

static void run_officer(struct screen *screen)
{
	const struct account_row *row = accounts_here(screen->state);
	struct officer_edit_plan plan = { row->login, row->full_name };
	screen_push(screen->desk, &officer_edit_screen, &plan);
}

/* The next needed account that is known not to do; from the last one to the first. */
static void run_next(struct screen *screen)
{
	struct accounts *a = screen->state;
	int cells = a->clerks * a->needed, from = a->at * a->needed + a->column;
	if (a->column >= a->needed)
		from = a->at * a->needed + a->needed - 1;
	for (int i = 1; i <= cells; i++) {
		int cell = (from + i) % cells;
		const struct account_row *row = accounts_at(a, cell / a->needed, cell % a->needed);
		if (!right_lacks(row->state, "", "", NULL) && !accounts_partial(a, row))
			continue;
		a->at = cell / a->needed;
		a->column = cell % a->needed;
		screen_dirty(screen);
		return;
	}
	desk_say(screen->desk, FAULT_NONE, "%s", _("Không tài khoản nào cần ở đây bị thiếu hoặc lỗi."));
}

static const struct action actions[] = {
	{ "account-edit", "F4", N_("Sửa"), N_("Ghi tình trạng tài khoản của cán bộ trên hệ thống đang chọn."), may_supervise, run_edit },
	{ "accounts-check", "F5", N_("Hỏi"), N_("Hỏi ngay các hệ thống xem cán bộ có quyền gì."), may_supervise, accounts_check_now },
	{ "accounts-export", "F6", N_("XLSX"), N_("Ghi danh sách tài khoản còn thiếu ra tệp XLSX."), may_supervise, accounts_export },
	{ "officer-edit", "F7", N_("Cán bộ"), N_("Số điện thoại, e-mail, số CCCD của cán bộ đang chọn."), may_supervise, run_officer },
	{ "accounts-next", "F8", N_("Thiếu"), N_("Đến chỗ thiếu hoặc lỗi kế tiếp."), NULL, run_next },
	{ 0 },
};

const struct screen_kind accounts_screen = {
	.name = "accounts",
	.title = N_("TÀI KHOẢN TRÊN CÁC HỆ THỐNG"),
	.help = N_("Mỗi hàng một cán bộ, mỗi cột một hệ thống; mũi tên để đi, Enter đọc chi tiết và lịch sử.\n"
	           "Đầu ngày chương trình tự hỏi các hệ thống cho hỏi; hệ thống khác thì người phụ trách ghi tay.\n"
	           "Cột sau cùng là hệ thống chỉ được báo tin: thủ tục ở đây không cần tài khoản trên đó."),
	.actions = actions,
	.size = sizeof(struct accounts),
	.open = accounts_open,
	.draw = accounts_draw,
	.handle = accounts_handle,
	.resume = accounts_resume,
	.close = accounts_close,
};
