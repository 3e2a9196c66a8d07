/* SPDX-License-Identifier: Apache-2.0
 *
 *  ĐĂNG NHẬP                                                          TẬP DUYỆT
 *
 *                       TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG
 *
 *    Tài khoản *           >man                 ^
 *    Mật khẩu *             ••••••••
 *    Quầy                   Q1
 *
 *    Đang khởi động: tạo cơ sở dữ liệu lần đầu…
 *
 *    Thế giới tập duyệt — mật khẩu của mọi người: motcua-tap-duyet
 *      man    Lê Thị Mận        Chuyên viên
 *      …
 *  F1 Giúp  F9 Vào  F10 Ra
 */
#include "tui/login.h"

#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/field.h"
#include "tui/form.h"
#include "tui/practice.h"
#include "tui/program.h"
#include "tui/sit.h"
#include "tui/duty.h"
#include "tui/starting.h"

struct login {
	struct form form;
	struct form_item items[3];
	struct field login, password, counter;
	struct starting starting;     /* the set-up child, on a first start      */
	struct practice_clerks clerks;/* shown in practice                       */
	struct duty *trying;
	bool waiting;                 /* pressed Enter while the database starts */
	bool entered;                 /* the last try succeeded                  */
	int wrong;                    /* wrong passwords in a row                */
	struct timer pause;           /* … slow the next try                     */
	struct screen *screen;
};

static struct program *program_of(const struct screen *screen)
{
	return screen->desk->program;
}

static void enter(struct screen *screen);

static void on_started(void *owner, const struct error *err)
{
	struct screen *screen = owner;
	struct login *login = screen->state;
	screen_dirty(screen);
	if (err) {
		login->waiting = false;
		desk_tell(screen->desk, err);
	} else if (login->waiting) {
		login->waiting = false;
		enter(screen);
	}
}

static void on_step(void *owner)
{
	screen_dirty(owner);
}

static void on_pause_over(struct timer *timer)
{
	struct login *login = OWNER_OF(timer, struct login, pause);
	desk_say(login->screen->desk, FAULT_NONE, "%s", _("Mời nhập lại mật khẩu."));
	screen_dirty(login->screen);
}

static void open_form(struct screen *screen)
{
	struct login *login = screen->state;
	const struct composer *composer = &screen->desk->composer;
	field_init(&login->login, &screen->arena, composer);
	field_init(&login->password, &screen->arena, composer);
	field_init(&login->counter, &screen->arena, composer);
	login->login.plain = login->password.plain = login->counter.plain = true;
	login->login.max = 40;
	login->password.max = 120;
	login->password.secret = true;
	login->counter.max = 16;
	field_set(&login->counter, program_counter(program_of(screen), &screen->arena));
	if (field_empty(&login->counter))
		field_set(&login->counter, "Q1");
	login->items[0] = (struct form_item){ .label = N_("Tài khoản"), .kind = FORM_FIELD,
		.field = &login->login, .required = true };
	login->items[1] = (struct form_item){ .label = N_("Mật khẩu"), .kind = FORM_FIELD,
		.field = &login->password, .required = true };
	login->items[2] = (struct form_item){ .label = N_("Quầy"), .kind = FORM_FIELD,
		.field = &login->counter, .required = true,
		.hint = N_("mã quầy, ví dụ Q1; nhớ cho lần sau") };
	bool no_counter = sitting_of(program_of(screen))->no_counter;
	if (no_counter)
		field_set(&login->counter, "");
	login->form = (struct form){ .items = login->items, .count = no_counter ? 2 : 3, .labels = 14 };
	form_start(&login->form);
}

static void login_open(struct screen *screen, const void *argument)
{
	(void)argument;
	struct login *login = screen->state;
	struct program *program = program_of(screen);
	login->screen = screen;
	login->pause.fire = on_pause_over;
	open_form(screen);
	if (program->options.practice)
		practice_clerks_read(&login->clerks, &screen->arena, program->paths.share);
	starting_begin(&login->starting, program, screen->desk->loop, &screen->scope,
	               &(struct starting_calls){ on_step, on_started, screen });
}

static void login_close(struct screen *screen)
{
	struct login *login = screen->state;
	loop_cancel(screen->desk->loop, &login->pause);
	if (login->trying)
		login->trying = duty_end(login->trying);
	seal_wipe(login->password.text, strlen(login->password.text));
}

/* 1, 2, 4, 8 s after repeated wrong passwords: guessing gets slow, a typing
 * mistake does not hurt. */
static void slow_down(struct screen *screen)
{
	struct login *login = screen->state;
	int seconds = 1 << (login->wrong < 3 ? login->wrong : 3);
	login->wrong++;
	loop_after(screen->desk->loop, &login->pause, seconds * 1000);
}

static void on_opened(void *owner, struct duty *duty, const struct error *err)
{
	struct screen *screen = owner;
	struct login *login = screen->state;
	struct program *program = program_of(screen);
	screen_dirty(screen);
	if (program->duty == duty)
		return; /* later connections are the duty's own affair */
	if (!err) {
		login->trying = NULL;
		login->wrong = 0;
		login->entered = true;
		program->duty = duty;
		if (sitting_of(program)->supervisor && !duty->facts->is_supervisor) {
			program->refused = _("Bảng điều hành dành cho người phụ trách: hãy đăng nhập bằng tài khoản người phụ trách.");
			desk_say(screen->desk, FAULT_DENIED, "%s", program->refused);
			screen->desk->loop->stop = true;
			return;
		}
		if (*duty->facts->counter)
			program_remember_counter(program, duty->facts->counter);
		desk_say(screen->desk, FAULT_NONE, "%s", "");
		seal_wipe(login->password.text, strlen(login->password.text));
		field_set(&login->password, "");
		sitting_of(program)->enter(screen->desk);
		return;
	}
	log_error("log-in", err);
	desk_tell(screen->desk, err);
	if (err->fault == FAULT_OFFLINE)
		return; /* it goes on trying; Esc gives up */
	login->trying = duty_end(login->trying);
	if (strcmp(err->code, "28P01") == 0)
		slow_down(screen);
	field_set(&login->password, "");
	form_focus(&login->form, &login->password);
}

