/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages: blocks are placed one below the other; one that does not fit goes to
 * the next page, or is cut between its lines when it is long. */
#include <math.h>

#include "printers/layout.h"

struct placer {
	struct layout *l;
	struct page *page;
	double room;               /* height a page offers */
	const struct block *heading;
};

static void new_page(struct placer *p)
{
	struct page *page = ARENA_NEW(p->l->arena, struct page);
	if (p->page)
		p->page->next = page;
	else
		p->l->pages = page;
	p->page = page;
	p->l->page_count++;
}

static struct fragment *place(struct placer *p, const struct block *block, double h)
{
	struct fragment *f = ARENA_NEW(p->l->arena, struct fragment);
	f->block = block;
	f->y = p->l->sheet->top + p->page->used;
	f->h = h;
	f->from = ARENA_MANY(p->l->arena, int, block->count);
	f->to = ARENA_MANY(p->l->arena, int, block->count);
	if (p->page->last)
		p->page->last->next = f;
	else
		p->page->first = f;
	p->page->last = f;
	p->page->used += h;
	return f;
}

static void place_whole(struct placer *p, const struct block *block)
{
	struct fragment *f = place(p, block, block->h);
	for (int i = 0; i < block->count; i++)
		f->to[i] = block->cells[i].count;
}

static void break_page(struct placer *p, const struct block *block)
{
	new_page(p);
	if (!p->heading || block->table != p->heading->table || block->heading)
		return;
	for (const struct block *h = p->heading; h && h->heading && h->table == block->table; h = h->next)
		place_whole(p, h);
}

/* As many items of each cell as fit; at least one somewhere on a fresh page. */
static bool place_part(struct placer *p, const struct block *block, int *next, bool fresh)
{
	double room = p->room - p->page->used - 2 * block->pad, used = 0;
	int *to = ARENA_MANY(p->l->arena, int, block->count);
	bool any = false;
	for (int i = 0; i < block->count; i++) {
		const struct cell *cell = &block->cells[i];
		double start = next[i] < cell->count ? cell->items[next[i]].y : 0;
		to[i] = next[i];
		while (to[i] < cell->count) {
			const struct item *item = &cell->items[to[i]];
			double bottom = item->y + item->h - start;
			if (bottom > room && !(fresh && to[i] == next[i]))
				break;
			used = fmax(used, bottom);
			to[i]++;
		}
		any = any || to[i] > next[i];
	}
	if (!any)
		return false;
	struct fragment *f = place(p, block, used + 2 * block->pad);
	for (int i = 0; i < block->count; i++) {
		f->from[i] = next[i];
		f->to[i] = next[i] = to[i];
	}
	return true;
}

static bool all_placed(const struct block *block, const int *next)
{
	for (int i = 0; i < block->count; i++)
		if (next[i] < block->cells[i].count)
			return false;
	return true;
}

static void place_cut(struct placer *p, const struct block *block)
{
	int *next = ARENA_MANY(p->l->arena, int, block->count);
	bool fresh = false;
	while (!all_placed(block, next) && p->l->page_count <= PAGES_MOST) {
		if (!place_part(p, block, next, fresh) || !all_placed(block, next)) {
			break_page(p, block);
			fresh = true;
		} else {
			fresh = false;
		}
	}
}

static double keep_height(const struct block *block)
{
	double h = 0;
	for (int keep = block->keep; block && block->keep == keep; block = block->next)
		h += block->h;
	return h;
}

/* A table's heading never stands alone at the foot of a page. */
static double needed(const struct block *block)
{
	double h = block->h, line = block->h;
	for (; block->heading && block->next; block = block->next)
		h += fmin(block->next->h, 4 * line);
	return h;
}

static bool is_blank(const struct block *block)
{
	for (int i = 0; i < block->count; i++)
		for (int k = 0; k < block->cells[i].count; k++)
			if (block->cells[i].items[k].kind != ITEM_SPACE)
				return false;
	return true;
}

void layout_paginate(struct layout *l)
{
	const struct sheet *sheet = l->sheet;
	struct placer p = { .l = l };
	p.room = sheet->height > 0 ? sheet->height - sheet->top - sheet->bottom : HUGE_VAL;
	new_page(&p);
	int keep = 0;
	for (const struct block *b = l->blocks; b && l->page_count <= PAGES_MOST; b = b->next) {
		if (b->fresh && p.page->used > 0)
			new_page(&p);
		double left = p.room - p.page->used;
		if (b->heading && (!p.heading || p.heading->table != b->table))
			p.heading = b;
		if (is_blank(b) && (p.page->used == 0 || b->h > left))
			continue;
		if (b->keep && b->keep != keep) {
			double whole = keep_height(b);
			if (whole > left && whole <= p.room && p.page->used > 0)
				break_page(&p, b);
		}
		keep = b->keep;
		left = p.room - p.page->used;
		if (needed(b) <= left || (p.page->used == 0 && b->h <= left))
			place_whole(&p, b);
		else if (p.page->used > 0 && needed(b) <= p.room * 0.25) {
			break_page(&p, b);
			place_whole(&p, b);
		} else {
			place_cut(&p, b);
		}
	}
	l->height = sheet->top + p.page->used + sheet->bottom;
}
