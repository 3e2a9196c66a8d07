/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/prints.h — Print jobs as rows: laid in, begun (one at a time on a
 * device), ended with their outcome, found again after a counter died, taken
 * elsewhere, let go; and what each printer answered last. */
#pragma once
#include "core/store/store.h"

#define PRINT_PAPERS_MOST 200

struct print_row {
	int64_t job_id;
	const char *state;   /* "queued" "printing" "printed" "unconfirmed" "failed" "dropped" */
	const char *title, *printer, *counter, *by, *reason;
	const int64_t *papers;
	int count, done;     /* papers, and how many are behind us; count 0: a test page */
	int copy;            /* 0 the first print, n the n-th copy */
	bool here, busy;     /* of this counter; somebody else is at it now */
	moment_t made_at, changed_at;
};
struct printer_word {
	const char *device, *printer, *state, *say, *counter;
	const char *held_by; /* the counter that prints there now, "" */
	moment_t at;
};

/* One at a time; what fits the call is filled when done is called without err and
 * lives in *into. */
struct prints_ask {
	void (*done)(struct prints_ask *, const struct error *err);
	struct arena *into;  /* required */
	void *owner;
	/* Answers: */
	int64_t job_id, paper_id;
	const char *holder;  /* begin: the counter that has the device, "" when begun */
	int attempt, copy;
	const char *form, *fields, *number;
	bool more;           /* end: the next paper of the job is due */
	int found, failed, unconfirmed;
	const struct print_row *rows;
	const struct printer_word *words;
	int count;
	/* prints.c's own: */
	struct ask ask;
};

/* Lays in a job for papers (none: a test page); the same request_id (seal_uuid)
 * gives the same job → job_id.  device: what only one job at a time may use, "". */
void prints_queue(struct store *, struct scope *, struct prints_ask *, const char *request_id,
                  const int64_t *papers, int count, const char *title, const char *printer,
                  const char *device);
/* → holder, or attempt and the next paper as frozen: form, fields, number, copy. */
void prints_begin(struct store *, struct scope *, struct prints_ask *, int64_t job_id);
/* Still at it: every 20 seconds at the latest, or another one gets the device. */
void prints_hold(struct store *, struct scope *, struct prints_ask *, int64_t job_id, int attempt);
/* outcome: "printed" "unconfirmed" "failed"; say for the clerk, cause for the log.  May
 * be told twice. → more */
void prints_end(struct store *, struct scope *, struct prints_ask *, int64_t job_id, int attempt,
                const char *outcome, const char *say, const char *cause);
/* Queued again, on that printer; MC006 while another one is at it. */
void prints_take(struct store *, struct scope *, struct prints_ask *, int64_t job_id,
                 const char *printer, const char *device);
/* seen: an unconfirmed one did come out; else it is let go. */
void prints_close(struct store *, struct scope *, struct prints_ask *, int64_t job_id, bool seen);
/* At log-in: what a dead counter left → found now; all that this counter has open. */
void prints_left(struct store *, struct scope *, struct prints_ask *);
/* Open ones first → rows, count. */
void prints_list(struct store *, struct scope *, struct prints_ask *, int most);
/* What a printer said when asked how it is: "ready", "failed", "unconfirmed". */
void prints_said(struct store *, struct scope *, struct prints_ask *, const char *printer,
                 const char *device, const char *state, const char *say);
/* → words, count */
void prints_words(struct store *, struct scope *, struct prints_ask *);
