/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/vigil.h"

#include "core/base/log.h"
#include "core/courier/wire.h"

#define FIRST_MS  2000
#define PERIOD_MS (5 * 60 * 1000)

static void watched(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)ask;
	(void)reply;
	if (err)
		log_error("watch", err);
}

static void on_time(struct timer *timer)
{
	struct vigil *vigil = OWNER_OF(timer, struct vigil, timer);
	loop_after(vigil->loop, timer, vigil->ms);
	if (store_state(vigil->store) != STORE_READY || vigil->ask.slot)
		return; /* away, or still at it */
	vigil->ask = (struct ask){ .done = watched };
	wire_watch(vigil->store, &vigil->scope, &vigil->ask);
}

void vigil_start(struct vigil *vigil, struct loop *loop, struct store *store, int ms)
{
	*vigil = (struct vigil){ .loop = loop, .store = store, .ms = ms > 0 ? ms : PERIOD_MS };
	vigil->timer.fire = on_time;
	loop_after(loop, &vigil->timer, ms > 0 ? ms : FIRST_MS);
}

void vigil_stop(struct vigil *vigil)
{
	if (!vigil->loop)
		return;
	loop_cancel(vigil->loop, &vigil->timer);
	scope_end(&vigil->scope);
}
