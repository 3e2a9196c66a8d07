/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/catalogue_screen.h — The unit's procedures and what is still open about
 * them: limits and fees that nobody has confirmed, papers nobody has listed.  A
 * supervisor confirms with legal basis and day; clerks read. */
#pragma once
#include "tui/screen.h"

struct bytes;
struct procedure;

extern const struct screen_kind catalogue_screen;
/* All that is published of one procedure, as a text to read. */
void catalogue_text(const struct procedure *, struct bytes *out);
