/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/between.h"

#include <stdio.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define FLAG(name)   .name = reply_flag(reply, row, #name)

static void on_rows(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct between_ask *mine = OWNER_OF(ask, struct between_ask, ask);
	struct error unfit;
	struct between_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct between_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct between_row){ .dossier_id = reply_number(reply, row, "dossier_id", 0), TEXT(code), TEXT(owner_name),
				TEXT(procedure_name), TEXT(agency), TEXT(back_to), TEXT(their_code), TEXT(how), TEXT(number), TEXT(travel), TEXT(system_name),
				MOMENT(since), MOMENT(hand_until), MOMENT(handed_at), MOMENT(due_at), NUMBER(papers), NUMBER(status), FLAG(hand_late),
				FLAG(late), FLAG(refused) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void between_read(struct store *store, struct scope *scope, struct between_ask *mine, bool in, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_rows, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.between($1, $2::int)", (struct param[]){ PARAM_TEXT(in ? "in" : "out"), PARAM_TEXT(limit) }, 2);
}
