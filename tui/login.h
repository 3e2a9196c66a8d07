/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/login.h — Who works at this counter.  The screen paints at once; where the
 * embedded database is not up yet, its start is shown step by step meanwhile. */
#pragma once
#include "tui/screen.h"

/* The lowest screen of the counter.  Its argument is NULL. */
extern const struct screen_kind login_screen;
/* Changes the clerk at this counter: ends the shift, whose drafts stay, and
 * shows the log-in again. */
void login_again(struct desk *);
