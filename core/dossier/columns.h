/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/columns.h — How the catalogue's rows are read from text; for
 * catalogue.c alone. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/arena.h"
#include "core/dossier/catalogue.h"

enum column_kind {
	COLUMN_TEXT,   /* const char *, NULL → ""                    */
	COLUMN_CODES,  /* the same; an array {a,b} becomes "a,b"     */
	COLUMN_NUMBER, /* int                                        */
	COLUMN_ID,     /* int64_t                                    */
	COLUMN_AMOUNT, /* int64_t, NULL → FEE_UNKNOWN                */
	COLUMN_VALUE,  /* double                                     */
	COLUMN_FLAG,   /* bool                                       */
	COLUMN_DAY,    /* day_t, NULL → DAY_NONE                     */
	COLUMN_TIME,   /* int, minutes after midnight                */
	COLUMN_WORD,   /* an enum: the words' numbers                */
};
struct column_word {
	const char *word;
	int number;
};
struct column {
	const char *name;
	enum column_kind kind;
	size_t offset;
	const struct column_word *words; /* COLUMN_WORD, NULL-ended */
};

extern const struct column *const CATALOGUE_COLUMNS[CATALOGUE_TABLE_COUNT];
extern const size_t CATALOGUE_SIZES[CATALOGUE_TABLE_COUNT];

/* Puts the values that stand for "nothing given" into a zeroed row. */
void columns_blank(const struct column *, void *row);
/* False when the text cannot be read as that column. */
bool column_read(const struct column *, const char *value, void *row, struct arena *);
