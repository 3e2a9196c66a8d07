/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/draft.h — Work not yet accepted, on this machine's disk: encrypted so that
 * only its clerk can open it, written within a second of the last key, removed
 * at acceptance.  After a crash the clerk is back in the same field.
 *
 * A file per dossier: DATA/drafts/LOGIN/REQUEST_ID. */
#pragma once
#include <stdbool.h>
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/keep.h"
#include "tui/duty.h"

struct draft {
	const char *id;   /* request id                         */
	moment_t at;      /* last saved                         */
};
/* How many of this clerk's drafts lie there (counted at log-in and as they come
 * and go; no disk is touched here). */
int draft_count(const struct duty *);
/* Counts them again from the disk. */
void draft_look(struct duty *);
/* Newest first; returns how many. */
int draft_list(const struct duty *, struct arena *, struct draft **out);
/* Writes it now (on leaving): the old file or the new one, never half.  Disk
 * full: FAULT_DEVICE, and the old one stays. */
bool draft_save(struct duty *, const char *id, const struct bytes *plain, struct error *);
/* The same while the clerk types on; the disk is waited for elsewhere. */
struct draft_saving {
	void (*done)(struct draft_saving *, const struct error *);
	void *owner;
	/* draft.c's own: */
	struct keeping keeping;
	struct duty *duty;
	bool fresh;
	char path[512];
};
bool draft_save_soon(struct duty *, struct scope *, struct draft_saving *, const char *id,
                     const struct bytes *plain, struct error *);
bool draft_open(const struct duty *, const char *id, struct bytes *plain, struct error *);
/* Harmless when there is none. */
void draft_drop(struct duty *, const char *id);
