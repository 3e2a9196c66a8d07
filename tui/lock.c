/* SPDX-License-Identifier: Apache-2.0
 *
 *  ĐÃ KHOÁ                                                   Quầy 3 · Lê Thị Mận
 *
 *    Màn hình của Lê Thị Mận đang khoá. Việc đang làm còn nguyên.
 *
 *    Mật khẩu             >••••••••^
 *
 *  F1 Giúp  F9 Mở khoá  F10 Ra
 */
#include "tui/lock.h"

#include <string.h>

#include "core/base/say.h"
#include "core/store/seal.h"
#include "core/store/store.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/field.h"
#include "tui/login.h"
#include "tui/program.h"
#include "tui/duty.h"

struct lock {
	struct field password;
	struct store *probe;  /* a log-in only to check the password */
	int wrong;
	bool right;
	struct timer pause;
	struct screen *screen;
};

static void stop_probe(struct lock *lock)
{
	lock->probe = store_close(lock->probe);
}

static void on_pause_over(struct timer *timer)
{
	struct lock *lock = OWNER_OF(timer, struct lock, pause);
	if (lock->right) {
		desk_say(lock->screen->desk, FAULT_NONE, "%s", _("Đã mở khoá."));
		screen_pop(lock->screen);
		return;
	}
	if (lock->probe && store_state(lock->probe) != STORE_CONNECTING)
		stop_probe(lock);
	screen_dirty(lock->screen);
}

/* Inside the probe's own callback it must not be closed: the pause timer does. */
static void on_state(struct store *store, enum store_state state, const struct error *err)
{
	struct lock *lock = store_owner(store);
	struct desk *desk = lock->screen->desk;
	if (state == STORE_READY) {
		lock->right = true;
		loop_after(desk->loop, &lock->pause, 1);
		return;
	}
	if (state != STORE_REFUSED && state != STORE_LOST)
		return;
	desk_tell(desk, err);
	field_set(&lock->password, "");
	int seconds = state == STORE_REFUSED ? 1 << (lock->wrong < 3 ? lock->wrong++ : 3) : 1;
	loop_after(desk->loop, &lock->pause, seconds * 1000);
}

static bool may_unlock(const struct screen *screen)
{
	const struct lock *lock = screen->state;
	return !lock->pause.armed && !lock->probe;
}

static void unlock(struct screen *screen)
{
	struct lock *lock = screen->state;
	struct error err = { 0 };
	if (!may_unlock(screen) || field_empty(&lock->password))
		return;
	struct store_settings settings = { .server = ((struct program *)screen->desk->program)->server,
		.user = duty_of(screen)->facts->login, .password = lock->password.text,
		.program = "motcua-lock", .state = on_state, .owner = lock };
	lock->probe = store_open(screen->desk->loop, &settings, &err);
	if (!lock->probe)
		desk_tell(screen->desk, &err);
	else
		desk_say(screen->desk, FAULT_NONE, "%s", _("Đang kiểm tra mật khẩu…"));
}

static void lock_open(struct screen *screen, const void *argument)
{
	(void)argument;
	struct lock *lock = screen->state;
	lock->screen = screen;
	lock->pause.fire = on_pause_over;
	field_init(&lock->password, &screen->arena, NULL);
	lock->password.secret = lock->password.plain = true;
}

static void lock_close(struct screen *screen)
{
	struct lock *lock = screen->state;
	loop_cancel(screen->desk->loop, &lock->pause);
	stop_probe(lock);
	seal_wipe(lock->password.text, strlen(lock->password.text));
}

static void lock_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct lock *lock = screen->state;
	canvas_format(canvas, 2, 3, ROLE_TEXT, _("Màn hình của %s đang khoá. Việc đang làm còn nguyên."),
	              duty_of(screen)->facts->full_name);
	canvas_text(canvas, 4, 3, ROLE_LABEL, _("Mật khẩu"));
	field_draw((struct field *)&lock->password, canvas, 4, 18, 40, true);
}

static bool lock_handle(struct screen *screen, const struct event *event)
{
	struct lock *lock = screen->state;
	if (field_handle(&lock->password, event))
		return true;
	if (!event_is(event, K_ENTER, 0))
		return false;
	unlock(screen);
	return true;
}

static void on_change(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (yes)
		login_again(screen->desk);
}

static void run_change(struct screen *screen)
{
	ask_yes(screen, _("Đổi sang người khác? Bản nháp đang dở vẫn được giữ cho chủ của nó."), true,
	        on_change, NULL);
}

static const struct action actions[] = {
	{ "lock-open", "F9", N_("Mở khoá"), N_("Mở khoá bằng mật khẩu của người đang làm việc."), may_unlock, unlock },
	{ "lock-change-clerk", "F8", N_("Đổi người"), N_("Người khác vào làm ở quầy này."), NULL, run_change },
	{ 0 },
};

const struct screen_kind lock_screen = {
	.name = "lock",
	.title = N_("ĐÃ KHOÁ"),
	.help = N_("Màn hình khoá để người khác không xem được. Gõ mật khẩu rồi Enter."),
	.actions = actions,
	.size = sizeof(struct lock),
	.lock = true,
	.open = lock_open,
	.draw = lock_draw,
	.handle = lock_handle,
	.close = lock_close,
};

void lock_now(struct desk *desk)
{
	const struct program *program = desk->program;
	if (program->duty && program->duty->facts && desk->top && !desk->top->kind->lock)
		screen_push(desk, &lock_screen, NULL);
}
