/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/digitise.h"

#include <stdio.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)

static void read_counts(struct digitise_ask *mine, const struct reply *reply)
{
	struct digitise_count *counts = ARENA_MANY(mine->into, struct digitise_count, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		counts[row] = (struct digitise_count){ TEXT(field), NUMBER(today), NUMBER(one_day), NUMBER(three_days), NUMBER(older) };
	mine->counts = counts;
	mine->count_count = reply->rows;
}

static void read_rows(struct digitise_ask *mine, const struct reply *reply)
{
	struct digitise_row *rows = ARENA_MANY(mine->into, struct digitise_row, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		rows[row] = (struct digitise_row){ reply_number(reply, row, "dossier_id", 0), TEXT(code), TEXT(name), TEXT(field),
			TEXT(procedure_code), TEXT(owner_name), TEXT(system), NUMBER(seq), reply_moment(reply, row, "received_at"), NUMBER(days) };
	mine->rows = rows;
	mine->row_count = reply->rows;
}

/* Both are waited for: an ask must not be given back while it is out. */
static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct digitise_ask *mine = ask->owner;
	struct error unfit;
	if (!err && mine->err.fault == FAULT_NONE) {
		(ask == mine->parts ? read_counts : read_rows)(mine, reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left == 0)
		mine->done(mine, mine->err.fault == FAULT_NONE ? NULL : &mine->err);
}

void digitise_read(struct store *store, struct scope *scope, struct digitise_ask *mine, const char *field, int most)
{
	char limit[16];
	snprintf(limit, sizeof limit, "%d", most);
	mine->err = (struct error){ 0 };
	mine->left = 2;
	for (int i = 0; i < 2; i++)
		mine->parts[i] = (struct ask){ .done = on_part, .repeat = true, .into = mine->into, .owner = mine };
	store_ask(store, scope, &mine->parts[0], "select * from desk.digitise_counts()", NULL, 0);
	store_ask(store, scope, &mine->parts[1], "select * from desk.digitise_queue($1, $2::int)",
	          (struct param[]){ PARAM_TEXT(field), PARAM_TEXT(limit) }, 2);
}

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct digitise_act *mine = OWNER_OF(ask, struct digitise_act, ask);
	(void)reply;
	mine->done(mine, err);
}

void digitise_paper(struct store *store, struct scope *scope, struct digitise_act *mine, int64_t dossier_id, int seq,
                    int64_t file_id)
{
	char id[24], nth[16], file[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(nth, sizeof nth, "%d", seq);
	snprintf(file, sizeof file, "%lld", (long long)file_id);
	mine->ask = (struct ask){ .done = on_act, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.digitise($1::bigint, $2::int, ARRAY[$3::bigint])",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(nth), PARAM_TEXT(file) }, 3);
}
