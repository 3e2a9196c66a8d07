/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/shift_screen.h — Shifts at the drawer: opened, counted and closed, handed to another
 * clerk who signs with the own password; the register of receipts. */
#pragma once
#include <stdint.h>
#include "tui/screen.h"

extern const struct screen_kind shift_screen;

/* Counting the drawer; its argument is a struct shift_close_plan. */
struct shift_close_plan {
	int64_t shift_id, expected; /* what the ledger says must be there */
};
extern const struct screen_kind shift_close_screen;

/* The register; no argument. */
extern const struct screen_kind receipt_list_screen;
