/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/counter.h — What works from every screen once a clerk is at work: new
 * dossier, search, printing again, changing the clerk; and what a scan means
 * when the screen on top has no use for it. */
#pragma once
#include <stdbool.h>
#include "tui/screen.h"

extern const struct action counter_actions[];
/* A citizen card begins a dossier, a receipt opens its own; true: understood. */
bool counter_scanned(struct desk *, const struct event *);
/* Every action table of the program, NULL-terminated: the keys file knows them. */
const struct action *const *counter_tables(void);
