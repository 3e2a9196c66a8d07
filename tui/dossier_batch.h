/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_batch.h — Papers of several dossiers as one print job: their receipts once
 * more, a hand-over list that goes with them, the book of a period. */
#pragma once
#include <stdint.h>
#include "tui/screen.h"

struct batch_run;

/* Asks which papers, then makes and prints them; count may be 0: the book is left.  The
 * screen is a clerk's (duty_of). */
void batch_ask(struct screen *, const int64_t *dossiers, int count);
/* At the end of a duty, when its scope has ended; NULL does nothing. */
void batch_free(struct batch_run *);
