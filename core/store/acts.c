/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/acts.h"

#include <stdio.h>

static void on_acts(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct acts_ask *mine = OWNER_OF(ask, struct acts_ask, ask);
	struct error unfit;
	struct act_row *rows = NULL;
	if (!err) {
		rows = ARENA_MANY(mine->into, struct act_row, reply->rows + 1);
		for (int i = 0; i < reply->rows; i++)
			rows[i] = (struct act_row){ .act = reply_text(reply, i, "act"),
				.form = reply_text(reply, i, "form"),
				.to_status = (int)reply_number(reply, i, "to_status", 0),
				.supervisor = reply_flag(reply, i, "supervisor"),
				.countersign = reply_flag(reply, i, "countersign"),
				.basis = reply_flag(reply, i, "basis"),
				.cost = reply_text(reply, i, "cost") };
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	mine->done(mine, err ? NULL : rows, err ? 0 : reply->rows, err);
}

void acts_read(struct store *store, struct scope *scope, struct acts_ask *mine, int64_t dossier_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->ask = (struct ask){ .done = on_acts, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.may($1::bigint)",
	          (struct param[]){ PARAM_TEXT(id) }, 1);
}

/* ---- acting ---- */

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct act_ask *mine = OWNER_OF(ask, struct act_ask, ask);
	mine->paper_id = err ? 0 : reply_number(reply, 0, "paper_id", 0);
	mine->done(mine, err ? 0 : (int)reply_number(reply, 0, "version", 0), err);
}

/* Not repeated after a lost reply: the version would say that somebody was
 * faster, and it was we. */
static void start(struct store *store, struct scope *scope, struct act_ask *mine, const char *sql,
                  const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

void act_do(struct store *store, struct scope *scope, struct act_ask *mine, int64_t dossier_id,
            int version, const char *act, const char *reason, const struct act_facts *facts)
{
	static const struct act_facts nothing;
	const struct act_facts *f = facts ? facts : &nothing;
	char id[24], seen[16];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	start(store, scope, mine,
	      "select version, paper_id from desk.act($1::bigint, $2::int, $3, $4, jsonb_build_object('ground', $5::text, 'basis', $11::text, 'until', $12::text)"
	      " || case when $6::text is null then '{}'::jsonb else jsonb_build_object('receiver', jsonb_build_object("
	      "'taker', $6::text, 'name', $7::text, 'id_number', $8::text, 'mandate', $9::text, 'post', $10::text, 'shown', $13::text, 'no_file', $14::text)) end)",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(act), PARAM_TEXT(reason),
	                        PARAM_TEXT(f->ground), PARAM_TEXT(f->taker), PARAM_TEXT(f->name),
	                        PARAM_TEXT(f->id_number), PARAM_TEXT(f->mandate), PARAM_TEXT(f->post),
	                        PARAM_TEXT(f->basis), PARAM_TEXT(f->until), PARAM_TEXT(f->shown), PARAM_TEXT(f->no_file) }, 14);
}

void act_change_due(struct store *store, struct scope *scope, struct act_ask *mine,
                    int64_t dossier_id, int version, const char *cause, moment_t due,
                    const char *line)
{
	char id[24], seen[16], at[40];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	const char *when = due == MOMENT_NONE ? NULL : moment_write_iso(due, at, sizeof at);
	start(store, scope, mine,
	      "select desk.change_due($1::bigint, $2::int, $3, $4::timestamptz, $5) as version, 0 as paper_id",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(cause),
	                        PARAM_TEXT(when), PARAM_TEXT(line) }, 5);
}

void act_send_again(struct store *store, struct scope *scope, struct act_ask *mine,
                    int64_t dossier_id, const char *system, const char *solution)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	start(store, scope, mine, "select 0 as version, 0 as paper_id from desk.send_again($1::bigint, $2, $3)",
	      (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(system), PARAM_TEXT(solution) }, 3);
}
