/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/ticket_list.h — Today's numbers of the queue, whatever became of them: behind the queue's figures on the board, and for
 * the counter to look one up.  Enter: the dossiers that came of it; one ended or cancelled by mistake comes back. */
#pragma once
#include "tui/screen.h"

/* Its argument is the series, const char *; NULL or "": every one. */
extern const struct screen_kind ticket_list_screen;
