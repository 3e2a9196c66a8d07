/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/migrate.h — Brings a database to the schema of this program: the
 * numbered files of share/core/store/schema, each once, each recorded with its
 * sha256, under an advisory lock.  A schema newer than the program, or an
 * applied file that was changed, is refused with a sentence. */
#pragma once
#include "core/store/store.h"

struct migrate_report {
	int before, after; /* schema numbers; before 0: empty database */
	int applied;
};
/* folder holds NNN_name.sql.  store is connected as an administrator; runs the
 * loop until done (it is work of a start or of a command, not of a screen).
 * step may be NULL. */
bool migrate(struct store *, const char *folder, void (*step)(void *owner, const char *say),
             void *owner, struct migrate_report *, struct error *);
