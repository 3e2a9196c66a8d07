/* SPDX-License-Identifier: Apache-2.0
 *
 * An incident of the office is told, ended, taken back when it was written down wrongly; what it gives moves due dates. */
#include "tui/standstill_own.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/base/typed.h"
#include "tui/ask.h"
#include "tui/blanks.h"
#include "tui/program.h"

static const char *const kinds[] = { "power", "network", "database", "other" };
enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- telling ---- */

static moment_t typed(const struct screen *screen, const char *text)
{
	day_t today = desk_today(screen->desk);
	return typed_moment(text, today, today);
}

static const char *check_past(struct screen *screen, const char *text, void *data)
{
	moment_t now = desk_now(screen->desk), at = typed(screen, text);
	(void)data;
	return at != MOMENT_NONE && at <= now ? NULL : _("Gõ giờ, ngày đã qua, ví dụ 0915, 09:15 20/11 hoặc 9h15 hôm qua.");
}

static const char *check_end(struct screen *screen, const char *text, void *data)
{
	const struct standing *s = screen->state;
	moment_t at = typed(screen, text);
	if (!*text && !data)
		return NULL;
	const char *wrong = check_past(screen, text, NULL);
	return wrong ? wrong : at > s->from ? NULL : _("Sự cố phải hết sau khi bắt đầu.");
}

static void on_told(struct blanks_ask *ask, const struct error *err)
{
	struct standing *s = ask->owner;
	if (err)
		ask_refused(s->fresh.screen, err);
	fresh_read(&s->fresh);
}

static void on_to(struct screen *screen, const char *text, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!text || ask_busy(screen, s->tell.ask.slot))
		return;
	arena_free(&s->told_memory);
	s->tell = (struct blanks_ask){ .done = on_told, .into = &s->told_memory, .owner = s };
	standstill_tell(duty_store(duty_of(screen)), &screen->scope, &s->tell, kinds[s->kind], s->story, s->from,
	                *text ? typed(screen, text) : MOMENT_NONE);
}

static void on_from(struct screen *screen, const char *text, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!text)
		return;
	s->from = typed(screen, text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Có lại lúc nào? (chưa hết thì để trống, hết rồi F6)"), .plain = true, .max = 20, .check = check_end }, on_to, NULL);
}

static const char *check_story(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi sự cố là gì.");
}

static void on_story(struct screen *screen, const char *text, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!text)
		return;
	snprintf(s->story, sizeof s->story, "%s", text);
	ask_for_text(screen, &(struct ask_text){ .question = _("Từ lúc nào? (0915, 09:15 20/11, 9h15 hôm qua)"), .plain = true, .max = 20, .check = check_past }, on_from, NULL);
}

static void on_kind(struct screen *screen, int choice, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (choice < 0)
		return;
	s->kind = choice;
	ask_for_text(screen, &(struct ask_text){ .question = _("Chuyện gì? (ghi vào từng hồ sơ được lùi hẹn)"), .max = 100, .check = check_story }, on_story, NULL);
}

void standing_new(struct screen *screen)
{
	const char *choices[KINDS];
	for (int i = 0; i < KINDS; i++)
		choices[i] = standstill_name(kinds[i]);
	ask_choice(screen, _("Sự cố gì?"), choices, KINDS, 0, on_kind, NULL);
}

/* ---- its end, and what follows ---- */

static void on_acted(struct handover_ask *ask, int64_t id, const struct error *err)
{
	struct standing *s = ask->owner;
	(void)id;
	if (err)
		ask_refused(s->fresh.screen, err);
	fresh_read(&s->fresh);
}

static void on_moved(struct handover_ask *ask, int64_t count, const struct error *err)
{
	struct standing *s = ask->owner;
	if (!err)
		desk_say(s->fresh.screen->desk, FAULT_NONE, _("Đã tính lại ngày hẹn của %d hồ sơ; các hệ thống được báo."), (int)count);
	on_acted(ask, count, err);
}

static void on_end(struct screen *screen, const char *text, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!text || ask_busy(screen, s->act.ask.slot))
		return;
	s->act = (struct handover_ask){ .done = on_acted, .owner = s };
	standstill_end(duty_store(duty_of(screen)), &screen->scope, &s->act, s->about, typed(screen, text));
}

bool standing_may_end(const struct screen *screen)
{
	const struct standstill *one = standing_here(screen->state);
	return one && one->to == MOMENT_NONE;
}

void standing_end(struct screen *screen)
{
	struct standing *s = screen->state;
	s->about = standing_here(s)->standstill_id;
	s->from = standing_here(s)->from;
	ask_for_text(screen, &(struct ask_text){ .question = _("Có lại lúc nào? (0915, hoặc 09:15 20/11/2026)"), .plain = true, .max = 20, .check = check_end }, on_end, s);
}

static void on_yes(struct screen *screen, bool yes, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!yes || s->act.ask.slot)
		return;
	s->act = (struct handover_ask){ .done = on_moved, .owner = s };
	incident_due(duty_store(duty_of(screen)), &screen->scope, &s->act, "standstill", s->about, true);
}

bool standing_may_move(const struct screen *screen)
{
	const struct standing *s = screen->state;
	return s->moves_known && s->moves_list.count && duty_of(screen)->facts->is_supervisor;
}

void standing_move(struct screen *screen)
{
	struct standing *s = screen->state;
	struct arena arena = { 0 };
	s->about = s->moves_of;
	ask_yes(screen, arena_format(&arena, _("Lùi ngày hẹn của %d hồ sơ đúng bằng số giờ làm việc đã mất, ghi vào từng hồ sơ và báo các hệ thống?"), s->moves_list.count), true,
	        on_yes, NULL);
	arena_free(&arena);
}

/* ---- written down wrongly ---- */

static void on_back(struct handover_ask *ask, int64_t count, const struct error *err)
{
	struct standing *s = ask->owner;
	if (!err)
		desk_say(s->fresh.screen->desk, FAULT_NONE, _("Đã bỏ sự cố ghi sai; %d hồ sơ trở lại ngày hẹn cũ, các hệ thống và công dân được báo. F5 ghi lại cho đúng."), (int)count);
	on_acted(ask, count, err);
}

static void on_why_wrong(struct screen *screen, const char *text, void *data)
{
	struct standing *s = screen->state;
	(void)data;
	if (!text || ask_busy(screen, s->act.ask.slot))
		return;
	s->act = (struct handover_ask){ .done = on_back, .owner = s };
	standstill_void(duty_store(duty_of(screen)), &screen->scope, &s->act, s->about, text);
}

static const char *check_why_wrong(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Việc này cần ghi lý do.");
}

bool standing_may_void(const struct screen *screen)
{
	return standing_here(screen->state) && duty_of(screen)->facts->is_supervisor;
}

void standing_void(struct screen *screen)
{
	struct standing *s = screen->state;
	s->about = standing_here(s)->standstill_id;
	ask_for_text(screen, &(struct ask_text){ .question = _("Sự cố này ghi sai thế nào? (bỏ nó đi; ngày hẹn nó đã lùi trở lại như trước, ghi vào từng hồ sơ)"), .max = 280,
		.check = check_why_wrong }, on_why_wrong, NULL);
}
