/* SPDX-License-Identifier: Apache-2.0
 *
 * A message's lease, kept alive while its call may take longer than it: before
 * the call, and during it. */
#include "core/base/log.h"
#include "core/courier/post.h"

static int64_t lease_ms(const struct trip *trip)
{
	return (int64_t)trip->post->engine->plan.lease_seconds * 1000;
}

static void renew(struct trip *trip, void (*done)(struct ask *, const struct reply *,
                                                  const struct error *))
{
	struct engine *engine = trip->post->engine;
	trip->renewed_at = monotonic_ms();
	trip->renew_ask = (struct ask){ .done = done, .owner = trip };
	wire_renew(engine->plan.store, &trip->renewing, &trip->renew_ask, &trip->errand,
	           engine->plan.lease_seconds);
}

/* False: another courier has it, or nobody can say whether; the trip is over. */
static bool take(struct trip *trip, const struct reply *reply, const struct error *err)
{
	if (err)
		log_error("renew", err);
	else if (reply_flag(reply, 0, "kept"))
		trip->lease_until = trip->renewed_at + lease_ms(trip);
	else
		trip->lease_until = 0;
	if (trip->lease_until > monotonic_ms())
		return true;
	log_line(LOG_WARN, "message %lld: the lease is gone", (long long)trip->errand.message);
	trip_free(trip);
	return false;
}

static void renewed(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct trip *trip = ask->owner;
	if (take(trip, reply, err))
		trip_next(trip);
}

static void kept(struct ask *ask, const struct reply *reply, const struct error *err)
{
	take(ask->owner, reply, err);
}

static void tick(struct timer *timer)
{
	struct trip *trip = OWNER_OF(timer, struct trip, lease_timer);
	if (!trip->call.http)
		return; /* the call is over */
	lease_watch(trip);
	if (!trip->renew_ask.slot)
		renew(trip, kept);
}

bool lease_lasts(struct trip *trip, int64_t ms)
{
	int64_t now = monotonic_ms();
	/* Just renewed, longer it does not get: lease_watch sees to the rest. */
	if (now + ms <= trip->lease_until || now - trip->renewed_at < lease_ms(trip) / 3)
		return true;
	renew(trip, renewed);
	return false;
}

void lease_watch(struct trip *trip)
{
	trip->lease_timer.fire = tick;
	loop_after(trip->post->engine->loop, &trip->lease_timer, lease_ms(trip) / 3);
}

void lease_forget(struct trip *trip)
{
	loop_cancel(trip->post->engine->loop, &trip->lease_timer);
	scope_end(&trip->renewing);
}
