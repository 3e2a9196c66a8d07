/* SPDX-License-Identifier: Apache-2.0
 *
 *  TRAO TAY TỪNG GIẤY                       Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *     Giấy tờ                                      Việc              Đã ghi
 *  >■ Giấy chứng nhận cũ                           thu của công dân
 *   □ Bản chính hộ khẩu                            trả công dân
 *   ■ Giấy tạm trú                                 trả công dân      Lê Thị Mận
 *  F1 Giúp  Space Đánh dấu  F7 Không trao  F9 Ghi  Esc Về
 */
#include "tui/return_papers.h"

#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/results.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/duty.h"
#include "tui/fresh.h"
#include "tui/list.h"

enum { MOST = 64 };

struct papers {
	struct list list;
	const struct return_paper *rows;
	struct fresh fresh;
	struct return_papers_ask ask;
	struct result_act act;
	int ticked[MOST], count; /* seq of what is marked; they outlive a reading */
	struct return_papers_plan plan;
	bool waiving;            /* the act under way is of one paper that stays */
	int subject;             /* seq of the paper that stays, or is being written */
};

static int place_of(const struct papers *p, int seq)
{
	for (int i = 0; i < p->count; i++)
		if (p->ticked[i] == seq)
			return i;
	return -1;
}

static const struct return_paper *open_row(const struct papers *p)
{
	const struct return_paper *row = p->list.count ? &p->rows[p->list.at] : NULL;
	return row && row->done_at == MOMENT_NONE ? row : NULL;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[400];
	const struct papers *p = owner;
	const struct return_paper *one = &p->rows[row];
	bool done = one->done_at != MOMENT_NONE;
	switch (column) {
	case 0:
		snprintf(text, sizeof text, "%s %s", done && *one->waived ? "–" : done || place_of(p, one->seq) >= 0 ? "■" : "□", one->name);
		out->text = text;
		break;
	case 1: out->text = strcmp(one->way, "give") == 0 ? _("trả công dân") : _("thu của công dân"); break;
	default: out->text = !done ? "" : *one->waived ? one->waived : one->done_by; break;
	}
	out->role = done ? ROLE_DIM : ROLE_TEXT;
}

static int64_t id_of(void *owner, int row)
{
	return ((const struct papers *)owner)->rows[row].seq;
}

static const struct list_column columns[] = {
	{ .head = N_("Giấy tờ"), .width = 0 },
	{ .head = N_("Việc"), .width = 17 },
	{ .head = N_("Đã ghi"), .width = 22 },
	{ 0 },
};

static void on_rows(struct return_papers_ask *ask, const struct return_paper *rows, int count, const struct error *err)
{
	struct papers *p = ask->owner;
	if (fresh_came(&p->fresh, err)) {
		p->rows = rows;
		list_set_count(&p->list, count);
	}
	fresh_taken(&p->fresh);
}

static void read_now(struct screen *screen)
{
	struct papers *p = screen->state;
	p->ask = (struct return_papers_ask){ .done = on_rows, .into = &p->fresh.coming, .owner = p };
	return_papers_read(duty_store(duty_of(screen)), &screen->scope, &p->ask, p->plan.dossier_id);
}

static void papers_open(struct screen *screen, const void *argument)
{
	struct papers *p = screen->state;
	p->plan = *(const struct return_papers_plan *)argument;
	p->list = (struct list){ .columns = columns, .cell = cell, .id = id_of, .owner = p, .empty = N_("Không có giấy tờ nào phải trao tay.") };
	screen->status = _("Space: đã trao tay giấy này. F9 ghi những giấy đã đánh dấu.");
	fresh_open(&p->fresh, screen, read_now);
}

static void papers_close(struct screen *screen)
{
	fresh_close(&((struct papers *)screen->state)->fresh);
}

/* ---- writing ---- */

static void write_next(struct papers *p);

static void on_written(struct result_act *act, const char *value, const struct error *err)
{
	struct papers *p = act->owner;
	(void)value;
	/* What a colleague has written meanwhile is done, too; what could not be written keeps its mark, as do the others. */
	bool done = !err || strcmp(err->code, "MC006") == 0;
	if (err)
		desk_tell(p->fresh.screen->desk, err);
	if (!p->waiving && done) {
		write_next(p);
		return;
	}
	if (!p->waiving && p->count < MOST)
		p->ticked[p->count++] = p->subject;
	p->waiving = false;
	fresh_read(&p->fresh);
}

