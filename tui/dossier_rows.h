/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_rows.h — How dossiers stand in a list: its columns, and the one of the due date. */
#pragma once
#include "core/store/find.h"
#include "tui/list.h"

/* Of a search or a figure; of words in papers. */
extern const struct list_column dossier_columns[], dossier_words_columns[];
/* "! 24/11/2026" when it is late; the text lives until the next call. */
void dossier_due_cell(const struct found *, moment_t now, struct list_cell *);
