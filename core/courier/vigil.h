/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/vigil.h — Sees to it, every few minutes, that dossiers without an
 * answer for too long are told.  Several couriers may; the database sees to it
 * that nothing doubles. */
#pragma once
#include "core/base/loop.h"
#include "core/store/store.h"

struct vigil {
	struct loop *loop;
	struct store *store;
	struct timer timer;
	struct scope scope;
	struct ask ask;
	int ms;
};

/* Begins soon, then every ms (0: five minutes). */
void vigil_start(struct vigil *, struct loop *, struct store *, int ms);
/* Harmless when it was never started. */
void vigil_stop(struct vigil *);
