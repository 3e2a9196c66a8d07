/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/later_entry.h — A dossier that was taken in by hand on a sheet printed
 * beforehand comes into the books: the sheet's code, the true moment, who wrote
 * it and which incident; the receive screen does the rest. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind later_entry_screen;

