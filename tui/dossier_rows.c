/* SPDX-License-Identifier: Apache-2.0 */
#include "tui/dossier_rows.h"

#include <stdio.h>

#include "core/base/say.h"
#include "core/dossier/lifecycle.h"

void dossier_due_cell(const struct found *found, moment_t now, struct list_cell *out)
{
	static char text[40];
	if (found->due_at == MOMENT_NONE) {
		out->text = _("không hẹn");
		out->role = ROLE_DIM;
		return;
	}
	bool open = !status_final(found->status) && found->status != STATUS_DONE;
	bool late = open && found->due_at < now;
	char day[16];
	snprintf(text, sizeof text, "%s%s", late ? "! " : "",
	         day_write(moment_day(found->due_at), day, sizeof day));
	out->text = text;
	out->role = late ? ROLE_LATE : ROLE_TEXT;
}

const struct list_column dossier_words_columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Chủ hồ sơ"), .width = 18 },
	{ .head = N_("Trong giấy tờ"), .width = 0 },
	{ .head = N_("trang"), .width = 5, .right = true },
	{ .head = N_("Tiếp nhận"), .width = 10 },
	{ 0 },
};

const struct list_column dossier_columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Chủ hồ sơ"), .width = 22 },
	{ .head = N_("Thủ tục"), .width = 9 },
	{ .head = N_("Hẹn trả"), .width = 12 },
	{ .head = N_("Gửi"), .width = 11 },
	{ .head = N_("Trạng thái"), .width = 16, .from = 100 },
	{ .head = N_("Tên thủ tục"), .width = 0, .from = 110 },
	{ 0 },
};
