/* SPDX-License-Identifier: Apache-2.0
 *
 *  TRANG QUÉT                              Q3 · Lê Thị Mận · TẬP DUYỆT · 20/11 09:41
 *  10 trang, 8 trang vào tệp. Nét 300 dpi, khổ 210 × 297 mm.
 *  Giấy tờ 1: Tờ khai cấp Giấy xác nhận tình trạng hôn nhân
 *
 *     Trang Giấy tờ  Xem xét                              ▗▄▄▄▄▄▄▄▖
 *  ■      1       1  tốt                                   ▀▀▀▘▝▀▀
 *  –      2       1  trang trắng, không lấy                ▚▚▚▚▚▚▚
 * >!      3       1  dưới 200 dpi                          ▚▚▚▚▚
 *  F1 Giúp F4 Quét thêm F5 Xoay F6 Bỏ/lấy F7 Lên F8 Xuống F9 Nhận
 */
#include <stdio.h>
#include <string.h>

#include "core/base/say.h"
#include "tui/pages_private.h"

enum { THUMB_COLS = 28, LIST_COLS_LEAST = 48, HEAD_ROWS = 3 };

static const struct {
	unsigned doubt;
	const char *say;
} doubts[] = {
	{ PAGE_COARSE, N_("dưới 200 dpi") },
	{ PAGE_DARK, N_("quá tối") },
	{ PAGE_PALE, N_("quá mờ") },
	{ PAGE_CUT, N_("chữ sát mép, có thể bị cắt") },
};

static bool doubtful(const struct page *page)
{
	return page->doubts & ~(unsigned)PAGE_BLANK;
}

static const char *verdict(const struct page *page, char *text, size_t room)
{
	if (page->state == PAGE_COMING)
		return _("đang xem…");
	if (page->state == PAGE_BAD)
		return _("hỏng, quét lại");
	if (page->mark == PAGE_FOREIGN)
		return _("tờ phân cách của hồ sơ khác");
	if (page->mark == PAGE_SEPARATES) {
		snprintf(text, room, _("tờ phân cách: giấy tờ %d"), page->mark_paper);
		return text;
	}
	if (page->out)
		return page->doubts & PAGE_BLANK ? _("trang trắng, không lấy") : _("không lấy");
	size_t used = 0;
	*text = '\0';
	for (size_t i = 0; i < sizeof doubts / sizeof doubts[0] && used < room; i++)
		if (page->doubts & doubts[i].doubt)
			used += (size_t)snprintf(text + used, room - used, "%s%s", used ? ", " : "", _(doubts[i].say));
	if (used)
		return text;
	return page->turned ? _("tốt, máy đã xoay") : _("tốt");
}

static void cell(void *owner, int row, int column, struct list_cell *out)
{
	static char text[160];
	const struct pages *pages = owner;
	const struct page *page = pages->batch->pages[row];
	bool bad = page->state == PAGE_BAD || page->mark == PAGE_FOREIGN;
	switch (column) {
	case 0: out->text = bad ? "!" : page->out ? "–" : doubtful(page) ? "!" : page->state == PAGE_COMING ? "·" : "■"; break;
	case 1:
	case 2:
		snprintf(text, sizeof text, "%d", column == 1 ? row + 1 : page->paper);
		out->text = text;
		break;
	default: out->text = verdict(page, text, sizeof text); break;
	}
	out->role = bad ? ROLE_ERROR : page->out ? ROLE_DIM : doubtful(page) ? ROLE_WARN : ROLE_TEXT;
}

static const struct list_column columns[] = {
	{ .head = " ", .width = 1 },
	{ .head = N_("Trang"), .width = 5, .right = true },
	{ .head = N_("Giấy tờ"), .width = 7, .right = true },
	{ .head = N_("Xem xét"), .width = 0 },
	{ 0 },
};

void pages_list_start(struct pages *pages)
{
	pages->list = (struct list){ .columns = columns, .cell = cell, .owner = pages,
		.empty = N_("Chưa có trang nào.") };
}

static int millimetres(int pixels, int dpi)
{
	return dpi > 0 ? (int)(pixels * 25.4 / dpi + 0.5) : 0;
}

static int taken(const struct batch *batch)
{
	int count = 0;
	for (size_t i = 0; i < batch->count; i++)
		count += !batch->pages[i]->out;
	return count;
}

static void draw_state(const struct batch *batch, struct canvas *canvas)
{
	if (batch->scanning && batch->scan.stopping)
		canvas_text(canvas, 0, 1, ROLE_TEXT, _("Đang ngừng máy quét…"));
	else if (batch->scanning && batch->scan.percent)
		canvas_format(canvas, 0, 1, ROLE_TEXT, _("Đang quét trang %d… %d %%"), (int)batch->count + 1,
		              batch->scan.percent);
	else if (batch->scanning)
		canvas_format(canvas, 0, 1, ROLE_TEXT, _("Đang quét trang %d…"), (int)batch->count + 1);
	else
		canvas_format(canvas, 0, 1, ROLE_TEXT, _("%d trang, lấy %d trang vào tệp."), (int)batch->count, taken(batch));
}

static const struct page *page_at(const struct pages *pages)
{
	return pages->batch->count ? pages->batch->pages[pages->list.at] : NULL;
}

static void draw_page(const struct pages *pages, struct canvas *canvas)
{
	const struct page *page = page_at(pages);
	if (!page || page->state != PAGE_READY)
		return;
	const char *rows = batch_thumb(pages->batch, page, canvas->cols, canvas->rows);
	for (int row = 0; rows && *rows && row < canvas->rows; row++) {
		char line[4 * 300 + 1];
		size_t n = strcspn(rows, "\n");
		snprintf(line, sizeof line, "%.*s", (int)n, rows);
		canvas_text(canvas, row, 0, ROLE_TEXT, line);
		rows += n + (rows[n] == '\n');
	}
}

void pages_draw(const struct screen *screen, struct canvas *canvas)
{
	struct pages *pages = screen->state;
	const struct page *page = page_at(pages);
	bool pictures = canvas->cols >= LIST_COLS_LEAST + THUMB_COLS && canvas->rows >= HEAD_ROWS + 6;
	int most = canvas->cols - LIST_COLS_LEAST < 60 ? canvas->cols - LIST_COLS_LEAST : 60;
	draw_state(pages->batch, canvas);
	if (page && page->state == PAGE_READY)
		canvas_format(canvas, 1, 1, ROLE_DIM, _("%d × %d mm, %d dpi · giấy tờ %d: %s"),
		              millimetres(page->width, page->dpi), millimetres(page->height, page->dpi), page->dpi, page->paper,
		              page->paper >= 1 && page->paper <= pages->batch->paper_count ? pages->papers[page->paper - 1] : "");
	struct canvas left = canvas_part(canvas, HEAD_ROWS, 0, canvas->rows - HEAD_ROWS,
	                                 pictures ? canvas->cols - most : canvas->cols);
	if (pictures) {
		struct canvas right = canvas_part(canvas, 2, canvas->cols - most + 2, canvas->rows - 2, most - 3);
		draw_page(pages, &right);
	}
	list_draw(&pages->list, &left, true);
}
