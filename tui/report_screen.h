/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/report_screen.h — Báo cáo: one report of a period as a table with its sums and checks;
 * every figure opens its dossiers; export. */
#pragma once
#include "tui/screen.h"

/* Its argument is the name of a kind (core/dossier/report.h), or NULL: the first. */
extern const struct screen_kind report_screen;
