/* SPDX-License-Identifier: Apache-2.0
 *
 *  VIỆC CỦA TỪNG NGƯỜI                      Q3 · Phạm Thu Huệ · TẬP DUYỆT · 20/11 09:41
 *   Người                     Chức vụ            Đang giữ  Quá hạn  Làm thay
 * > Lê Thị Mận                Chuyên viên              12      ! 1  Trần Đăng Khoa đến 22/11
 *   (chưa rõ ai)
 *  …
 *  F1 Giúp  Enter Hồ sơ  F5 Giao hết  F6 Uỷ quyền  F7 Thôi  Esc Về
 */
#include "tui/hands_screen.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "core/store/admin.h"
#include "core/store/life.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/life_list.h"
#include "tui/list.h"
#include "tui/password.h"
#include "tui/program.h"

enum { PEOPLE = 60 };

struct hands {
	struct list list;
	const struct colleague *rows;
	struct fresh fresh;
	struct colleagues_ask ask;
	/* What is being asked: for whom, by whom, until when. */
	const char *absent, *absent_name, *acting;
	const char *choices[PEOPLE];
	int choice_count;
	bool all;                 /* everything held goes over; else a delegation */
	day_t until;
	struct act_ask act;
	struct admin_ask locking;
	bool lock;                /* else unlock */
	struct screen *screen;
};

/* The row behind the people: what rooms hold without a name. */
static const struct colleague *here(const struct hands *h)
{
	return h->list.count && h->list.at < h->list.count - 1 ? &h->rows[h->list.at] : NULL;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[80], day[16];
	const struct hands *h = owner;
	if (row == h->list.count - 1) {
		out->text = column == 0 ? _("(bộ phận, chưa rõ ai)") : "";
		return;
	}
	const struct colleague *one = &h->rows[row];
	out->text = text;
	switch (column) {
	case 0:
		snprintf(text, sizeof text, "%s%s", one->full_name, one->mine ? _(" (tôi)") : one->locked ? _(" (khoá)") : "");
		out->role = one->locked ? ROLE_DIM : ROLE_TEXT;
		break;
	case 1: out->text = one->title; break;
	case 2: snprintf(text, sizeof text, "%d", one->held); break;
	case 3:
		snprintf(text, sizeof text, one->late ? "! %d" : "%d", one->late);
		out->role = one->late ? ROLE_LATE : ROLE_DIM;
		break;
	default:
		text[0] = '\0';
		if (*one->acting)
			snprintf(text, sizeof text, _("%s đến hết %s"), one->acting, day_write(moment_day(one->until - 1), day, sizeof day));
		out->role = ROLE_WARN;
	}
}

static int64_t id_of(void *owner, int row)
{
	const struct hands *h = owner;
	return list_id(0, row == h->list.count - 1 ? "" : h->rows[row].login);
}

static const struct list_column columns[] = {
	{ .head = N_("Người"), .width = 24 },
	{ .head = N_("Chức vụ"), .width = 16, .from = 100 },
	{ .head = N_("Đang giữ"), .width = 8, .right = true },
	{ .head = N_("Quá hạn"), .width = 7, .right = true },
	{ .head = N_("Vắng, làm thay"), .width = 0 },
	{ 0 },
};

static void on_read(struct colleagues_ask *ask, const struct colleague *rows, int count, const struct error *err)
{
	struct hands *h = ask->owner;
	if (fresh_came(&h->fresh, err)) {
		h->rows = rows;
		list_set_count(&h->list, count + 1);
	}
	fresh_taken(&h->fresh);
}

static void read_now(struct screen *screen)
{
	struct hands *h = screen->state;
	h->ask = (struct colleagues_ask){ .done = on_read, .into = &h->fresh.coming, .owner = h };
	colleagues_read(duty_store(duty_of(screen)), &screen->scope, &h->ask);
}

/* ---- giving ---- */

static void on_done(struct act_ask *ask, int version, const struct error *err)
{
	struct hands *h = ask->owner;
	if (err)
		ask_refused(h->screen, err);
	else if (h->all)
		desk_say(h->screen->desk, FAULT_NONE, _("Đã giao %d hồ sơ."), version);
	else
		desk_say(h->screen->desk, FAULT_NONE, "%s", _("Đã ghi."));
	fresh_read(&h->fresh);
}

