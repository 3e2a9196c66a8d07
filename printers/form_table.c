/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads what stands side by side: columns, tables, their heads and rows. */
#include "printers/form_reader.h"

static bool read_weights(struct reader *r, struct form_node *node)
{
	while (r->used < r->count) {
		if (form_is_word(r, r->used, "stack")) {
			node->stack = true;
			r->used++;
			continue;
		}
		if (node->weight_count == FORM_COLUMNS_MOST)
			return form_wrong(r, "too many columns");
		if (!form_read_number(r, 1, 100, &node->weights[node->weight_count++]))
			return false;
	}
	return node->weight_count ? true : form_wrong(r, "widths missing");
}

/* Cells divided by "next", closed by "end". */
static bool read_cells(struct reader *r, struct form_node *node, int want)
{
	struct form_node **end = &node->first;
	int count = 0, line = r->line;
	for (;;) {
		struct form_node *cell = ARENA_NEW(r->arena, struct form_node);
		cell->kind = FORM_CELL;
		cell->line = r->line;
		if (!form_read_block(r, IN_CELL, &cell->first))
			return false;
		*end = cell;
		end = &cell->next;
		count++;
		if (!form_next_line(r))
			return r->err->fault ? false
				: form_wrong(r, arena_format(r->arena, "block of line %d is not closed", line));
		r->used = 1;
		if (form_is_word(r, 0, "end"))
			break;
		if (!form_is_word(r, 0, "next"))
			return form_wrong_word(r, "not expected here:", r->tokens[0].text);
	}
	return count == want ? true : form_wrong(r, "cells and widths differ in number");
}

bool form_read_columns(struct reader *r, struct form_node *node)
{
	return read_weights(r, node) && read_cells(r, node, node->weight_count);
}

bool form_read_table(struct reader *r, struct form_node *node)
{
	if (!read_weights(r, node))
		return false;
	r->table = node;
	return form_read_block(r, IN_TABLE, &node->first) && form_expect(r, "end");
}

static bool add_head_cell(struct reader *r, const char *text, struct form_node ***end)
{
	struct form_node *cell = ARENA_NEW(r->arena, struct form_node);
	cell->kind = FORM_CELL;
	struct form_node *inner = cell->first = ARENA_NEW(r->arena, struct form_node);
	inner->kind = FORM_TEXT;
	inner->bold = true;
	inner->align = SLIP_CENTER;
	inner->size = r->table->weight_count > 8 ? SLIP_TINY : SLIP_SMALL;
	**end = cell;
	*end = &cell->next;
	return form_read_pieces(r, text, &inner->pieces);
}

/* "STT" "Tên giấy tờ" 2 "Số lượng": a number before a text is how many columns it spans. */
bool form_read_head(struct reader *r, struct form_node *node)
{
	node->kind = FORM_ROW;
	node->heading = true;
	struct form_node **end = &node->first;
	int count = 0, most = r->table->weight_count;
	while (r->used < r->count) {
		double span = 1;
		if (!r->tokens[r->used].quoted && !form_read_number(r, 1, FORM_COLUMNS_MOST, &span))
			return false;
		const char *text = form_next_word(r);
		if (!text)
			return form_wrong(r, "text missing");
		if (count + (int)span > most)
			return form_wrong(r, "cells and widths differ in number");
		for (int i = 0; i < (int)span; i++)
			node->weights[node->weight_count] += r->table->weights[count++];
		node->weight_count++;
		if (!add_head_cell(r, text, &end))
			return false;
	}
	return count == most ? true : form_wrong(r, "cells and widths differ in number");
}

bool form_read_row(struct reader *r, struct form_node *node)
{
	return read_cells(r, node, r->table->weight_count);
}
