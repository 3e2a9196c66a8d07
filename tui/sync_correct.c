/* SPDX-License-Identifier: Apache-2.0
 *
 *  SỬA VÀ GỬI LẠI                           Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   H01.999-261120-0007 → Hệ thống tập trung của Bộ Tư pháp
 *   Bên nhận nói: Số điện thoại không hợp lệ
 *
 *   Chủ hồ sơ
 *   Họ tên            Nguyễn Thị Thuỳ Dương          (người phụ trách sửa)
 *   Điện thoại       >0912345678                  !
 *   Thư điện tử
 *   Địa chỉ           Ấp Tà Lọt…
 *   Nội dung yêu cầu
 *   Vì sao sửa
 *   Gửi lại tới       ■ Hệ thống tập trung của Bộ Tư pháp
 *                     ■ Cổng Dịch vụ công quốc gia
 *  F1 Giúp  F9 Gửi  Esc Thôi
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/form.h"
#include "tui/program.h"
#include "tui/sync_own.h"
#include "tui/sync_words.h"

enum { NAME, PHONE, EMAIL, ADDRESS, PARTS };
enum { PARTIES = 2, ITEMS = PARTIES * (PARTS + 1) + 2 /* and the places */ };

struct correcting {
	int64_t dossier_id;
	const char *system, *system_name, *code, *complaint;
	struct arena memory;
	struct sync_correctable_ask ask;
	struct sync_correctable found;
	bool known, sending;
	struct field parts[PARTIES][PARTS], summary, reason;
	struct check *places; /* as found.places */
	struct form_item *items;
	struct form form;
	struct sync_act_ask act;
	struct screen *screen;
};

static const char *const part_words[PARTS] = { "name", "phone", "email", "address" };

static const char *given(const struct sync_party *party, int part)
{
	const char *const values[PARTS] = { party->name, party->phone, party->email, party->address };
	return values[part];
}

static void put_item(struct correcting *c, struct form_item item)
{
	c->items[c->form.count++] = item;
}

/* Named by the other side: marked, and where the hand begins. */
static void mark(struct correcting *c, struct field *field, const char *path)
{
	if (!sync_field_named(c->complaint, path) || field->locked)
		return;
	field->wrong = true;
	if (c->form.focus < 0)
		c->form.focus = c->form.count - 1;
}

static void put_party(struct correcting *c, int which)
{
	static const char *const labels[PARTS] = { N_("Họ tên"), N_("Điện thoại"), N_("Thư điện tử"),
		N_("Địa chỉ") };
	const struct sync_party *party = &c->found.parties[which];
	bool supervisor = duty_of(c->screen)->facts->is_supervisor;
	char path[64];
	put_item(c, (struct form_item){ .kind = FORM_HEAD,
		.label = strcmp(party->role, "owner") == 0 ? N_("Chủ hồ sơ") : N_("Người nộp") });
	for (int part = 0; part < PARTS; part++) {
		struct field *field = &c->parts[which][part];
		field_init(field, &c->screen->arena, &c->screen->desk->composer);
		field->max = 300;
		field->plain = part == PHONE || part == EMAIL;
		field->locked = part == NAME && !supervisor;
		field_set(field, given(party, part));
		put_item(c, (struct form_item){ .label = labels[part], .kind = FORM_FIELD, .field = field,
			.hint = field->locked ? N_("người phụ trách mới sửa được") : NULL });
		snprintf(path, sizeof path, "%s.%s", party->role, part_words[part]);
		mark(c, field, path);
	}
}

/* Every system that has it is told, unless the hand says otherwise. */
static void put_places(struct correcting *c)
{
	c->places = ARENA_MANY(&c->memory, struct check, c->found.place_count + 1);
	for (int i = 0; i < c->found.place_count; i++) {
		c->places[i] = (struct check){ .name = c->found.places[i].name, .on = true };
		put_item(c, (struct form_item){ .label = i ? "" : N_("Gửi lại tới"), .kind = FORM_CHECK,
			.check = &c->places[i] });
	}
}

static void arrange(struct correcting *c)
{
	c->items = ARENA_MANY(&c->memory, struct form_item, ITEMS + c->found.place_count);
	c->form = (struct form){ .items = c->items, .labels = 20, .focus = -1 };
	for (int i = 0; i < c->found.count && i < PARTIES; i++)
		put_party(c, i);
	field_init(&c->summary, &c->screen->arena, &c->screen->desk->composer);
	field_init(&c->reason, &c->screen->arena, &c->screen->desk->composer);
	c->summary.max = 1000;
	c->reason.max = 300;
	field_set(&c->summary, c->found.summary);
	put_item(c, (struct form_item){ .label = N_("Nội dung yêu cầu"), .kind = FORM_FIELD, .field = &c->summary });
	mark(c, &c->summary, "summary");
	put_item(c, (struct form_item){ .label = N_("Vì sao sửa"), .kind = FORM_FIELD, .field = &c->reason,
		.hint = N_("ghi vào lịch sử hồ sơ") });
	put_places(c);
	int first = c->form.focus;
	form_start(&c->form);
	if (first >= 0)
		c->form.focus = first;
	else if (c->found.count)
		form_focus(&c->form, &c->parts[0][PHONE]);
}

static void on_found(struct sync_correctable_ask *ask, const struct sync_correctable *found,
                     const struct error *err)
{
	struct correcting *c = ask->owner;
	if (err) {
		desk_tell(c->screen->desk, err);
		screen_pop(c->screen);
		return;
	}
	c->found = *found;
	c->known = true;
	arrange(c);
	desk_say(c->screen->desk, FAULT_NONE, "%s", _("Lần xem này được ghi vào nhật ký truy cập."));
	screen_dirty(c->screen);
}

