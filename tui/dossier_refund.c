/* SPDX-License-Identifier: Apache-2.0
 *
 * A payment written down wrongly, or given back: which, what it is, why.  Its receipt is
 * cancelled with it and keeps its number; the ledger shows the old line turned round. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"

static const struct { const char *to, *name; } fates[] = {
	{ "cash", N_("Thực ra là tiền mặt") }, { "transfer", N_("Thực ra là chuyển khoản") },
	{ "later", N_("Chưa thu: ghi nhầm, công dân còn nợ") }, { "returned", N_("Đã hoàn trả công dân, không phải nộp") } };
enum { FATES = sizeof fates / sizeof fates[0] };

static bool paid(const struct dossier_fee *fee)
{
	return fee->amount > 0 && fee->paid_at != MOMENT_NONE;
}

static const struct dossier_fee *chosen(const struct viewing *v)
{
	for (int i = 0; v->full && i < v->full->fee_count; i++)
		if (v->full->fees[i].seq == v->refund_seq && paid(&v->full->fees[i]))
			return &v->full->fees[i];
	return NULL;
}

static void on_done(struct shift_act *act, const struct error *err)
{
	struct viewing *v = act->owner;
	if (err)
		ask_refused(v->screen, err);
	else
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Đã sửa khoản thu; biên lai cũ (nếu có) đã huỷ và giữ số."));
	dossier_read_again(v);
}

static void on_reason(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text || ask_busy(screen, v->refund.ask.slot))
		return;
	v->refund = (struct shift_act){ .done = on_done, .owner = v };
	seal_uuid(v->refund.request_id);
	fee_correct(duty_store(duty_of(screen)), &screen->scope, &v->refund, v->id, v->refund_seq, v->refund_to, text);
}

/* The way it is written down now is none of the choices. */
static void on_fate(struct screen *screen, int choice, void *data)
{
	struct viewing *v = screen->state;
	const struct dossier_fee *fee = chosen(v);
	(void)data;
	for (int i = 0; fee && choice >= 0 && i < FATES; i++) {
		if (strcmp(fates[i].to, fee->paid) == 0 || choice-- > 0)
			continue;
		v->refund_to = fates[i].to;
		ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao? (ghi vào sổ thu và diễn biến hồ sơ)"), .max = 250, .check = ask_check_reason },
		             on_reason, NULL);
		return;
	}
}

static void ask_fate(struct screen *screen)
{
	const struct dossier_fee *fee = chosen(screen->state);
	struct arena arena = { 0 };
	const char *names[FATES];
	int count = 0;
	for (int i = 0; fee && i < FATES; i++)
		if (strcmp(fates[i].to, fee->paid) != 0)
			names[count++] = _(fates[i].name);
	if (fee)
		ask_choice(screen, arena_format(&arena, _("%s %s đ (%s):"), fee->name, text_money(&arena, fee->amount),
			strcmp(fee->paid, "cash") == 0 ? _("đã thu tiền mặt") : _("đã chuyển khoản")), names, count, 0, on_fate, NULL);
	arena_free(&arena);
}

static void on_line(struct screen *screen, int choice, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (choice < 0)
		return;
	v->refund_seq = v->refund_lines[choice];
	ask_fate(screen);
}

bool dossier_may_refund(const struct viewing *v)
{
	for (int i = 0; v->full && i < v->full->fee_count; i++)
		if (paid(&v->full->fees[i]))
			return duty_of(v->screen)->facts->is_supervisor;
	return false;
}

void dossier_refund(struct screen *screen)
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	const char *names[PAID_LINES];
	int count = 0;
	for (int i = 0; v->full && i < v->full->fee_count && count < PAID_LINES; i++)
		if (paid(&v->full->fees[i])) {
			v->refund_lines[count] = v->full->fees[i].seq;
			names[count++] = arena_format(&arena, "%s: %s đ", v->full->fees[i].name, text_money(&arena, v->full->fees[i].amount));
		}
	if (count == 1)
		on_line(screen, 0, NULL);
	else if (count)
		ask_choice(screen, _("Sửa khoản nào?"), names, count, 0, on_line, NULL);
	arena_free(&arena);
}
