/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/print.h — The papers of this counter on their way to a printer.  A print
 * belongs to the duty, not to a screen: it goes on while the next citizen sits
 * down.  What failed, or was left by a counter that died, waits for a key; the
 * dossier is never touched. */
#pragma once
#include <stdint.h>
#include "tui/print_run.h"

struct duty;
struct screen;
struct print;

/* Prints a paper on the counter's printer.  What happens is heard as "print" with
 * the paper's id (tui/duty.h). */
void print_start(struct duty *, int64_t paper_id);
/* Several papers as one job, or none: a test page.  printer NULL: the counter's. */
void print_papers(struct duty *, const int64_t *papers, int count, const char *title,
                  const struct printer *);
/* A row of the list again, or on another printer. */
void print_take(struct duty *, const struct print_row *, const struct printer *);
/* It was let go, or seen, in the list: no key brings it back. */
void print_forget(struct duty *, int64_t job_id);
/* Whether this duty is at it now. */
bool print_under_way(const struct duty *, int64_t job_id);

/* How a paper's last print stands; PRINT_DONE with "" when it was never asked for
 * in this duty.  The sentence lives until the print changes. */
enum print_state print_look(const struct duty *, int64_t paper_id, const char **say);
int print_failed(const struct duty *);
/* Tries every failed print again; returns how many. */
int print_again(struct duty *);
/* The key: what failed is tried again; when nothing did, asks whether the last paper
 * should be printed once more, as a copy. */
bool print_key_may(const struct screen *);
void print_key(struct screen *);

/* After log-in: finds what this counter left unfinished and says so. */
void print_resume(struct duty *);
/* Another job ended, or the line came back: what waits tries at once. */
void print_poke(struct duty *);
/* At the end of a duty. */
void print_end(struct duty *);
/* All of this counter: those of motcua.ini, or the fallback alone. */
const struct printer *print_printers(struct duty *);
