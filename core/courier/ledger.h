/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/ledger.h — What must be on disk before a message leaves and
 * after its answer came, written for many trips at once: while one commit is
 * under way the next lines gather. */
#pragma once
#include "core/base/loop.h"
#include "core/courier/wire.h"

struct engine;
struct trip;

struct ledger {
	struct engine *engine;
	struct trip *begin_wait, *begin_out;   /* gathering; in the database's hands  */
	struct trip *finish_wait, *finish_out;
	struct ask begin_ask, finish_ask;
	struct timer soon;
};

void ledger_start(struct ledger *, struct engine *);
void ledger_stop(struct ledger *);
/* Announces the trip's message; then trip_begun. */
void ledger_begin(struct ledger *, struct trip *);
/* Writes its outcome; the strings are copied; then trip_finished. */
void ledger_finish(struct ledger *, struct trip *, const struct wire_result *);
/* A trip that is freed leaves whatever list it is on. */
void ledger_forget(struct ledger *, struct trip *);
