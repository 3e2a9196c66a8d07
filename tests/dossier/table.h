/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/dossier/table.h — Tables for the tests: tab-separated files with a
 * header line, and a catalogue filled from them. */
#pragma once
#include "core/dossier/catalogue.h" /* first: cmocka has a macro fail() */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define TABLE_COLUMNS 32

struct table {
	const char *names[TABLE_COLUMNS];
	size_t columns, rows;
	const char *(*cells)[TABLE_COLUMNS]; /* NULL where a cell is empty */
};

/* Fails the test when the file cannot be read. */
void table_read(struct table *, struct arena *, const char *path);
void table_parse(struct table *, struct arena *, char *text);
/* The cell, "" when empty; fails the test when there is no such column. */
const char *table_cell(const struct table *, size_t row, const char *name);
void table_load(const struct table *, struct catalogue *, enum catalogue_table);
/* The file of that name in core/data. */
void table_load_data(struct catalogue *, enum catalogue_table, const char *file);
/* Adds one row: names and values in turn, ended by NULL. */
void table_add(struct catalogue *, enum catalogue_table, ...) __attribute__((sentinel));

/* The moment of "2026-11-20 09:41". */
moment_t at(const char *text);
/* Whether some line contains the text. */
bool lines_have(const struct lines *, const char *text);
/* Shows all lines, then fails. */
void lines_fail(const struct lines *, const char *what);
