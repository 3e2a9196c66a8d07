/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>

#include "printers/layout.h"

/* Runs of dark modules are one rectangle each, without soft edges. */
static void paint_qr(const struct layout *l, cairo_t *cr, const struct qr *qr, double x, double y)
{
	double m = l->module;
	cairo_save(cr);
	cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
	if (l->sheet->height > 0) { /* no watermark inside the quiet zone */
		double side = (qr->size + 2 * QR_QUIET) * m;
		cairo_set_source_rgb(cr, 1, 1, 1);
		cairo_rectangle(cr, x, y, side, side);
		cairo_fill(cr);
		cairo_set_source_rgb(cr, 0, 0, 0);
	}
	x += QR_QUIET * m;
	y += QR_QUIET * m;
	if (l->sheet->whole_dots) {
		x = floor(x);
		y = floor(y);
	}
	for (int row = 0; row < qr->size; row++) {
		const uint8_t *dark = qr->dark + row * qr->size;
		for (int at = 0; at < qr->size;) {
			int end = at;
			while (end < qr->size && dark[end])
				end++;
			if (end > at)
				cairo_rectangle(cr, x + at * m, y + row * m, (end - at) * m, m);
			at = end + 1;
		}
	}
	cairo_fill(cr);
	cairo_restore(cr);
}

/* Dots to write on, from the end of the words to the edge of the cell. */
static void paint_leader(const struct layout *l, cairo_t *cr, const struct item *item, double x,
                         double y)
{
	double unit = l->sheet->scale, dash[] = { 0, 2.4 * unit };
	cairo_save(cr);
	cairo_set_line_width(cr, fmax(0.7 * unit, l->sheet->whole_dots ? 2 : 0));
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_dash(cr, dash, 2, 0);
	cairo_move_to(cr, x + item->x + item->w + 3 * unit, y + item->baseline);
	cairo_line_to(cr, x + item->leader, y + item->baseline);
	cairo_stroke(cr);
	cairo_restore(cr);
}

/* Two shades that a black and white printer keeps apart. */
static void paint_bar(const struct layout *l, cairo_t *cr, const struct item *item, double x, double y)
{
	double high = item->h * 0.78, unit = l->sheet->scale;
	cairo_save(cr);
	cairo_set_line_width(cr, 0.4 * unit);
	cairo_set_source_rgb(cr, 0.25, 0.25, 0.25);
	cairo_rectangle(cr, x, y, item->w, high);
	cairo_fill(cr);
	cairo_set_source_rgb(cr, 0.82, 0.82, 0.82);
	cairo_rectangle(cr, x + item->w, y, item->light, high);
	cairo_fill(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	cairo_rectangle(cr, x, y, item->w + item->light, high);
	cairo_stroke(cr);
	cairo_restore(cr);
}

static void paint_item(const struct layout *l, cairo_t *cr, const struct item *item, double x,
                       double y)
{
	switch (item->kind) {
	case ITEM_LINE:
		cairo_move_to(cr, x + item->x, y + item->baseline);
		pango_cairo_show_layout_line(cr, item->line);
		if (item->leader > 0)
			paint_leader(l, cr, item, x, y);
		break;
	case ITEM_RULE:
		cairo_set_line_width(cr, fmax(0.5 * l->sheet->scale, l->sheet->whole_dots ? 2 : 0));
		cairo_move_to(cr, x + item->x, y + item->h / 2);
		cairo_line_to(cr, x + item->x + item->w, y + item->h / 2);
		cairo_stroke(cr);
		break;
	case ITEM_QR: paint_qr(l, cr, item->qr, x + item->x, y); break;
	case ITEM_BAR: paint_bar(l, cr, item, x, y); break;
	case ITEM_SPACE: break;
	}
}

static void paint_grid(const struct layout *l, cairo_t *cr, const struct fragment *f)
{
	const struct sheet *sheet = l->sheet;
	double left = sheet->side, right = sheet->width - sheet->side;
	cairo_set_line_width(cr, sheet->whole_dots ? 2 : 0.5 * sheet->scale);
	cairo_rectangle(cr, left, f->y, right - left, f->h);
	for (int i = 1; i < f->block->count; i++) {
		double x = f->block->cells[i].x - 2 * f->block->pad;
		cairo_move_to(cr, x, f->y);
		cairo_line_to(cr, x, f->y + f->h);
	}
	cairo_stroke(cr);
}

static void paint_fragment(const struct layout *l, cairo_t *cr, const struct fragment *f)
{
	for (int i = 0; i < f->block->count; i++) {
		const struct cell *cell = &f->block->cells[i];
		if (f->from[i] >= f->to[i])
			continue;
		double y = f->y + f->block->pad - cell->items[f->from[i]].y;
		for (int k = f->from[i]; k < f->to[i]; k++)
			paint_item(l, cr, &cell->items[k], cell->x, y + cell->items[k].y);
	}
	if (f->block->grid)
		paint_grid(l, cr, f);
}

static PangoLayout *small_text(const struct layout *l, const char *text, double points, bool bold)
{
	PangoLayout *out = pango_layout_new(l->context);
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family(font, l->sheet->family);
	pango_font_description_set_absolute_size(font, points * l->sheet->scale * PANGO_SCALE);
	if (bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(out, font);
	pango_font_description_free(font);
	pango_layout_set_text(out, text, -1);
	return out;
}

static void paint_foot(const struct layout *l, cairo_t *cr, int number)
{
	char text[300];
	snprintf(text, sizeof text, "%.200s%sTrang %d/%d", l->slip->foot ? l->slip->foot : "",
	         l->slip->foot && l->slip->foot[0] ? "  -  " : "", number, l->page_count);
	const char *end;
	if (!g_utf8_validate(text, -1, &end))
		text[end - text] = '\0';
	PangoLayout *foot = small_text(l, text, l->sheet->base * 0.78, false);
	int wide, high;
	pango_layout_get_pixel_size(foot, &wide, &high);
	cairo_move_to(cr, (l->sheet->width - wide) / 2, l->sheet->height - l->sheet->bottom * 0.5 - high / 2.0);
	pango_cairo_show_layout(cr, foot);
	g_object_unref(foot);
}

/* Behind the text, so that a training paper is never taken for a real one. */
static void paint_watermark(const struct layout *l, cairo_t *cr)
{
	const struct sheet *sheet = l->sheet;
	PangoLayout *mark = small_text(l, "TẬP DUYỆT", sheet->width / sheet->scale / 6.2, true);
	int wide, high;
	pango_layout_get_pixel_size(mark, &wide, &high);
	cairo_save(cr);
	cairo_set_source_rgb(cr, 0.90, 0.90, 0.90);
	cairo_translate(cr, sheet->width / 2, sheet->height / 2);
	cairo_rotate(cr, -atan2(sheet->height, sheet->width));
	cairo_move_to(cr, -wide / 2.0, -high / 2.0);
	pango_cairo_show_layout(cr, mark);
	cairo_restore(cr);
	g_object_unref(mark);
}

void layout_paint(const struct layout *l, const struct page *page, int number, cairo_t *cr,
                  double top, double bottom)
{
	if (l->slip->practice && l->sheet->height > 0)
		paint_watermark(l, cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (const struct fragment *f = page->first; f; f = f->next)
		if (f->y + f->h > top - 8 && f->y < bottom + 8)
			paint_fragment(l, cr, f);
	if (l->page_count > 1 && !l->sheets)
		paint_foot(l, cr, number);
}
