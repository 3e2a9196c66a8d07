/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/world/steps.h — What clerks do again and again. */
#pragma once
#include "tests/world/world.h"

/* Before the log-in: the fee of 1.004873 is confirmed, 8.000 đồng. */
void step_fee_confirmed(struct world *);
/* Home → receive screen: a card scanned, 1.004873 chosen, the hand in its papers. */
void step_to_papers(struct world *, const char *card);
/* The two papers that 1.004873 must have: handed in; looked up. */
void step_bring_papers(struct world *);
/* F6 where a paper of the list has to be looked up first: it is, by hand. */
void step_look_up(struct world *);
/* All of it with the confirmed fee paid in cash, to the accepted screen. */
void step_accept(struct world *, const char *card);
/* The draft is on the disk. */
void step_kept(struct world *);
/* A PDF of one page in the home, whose unused part is that large; its path. */
const char *step_pdf(struct world *, const char *name, int pad);
/* Every dossier's result has a digital copy. */
void step_result_scanned(struct world *);
