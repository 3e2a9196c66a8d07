/* SPDX-License-Identifier: Apache-2.0
 *
 * Around a result: one that comes on paper, its place on the shelf, papers that change
 * hands with it, the citizen's rating, a hand-over recorded by mistake. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "core/dossier/lifecycle.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/citizen_words.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"

static void on_done(struct result_act *act, const char *value, const struct error *err)
{
	struct viewing *v = act->owner;
	(void)value;
	if (err)
		ask_refused(v->screen, err);
	else
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Đã ghi."));
	dossier_read_again(v);
}

static struct result_act *act_of(struct viewing *v)
{
	v->result = (struct result_act){ .done = on_done, .owner = v };
	return &v->result;
}

static struct store *store_of(const struct screen *screen)
{
	return duty_store(duty_of(screen));
}

static const char *check_said(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi điều này.");
}

/* ---- a result comes on paper ---- */

static void on_place(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text || !v->full || ask_busy(screen, v->result.ask.slot))
		return;
	act_of(v);
	seal_uuid(v->result.request_id);
	result_came(store_of(screen), &screen->scope, &v->result, v->id, v->full->version, &(struct came_paper){ .kind = v->came[0],
		.number = v->came[1], .signer = v->came[2], .place = text, .issued = v->came_day });
}

static void on_signer(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->came[2] = arena_string(&screen->arena, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Để ở đâu? (kệ, ô; gõ một lần, danh sách chờ trả sẽ hiện)"),
		.initial = v->returns_known ? v->returns.place : "", .max = 60 }, on_place, NULL);
}

static const char *check_day(struct screen *screen, const char *text, void *data)
{
	day_t day = typed_day(text, desk_today(screen->desk));
	(void)data;
	if (!text[strspn(text, " ")])
		return NULL;
	if (day == DAY_NONE)
		return _("Gõ ngày, ví dụ 20/11/2026.");
	return day > desk_today(screen->desk) ? _("Ngày ký không thể ở tương lai.") : NULL;
}

static void on_day(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->came_day = text[strspn(text, " ")] ? typed_day(text, desk_today(screen->desk)) : DAY_NONE;
	ask_for_text(screen, &(struct ask_text){ .question = _("Ai ký?"), .max = 200 }, on_signer, NULL);
}

static void on_number(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->came[1] = arena_string(&screen->arena, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Ký ngày nào?"), .plain = true, .max = 20, .check = check_day }, on_day, NULL);
}

static void on_kind(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->came[0] = arena_string(&screen->arena, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Số, ký hiệu của kết quả:"), .max = 60 }, on_number, NULL);
}

/* ---- place, papers, mistake ---- */

static void on_moved(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (text && !v->result.ask.slot)
		result_put(store_of(screen), &screen->scope, act_of(v), v->id, text);
}

static void on_name(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (text && !v->result.ask.slot)
		return_paper_add(store_of(screen), &screen->scope, act_of(v), v->id, v->back_way, text);
}

static void on_way(struct screen *screen, int choice, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (choice < 0)
		return;
	v->back_way = choice == 0 ? "give" : "take";
	ask_for_text(screen, &(struct ask_text){ .question = choice == 0 ? _("Trả lại công dân giấy tờ nào?") : _("Thu lại của công dân giấy tờ nào?"),
		.max = 200, .check = check_said }, on_name, NULL);
}

static void on_undo(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (text && v->full && !v->result.ask.slot)
		return_undo(store_of(screen), &screen->scope, act_of(v), v->id, v->full->version, text);
}

bool dossier_may_result_act(const struct viewing *v, const char *act)
{
	int status = v->full ? v->full->status : 0;
	if (strcmp(act, "came") == 0)
		return status == STATUS_RECEIVED || status == STATUS_PROCESSING || status == STATUS_DONE;
	if (strcmp(act, "place") == 0)
		return status == STATUS_DONE;
	if (strcmp(act, "back") == 0)
		return status == STATUS_RECEIVED || status == STATUS_PROCESSING || status == STATUS_SUPPLEMENT || status == STATUS_DONE;
	if (strcmp(act, "rate") == 0)
		return dossier_may_rate(v->screen);
	return (strcmp(act, "unreturn") == 0 || strcmp(act, "taker") == 0) && status == STATUS_RETURNED && duty_of(v->screen)->facts->is_supervisor;
}

bool dossier_result_act(struct screen *screen, const char *act)
{
	struct viewing *v = screen->state;
	const char *ways[] = { _("Trả lại công dân (bản chính đã giữ)"), _("Thu lại của công dân (giấy cũ bị thay thế)") };
	if (strcmp(act, "came") == 0)
		ask_for_text(screen, &(struct ask_text){ .question = _("Kết quả là giấy gì?"), .max = 200, .check = check_said }, on_kind, NULL);
	else if (strcmp(act, "place") == 0)
		ask_for_text(screen, &(struct ask_text){ .question = _("Để kết quả ở đâu? (kệ, ô)"), .initial = v->returns_known ? v->returns.place : "",
			.max = 60 }, on_moved, NULL);
	else if (strcmp(act, "back") == 0)
		ask_choice(screen, _("Khi trả kết quả còn giấy tờ nào phải trao tay?"), ways, 2, 0, on_way, NULL);
	else if (strcmp(act, "rate") == 0)
		dossier_rate(screen);
	else if (strcmp(act, "taker") == 0)
		dossier_ask_taker(screen);
	else if (strcmp(act, "unreturn") == 0)
		ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao? (ai báo, kết quả đang ở đâu; việc ghi nhầm vẫn còn trong lịch sử)"), .max = 400,
			.check = check_said }, on_undo, NULL);
	else
		return false;
	return true;
}

