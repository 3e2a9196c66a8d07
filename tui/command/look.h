/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/look.h — A printer asked how it is, and waited for: nothing comes out. */
#pragma once
#include "printers/printer.h"
#include "tui/program.h"

struct look {
	const char *state; /* "ready" "unconfirmed" (it does not say) "failed" */
	bool warned;       /* ready, but something will hold it up soon */
	char say[320];
};
void look_at(struct program *, const struct printer *, struct look *);
/* Printers with their state, and the office's jobs: motcua print --list. */
struct call;
int print_list(struct program *, const struct call *);
