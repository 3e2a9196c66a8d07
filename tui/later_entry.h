/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/later_entry.h — A dossier that was taken in by hand on a sheet printed
 * beforehand comes into the books: the sheet's code, the true moment, who wrote
 * it and which incident; the receive screen does the rest. */
#pragma once
#include "core/base/date.h"
#include "tui/screen.h"

extern const struct screen_kind later_entry_screen;

/* "13:40", "1340", "13h40", with or without a day after it; MOMENT_NONE when it is
 * none.  day stands in where none was typed. */
moment_t later_moment_read(const char *text, day_t day);
