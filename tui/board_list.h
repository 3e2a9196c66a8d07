/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/board_list.h — The dossiers behind a figure of the board, who holds each of
 * them; names of persons as initials.  Enter opens one. */
#pragma once
#include "core/base/date.h"
#include "tui/screen.h"

struct board_list_plan {
	const char *kind, *key; /* as board_list of core/store/board.h */
	const char *title;
	day_t from, to;         /* kinds "kpi missed", "kpi met", "kpi counted": received on these days; else 0 */
};
/* Its argument is a struct board_list_plan, read during open. */
extern const struct screen_kind board_list_screen;
