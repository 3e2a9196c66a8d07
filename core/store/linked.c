/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/linked.h"

#include <stdio.h>

static void on_read(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct linked_ask *mine = OWNER_OF(ask, struct linked_ask, ask);
	struct linked_part *parts = NULL;
	struct error unfit;
	if (!err) {
		parts = ARENA_MANY(mine->into, struct linked_part, reply->rows + 1);
#define TEXT(name)   .name = reply_text(reply, row, #name)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
		for (int row = 0; row < reply->rows; row++)
			parts[row] = (struct linked_part){ .seq = (int)reply_number(reply, row, "seq", 0), TEXT(group_name), TEXT(member),
				TEXT(body), .dossier_id = reply_number(reply, row, "dossier_id", 0), TEXT(code), TEXT(state), MOMENT(begun_at),
				MOMENT(due_at), MOMENT(asked_at), MOMENT(until_at), MOMENT(done_at), MOMENT(returned_at), TEXT(result), TEXT(note) };
#undef TEXT
#undef MOMENT
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : parts, err ? 0 : reply->rows, err);
}

void linked_read(struct store *store, struct scope *scope, struct linked_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_read, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.linked($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}

static void on_written(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct linked_act *mine = OWNER_OF(ask, struct linked_act, ask);
	(void)reply;
	mine->done(mine, err);
}

/* Not repeated by itself: the same step is refused the second time, and says so. */
void linked_write(struct store *store, struct scope *scope, struct linked_act *mine, int64_t dossier_id,
                  const struct linked_fact *fact)
{
	char id[24], seq[16], due[40] = "";
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seq, sizeof seq, "%d", fact->seq);
	if (fact->due != MOMENT_NONE)
		moment_write_iso(fact->due, due, sizeof due);
	mine->ask = (struct ask){ .done = on_written };
	store_ask(store, scope, &mine->ask,
	          "select desk.linked_act($1::bigint, $2::int, $3, jsonb_build_object('code', $4::text, 'text', $5::text, 'due', nullif($6, '')))",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seq), PARAM_TEXT(fact->act), PARAM_TEXT(fact->code ? fact->code : ""),
	                            PARAM_TEXT(fact->text ? fact->text : ""), PARAM_TEXT(due) }, 6);
}
