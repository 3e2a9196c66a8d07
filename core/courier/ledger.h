/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/ledger.h — What must be on disk before a message leaves,
 * between its calls and after its answer came, written for many trips at once: while one commit is
 * under way the next lines gather. */
#pragma once
#include "core/base/loop.h"
#include "core/courier/wire.h"

struct engine;
struct trip;

struct book {
	struct trip *wait, *out; /* gathering; in the database's hands */
	struct ask ask;
};

struct ledger {
	struct engine *engine;
	struct book begins, memories, finishes;
	struct timer soon;
};

void ledger_start(struct ledger *, struct engine *);
void ledger_stop(struct ledger *);
/* Announces the trip's message; then trip_begun. */
void ledger_begin(struct ledger *, struct trip *);
/* Keeps what they told meanwhile, trip->memory; then trip_remembered. */
void ledger_remember(struct ledger *, struct trip *);
/* Writes its outcome; the strings are copied; then trip_finished. */
void ledger_finish(struct ledger *, struct trip *, const struct wire_result *);
/* A trip that is freed leaves whatever list it is on. */
void ledger_forget(struct ledger *, struct trip *);
