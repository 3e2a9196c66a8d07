/* SPDX-License-Identifier: Apache-2.0
 *
 * Acts on the way of a dossier: the fallback to the province's system, what must be
 * typed by hand, when another agency received it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "core/dossier/catalogue.h"
#include "core/dossier/lifecycle.h"
#include "tui/ask.h"
#include "tui/countersign.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"
#include "tui/manual_screen.h"
#include "tui/program.h"

static bool is_open(const struct viewing *v)
{
	return v->full && !status_final(v->full->status) && v->full->status != STATUS_DONE;
}

static bool supervises(const struct screen *screen)
{
	return duty_of(screen)->facts->is_supervisor;
}

/* A request that waits (waiting), or a stream held back. */
static const struct way_held *held_of(const struct viewing *v, bool waiting)
{
	for (int i = 0; v->way && i < v->way->held_count; i++)
		if ((v->way->held[i].fallback_id != 0) == waiting)
			return &v->way->held[i];
	return NULL;
}

static void on_act(struct act_ask *ask, int version, const struct error *err)
{
	struct viewing *v = ask->owner;
	(void)version;
	if (err)
		ask_refused(v->screen, err);
	else
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Đã ghi."));
	dossier_read_again(v);
}

static struct act_ask *act_of(struct viewing *v)
{
	v->act = (struct act_ask){ .done = on_act, .owner = v };
	return &v->act;
}

/* ---- the fallback ---- */

bool dossier_may_fall_back(const struct screen *screen)
{
	const struct viewing *v = screen->state;
	if (!is_open(v))
		return false;
	return strcmp(v->full->route_system, ROUTE_DEFAULT_SYSTEM) != 0 || held_of(v, true) ||
	       (held_of(v, false) && supervises(screen));
}

static void on_signed(struct act_ask *ask, int version, const struct error *err)
{
	(void)version;
	countersign_done(ask->owner, err);
}

static void sign_act(struct screen *dialog, struct store *store, void *data)
{
	struct viewing *v = data;
	v->act = (struct act_ask){ .done = on_signed, .owner = dialog };
	fallback_decide(store, &dialog->scope, &v->act, v->fallback_id, true, "");
}

static void then_read(struct screen *screen, void *data)
{
	(void)data;
	desk_say(screen->desk, FAULT_NONE, "%s", _("Đã duyệt: hồ sơ làm tiếp trên hệ thống của tỉnh, ngày hẹn không đổi."));
	dossier_read_again(screen->state);
}

static void sign_here(struct screen *screen)
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	screen_push(screen->desk, &countersign_screen,
	            &(struct countersign){ .title = _("NGƯỜI PHỤ TRÁCH DUYỆT"),
		            .question = arena_format(&arena, _("Làm tiếp hồ sơ %s trên hệ thống của tỉnh?"), v->full->code),
		            .who = _("Người phụ trách gõ tài khoản và mật khẩu của mình."), .asker = screen, .act = sign_act, .then = then_read, .data = v });
	arena_free(&arena);
}

static void on_no(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (text)
		fallback_decide(duty_store(duty_of(screen)), &screen->scope, act_of(v), v->fallback_id, false, text);
}

static void on_decision(struct screen *screen, int choice, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (choice == 0 && supervises(screen))
		fallback_decide(duty_store(duty_of(screen)), &screen->scope, act_of(v), v->fallback_id, true, "");
	else if (choice == 0)
		sign_here(screen);
	else if (choice == 1 && supervises(screen))
		ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao không đồng ý?"), .max = 500 }, on_no, NULL);
	else if (choice == 1)
		desk_say(screen->desk, FAULT_NONE, "%s", _("Yêu cầu đang chờ người phụ trách."));
}

static void ask_decision(struct screen *screen)
{
	const char *of_supervisor[] = { _("Đồng ý chuyển về tỉnh"), _("Không đồng ý") };
	const char *of_clerk[] = { _("Người phụ trách duyệt ngay tại đây"), _("Để người phụ trách duyệt sau") };
	ask_choice(screen, _("Yêu cầu chuyển hồ sơ về hệ thống của tỉnh:"),
	           supervises(screen) ? of_supervisor : of_clerk, 2, 0, on_decision, NULL);
}

static void on_fallback(struct fallback_ask *ask, int64_t id, const char *state, const struct error *err)
{
	struct viewing *v = ask->owner;
	if (err) {
		desk_tell(v->screen->desk, err);
	} else if (strcmp(state, "done") == 0) {
		desk_say(v->screen->desk, FAULT_NONE, "%s",
		         _("Đã chuyển: hồ sơ làm tiếp trên hệ thống của tỉnh, ngày hẹn không đổi."));
	} else {
		v->fallback_id = id;
		if (screen_is_top(v->screen))
			ask_decision(v->screen);
	}
	dossier_read_again(v);
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text || !v->full)
		return;
	v->fallback = (struct fallback_ask){ .done = on_fallback, .owner = v };
	fallback_start(duty_store(duty_of(screen)), &screen->scope, &v->fallback, v->id, v->full->version, text);
}

static void on_release(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (text && v->full)
		fallback_release(duty_store(duty_of(screen)), &screen->scope, act_of(v), v->id, v->full->version,
		                 v->held_system, text);
}

