/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/dossier_screen.h — All that is known of one dossier: people, papers, money,
 * due date and why, the way to each system, what was printed, the timeline.
 * Personal numbers are masked until a key reveals them, which is recorded. */
#pragma once
#include "tui/screen.h"

/* Its argument is a const int64_t *: the dossier's id. */
extern const struct screen_kind dossier_screen;

/* The same in place of another screen, by the QR of its receipt: a result that waits is
 * handed over next. */
void dossier_open_scanned(struct screen *found, int64_t dossier_id);
