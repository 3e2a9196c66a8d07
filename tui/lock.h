/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/lock.h — The counter left alone: what was on the screen is hidden, kept and
 * still running; the same clerk's password brings it back. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind lock_screen;
/* Hides the desk now; for desk->idle too.  Nothing when nobody is at work. */
void lock_now(struct desk *);
