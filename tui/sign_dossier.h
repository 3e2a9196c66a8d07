/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/sign_dossier.h — All of a received dossier that is not signed yet, in one batch: PDFs
 * handed in, and the electronic form of the papers given, byte for byte what was printed
 * first.  What was signed of the papers takes their place, and the dossier's systems get it
 * anew; what was printed stays as it was given, its signed form beside it. */
#pragma once
#include "tui/sign_round.h"

/* Embedded in its owner, zeroed at first, kept as long as the screen. */
struct sign_dossier {
	void (*done)(struct sign_dossier *, int kept); /* may be NULL */
	void *owner;
	/* sign_dossier.c's own: */
	struct screen *screen;
	int64_t dossier_id;
	int kept;
	struct sign_round round;
	struct signatures_ask ask;
	struct arena arena;
};
/* Harmless while it is under way. */
void sign_dossier_start(struct screen *, struct sign_dossier *, int64_t dossier_id);
/* In the screen's close. */
void sign_dossier_clear(struct sign_dossier *);
