/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/people.h"

static void read_row(const struct reply *reply, int row, struct person_row *out)
{
	*out = (struct person_row){
		.kind = reply_text(reply, row, "kind"),
		.representative = reply_text(reply, row, "representative"),
		.name = reply_text(reply, row, "name"),
		.id_number = reply_text(reply, row, "id_number"),
		.id_kind = reply_text(reply, row, "id_kind"),
		.sex = reply_text(reply, row, "sex"),
		.phone = reply_text(reply, row, "phone"),
		.email = reply_text(reply, row, "email"),
		.address = reply_text(reply, row, "address"),
		.commune = reply_text(reply, row, "commune"),
		.province = reply_text(reply, row, "province"),
		.birth = reply_day(reply, row, "birth"),
		.seen_at = reply_moment(reply, row, "seen_at"),
	};
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct people_ask *mine = OWNER_OF(ask, struct people_ask, ask);
	struct error unfit;
	struct person_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct person_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			read_row(reply, i, &rows[i]);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

static void start(struct store *store, struct scope *scope, struct people_ask *mine,
                  const char *sql, const char *what)
{
	mine->ask = (struct ask){ .done = on_done, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql, (struct param[]){ PARAM_TEXT(what) }, 1);
}

void people_by_number(struct store *store, struct scope *scope, struct people_ask *mine,
                      const char *id_number)
{
	start(store, scope, mine, "select * from desk.person($1)", id_number);
}

void people_search(struct store *store, struct scope *scope, struct people_ask *mine,
                   const char *query)
{
	start(store, scope, mine, "select * from desk.people($1)", query);
}
