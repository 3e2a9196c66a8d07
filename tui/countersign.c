/* SPDX-License-Identifier: Apache-2.0
 *
 *  ┌ NGƯỜI PHỤ TRÁCH DUYỆT ────────────────────────────────────────┐
 *  │ Chuyển hồ sơ H01.999-261120-0001 về hệ thống của tỉnh          │
 *  │ Tài khoản *  >hue^                                             │
 *  │ Mật khẩu *    ••••••                                           │
 *  └────────────────────────────────────────────────────────────────┘
 */
#include "tui/countersign.h"

#include <string.h>

#include "core/base/say.h"
#include "core/store/seal.h"
#include "core/store/store.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/form.h"
#include "tui/program.h"

struct signing {
	struct countersign plan;
	struct field login, password;
	struct form_item items[2];
	struct form form;
	struct store *store;   /* that person's own connection */
	bool asked;
	struct screen *screen;
};

static void signing_open(struct screen *screen, const void *argument)
{
	struct signing *s = screen->state;
	s->screen = screen;
	s->plan = *(const struct countersign *)argument;
	s->plan.title = arena_string(&screen->arena, s->plan.title);
	s->plan.question = arena_string(&screen->arena, s->plan.question);
	s->plan.who = arena_string(&screen->arena, s->plan.who);
	field_init(&s->login, &screen->arena, &screen->desk->composer);
	field_init(&s->password, &screen->arena, &screen->desk->composer);
	s->login.plain = s->password.plain = s->password.secret = true;
	s->login.max = 40;
	s->password.max = 120;
	s->items[0] = (struct form_item){ .label = N_("Tài khoản"), .kind = FORM_FIELD, .field = &s->login, .required = true };
	s->items[1] = (struct form_item){ .label = N_("Mật khẩu"), .kind = FORM_FIELD, .field = &s->password, .required = true };
	s->form = (struct form){ .items = s->items, .count = 2, .labels = 13 };
	form_start(&s->form);
	if (s->plan.login) {
		field_set(&s->login, s->plan.login);
		form_focus(&s->form, &s->password);
	}
}

static void let_go(struct signing *s)
{
	s->store = store_close(s->store);
	s->asked = false;
	seal_wipe(s->password.text, strlen(s->password.text));
	field_set(&s->password, "");
}

static void signing_close(struct screen *screen)
{
	let_go(screen->state);
}

static void signing_draw(const struct screen *screen, struct canvas *canvas)
{
	struct signing *s = screen->state;
	int cols = canvas->cols < 70 ? canvas->cols : 70;
	struct canvas box = canvas_part(canvas, 4, (canvas->cols - cols) / 2, 11, cols);
	struct canvas inside = canvas_frame(&box, ROLE_DIALOG, s->plan.title);
	int row = canvas_lines(&inside, 0, 1, inside.cols - 2, ROLE_DIALOG, s->plan.question);
	struct canvas inputs = canvas_part(&inside, row + 1, 1, 2, inside.cols - 2);
	form_draw(&s->form, &inputs);
	if (s->store && (s->asked || store_state(s->store) == STORE_CONNECTING))
		canvas_text(&inside, row + 4, 1, ROLE_DIALOG, _("Đang hỏi cơ sở dữ liệu…"));
}

void countersign_done(struct screen *dialog, const struct error *err)
{
	struct signing *s = dialog->state;
	if (err) {
		desk_tell(dialog->desk, err);
		/* The connection must not end inside its own answer. */
		s->asked = false;
		field_set(&s->password, "");
		form_focus(&s->form, &s->password);
		screen_dirty(dialog);
		return;
	}
	struct screen *asker = s->plan.asker;
	void (*then)(struct screen *, void *) = s->plan.then;
	void *data = s->plan.data;
	screen_pop(dialog);
	then(asker, data);
}

static void on_state(struct store *store, enum store_state state, const struct error *err)
{
	struct signing *s = store_owner(store);
	if (state == STORE_READY && !s->asked) {
		s->asked = true;
		s->plan.act(s->screen, store, s->plan.data);
	} else if (err) {
		desk_tell(s->screen->desk, err);
		screen_dirty(s->screen);
	}
}

static void sign(struct screen *screen)
{
	struct signing *s = screen->state;
	struct error err = { 0 };
	struct field *empty = field_empty(&s->login) ? &s->login : field_empty(&s->password) ? &s->password : NULL;
	if (empty) {
		empty->wrong = true;
		form_focus(&s->form, empty);
		desk_say(screen->desk, FAULT_INPUT, "%s", s->plan.who);
		return;
	}
	if (s->asked)
		return;
	s->store = store_close(s->store);
	struct store_settings settings = { .server = duty_of(screen)->program->server, .user = s->login.text,
		.password = s->password.text, .program = "motcua", .state = on_state, .owner = s };
	s->store = store_open(screen->desk->loop, &settings, &err);
	if (!s->store)
		desk_tell(screen->desk, &err);
}

static bool signing_handle(struct screen *screen, const struct event *event)
{
	struct signing *s = screen->state;
	if (event_is(event, K_ENTER, 0) && s->form.focus == 1) {
		sign(screen);
		return true;
	}
	if (form_handle(&s->form, event))
		return true;
	if (event_is(event, K_ESC, 0)) {
		screen_pop(screen);
		return true;
	}
	return event->kind == EVENT_TEXT;
}

static const struct action actions[] = {
	{ "countersign", "F9", N_("Xác nhận"), N_("Xác nhận bằng tài khoản của người đó; người đang làm ở quầy không đổi."), NULL, sign },
	{ 0 },
};

const struct screen_kind countersign_screen = {
	.name = "countersign",
	.title = N_("NGƯỜI THỨ HAI XÁC NHẬN"),
	.help = N_("Người phụ trách, hoặc người nhận hồ sơ, đăng nhập cho riêng việc này: cơ sở dữ liệu ghi tên người đó. Người đang làm ở quầy vẫn làm tiếp."),
	.actions = actions,
	.size = sizeof(struct signing),
	.dialog = true,
	.open = signing_open,
	.draw = signing_draw,
	.handle = signing_handle,
	.close = signing_close,
};
