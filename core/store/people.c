/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/people.h"

#include <stdio.h>
#include <string.h>

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

static void on_copy(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct dossier_copy_ask *mine = OWNER_OF(ask, struct dossier_copy_ask, ask);
	struct error unfit;
	mine->copy = (struct dossier_copy){ 0 };
	if (!err) {
		mine->copy = (struct dossier_copy){ .code = reply_text(reply, 0, "code"), .procedure_code = reply_text(reply, 0, "procedure_code"),
			.case_name = reply_text(reply, 0, "case_name"), .summary = reply_text(reply, 0, "summary"),
			.result_by = reply_text(reply, 0, "result_by"), .return_to = reply_text(reply, 0, "return_to") };
		for (int i = 0; i < reply->rows; i++) {
			bool submitter = strcmp(reply_text(reply, i, "role"), "submitter") == 0;
			read_row(reply, i, submitter ? &mine->copy.submitter : &mine->copy.owner);
			mine->copy.represented |= submitter;
		}
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : &mine->copy, err);
}

void dossier_copy_read(struct store *store, struct scope *scope, struct dossier_copy_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_copy, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.dossier_copy($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}
