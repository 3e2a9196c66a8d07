/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/sign_round.h — Files of the database signed in one batch: fetched, signed with one
 * PIN, looked at like any file, kept as new files beside.  What fails half-way leaves the
 * originals as they were; what was signed and kept stays. */
#pragma once
#include "core/store/file_fetch.h"
#include "core/store/files.h"
#include "core/store/papers.h"
#include "core/store/signatures.h"
#include "tui/file_check.h"
#include "tui/signer.h"

struct round_item {
	/* Set by the owner: */
	int64_t file_id, paper_id; /* of what is signed: one of them, the other 0     */
	const char *name;          /* of the signed file; of a file's: as the original's */
	/* For placed: */
	int64_t signed_id;         /* 0: not signed, or not kept                      */
	const char *found;         /* what it was found to be; "" for a .p7s          */
	int pages;
	bool doubtful;
};

/* Embedded in its owner, zeroed at first, kept until done or the end of its screen. */
struct sign_round {
	/* Each file as it is kept; may be NULL. */
	void (*placed)(struct sign_round *, struct round_item *);
	/* Once.  The desk has been told; kept: how many files. */
	void (*done)(struct sign_round *, int kept);
	void *owner;
	bool running;
	/* sign_round.c's own: */
	struct screen *screen;
	const char *system;
	struct round_item *items;
	int count, at, kept;
	struct sign_file *files;
	struct fetch_ask fetch;
	struct copy_ask copy;
	struct signing signing;
	struct file_check check;
	struct file_ask attach;
	struct signatures_ask mark;
	struct arena arena;
	struct error trouble;      /* the first one of a file */
	struct task task;
};
/* system: where the files travel, "" while it is not known.  items are copied. */
void sign_round_start(struct screen *, struct sign_round *, const struct round_item *items, int count,
                      const char *system);
