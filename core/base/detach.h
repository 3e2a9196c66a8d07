/* SPDX-License-Identifier: Apache-2.0
 *
 * core/base/detach.h — Programs that outlive the terminal they were started
 * from: leaving it, being alone, and being asked to stop.  The lock file tells
 * who runs; the kernel drops the lock with the process, so it is never stale. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>
#include "core/base/error.h"

/* Forks.  The child leaves the terminal (own session, streams on /dev/null) and
 * returns with *ready; the parent never returns: it exits 0 once the child has
 * called detach_ready, or with the child's exit status.  Call it first. */
bool detach_start(int *ready, struct error *);
void detach_ready(int ready);
/* Takes the lock for the life of this process.  FAULT_CONFLICT when another
 * holds it; *holder (may be NULL) is its pid. */
bool detach_lock(const char *path, pid_t *holder, struct error *);
/* The pid that holds it, 0 when nobody does. */
pid_t detach_holder(const char *path);
/* SIGTERM to the holder and waits for its end; true when nobody holds it.
 * FAULT_CONFLICT when it still runs after wait_ms. */
bool detach_stop(const char *path, int wait_ms, struct error *);
