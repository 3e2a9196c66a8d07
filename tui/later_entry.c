/* SPDX-License-Identifier: Apache-2.0
 *
 *  NHẬP HỒ SƠ ĐÃ NHẬN BẰNG TAY              Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *   Mã trên tờ in sẵn *  >261120-0041
 *   Nhận lúc *            08:15
 *   Người nhận, viết giấy Lê Thị Mận
 *   Vì sao nhận bằng tay  Mất điện cả xã
 *
 *   Sự cố                 mất điện · Mất điện cả xã · 08:00 20/11/2026 – 09:10 20/11/2026
 *  F1 Giúp  F4 Các tập  F9 Tiếp  Esc Về
 */
#include "tui/later_entry.h"

#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/base/typed.h"
#include "core/dossier/code.h"
#include "core/store/blanks.h"
#include "printers/receipt_qr.h"
#include "tui/blanks.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/form.h"
#include "tui/receive.h"
#include "tui/reception.h"

enum { L_CODE, L_AT, L_BY, L_REASON, L_HEAD, L_KIND, L_STORY, L_FROM, L_TO, L_ITEMS };
enum { KNOWN_MOST = 50, LABELS = 24 };

struct later_entry {
	struct screen *screen;
	struct field fields[L_ITEMS];
	struct choice kind;
	struct form_item items[L_ITEMS];
	struct form form;
	/* The incidents told before, newest first; the one that covers the moment. */
	const struct standstill *known;
	int known_count;
	const struct standstill *covers;
	struct arena known_memory, memory;
	struct blanks_ask read, ask;
	bool asking;
	struct later plan;
};

static const char *const kinds[] = { N_("mất điện"), N_("mất CSDL"), N_("mất mạng"), N_("khác"), NULL };
static const char *const kinds_stored[] = { "power", "database", "network", "other" };

const char *standstill_name(const char *kind)
{
	for (int i = 0; kinds[i]; i++)
		if (strcmp(kinds_stored[i], kind) == 0)
			return _(kinds[i]);
	return kind;
}

/* The day meant when only a time is typed: that of the last incident, else today. */
static day_t day_meant(const struct later_entry *l)
{
	day_t today = desk_today(l->screen->desk);
	if (l->known_count == 0)
		return today;
	moment_t last = l->known->to == MOMENT_NONE ? l->known->from : l->known->to;
	return moment_day(last) + 3 < today ? today : moment_day(last);
}

static moment_t moment_of_field(const struct later_entry *l, int i)
{
	return typed_moment(l->fields[i].text, desk_today(l->screen->desk), day_meant(l));
}

static void arrange(struct later_entry *l)
{
	moment_t at = moment_of_field(l, L_AT), now = desk_now(l->screen->desk);
	l->covers = NULL;
	for (int i = 0; at != MOMENT_NONE && i < l->known_count && !l->covers; i++) {
		const struct standstill *s = &l->known[i];
		if (s->from <= at && at <= (s->to == MOMENT_NONE ? now : s->to))
			l->covers = s;
	}
	for (int i = L_HEAD; i < L_ITEMS; i++)
		l->items[i].hidden = l->covers != NULL;
	screen_dirty(l->screen);
}

/* ---- what is known already ---- */

static void on_known(struct blanks_ask *ask, const struct error *err)
{
	struct later_entry *l = ask->owner;
	if (err) {
		log_error("reading incidents", err);
		return;
	}
	l->known = ask->standstills;
	l->known_count = ask->count;
	arrange(l);
}

