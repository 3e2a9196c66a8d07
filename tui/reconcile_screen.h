/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/reconcile_screen.h — Đối soát: our list of dossiers against each system's,
 * every night and on demand; and the differences of one system, each with the
 * key that repairs it. */
#pragma once
#include "tui/screen.h"

/* No argument. */
extern const struct screen_kind reconcile_screen;

struct reconcile_list_plan {
	const char *system, *system_name;
};
/* Its argument is a struct reconcile_list_plan. */
extern const struct screen_kind reconcile_list_screen;
