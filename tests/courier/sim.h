/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/courier/sim.h — The simulation's own: chance from a seed, the desk's
 * side of it, and the comparison of both sides. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include "tests/support/world.h"

struct chance {
	uint64_t state;
};
uint64_t chance_next(struct chance *);
/* 0 … most - 1. */
int chance_of(struct chance *, int most);

/* Routes through four systems of three families. */
void sim_routes(void);
/* One more dossier received; some have files. */
void sim_accept(struct chance *, PGconn *clerk);
/* Something happens to some dossier of this run, when anything may. */
void sim_act(struct chance *, PGconn *clerk);
/* The first dossier of this run. */
void sim_begin(void);
/* NULL, or what is not the same on both sides: static. */
const char *sim_difference(const char *const *systems, int count);
/* Messages of this run, for the record. */
long sim_messages(void);
