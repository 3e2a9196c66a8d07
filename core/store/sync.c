/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/sync_own.h"

#include <stdio.h>

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define NUMBER(name) .name = (int)reply_number(reply, row, #name, 0)
#define ID(name)     .name = reply_number(reply, row, #name, 0)
#define MOMENT(name) .name = reply_moment(reply, row, #name)

static void number(char out[24], int64_t value)
{
	snprintf(out, 24, "%lld", (long long)value);
}

void *sync_rows(const struct reply *reply, const struct error **err, struct error *unfit,
                struct arena *into, size_t size, void (*read)(const struct reply *, int row, void *out))
{
	if (*err)
		return NULL;
	char *rows = arena_take(into, size * (size_t)(reply->rows + 1));
	for (int i = 0; i < reply->rows; i++)
		read(reply, i, rows + size * (size_t)i);
	if (reply_whole(reply, unfit))
		return rows;
	*err = unfit;
	return NULL;
}

/* ---- systems ---- */

static void read_system(const struct reply *reply, int row, void *out)
{
	*(struct sync_system *)out = (struct sync_system){ TEXT(system), TEXT(name), TEXT(family),
		TEXT(state), TEXT(note), MOMENT(since), NUMBER(messages), NUMBER(dossiers),
		MOMENT(oldest_at), NUMBER(refused), NUMBER(held), NUMBER(silent),
		NUMBER(delivered_today), MOMENT(last_answer), MOMENT(last_try), MOMENT(next_try),
		.milliseconds = (int)reply_number(reply, row, "milliseconds", -1), NUMBER(alarm_hours),
		.told_only = reply_flag(reply, row, "told_only") };
}

static void on_systems(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct sync_systems_ask *mine = OWNER_OF(ask, struct sync_systems_ask, ask);
	struct error unfit;
	const struct sync_system *rows =
		sync_rows(reply, &err, &unfit, mine->into, sizeof *rows, read_system);
	mine->done(mine, rows, err ? 0 : reply->rows, err);
}

void sync_systems_read(struct store *store, struct scope *scope, struct sync_systems_ask *mine)
{
	mine->ask = (struct ask){ .done = on_systems, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select s.*, coalesce(c.taken, 0) as called_today, c.last_at as called_at,"
	          " coalesce(c.refused, 0) as call_refused"
	          " from (select x.*, row_number() over () as nth from desk.sync_systems() x) s"
	          " left join desk.callers() c on c.system = s.system order by s.nth", NULL, 0);
}

/* ---- messages ---- */

static void read_message(const struct reply *reply, int row, void *out)
{
	*(struct sync_message *)out = (struct sync_message){ ID(message_id), ID(dossier_id),
		TEXT(code), TEXT(owner_name), TEXT(system), TEXT(system_name), TEXT(kind),
		TEXT(state), TEXT(note), TEXT(foreign_code), TEXT(held_by), NUMBER(seq),
		NUMBER(attempts), NUMBER(silent_hours),
		.created_there = reply_flag(reply, row, "created_there"), MOMENT(made_at),
		MOMENT(changed_at), MOMENT(next_at) };
}

static void on_messages(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct sync_messages_ask *mine = OWNER_OF(ask, struct sync_messages_ask, ask);
	struct error unfit;
	const struct sync_message *rows =
		sync_rows(reply, &err, &unfit, mine->into, sizeof *rows, read_message);
	mine->done(mine, rows, err ? 0 : reply->rows, err);
}

void sync_messages_read(struct store *store, struct scope *scope, struct sync_messages_ask *mine,
                        const char *system, const char *state, int most)
{
	char count[24];
	number(count, most);
	mine->ask = (struct ask){ .done = on_messages, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.sync_messages($1, $2, $3::int)",
	          (struct param[]){ PARAM_TEXT(system), PARAM_TEXT(state), PARAM_TEXT(count) }, 3);
}

/* ---- one exchange ---- */

static void read_attempt(const struct reply *reply, int row, void *out)
{
	*(struct sync_attempt *)out = (struct sync_attempt){ MOMENT(at), TEXT(phase), TEXT(class),
		.by = reply_text(reply, row, "courier"), TEXT(reply), TEXT(note),
		NUMBER(http_code), NUMBER(milliseconds) };
}

static void read_field(const struct reply *reply, int row, void *out)
{
	*(struct sync_field *)out = (struct sync_field){ TEXT(path), TEXT(value) };
}

static void take_part(struct sync_exchange_ask *mine, long part, const struct reply *reply,
                      const struct error **err, struct error *unfit)
{
	struct sync_exchange *x = &mine->exchange;
	const struct sync_message *message;
	switch (part) {
	case 0:
		message = sync_rows(reply, err, unfit, mine->into, sizeof *message, read_message);
		if (message)
			x->message = *message;
		break;
	case 1:
		x->attempts = sync_rows(reply, err, unfit, mine->into, sizeof *x->attempts, read_attempt);
		x->attempt_count = *err ? 0 : reply->rows;
		break;
	default:
		x->fields = sync_rows(reply, err, unfit, mine->into, sizeof *x->fields, read_field);
		x->field_count = *err ? 0 : reply->rows;
	}
}

static void on_part(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct sync_exchange_ask *mine = ask->owner;
	struct error unfit;
	take_part(mine, ask - mine->parts, reply, &err, &unfit);
	if (err && mine->err.fault == FAULT_NONE)
		mine->err = *err;
	if (--mine->left)
		return;
	bool good = mine->err.fault == FAULT_NONE;
	mine->done(mine, good ? &mine->exchange : NULL, good ? NULL : &mine->err);
}

void sync_exchange_read(struct store *store, struct scope *scope, struct sync_exchange_ask *mine,
                        int64_t message_id)
{
	static const char *const sql[] = { "select * from desk.message($1::bigint)",
		"select * from desk.exchange($1::bigint)",
		"select * from desk.message_fields($1::bigint)" };
	char id[24];
	number(id, message_id);
	mine->left = 3;
	mine->err.fault = FAULT_NONE;
	mine->exchange = (struct sync_exchange){ 0 };
	for (int i = 0; i < 3; i++) {
		mine->parts[i] = (struct ask){ .done = on_part, .repeat = true, .into = mine->into,
			.owner = mine };
		store_ask(store, scope, &mine->parts[i], sql[i], (struct param[]){ PARAM_TEXT(id) }, 1);
	}
}

/* ---- what a hand does ---- */

static void on_act(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct sync_act_ask *mine = OWNER_OF(ask, struct sync_act_ask, ask);
	(void)reply;
	mine->done(mine, err);
}

void sync_act(struct store *store, struct scope *scope, struct sync_act_ask *mine, const char *sql,
              const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = on_act };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

void sync_hold(struct store *store, struct scope *scope, struct sync_act_ask *mine,
               int64_t dossier_id, const char *system, const char *reason)
{
	char id[24];
	number(id, dossier_id);
	sync_act(store, scope, mine, "select desk.hold($1::bigint, $2, $3)",
	         (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(system), PARAM_TEXT(reason) }, 3);
}

void sync_release(struct store *store, struct scope *scope, struct sync_act_ask *mine,
                  int64_t dossier_id, const char *system, const char *reason)
{
	char id[24];
	number(id, dossier_id);
	sync_act(store, scope, mine, "select desk.release($1::bigint, $2, $3)",
	         (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(system), PARAM_TEXT(reason) }, 3);
}

void sync_send_now(struct store *store, struct scope *scope, struct sync_act_ask *mine,
                   int64_t dossier_id, const char *system)
{
	char id[24];
	number(id, dossier_id);
	sync_act(store, scope, mine, "select desk.send_now($1::bigint, $2)",
	         (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(system) }, 2);
}
