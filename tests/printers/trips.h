/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/printers/trips.h — A paper on its way through a carrier, in one loop whose time runs
 * twenty times faster than the wall clock, so that nobody waits for a time-out. */
#pragma once
#include "core/base/loop.h"
#include "printers/carrier.h"
#include "tests/printers/fake_printer.h"

struct trip {
	struct carriage carriage;
	struct error err;
	bool over, failed;
};
struct world {
	struct loop loop;
	struct scope scope;
	struct fake_printer printer; /* of tests that need one */
	struct trip trip;
};

/* A short receipt in the printer's tongue, and its bytes. */
extern const char trip_paper[];
extern const size_t trip_paper_size;

void world_start(struct world *);
/* carriage.done of a struct trip: told once. */
void trip_over(struct carriage *, const struct error *err);
/* Turns the loop; fails the test when that takes longer than 20 s. */
void turn_until(struct world *, const bool *flag);
/* Begins the trip and waits for its end; nothing is left running. */
void send_paper(struct world *, const struct carrier *, const char *address, const void *data, size_t size);
/* It failed for the device's sake, in a sentence that holds part. */
void failed_saying(const struct world *, const char *part);
