/* SPDX-License-Identifier: Apache-2.0
 *
 * The numbers of today behind a figure, what happened to each, what came of it. */
#include <stdio.h>

#include "core/store/queue.h"

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define MOMENT(name) .name = reply_moment(reply, row, #name)

static void over(struct queue_ask *mine, const struct reply *reply, const struct error *err)
{
	struct error unfit;
	mine->count = err ? 0 : reply->rows;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	mine->done(mine, err);
}

static void on_tickets(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	int count = err ? 0 : reply->rows;
	struct queue_ticket *rows = ARENA_MANY(mine->into, struct queue_ticket, count + 1);
	for (int row = 0; row < count; row++)
		rows[row] = (struct queue_ticket){ .ticket_id = reply_number(reply, row, "ticket_id", 0), TEXT(number), TEXT(queue), TEXT(queue_name),
			.priority = reply_text(reply, row, "priority_name"), TEXT(kind), TEXT(state), .part = "", .counter = reply_text(reply, row, "counter_code"),
			TEXT(to_counter), .calls = (int)reply_number(reply, row, "calls", 0), .dossiers = (int)reply_number(reply, row, "dossiers", 0),
			MOMENT(slot), MOMENT(taken_at), MOMENT(called_at), MOMENT(serving_at), MOMENT(done_at) };
	mine->tickets = rows;
	over(mine, reply, err);
}

static void on_events(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	int count = err ? 0 : reply->rows;
	struct queue_event *rows = ARENA_MANY(mine->into, struct queue_event, count + 1);
	for (int row = 0; row < count; row++)
		rows[row] = (struct queue_event){ MOMENT(at), TEXT(act), TEXT(queue), .counter = reply_text(reply, row, "counter_code"), TEXT(login), TEXT(note) };
	mine->events = rows;
	over(mine, reply, err);
}

static void on_dossiers(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	int count = err ? 0 : reply->rows;
	struct queue_dossier *rows = ARENA_MANY(mine->into, struct queue_dossier, count + 1);
	for (int row = 0; row < count; row++)
		rows[row] = (struct queue_dossier){ .dossier_id = reply_number(reply, row, "dossier_id", 0), TEXT(code) };
	mine->dossiers = rows;
	over(mine, reply, err);
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	over(OWNER_OF(ask, struct queue_ask, ask), reply, err);
}

void queue_read_day(struct store *store, struct scope *scope, struct queue_ask *mine, const char *series, const char *state)
{
	mine->ask = (struct ask){ .done = on_tickets, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select * from desk.queue_list($1, $2, 1000)", (struct param[]){ PARAM_TEXT(series), PARAM_TEXT(state) }, 2);
}

/* Asks about one ticket. */
static void about(struct store *store, struct scope *scope, struct queue_ask *mine, void (*done)(struct ask *, const struct reply *, const struct error *),
                  const char *sql, int64_t ticket)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)ticket);
	mine->ask = (struct ask){ .done = done, .repeat = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql, (struct param[]){ PARAM_TEXT(id) }, 1);
}

void queue_read_events(struct store *store, struct scope *scope, struct queue_ask *mine, int64_t ticket)
{
	about(store, scope, mine, on_events, "select * from desk.queue_events($1::bigint)", ticket);
}

void queue_read_dossiers(struct store *store, struct scope *scope, struct queue_ask *mine, int64_t ticket)
{
	about(store, scope, mine, on_dossiers, "select * from desk.queue_dossiers($1::bigint)", ticket);
}

void queue_reopen(struct store *store, struct scope *scope, struct queue_ask *mine, int64_t ticket, const char *reason)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)ticket);
	mine->ask = (struct ask){ .done = on_done, .at_once = true, .into = mine->into };
	store_ask(store, scope, &mine->ask, "select desk.queue_reopen($1::bigint, $2)", (struct param[]){ PARAM_TEXT(id), PARAM_TEXT(reason) }, 2);
}
