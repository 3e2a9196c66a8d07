/* SPDX-License-Identifier: Apache-2.0
 *
 * For commands and start-ups, where there is no keyboard to keep alive. */
#include "core/base/date.h"
#include "core/base/say.h"
#include "core/store/store_private.h"

bool store_wait(struct store *store, int limit_ms, struct error *err)
{
	int64_t until = monotonic_ms() + (limit_ms ? limit_ms : store->set.ask_ms);
	while (store->state != STORE_READY && store->state != STORE_REFUSED &&
	       monotonic_ms() < until)
		loop_turn(store->loop, until - monotonic_ms());
	if (store->state == STORE_READY)
		return true;
	if (err)
		*err = store->trouble;
	return false;
}

struct waited {
	struct ask ask;
	struct reply *out;
	struct error *err;
	bool done, good;
};

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct waited *waited = OWNER_OF(ask, struct waited, ask);
	waited->done = true;
	waited->good = reply != NULL;
	if (reply && waited->out)
		*waited->out = *reply;
	if (err && waited->err)
		*waited->err = *err;
}

bool store_ask_wait(struct store *store, struct arena *arena, const char *sql,
                    const struct param *params, int count, bool repeat, struct reply *out,
                    struct error *err)
{
	struct waited waited = { .ask = { .done = on_done, .repeat = repeat, .into = arena },
		.out = out, .err = err };
	store_ask(store, NULL, &waited.ask, sql, params, count);
	while (!waited.done)
		loop_turn(store->loop, -1); /* the ask's own limit ends it */
	return waited.good;
}