void dossier_fall_back(struct screen *screen)
{
	struct viewing *v = screen->state;
	const struct way_held *waiting = held_of(v, true), *held = held_of(v, false);
	if (waiting) {
		v->fallback_id = waiting->fallback_id;
		ask_decision(screen);
	} else if (strcmp(v->full->route_system, ROUTE_DEFAULT_SYSTEM) != 0) {
		ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao chuyển hồ sơ về hệ thống của tỉnh? (hệ thống cũ được giữ lại, ngày hẹn không đổi)"),
			.max = 500, .check = ask_check_reason }, on_reason, NULL);
	} else if (held) {
		v->held_system = arena_string(&screen->arena, held->system);
		ask_for_text(screen, &(struct ask_text){ .question = arena_format(&screen->arena, _("Gửi tiếp cho %s những gì đang giữ lại. Vì sao?"), held->name),
			.max = 500, .check = ask_check_reason }, on_release, NULL);
	}
}

/* ---- what a hand types ---- */

static const char *manual_system(const struct screen *screen)
{
	const struct viewing *v = screen->state;
	const struct catalogue *catalogue = duty_of(screen)->catalogue;
	for (int i = 0; catalogue && v->full && i < v->full->travel_count; i++) {
		const struct system *system = catalogue_system(catalogue, v->full->travel[i].system);
		if (system && strcmp(system->family, "manual") == 0)
			return v->full->travel[i].system;
	}
	return NULL;
}

bool dossier_may_type(const struct screen *screen)
{
	return manual_system(screen) != NULL;
}

void dossier_type(struct screen *screen)
{
	const struct viewing *v = screen->state;
	screen_push(screen->desk, &manual_screen, &(struct manual_plan){ v->id, manual_system(screen) });
}

/* ---- another agency received it ---- */

bool dossier_may_elsewhere(const struct screen *screen)
{
	const struct viewing *v = screen->state;
	return is_open(v) && v->way && way_elsewhere(v->way) &&
	       (!v->way->elsewhere.counted || supervises(screen));
}

moment_t dossier_read_moment(const struct screen *screen, const char *text)
{
	day_t today = desk_today(screen->desk);
	return typed_moment(text, today, today);
}

static const char *check_moment(struct screen *screen, const char *text, void *data)
{
	const struct viewing *v = screen->state;
	moment_t at = dossier_read_moment(screen, text);
	(void)data;
	if (at == MOMENT_NONE)
		return _("Gõ giờ, thêm ngày nếu không phải hôm nay, ví dụ 09:41 20/11.");
	if (at > desk_now(screen->desk) + 60)
		return _("Họ không thể nhận ở thời điểm sắp tới.");
	return v->full && at + 60 < v->full->received_at ? _("Họ chỉ có thể nhận sau lúc tiếp nhận ở đây.") : NULL;
}

/* The limit of the dossier, counted from when they had it. */
static bool count_due(struct viewing *v, struct arena *arena, struct deadline *out, struct error *err)
{
	const struct catalogue *c = duty_of(v->screen)->catalogue;
	enum limit_unit unit;
	*out = (struct deadline){ .due = MOMENT_NONE };
	if (!limit_unit_read(v->full->limit_unit, &unit) || unit == LIMIT_NONE || !c)
		return true;
	return deadline_count(arena, &c->calendar, &c->rule, v->elsewhere_at,
	                      strtod(v->full->limit_value, NULL), unit, out, err);
}

static void on_basis(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct deadline due;
	char at[32];
	(void)data;
	if (!text || !v->full || !v->way)
		return;
	say_source(true); /* the record is Vietnamese */
	bool good = count_due(v, &arena, &due, &err);
	const struct way_agency *deciding = way_agency(v->way, "deciding");
	const char *line = arena_format(&arena, _("%s nhận hồ sơ lúc %s (%s): tính thời hạn từ đó."),
	                                deciding->name, moment_write(v->elsewhere_at, at, sizeof at), text);
	for (size_t i = 0; good && i < due.lines.count; i++)
		line = arena_format(&arena, "%s\n%s", line, due.lines.items[i]);
	say_source(false);
	if (good)
		elsewhere_received(duty_store(duty_of(screen)), &screen->scope, act_of(v), v->id, v->full->version,
		                   v->elsewhere_at, due.due, text, line);
	else
		desk_tell(screen->desk, &err);
	arena_free(&arena);
}

static const char *check_basis(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi căn cứ: ai báo, văn bản hoặc phiếu giao nhận nào.");
}

static void on_moment(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	v->elsewhere_at = dossier_read_moment(screen, text);
	if (v->full && v->elsewhere_at < v->full->received_at)
		v->elsewhere_at = v->full->received_at; /* the same minute */
	ask_for_text(screen, &(struct ask_text){ .question = _("Căn cứ (ai báo, phiếu giao nhận số mấy):"), .max = 300,
		.initial = v->way ? v->way->elsewhere.basis : "", .check = check_basis }, on_basis, NULL);
}

void dossier_elsewhere(struct screen *screen)
{
	struct viewing *v = screen->state;
	char at[32];
	moment_t known = v->way->elsewhere.received_at;
	moment_write(known == MOMENT_NONE ? desk_now(screen->desk) : known, at, sizeof at);
	ask_for_text(screen, &(struct ask_text){ .question = arena_format(&screen->arena, _("%s nhận hồ sơ lúc nào?"),
			way_agency(v->way, "deciding")->name), .plain = true, .max = 20, .initial = at, .check = check_moment },
	             on_moment, NULL);
}
