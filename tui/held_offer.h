/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/held_offer.h — Papers of a citizen that the unit holds already, offered for a paper
 * with their dates: asked of the database, then of the clerk. */
#pragma once
#include "core/store/held.h"
#include "tui/screen.h"

struct held_offer {
	/* Called at most once, when the clerk has chosen. */
	void (*take)(struct held_offer *, const struct held_paper *);
	void *owner;
	/* held_offer.c's own: */
	struct held_ask ask;
	struct screen *screen;
	const struct held_paper *rows;
	int count;
	const char *paper;
};
/* Of the person with this number; or of the owner of a dossier, but for what lies in it.
 * The struct stays where it is as long as the screen; paper is copied. */
void held_offer_person(struct held_offer *, struct screen *, const char *id_number, const char *paper);
void held_offer_dossier(struct held_offer *, struct screen *, int64_t dossier_id, const char *paper);
/* Where a paper that is used again lies, in the words of the record: Vietnamese. */
const char *held_where(struct arena *, const struct held_paper *);
