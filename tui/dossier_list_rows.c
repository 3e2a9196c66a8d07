/* SPDX-License-Identifier: Apache-2.0
 *
 * How a dossier reads in a list. */
#include <stdio.h>

#include "core/base/say.h"
#include "core/dossier/deadline.h"
#include "core/dossier/lifecycle.h"
#include "tui/desk.h"
#include "tui/dossier_list_own.h"
#include "tui/travel.h"

int dossiers_mark_of(const struct dossiers *d, int64_t dossier_id)
{
	int at = 0;
	while (at < d->marked_count && d->marked[at] != dossier_id)
		at++;
	return at;
}

static const char *code_cell(const struct dossiers *d, const struct found *found)
{
	static char text[80];
	if (!d->marked_count)
		return found->code;
	snprintf(text, sizeof text, "%s%s", dossiers_mark_of(d, found->dossier_id) < d->marked_count ? "■" : " ", found->code);
	return text;
}

static void due_cell(const struct dossiers *d, const struct found *found, struct list_cell *out)
{
	static char text[40];
	if (found->due_at == MOMENT_NONE) {
		out->text = _("không hẹn");
		out->role = ROLE_DIM;
		return;
	}
	bool late = deadline_late(found->status, found->due_at, desk_now(d->screen->desk));
	char day[16];
	snprintf(text, sizeof text, "%s%s", late ? "! " : "",
	         day_write(moment_day(found->due_at), day, sizeof day));
	out->text = text;
	out->role = late ? ROLE_LATE : ROLE_TEXT;
}

void dossiers_cell(void *owner, int row, int column, struct list_cell *out)
{
	const struct dossiers *d = owner;
	const struct found *found = &d->rows[row];
	switch (column) {
	case 0: out->text = code_cell(d, found); break;
	case 1:
		out->text = found->owner_name;
		out->role = ROLE_PERSON;
		break;
	case 2: out->text = found->procedure_code; break;
	case 3: due_cell(d, found, out); break;
	case 4:
		out->text = travel_text(found->sync);
		out->role = travel_role(found->sync);
		break;
	case 5: out->text = status_name(found->status); break;
	case 6: out->text = found->procedure_name; break;
	default: break;
	}
}

/* In which paper the words stand. */
void dossiers_words_cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[24];
	const struct found *found = &((const struct dossiers *)owner)->rows[row];
	switch (column) {
	case 2: out->text = found->paper; break;
	case 3:
		snprintf(text, sizeof text, "%d", found->page);
		out->text = text;
		break;
	case 4: out->text = day_write(moment_day(found->received_at), text, sizeof text); break;
	default: dossiers_cell(owner, row, column, out); break;
	}
}

const struct list_column dossiers_words_columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Chủ hồ sơ"), .width = 18 },
	{ .head = N_("Trong giấy tờ"), .width = 0 },
	{ .head = N_("trang"), .width = 5, .right = true },
	{ .head = N_("Tiếp nhận"), .width = 10 },
	{ 0 },
};

const struct list_column dossiers_columns[] = {
	{ .head = N_("Mã hồ sơ"), .width = 21 },
	{ .head = N_("Chủ hồ sơ"), .width = 22 },
	{ .head = N_("Thủ tục"), .width = 9 },
	{ .head = N_("Hẹn trả"), .width = 12 },
	{ .head = N_("Gửi"), .width = 11 },
	{ .head = N_("Trạng thái"), .width = 16, .from = 100 },
	{ .head = N_("Tên thủ tục"), .width = 0, .from = 110 },
	{ 0 },
};
