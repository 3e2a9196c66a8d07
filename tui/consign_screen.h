/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/consign_screen.h — Batches that leave the house or come into it: by another agency's messenger, by the post. */
#pragma once
#include "tui/screen.h"

/* The batches. */
extern const struct screen_kind consign_list_screen;

/* One batch: its argument is a const int64_t *. */
extern const struct screen_kind consign_screen;

/* What may go out, to be marked. */
struct consign_pick {
	int64_t consignment;
	bool post;
	const char *agency;               /* hand: its code, or its name where it has none */
};
extern const struct screen_kind consign_pick_screen;
