/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/manual_screen.h — Systems without an interface: the fields to type there in
 * the order of their form, one by one; their number taken back, typed or scanned;
 * and the list of dossiers that wait for a hand. */
#pragma once
#include <stdint.h>
#include "tui/screen.h"

struct manual_plan {
	int64_t dossier_id;
	const char *system;
};
extern const struct screen_kind manual_screen;
extern const struct screen_kind manual_list_screen;
