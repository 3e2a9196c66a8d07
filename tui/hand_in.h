/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/hand_in.h — F4 on a paper of a dossier in the books: from the scanner, from the disk,
 * or what the unit holds of its owner already; checked, kept, with the words read from it. */
#pragma once
#include <stdint.h>
#include "core/store/held.h"
#include "tui/screen.h"

struct hand_in_plan {
	int64_t dossier_id;
	const char *paper;   /* copied: its name                                       */
	const char *system;  /* copied: where the dossier travels; ""                  */
	int row;             /* the owner's; the file is named by it                   */
	/* A file is on its way; done follows.  May be NULL. */
	void (*begun)(struct screen *, const struct hand_in_plan *);
	/* Kept, file_id; held: it was here before and lies in that dossier.  0: it did not
	 * come, and the clerk was told why. */
	void (*done)(struct screen *, const struct hand_in_plan *, int64_t file_id, const struct held_paper *held);
};
void hand_in(struct screen *, const struct hand_in_plan *);
