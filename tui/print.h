/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/print.h — Papers on their way from the database to this counter's printer:
 * read as frozen, drawn, carried, marked as printed.  A print belongs to the
 * duty, not to a screen: it goes on while the next citizen sits down.  A failed
 * one is kept and tried again on a key; the dossier is never touched. */
#pragma once
#include <stdint.h>
#include "printers/job.h"

struct duty;

enum print_state { PRINT_WAITING, PRINT_DONE, PRINT_FAILED };

struct print;
/* Prints a paper on the counter's printer.  What happens is heard as "print" with
 * the paper's id (tui/duty.h). */
void print_start(struct duty *, int64_t paper_id);
/* How a paper's last print stands; PRINT_DONE with "" when it was never asked for
 * in this duty.  The sentence lives until the print changes. */
enum print_state print_look(const struct duty *, int64_t paper_id, const char **say);
int print_failed(const struct duty *);
/* Tries every failed print again; returns how many. */
int print_again(struct duty *);
/* At the end of a duty. */
void print_end(struct duty *);

/* The printer used when motcua.ini names none: PDF files in a folder of ours. */
const struct printer *print_fallback(struct arena *, const char *data_folder);
