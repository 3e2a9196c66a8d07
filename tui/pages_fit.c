/* SPDX-License-Identifier: Apache-2.0
 *
 * Before pages become files: whether the unit and the system they travel to take files so
 * large, told while the papers still lie on the counter. */
#include <stdio.h>

#include "core/base/say.h"
#include "core/store/files.h"
#include "tui/ask.h"
#include "tui/duty.h"
#include "tui/pages_private.h"

static void ask_next(struct pages *);

static void on_shrink(struct screen *screen, bool yes, void *data)
{
	struct pages *pages = screen->state;
	int paper = pages->asked;
	(void)data;
	pages->asked = 0;
	if (!yes)
		return;
	batch_shrink(pages->batch, paper);
	desk_say(screen->desk, FAULT_NONE, _("Đang giảm các trang của giấy tờ %d còn %d dpi; xong rồi F9 nhận."), paper, BATCH_DPI_LEAST);
}

static void too_large(struct pages *pages, const struct error *err)
{
	struct screen *screen = pages->screen;
	char question[700];
	if (!batch_can_shrink(pages->batch, pages->asked)) {
		desk_say(screen->desk, err->fault, _("Giấy tờ %d: %s Bỏ bớt trang, hoặc chuyển trang sang giấy tờ khác."), pages->asked,
		         err->say);
		pages->asked = 0;
		return;
	}
	snprintf(question, sizeof question, _("Giấy tờ %d: %s Giảm các trang còn %d dpi?"), pages->asked, err->say, BATCH_DPI_LEAST);
	ask_yes(screen, question, false, on_shrink, NULL);
}

/* A database that is away is no reason: it will tell when the file comes. */
static void on_fits(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct pages *pages = OWNER_OF(ask, struct pages, ask);
	(void)reply;
	if (pages->batch->scanning || !batch_settled(pages->batch))
		pages->asked = 0; /* the clerk has begun something else meanwhile */
	else if (err && err->fault != FAULT_OFFLINE)
		too_large(pages, err);
	else
		ask_next(pages);
}

static void ask_next(struct pages *pages)
{
	struct screen *screen = pages->screen;
	do
		pages->asked++;
	while (pages->asked <= pages->batch->paper_count && batch_pages_of(pages->batch, pages->asked) == 0);
	if (pages->asked > pages->batch->paper_count) {
		pages_leave(pages, pages->taken_as);
		return;
	}
	pages->ask = (struct ask){ .done = on_fits };
	file_fits(duty_store(duty_of(screen)), &screen->scope, &pages->ask, pages->system, "quet.pdf", batch_bytes_of(pages->batch, pages->asked));
}

void pages_accept(struct pages *pages, enum pages_end end)
{
	pages->taken_as = end;
	pages->asked = 0;
	ask_next(pages);
}
