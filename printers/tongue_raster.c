/* SPDX-License-Identifier: Apache-2.0
 *
 * ESC/POS pictures.  The paper is drawn gray in bands of 256 rows and cut at a
 * threshold, a little bolder than half: thermal paper eats thin strokes. */
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "printers/layout.h"
#include "printers/tongue.h"

#define BAND       256
#define THRESHOLD  110
#define BLANK_RUN  24    /* shorter white stays in the picture: ESC J is coarse on some makes */
#define ROWS_MOST  80000 /* 10 m of paper */
#define DOTS_IN_POINT (203.0 / 72.0)

struct band {
	uint8_t bits[BAND * 72];
	int wide, rows;          /* bytes a row */
};

static bool row_blank(const uint8_t *row, int wide)
{
	for (int i = 0; i < wide; i++)
		if (row[i])
			return false;
	return true;
}

static void feed(struct bytes *out, int rows)
{
	for (; rows > 0; rows -= 255) {
		bytes_text(out, "\x1bJ");
		bytes_byte(out, (uint8_t)(rows > 255 ? 255 : rows));
	}
}

static void picture(struct bytes *out, const struct band *band, int from, int to)
{
	if (from == to)
		return;
	int rows = to - from;
	const uint8_t head[] = { 0x1d, 'v', '0', 0, (uint8_t)band->wide, 0, (uint8_t)rows,
				 (uint8_t)(rows >> 8) };
	bytes_add(out, head, sizeof head);
	bytes_add(out, band->bits + from * band->wide, (size_t)(rows * band->wide));
}

/* Long white runs become feeds, the rest pictures. */
static void speak_band(struct bytes *out, const struct band *band)
{
	int from = 0;
	for (int row = 0; row < band->rows;) {
		int end = row;
		while (end < band->rows && row_blank(band->bits + end * band->wide, band->wide))
			end++;
		if (end - row >= BLANK_RUN) {
			picture(out, band, from, row);
			feed(out, end - row);
			from = end;
		}
		row = end > row ? end : row + 1;
	}
	picture(out, band, from, band->rows);
}

static void take_bits(struct band *band, cairo_surface_t *surface)
{
	const uint8_t *gray = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);
	memset(band->bits, 0, sizeof band->bits);
	for (int y = 0; y < band->rows; y++)
		for (int x = 0; x < band->wide * 8; x++)
			if (gray[y * stride + x] >= THRESHOLD)
				band->bits[y * band->wide + x / 8] |= (uint8_t)(0x80 >> (x % 8));
}

static cairo_status_t draw_band(const struct layout *l, const struct page *page, int top,
                                struct band *band)
{
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_A8, band->wide * 8, band->rows);
	cairo_t *cr = cairo_create(surface);
	cairo_translate(cr, 0, -top);
	layout_paint(l, page, 1, cr, top, top + band->rows);
	cairo_status_t status = cairo_status(cr);
	cairo_destroy(cr);
	cairo_surface_flush(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		take_bits(band, surface);
	cairo_surface_destroy(surface);
	return status;
}

static bool refuse(struct error *err, const char *cause)
{
	fail(err, FAULT_INPUT, _("Giấy quá dài, không in được trên máy in nhiệt. Hãy in khổ A5."));
	return because(err, "raster: %s", cause);
}

/* One sheet of the roll, cut off at its end. */
static bool draw_page(const struct layout *l, const struct page *page, struct band *band,
                      struct bytes *out, struct error *err)
{
	int height = (int)(l->sheet->top + page->used + l->sheet->bottom) + 1;
	if (height > ROWS_MOST)
		return refuse(err, "too many rows");
	for (int top = 0; top < height; top += BAND) {
		band->rows = height - top < BAND ? height - top : BAND;
		cairo_status_t status = draw_band(l, page, top, band);
		if (status != CAIRO_STATUS_SUCCESS)
			return refuse(err, cairo_status_to_string(status));
		speak_band(out, band);
	}
	bytes_add(out, "\x1b" "d\x03\x1dVB\x00", 7);
	return true;
}

bool tongue_raster(struct arena *arena, const struct slip *slip, int dots, struct bytes *out,
                   struct error *err)
{
	bool wide = dots >= 512;
	const struct sheet sheet = { .width = dots, .side = 8, .top = 8, .bottom = 8,
				     .scale = DOTS_IN_POINT, .base = wide ? 9.2 : 8.8,
				     .family = wide ? FONT_SHEET : FONT_NARROW,
				     .whole_dots = true };
	struct layout layout;
	if (dots % 8 || dots > 576 || dots < 128)
		return refuse(err, "unknown width");
	if (!layout_make(&layout, arena, slip, &sheet, err))
		return false;
	bool ok = true;
	struct band *band = ARENA_NEW(arena, struct band);
	band->wide = dots / 8;
	bytes_add(out, "\x1b@", 2);
	for (const struct page *page = layout.pages; ok && page; page = page->next)
		ok = draw_page(&layout, page, band, out, err);
	layout_free(&layout);
	if (ok && out->failed)
		ok = refuse(err, "too large");
	return ok;
}
