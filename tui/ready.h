/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/ready.h — Whether what a counter stands on is up: cluster, schema, data,
 * courier.  Instant: it looks at files and locks, never at the database. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

struct arena;
struct program;

/* Everything runs and was set up by this very version of program and data. */
bool ready_check(struct program *);
/* Only the second half: the stamp of the last complete set-up fits. */
bool ready_stamped(const struct program *);
bool ready_stamp(const struct program *, struct error *);
/* The lock files that tell who runs. */
const char *ready_courier_lock(const struct program *, struct arena *);
const char *ready_practice_lock(const struct program *, struct arena *);
/* "motcua stop" was the last word: nobody starts it again but a new start. */
bool ready_stopped(const struct program *);
void ready_mark_stopped(const struct program *, bool stopped);
