/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/home_rooms.h — The rooms that the first screen leads to beside the day's
 * figures: each is an action of the counter, found by its name. */
#pragma once
#include "tui/list.h"
#include "tui/screen.h"

/* Sets columns, cells and count; owner of the cells is the screen. */
void rooms_list(struct list *, struct screen *);
/* Runs what the cursor is on; says why when it may not be. */
void rooms_enter(const struct list *, struct screen *);
