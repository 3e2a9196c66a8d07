/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/booking.h"

#include <stdio.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define WHOLE(name)  .name = reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
#define FLAG(name)   .name = reply_flag(reply, row, #name)

static void on_list(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct bookings_ask *mine = OWNER_OF(ask, struct bookings_ask, ask);
	struct error unfit;
	struct booking *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct booking, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct booking){ WHOLE(booking_id), TEXT(code), TEXT(series), TEXT(series_name), TEXT(state), TEXT(number), TEXT(by_name),
				TEXT(ended_by), TEXT(reason), MOMENT(slot), FLAG(lapsed) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void bookings_read(struct store *store, struct scope *scope, struct bookings_ask *mine, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_list, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.bookings($1::int)", (struct param[]){ PARAM_TEXT(limit) }, 1);
}

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct booking_act *mine = OWNER_OF(ask, struct booking_act, ask);
	(void)reply;
	mine->done(mine, err);
}

void booking_cancel(struct store *store, struct scope *scope, struct booking_act *mine, int64_t booking_id, const char *why)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)booking_id);
	mine->ask = (struct ask){ .done = on_act, .repeat = true };
	store_ask(store, scope, &mine->ask, "select 1 from desk.booking_cancel($1::bigint, $2)", (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(why) }, 2);
}
