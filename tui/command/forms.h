/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/forms.h — Forms without a dossier: checked, previewed, drawn from a file
 * of fields.  No log-in, no database. */
#pragma once
#include "tui/command/command.h"

/* Which of the three a call is; false: it prints a dossier's paper. */
bool forms_called(const struct call *);
int forms_command(struct program *, const struct call *);
