/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/starting.h — Brings up what the counter stands on (the embedded database,
 * its schema and reference data, the courier, in practice the practice world)
 * by running "motcua setup" as a child, so that the keyboard never waits. */
#pragma once
#include <stdbool.h>
#include "core/base/child.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/base/scope.h"

struct program;

struct starting {
	struct child child;
	bool under_way;
	char step[200];            /* what is being done now, for the clerk */
	const char *argv[10];
	void (*done)(void *owner, const struct error *err); /* NULL: ready */
	void (*told)(void *owner); /* the step is another one now           */
	void *owner;
};

struct starting_calls {
	void (*told)(void *owner);
	void (*done)(void *owner, const struct error *err);
	void *owner;
};

/* Does nothing, not even calling done, when all is up already. */
void starting_begin(struct starting *, struct program *, struct loop *, struct scope *,
                    const struct starting_calls *);
bool starting_under_way(const struct starting *);
/* "" when nothing is being started. */
const char *starting_step(const struct starting *);