static void correcting_open(struct screen *screen, const void *argument)
{
	const struct correct_plan *plan = argument;
	struct correcting *c = screen->state;
	c->screen = screen;
	c->dossier_id = plan->dossier_id;
	c->system = arena_string(&screen->arena, plan->system);
	c->system_name = arena_string(&screen->arena, plan->system_name);
	c->code = arena_string(&screen->arena, plan->code);
	c->complaint = arena_string(&screen->arena, plan->complaint);
	c->ask = (struct sync_correctable_ask){ .done = on_found, .into = &c->memory, .owner = c };
	sync_correctable_read(duty_store(duty_of(screen)), &screen->scope, &c->ask, c->dossier_id);
}

static void correcting_close(struct screen *screen)
{
	arena_free(&((struct correcting *)screen->state)->memory);
}

static void correcting_draw(const struct screen *screen, struct canvas *canvas)
{
	const struct correcting *c = screen->state;
	int top = 2;
	canvas_format(canvas, 0, 1, ROLE_TEXT, "%s → %s", c->code, c->system_name);
	if (*c->complaint) {
		struct canvas said = canvas_part(canvas, 1, 1, 3, canvas->cols - 2);
		struct arena scratch = { 0 };
		int rows = canvas_lines(&said, 0, 0, said.cols, ROLE_ERROR,
		                        arena_format(&scratch, _("Bên nhận nói: %s"), c->complaint));
		arena_free(&scratch);
		top += rows > 3 ? 3 : rows;
	}
	struct canvas body = canvas_part(canvas, top, 1, canvas->rows - top, canvas->cols - 2);
	if (c->known)
		form_draw((struct form *)&c->form, &body);
	else
		canvas_text(&body, 0, 0, ROLE_DIM, _("Đang đọc hồ sơ…"));
}

static void on_sent(struct sync_act_ask *ask, const struct error *err)
{
	struct correcting *c = ask->owner;
	c->sending = false;
	if (err) {
		desk_tell(c->screen->desk, err);
		return;
	}
	struct desk *desk = c->screen->desk;
	screen_pop(c->screen);
	desk_say(desk, FAULT_NONE, "%s", _("Đã sửa hồ sơ và xếp tin mới để gửi. Tin cũ được giữ nguyên."));
}

static bool may_send(const struct screen *screen)
{
	const struct correcting *c = screen->state;
	return c->known && !c->sending;
}

static void run_send(struct screen *screen)
{
	struct correcting *c = screen->state;
	struct sync_party parties[PARTIES];
	struct arena scratch = { 0 };
	struct sync_place *places = ARENA_MANY(&scratch, struct sync_place, c->found.place_count + 1);
	struct sync_correctable changed = { parties, 0, c->summary.text, places, 0 };
	for (int i = 0; i < c->found.count && i < PARTIES; i++)
		parties[changed.count++] = (struct sync_party){ c->found.parties[i].role,
			c->parts[i][NAME].text, c->parts[i][PHONE].text, c->parts[i][EMAIL].text,
			c->parts[i][ADDRESS].text };
	for (int i = 0; i < c->found.place_count; i++)
		if (c->places[i].on)
			places[changed.place_count++] = c->found.places[i];
	c->sending = true;
	c->act = (struct sync_act_ask){ .done = on_sent, .owner = c };
	sync_correct(duty_store(duty_of(screen)), &screen->scope, &c->act, c->dossier_id, &changed,
	             c->reason.text);
	arena_free(&scratch);
}

static void on_leave(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (yes)
		screen_pop(screen);
}

static bool correcting_handle(struct screen *screen, const struct event *event)
{
	struct correcting *c = screen->state;
	if (c->known && form_handle(&c->form, event))
		return true;
	if (!event_is(event, K_ESC, 0) && !event_is(event, K_F10, 0))
		return false;
	if (c->known && form_changed(&c->form))
		ask_yes(screen, _("Bỏ những gì vừa sửa? Hồ sơ giữ như cũ."), true, on_leave, NULL);
	else
		screen_pop(screen);
	return true;
}

static void correcting_about(const struct screen *screen, struct about *about)
{
	const struct correcting *c = screen->state;
	about->system = c->system;
	about->dossier_id = c->dossier_id;
	about->dossier = c->code;
	about->error = *c->complaint ? c->complaint : NULL;
}

static const struct action actions[] = {
	{ "sync-correct-send", "F9", N_("Gửi"), N_("Ghi phần sửa vào hồ sơ và gửi tin mới tới các hệ thống đánh dấu."), may_send, run_send },
	{ 0 },
};

const struct screen_kind sync_correct_screen = {
	.name = "sync-correct",
	.title = N_("SỬA VÀ GỬI LẠI"),
	.help = N_("Sửa điều bên nhận không chịu: điện thoại, thư điện tử, địa chỉ, nội dung yêu cầu; họ tên do người phụ trách sửa.\n"
	           "Ô bị bên nhận gọi tên có dấu “!”. F9 ghi vào hồ sơ (có lịch sử và nhật ký) và gửi tin mới\n"
	           "tới mọi hệ thống đang có hồ sơ, trừ hệ thống bỏ dấu; nơi đã có đúng nội dung ấy thì không gửi nữa.\n"
	           "Tin đã lập trước không bị sửa."),
	.actions = actions,
	.size = sizeof(struct correcting),
	.open = correcting_open,
	.draw = correcting_draw,
	.handle = correcting_handle,
	.close = correcting_close,
	.about = correcting_about,
};
