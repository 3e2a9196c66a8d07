/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/home.h — The day at this counter: how many dossiers came, what waits, what
 * is due or late, what is wrong; from every figure to the dossiers behind it. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind home_screen;

/* After log-in: names the desk, lays the common actions over every screen, shows
 * the day. */
void home_enter(struct desk *);