static void later_open(struct screen *screen, const void *argument)
{
	static const char *const labels[L_ITEMS] = { N_("Mã trên tờ in sẵn"), N_("Nhận lúc"),
		N_("Người nhận, viết giấy"), N_("Vì sao nhận bằng tay"), N_("Sự cố chưa ghi: ghi một lần"),
		N_("Loại"), N_("Chuyện gì"), N_("Từ lúc"), N_("Đến lúc") };
	static const char *const hints[L_ITEMS] = { [L_CODE] = N_("Quét mã QR của tờ, hoặc gõ phần sau: 261120-0041"),
		[L_AT] = N_("Giờ ghi trên tờ: 0815 hoặc 08:15 20/11/2026"),
		[L_REASON] = N_("Để trống: lấy theo sự cố"),
		[L_FROM] = N_("Giờ bắt đầu: 0800 hoặc 08:00 20/11/2026"),
		[L_TO] = N_("Giờ có lại; để trống nếu chưa hết") };
	struct later_entry *l = screen->state;
	(void)argument;
	l->screen = screen;
	l->kind.names = kinds;
	for (int i = 0; i < L_ITEMS; i++) {
		field_init(&l->fields[i], &screen->arena, &screen->desk->composer);
		l->fields[i].plain = i == L_CODE || i == L_AT || i == L_FROM || i == L_TO;
		l->fields[i].max = i == L_STORY || i == L_REASON ? 300 : 60;
		l->items[i] = (struct form_item){ .label = labels[i], .kind = FORM_FIELD,
			.field = &l->fields[i], .hint = hints[i],
			.required = i == L_CODE || i == L_AT || i == L_STORY || i == L_FROM };
	}
	l->items[L_HEAD].kind = FORM_HEAD;
	l->items[L_KIND] = (struct form_item){ .label = labels[L_KIND], .kind = FORM_CHOICE, .choice = &l->kind };
	l->form = (struct form){ .items = l->items, .count = L_ITEMS, .labels = LABELS };
	field_set(&l->fields[L_BY], duty_of(screen)->facts->full_name);
	form_start(&l->form);
	l->read = (struct blanks_ask){ .done = on_known, .into = &l->known_memory, .owner = l };
	standstills_read(duty_store(duty_of(screen)), &screen->scope, &l->read, KNOWN_MOST);
}

static void later_close(struct screen *screen)
{
	struct later_entry *l = screen->state;
	arena_free(&l->known_memory);
	arena_free(&l->memory);
}

static void later_draw(const struct screen *screen, struct canvas *canvas)
{
	struct later_entry *l = screen->state;
	char from[32], to[32];
	struct canvas body = canvas_part(canvas, 1, 1, canvas->rows - 4, canvas->cols - 2);
	form_draw(&l->form, &body);
	if (l->covers) {
		const struct standstill *s = l->covers;
		canvas_text(canvas, 6, 1, ROLE_LABEL, _("Sự cố đã ghi"));
		canvas_lines(canvas, 6, 1 + LABELS, canvas->cols - LABELS - 2, ROLE_GOOD,
		             arena_format((struct arena *)&screen->arena, "%s · %s · %s – %s",
		                          standstill_name(s->kind), s->story,
		                          moment_write(s->from, from, sizeof from),
		                          s->to == MOMENT_NONE ? _("chưa hết")
		                                               : moment_write(s->to, to, sizeof to)));
	}
	canvas_text(canvas, canvas->rows - 2, 1, ROLE_DIM,
	            _("Ngày hẹn trả tính từ lúc nhận thật. F9 kiểm tra mã rồi nhập hồ sơ như thường."));
}

/* ---- going on ---- */

static bool wrong(struct later_entry *l, int i, const char *sentence)
{
	l->fields[i].wrong = true;
	form_focus(&l->form, &l->fields[i]);
	desk_say(l->screen->desk, FAULT_INPUT, "%s", sentence);
	return false;
}

/* The unit's own part is the same on every sheet: it need not be typed. */
static bool code_of(struct later_entry *l, char out[CODE_ROOM])
{
	char typed[CODE_ROOM];
	const char *eid = duty_of(l->screen)->facts->eid;
	if (!code_tidy(l->fields[L_CODE].text, typed))
		return false;
	if (typed[0] >= '0' && typed[0] <= '9' && strlen(eid) + strlen(typed) + 1 < CODE_ROOM) {
		strcpy(out, eid);
		strcat(out, "-");
		strcat(out, typed);
	} else {
		strcpy(out, typed);
	}
	return code_plausible(out);
}

