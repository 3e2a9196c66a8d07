/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/day.h"

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct day_ask *mine = OWNER_OF(ask, struct day_ask, ask);
	struct error unfit;
	struct day_counts counts = { 0 };
	if (!err) {
#define COUNT(name) counts.name = (int)reply_number(reply, 0, #name, 0)
		COUNT(mine_today);
		COUNT(waiting_to_send);
		COUNT(due_today);
		COUNT(late);
		COUNT(problems);
		COUNT(received_today);
		COUNT(silent);
		COUNT(silent_hours);
		COUNT(soon);
		COUNT(unbrought);
#undef COUNT
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &counts, err);
}

void day_start(struct store *store, struct scope *scope, struct day_ask *mine)
{
	mine->ask = (struct ask){ .done = on_done, .repeat = true };
	store_ask(store, scope, &mine->ask, "select d.*, s.silent, s.hours as silent_hours, l.soon, l.unbrought"
	          " from desk.day() d, desk.silence() s, desk.day_limits() l", NULL, 0);
}
