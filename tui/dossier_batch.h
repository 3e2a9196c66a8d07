/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_batch.h — Papers of several dossiers as one print job: their receipts once
 * more, a hand-over list that goes with them, the book of a period; and papers of what was
 * counted: a report, the packet of a shift. */
#pragma once
#include <stdint.h>
#include "core/store/reports.h"
#include "tui/screen.h"

struct batch_run;

/* Asks which papers, then makes and prints them; count may be 0: the book is left.  The
 * screen is a clerk's (duty_of). */
void batch_ask(struct screen *, const int64_t *dossiers, int count);
/* A report whose rows were read without persons, on a printer of sheets: says what is the matter, or
 * what is being printed. */
void batch_report(struct screen *, const struct report_table *);
/* The packet of a closed shift, likewise. */
void batch_shift(struct screen *, int64_t shift_id);
/* At the end of a duty, when its scope has ended; NULL does nothing. */
void batch_free(struct batch_run *);
