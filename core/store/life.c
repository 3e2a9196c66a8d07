/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/life.h"

#include <stdio.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)
#define DAY(name)    .name = reply_day(reply, row, #name)

static void read_facts(struct life_ask *mine, const struct reply *reply)
{
	const int row = 0;
	if (!reply->rows)
		return;
	mine->life = (struct life){ NUMBER(asked), MOMENT(check_until), TEXT(checking), DAY(supplement_until), NUMBER(extensions),
		DAY(apology_day), MOMENT(forecast), MOMENT(proposal), TEXT(legal_value), TEXT(legal_unit), MOMENT(legal_due), MOMENT(undo_until),
		TEXT(last_act), TEXT(counter_act), TEXT(holder), TEXT(holder_kind), TEXT(holder_place), .steps = mine->life.steps,
		.hands = mine->life.hands, .step_count = mine->life.step_count, .hand_count = mine->life.hand_count };
}

static void read_steps(struct life_ask *mine, const struct reply *reply)
{
	struct life_step *rows = ARENA_MANY(mine->into, struct life_step, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		rows[row] = (struct life_step){ TEXT(name), TEXT(role), TEXT(held_by), TEXT(limit_value), TEXT(limit_unit), TEXT(state),
			MOMENT(due_at), MOMENT(started_at), MOMENT(ended_at), NUMBER(seq), NUMBER(sent_back) };
	mine->life.steps = rows;
	mine->life.step_count = reply->rows;
}

static void read_hands(struct life_ask *mine, const struct reply *reply)
{
	struct life_hand *rows = ARENA_MANY(mine->into, struct life_hand, reply->rows + 1);
	for (int row = 0; row < reply->rows; row++)
		rows[row] = (struct life_hand){ TEXT(kind), TEXT(name), TEXT(place), TEXT(giver), TEXT(giver_place), TEXT(outcome), TEXT(note),
			MOMENT(at), MOMENT(until_at), NUMBER(minutes) };
	mine->life.hands = rows;
	mine->life.hand_count = reply->rows;
}

/* All are waited for: an ask must not be given back while it is out. */
static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	static void (*const readers[])(struct life_ask *, const struct reply *) = { read_facts, read_steps, read_hands };
	struct life_ask *mine = ask->owner;
	struct error unfit;
	if (!err && mine->err.fault == FAULT_NONE) {
		readers[ask - mine->parts](mine, reply);
		if (!reply_whole(reply, &unfit))
			err = &unfit;
	}
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left)
		return;
	bool good = mine->err.fault == FAULT_NONE;
	mine->done(mine, good ? &mine->life : NULL, good ? NULL : &mine->err);
}

void life_read(struct store *store, struct scope *scope, struct life_ask *mine, int64_t dossier_id)
{
	static const char *const sql[] = { "select * from desk.dossier_life($1::bigint)",
		"select seq, name, role, held_by, trim_scale(limit_value) as limit_value, limit_unit, due_at, state, started_at, ended_at, sent_back"
		" from desk.dossier_steps($1::bigint)",
		"select * from desk.dossier_holders($1::bigint)" };
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	mine->err = (struct error){ 0 };
	mine->life = (struct life){ .checking = "", .legal_value = "", .legal_unit = "", .last_act = "", .counter_act = "", .holder = "",
		.holder_kind = "", .holder_place = "", .check_until = MOMENT_NONE, .supplement_until = DAY_NONE, .apology_day = DAY_NONE,
		.forecast = MOMENT_NONE, .proposal = MOMENT_NONE, .legal_due = MOMENT_NONE, .undo_until = MOMENT_NONE };
	mine->left = 3;
	for (int i = 0; i < 3; i++) {
		mine->parts[i] = (struct ask){ .done = on_part, .repeat = true, .into = mine->into, .owner = mine };
		store_ask(store, scope, &mine->parts[i], sql[i], (struct param[]){ PARAM_TEXT(id) }, 1);
	}
}

static void on_side(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct act_ask *mine = OWNER_OF(ask, struct act_ask, ask);
	mine->paper_id = err ? 0 : reply_number(reply, 0, "paper_id", 0);
	mine->done(mine, err ? 0 : (int)reply_number(reply, 0, "version", 0), err);
}

void side_do(struct store *store, struct scope *scope, struct act_ask *mine, int64_t dossier_id, int version, const char *act,
             const struct side_facts *f)
{
	char id[24], seen[16], due[40];
	snprintf(id, sizeof id, "%lld", (long long)dossier_id);
	snprintf(seen, sizeof seen, "%d", version);
	/* Repeated only where the request id keeps it from being done twice. */
	mine->ask = (struct ask){ .done = on_side, .repeat = f->request_id != NULL };
	store_ask(store, scope, &mine->ask,
	          "select version, paper_id from desk.side_act($1::bigint, $2::int, $3, jsonb_strip_nulls(jsonb_build_object('request_id', $4::text,"
	          " 'reason', $5::text, 'basis', $6::text, 'to', $7::text, 'new_due', $8::text)))",
	          (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(seen), PARAM_TEXT(act), PARAM_TEXT(f->request_id), PARAM_TEXT(f->reason),
	                            PARAM_TEXT(f->basis), PARAM_TEXT(f->to), PARAM_TEXT(f->new_due ? moment_write_iso(f->new_due, due, sizeof due) : NULL) }, 8);
}