/* ---- rating ---- */

static const struct { const char *grade, *name; } grades[] = {
	{ "very", N_("Rất hài lòng") }, { "yes", N_("Hài lòng") }, { "no", N_("Không hài lòng") }, { "none", N_("Không muốn đánh giá") } };
enum { GRADES = sizeof grades / sizeof grades[0] };

static void rate(struct screen *screen, const char *grade, const char *reason)
{
	struct viewing *v = screen->state;
	if (!v->result.ask.slot)
		result_rate(store_of(screen), &screen->scope, act_of(v), v->id, grade, reason, duty_of(screen)->facts->counter);
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	(void)data;
	if (text)
		rate(screen, "no", text);
}

static void on_grade(struct screen *screen, int choice, void *data)
{
	(void)data;
	if (choice >= 0 && strcmp(grades[choice].grade, "no") == 0)
		ask_for_text(screen, &(struct ask_text){ .question = _("Công dân chưa hài lòng về điều gì?"), .max = 400, .check = check_said }, on_reason, NULL);
	else if (choice >= 0)
		rate(screen, grades[choice].grade, "");
}

bool dossier_may_rate(const struct screen *screen)
{
	const struct viewing *v = screen->state;
	return v->full && v->returns_known && !*v->returns.grade && (v->full->status == STATUS_DONE || v->full->status == STATUS_RETURNED);
}

void dossier_rate(struct screen *screen)
{
	const char *names[GRADES];
	for (int i = 0; i < GRADES; i++)
		names[i] = _(grades[i].name);
	ask_choice(screen, _("Mời công dân đánh giá việc giải quyết hồ sơ này:"), names, GRADES, 0, on_grade, NULL);
}

void dossier_put_return(struct sheet *sheet, const struct dossier_full *d, const struct return_state *r)
{
	bool done = d->status == STATUS_DONE || d->status == STATUS_RETURNED;
	if (!done && !*r->papers && !*r->missing)
		return;
	sheet_heading(sheet, _("Trả kết quả"));
	sheet_line(sheet, 0, ROLE_TEXT, r->papers);
	sheet_value(sheet, _("Nơi để"), ROLE_TEXT, r->place);
	if (done)
		sheet_value(sheet, _("Bản điện tử"), r->digital ? ROLE_GOOD : ROLE_WARN, r->digital ? _("có") : _("chưa có"));
	sheet_value(sheet, _("Trao tay"), ROLE_WARN, r->missing);
	if (*r->told)
		sheet_value(sheet, _("Báo công dân"), citizen_state_role(r->told), arena_format(sheet->arena, "%s  %s", citizen_state(r->told), r->phone));
	for (int i = 0; i < GRADES; i++)
		if (strcmp(grades[i].grade, r->grade) == 0)
			sheet_value(sheet, _("Đánh giá"), ROLE_TEXT, _(grades[i].name));
}
