/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/form.h — Legal forms as text files with validity dates.
 *
 * A change of the law is a new file beside the old one.  The grammar is small
 * (printers/forms/GRAMMAR): statements, one a line, blocks closed by "end".
 * Files are checked when loaded: an unknown field, word or filter, or a block
 * left open, is an error with file and line, so no receipt fails at noon. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "printers/fields.h"
#include "printers/slip.h"

enum form_kind {
	FORM_TEXT, FORM_RULE, FORM_SPACE, FORM_QR, FORM_COLUMNS, FORM_CELL,
	FORM_TABLE, FORM_ROW, FORM_EACH, FORM_IF, FORM_KEEP, FORM_PAGE, FORM_BAR, FORM_GRID,
};

/* "Họ tên: *{owner.name|upper}*" is three pieces. */
struct form_piece {
	const char *text;          /* literal, or NULL                           */
	const char *key;           /* field; ".name" belongs to the each around  */
	const char *filter;        /* NULL: as it is                             */
	bool bold;
	struct form_piece *next;
};

#define FORM_COLUMNS_MOST 12

/* if: "KEY", "KEY is WORD", "any GROUP.KEY is WORD", "wide", "transfer", each negated by "not". */
struct form_test {
	bool negate, any, wide, transfer;
	const char *key, *word;
	const char *other;         /* "is {other}": compared with a field */
};

struct form_node {
	enum form_kind kind;
	int line;
	enum slip_align align;
	enum slip_size size;
	bool bold, italic, fit, dotted, leader, heading, stack;
	bool transfer;             /* qr: the VietQR of the paper's bank.* and transfer.amount */
	double amount;
	double weights[FORM_COLUMNS_MOST]; /* columns, table; head with spans */
	int weight_count;
	struct form_piece *pieces; /* text; qr: its own, NULL the paper's; bar: the dark share */
	struct form_piece *more;   /* bar: the light share */
	const char *group;         /* each */
	struct form_test test;
	struct form_node *first, *other, *next;
};

struct form_word {
	const char *table, *word, *text;
	struct form_word *next;
};

struct form {
	const char *file, *name, *title, *basis;
	day_t from, to;            /* to: DAY_NONE while in force, else the last day */
	bool landscape, site;      /* site: of the office's own folder */
	const struct error *broken;/* a site form that cannot be used: its name says so */
	struct form_piece *foot;
	struct form_word *words;
	struct form_node *first;
	struct form *next;
};

/* Reads one form from memory; file stands for it in errors. */
bool form_parse(struct arena *, const char *file, const char *text, size_t size, struct form **,
                struct error *);
/* All *.form of a folder. */
bool forms_load(struct arena *, const char *folder, struct form **, struct error *);
/* The office's own *.form behind those: FOLDER/forms beside motcua.ini, and /etc/motcua/forms
 * (not with MOTCUA_HOME).  One that is broken spoils only papers of its own name. */
void forms_load_site(struct arena *, struct form **);
/* Changes when a form file of forms_load's folder or of the office's comes, goes or is written. */
uint64_t forms_stamp(const char *folder);
/* The version in force on that day: the newest, of two as new the office's own.
 * FAULT_INPUT when there is none, or when one of that name is broken. */
const struct form *form_find(const struct form *, const char *name, day_t, struct error *);

struct form_fill {
	const struct fields *fields;
	const char *qr;
	int copy;
	bool narrow;               /* a roll of paper, not a sheet */
};
/* FAULT_INPUT when the paper would be longer than any paper of an office: the work
 * and memory of a template are bounded, whatever an administrator writes. */
bool form_fill(const struct form *, const struct form_fill *, struct arena *, struct slip *,
               struct error *);

/* Is that a key that papers may carry?  group "component" and ".name" → relative. */
bool form_key_known(const char *group, const char *key);
bool form_group_known(const char *group);
/* Runs a built-in filter; false when there is no such filter. value NULL only asks. */
bool form_filter(struct arena *, const char *filter, const char *value, const char **out);
/* "Họ tên: *{owner.name}*" to pieces, with fields and filters checked; group is the
 * each around or NULL. */
bool form_pieces(struct arena *, const char *text, const char *group, const struct form_word *,
                 struct form_piece **, const char **wrong);
