/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/ending.h — How a helper ended: the word of its last line, and the sentence for the clerk.
 * A room keeps a table of its helper's words; one of them is "crash", for whatever it cannot have said. */
#pragma once
#include <stddef.h>
#include "core/base/error.h"

struct ending {
	const char *word; /* at most five letters: error.code holds it */
	enum fault fault;
	const char *say;  /* N_("…"); NULL: it ended well              */
};

/* Fills err (may be NULL) with the sentence of that word, or of "crash"; returns the row, whose
 * word may stand in the cause. */
const struct ending *ending_fail(struct error *, const struct ending *table, size_t count, const char *word);
