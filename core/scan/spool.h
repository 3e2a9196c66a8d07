/* SPDX-License-Identifier: Apache-2.0
 *
 * core/scan/spool.h — Folders for pages on their way: private to the account, and
 * none is left behind.  A spool is locked while its program lives; what a crash
 * left unlocked is swept away by the next one. */
#pragma once
#include <stdbool.h>
#include "core/base/error.h"

struct spool {
	char *folder; /* NULL: not open   */
	int lock;     /* spool.c's own    */
};

/* A new empty folder below data/quet (0700), and what others left there is swept.
 * FAULT_DEVICE when the disk does not let us. */
bool spool_open(struct spool *, const char *data, struct error *);
/* Removes the folder with all that is in it; harmless when not open. */
void spool_close(struct spool *);
/* Removes what programs that are gone have left; returns how many folders. */
int spool_sweep(const char *data);
