/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/reconcile.h"

#include <stdio.h>
#include <string.h>

#define TEXT(name)   .name = reply_text(reply, i, #name)
#define NUMBER(name) .name = (int)reply_number(reply, i, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, i, #name)

static void tell(struct reconcile_ask *mine, const struct reply *reply, const void *rows,
                 const struct error *err)
{
	struct error unfit;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

static void on_systems(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct reconcile_ask *mine = OWNER_OF(ask, struct reconcile_ask, ask);
	struct reconcile_system *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct reconcile_system, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct reconcile_system){
				TEXT(system), TEXT(system_name), TEXT(state), TEXT(note),
				.from_day = reply_day(reply, i, "from_day"),
				.to_day = reply_day(reply, i, "to_day"), MOMENT(started_at),
				MOMENT(done_at), NUMBER(ours), NUMBER(theirs),
				NUMBER(missing_there), NUMBER(missing_here), NUMBER(status),
				NUMBER(doubled), NUMBER(settled) };
	}
	tell(mine, reply, rows, err);
}

static void on_differences(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct reconcile_ask *mine = OWNER_OF(ask, struct reconcile_ask, ask);
	struct reconcile_difference *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct reconcile_difference, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct reconcile_difference){
				.difference_id = reply_number(reply, i, "difference_id", 0),
				.dossier_id = reply_number(reply, i, "dossier_id", 0), TEXT(kind),
				TEXT(code), TEXT(foreign_code), TEXT(their_word), TEXT(why),
				TEXT(state), TEXT(by_name), TEXT(reason), NUMBER(our_status),
				NUMBER(their_status), MOMENT(received_at), MOMENT(at) };
	}
	tell(mine, reply, rows, err);
}

void reconcile_systems(struct store *store, struct scope *scope, struct reconcile_ask *mine)
{
	mine->ask = (struct ask){ .done = on_systems, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.reconcile_systems()", NULL, 0);
}

void reconcile_differences(struct store *store, struct scope *scope, struct reconcile_ask *mine,
                           const char *system, int most)
{
	char number[16];
	snprintf(number, sizeof number, "%d", most);
	mine->ask = (struct ask){ .done = on_differences, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.reconcile_differences($1, $2::int)",
	          (struct param[]){ PARAM_TEXT(system), PARAM_TEXT(number) }, 2);
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct reconcile_ask *mine = OWNER_OF(ask, struct reconcile_ask, ask);
	(void)reply;
	mine->done(mine, NULL, 0, err);
}

void reconcile_start(struct store *store, struct scope *scope, struct reconcile_ask *mine,
                     const char *system, day_t from, day_t to)
{
	char first[16], last[16];
	mine->ask = (struct ask){ .done = on_done, .repeat = true };
	store_ask(store, scope, &mine->ask, "select desk.reconcile($1, $2::date, $3::date)",
	          (struct param[]){ PARAM_TEXT(system), PARAM_TEXT(day_write_iso(from, first, sizeof first)),
	                            PARAM_TEXT(day_write_iso(to, last, sizeof last)) }, 3);
}

void reconcile_repair(struct store *store, struct scope *scope, struct reconcile_ask *mine,
                      int64_t difference, const char *act, const char *reason)
{
	static const struct {
		const char *act, *sql;
	} acts[] = { { "send", "select desk.difference_send($1::bigint)" },
		     { "ask", "select desk.difference_ask($1::bigint)" },
		     { "take", "select desk.difference_take($1::bigint)" },
		     { "explain", "select desk.difference_explain($1::bigint, $2)" } };
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)difference);
	mine->ask = (struct ask){ .done = on_done };
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (strcmp(acts[i].act, act) == 0)
			store_ask(store, scope, &mine->ask, acts[i].sql,
			          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(reason) },
			          strcmp(act, "explain") == 0 ? 2 : 1);
}
