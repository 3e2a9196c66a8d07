/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/settle.h"

#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/dossier/catalogue.h"
#include "core/store/dossier_read.h"
#include "core/store/seal.h"
#include "core/store/taken_up.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/program.h"

enum { FEES = 20 };

struct settling {
	enum settle what;
	int64_t id;
	struct screen *asker;
	struct dossier_full full;
	struct wait_row wait;       /* act "": nothing waits */
	const struct dossier_part *open[FEES];
	struct taken_fee fees[FEES];
	int open_count, fee_count;
	struct taken taken;
	struct arena memory;
	struct dossier_ask full_ask;
	struct waits_ask waits_ask;
	struct take_ask take_ask;
	struct task task;           /* the memory goes with the asker */
};

static void on_scope_end(struct task *task)
{
	arena_free(&OWNER_OF(task, struct settling, task)->memory);
}

static void tell(struct settling *s, const char *sentence)
{
	desk_say(s->asker->desk, FAULT_NONE, "%s", sentence);
}

/* ---- sending ---- */

static void on_taken(struct take_ask *ask, int version, const struct error *err)
{
	static const char *const told[] = { N_("Đã ghi đã nộp tiền: các hệ thống được báo."),
		N_("Đã đổi ngày hẹn trả theo bên kia."), N_("Đã ghi: hồ sơ được xử lý tiếp.") };
	struct settling *s = ask->owner;
	(void)version;
	if (!err)
		tell(s, _(told[s->what]));
	else if (err->fault == FAULT_CONFLICT)
		desk_say(s->asker->desk, FAULT_CONFLICT, "%s", _("Hồ sơ vừa đổi trong lúc hỏi: làm lại một lần nữa."));
	else
		desk_tell(s->asker->desk, err);
}

static void send(struct settling *s, const char *note)
{
	const struct catalogue *c = duty_of(s->asker)->catalogue;
	struct deadline due = { .due = s->full.due_at };
	moment_t now = desk_now(s->asker->desk);
	const char *line = "";
	say_source(true); /* the record is Vietnamese */
	if (c && s->wait.since != MOMENT_NONE)
		deadline_pause(&s->memory, &c->calendar, s->full.due_at, s->wait.since, now, &due);
	say_source(false);
	for (size_t i = 0; i < due.lines.count; i++)
		line = arena_format(&s->memory, "%s%s%s", line, i ? "\n" : "", due.lines.items[i]);
	s->taken = (struct taken){ .act = s->wait.act, .computed_at = now, .due_at = due.due, .line = line,
		.note = arena_string(&s->memory, note), .fees = s->fees, .fee_count = s->fee_count };
	seal_uuid(s->taken.request_id);
	s->take_ask = (struct take_ask){ .done = on_taken, .owner = s };
	take_up(duty_store(duty_of(s->asker)), &s->asker->scope, &s->take_ask, s->id, s->full.version, &s->taken);
}

static const char *check_note(struct screen *screen, const char *text, void *data)
{
	(void)screen, (void)data;
	return text[strspn(text, " ")] ? NULL : _("Ghi vài chữ: hồ sơ giữ lại lời này.");
}

static void on_note(struct screen *screen, const char *text, void *data)
{
	(void)screen;
	if (text)
		send(data, text);
}

/* ---- money, sum by sum ---- */

static void ask_next_fee(struct settling *s);

static void on_paid(struct screen *screen, int choice, void *data)
{
	struct settling *s = data;
	(void)screen;
	if (choice < 0 || choice > 1) {
		tell(s, _("Chưa ghi gì."));
		return;
	}
	s->fees[s->fee_count] = (struct taken_fee){ s->open[s->fee_count]->part_id, choice ? "transfer" : "cash" };
	s->fee_count++;
	ask_next_fee(s);
}

static void ask_next_fee(struct settling *s)
{
	if (s->fee_count == s->open_count && s->open_count) {
		send(s, "");
		return;
	}
	if (!s->open_count) {
		ask_for_text(s->asker, &(struct ask_text){ .question = _("Bên kia không ghi khoản nào. Công dân đã nộp gì, biên lai số mấy?"),
			.max = 400, .check = check_note }, on_note, s);
		return;
	}
	const struct dossier_part *fee = s->open[s->fee_count];
	const char *choices[] = { _("Tiền mặt, đã thu đủ"), _("Chuyển khoản, đã thấy chứng từ"), _("Chưa nộp") };
	ask_choice(s->asker, arena_format(&s->memory, _("%s: %s đ — %s. Công dân nộp thế nào?"), *fee->name ? fee->name : _("Phí, lệ phí"),
	                                  text_money(&s->memory, fee->amount), fee->system_name), choices, 3, 0, on_paid, s);
}

