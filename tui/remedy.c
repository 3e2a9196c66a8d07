/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/remedy.h"

#include <string.h>

#include "core/base/say.h"
#include "core/store/sync.h"
#include "tui/between_screen.h"
#include "tui/desk.h"
#include "tui/dossier_screen.h"
#include "tui/duty.h"
#include "tui/filings_screen.h"
#include "tui/linked_screen.h"
#include "tui/program.h"
#include "tui/reconcile_screen.h"
#include "tui/settle.h"
#include "tui/sync_own.h"
#include "tui/take_screen.h"

/* One question or order to the courier; in the asker's arena. */
struct order {
	struct screen *asker;
	const char *told;
	struct sync_act_ask now;
	struct answer_ask fetch;
};

static void tell(const struct order *order, const struct error *err)
{
	if (err)
		desk_tell(order->asker->desk, err);
	else
		desk_say(order->asker->desk, FAULT_NONE, "%s", order->told);
}

static void on_now(struct sync_act_ask *ask, const struct error *err)
{
	tell(ask->owner, err);
}

static void on_fetch(struct answer_ask *ask, const struct error *err)
{
	tell(ask->owner, err);
}

static void take_papers(struct screen *asker, const struct task_row *task)
{
	screen_push(asker->desk, &take_screen, &task->dossier_id);
}

static void take_money(struct screen *asker, const struct task_row *task)
{
	settle_start(asker, SETTLE_MONEY, task->dossier_id);
}

static void take_date(struct screen *asker, const struct task_row *task)
{
	settle_start(asker, SETTLE_DATE, task->dossier_id);
}

static void correct(struct screen *asker, const struct task_row *task)
{
	screen_push(asker->desk, &sync_correct_screen,
	            &(struct correct_plan){ task->dossier_id, task->system, task->system_name, task->code, task->said });
}

static void open_dossier(struct screen *asker, const struct task_row *task)
{
	screen_push(asker->desk, &dossier_screen, &task->dossier_id);
}

static void reconcile(struct screen *asker, const struct task_row *task)
{
	(void)task;
	screen_push(asker->desk, &reconcile_screen, NULL);
}

static void transfers(struct screen *asker, const struct task_row *task)
{
	(void)task;
	screen_push(asker->desk, &between_screen, NULL);
}

static void online(struct screen *asker, const struct task_row *task)
{
	(void)task;
	screen_push(asker->desk, &filings_screen, NULL);
}

static void linked(struct screen *asker, const struct task_row *task)
{
	screen_push(asker->desk, &linked_screen, &task->dossier_id);
}

static struct order *order_of(struct screen *asker, const char *told)
{
	struct order *order = ARENA_NEW(&asker->arena, struct order);
	*order = (struct order){ .asker = asker, .told = told };
	order->now = (struct sync_act_ask){ .done = on_now, .owner = order };
	order->fetch = (struct answer_ask){ .done = on_fetch, .owner = order };
	return order;
}

static void ask_now(struct screen *asker, const struct task_row *task)
{
	struct order *order = order_of(asker, _("Sẽ hỏi ngay; có trả lời thì việc tự rời danh sách."));
	sync_send_now(duty_store(duty_of(asker)), &asker->scope, &order->now, task->dossier_id, task->system);
}

static void fetch(struct screen *asker, const struct task_row *task)
{
	struct order *order = order_of(asker, _("Sẽ tải lại tệp ngay; tải được thì việc tự rời danh sách."));
	result_fetch_now(duty_store(duty_of(asker)), &asker->scope, &order->fetch, task->dossier_id, task->system, task->key);
}

/*      kind           what F4 does there                                        by      */
#define REMEDIES(X)                                                                      \
	X("supplement", N_("ghi giấy tờ công dân mang đến"),                      take_papers)  \
	X("payment",    N_("ghi công dân đã nộp tiền"),                           take_money)   \
	X("extension",  N_("ghi ngày hẹn trả mới"),                               take_date)    \
	X("refused",    N_("sửa chỗ sai rồi gửi lại"),                            correct)      \
	X("disagreed",  N_("mở hồ sơ, xem hai bên khác nhau ở đâu rồi F5 gửi lại"), open_dossier) \
	X("result",     N_("tải lại tệp kết quả ngay"),                           fetch)        \
	X("missing",    N_("mở Đối soát để sửa chênh lệch"),                      reconcile)    \
	X("late_transfer", N_("mở Phi địa giới: F6 giao giấy tờ, Enter ghi họ đã nhận"), transfers)    \
	X("late_filing", N_("mở Hồ sơ trực tuyến: nhận, yêu cầu bổ sung hoặc từ chối"), online)        \
	X("late_supplement", N_("mở hồ sơ: dừng, không tiếp nhận, hay ghi giấy tờ đã mang đến"), open_dossier) \
	X("late_linked", N_("mở Liên thông: ghi dừng, hay đã bổ sung"),           linked)         \
	X("silent",     N_("hỏi ngay bên kia"),                                   ask_now)      \
	X("notice",     N_("mở hồ sơ, làm điều họ nhắn"),                         open_dossier) \
	X("same_code",  N_("mở hồ sơ đang mang mã đó"),                           open_dossier) \
	X("stranger",   N_("mở Đối soát để tìm hồ sơ đó"),                        reconcile)

static const struct {
	const char *kind, *name;
	void (*run)(struct screen *, const struct task_row *);
} remedies[] = {
#define X(kind, name, run) { kind, name, run },
	REMEDIES(X)
#undef X
};
enum { REMEDY_COUNT = sizeof remedies / sizeof *remedies };

const char *remedy_name(const struct task_row *task)
{
	for (int i = 0; i < REMEDY_COUNT; i++)
		if (strcmp(remedies[i].kind, task->kind) == 0)
			return _(remedies[i].name);
	return NULL;
}

void remedy_start(struct screen *asker, const struct task_row *task)
{
	for (int i = 0; i < REMEDY_COUNT; i++)
		if (strcmp(remedies[i].kind, task->kind) == 0)
			remedies[i].run(asker, task);
}