static void begin(struct papers *p, int seq, const char *waived)
{
	struct screen *screen = p->fresh.screen;
	p->subject = seq;
	p->act = (struct result_act){ .done = on_written, .owner = p };
	return_paper_done(duty_store(duty_of(screen)), &screen->scope, &p->act, p->plan.dossier_id, seq, waived);
}

/* One after the other; after the last the hand-over goes on. */
static void write_next(struct papers *p)
{
	struct screen *screen = p->fresh.screen, *asker = screen->below;
	void (*then)(struct screen *) = p->plan.then;
	if (p->count) {
		begin(p, p->ticked[--p->count], "");
		return;
	}
	if (!screen_is_top(screen))
		return;
	screen_pop(screen);
	if (then && asker)
		then(asker);
}

static bool may_write(const struct screen *screen)
{
	const struct papers *p = screen->state;
	return p->count && !p->act.ask.slot;
}

static void run_write(struct screen *screen)
{
	write_next(screen->state);
}

static void run_tick(struct screen *screen)
{
	struct papers *p = screen->state;
	const struct return_paper *row = open_row(p);
	if (!row || p->act.ask.slot)
		return;
	int at = place_of(p, row->seq);
	if (at >= 0)
		p->ticked[at] = p->ticked[--p->count];
	else if (p->count < MOST)
		p->ticked[p->count++] = row->seq;
	screen_dirty(screen);
}

static void on_waived(struct screen *screen, const char *text, void *data)
{
	struct papers *p = screen->state;
	(void)data;
	if (!text || ask_busy(screen, p->act.ask.slot))
		return;
	int at = place_of(p, p->subject);
	if (at >= 0)
		p->ticked[at] = p->ticked[--p->count];
	p->waiving = true;
	begin(p, p->subject, text);
}

static bool may_waive(const struct screen *screen)
{
	const struct papers *p = screen->state;
	return open_row(p) && !p->act.ask.slot;
}

static void run_waive(struct screen *screen)
{
	struct papers *p = screen->state;
	p->subject = open_row(p)->seq;
	ask_for_text(screen, &(struct ask_text){ .question = _("Vì sao không trao tay giấy này?"), .max = 300, .check = ask_check_reason }, on_waived, NULL);
}

/* ---- the screen ---- */

static void papers_draw(const struct screen *screen, struct canvas *canvas)
{
	struct papers *p = screen->state;
	fresh_list(&p->fresh, &p->list, canvas, true);
}

static bool papers_handle(struct screen *screen, const struct event *event)
{
	struct papers *p = screen->state;
	if (event->kind == EVENT_TEXT && strcmp(event->text, " ") == 0)
		run_tick(screen);
	else if (event_is(event, K_ESC, 0))
		screen_pop(screen);
	else if (event_is(event, K_ENTER, 0))
		run_tick(screen);
	else
		return list_handle(&p->list, event);
	return true;
}

static const struct action actions[] = {
	{ "papers-waive", "F7", N_("Không trao"), N_("Giấy đang chọn không trao tay: ghi lý do."), may_waive, run_waive },
	{ "papers-write", "F9", N_("Ghi"), N_("Ghi những giấy đã đánh dấu là đã trao tay; việc trả kết quả đi tiếp."), may_write, run_write },
	{ 0 },
};

const struct screen_kind return_papers_screen = {
	.name = "return-papers",
	.title = N_("TRAO TAY TỪNG GIẤY"),
	.help = N_("Giấy tờ trả lại công dân hoặc thu của công dân khi trả kết quả. Space đánh dấu giấy đã trao tay, F9 ghi; "
	           "F7 giấy nào không trao thì ghi lý do. Giấy chưa ghi vẫn chờ: kết quả chưa trả được."),
	.actions = actions,
	.size = sizeof(struct papers),
	.open = papers_open,
	.draw = papers_draw,
	.handle = papers_handle,
	.close = papers_close,
};
