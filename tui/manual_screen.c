/* SPDX-License-Identifier: Apache-2.0
 *
 *  NHẬP TAY                                 Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   H01.999-261120-0007 · hokinhdoanh.dkkd.gov.vn · mục 3 trong 16
 *
 *     Thủ tục                     Đăng ký thành lập hộ kinh doanh
 *     Họ và tên chủ hộ            Nguyễn Thị Hồng
 *   > Số định danh cá nhân        0011••••••12
 *  ─ Số định danh cá nhân ───────────────────────────────────────────────────────
 *  001199000012
 *
 *  F1 Giúp  F4 Hiện số  F6 Tình trạng  F9 Số của họ  Esc Về
 *
 * The value of the row stands alone on its lines below, from the first column on: a
 * mouse takes it without anything around it.  It goes to no clipboard by itself. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/lifecycle.h"
#include "core/store/dossier_read.h"
#include "core/store/manual.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/list.h"
#include "tui/manual_screen.h"
#include "tui/program.h"

enum { VALUE_ROWS = 6, STATUSES = 6 };
static const int statuses[STATUSES] = { 4, 5, 6, 9, 10, 3 };

struct typing {
	int64_t id;
	const char *system;
	struct list list;
	const struct manual_field *fields;
	struct arena memory, coming; /* of the fields shown; of those on their way */
	struct manual_fields_ask ask;
	bool reading, clear;
	const struct dossier_full *full;
	struct arena full_memory;
	struct dossier_ask full_ask;
	bool full_reading;
	struct act_ask act;
	int status;
	const char *said_now;
	struct listener listener;
	struct screen *screen;
};

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct manual_field *field = &((const struct typing *)owner)->fields[row];
	out->text = column == 0 ? field->label : *field->value ? field->value : _("(để trống)");
	out->role = column == 0 ? ROLE_LABEL : *field->value ? ROLE_TEXT : ROLE_DIM;
}

static const struct list_column columns[] = {
	{ .head = N_("Mục của biểu mẫu"), .width = 32 },
	{ .head = N_("Nhập"), .width = 0 },
	{ 0 },
};

static void on_fields(struct manual_fields_ask *ask, const struct manual_field *fields, int count,
                      const struct error *err)
{
	struct typing *t = ask->owner;
	t->reading = false;
	if (err) {
		desk_tell(t->screen->desk, err);
		arena_free(&t->coming);
	} else {
		arena_free(&t->memory);
		t->memory = t->coming;
		t->coming = (struct arena){ 0 };
		t->fields = fields;
		list_set_count(&t->list, count);
	}
	screen_dirty(t->screen);
}

static void read_fields(struct typing *t)
{
	if (t->reading)
		return;
	t->reading = true;
	t->ask = (struct manual_fields_ask){ .done = on_fields, .into = &t->coming, .owner = t };
	manual_fields(duty_store(duty_of(t->screen)), &t->screen->scope, &t->ask, t->id, t->system, t->clear);
}

static void on_full(struct dossier_ask *ask, const struct dossier_full *full, const struct error *err)
{
	struct typing *t = ask->owner;
	t->full_reading = false;
	if (err)
		desk_tell(t->screen->desk, err);
	t->full = full;
	screen_dirty(t->screen);
}

static void read_full(struct typing *t)
{
	if (t->full_reading)
		return;
	t->full_reading = true;
	t->full = NULL;
	arena_free(&t->full_memory);
	t->full_ask = (struct dossier_ask){ .done = on_full, .into = &t->full_memory, .owner = t };
	dossier_read(duty_store(duty_of(t->screen)), &t->screen->scope, &t->full_ask, t->id);
}

static void on_heard(struct listener *listener, const char *what, int64_t id)
{
	struct typing *t = OWNER_OF(listener, struct typing, listener);
	if (id == t->id || strcmp(what, "again") == 0)
		read_full(t);
}

static void typing_open(struct screen *screen, const void *argument)
{
	const struct manual_plan *plan = argument;
	struct typing *t = screen->state;
	t->screen = screen;
	t->id = plan->dossier_id;
	t->system = arena_string(&screen->arena, plan->system);
	t->list = (struct list){ .columns = columns, .cell = cell, .owner = t, .headless = true,
		.empty = N_("Chưa biết phải nhập những mục nào.") };
	t->listener.heard = on_heard;
	duty_listen(duty_of(screen), &screen->scope, &t->listener);
	read_fields(t);
	read_full(t);
}

static void typing_close(struct screen *screen)
{
	struct typing *t = screen->state;
	arena_free(&t->memory);
	arena_free(&t->coming);
	arena_free(&t->full_memory);
}

static const struct dossier_travel *travel_of(const struct typing *t)
{
	for (int i = 0; t->full && i < t->full->travel_count; i++)
		if (strcmp(t->full->travel[i].system, t->system) == 0)
			return &t->full->travel[i];
	return NULL;
}