static void on_why(struct screen *screen, const char *text, void *data)
{
	struct hands *h = screen->state;
	(void)data;
	if (!text || ask_busy(screen, h->act.ask.slot))
		return;
	h->act = (struct act_ask){ .done = on_done, .owner = h };
	if (h->all)
		give_all(duty_store(duty_of(screen)), &screen->scope, &h->act, h->absent, h->acting, text);
	else
		delegate(duty_store(duty_of(screen)), &screen->scope, &h->act, h->absent, h->acting, h->until, text);
}

static void ask_why(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao? (nghỉ ốm, đi học, chuyển công tác…)"), .max = 200, .check = ask_check_reason }, on_why, NULL);
}

static const char *check_until(struct screen *screen, const char *text, void *data)
{
	day_t day = typed_day(text, desk_today(screen->desk)), today = moment_day(desk_now(screen->desk));
	(void)data;
	return day == DAY_NONE ? _("Gõ ngày, ví dụ 30/11/2026.") : day < today || day > today + 366 ? _("Ngày cuối phải từ hôm nay đến không quá một năm.") : NULL;
}

static void on_until(struct screen *screen, const char *text, void *data)
{
	struct hands *h = screen->state;
	(void)data;
	if (!text)
		return;
	h->until = typed_day(text, desk_today(screen->desk));
	ask_why(screen);
}

static void on_person(struct screen *screen, int choice, void *data)
{
	struct hands *h = screen->state;
	struct arena arena = { 0 };
	(void)data;
	if (choice < 0)
		return;
	h->acting = h->choices[choice];
	if (h->all)
		ask_why(screen);
	else
		ask_for_text(screen, &(struct ask_text){ .question = arena_format(&arena, _("Làm thay %s đến hết ngày nào?"), h->absent_name), .plain = true, .max = 10,
			.check = check_until }, on_until, NULL);
	arena_free(&arena);
}

static void choose(struct screen *screen, bool all)
{
	struct hands *h = screen->state;
	const struct colleague *row = here(h);
	const char *names[PEOPLE];
	struct arena arena = { 0 };
	if (!row)
		return;
	h->all = all;
	h->absent = arena_string(&screen->arena, row->login);
	h->absent_name = arena_string(&screen->arena, row->full_name);
	h->choice_count = 0;
	for (int i = 0; i < h->list.count - 1 && h->choice_count < PEOPLE; i++)
		if (!h->rows[i].locked && strcmp(h->rows[i].login, row->login) != 0) {
			names[h->choice_count] = h->rows[i].full_name;
			h->choices[h->choice_count++] = arena_string(&screen->arena, h->rows[i].login);
		}
	if (h->choice_count)
		ask_choice(screen, all ? arena_format(&arena, _("Giao hết %d hồ sơ của %s cho ai?"), row->held, row->full_name)
		                       : arena_format(&arena, _("Ai làm thay %s?"), row->full_name), names, h->choice_count, 0, on_person, NULL);
	arena_free(&arena);
}

static void run_give(struct screen *screen)
{
	choose(screen, true);
}

static void run_delegate(struct screen *screen)
{
	choose(screen, false);
}

static void run_end(struct screen *screen)
{
	struct hands *h = screen->state;
	if (h->act.ask.slot)
		return;
	h->all = false;
	h->act = (struct act_ask){ .done = on_done, .owner = h };
	delegate_end(duty_store(duty_of(screen)), &screen->scope, &h->act, here(h)->login);
}

static bool supervises(const struct screen *screen)
{
	return duty_of(screen)->facts->is_supervisor;
}

static bool may_give(const struct screen *screen)
{
	const struct colleague *row = here(screen->state);
	return row && row->held && (row->mine || row->may_take);
}

/* Not oneself: who would unlock it. */
static bool may_lock(const struct screen *screen)
{
	const struct colleague *row = here(screen->state);
	return row && !row->mine && supervises(screen);
}

static void on_locked(struct admin_ask *ask, const struct error *err)
{
	struct hands *h = ask->owner;
	if (err)
		desk_tell(h->screen->desk, err);
	else
		desk_say(h->screen->desk, FAULT_NONE, "%s", h->lock ? _("Đã khoá: người ấy không đăng nhập được nữa.") : _("Đã mở khoá."));
	fresh_read(&h->fresh);
}

