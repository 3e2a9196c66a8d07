/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/paper_lists.h"

#include <stdio.h>

#include "core/base/bytes.h"

static void on_papers(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct list_ask *mine = OWNER_OF(ask, struct list_ask, ask);
	struct error unfit;
	mine->count = 0;
	mine->number = "";
	if (!err) {
		int64_t *papers = ARENA_MANY(mine->into, int64_t, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			papers[i] = reply_number(reply, i, "paper_id", 0);
		mine->papers = papers;
		mine->count = reply->rows;
		if (reply->rows)
			mine->number = arena_string(mine->into, reply_text(reply, 0, "number"));
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err);
}

static void start(struct store *store, struct scope *scope, struct list_ask *mine, const char *sql,
                  const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = on_papers, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

/* '{1,2,3}' */
static void write_list(struct bytes *out, const int64_t *numbers, int count)
{
	bytes_text(out, "{");
	for (int i = 0; i < count; i++)
		bytes_format(out, i ? ",%lld" : "%lld", (long long)numbers[i]);
	bytes_text(out, "}");
}

void list_receipts(struct store *store, struct scope *scope, struct list_ask *mine, const int64_t *dossiers, int count)
{
	struct bytes list = { 0 };
	write_list(&list, dossiers, count);
	start(store, scope, mine, "select paper_id, '' as number from desk.receipts_of($1::bigint[])",
	      (struct param[]){ PARAM_TEXT(bytes_string(&list)) }, 1);
	bytes_free(&list);
}

void list_handover(struct store *store, struct scope *scope, struct list_ask *mine, const char *request_id,
                   const int64_t *dossiers, int count, const char *taker_unit, const char *taker_name)
{
	struct bytes list = { 0 };
	write_list(&list, dossiers, count);
	start(store, scope, mine, "select paper_id, number from desk.issue_handover($1::uuid, $2::bigint[], $3, $4)",
	      (struct param[]){ PARAM_TEXT(request_id), PARAM_TEXT(bytes_string(&list)), PARAM_TEXT(taker_unit),
	                        PARAM_TEXT(taker_name) }, 4);
	bytes_free(&list);
}

void list_book(struct store *store, struct scope *scope, struct list_ask *mine, const char *request_id, day_t from,
               day_t to)
{
	char first[16], last[16];
	start(store, scope, mine, "select paper_id, number from desk.issue_book($1::uuid, $2::date, $3::date)",
	      (struct param[]){ PARAM_TEXT(request_id), PARAM_TEXT(day_write_iso(from, first, sizeof first)),
	                        PARAM_TEXT(day_write_iso(to, last, sizeof last)) }, 3);
}

void list_report(struct store *store, struct scope *scope, struct list_ask *mine, const char *request_id,
                 const struct report_plan *plan, const char *body)
{
	char first[16], last[16];
	start(store, scope, mine, "select paper_id, number from desk.issue_report($1::uuid, $2, $3::date, $4::date, $5, $6)",
	      (struct param[]){ PARAM_TEXT(request_id), PARAM_TEXT(plan->kind->name),
	                        PARAM_TEXT(day_write_iso(plan->from, first, sizeof first)),
	                        PARAM_TEXT(day_write_iso(plan->to, last, sizeof last)),
	                        PARAM_TEXT(plan->narrow ? plan->narrow : ""), PARAM_TEXT(body) }, 6);
}

void list_shift(struct store *store, struct scope *scope, struct list_ask *mine, int64_t shift_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)shift_id);
	start(store, scope, mine, "select paper_id, number from desk.issue_shift($1::bigint)", (struct param[]){ PARAM_TEXT(id) }, 1);
}
