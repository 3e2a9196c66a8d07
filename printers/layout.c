/* SPDX-License-Identifier: Apache-2.0
 *
 * Measuring: every node becomes a block of cells of items (a line of text, a
 * rule, a QR, white).  Items are what a page break may fall between. */
#include "printers/layout.h"

#include <math.h>
#include <string.h>

#include "core/base/say.h"

#define LINE_SPACE    0.92 /* Noto Sans has a tall line box; marks still clear each other */
#define PARAGRAPH_GAP 1.3
#define GRID_PAD      2.6
#define GUTTER        6.0
#define BAR_HIGH      9.0

static const double sizes[] = { [SLIP_TINY] = 0.80, [SLIP_SMALL] = 0.90, [SLIP_NORMAL] = 1.0,
				[SLIP_LARGE] = 1.15, [SLIP_TITLE] = 1.32, [SLIP_HUGE] = 4.2 };

static struct item *add_item(struct layout *l, struct cell *cell, enum item_kind kind, double h)
{
	cell->items = arena_grow(l->arena, cell->items, sizeof *cell->items, (size_t)cell->count,
	                         &cell->room);
	struct item *last = cell->count ? &cell->items[cell->count - 1] : NULL;
	struct item *item = &cell->items[cell->count++];
	*item = (struct item){ .kind = kind, .h = h, .y = last ? last->y + last->h : 0 };
	return item;
}

static void hold_line(struct layout *l, PangoLayoutLine *line)
{
	l->lines = arena_grow(l->arena, l->lines, sizeof *l->lines, l->line_count, &l->line_room);
	l->lines[l->line_count++] = pango_layout_line_ref(line);
}

static void set_size(PangoLayout *text, const struct sheet *sheet, double points)
{
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family(font, sheet->family);
	pango_font_description_set_absolute_size(font, points * sheet->scale * PANGO_SCALE);
	pango_layout_set_font_description(text, font);
	pango_font_description_free(font);
}

static void set_runs(PangoLayout *text, const struct slip_run *run)
{
	GString *all = g_string_new(NULL);
	PangoAttrList *list = pango_attr_list_new();
	for (; run; run = run->next) {
		guint from = (guint)all->len;
		g_string_append(all, run->text);
		PangoAttribute *marks[2] = { NULL };
		if (run->bold)
			marks[0] = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
		if (run->italic)
			marks[1] = pango_attr_style_new(PANGO_STYLE_ITALIC);
		for (int i = 0; i < 2; i++) {
			if (!marks[i])
				continue;
			marks[i]->start_index = from;
			marks[i]->end_index = (guint)all->len;
			pango_attr_list_insert(list, marks[i]);
		}
	}
	pango_attr_list_insert(list, pango_attr_insert_hyphens_new(FALSE));
	pango_layout_set_text(text, all->str, (int)all->len);
	pango_layout_set_attributes(text, list);
	pango_attr_list_unref(list);
	g_string_free(all, TRUE);
}

static void fit_size(PangoLayout *text, const struct sheet *sheet, double points, double width)
{
	int wide;
	pango_layout_set_width(text, -1);
	pango_layout_get_size(text, &wide, NULL);
	double share = width * PANGO_SCALE / (wide > 0 ? wide : 1);
	if (share < 1)
		set_size(text, sheet, points * fmax(0.65, share * 0.995));
}

