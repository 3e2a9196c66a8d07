/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/transfer.h — The VietQR of what a dossier still owes, drawn in half blocks for a
 * telephone to read.  That it was shown is a line of history; that it was paid, never:
 * a person confirms the money. */
#pragma once
#include <stdint.h>
#include "tui/screen.h"

/* argument: const int64_t *, the dossier's id. */
extern const struct screen_kind transfer_screen;