static void on_lock(struct screen *screen, bool yes, void *data)
{
	struct hands *h = screen->state;
	struct store *store = duty_store(duty_of(screen));
	(void)data;
	if (!yes || h->locking.ask.slot)
		return;
	h->locking = (struct admin_ask){ .done = on_locked, .owner = h };
	if (h->lock)
		admin_clerk_lock(store, &screen->scope, &h->locking, h->absent);
	else
		admin_clerk_unlock(store, &screen->scope, &h->locking, h->absent);
}

static void run_lock(struct screen *screen)
{
	struct hands *h = screen->state;
	const struct colleague *row = here(h);
	struct arena arena = { 0 };
	h->absent = arena_string(&screen->arena, row->login);
	h->lock = !row->locked;
	ask_yes(screen, arena_format(&arena, h->lock ? _("Khoá tài khoản của %s? Người ấy không đăng nhập được nữa; hồ sơ đang giữ vẫn ở đó, F5 giao hết.")
	                                             : _("Mở khoá tài khoản của %s?"), row->full_name), h->lock, on_lock, NULL);
	arena_free(&arena);
}

static void run_password(struct screen *screen)
{
	const struct colleague *row = here(screen->state);
	password_of(screen, row->login, row->full_name);
}

static bool may_delegate(const struct screen *screen)
{
	const struct colleague *row = here(screen->state);
	return row && (row->mine || supervises(screen));
}

static bool may_end(const struct screen *screen)
{
	return may_delegate(screen) && *here(screen->state)->acting;
}

/* ---- the screen ---- */

static void hands_open(struct screen *screen, const void *argument)
{
	struct hands *h = screen->state;
	(void)argument;
	h->screen = screen;
	screen->status = _("Enter: hồ sơ người đó đang giữ.");
	h->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = h };
	fresh_open(&h->fresh, screen, read_now);
}

static void hands_close(struct screen *screen)
{
	fresh_close(&((struct hands *)screen->state)->fresh);
}

static void hands_draw(const struct screen *screen, struct canvas *canvas)
{
	struct hands *h = screen->state;
	fresh_list(&h->fresh, &h->list, canvas, true);
}

static bool hands_handle(struct screen *screen, const struct event *event)
{
	struct hands *h = screen->state;
	if (list_handle(&h->list, event))
		return true;
	if (event_is(event, K_ENTER, 0) && h->list.count) {
		const struct colleague *row = here(h);
		screen_push(screen->desk, &life_list_screen, &(struct life_list_plan){ .which = LIFE_HELD, .login = row ? row->login : "",
			.title = row ? row->full_name : _("Bộ phận, chưa rõ ai") });
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

static const struct action actions[] = {
	{ "hands-give", "F5", N_("Giao hết"), N_("Giao hết hồ sơ người này đang giữ cho người khác, có lý do."), may_give, run_give },
	{ "hands-delegate", "F6", N_("Uỷ quyền"), N_("Ai làm thay người này, đến hết ngày nào; được ghi lại."), may_delegate, run_delegate },
	{ "hands-end", "F7", N_("Thôi"), N_("Thôi uỷ quyền đang có hiệu lực."), may_end, run_end },
	{ "hands-lock", "F8", N_("Khoá"), N_("Khoá, mở khoá tài khoản của người này (người phụ trách)."), may_lock, run_lock },
	{ "hands-password", NULL, NULL, N_("Đặt mật khẩu mới cho người này, khi quên (người phụ trách); được ghi lại."), may_lock, run_password },
	{ 0 },
};

const struct screen_kind hands_screen = {
	.name = "hands",
	.title = N_("VIỆC CỦA TỪNG NGƯỜI"),
	.help = N_("Ai đang giữ bao nhiêu hồ sơ, ai vắng, ai làm thay đến bao giờ. Người được uỷ quyền nhận làm thay từng hồ sơ (Enter, Enter, Việc khác); "
	           "người phụ trách giao hết một lần.\n"
	           "Người nghỉ việc, chuyển đi: F8 khoá tài khoản. Quên mật khẩu: Ctrl-P “mật khẩu mới cho người này”; mật khẩu của mình: Ctrl-P “đổi mật khẩu”."),
	.actions = actions,
	.size = sizeof(struct hands),
	.open = hands_open,
	.draw = hands_draw,
	.handle = hands_handle,
	.close = hands_close,
};