static bool check_incident(struct later_entry *l)
{
	moment_t from = moment_of_field(l, L_FROM), to = moment_of_field(l, L_TO);
	if (l->covers)
		return true;
	if (field_empty(&l->fields[L_STORY]))
		return wrong(l, L_STORY, _("Chưa có sự cố nào ghi cho lúc đó: ghi chuyện gì đã xảy ra."));
	if (from == MOMENT_NONE)
		return wrong(l, L_FROM, _("Ghi sự cố bắt đầu lúc nào."));
	if (to == MOMENT_NONE && !field_empty(&l->fields[L_TO]))
		return wrong(l, L_TO, _("Giờ không đúng: gõ 0910 hoặc 09:10 20/11/2026."));
	if (l->plan.at < from || (to != MOMENT_NONE && l->plan.at > to))
		return wrong(l, L_AT, _("Lúc nhận hồ sơ nằm ngoài khoảng thời gian của sự cố."));
	return true;
}

static bool take(struct later_entry *l)
{
	char code[CODE_ROOM];
	struct arena *arena = &l->screen->arena;
	if (!code_of(l, code))
		return wrong(l, L_CODE, _("Mã trên tờ không đúng: gõ như 261120-0041."));
	moment_t at = moment_of_field(l, L_AT);
	if (at == MOMENT_NONE)
		return wrong(l, L_AT, _("Giờ nhận không đúng: gõ 0815 hoặc 08:15 20/11/2026."));
	if (at > desk_now(l->screen->desk))
		return wrong(l, L_AT, _("Giờ nhận ở tương lai."));
	if (field_empty(&l->fields[L_BY]))
		return wrong(l, L_BY, _("Ghi ai đã nhận hồ sơ và viết giấy."));
	l->plan = (struct later){ .code = arena_string(arena, code), .at = at,
		.received_by = arena_string(arena, l->fields[L_BY].text) };
	if (!check_incident(l))
		return false;
	const char *reason = l->fields[L_REASON].text;
	if (!*reason)
		reason = l->covers ? l->covers->story : l->fields[L_STORY].text;
	l->plan.reason = arena_string(arena, reason);
	return true;
}

static void failed(struct later_entry *l, const struct error *err)
{
	log_error("later entry", err);
	desk_tell(l->screen->desk, err);
	screen_dirty(l->screen);
}

static void go_on(struct later_entry *l, int64_t standstill)
{
	struct desk *desk = l->screen->desk;
	struct later plan = l->plan; /* its texts live until the next wait */
	plan.standstill_id = standstill;
	screen_pop(l->screen);
	receive_later(desk, &plan);
}

static void on_told(struct blanks_ask *ask, const struct error *err)
{
	struct later_entry *l = ask->owner;
	l->asking = false;
	if (err)
		failed(l, err);
	else
		go_on(l, ask->standstill_id);
}

static void tell_incident(struct later_entry *l)
{
	l->asking = true;
	l->ask = (struct blanks_ask){ .done = on_told, .into = &l->memory, .owner = l };
	standstill_tell(duty_store(duty_of(l->screen)), &l->screen->scope, &l->ask, kinds_stored[l->kind.at],
	                l->fields[L_STORY].text, moment_of_field(l, L_FROM), moment_of_field(l, L_TO));
}

static void on_looked(struct blanks_ask *ask, const struct error *err)
{
	struct later_entry *l = ask->owner;
	const struct blank_sheet *sheet = err ? NULL : ask->sheets;
	l->asking = false;
	if (err && strcmp(err->code, "MC008") == 0)
		wrong(l, L_CODE, err->say);
	else if (err)
		failed(l, err);
	else if (strcmp(sheet->state, "used") == 0)
		wrong(l, L_CODE, _("Tờ này đã được nhập thành hồ sơ. F3 tìm theo mã."));
	else if (strcmp(sheet->state, "void") == 0)
		wrong(l, L_CODE, _("Tờ này đã huỷ. Nếu dân đang giữ, người phụ trách mở lại ở “Giấy in sẵn”."));
	else if (l->plan.at < sheet->reserved_at - 60)
		wrong(l, L_AT, _("Tờ này in sau thời điểm đó: xem lại giờ nhận."));
	else if (l->covers)
		go_on(l, l->covers->standstill_id);
	else
		tell_incident(l);
}

