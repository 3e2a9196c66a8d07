/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/backup.h — Where this machine keeps its copies. */
#pragma once
#include "core/store/backup.h"

struct program;

/* [backup] folder, or "backup" beside the database; the given one before both.  Everything in it
 * is the program's or the arena's. */
void backup_plan_of(struct backup_plan *, struct program *, struct arena *, const char *folder);
