/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/problem_list.h — What other systems disagreed with, each with the reason
 * they gave.  Enter opens the dossier, where it is put right and sent again. */
#pragma once
#include "tui/screen.h"

/* Without argument. */
extern const struct screen_kind problem_list_screen;
