/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/table.h — Reference data as tab-separated text: one header line,
 * UTF-8, LF, no quoting; inside a value "\n" is a line break and "\\" a
 * backslash (core/data/README.md).  A file is taken whole or refused whole, and
 * every refusal names file, line and column, so that it can be put right in any
 * editor.  Pure: bytes in, rows or problems out. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/error.h"

enum table_type {
	TABLE_TEXT,     /* most: longest in bytes (0: 8000)                    */
	TABLE_WORD,     /* [a-z0-9-]: codes of systems, ministries, logins     */
	TABLE_DIGITS,   /* exactly `most` digits                               */
	TABLE_CODE,     /* [0-9A-Z._], 3 to 40: a procedure                    */
	TABLE_EID,      /* [0-9A-Z.], at most 35 (QĐ 20/2020/QĐ-TTg Điều 4)    */
	TABLE_DAY,      /* yyyy-mm-dd                                          */
	TABLE_TIME,     /* hh:mm                                               */
	TABLE_FLAG,     /* 0 or 1                                              */
	TABLE_COUNT,    /* whole number, least..most                           */
	TABLE_NUMBER,   /* decimal number, not negative, '.' as the mark       */
	TABLE_CHOICE,   /* one of choices, "a|b|c"                             */
};

struct table_column {
	const char *name;
	enum table_type type;
	bool required;        /* may not be empty                               */
	bool key;             /* part of what tells two rows apart              */
	int least, most;
	const char *choices;  /* TABLE_CHOICE                                  */
	const char *refers;   /* kind whose code this names, or NULL            */
};
#define TABLE_COLUMN_MOST 24

struct table_kind {
	const char *name;     /* as motcua.load() knows it: "communes"          */
	const char *file;     /* below core/data, or its name where none is shipped */
	const struct table_column *columns;
	size_t count;
	bool own;             /* rows of units' own: never shipped, never closed by a load */
};

/* NULL-ended by name, in the order in which they must be loaded. */
extern const struct table_kind table_kinds[];
const struct table_kind *table_kind_find(const char *name);

struct table_row {
	int line;                  /* in the file, the header being 1       */
	const char *const *values; /* in the order of the kind's columns    */
};
struct table {
	const struct table_kind *kind;
	const char *file;          /* as shown in problems                  */
	struct table_row *rows;
	size_t count;
};

/* What is wrong with a set of files.  Past the room only the number grows. */
#define TABLE_PROBLEM_MOST 20
struct table_problem {
	const char *file;
	int line;                  /* 0: the file as a whole                */
	const char *say, *log;     /* Vietnamese with file and line; English cause */
};
struct table_problems {
	struct table_problem items[TABLE_PROBLEM_MOST];
	size_t count;              /* of all, kept or not                   */
};

/* Reads n bytes of file as kind into *out, strings in the arena.  On failure
 * *out has no rows, problems lists what is wrong and err holds the first. */
bool table_read(struct arena *, const struct table_kind *, const char *file, const char *bytes,
                size_t n, struct table *out, struct table_problems *, struct error *);
/* Checks the columns that name another kind's code, where a table of that kind
 * is among those given; the others are the database's to check. */
bool table_check(struct arena *, const struct table *, size_t count, struct table_problems *,
                 struct error *);
/* Index of a column, -1 when the kind has none of that name. */
int table_column(const struct table_kind *, const char *name);
/* The value of a row by column name; "" when the kind has no such column. */
const char *table_value(const struct table *, size_t row, const char *column);

/* Writes the header, or one row (values in column order, NULL is empty). */
void table_write_header(struct bytes *, const struct table_kind *);
void table_write_row(struct bytes *, const struct table_kind *, const char *const *values);
