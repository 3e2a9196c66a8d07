/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/slip.h — A page without a device: text, columns, tables, rules, a
 * QR code.  Forms fill it, tongues speak it.  Plain data in an arena. */
#pragma once
#include <stdbool.h>

enum slip_kind {
	SLIP_TEXT,  /* runs, one paragraph                                        */
	SLIP_ROW,   /* cells side by side; children are SLIP_CELL                 */
	SLIP_CELL,  /* a column of a row; children are text, rule, space, QR      */
	SLIP_RULE,  /* amount: share of the width, 0..1, centred                  */
	SLIP_SPACE, /* amount: points                                             */
	SLIP_QR,    /* qr, or else the slip's                                     */
	SLIP_BAR,   /* amount dark, then more light: shares of the width, 0..1    */
	SLIP_KEEP,  /* children stay on one page                                  */
	SLIP_PAGE,  /* what follows is a sheet of its own                         */
};
enum slip_align { SLIP_LEFT, SLIP_CENTER, SLIP_RIGHT, SLIP_JUSTIFY };
enum slip_size { SLIP_TINY, SLIP_SMALL, SLIP_NORMAL, SLIP_LARGE, SLIP_TITLE, SLIP_HUGE };

struct slip_run {
	const char *text;
	bool bold, italic;
	struct slip_run *next;
};

struct slip_node {
	enum slip_kind kind;
	enum slip_align align;
	enum slip_size size;
	bool fit;                  /* text: shrink rather than wrap              */
	bool leader;               /* text: dots to the right edge, to write on  */
	bool grid;                 /* row: lines around its cells                */
	bool heading;              /* row: said again on each page of its table  */
	int table;                 /* row: which table, 0 none                   */
	double amount;             /* rule, space, bar; cell: its share of the width */
	double more;               /* bar                                        */
	struct slip_run *runs;
	const char *qr;            /* QR: its own text; NULL: the slip's         */
	struct slip_node *first;   /* children                                   */
	struct slip_node *next;
};

struct slip {
	struct slip_node *first;
	const char *title;         /* the document's, for PDF readers            */
	const char *foot;          /* beside the page number when there are two  */
	const char *qr;            /* NULL: nothing is drawn for SLIP_QR         */
	bool practice;             /* marked TẬP DUYỆT everywhere                */
	bool landscape;            /* a sheet lies on its side                   */
};
