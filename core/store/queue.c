/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "core/store/queue_own.h"
#include "core/store/seal.h"

void queue_over(struct queue_ask *mine, const struct reply *reply, const struct error *err)
{
	struct error unfit;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	mine->done(mine, err);
}

/* Acts are not repeated after a lost reply: the panel reads what became of them. */
static void start(struct store *store, struct scope *scope, struct queue_ask *mine,
                  void (*done)(struct ask *, const struct reply *, const struct error *), bool repeat,
                  const char *sql, const struct param *params, int count)
{
	mine->ask = (struct ask){ .done = done, .repeat = repeat, .at_once = !repeat, .into = mine->into };
	store_ask(store, scope, &mine->ask, sql, params, count);
}

/* ---- reading ---- */

struct queue_ticket queue_ticket_of(const struct reply *reply, int row)
{
	return (struct queue_ticket){ .ticket_id = reply_number(reply, row, "ticket_id", 0), .number = reply_text(reply, row, "number"),
		.queue = reply_text(reply, row, "queue"), .queue_name = reply_text(reply, row, "queue_name"),
		.priority = reply_text(reply, row, "priority_name"), .kind = reply_text(reply, row, "kind"),
		.state = reply_text(reply, row, "state"), .part = "", .counter = reply_text(reply, row, "counter_code"),
		.to_counter = reply_text(reply, row, "to_counter"), .calls = (int)reply_number(reply, row, "calls", 0),
		.dossiers = (int)reply_number(reply, row, "dossiers", 0), .slot = reply_moment(reply, row, "slot"),
		.taken_at = reply_moment(reply, row, "taken_at"), .called_at = reply_moment(reply, row, "called_at"),
		.serving_at = reply_moment(reply, row, "serving_at"), .done_at = MOMENT_NONE };
}

static void on_tickets(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	mine->count = err ? 0 : reply->rows;
	mine->counter_state = "";
	struct queue_ticket *rows = ARENA_MANY(mine->into, struct queue_ticket, mine->count + 1);
	int kept = 0;
	for (int i = 0; i < mine->count; i++) {
		mine->counter_state = reply_text(reply, i, "counter_state");
		if (reply_null(reply, i, "ticket_id"))
			continue; /* the row that only tells the counter's state */
		rows[kept] = queue_ticket_of(reply, i);
		rows[kept].part = reply_text(reply, i, "part");
		rows[kept++].lane = (int)reply_number(reply, i, "lane", 3);
	}
	mine->count = kept;
	mine->tickets = rows;
	queue_over(mine, reply, err);
}

void queue_read(struct store *store, struct scope *scope, struct queue_ask *mine, const char *counter)
{
	start(store, scope, mine, on_tickets, true,
	      "select c.state as counter_state, m.* from (select coalesce((select q.state from desk.queue_counters() q"
	      " where q.code = $1), '') as state) c left join desk.queue_mine(300) m on true",
	      (struct param[]){ PARAM_TEXT(counter) }, 1);
}

static void on_series(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	mine->count = err ? 0 : reply->rows;
	struct queue_series *rows = ARENA_MANY(mine->into, struct queue_series, mine->count + 1);
	for (int i = 0; i < mine->count; i++)
		rows[i] = (struct queue_series){ .series = reply_text(reply, i, "series"), .name = reply_text(reply, i, "name"),
			.quick = reply_flag(reply, i, "quick"), .forms = reply_flag(reply, i, "forms"),
			.waiting = (int)reply_number(reply, i, "waiting", 0),
			.longest = (int)reply_number(reply, i, "longest_wait", 0),
			.median = (int)reply_number(reply, i, "median_wait", 0),
			.counters_open = (int)reply_number(reply, i, "counters_open", 0),
			.no_show = (int)reply_number(reply, i, "no_show", 0), .done = (int)reply_number(reply, i, "done", 0) };
	mine->series = rows;
	queue_over(mine, reply, err);
}

void queue_read_series(struct store *store, struct scope *scope, struct queue_ask *mine)
{
	start(store, scope, mine, on_series, true, "select q.*, q.fields <> '{}' as forms from desk.queue_now() q", NULL, 0);
}

/* ---- acts ---- */

