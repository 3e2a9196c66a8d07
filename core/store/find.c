/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/find.h"

#include <stdio.h>

static void read_row(const struct reply *reply, int row, struct found *out)
{
	*out = (struct found){
		.dossier_id = reply_number(reply, row, "dossier_id", 0),
		.code = reply_text(reply, row, "code"),
		.foreign_code = reply_text(reply, row, "foreign_code"),
		.procedure_code = reply_text(reply, row, "procedure_code"),
		.procedure_name = reply_text(reply, row, "procedure_name"),
		.owner_name = reply_text(reply, row, "owner_name"),
		.owner_id_masked = reply_text(reply, row, "owner_id_masked"),
		.received_at = reply_moment(reply, row, "received_at"),
		.due_at = reply_moment(reply, row, "due_at"),
		.status = (int)reply_number(reply, row, "status", 0),
		.sync = reply_text(reply, row, "sync"),
		.unit_name = reply_text(reply, row, "unit_name"),
		.paper = "",
	};
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct find_ask *mine = OWNER_OF(ask, struct find_ask, ask);
	struct error unfit;
	struct found *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct found, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++) {
			read_row(reply, i, &rows[i]);
			if (!mine->words)
				continue;
			rows[i].paper = reply_text(reply, i, "paper");
			rows[i].page = (int)reply_number(reply, i, "page", 0);
		}
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

static void start(struct store *store, struct scope *scope, struct find_ask *mine, const char *sql,
                  const char *what, const char *how, int most)
{
	char number[16];
	snprintf(number, sizeof number, "%d", most);
	struct param params[3] = { PARAM_TEXT(what), PARAM_TEXT(number), PARAM_TEXT(how) };
	find_by(store, scope, mine, sql, params, how ? 3 : 2);
}

void find_by(struct store *store, struct scope *scope, struct find_ask *mine, const char *sql, const struct param *params,
             int count)
{
	mine->ask = (struct ask){ .done = on_done, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

void find_start(struct store *store, struct scope *scope, struct find_ask *mine, const char *query,
                const char *by, int most)
{
	start(store, scope, mine, "select * from desk.find($1, $3, $2::int)", query, by ? by : "",
	      most);
}

void find_words(struct store *store, struct scope *scope, struct find_ask *mine, const char *query, int most)
{
	mine->words = true;
	start(store, scope, mine, "select * from desk.find_words($1, $2::int)", query, NULL, most);
}

void find_day(struct store *store, struct scope *scope, struct find_ask *mine, const char *kind,
              int most)
{
	start(store, scope, mine, "select * from desk.day_list($1, $2::int)", kind, NULL, most);
}
