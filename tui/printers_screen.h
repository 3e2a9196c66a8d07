/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/printers_screen.h — The printers of this counter, what each answered last,
 * and the print jobs of the office: again, elsewhere, let go. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind printers_screen;
