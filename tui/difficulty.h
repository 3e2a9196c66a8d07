/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/difficulty.h — Phiếu vướng mắc: one key at any screen, what the screen is
 * about already filled in; the clerk adds words.  What is typed is kept like a
 * draft of a dossier, encrypted to its clerk, until the slip is in the database. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind difficulty_screen;

/* Opens the slip over the screen on top; when one was left unfinished, asks
 * whether to go on with that. */
void difficulty_write(struct screen *);
