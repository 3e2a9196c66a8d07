/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/stand.h"

#include <stdio.h>

static void on_moves(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct due_moves_ask *mine = OWNER_OF(ask, struct due_moves_ask, ask);
	struct error unfit;
	struct due_move *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct due_move, reply->rows + 1);
		for (int row = 0; row < reply->rows; row++)
			rows[row] = (struct due_move){ .dossier_id = reply_number(reply, row, "dossier_id", 0), .code = reply_text(reply, row, "code"),
				.procedure_name = reply_text(reply, row, "procedure_name"), .old_due = reply_moment(reply, row, "old_due"),
				.new_due = reply_moment(reply, row, "new_due"), .minutes = (int)reply_number(reply, row, "minutes", 0) };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void due_moves_read(struct store *store, struct scope *scope, struct due_moves_ask *mine, const char *kind, int64_t incident, int most)
{
	char id[24], limit[16];
	snprintf(id, sizeof id, "%lld", (long long)incident);
	snprintf(limit, sizeof limit, "%d", most);
	mine->ask = (struct ask){ .done = on_moves, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.incident_moves($1, $2::bigint, $3::int)",
	          (struct param[]){ PARAM_TEXT(kind), PARAM_TEXT(id), PARAM_TEXT(limit) }, 3);
}

static void on_ended(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct handover_ask *mine = OWNER_OF(ask, struct handover_ask, ask);
	(void)reply;
	mine->done(mine, 0, err);
}

void standstill_end(struct store *store, struct scope *scope, struct handover_ask *mine, int64_t standstill, moment_t at)
{
	char id[24], moment[40];
	snprintf(id, sizeof id, "%lld", (long long)standstill);
	mine->ask = (struct ask){ .done = on_ended };
	store_ask(store, scope, &mine->ask, "select desk.standstill_end($1::bigint, $2::timestamptz)",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(moment_write_iso(at, moment, sizeof moment)) }, 2);
}

static void on_voided(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct handover_ask *mine = OWNER_OF(ask, struct handover_ask, ask);
	mine->done(mine, err ? 0 : reply_number(reply, 0, "moved", 0), err);
}

void standstill_void(struct store *store, struct scope *scope, struct handover_ask *mine, int64_t standstill, const char *reason)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)standstill);
	mine->ask = (struct ask){ .done = on_voided };
	store_ask(store, scope, &mine->ask, "select desk.standstill_void($1::bigint, $2) as moved", (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(reason) }, 2);
}
