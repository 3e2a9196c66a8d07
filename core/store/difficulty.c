/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/difficulty.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/store/sync_own.h"

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define ID(name)     .name = reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)

/* ---- a new slip ---- */

static void put(json_t *object, const char *key, const char *value)
{
	json_t *text = json_string(value ? value : "");
	if (json_object_set_new(object, key, text ? text : json_string("")) != 0)
		abort(); /* out of memory */
}

static void on_added(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct difficulty_ask *mine = OWNER_OF(ask, struct difficulty_ask, ask);
	struct error unfit;
	const char *number = err ? NULL : reply_text(reply, 0, "number");
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	mine->done(mine, err ? NULL : number, err);
}

void difficulty_add(struct store *store, struct scope *scope, struct difficulty_ask *mine,
                    const struct difficulty_draft *draft)
{
	json_t *request = json_object();
	put(request, "request_id", draft->request_id);
	put(request, "counter", draft->counter);
	put(request, "screen", draft->screen);
	put(request, "system", draft->system);
	put(request, "procedure", draft->procedure);
	put(request, "error", draft->error);
	put(request, "words", draft->words);
	if (draft->dossier_id)
		json_object_set_new(request, "dossier_id", json_integer(draft->dossier_id));
	char *text = json_dumps(request, JSON_COMPACT);
	json_decref(request);
	if (!text)
		abort();
	mine->ask = (struct ask){ .done = on_added, .repeat = true };
	store_ask(store, scope, &mine->ask, "select * from desk.difficulty_add($1::jsonb)",
	          (struct param[]){ PARAM_TEXT(text) }, 1);
	free(text);
}

/* ---- outages and slips of a time ---- */

static void read_outage(const struct reply *reply, int row, void *out)
{
	*(struct outage_row *)out = (struct outage_row){ ID(outage_id), TEXT(system),
		TEXT(system_name), TEXT(class), TEXT(cause), MOMENT(from_at), MOMENT(to_at),
		.dossiers = (int)reply_number(reply, row, "dossiers", 0) };
}

static void read_difficulty(const struct reply *reply, int row, void *out)
{
	*(struct difficulty_row *)out = (struct difficulty_row){ ID(difficulty_id), ID(dossier_id),
		TEXT(number), TEXT(by_name), TEXT(counter), TEXT(system), TEXT(system_name),
		TEXT(procedure_code), TEXT(procedure_name), TEXT(code), TEXT(error), TEXT(words),
		TEXT(state), TEXT(last_note), MOMENT(at), MOMENT(state_at) };
}

static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct incidents_ask *mine = ask->owner;
	struct incidents *found = &mine->incidents;
	struct error unfit;
	if (ask == mine->parts) {
		found->outages = sync_rows(reply, &err, &unfit, mine->into, sizeof *found->outages,
		                           read_outage);
		found->outage_count = err ? 0 : reply->rows;
	} else {
		found->difficulties = sync_rows(reply, &err, &unfit, mine->into,
		                                sizeof *found->difficulties, read_difficulty);
		found->difficulty_count = err ? 0 : reply->rows;
	}
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left)
		return;
	bool good = mine->err.fault == FAULT_NONE;
	mine->done(mine, good ? found : NULL, good ? NULL : &mine->err);
}

void incidents_read(struct store *store, struct scope *scope, struct incidents_ask *mine,
                    day_t from, day_t to)
{
	static const char *const sql[] = { "select * from desk.outages($1::date, $2::date, 5000)",
		"select * from desk.difficulties($1::date, $2::date, 5000)" };
	char first[16], last[16];
	mine->left = 2;
	mine->err.fault = FAULT_NONE;
	mine->incidents = (struct incidents){ 0 };
	for (int i = 0; i < 2; i++) {
		mine->parts[i] = (struct ask){ .done = on_part, .repeat = true, .into = mine->into,
			.owner = mine };
		bool all = from == DAY_NONE;
		store_ask(store, scope, &mine->parts[i], sql[i],
		          (struct param[]){ PARAM_TEXT(all ? NULL : day_write_iso(from, first, sizeof first)),
		                            PARAM_TEXT(all ? NULL : day_write_iso(to, last, sizeof last)) }, 2);
	}
}

/* ---- what became of a slip ---- */

static void read_step(const struct reply *reply, int row, void *out)
{
	*(struct difficulty_step *)out = (struct difficulty_step){ MOMENT(at), TEXT(by_name),
		TEXT(from_state), TEXT(to_state), TEXT(note) };
}

static void on_steps(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct difficulty_steps_ask *mine = OWNER_OF(ask, struct difficulty_steps_ask, ask);
	struct error unfit;
	const struct difficulty_step *rows =
		sync_rows(reply, &err, &unfit, mine->into, sizeof *rows, read_step);
	mine->done(mine, rows, err ? 0 : reply->rows, err);
}

void difficulty_steps_read(struct store *store, struct scope *scope,
                           struct difficulty_steps_ask *mine, int64_t difficulty_id)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)difficulty_id);
	mine->ask = (struct ask){ .done = on_steps, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.difficulty_steps($1::bigint)",
	          (struct param[]){ PARAM_TEXT(id) }, 1);
}

void difficulty_move(struct store *store, struct scope *scope, struct sync_act_ask *mine,
                     int64_t difficulty_id, const char *state, const char *note)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)difficulty_id);
	sync_act(store, scope, mine, "select desk.difficulty_move($1::bigint, $2, $3)",
	         (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(state), PARAM_TEXT(note) }, 3);
}
