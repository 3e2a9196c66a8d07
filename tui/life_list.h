/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/life_list.h — Dossiers that need a hand before it is too late: nearly late ones with the new date to promise, those still
 * to be checked within the law's hours, what somebody holds.  Enter opens one. */
#pragma once
#include "core/store/life.h"
#include "tui/screen.h"

struct life_list_plan {
	enum life_list which; /* LIFE_SOON, LIFE_CHECK, LIFE_HELD, LIFE_OVER */
	const char *login;    /* LIFE_HELD: whose; "" nobody's yet */
	const char *title;    /* NULL: the list's                  */
};
/* Its argument is a const struct life_list_plan *. */
extern const struct screen_kind life_list_screen;
