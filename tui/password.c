/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/password.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/admin.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/draft.h"
#include "tui/duty.h"
#include "tui/login.h"

enum { LEAST = 10, MOST = 120 };

/* In the asker's arena, wiped when it is over. */
struct password {
	struct screen *asker;
	const char *login;         /* "": one's own */
	char fresh[MOST * 4 + 1];
	struct admin_ask ask;
};

static void end(struct password *p)
{
	seal_wipe(p->fresh, sizeof p->fresh);
}

static void on_done(struct admin_ask *ask, const struct error *err)
{
	struct password *p = ask->owner;
	struct desk *desk = p->asker->desk;
	bool own = !*p->login;
	end(p);
	if (err) {
		desk_tell(desk, err);
		return;
	}
	if (own)
		login_again(desk); /* the line still has the old one */
	desk_say(desk, FAULT_NONE, "%s", own ? _("Đã đổi mật khẩu. Đăng nhập lại bằng mật khẩu mới.") : _("Đã đặt mật khẩu mới, được ghi lại."));
}

static void on_again(struct screen *screen, const char *text, void *data)
{
	struct password *p = data;
	if (!text) {
		end(p);
		return;
	}
	if (strcmp(text, p->fresh) != 0) {
		end(p);
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Hai lần gõ không giống nhau: mật khẩu giữ như cũ."));
		return;
	}
	p->ask = (struct admin_ask){ .done = on_done, .owner = p };
	struct store *store = duty_store(duty_of(screen));
	if (*p->login)
		admin_password_set(store, &screen->scope, &p->ask, p->login, p->fresh);
	else
		admin_password(store, &screen->scope, &p->ask, p->fresh);
}

static const char *check_fresh(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return strlen(text) >= sizeof ((struct password *)NULL)->fresh ? _("Mật khẩu dài quá.")
	       : text_count(text) < LEAST ? _("Mật khẩu cần ít nhất 10 ký tự.")
	                                                                 : NULL;
}

static void on_fresh(struct screen *screen, const char *text, void *data)
{
	struct password *p = data;
	if (!text)
		return;
	memcpy(p->fresh, text, strlen(text) + 1); /* as long as check_fresh lets it be */
	ask_for_text(screen, &(struct ask_text){ .question = _("Gõ lại mật khẩu mới:"), .max = MOST, .secret = true, .plain = true }, on_again, p);
}

static void ask_fresh(struct screen *screen, struct password *p, const char *question)
{
	ask_for_text(screen, &(struct ask_text){ .question = question, .max = MOST, .secret = true, .plain = true, .check = check_fresh }, on_fresh, p);
}

static struct password *begin(struct screen *screen, const char *login)
{
	struct password *p = ARENA_NEW(&screen->arena, struct password);
	*p = (struct password){ .asker = screen, .login = arena_string(&screen->arena, login) };
	return p;
}

static const char *check_old(struct screen *screen, const char *text, void *data)
{
	(void)data;
	return duty_password_is(duty_of(screen), text) ? NULL : _("Không phải mật khẩu hiện nay.");
}

static void on_old(struct screen *screen, const char *text, void *data)
{
	if (text)
		ask_fresh(screen, data, _("Mật khẩu mới, ít nhất 10 ký tự:"));
}

void password_mine(struct screen *screen)
{
	if (draft_count(duty_of(screen))) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Còn bản nháp khoá bằng mật khẩu hiện nay: nhận hoặc bỏ bản nháp (F2) rồi mới đổi mật khẩu."));
		return;
	}
	ask_for_text(screen, &(struct ask_text){ .question = _("Mật khẩu hiện nay:"), .max = MOST, .secret = true, .plain = true, .check = check_old }, on_old,
	             begin(screen, ""));
}

void password_of(struct screen *screen, const char *login, const char *full_name)
{
	struct arena arena = { 0 };
	ask_fresh(screen, begin(screen, login), arena_format(&arena, _("Mật khẩu mới của %s, ít nhất 10 ký tự (bản nháp người ấy đang giữ sẽ không mở được nữa):"), full_name));
	arena_free(&arena);
}
