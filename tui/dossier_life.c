/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/dossier_life.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/say.h"
#include "core/dossier/limit.h"
#include "core/dossier/lifecycle.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"

/* ---- reading ---- */

static void on_life(struct life_ask *ask, const struct life *life, const struct error *err)
{
	struct viewing *v = ask->owner;
	v->life_reading = false;
	if (err) {
		log_error("reading a dossier's life", err);
		arena_free(&v->life_coming);
	} else {
		arena_free(&v->life_memory);
		v->life_memory = v->life_coming;
		v->life_coming = (struct arena){ 0 };
		v->kept_life = *life;
		v->life = &v->kept_life;
		dossier_compose(v);
	}
	if (v->life_again)
		dossier_read_life(v);
}

void dossier_read_life(struct viewing *v)
{
	v->life_again = v->life_reading;
	if (v->life_reading)
		return;
	v->life_reading = true;
	v->life_ask = (struct life_ask){ .done = on_life, .into = &v->life_coming, .owner = v };
	life_read(duty_store(duty_of(v->screen)), &v->screen->scope, &v->life_ask, v->id);
}

void dossier_life_close(struct viewing *v)
{
	arena_free(&v->life_memory);
	arena_free(&v->life_coming);
}

/* ---- lines ---- */

static const char *said_limit(struct arena *arena, const char *value, const char *unit)
{
	enum limit_unit kind;
	return limit_unit_read(unit, &kind) ? limit_text(arena, strtod(value, NULL), kind) : value;
}

/* A unit that promises less than the law allows shows both. */
static void put_legal(struct sheet *sheet, const struct life *life, const struct dossier_full *d)
{
	char at[16];
	if (!*life->legal_value || strtod(life->legal_value, NULL) <= strtod(d->limit_value, NULL) || strcmp(life->legal_unit, d->limit_unit) != 0)
		return;
	sheet_value(sheet, "", ROLE_DIM, arena_format(sheet->arena, _("cam kết %s; luật định %s%s%s"), said_limit(sheet->arena, d->limit_value, d->limit_unit),
		said_limit(sheet->arena, life->legal_value, life->legal_unit), life->legal_due == MOMENT_NONE ? "" : _(", đến "),
		life->legal_due == MOMENT_NONE ? "" : day_write(moment_day(life->legal_due), at, sizeof at)));
}

static void put_warning(struct sheet *sheet, const struct life *life, const struct dossier_full *d, moment_t now)
{
	char last[16], fresh[16], at[32];
	if (d->due_at == MOMENT_NONE || life->apology_day == DAY_NONE)
		return;
	if (life->extensions > 0)
		sheet_value(sheet, "", ROLE_WARN, _("đã xin lỗi, hẹn lại một lần: luật không cho hẹn lại nữa (NĐ 61/2018 Điều 19.9)"));
	bool behind = life->forecast != MOMENT_NONE && life->forecast > d->due_at;
	if (!behind && d->due_at - now > 3 * 86400)
		return;
	/* In time until the day before; the last day of work until then is named while it is ahead. */
	day_t today = moment_day(now), limit = moment_day(d->due_at) - 1;
	bool in_time = today <= limit;
	if (behind)
		sheet_value(sheet, "", ROLE_LATE, arena_format(sheet->arena, _("! các bước còn lại xong %s, sau ngày hẹn"),
			moment_write(life->forecast, at, sizeof at)));
	if (life->extensions > 0 || life->proposal == MOMENT_NONE)
		return;
	day_write(moment_day(life->proposal), fresh, sizeof fresh);
	day_write(today <= life->apology_day ? life->apology_day : limit, last, sizeof last);
	/* A limit so short that no day was left to apologise on: nothing was missed. */
	if (moment_day(d->received_at) > limit) {
		if (behind || now > d->due_at)
			sheet_value(sheet, "", ROLE_LATE, arena_format(sheet->arena, _("! hạn ngắn, không có ngày nào để xin lỗi trước; hẹn lại %s cần người phụ trách"), fresh));
		return;
	}
	sheet_value(sheet, "", in_time ? ROLE_WARN : ROLE_LATE, arena_format(sheet->arena, in_time
		? _("không kịp thì xin lỗi chậm nhất %s, hẹn lại %s")
		: _("! đã quá hạn xin lỗi %s; hẹn lại %s cần người phụ trách"), last, fresh));
}

static void put_asking(struct sheet *sheet, const struct life *life, const struct dossier_full *d, moment_t now)
{
	char at[32];
	if (life->asked > 1)
		sheet_value(sheet, "", ROLE_LATE, arena_format(sheet->arena, _("! đã yêu cầu bổ sung %d lần: QĐ 766 tính là quá hạn"), life->asked));
	if (d->status == STATUS_SUPPLEMENT && life->supplement_until != DAY_NONE)
		sheet_value(sheet, "", moment_day(now) > life->supplement_until ? ROLE_LATE : ROLE_TEXT, arena_format(sheet->arena,
			moment_day(now) > life->supplement_until ? _("! công dân quá hạn bổ sung (đến hết %s)") : _("công dân bổ sung đến hết %s"),
			day_write(life->supplement_until, at, sizeof at)));
	if (life->check_until == MOMENT_NONE || life->asked > 0)
		return;
	bool late = now > life->check_until, must = d->status == STATUS_REGISTERED;
	if (late && !must)
		return; /* nothing was asked in time, and nothing need be */
	const char *limit = strcmp(life->checking, "online") == 0 ? _("08 giờ làm việc") : strcmp(life->checking, "examination") == 0 ? _("03 ngày làm việc") : _("01 ngày làm việc");
	sheet_value(sheet, "", late ? ROLE_LATE : ROLE_DIM, arena_format(sheet->arena, late ? _("! quá hạn kiểm tra, trả lời công dân: %s (%s)")
		: _("yêu cầu bổ sung chậm nhất %s (%s)"), moment_write(life->check_until, at, sizeof at), limit));
}

