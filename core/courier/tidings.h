/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/tidings.h — What others say of dossiers, told to the database for
 * many trips at once: while one commit is under way the next lines gather. */
#pragma once
#include "core/base/loop.h"
#include "core/store/store.h"

struct engine;
struct trip;

struct tidings {
	struct engine *engine;
	struct trip *wait, *out; /* gathering; in the database's hands */
	struct ask ask;
	struct timer soon;
};

void tidings_start(struct tidings *, struct engine *);
void tidings_stop(struct tidings *);
/* Tells the line in trip->result; then the trip is freed. */
void tidings_tell(struct tidings *, struct trip *);
/* A trip that is freed leaves whatever list it is on. */
void tidings_forget(struct tidings *, struct trip *);
