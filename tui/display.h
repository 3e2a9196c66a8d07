/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/display.h — The board in the hall: which number is called to which counter,
 * the last five calls, how many wait.  It knows nothing else, and could not ask. */
#pragma once
#include "tui/screen.h"

struct hall_plan;

struct display_plan {
	const struct hall_plan *login;
	const char *sound; /* a command for each new call; NULL: the terminal's bell; "": none */
};
/* Argument: struct display_plan. */
extern const struct screen_kind display_screen;