static bool is_open(const struct dossier_part *part, const char *kind)
{
	return strcmp(part->kind, kind) == 0 && !part->settled && part->answered_at == MOMENT_NONE;
}

static void gather(struct settling *s, const char *kind)
{
	for (int i = 0; i < s->full.told_count && s->open_count < FEES; i++)
		if (is_open(&s->full.told[i], kind))
			s->open[s->open_count++] = &s->full.told[i];
}

static void on_waits(struct waits_ask *ask, const struct error *err)
{
	struct settling *s = ask->owner;
	const char *wanted = s->what == SETTLE_MONEY ? "pay" : "resume";
	if (err) {
		desk_tell(s->asker->desk, err);
		return;
	}
	for (int i = 0; i < ask->wait_count; i++)
		if (strcmp(ask->waits[i].act, wanted) == 0)
			s->wait = ask->waits[i];
	if (!*s->wait.act)
		tell(s, s->what == SETTLE_MONEY ? _("Hồ sơ không còn chờ nộp tiền.") : _("Hồ sơ không dừng."));
	else if (!screen_is_top(s->asker))
		return;
	else if (s->what == SETTLE_MONEY)
		ask_next_fee(s);
	else
		ask_for_text(s->asker, &(struct ask_text){ .question = _("Vì sao xử lý tiếp? (ghi vào hồ sơ, các hệ thống đọc được)"),
			.max = 400, .check = check_note }, on_note, s);
}

/* ---- a new date ---- */

static void on_date(struct screen *screen, bool yes, void *data)
{
	struct settling *s = data;
	if (!yes) {
		tell(s, _("Ngày hẹn giữ nguyên; việc vẫn trong danh sách."));
		return;
	}
	s->take_ask = (struct take_ask){ .done = on_taken, .owner = s };
	take_date(duty_store(duty_of(screen)), &screen->scope, &s->take_ask, s->id, s->full.version, s->open[0]->part_id);
}

static void ask_date(struct settling *s)
{
	char old[32] = "", fresh[32];
	gather(s, "extension");
	if (!s->open_count || s->open[0]->new_due == MOMENT_NONE) {
		tell(s, _("Không còn ngày hẹn mới nào chờ ghi."));
		return;
	}
	const struct dossier_part *told = s->open[0];
	if (s->full.due_at != MOMENT_NONE)
		moment_write(s->full.due_at, old, sizeof old);
	ask_yes(s->asker, arena_format(&s->memory, _("%s báo ngày hẹn trả mới %s%s%s. Lý do: %s.\nGhi ngày hẹn này? Nhớ báo công dân."),
	                               told->system_name, moment_write(told->new_due, fresh, sizeof fresh), *old ? _(", thay cho ") : "", old,
	                               *told->said ? told->said : _("không nêu")), false, on_date, s);
}

static void on_full(struct dossier_ask *ask, const struct dossier_full *full, const struct error *err)
{
	struct settling *s = ask->owner;
	if (err) {
		desk_tell(s->asker->desk, err);
		return;
	}
	s->full = *full;
	if (s->what == SETTLE_DATE) {
		if (screen_is_top(s->asker))
			ask_date(s);
		return;
	}
	if (s->what == SETTLE_MONEY)
		gather(s, "payment");
	s->waits_ask = (struct waits_ask){ .done = on_waits, .into = &s->memory, .owner = s };
	waits_read(duty_store(duty_of(s->asker)), &s->asker->scope, &s->waits_ask, s->id);
}

void settle_start(struct screen *asker, enum settle what, int64_t dossier_id)
{
	struct settling *s = ARENA_NEW(&asker->arena, struct settling);
	*s = (struct settling){ .what = what, .id = dossier_id, .asker = asker,
		.wait = { .act = "", .since = MOMENT_NONE } };
	s->task.end = on_scope_end;
	scope_add(&asker->scope, &s->task);
	s->full_ask = (struct dossier_ask){ .done = on_full, .into = &s->memory, .owner = s };
	dossier_read(duty_store(duty_of(asker)), &asker->scope, &s->full_ask, dossier_id);
}
