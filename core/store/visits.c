/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/visits.h"

#include <stdio.h>

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct visit_ask *mine = OWNER_OF(ask, struct visit_ask, ask);
	struct visit_row *rows = NULL;
	struct error unfit;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct visit_row, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct visit_row){ reply_number(reply, row, "dossier_id", 0), reply_text(reply, row, "code"),
				reply_text(reply, row, "procedure_name"), reply_text(reply, row, "owner_name"),
				reply_moment(reply, row, "received_at"), reply_moment(reply, row, "due_at"),
				(int)reply_number(reply, row, "status", 0), reply_number(reply, row, "fee", 0), reply_number(reply, row, "paid", 0) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void visit_read(struct store *store, struct scope *scope, struct visit_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_done, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.visit($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}
