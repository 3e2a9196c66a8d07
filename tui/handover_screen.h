/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/handover_screen.h — Dossiers carried between the desk and the rooms: lists that wait for a signature and those of the last
 * days; a new list of what this clerk holds. */
#pragma once
#include "tui/screen.h"

/* The lists. */
extern const struct screen_kind handover_screen;
/* A new one: what to give, to whom. */
extern const struct screen_kind give_screen;
