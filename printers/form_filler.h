/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/form_filler.h — A form being filled; between form_fill.c and form_grid.c only. */
#pragma once
#include "printers/form.h"

struct fill {
	const struct form *form;
	const struct form_fill *plan;
	struct arena *arena;
	const char **index;        /* key, value, key, value … sorted by key */
	int count;
	const char *group;         /* of the each around, with its number */
	int number, shown, tables;
	const double *weights;     /* of the table around */
	bool practice;
	int nodes, looks;          /* what was spent */
	size_t text;
	const char *transfer;      /* the VietQR; "" when it cannot be made */
};

/* "" when absent. */
const char *fill_value(struct fill *, const char *key);
/* Too much was asked for: stop. */
bool fill_spent(const struct fill *);
struct slip_node *fill_add(struct fill *, struct slip_node ***end, enum slip_kind);
/* form_grid.c: a table whose columns are fields, too (column.N.*, line.N.*). */
void fill_grid(struct fill *, struct slip_node ***end);
