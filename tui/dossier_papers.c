/* SPDX-License-Identifier: Apache-2.0
 *
 * Papers made of a dossier after its receipt, and the transfer of what it still owes. */
#include "core/base/say.h"
#include "core/store/seal.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/dossier_private.h"
#include "tui/print.h"
#include "tui/transfer.h"

static void on_issued(struct issue_ask *ask, int64_t paper_id, const struct error *err)
{
	struct viewing *v = ask->owner;
	if (err)
		desk_tell(v->screen->desk, err);
	else
		print_start(duty_of(v->screen), paper_id);
	dossier_read_again(v);
}

static void on_choice(struct screen *screen, int choice, void *data)
{
	static const char *const forms[] = { "fee", "payment", "result", "01" };
	struct viewing *v = screen->state;
	(void)data;
	if (choice < 0 || v->issue.ask.slot)
		return;
	v->issue = (struct issue_ask){ .done = on_issued, .owner = v };
	seal_uuid(v->issue.request_id);
	paper_issue(duty_store(duty_of(screen)), &screen->scope, &v->issue, forms[choice], v->id);
}

void dossier_issue(struct screen *screen)
{
	const char *choices[] = { _("Biên lai thu phí, lệ phí"), _("Phiếu hướng dẫn nộp phí (VietQR)"),
		_("Phiếu trả kết quả"), _("Giấy tiếp nhận, hẹn trả lập lại (sau bổ sung, đổi hẹn)") };
	ask_choice(screen, _("Lập và in giấy nào?"), choices, 4, 0, on_choice, NULL);
}

void dossier_transfer(struct screen *screen)
{
	struct viewing *v = screen->state;
	screen_push(screen->desk, &transfer_screen, &v->id);
}