static void add_lines(struct layout *l, struct cell *cell, PangoLayout *text)
{
	PangoLayoutIter *at = pango_layout_get_iter(text);
	do {
		PangoRectangle box;
		PangoLayoutLine *line = pango_layout_iter_get_line_readonly(at);
		pango_layout_iter_get_line_extents(at, NULL, &box);
		double full = (double)box.height / PANGO_SCALE;
		struct item *item = add_item(l, cell, ITEM_LINE, full * LINE_SPACE);
		item->x = (double)box.x / PANGO_SCALE;
		item->w = (double)box.width / PANGO_SCALE;
		item->baseline = (double)(pango_layout_iter_get_baseline(at) - box.y) / PANGO_SCALE -
		                 full * (1 - LINE_SPACE) / 2;
		item->line = line;
		hold_line(l, line);
	} while (pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
}

static void measure_text(struct layout *l, const struct slip_node *node, struct cell *cell)
{
	static const PangoAlignment align[] = { [SLIP_LEFT] = PANGO_ALIGN_LEFT,
						[SLIP_CENTER] = PANGO_ALIGN_CENTER,
						[SLIP_RIGHT] = PANGO_ALIGN_RIGHT,
						[SLIP_JUSTIFY] = PANGO_ALIGN_LEFT };
	const struct sheet *sheet = l->sheet;
	double points = sheet->base * sizes[node->size];
	PangoLayout *text = pango_layout_new(l->context);
	set_size(text, sheet, points);
	set_runs(text, node->runs);
	if (node->fit)
		fit_size(text, sheet, points, cell->w);
	pango_layout_set_width(text, (int)(cell->w * PANGO_SCALE));
	pango_layout_set_wrap(text, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(text, align[node->align]);
	pango_layout_set_justify(text, node->align == SLIP_JUSTIFY);
	pango_layout_set_auto_dir(text, FALSE);
	add_lines(l, cell, text);
	if (node->leader)
		cell->items[cell->count - 1].leader = cell->w;
	add_item(l, cell, ITEM_SPACE, PARAGRAPH_GAP * sheet->scale);
	g_object_unref(text);
}

/* The slip's QR or one of its own, for papers that are many sheets. */
static const struct qr *qr_of(struct layout *l, const struct slip_node *node)
{
	if (!node->qr)
		return &l->qr;
	struct qr *qr = ARENA_NEW(l->arena, struct qr);
	if (!qr_make(l->arena, node->qr, qr, l->failed ? NULL : l->err))
		l->failed = true;
	return qr;
}

static void measure_qr(struct layout *l, const struct slip_node *node, struct cell *cell)
{
	const struct qr *qr = qr_of(l, node);
	int modules = qr->size + 2 * QR_QUIET;
	if (!qr->size)
		return;
	double most = fmin(cell->w, l->sheet->width * 0.6) / modules;
	double module = l->sheet->whole_dots ? fmax(3, fmin(floor(most), 6))
	                                     : fmin(floor(most * 10) / 10, 2.0);
	l->module = module;
	struct item *item = add_item(l, cell, ITEM_QR, module * modules);
	item->qr = qr;
	item->w = module * modules;
	item->x = floor((cell->w - item->w) / 2);
}

static void measure_cell(struct layout *l, const struct slip_node *node, struct cell *cell)
{
	for (; node; node = node->next) {
		if (node->kind == SLIP_TEXT) {
			measure_text(l, node, cell);
		} else if (node->kind == SLIP_QR) {
			measure_qr(l, node, cell);
		} else if (node->kind == SLIP_SPACE) {
			add_item(l, cell, ITEM_SPACE, node->amount * l->sheet->scale);
		} else if (node->kind == SLIP_BAR) {
			struct item *item = add_item(l, cell, ITEM_BAR, BAR_HIGH * l->sheet->scale);
			item->w = cell->w * node->amount;
			item->light = cell->w * node->more;
		} else if (node->kind == SLIP_RULE) {
			struct item *item = add_item(l, cell, ITEM_RULE, 1.5 * l->sheet->scale);
			item->w = cell->w * node->amount;
			item->x = (cell->w - item->w) / 2;
		}
	}
}

static double cell_height(const struct cell *cell)
{
	if (!cell->count)
		return 0;
	const struct item *last = &cell->items[cell->count - 1];
	return last->y + last->h;
}

static struct block *add_block(struct layout *l, struct block ***end, int cells, int keep)
{
	struct block *block = ARENA_NEW(l->arena, struct block);
	block->cells = ARENA_MANY(l->arena, struct cell, cells);
	block->count = cells;
	block->keep = keep;
	**end = block;
	*end = &block->next;
	return block;
}

static void close_block(struct block *block)
{
	for (int i = 0; i < block->count; i++)
		block->h = fmax(block->h, cell_height(&block->cells[i]));
	block->h += 2 * block->pad;
}

static void measure_row(struct layout *l, const struct slip_node *row, struct block *block)
{
	const struct sheet *sheet = l->sheet;
	double inner = sheet->width - 2 * sheet->side, x = sheet->side;
	double pad = row->grid ? GRID_PAD * sheet->scale : 0;
	double gutter = row->grid ? 0 : GUTTER * sheet->scale;
	inner -= gutter * (block->count - 1);
	block->grid = row->grid;
	block->heading = row->heading;
	block->table = row->table;
	block->pad = pad * 0.5;
	struct cell *cell = block->cells;
	for (const struct slip_node *n = row->first; n; n = n->next, cell++) {
		double share = inner * n->amount;
		cell->x = x + pad;
		cell->w = fmax(share - 2 * pad, 4);
		x += share + gutter;
		measure_cell(l, n->first, cell);
	}
}

static void measure(struct layout *l, const struct slip_node *node, struct block ***end, int keep,
                    int *keeps)
{
	bool fresh = false;
	for (; node; node = node->next) {
		if (node->kind == SLIP_KEEP) {
			measure(l, node->first, end, ++*keeps, keeps);
			continue;
		}
		if (node->kind == SLIP_PAGE) {
			l->sheets = fresh = true;
			continue;
		}
		int cells = 0;
		if (node->kind == SLIP_ROW)
			for (const struct slip_node *n = node->first; n; n = n->next)
				cells++;
		struct block *block = add_block(l, end, cells ? cells : 1, keep);
		block->fresh = fresh;
		fresh = false;
		if (cells) {
			measure_row(l, node, block);
		} else {
			struct slip_node alone = *node;
			alone.next = NULL;
			block->cells[0].x = l->sheet->side;
			block->cells[0].w = l->sheet->width - 2 * l->sheet->side;
			measure_cell(l, &alone, &block->cells[0]);
		}
		close_block(block);
	}
}

bool layout_make(struct layout *l, struct arena *arena, const struct slip *slip,
                 const struct sheet *sheet, struct error *err)
{
	*l = (struct layout){ .arena = arena, .slip = slip, .sheet = sheet, .err = err };
	if (slip->qr && slip->qr[0] && !qr_make(arena, slip->qr, &l->qr, err))
		return false;
	l->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, sheet->whole_dots ? CAIRO_HINT_STYLE_SLIGHT
	                                                             : CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(l->context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(l->context, 72);
	pango_context_set_round_glyph_positions(l->context, sheet->whole_dots);
	pango_context_set_language(l->context, pango_language_from_string("vi"));
	struct block **end = &l->blocks;
	int keeps = 0;
	measure(l, slip->first, &end, 0, &keeps);
	l->err = NULL;
	if (l->failed) {
		layout_free(l);
		return false;
	}
	layout_paginate(l);
	if (l->page_count <= PAGES_MOST && (sheet->height > 0 || l->height <= ROLL_MOST))
		return true;
	fail(err, FAULT_INPUT, _("Giấy này quá dài, không in được. Hãy in thành nhiều lần."));
	because(err, "layout: %d pages, %.0f units", l->page_count, l->height);
	layout_free(l);
	return false;
}

void layout_free(struct layout *l)
{
	for (size_t i = 0; i < l->line_count; i++)
		pango_layout_line_unref(l->lines[i]);
	if (l->context)
		g_object_unref(l->context);
	*l = (struct layout){ 0 };
}

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps its caches until the process ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\n";
}
#endif