void dossier_life_head(struct sheet *sheet, const struct life *life, const struct dossier_full *d, moment_t now)
{
	if (!life)
		return;
	put_legal(sheet, life, d);
	put_warning(sheet, life, d, now);
	put_asking(sheet, life, d, now);
	if (*life->holder_kind && !status_final(d->status))
		sheet_value(sheet, _("Đang giữ"), ROLE_TEXT, arena_format(sheet->arena, "%s%s%s", life->holder, *life->holder ? " · " : "", life->holder_place));
}

static void put_step(struct sheet *sheet, const struct life_step *s, moment_t now)
{
	char due[32] = "", ended[32] = "";
	bool current = strcmp(s->state, "current") == 0, done = strcmp(s->state, "done") == 0;
	bool late = s->due_at != MOMENT_NONE && (done ? s->ended_at > s->due_at : current && now > s->due_at);
	if (s->due_at != MOMENT_NONE)
		moment_write(s->due_at, due, sizeof due);
	if (s->ended_at != MOMENT_NONE)
		moment_write(s->ended_at, ended, sizeof ended);
	sheet_format(sheet, 0, late ? ROLE_LATE : current ? ROLE_TEXT : ROLE_DIM, "%s %d. %s (%s) · %s%s%s%s%s%s", current ? "→" : done ? "■" : "□", s->seq,
	             s->name, s->role, said_limit(sheet->arena, s->limit_value, s->limit_unit), *due ? _(" · hạn ") : "", due,
	             done ? _(" · xong ") : strcmp(s->state, "skipped") == 0 ? _(" · bỏ qua") : "", done ? ended : "", late ? _(" · ! quá hạn") : "");
	if (s->sent_back)
		sheet_format(sheet, 4, ROLE_WARN, _("bị trả lại %d lần"), s->sent_back);
}

/* "2 ngày 3 giờ 10 phút", a working day being eight hours. */
static const char *time_text(struct arena *arena, int minutes)
{
	if (minutes >= 480)
		return arena_format(arena, _("%d ngày %d giờ %d phút"), minutes / 480, minutes % 480 / 60, minutes % 60);
	return minutes >= 60 ? arena_format(arena, _("%d giờ %d phút"), minutes / 60, minutes % 60) : arena_format(arena, _("%d phút"), minutes);
}

static const struct {
	const char *kind, *name;
} kinds[] = { { "desk", N_("quầy") }, { "room", N_("bộ phận chuyên môn") }, { "agency", N_("cơ quan khác") }, { "citizen", N_("chờ công dân") },
	{ "stopped", N_("dừng") } };

static void put_hands(struct sheet *sheet, const struct life *life)
{
	char at[32];
	const char *sums = "";
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		int minutes = 0;
		for (int i = 0; i < life->hand_count; i++)
			minutes += strcmp(life->hands[i].kind, kinds[k].kind) == 0 ? life->hands[i].minutes : 0;
		if (minutes)
			sums = arena_format(sheet->arena, "%s%s%s %s", sums, *sums ? "; " : "", _(kinds[k].name), time_text(sheet->arena, minutes));
	}
	if (*sums)
		sheet_format(sheet, 0, ROLE_TEXT, _("Cộng: %s (giờ làm việc, 8 giờ một ngày)"), sums);
	for (int i = 0; i < life->hand_count; i++) {
		const struct life_hand *h = &life->hands[i];
		bool ended = strcmp(h->kind, "ended") == 0;
		sheet_format(sheet, 0, h->until_at == MOMENT_NONE && !ended ? ROLE_TEXT : ROLE_DIM, "%s  %s%s%s%s%s%s", moment_write(h->at, at, sizeof at),
		             h->name, *h->name ? " · " : "", h->place, ended ? "" : " — ", ended ? "" : time_text(sheet->arena, h->minutes),
		             h->until_at == MOMENT_NONE && !ended ? _(", đến nay") : "");
		sheet_line(sheet, 4, strcmp(h->outcome, "late") == 0 ? ROLE_LATE : ROLE_DIM,
		           strcmp(h->outcome, "late") == 0 ? _("! chặng trước quá hạn") : "");
	}
}

void dossier_life_parts(struct sheet *sheet, const struct life *life, const struct dossier_full *d, moment_t now)
{
	(void)d;
	if (!life)
		return;
	if (life->step_count)
		sheet_heading(sheet, _("Các bước giải quyết"));
	for (int i = 0; i < life->step_count; i++)
		put_step(sheet, &life->steps[i], now);
	if (life->hand_count)
		sheet_heading(sheet, _("Ai giữ bao lâu"));
	put_hands(sheet, life);
	if (*life->counter_act)
		sheet_format(sheet, 0, ROLE_DIM, _("Việc sau cùng nếu sai: %s."), life->counter_act);
}
