/* SPDX-License-Identifier: Apache-2.0
 *
 * What happens to a dossier beside its status: an apology with a new date, a date put right, steps of the internal procedure, work given
 * to somebody, notes, form 06, and undo while nothing has left the desk. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "core/dossier/catalogue.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"

/* ---- apology and new date ---- */

static moment_t closing_of(const struct screen *screen, day_t day)
{
	const struct catalogue *c = duty_of(screen)->catalogue;
	return c && day != DAY_NONE ? calendar_closing(&c->calendar, day) : MOMENT_NONE;
}

static const char *check_date(struct screen *screen, const char *text, void *data)
{
	const struct viewing *v = screen->state;
	day_t day = typed_day(text, desk_today(screen->desk));
	moment_t closing = closing_of(screen, day);
	(void)data;
	if (day == DAY_NONE)
		return _("Gõ ngày, ví dụ 30/11/2026.");
	if (closing == MOMENT_NONE)
		return _("Ngày đó không làm việc.");
	return v->full && (closing <= v->full->due_at || closing <= desk_now(screen->desk)) ? _("Ngày hẹn mới phải sau ngày hẹn cũ và sau hôm nay.") : NULL;
}

static void on_law(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->said.side_facts.basis = arena_string(&v->menu_memory, text);
	dossier_say(v);
}

static void on_why(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->said.side_facts.reason = arena_string(&v->menu_memory, text);
	if (v->said.again)
		dossier_ask_basis(screen, on_law);
	else
		dossier_say(v);
}

/* The day that was typed, and then why. */
static void take_new_due(struct screen *screen, const char *text, const char *why, void (*then)(struct screen *, const char *, void *))
{
	struct viewing *v = screen->state;
	if (!text)
		return;
	v->said.side_facts.new_due = closing_of(screen, typed_day(text, desk_today(screen->desk)));
	ask_for_text(screen, &(struct ask_text){ .question = why, .max = 400, .check = dossier_check_reason }, then, NULL);
}

static void on_date(struct screen *screen, const char *text, void *data)
{
	(void)data;
	take_new_due(screen, text, _("Vì sao chậm? (in trên văn bản xin lỗi; thủ trưởng cơ quan chậm ký tên)"), on_why);
}

static void new_request(struct viewing *v)
{
	seal_uuid(v->side_request);
	v->said.side_facts = (struct side_facts){ .request_id = v->side_request };
}

void dossier_apologise(struct screen *screen)
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	char due[16] = "", fresh[16] = "", last[16] = "";
	if (!v->life || !v->full || v->full->due_at == MOMENT_NONE)
		return;
	new_request(v);
	day_write(moment_day(v->full->due_at), due, sizeof due);
	if (v->life->proposal != MOMENT_NONE)
		day_write(moment_day(v->life->proposal), fresh, sizeof fresh);
	if (v->life->apology_day != DAY_NONE)
		day_write(v->life->apology_day, last, sizeof last);
	const char *question = *v->said.cost
		? arena_format(&arena, _("%s\nĐang hẹn %s. Hẹn lại ngày nào? (chỉ được hẹn lại một lần)"), v->said.cost, due)
		: arena_format(&arena, _("Đang hẹn %s; xin lỗi chậm nhất ngày %s. Hẹn lại ngày nào? (chỉ được hẹn lại một lần)"), due, last);
	ask_for_text(screen, &(struct ask_text){ .question = question, .initial = fresh, .plain = true, .max = 10, .check = check_date }, on_date, NULL);
	arena_free(&arena);
}

/* ---- a date that was set wrongly ---- */

static void on_note(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->said.side_facts.reason = arena_string(&v->menu_memory, text);
	dossier_say(v);
}

static const char *check_right_date(struct screen *screen, const char *text, void *data)
{
	const struct viewing *v = screen->state;
	day_t day = typed_day(text, desk_today(screen->desk));
	moment_t closing = closing_of(screen, day);
	(void)data;
	if (day == DAY_NONE)
		return _("Gõ ngày, ví dụ 30/11/2026.");
	if (closing == MOMENT_NONE)
		return _("Ngày đó không làm việc.");
	if (v->full && closing == v->full->due_at)
		return _("Ngày hẹn vẫn như đang ghi.");
	return v->full && closing <= v->full->received_at ? _("Ngày hẹn trả trước ngày nhận.") : NULL;
}

static void on_right_date(struct screen *screen, const char *text, void *data)
{
	(void)data;
	take_new_due(screen, text, _("Ngày đang ghi sai vì sao? (ghi vào hồ sơ; các hệ thống và công dân được báo ngày mới)"), on_note);
}

static void ask_right_date(struct screen *screen)
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	char due[32];
	if (!v->full)
		return;
	const char *question = v->full->due_at == MOMENT_NONE ? _("Đang không hẹn ngày. Ngày hẹn đúng là ngày nào? (đến hết giờ làm việc)")
		: arena_format(&arena, _("Đang hẹn %s. Ngày hẹn đúng là ngày nào? (đến hết giờ làm việc)"), moment_write(v->full->due_at, due, sizeof due));
	ask_for_text(screen, &(struct ask_text){ .question = question, .plain = true, .max = 10, .check = check_right_date }, on_right_date, NULL);
	arena_free(&arena);
}

