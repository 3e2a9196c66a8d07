/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/visit.h — The dossiers of one visit beside the one just received: drawn in a few rows,
 * and summed up on a slip for the citizen. */
#pragma once
#include "core/store/visits.h"
#include "printers/job.h"
#include "tui/canvas.h"
#include "tui/screen.h"

struct visit {
	const struct visit_row *rows;
	int count;                   /* 0: it came alone, or it is being read */
	/* visit.c's own: */
	struct visit_ask ask;
	struct arena memory;
	struct print_job job;
	struct task task;
	bool printing;
	struct screen *screen;
};
/* The struct stays where it is as long as the screen. */
void visit_open(struct visit *, struct screen *, int64_t dossier_id);
void visit_close(struct visit *);
/* Draws at most so many rows from there on; returns how many. */
int visit_draw(const struct visit *, struct canvas *, int row, int most);
void visit_print(struct visit *);
