/* SPDX-License-Identifier: Apache-2.0
 *
 * printers/job.h — One paper on its way: drawn, then carried.
 *
 * A job never touches the dossier: what was accepted stays accepted, whatever
 * the printer does.  A job that failed is kept by its owner and printed again
 * with job_again(), on the same or another printer. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"
#include "core/base/scope.h"
#include "printers/carrier.h"
#include "printers/draw.h"
#include "printers/printer.h"

struct print_job {
	/* Set by the owner before job_start; may be NULL: say tells what it waits for. */
	void (*moved)(struct print_job *);
	/* What the owner reads in done: */
	enum carried result;
	char say[320];            /* one Vietnamese sentence, good or bad, for the status line */
	struct error error;       /* FAULT_NONE unless it failed */
	int tries;
	/* job.c's own: */
	struct arena arena;
	struct draw *draw;
	const struct printer *printer;
	struct draw_request request;
	const char *title;
	struct fields fields;
	struct drawing drawing;
	struct carriage carriage;
	struct scope inner;
	struct task task, later_task;
	struct timer later;
	bool busy, drawn;
	enum draw_output drawn_as;
	void (*done)(struct print_job *);
};

/* Copies the request; printer must outlive the job.  title names files and
 * messages: the dossier code or the paper's number.  The job struct must stay
 * where it is until job_clear. */
bool job_start(struct print_job *, struct draw *, struct scope *, const struct printer *,
               const struct draw_request *, const char *title, void (*done)(struct print_job *),
               struct error *);
/* Once more, on printer (NULL: the same).  Not while it is under way. */
bool job_again(struct print_job *, struct scope *, const struct printer *, struct error *);
/* Stops it if it is under way and frees everything. */
void job_clear(struct print_job *);
