/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/guide.h — What a citizen is told of a procedure: the catalogue's own
 * sentences, each figure with where it was read.  What the catalogue does not hold is
 * said to be missing; a limit or fee that no officer of the unit has confirmed says
 * so (house law 5). */
#pragma once
#include "core/dossier/catalogue.h"
#include "core/dossier/lines.h"

struct guide_ask {
	const struct catalogue *catalogue;
	const struct procedure *procedure;
	int64_t case_id;       /* 0: none chosen, every case is told           */
	enum channel channel;  /* whose papers are listed; ANY: at the counter */
	bool represented;      /* somebody else files                          */
	bool kin;              /* … as close kin                               */
	day_t day;
	const char *office, *phone; /* where to file here; may be ""           */
};
struct guide_section {
	const char *head;      /* "Thời hạn giải quyết"                        */
	struct lines lines;    /* at least one                                 */
	bool missing;          /* the catalogue holds nothing: its line says so */
	bool inner;            /* for the clerk, not for the citizen's slip    */
};
enum { GUIDE_SECTIONS = 12 };
struct guide {
	struct guide_section sections[GUIDE_SECTIONS];
	size_t count;
};

/* Its texts are the arena's or the catalogue's. */
void guide_make(struct arena *, const struct guide_ask *, struct guide *out);
