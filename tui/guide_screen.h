/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/guide_screen.h — What a citizen is told of a procedure, searched by words and
 * printed as a slip. */
#pragma once
#include "core/base/bytes.h"
#include "core/dossier/guide.h"
#include "printers/fields.h"
#include "tui/screen.h"

/* Which procedure and case; code is copied. */
struct guide_plan {
	const char *code;
	int64_t case_id;
	enum channel channel; /* ANY: every channel's limit */
	bool represented, kin;
};
/* argument: const struct guide_plan *. */
extern const struct screen_kind guide_screen;

/* As one text to read: heads in capitals, lines indented. */
void guide_text(const struct guide *, struct bytes *out);
/* section.N.head and .text of the slip; what is only for the clerk is left out. */
void guide_fields(const struct guide *, struct arena *, struct fields *);
