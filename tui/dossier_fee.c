/* SPDX-License-Identifier: Apache-2.0
 *
 * What a dossier still owes is received: which sums, how, when. */
#include <string.h>

#include "core/base/say.h"
#include "core/base/text.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"

bool dossier_fee_owed(const struct dossier_fee *fee)
{
	return fee->confirmed && !*fee->exempt_reason && fee->amount > 0 && fee->paid_at == MOMENT_NONE;
}

int64_t dossier_owes(const struct viewing *v)
{
	int64_t sum = 0;
	for (int i = 0; v->full && i < v->full->fee_count; i++)
		if (dossier_fee_owed(&v->full->fees[i]))
			sum += v->full->fees[i].amount;
	return sum;
}

/* ---- sending ---- */

static void on_paid(struct paid_ask *ask, int version, const struct error *err)
{
	struct viewing *v = ask->owner;
	if (err) {
		desk_tell(v->screen->desk, err);
	} else {
		v->kept.version = version; /* what follows at once is not a conflict with ourselves */
		desk_say(v->screen->desk, FAULT_NONE, "%s", _("Đã ghi đã thu, các hệ thống được báo. Ctrl-O lập biên lai."));
		if (v->pay_then && screen_is_top(v->screen))
			v->pay_then(v->screen);
	}
	dossier_read_again(v);
}

static void send(struct viewing *v, const char *way, moment_t at)
{
	if (v->paid.ask.slot)
		return;
	v->paid = (struct paid_ask){ .done = on_paid, .owner = v };
	seal_uuid(v->paid.request_id);
	fee_paid(duty_store(duty_of(v->screen)), &v->screen->scope, &v->paid, v->id, v->pay_lines, v->pay_count, way, at);
}

/* ---- how, when ---- */

static const char *check_moment(struct screen *screen, const char *text, void *data)
{
	const struct viewing *v = screen->state;
	moment_t at = dossier_read_moment(screen, text);
	(void)data;
	if (at == MOMENT_NONE)
		return _("Gõ giờ, thêm ngày nếu không phải hôm nay, ví dụ 09:41 20/11.");
	if (at > desk_now(screen->desk) + 60)
		return _("Tiền không thể về ở thời điểm sắp tới.");
	return v->full && at + 60 < v->full->received_at ? _("Lúc tiền về phải sau lúc tiếp nhận hồ sơ.") : NULL;
}

static void on_moment(struct screen *screen, const char *text, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (!text)
		return;
	moment_t at = dossier_read_moment(screen, text);
	/* The very minute of reception. */
	send(v, "transfer", v->full && at < v->full->received_at ? v->full->received_at : at);
}

static void on_way(struct screen *screen, int choice, void *data)
{
	char at[32];
	(void)data;
	if (choice == 0)
		send(screen->state, "cash", MOMENT_NONE);
	else if (choice == 1)
		ask_for_text(screen, &(struct ask_text){ .question = _("Tiền về tài khoản lúc nào? (theo sao kê hoặc tin báo của ngân hàng)"),
			.plain = true, .max = 20, .initial = moment_write(desk_now(screen->desk), at, sizeof at), .check = check_moment }, on_moment, NULL);
	else if (choice == 2)
		desk_say(screen->desk, FAULT_NONE, "%s", _("Chưa ghi gì."));
}

static void ask_way(struct screen *screen)
{
	const struct viewing *v = screen->state;
	struct arena arena = { 0 };
	const char *name = "";
	int64_t sum = 0;
	const char *choices[] = { _("Tiền mặt, đã thu đủ"), _("Chuyển khoản, đã thấy tiền về tài khoản"), _("Chưa nộp") };
	for (int i = 0; v->full && i < v->full->fee_count; i++)
		for (int k = 0; k < v->pay_count; k++)
			if (v->full->fees[i].seq == v->pay_lines[k]) {
				name = v->full->fees[i].name;
				sum += v->full->fees[i].amount;
			}
	ask_choice(screen, arena_format(&arena, _("%s: %s đ. Công dân nộp thế nào?"), v->pay_count == 1 ? name : _("Phí, lệ phí"),
	                                text_money(&arena, sum)), choices, 3, 0, on_way, NULL);
	arena_free(&arena);
}

/* ---- which ---- */

static void on_lines(struct screen *screen, int choice, void *data)
{
	struct viewing *v = screen->state;
	(void)data;
	if (choice < 0)
		return;
	if (choice > 0) {
		v->pay_lines[0] = v->pay_lines[choice - 1];
		v->pay_count = 1;
	}
	ask_way(screen);
}

void dossier_receive_money(struct screen *screen, void (*then)(struct screen *))
{
	struct viewing *v = screen->state;
	struct arena arena = { 0 };
	const char *choices[PAID_LINES + 1];
	int64_t sum = 0;
	if (v->paid.ask.slot)
		return;
	v->pay_count = 0;
	v->pay_then = then;
	for (int i = 0; v->full && i < v->full->fee_count && v->pay_count < PAID_LINES; i++) {
		const struct dossier_fee *fee = &v->full->fees[i];
		if (!dossier_fee_owed(fee))
			continue;
		v->pay_lines[v->pay_count++] = fee->seq;
		choices[v->pay_count] = arena_format(&arena, "%s: %s đ", fee->name, text_money(&arena, fee->amount));
		sum += fee->amount;
	}
	choices[0] = arena_format(&arena, _("Tất cả: %s đ"), text_money(&arena, sum));
	if (v->pay_count > 1)
		ask_choice(screen, _("Thu khoản nào?"), choices, v->pay_count + 1, 0, on_lines, NULL);
	else if (v->pay_count)
		ask_way(screen);
	else
		desk_say(screen->desk, FAULT_NONE, "%s", _("Hồ sơ này không còn khoản nào phải nộp."));
	arena_free(&arena);
}
