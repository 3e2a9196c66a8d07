/* SPDX-License-Identifier: Apache-2.0
 *
 * Two forms of supervisors: the state of one account, and a clerk's own data.
 *
 * ┌ TÀI KHOẢN: Trần Đăng Khoa · Bộ Tư pháp ──────────────────────────────┐
 * │ Tình trạng       (●) đã cấp  ( ) lỗi  ( ) chưa có  ( ) đã xin         │
 * │ Tên tài khoản    >khoa.moj                                            │
 * │ Lĩnh vực          Hộ tịch; Chứng thực                                 │
 * │ Thủ tục                                                               │
 * │ Ghi chú                                                               │
 * └───────────────────────────────────────────────────────────────────────┘ */
#include <string.h>

#include "core/base/say.h"
#include "core/dossier/card.h"
#include "tui/accounts_private.h"
#include "tui/form.h"

/* What both forms share: fields, one act under way. */
struct edit {
	struct form form;
	struct form_item items[5];
	struct field fields[4];
	struct choice state;
	struct account_row row;   /* account-edit: what is being changed           */
	const char *login;        /* officer-edit: whose                           */
	bool revealed;            /* officer-edit: the number stands in its field  */
	bool acting;
	struct officers_ask officers;
	struct arena told;
	struct account_act act;
	struct screen *screen;
};

static struct edit *edit_of(const struct screen *screen)
{
	return screen->state;
}

static void on_kept(struct account_act *act, const char *value, const struct error *err)
{
	struct edit *edit = act->owner;
	struct desk *desk = edit->screen->desk;
	(void)value;
	edit->acting = false;
	screen_dirty(edit->screen);
	if (err && err->fault != FAULT_CONFLICT) {
		desk_tell(desk, err);
		return;
	}
	screen_pop(edit->screen); /* the table below reads anew */
	if (err)
		desk_tell(desk, err);
	else
		desk_say(desk, FAULT_NONE, "%s", _("Đã ghi."));
}

static void edit_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct edit *edit = edit_of(screen);
	int rows = edit->form.count + 2 < canvas->rows ? edit->form.count + 2 : canvas->rows;
	int cols = canvas->cols < 78 ? canvas->cols : 78;
	struct canvas box = canvas_part(canvas, 3, (canvas->cols - cols) / 2, rows, cols);
	struct canvas inside = canvas_frame(&box, ROLE_FRAME, screen->title);
	form_draw((struct form *)&edit->form, &inside);
}

static void edit_close(struct screen *screen)
{
	arena_free(&edit_of(screen)->told);
}

static bool may_keep(const struct screen *screen)
{
	return !edit_of(screen)->acting;
}

