/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/between_screen.h — Dossiers between places: received here for others, received elsewhere for us. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind between_screen;
