/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/board_screen.h — Bảng điều hành: the unit's day for its supervisor, live;
 * from every figure to the dossiers behind it and back with one key.  Inside the
 * counter, or alone on a wall (motcua board). */
#pragma once
#include "tui/screen.h"

/* Without argument. */
extern const struct screen_kind board_screen;

/* After log-in of "motcua board": the board is home. */
void board_enter(struct desk *);
/* desk->idle of "motcua board": what lies over the board is closed, so that the
 * wall shows figures and nothing of persons; whoever wants more gives the password. */
void board_left_alone(struct desk *);
