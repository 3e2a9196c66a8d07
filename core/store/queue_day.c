/* SPDX-License-Identifier: Apache-2.0
 *
 * The numbers of today behind a figure, what happened to each, what came of it. */
#include <stdio.h>

#include "core/store/queue_own.h"

#define TEXT(name)   .name = reply_text(reply, row, #name)
#define MOMENT(name) .name = reply_moment(reply, row, #name)

static void on_tickets(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	int count = err ? 0 : reply->rows;
	struct queue_ticket *rows = ARENA_MANY(mine->into, struct queue_ticket, count + 1);
	for (int row = 0; row < count; row++) {
		rows[row] = queue_ticket_of(reply, row);
		rows[row].done_at = reply_moment(reply, row, "done_at");
	}
	mine->tickets = rows;
	mine->count = count;
	queue_over(mine, reply, err);
}

static void on_events(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	int count = err ? 0 : reply->rows;
	struct queue_event *rows = ARENA_MANY(mine->into, struct queue_event, count + 1);
	for (int row = 0; row < count; row++)
		rows[row] = (struct queue_event){ MOMENT(at), TEXT(act), TEXT(queue), .counter = reply_text(reply, row, "counter_code"), TEXT(login), TEXT(note) };
	mine->events = rows;
	mine->count = count;
	queue_over(mine, reply, err);
}

static void on_dossiers(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	int count = err ? 0 : reply->rows;
	struct queue_dossier *rows = ARENA_MANY(mine->into, struct queue_dossier, count + 1);
	for (int row = 0; row < count; row++)
		rows[row] = (struct queue_dossier){ .dossier_id = reply_number(reply, row, "dossier_id", 0), TEXT(code) };
	mine->dossiers = rows;
	mine->count = count;
	queue_over(mine, reply, err);
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
