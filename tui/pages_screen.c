/* SPDX-License-Identifier: Apache-2.0
 *
 *  TRANG QUÉT                              Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  Giấy tờ: Tờ khai cấp Giấy xác nhận tình trạng hôn nhân
 *  Đang quét trang 3… 40 %
 *
 *    Trang  Khổ            Nét
 * >      1  210 × 297 mm   300 dpi
 *        2  210 × 297 mm   300 dpi
 *  F1 Giúp F4 Quét thêm F9 Nhận Esc Bỏ
 */
#include "tui/pages_screen.h"

#include <stdio.h>

#include "core/base/say.h"
#include "tui/ask.h"
#include "tui/desk.h"
#include "tui/list.h"

struct pages {
	struct screen *screen, *asker;
	struct batch *batch;
	const struct scan_setup *setup;
	const char *paper;
	void (*then)(struct screen *, struct batch *, bool);
	struct list list;
};

static int millimetres(int pixels, int dpi)
{
	return dpi > 0 ? (int)(pixels * 25.4 / dpi + 0.5) : 0;
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[48];
	const struct pages *pages = owner;
	const struct page *page = pages->batch->pages[row];
	switch (column) {
	case 0: snprintf(text, sizeof text, "%d", row + 1); break;
	case 1:
		snprintf(text, sizeof text, _("%d × %d mm"), millimetres(page->width, page->dpi),
		         millimetres(page->height, page->dpi));
		break;
	default: snprintf(text, sizeof text, "%d dpi", page->dpi); break;
	}
	out->text = text;
}

static const struct list_column columns[] = {
	{ .head = N_("Trang"), .width = 5, .right = true },
	{ .head = N_("Khổ"), .width = 14 },
	{ .head = N_("Nét"), .width = 0 },
	{ 0 },
};

/* ---- what the batch tells ---- */

static void on_changed(struct batch *batch)
{
	struct pages *pages = batch->owner;
	bool at_end = pages->list.at + 1 >= pages->list.count;
	list_set_count(&pages->list, (int)batch->count);
	if (batch->scanning && at_end && batch->count)
		pages->list.at = (int)batch->count - 1; /* follows what comes */
	screen_dirty(pages->screen);
}

static void on_scanned(struct batch *batch, const struct error *err)
{
	struct pages *pages = batch->owner;
	if (err)
		desk_tell(pages->screen->desk, err);
	else
		desk_say(pages->screen->desk, FAULT_NONE, _("Đã quét %d trang. F9 nhận, F4 quét thêm."),
		         batch->scan.pages);
}

static void scan_more(struct pages *pages)
{
	struct error err = { 0 };
	if (!batch_scan(pages->batch, pages->setup, &err))
		desk_tell(pages->screen->desk, &err);
	screen_dirty(pages->screen);
}

static void pages_open(struct screen *screen, const void *argument)
{
	const struct pages_plan_screen *plan = argument;
	struct pages *pages = screen->state;
	*pages = (struct pages){ .screen = screen, .asker = plan->asker, .batch = plan->batch,
		.setup = plan->setup, .then = plan->then, .paper = arena_string(&screen->arena, plan->paper) };
	pages->list = (struct list){ .columns = columns, .cell = cell, .owner = pages,
		.empty = N_("Chưa có trang nào.") };
	plan->batch->owner = pages;
	plan->batch->changed = on_changed;
	plan->batch->scanned = on_scanned;
	scan_more(pages);
}

static void pages_close(struct screen *screen)
{
	struct pages *pages = screen->state;
	pages->batch->changed = NULL;
	pages->batch->scanned = NULL;
}

static void pages_draw(const struct screen *screen, struct canvas *canvas)
{
	struct pages *pages = screen->state;
	const struct batch *batch = pages->batch;
	canvas_format(canvas, 0, 1, ROLE_TEXT, _("Giấy tờ: %s"), pages->paper);
	if (batch->scanning && batch->scan.stopping)
		canvas_text(canvas, 1, 1, ROLE_TEXT, _("Đang ngừng máy quét…"));
	else if (batch->scanning && batch->scan.percent)
		canvas_format(canvas, 1, 1, ROLE_TEXT, _("Đang quét trang %d… %d %%"), (int)batch->count + 1,
		              batch->scan.percent);
	else if (batch->scanning)
		canvas_format(canvas, 1, 1, ROLE_TEXT, _("Đang quét trang %d…"), (int)batch->count + 1);
	else
		canvas_format(canvas, 1, 1, ROLE_TEXT, _("%d trang."), (int)batch->count);
	struct canvas below = canvas_part(canvas, 3, 0, canvas->rows - 3, canvas->cols);
	list_draw(&pages->list, &below, true);
}

/* ---- keys ---- */

static void leave(struct pages *pages, bool accepted)
{
	struct screen *asker = pages->asker;
	struct batch *batch = pages->batch;
	void (*then)(struct screen *, struct batch *, bool) = pages->then;
	screen_pop(pages->screen);
	batch->changed = NULL;
	batch->scanned = NULL;
	then(asker, batch, accepted);
}

static void on_drop(struct screen *screen, bool yes, void *data)
{
	(void)data;
	if (yes)
		leave(screen->state, false);
}

static bool pages_handle(struct screen *screen, const struct event *event)
{
	struct pages *pages = screen->state;
	if (list_handle(&pages->list, event)) {
		screen_dirty(screen);
		return true;
	}
	if (event_is(event, K_DELETE, 0) && pages->batch->count) {
		batch_remove(pages->batch, (size_t)pages->list.at);
		return true;
	}
	if (!event_is(event, K_ESC, 0))
		return false;
	if (pages->batch->scanning)
		batch_stop(pages->batch);
	else if (pages->batch->count)
		ask_yes(screen, _("Bỏ các trang đã quét?"), true, on_drop, NULL);
	else
		leave(pages, false);
	screen_dirty(screen);
	return true;
}

static bool may_scan(const struct screen *screen)
{
	return !((const struct pages *)screen->state)->batch->scanning;
}

static bool may_accept(const struct screen *screen)
{
	const struct pages *pages = screen->state;
	return !pages->batch->scanning && pages->batch->count > 0;
}

static void run_scan(struct screen *screen)
{
	scan_more(screen->state);
}

static void run_accept(struct screen *screen)
{
	leave(screen->state, true);
}

static const struct action actions[] = {
	{ "pages-scan", "F4", N_("Quét thêm"), N_("Quét tiếp các trang khác vào cuối."), may_scan, run_scan },
	{ "pages-accept", "F9", N_("Nhận"), N_("Ghép các trang thành tệp PDF của giấy tờ."), may_accept, run_accept },
	{ 0 },
};

const struct screen_kind pages_screen = {
	.name = "pages",
	.title = N_("TRANG QUÉT"),
	.help = N_("Xem các trang vừa quét trước khi nhận vào giấy tờ.\n"
	           "Esc ngừng máy quét; Delete bỏ trang đang chọn; F9 nhận."),
	.actions = actions,
	.size = sizeof(struct pages),
	.open = pages_open,
	.draw = pages_draw,
	.handle = pages_handle,
	.close = pages_close,
};