static void typing_draw(const struct screen *screen, struct canvas *canvas)
{
	struct typing *t = screen->state;
	const struct dossier_travel *travel = travel_of(t);
	if (t->full)
		canvas_format(canvas, 0, 1, ROLE_HEAD, "%s%s%s", t->full->code, t->list.count ? " · " : "",
		              t->list.count ? t->fields[0].site : "");
	if (travel && *travel->foreign_code)
		canvas_format(canvas, 1, 1, ROLE_GOOD, _("Số của họ: %s — %s"), travel->foreign_code, travel->note);
	else if (t->list.count)
		canvas_format(canvas, 1, 1, ROLE_DIM, _("Mục %d trong %d; ghi số hồ sơ họ cấp bằng F9."), t->list.at + 1, t->list.count);
	int top = canvas->rows - VALUE_ROWS;
	struct canvas rows = canvas_part(canvas, 3, 0, top - 4, canvas->cols);
	list_draw(&t->list, &rows, true);
	if (t->list.count == 0)
		return;
	const struct manual_field *field = &t->fields[t->list.at];
	canvas_format(canvas, top - 1, 1, ROLE_LABEL, "— %s —", field->label);
	struct canvas value = canvas_part(canvas, top, 0, VALUE_ROWS, canvas->cols);
	canvas_lines(&value, 0, 0, value.cols, ROLE_PERSON, field->value);
}

/* ---- their number ---- */

static void on_done(struct act_ask *ask, int version, const struct error *err)
{
	struct typing *t = ask->owner;
	(void)version;
	if (err)
		desk_tell(t->screen->desk, err);
	else
		desk_say(t->screen->desk, FAULT_NONE, "%s", t->said_now);
	read_full(t);
}

static void give_number(struct typing *t, const char *number)
{
	t->said_now = _("Đã ghi số của họ: hồ sơ được theo dõi như mọi hồ sơ.");
	t->act = (struct act_ask){ .done = on_done, .owner = t };
	manual_done(duty_store(duty_of(t->screen)), &t->screen->scope, &t->act, t->id, t->system, number, "");
}

static void on_number(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text && *text)
		give_number(screen->state, text);
}

static void ask_number(struct screen *screen, const char *initial)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Số hồ sơ mà hệ thống đó cấp (gõ hoặc quét):"), .plain = true,
		.max = 60, .initial = initial }, on_number, NULL);
}

static void run_number(struct screen *screen)
{
	const struct dossier_travel *travel = travel_of(screen->state);
	ask_number(screen, travel ? travel->foreign_code : "");
}

/* ---- what they say of it ---- */

static void on_words(struct screen *screen, const char *text, void *data)
{
	struct typing *t = screen->state;
	(void)data;
	if (!text || !t->full)
		return;
	t->said_now = _("Đã ghi tình trạng đọc được, kèm nguồn.");
	t->act = (struct act_ask){ .done = on_done, .owner = t };
	manual_status(duty_store(duty_of(screen)), &screen->scope, &t->act, t->id, t->full->version, t->system,
	              t->status, desk_now(screen->desk), text);
}

static void on_status(struct screen *screen, int choice, void *data)
{
	struct typing *t = screen->state;
	(void)data;
	if (choice < 0)
		return;
	t->status = statuses[choice];
	ask_for_text(screen, &(struct ask_text){ .question = _("Hệ thống đó viết thế nào? (chép lại nguyên văn)"), .max = 500 },
	             on_words, NULL);
}

static bool may_status(const struct screen *screen)
{
	const struct dossier_travel *travel = travel_of(screen->state);
	return travel && *travel->foreign_code;
}

static void run_status(struct screen *screen)
{
	const char *names[STATUSES];
	for (int i = 0; i < STATUSES; i++)
		names[i] = status_name(statuses[i]);
	ask_choice(screen, _("Trên hệ thống đó hồ sơ đang thế nào?"), names, STATUSES, 0, on_status, NULL);
}

static void run_reveal(struct screen *screen)
{
	struct typing *t = screen->state;
	t->clear = !t->clear;
	read_fields(t);
	if (t->clear)
		desk_say(screen->desk, FAULT_NONE, "%s", _("Lần xem này được ghi vào nhật ký truy cập."));
}

static bool typing_handle(struct screen *screen, const struct event *event)
{
	struct typing *t = screen->state;
	if (event->kind == EVENT_SCAN && event->size < 61) {
		/* Looked at before it is taken: it may be the receipt's code, or a card. */
		ask_number(screen, arena_copy(&screen->arena, event->text, event->size));
		return true;
	}
	if (list_handle(&t->list, event))
		return true;
	if (!event_is(event, K_ENTER, 0) && !event_is(event, K_TAB, 0))
		return false;
	if (t->list.at + 1 < t->list.count)
		t->list.at++;
	else
		run_number(screen);
	screen_dirty(screen);
	return true;
}

static const struct action actions[] = {
	{ "manual-reveal", "F4", N_("Hiện số"), N_("Hiện số định danh, địa chỉ, điện thoại để nhập; lần xem được ghi lại."), NULL, run_reveal },
	{ "manual-status", "F6", N_("Đọc được"), N_("Ghi tình trạng đọc được trên hệ thống đó, kèm nguồn."), may_status, run_status },
	{ "manual-number", "F9", N_("Số của họ"), N_("Ghi số hồ sơ mà hệ thống đó cấp, gõ hoặc quét."), NULL, run_number },
	{ 0 },
};

const struct screen_kind manual_screen = {
	.name = "manual",
	.title = N_("NHẬP TAY"),
	.help = N_("Các mục phải nhập vào hệ thống chưa có giao diện, theo thứ tự biểu mẫu của họ. Enter sang mục sau; giá trị của mục\n"
	           "đứng riêng ở dưới để chép. F9 hoặc quét mã để ghi số hồ sơ họ cấp, F6 ghi tình trạng đọc được ở đó."),
	.actions = actions,
	.size = sizeof(struct typing),
	.open = typing_open,
	.draw = typing_draw,
	.handle = typing_handle,
	.close = typing_close,
};
