/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/filings.h — Dossiers that citizens filed online: the list that waits for the desk,
 * the oldest deadline first, and one of them with all the citizen wrote.  Accepting and turning
 * away are intake.h's, with the filing named in the request.  Clock: 08 working hours from when
 * the other system received it (Nghị quyết 66.7/2025/NQ-CP). */
#pragma once
#include "core/store/store.h"

#define FILING_OPEN    "open"     /* waits for the desk                    */
#define FILING_CITIZEN "citizen"  /* waits for the citizen's supplement    */
#define FILING_OVER    "over"     /* ended in the last 30 days             */

struct filing_row {
	int64_t filing_id, dossier_id; /* dossier_id 0: none                */
	int version, status;           /* 1 2 3 5 7 of the life-cycle        */
	const char *system, *system_name, *code;
	bool whole;                    /* content and all files are here     */
	moment_t filed_at, arrived_at, clock_from, deadline, brought_at, answered_at; /* MOMENT_NONE */
	const char *owner_name, *owner_id; /* the number is masked           */
	const char *procedure_code, *procedure_name;
	int files, files_missing;      /* missing: on the way, or bad         */
	int asks;                      /* supplements asked for so far        */
	const char *answered_by, *reason, *note; /* note: trouble with the other side */
};
struct filing_list_ask {
	void (*done)(struct filing_list_ask *, const struct filing_row *, int count, const struct error *);
	struct arena *into; /* required: rows and texts */
	void *owner;
	struct ask ask;     /* filings.c's own */
};
void filing_list(struct store *, struct scope *, struct filing_list_ask *, const char *which, int most);

struct filing_counts {
	int waiting, late, soon; /* soon: within two hours */
};
struct filing_counts_ask {
	void (*done)(struct filing_counts_ask *, const struct filing_counts *, const struct error *);
	void *owner;
	struct ask ask;     /* filings.c's own */
};
void filing_count(struct store *, struct scope *, struct filing_counts_ask *);

struct filing_party {
	const char *name, *id_number, *id_kind, *birth, *sex, *phone, *email, *address; /* birth: ISO day or "" */
};
struct filing_file {
	const char *component, *name;
	const char *state;  /* "here" "waiting" "bad" */
	int64_t file_id;    /* 0: not here            */
	int64_t size;
	const char *note;
};
struct filing {
	int64_t filing_id;
	int version, status, asks;
	const char *system, *system_name, *code;
	bool whole;
	int verified;               /* their account is VNeID's: 1, 0, -1 they did not say */
	bool paid;                  /* they say so                                         */
	moment_t filed_at, clock_from, deadline, brought_at;
	double hours;               /* the clock's length */
	const char *procedure_code, *procedure_name, *case_name, *summary, *result_by, *return_to, *note;
	const char *form;           /* "name: value" a line */
	const char *owner_kind;
	struct filing_party owner, submitter; /* submitter.name "": the owner filed it */
	const struct filing_file *files;
	int file_count;
};
struct filing_ask {
	void (*done)(struct filing_ask *, const struct filing *, const struct error *);
	struct arena *into; /* required */
	void *owner;
	/* filings.c's own: */
	struct ask parts[2];
	struct filing filing;
	struct error err;
	int left;
};
void filing_read(struct store *, struct scope *, struct filing_ask *, int64_t filing_id);
