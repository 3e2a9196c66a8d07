/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/kiosk.h — The machine that gives out numbers: a few big choices, by finger,
 * mouse or number keys; a printed ticket; it goes on when the server is away. */
#pragma once
#include "tui/screen.h"

struct hall_plan;
struct printer;

struct kiosk_plan {
	const struct hall_plan *login;
	const struct printer *printer; /* where tickets come out */
	const char *folder;            /* what it keeps on this machine */
};
/* Argument: struct kiosk_plan. */
extern const struct screen_kind kiosk_screen;