static bool complete(struct login *login, struct desk *desk)
{
	struct field *const fields[] = { &login->login, &login->password, &login->counter };
	for (int i = 0; i < login->form.count; i++) {
		if (!field_empty(fields[i]))
			continue;
		fields[i]->wrong = true;
		form_focus(&login->form, fields[i]);
		desk_say(desk, FAULT_INPUT, _("Nhập %s để đăng nhập."),
		         i == 0 ? _("tài khoản") : i == 1 ? _("mật khẩu") : _("mã quầy"));
		return false;
	}
	return true;
}

static void enter(struct screen *screen)
{
	struct login *login = screen->state;
	struct error err = { 0 };
	if (!complete(login, screen->desk) || login->pause.armed)
		return;
	if (starting_under_way(&login->starting)) {
		login->waiting = true;
		desk_say(screen->desk, FAULT_NONE, "%s",
		         _("Cơ sở dữ liệu đang khởi động, xong sẽ vào ngay."));
		return;
	}
	login->trying = duty_end(login->trying);
	login->trying = duty_begin(screen->desk, program_of(screen), login->login.text,
	                            login->password.text, login->counter.text,
	                            &(struct duty_calls){ on_opened, screen }, &err);
	if (login->trying)
		desk_say(screen->desk, FAULT_NONE, "%s", _("Đang đăng nhập…"));
	else
		desk_tell(screen->desk, &err);
}

static bool may_enter(const struct screen *screen)
{
	const struct login *login = screen->state;
	return !login->pause.armed;
}

static void draw_clerks(const struct login *login, struct canvas *canvas, int row)
{
	canvas_format(canvas, row, 2, ROLE_HEAD, _("Thế giới tập duyệt — mật khẩu của mọi người: %s"),
	              login->clerks.password);
	for (int i = 0; i < login->clerks.count && i < 5; i++) {
		const struct practice_clerk *clerk = &login->clerks.rows[i];
		canvas_cell(canvas, row + 1 + i, 4, 8, ROLE_TEXT, clerk->login);
		canvas_cell(canvas, row + 1 + i, 12, 22, ROLE_TEXT, clerk->full_name);
		canvas_cell(canvas, row + 1 + i, 35, 40, ROLE_DIM, clerk->title);
	}
}

static void login_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct login *login = screen->state;
	canvas_text(canvas, 1, 2, ROLE_HEAD, _("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"));
	canvas_text(canvas, 2, 2, ROLE_DIM, _("Tiếp nhận và trả kết quả thủ tục hành chính"));
	struct canvas inputs = canvas_part(canvas, 4, 2, 4, canvas->cols < 78 ? canvas->cols - 2 : 76);
	form_draw((struct form *)&login->form, &inputs);
	const char *step = starting_step(&login->starting);
	if (step[0])
		canvas_format(canvas, 9, 2, ROLE_WARN, "→ %s", step);
	if (login->clerks.count)
		draw_clerks(login, canvas, 11);
}

static bool login_handle(struct screen *screen, const struct event *event)
{
	struct login *login = screen->state;
	if (event_is(event, K_ESC, 0) && login->trying) {
		login->trying = duty_end(login->trying);
		desk_say(screen->desk, FAULT_NONE, "%s", _("Đã thôi đăng nhập."));
		return true;
	}
	/* The counter is remembered: Enter after the password is enough. */
	bool last = login->form.items[login->form.focus].field == &login->password &&
	            !field_empty(&login->password) && (login->form.count == 2 || !field_empty(&login->counter));
	if (event_is(event, K_ENTER, 0) && last) {
		enter(screen);
		return true;
	}
	if (form_handle(&login->form, event))
		return true;
	if (event_is(event, K_ENTER, 0)) {
		enter(screen);
		return true;
	}
	return false;
}

/* Whoever comes back to this screen has gone home: nothing of the duty is left. */
static void log_out(struct desk *desk)
{
	struct program *program = desk->program;
	program->duty = duty_end(program->duty);
	desk->common = NULL;
	desk->scanned = NULL;
	desk_name(desk, "%s", "");
}

static void login_resume(struct screen *screen)
{
	struct login *login = screen->state;
	log_out(screen->desk);
	if (login->entered) { /* somebody else sits down */
		login->entered = false;
		field_set(&login->login, "");
	}
	form_focus(&login->form, field_empty(&login->login) ? &login->login : &login->password);
}

static const struct action actions[] = {
	{ "login-enter", "F9", N_("Vào"), N_("Đăng nhập bằng tài khoản đã gõ."), may_enter, enter },
	{ 0 },
};

const struct screen_kind login_screen = {
	.name = "login",
	.title = N_("ĐĂNG NHẬP"),
	.help = N_("Gõ tài khoản và mật khẩu của chính mình, chọn quầy rồi Enter.\n"
	           "Mỗi người một tài khoản: mọi việc đều ghi tên người làm."),
	.actions = actions,
	.size = sizeof(struct login),
	.open = login_open,
	.draw = login_draw,
	.handle = login_handle,
	.resume = login_resume,
	.close = login_close,
};

void login_again(struct desk *desk)
{
	screen_home(desk);
	log_out(desk);
}
