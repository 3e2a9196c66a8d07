/* SPDX-License-Identifier: Apache-2.0
 *
 * A table whose columns are told by the fields: column.N.head, .group (above several), .number,
 * .width and .right; line.N.cells are its cells, a line each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "printers/form_filler.h"

#define GRID_MOST 16

struct grid {
	struct fill *f;
	int count;
	double width[GRID_MOST], sum;
	bool right[GRID_MOST];
	const char *head[GRID_MOST], *group[GRID_MOST], *number[GRID_MOST];
};

static const char *told(struct grid *g, const char *group, int nth, const char *key)
{
	char whole[64];
	snprintf(whole, sizeof whole, "%s.%d.%s", group, nth, key);
	return fill_value(g->f, whole);
}

static void read_columns(struct grid *g)
{
	int count = fields_group(g->f->plan->fields, "column");
	g->count = count > GRID_MOST ? GRID_MOST : count;
	for (int i = 0; i < g->count; i++) {
		double width = strtod(told(g, "column", i + 1, "width"), NULL);
		g->sum += g->width[i] = width >= 1 && width <= 200 ? width : 10;
		g->right[i] = strcmp(told(g, "column", i + 1, "right"), "1") == 0;
		g->head[i] = told(g, "column", i + 1, "head");
		g->group[i] = told(g, "column", i + 1, "group");
		g->number[i] = told(g, "column", i + 1, "number");
	}
}

static struct slip_node *begin_row(struct grid *g, bool heading, struct slip_node ***end)
{
	struct slip_node *row = fill_add(g->f, end, SLIP_ROW);
	row->grid = true;
	row->heading = heading;
	row->table = g->f->tables;
	return row;
}

static void add_cell(struct grid *g, struct slip_node ***end, double width, const char *text, bool bold, enum slip_align align)
{
	struct slip_node *cell = fill_add(g->f, end, SLIP_CELL);
	cell->amount = width / g->sum;
	if (!*text)
		return;
	struct slip_node **inner = &cell->first;
	struct slip_node *words = fill_add(g->f, &inner, SLIP_TEXT);
	words->size = SLIP_TINY;
	words->align = align;
	words->runs = ARENA_NEW(g->f->arena, struct slip_run);
	words->runs->text = text;
	words->runs->bold = bold;
	g->f->text += strlen(text);
}

/* Neighbours of one group stand under one head. */
static void add_groups(struct grid *g, struct slip_node ***end)
{
	bool any = false;
	for (int i = 0; i < g->count; i++)
		any = any || *g->group[i];
	if (!any)
		return;
	struct slip_node **cells = &begin_row(g, true, end)->first;
	for (int i = 0, next; i < g->count; i = next) {
		double width = g->width[i];
		for (next = i + 1; next < g->count && *g->group[i] && strcmp(g->group[i], g->group[next]) == 0; next++)
			width += g->width[next];
		add_cell(g, &cells, width, g->group[i], true, SLIP_CENTER);
	}
}

static void add_heads(struct grid *g, struct slip_node ***end, const char *const *heads, bool bold)
{
	bool any = false;
	for (int i = 0; i < g->count; i++)
		any = any || *heads[i];
	if (!any)
		return;
	struct slip_node **cells = &begin_row(g, true, end)->first;
	for (int i = 0; i < g->count; i++)
		add_cell(g, &cells, g->width[i], heads[i], bold, SLIP_CENTER);
}

static void add_line(struct grid *g, int nth, struct slip_node ***end)
{
	const char *at = told(g, "line", nth, "cells");
	bool bold = strcmp(told(g, "line", nth, "bold"), "1") == 0;
	struct slip_node **cells = &begin_row(g, false, end)->first;
	for (int i = 0; i < g->count; i++) {
		size_t size = strcspn(at, "\n");
		add_cell(g, &cells, g->width[i], arena_copy(g->f->arena, at, size), bold, g->right[i] ? SLIP_RIGHT : SLIP_LEFT);
		at += size + (at[size] == '\n');
	}
}

void fill_grid(struct fill *f, struct slip_node ***end)
{
	struct grid g = { .f = f };
	read_columns(&g);
	int lines = fields_group(f->plan->fields, "line");
	if (!g.count)
		return;
	f->tables++;
	add_groups(&g, end);
	add_heads(&g, end, g.head, true);
	add_heads(&g, end, g.number, false);
	for (int i = 1; i <= lines && !fill_spent(f); i++)
		add_line(&g, i, end);
}
