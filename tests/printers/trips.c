/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/printers/trips.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "core/base/date.h"

#include <cmocka.h> /* last: it takes the name fail */

const char trip_paper[] = "\x1b@giấy hẹn\n\x1bJ\x20";
const size_t trip_paper_size = sizeof trip_paper - 1;

static int64_t fast_clock(void)
{
	return monotonic_ms() * 20;
}

void world_start(struct world *w)
{
	*w = (struct world){ 0 };
	loop_init(&w->loop);
	w->loop.clock = fast_clock;
}

void trip_over(struct carriage *carriage, const struct error *err)
{
	struct trip *trip = OWNER_OF(carriage, struct trip, carriage);
	assert_false(trip->over);
	trip->over = true;
	trip->failed = err;
	if (err)
		trip->err = *err;
}

void turn_until(struct world *w, const bool *flag)
{
	int64_t last = monotonic_ms() + 20000;
	while (!*flag && monotonic_ms() < last)
		loop_turn(&w->loop, 2);
	assert_true(*flag);
}

void send_paper(struct world *w, const struct carrier *carrier, const char *address, const void *data, size_t size)
{
	w->trip = (struct trip){ 0 };
	w->trip.carriage.data = data;
	w->trip.carriage.size = size;
	w->trip.carriage.title = "H01.999-261120-0125";
	w->trip.carriage.ending = "bin";
	w->trip.carriage.escpos = true;
	if (!carrier->begin(&w->loop, &w->scope, address, &w->trip.carriage, trip_over, &w->trip.err)) {
		w->trip.failed = w->trip.over = true;
		return;
	}
	assert_false(w->trip.over);
	turn_until(w, &w->trip.over);
	assert_null(w->scope.tasks);
}

void failed_saying(const struct world *w, const char *part)
{
	assert_true(w->trip.failed);
	assert_int_equal(w->trip.err.fault, FAULT_DEVICE);
	if (!strstr(w->trip.err.say, part))
		fail_msg("\"%s\" does not say \"%s\"", w->trip.err.say, part);
}