/* ---- to whom ---- */

static void ask_note(struct screen *screen)
{
	ask_for_text(screen, &(struct ask_text){ .question = _("Lời kèm (ghi vào hồ sơ; có thể để trống):"), .max = 400 }, on_note, NULL);
}

static void on_person(struct screen *screen, int choice, void *data)
{
	struct viewing *v = screen->state;
	bool open = strcmp(v->said.act, "step_on") == 0;
	(void)data;
	if (choice < 0)
		return;
	v->said.side_facts.to = open && choice == 0 ? NULL : v->people[choice - open]->login;
	ask_note(screen);
}

static void on_colleagues(struct colleagues_ask *ask, const struct colleague *rows, int count, const struct error *err)
{
	struct viewing *v = ask->owner;
	const char *names[PEOPLE_MOST + 1];
	struct arena arena = { 0 };
	int shown = 0;
	bool open = strcmp(v->said.act, "step_on") == 0;
	if (err) {
		desk_tell(v->screen->desk, err);
		return;
	}
	if (open)
		names[shown++] = _("Bộ phận tự nhận, chưa rõ ai");
	v->people_count = 0;
	for (int i = 0; i < count && v->people_count < PEOPLE_MOST; i++) {
		if (rows[i].locked)
			continue;
		v->people[v->people_count++] = &rows[i];
		names[shown++] = arena_format(&arena, _("%s%s%s · đang giữ %d%s%s"), rows[i].full_name, *rows[i].title ? ", " : "", rows[i].title, rows[i].held,
		                              *rows[i].acting ? _(" · vắng, làm thay: ") : "", rows[i].acting);
	}
	if (shown && screen_is_top(v->screen))
		ask_choice(v->screen, open ? _("Sang bước tiếp theo, giao cho ai?") : _("Giao hồ sơ này cho ai?"), names, shown, 0, on_person, NULL);
	arena_free(&arena);
}

static void ask_whom(struct screen *screen)
{
	struct viewing *v = screen->state;
	if (v->colleagues.ask.slot)
		return;
	v->colleagues = (struct colleagues_ask){ .done = on_colleagues, .into = &v->menu_memory, .owner = v };
	colleagues_read(duty_store(duty_of(screen)), &screen->scope, &v->colleagues);
}

/* ---- the list of it ---- */

static const struct {
	const char *act, *name, *question; /* question: asked for words, which must be there */
} sides[] = {
	{ "undo", N_("Hoàn tác việc vừa làm"), NULL },
	{ "assign", N_("Giao hồ sơ cho người khác"), NULL },
	{ "take_over", N_("Nhận làm, hoặc làm thay người vắng"), N_("Vì sao làm thay? (ai vắng, từ bao giờ)") },
	{ "step_on", N_("Xong bước này, chuyển bước tiếp"), NULL },
	{ "step_back", N_("Trả lại một bước"), N_("Vì sao trả lại một bước?") },
	{ "change_due", N_("Điều chỉnh ngày hẹn (ghi sai)"), NULL },
	{ "note", N_("Ghi chú nội bộ"), N_("Ghi chú nội bộ (công dân và hệ thống khác không thấy):") },
	{ "control", N_("In phiếu kiểm soát quá trình (Mẫu 06)"), NULL },
};
enum { SIDES = sizeof sides / sizeof *sides };

static void on_side(struct screen *screen, int choice, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	for (int i = 0; i < SIDES; i++) {
		if (!dossier_row(v, sides[i].act) || choice-- != 0)
			continue;
		dossier_choose(v, sides[i].act);
		new_request(v);
		if (sides[i].question)
			ask_for_text(screen, &(struct ask_text){ .question = _(sides[i].question), .max = 800, .check = dossier_check_reason }, on_note, NULL);
		else if (strcmp(sides[i].act, "assign") == 0 || strcmp(sides[i].act, "step_on") == 0)
			ask_whom(screen);
		else if (strcmp(sides[i].act, "change_due") == 0)
			ask_right_date(screen);
		else
			dossier_say(v);
		return;
	}
}

void dossier_side(struct screen *screen)
{
	const struct viewing *v = screen->state;
	const char *names[SIDES];
	int count = 0;
	for (int i = 0; i < SIDES; i++)
		if (dossier_row(v, sides[i].act))
			names[count++] = _(sides[i].name);
	ask_choice(screen, _("Việc khác với hồ sơ này:"), names, count, 0, on_side, NULL);
}

/* ---- undo ---- */

bool dossier_may_undo(const struct screen *screen)
{
	const struct viewing *v = screen->state;
	return v->life && v->life->undo_until != MOMENT_NONE && v->life->undo_until > desk_now(screen->desk) && !v->act.ask.slot;
}

void dossier_undo(struct screen *screen)
{
	struct viewing *v = screen->state;
	v->said = (struct said){ .act = "undo", .reason = "", .cost = "", .side = true };
	dossier_say(v);
}