static bool form_event(struct screen *screen, const struct event *event, void (*keep)(struct screen *))
{
	struct edit *edit = edit_of(screen);
	if (form_handle(&edit->form, event))
		return true;
	if (event_is(event, K_ENTER, 0)) {
		if (!edit->acting)
			keep(screen);
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	screen_pop(screen);
	return true;
}

/* ---- one account ---- */

static const enum right states[] = { RIGHT_GRANTED, RIGHT_ERROR, RIGHT_MISSING, RIGHT_ASKED };
static const char *const state_names[] = { N_("đã cấp"), N_("lỗi"), N_("chưa có"), N_("đã xin"), NULL };

static void account_open(struct screen *screen, const void *argument)
{
	static const char *const labels[] = { N_("Tên tài khoản"), N_("Lĩnh vực"), N_("Thủ tục"), N_("Ghi chú") };
	static const char *const hints[] = { N_("tên đăng nhập ở hệ thống đó"),
		N_("cách nhau dấu ;  trống: mọi lĩnh vực"), N_("mã, cách nhau dấu phẩy; trống: mọi thủ tục"), NULL };
	static const int most[] = { 80, 500, 500, 500 };
	const struct account_row *row = ((const struct account_edit_plan *)argument)->row;
	struct edit *edit = edit_of(screen);
	edit->screen = screen;
	edit->row = *row;
	edit->row.login = arena_string(&screen->arena, row->login);
	edit->row.system = arena_string(&screen->arena, row->system);
	screen->title = arena_format(&screen->arena, "%s · %s", row->full_name, system_brief(row->system_name));
	edit->state.names = state_names;
	for (int i = 0; i < 4; i++)
		if (states[i] == row->state)
			edit->state.at = i;
	edit->items[0] = (struct form_item){ .label = N_("Tình trạng"), .kind = FORM_CHOICE, .choice = &edit->state };
	for (int i = 0; i < 4; i++) {
		field_init(&edit->fields[i], &screen->arena, &screen->desk->composer);
		edit->fields[i].max = most[i];
		edit->items[i + 1] = (struct form_item){ .label = labels[i], .kind = FORM_FIELD,
			.field = &edit->fields[i], .hint = hints[i] };
	}
	edit->fields[0].plain = edit->fields[2].plain = true;
	field_set(&edit->fields[0], row->account);
	field_set(&edit->fields[1], row->fields);
	field_set(&edit->fields[2], row->procedures);
	field_set(&edit->fields[3], row->note);
	edit->form = (struct form){ .items = edit->items, .count = 5, .labels = 16 };
	form_start(&edit->form);
}

static void keep_account(struct screen *screen)
{
	struct edit *edit = edit_of(screen);
	struct account_row *row = &edit->row;
	row->state = states[edit->state.at];
	row->account = edit->fields[0].text;
	row->fields = edit->fields[1].text;
	row->procedures = edit->fields[2].text;
	row->note = edit->fields[3].text;
	edit->acting = true;
	edit->act = (struct account_act){ .done = on_kept, .owner = edit };
	account_set(duty_store(duty_of(screen)), &screen->scope, &edit->act, row);
}

static bool account_handle(struct screen *screen, const struct event *event)
{
	return form_event(screen, event, keep_account);
}

static const struct action account_actions[] = {
	{ "account-keep", "F9", N_("Ghi"), N_("Ghi tình trạng tài khoản này."), may_keep, keep_account },
	{ 0 },
};

const struct screen_kind account_edit_screen = {
	.name = "account-edit",
	.title = N_("TÀI KHOẢN"),
	.help = N_("Tình trạng tài khoản của một cán bộ trên một hệ thống. Lĩnh vực và thủ tục để trống nghĩa là không giới hạn.\n"
	           "F9 hoặc Enter ở ô cuối để ghi, Esc bỏ. Mọi lần ghi đều lưu lịch sử."),
	.actions = account_actions,
	.size = sizeof(struct edit),
	.dialog = true,
	.open = account_open,
	.draw = edit_draw,
	.handle = account_handle,
	.close = edit_close,
};

/* ---- a clerk's own data ---- */

enum { PHONE, EMAIL, NUMBER, OFFICER_FIELDS };

static void on_officers(struct officers_ask *ask, const struct officer_row *rows, int count,
                        const struct error *err)
{
	struct edit *edit = ask->owner;
	edit->acting = false;
	if (err)
		desk_tell(edit->screen->desk, err);
	for (int i = 0; i < count; i++) {
		if (strcmp(rows[i].login, edit->login) != 0)
			continue;
		field_set(&edit->fields[PHONE], rows[i].phone);
		field_set(&edit->fields[EMAIL], rows[i].email);
		if (*rows[i].id_masked)
			edit->items[NUMBER].hint = arena_format(&edit->screen->arena,
				_("đã có %s; trống: giữ nguyên"), rows[i].id_masked);
	}
	screen_dirty(edit->screen);
}

static void officer_open(struct screen *screen, const void *argument)
{
	static const char *const labels[] = { N_("Số điện thoại"), N_("E-mail"), N_("Số CCCD") };
	static const int most[] = { 20, 120, 12 };
	const struct officer_edit_plan *plan = argument;
	struct edit *edit = edit_of(screen);
	edit->screen = screen;
	edit->login = arena_string(&screen->arena, plan->login);
	screen->title = arena_string(&screen->arena, plan->full_name);
	for (int i = 0; i < OFFICER_FIELDS; i++) {
		field_init(&edit->fields[i], &screen->arena, &screen->desk->composer);
		edit->fields[i].max = most[i];
		edit->fields[i].plain = true;
		edit->items[i] = (struct form_item){ .label = labels[i], .kind = FORM_FIELD, .field = &edit->fields[i] };
	}
	edit->fields[NUMBER].digits = edit->fields[NUMBER].mask = true;
	edit->items[NUMBER].hint = N_("12 chữ số; quét thẻ cũng được");
	edit->form = (struct form){ .items = edit->items, .count = OFFICER_FIELDS, .labels = 16 };
	form_start(&edit->form);
	edit->acting = true;
	edit->officers = (struct officers_ask){ .done = on_officers, .into = &edit->told, .owner = edit };
	officers_read(duty_store(duty_of(screen)), &screen->scope, &edit->officers);
}

static void keep_officer(struct screen *screen)
{
	struct edit *edit = edit_of(screen);
	const char *number = edit->fields[NUMBER].text;
	edit->acting = true;
	edit->act = (struct account_act){ .done = on_kept, .owner = edit };
	officer_set(duty_store(duty_of(screen)), &screen->scope, &edit->act, edit->login,
	            edit->fields[PHONE].text, edit->fields[EMAIL].text,
	            *number || edit->revealed ? number : NULL);
}

static void on_revealed(struct account_act *act, const char *value, const struct error *err)
{
	struct edit *edit = act->owner;
	edit->acting = false;
	if (err) {
		desk_tell(edit->screen->desk, err);
	} else {
		field_set(&edit->fields[NUMBER], value);
		edit->fields[NUMBER].revealed = edit->revealed = true;
		desk_say(edit->screen->desk, FAULT_NONE, "%s", _("Đã hiện số CCCD; lần xem này được ghi lại."));
	}
	screen_dirty(edit->screen);
}

static void run_reveal(struct screen *screen)
{
	struct edit *edit = edit_of(screen);
	edit->acting = true;
	edit->act = (struct account_act){ .done = on_revealed, .owner = edit };
	officer_reveal(duty_store(duty_of(screen)), &screen->scope, &edit->act, edit->login);
}

static bool officer_handle(struct screen *screen, const struct event *event)
{
	struct edit *edit = edit_of(screen);
	struct card card;
	if (event->kind != EVENT_SCAN || !card_looks_like(event->text, event->size))
		return form_event(screen, event, keep_officer);
	card_read(&screen->arena, event->text, event->size, event->exact ? CARD_SERIAL : CARD_KEYBOARD,
	          duty_of(screen)->catalogue, &card);
	if (card.verdict == CARD_REFUSE) {
		desk_say(screen->desk, FAULT_INPUT, "%s", _("Mã vừa quét không phải thẻ căn cước."));
		return true;
	}
	struct person person = person_new(PERSON_CITIZEN);
	card_person(&card, &person);
	field_set(&edit->fields[NUMBER], person.id_number);
	edit->fields[NUMBER].changed = true;
	return true;
}

static const struct action officer_actions[] = {
	{ "officer-keep", "F9", N_("Ghi"), N_("Ghi số điện thoại, e-mail, số CCCD của cán bộ."), may_keep, keep_officer },
	{ "officer-reveal", "F8", N_("Hiện số"), N_("Hiện đủ số CCCD đang có; việc xem được ghi lại."), may_keep, run_reveal },
	{ 0 },
};

const struct screen_kind officer_edit_screen = {
	.name = "officer-edit",
	.title = N_("CÁN BỘ"),
	.help = N_("Thông tin mà nơi cấp tài khoản hỏi. Số CCCD chỉ người phụ trách xem được, hiện ra là có ghi lại.\n"
	           "F9 hoặc Enter ở ô cuối để ghi, Esc bỏ."),
	.actions = officer_actions,
	.size = sizeof(struct edit),
	.dialog = true,
	.open = officer_open,
	.draw = edit_draw,
	.handle = officer_handle,
	.close = edit_close,
};