static void on_number(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	mine->ticket_id = 0;
	if (!err && reply->rows == 1) {
		mine->ticket_id = reply_number(reply, 0, "ticket_id", 0);
		snprintf(mine->number, sizeof mine->number, "%s", reply_text(reply, 0, "number"));
	}
	queue_over(mine, reply, err);
}

void queue_call_next(struct store *store, struct scope *scope, struct queue_ask *mine)
{
	start(store, scope, mine, on_number, false, "select * from desk.queue_call_next()", NULL, 0);
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	queue_over(OWNER_OF(ask, struct queue_ask, ask), reply, err);
}

/* An act on a ticket: $1 is its id, the rest as given. */
static void act(struct store *store, struct scope *scope, struct queue_ask *mine, const char *sql, int64_t ticket,
                const char *second, const char *third, const char *fourth)
{
	char id[24];
	snprintf(id, sizeof id, "%lld", (long long)ticket);
	const struct param params[] = { PARAM_TEXT(id), PARAM_TEXT(second), PARAM_TEXT(third), PARAM_TEXT(fourth) };
	int count = fourth ? 4 : third ? 3 : second ? 2 : 1;
	start(store, scope, mine, on_done, false, sql, params, count);
}

void queue_call(struct store *store, struct scope *scope, struct queue_ask *mine, int64_t ticket)
{
	act(store, scope, mine, "select desk.queue_call($1::bigint)", ticket, NULL, NULL, NULL);
}

void queue_act(struct store *store, struct scope *scope, struct queue_ask *mine, int64_t ticket, const char *what)
{
	act(store, scope, mine, "select desk.queue_act($1::bigint, $2, '')", ticket, what, NULL, NULL);
}

void queue_back(struct store *store, struct scope *scope, struct queue_ask *mine, int64_t ticket)
{
	act(store, scope, mine, "select desk.queue_back($1::bigint)", ticket, NULL, NULL, NULL);
}

void queue_reopen(struct store *store, struct scope *scope, struct queue_ask *mine, int64_t ticket, const char *reason)
{
	act(store, scope, mine, "select desk.queue_reopen($1::bigint, $2)", ticket, reason, NULL, NULL);
}

void queue_transfer(struct store *store, struct scope *scope, struct queue_ask *mine, int64_t ticket,
                    const char *queue, const char *counter, const char *note)
{
	act(store, scope, mine, "select desk.queue_transfer($1::bigint, $2, $3, $4)", ticket, queue, counter, note);
}

void queue_cancel(struct store *store, struct scope *scope, struct queue_ask *mine, int64_t ticket, const char *note)
{
	act(store, scope, mine, "select desk.queue_cancel($1::bigint, $2)", ticket, note, NULL, NULL);
}

void queue_walk_in(struct store *store, struct scope *scope, struct queue_ask *mine, const char *series)
{
	char request[37];
	seal_uuid(request);
	start(store, scope, mine, on_number, false, "select * from desk.queue_walk_in($1::uuid, $2, '')",
	      (struct param[]){ PARAM_TEXT(request), PARAM_TEXT(series) }, 2);
}

void queue_counter(struct store *store, struct scope *scope, struct queue_ask *mine, const char *state,
                   const char *reason)
{
	start(store, scope, mine, on_done, false, "select desk.queue_counter($1, $2)",
	      (struct param[]){ PARAM_TEXT(state), PARAM_TEXT(reason) }, 2);
}

static void on_booked(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct queue_ask *mine = OWNER_OF(ask, struct queue_ask, ask);
	if (!err) {
		mine->code = reply_text(reply, 0, "code");
		mine->slot = reply_moment(reply, 0, "slot");
	}
	queue_over(mine, reply, err);
}

void queue_book(struct store *store, struct scope *scope, struct queue_ask *mine, const char *series, moment_t wanted)
{
	char at[40], request[37];
	seal_uuid(request);
	start(store, scope, mine, on_booked, true, "select * from desk.queue_book($1, $2::timestamptz, $3::uuid)",
	      (struct param[]){ PARAM_TEXT(series), PARAM_TEXT(moment_write_iso(wanted, at, sizeof at)), PARAM_TEXT(request) }, 3);
}
