/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/layout.h — A slip on a sheet: measured by pango, cut into pages,
 * painted by cairo.  One engine for PDF pages and for rolls of paper. */
#pragma once
#include <pango/pangocairo.h>
#include "core/base/arena.h"
#include "core/base/error.h"
#include "printers/qr.h"
#include "printers/slip.h"

/* A paper of more pages, or a roll of more units, is refused. */
#define PAGES_MOST 400
#define ROLL_MOST  500000.0

/* All lengths in device units: points for PDF, dots for a thermal printer. */
struct sheet {
	double width, height;      /* height 0: a roll without end */
	double side, top, bottom;  /* margins */
	double scale;              /* units in a point */
	double base;               /* normal size of letters, points */
	const char *family;
	bool whole_dots;           /* QR modules are whole device units */
};

enum item_kind { ITEM_LINE, ITEM_RULE, ITEM_QR, ITEM_SPACE, ITEM_BAR };
struct item {
	enum item_kind kind;
	double x, y, w, h;         /* inside the cell */
	double baseline;
	PangoLayoutLine *line;
	double leader;             /* line: dots from its end to here; 0 none */
	const struct qr *qr;       /* QR */
	double light;              /* bar: after w, in light */
};
struct cell {
	double x, w;
	struct item *items;
	int count;
	size_t room;
};
struct block {
	struct cell *cells;
	int count;
	double h, pad;
	bool grid, heading, fresh; /* fresh: begins a sheet */
	int table, keep;           /* 0: none */
	struct block *next;
};
/* A part of a block on a page: items [from, to) of every cell. */
struct fragment {
	const struct block *block;
	double y, h;
	int *from, *to;
	struct fragment *next;
};
struct page {
	struct fragment *first, *last;
	double used;
	struct page *next;
};
struct layout {
	struct arena *arena;
	const struct slip *slip;
	const struct sheet *sheet;
	PangoContext *context;
	struct qr qr;              /* the slip's own */
	double module;             /* of a QR */
	struct error *err;         /* of measuring */
	bool failed;
	struct block *blocks;
	struct page *pages;
	int page_count;
	bool sheets;               /* pages are sheets of their own: not numbered */
	double height;             /* of a roll, margins included */
	PangoLayoutLine **lines;   /* held until layout_free */
	size_t line_count, line_room;
};

bool layout_make(struct layout *, struct arena *, const struct slip *, const struct sheet *,
                 struct error *);
/* Cuts the blocks into pages; called by layout_make. */
void layout_paginate(struct layout *);
/* Paints what touches the band [top, bottom) of the page, in page coordinates. */
void layout_paint(const struct layout *, const struct page *, int number, cairo_t *, double top,
                  double bottom);
void layout_free(struct layout *);

/* The family must be there and hold all letters of Vietnamese: FAULT_DEVICE if not. */
bool fonts_check(const char *family, struct error *);
#define FONT_SHEET  "Noto Sans"
#define FONT_NARROW "Roboto Condensed"
