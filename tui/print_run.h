/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/print_run.h — A print job under way: its row laid in or taken, its device
 * waited for, each of its papers read as frozen, signed, drawn, carried, and the
 * outcome written down.  No screen: the counter and the one-shot commands both
 * run it.  Whatever happens here, nothing is printed again without being asked. */
#pragma once
#include "core/store/keys.h"
#include "core/store/prints.h"
#include "core/store/seal.h"
#include "core/store/papers.h"
#include "printers/job.h"

enum print_state {
	PRINT_WAITING, /* on its way: say tells where                          */
	PRINT_DONE,
	PRINT_UNSURE,  /* sent, not confirmed: somebody must look at the paper */
	PRINT_FAILED,  /* it may be tried again                                */
};

/* What a run works with; borrowed as long as it lives. */
struct print_tools {
	struct loop *loop;
	struct store *store;
	struct draw *draw;
	const struct seal_key *key;
	const int64_t *key_id;    /* 0: not registered yet */
	const char *lookup_url;
	bool patient;             /* an outcome that cannot be written down now is kept until it can */
};

struct print_run {
	/* Set by the owner: */
	struct print_tools tools;
	void (*told)(struct print_run *);  /* state or say has changed */
	void (*ended)(struct print_run *); /* the row is as it stays: the run may be freed */
	/* To read: */
	enum print_state state;
	char say[320];
	struct error error;       /* of a failure */
	int64_t job_id;           /* 0: not laid in yet */
	const int64_t *papers;    /* none: a test page */
	int count, done;
	int copy;                 /* of the paper printed last */
	const char *title;
	const struct printer *printer;
	char place[512];          /* the file, when it went into one */
	bool waits;               /* another counter has the device */
	bool over;                /* ended was called, or nothing was begun */
	/* print_run.c's own: */
	struct arena arena, page; /* of the run; of the paper under way */
	struct scope scope;
	struct prints_ask ask, hold;
	struct copy_ask kept;     /* what was given, on its way to the dossier */
	struct arena hold_memory;
	struct print_job job;
	struct timer retry, keep;
	int attempt;
	bool has_job, again;
	struct task task;
	char outcome[16];
};

/* Lays a job in and prints it; scope ends it silently (what is being printed is
 * then found as unconfirmed).  The run must stay where it is until it is over. */
void print_run_new(struct print_run *, struct scope *, const int64_t *papers, int count,
                   const char *title, const struct printer *);
/* Takes a row that failed, was not confirmed or was left behind. */
void print_run_take(struct print_run *, struct scope *, const struct print_row *,
                    const struct printer *);
/* Another job ended, or the line came back: what waits tries at once. */
void print_run_poke(struct print_run *);
/* Ends it if it is under way, frees what it has. */
void print_run_clear(struct print_run *);

/* The printer used when motcua.ini names none: PDF files in a folder of ours. */
const struct printer *print_fallback(struct arena *, const char *data_folder);