static void run_next(struct screen *screen)
{
	struct later_entry *l = screen->state;
	struct duty *duty = duty_of(screen);
	arrange(l);
	if (l->asking || !take(l))
		return;
	if (!duty->on_line || !duty->catalogue) {
		desk_say(screen->desk, FAULT_OFFLINE, "%s", _("Cơ sở dữ liệu chưa có lại: chưa nhập được."));
		return;
	}
	l->asking = true;
	l->ask = (struct blanks_ask){ .done = on_looked, .into = &l->memory, .owner = l };
	blanks_look(duty_store(duty), &screen->scope, &l->ask, l->plan.code);
}

static void take_code(struct later_entry *l, const char *code)
{
	field_set(&l->fields[L_CODE], code);
	form_focus(&l->form, &l->fields[L_AT]);
}

/* The code alone, pasted or played by a scanner: as if it had been typed. */
static bool bare_code(struct later_entry *l, const struct event *event)
{
	char typed[2 * CODE_ROOM], code[CODE_ROOM];
	if (event->size >= sizeof typed)
		return false;
	memcpy(typed, event->text, event->size);
	typed[event->size] = '\0';
	if (!code_tidy(typed, code) || !code_plausible(code))
		return false;
	take_code(l, code);
	return true;
}

/* The sheet's own QR: its signature is judged before its code is believed. */
static bool scanned(struct later_entry *l, const struct event *event)
{
	struct receipt_result result;
	struct arena arena = { 0 };
	bool genuine = receipt_verify(&arena, event->text, event->size, &duty_of(l->screen)->known, &result);
	bool ours = result.verdict != RECEIPT_NOT_OURS;
	if (genuine)
		take_code(l, result.parts.code);
	else if (ours)
		desk_say(l->screen->desk, FAULT_INPUT, "%s", result.say);
	else
		ours = bare_code(l, event);
	arena_free(&arena);
	screen_dirty(l->screen);
	return ours;
}

static bool later_handle(struct screen *screen, const struct event *event)
{
	struct later_entry *l = screen->state;
	if (event->kind == EVENT_SCAN)
		return scanned(l, event);
	if (l->asking)
		return event->kind == EVENT_TEXT;
	if (form_handle(&l->form, event)) {
		arrange(l);
		return true;
	}
	if (!event_is(event, K_ENTER, 0))
		return false;
	run_next(screen);
	return true;
}

static void run_blocks(struct screen *screen)
{
	screen_push(screen->desk, &blanks_screen, NULL);
}

static const struct action actions[] = {
	{ "later-blocks", "F4", N_("Các tập"), N_("Các tập giấy in sẵn: tờ nào dùng, huỷ, mất, còn."), NULL, run_blocks },
	{ "later-next", "F9", N_("Tiếp"), N_("Kiểm tra mã và sự cố, rồi nhập hồ sơ như thường."), NULL, run_next },
	{ 0 },
};

const struct screen_kind later_entry_screen = {
	.name = "later-entry",
	.title = N_("NHẬP HỒ SƠ ĐÃ NHẬN BẰNG TAY"),
	.help = N_("Hồ sơ đã nhận trên giấy in sẵn lúc mất điện, mất kết nối: quét hoặc gõ mã trên tờ, giờ nhận thật, F9.\n"
	           "Sự cố ghi một lần; những tờ sau trong cùng khoảng thời gian tự nhận ra nó.\n"
	           "Ngày hẹn trả tính từ lúc nhận thật; nhật ký ghi rõ là nhập sau, ai nhập, vì sao."),
	.actions = actions,
	.size = sizeof(struct later_entry),
	.open = later_open,
	.draw = later_draw,
	.handle = later_handle,
	.close = later_close,
};
