/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_list_own.h — Between the files of the dossier list only. */
#pragma once
#include "core/store/find.h"
#include "core/store/paper_lists.h"
#include "tui/dossier_list.h"
#include "tui/duty.h"
#include "tui/field.h"
#include "tui/list.h"

struct dossiers {
	const char *day_kind;        /* NULL: searched for; of a report "report"  */
	struct report_plan figure;   /* kind NULL: no figure of a report          */
	const char *row_key, *column;
	struct field query;
	struct list list;
	int64_t marked[LIST_DOSSIERS_MOST]; /* chosen for one print job; kept when the list changes */
	int marked_count;
	const struct found *rows;
	struct arena memory, coming; /* of the rows shown; of those on their way */
	struct find_ask ask;
	bool reading, again, searched, on_list;
	bool typed;                  /* what is shown is not yet the answer to what stands in the field */
	bool words;                  /* the words of their papers are looked for */
	bool scanned;                /* a receipt's: what is found opens          */
	struct timer rest;
	struct listener listener;
	struct screen *screen;
};

/* dossier_list_rows.c: its columns, and those of the words of papers; where a dossier stands
 * among the marked ones, marked_count when it is none of them. */
extern const struct list_column dossiers_columns[], dossiers_words_columns[];
void dossiers_cell(void *owner, int row, int column, struct list_cell *out);
void dossiers_words_cell(void *owner, int row, int column, struct list_cell *out);
int dossiers_mark_of(const struct dossiers *, int64_t dossier_id);
