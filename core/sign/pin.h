/* SPDX-License-Identifier: Apache-2.0
 *
 * core/sign/pin.h — A PIN, and what is said beside it, in memory that is never swapped,
 * dumped or inherited by a child, and that is overwritten before it is let go. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/error.h"

#define PIN_MOST  64   /* bytes of one PIN; PKCS#11 knows no longer ones in practice */
#define PIN_ROOM  8192 /* of the page: the PIN and a batch's files                   */

struct pin {
	char *text;  /* NUL-terminated; NULL: not held */
	size_t size;
};

/* An empty one.  FAULT_DEVICE when the system lets this account lock no memory
 * (RLIMIT_MEMLOCK): then no PIN is taken at all. */
bool pin_hold(struct pin *, struct error *);
/* False: no room, nothing was added. */
bool pin_add(struct pin *, const char *bytes, size_t n);
/* The last character goes; false when there is none. */
bool pin_back(struct pin *);
/* Overwritten and given back; harmless when it is not held. */
void pin_drop(struct pin *);
