/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/hall.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/session.h"

struct hall {
	struct hall_calls calls;
	struct hall_facts facts;
	struct store *store;
	struct ask hello;
	struct arena arena;
	bool known;
	char schema[8];
	const char *kind;
};

static void on_hello(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct hall *hall = OWNER_OF(ask, struct hall, hello);
	char channel[64];
	if (err || reply->rows != 1)
		return; /* the state tells */
	/* Old strings stay: screens may point at them. */
#define TEXT(name) hall->facts.name = arena_string(&hall->arena, reply_text(reply, 0, #name))
	TEXT(unit_name);
	TEXT(parent_name);
	TEXT(organisation);
	TEXT(office);
#undef TEXT
	hall->facts.unit_id = reply_number(reply, 0, "unit_id", 0);
	hall->facts.practice = reply_flag(reply, 0, "practice");
	hall->facts.server_now = reply_moment(reply, 0, "server_now");
	hall->known = true;
	snprintf(channel, sizeof channel, "motcua_queue_%lld", (long long)hall->facts.unit_id);
	store_listen(hall->store, channel);
}

static void on_state(struct store *store, enum store_state state, const struct error *err)
{
	struct hall *hall = store_owner(store);
	if (state != STORE_CONNECTING)
		hall->calls.line(hall, state == STORE_READY ? NULL : err);
}

static void on_notify(struct store *store, const char *channel, const char *payload)
{
	struct hall *hall = store_owner(store);
	(void)channel, (void)payload;
	hall->calls.changed(hall);
}

static void on_again(struct store *store)
{
	struct hall *hall = store_owner(store);
	hall->calls.changed(hall);
}

struct hall *hall_open(struct loop *loop, const struct hall_plan *plan, const struct hall_calls *calls,
                       struct error *err)
{
	struct hall *hall = calloc(1, sizeof *hall);
	if (!hall)
		abort();
	hall->calls = *calls;
	hall->kind = arena_string(&hall->arena, plan->kind);
	const struct store_settings settings = { .server = plan->server, .user = plan->login,
		.password = plan->password, .program = "motcua-hall", .state = on_state, .notify = on_notify,
		.again = on_again, .owner = hall };
	hall->store = store_open(loop, &settings, err);
	if (!hall->store)
		return hall_close(hall);
	snprintf(hall->schema, sizeof hall->schema, "%d", SCHEMA_VERSION);
	hall->hello.done = on_hello;
	store_greet(hall->store, &hall->hello, "select * from hall.hello($1, $2::int)",
	            (struct param[]){ PARAM_TEXT(hall->kind), PARAM_TEXT(hall->schema) }, 2);
	return hall;
}

struct hall *hall_close(struct hall *hall)
{
	if (!hall)
		return NULL;
	hall->store = store_close(hall->store);
	arena_free(&hall->arena);
	free(hall);
	return NULL;
}

void *hall_owner(const struct hall *hall)
{
	return hall->calls.owner;
}

const struct hall_facts *hall_facts(const struct hall *hall)
{
	return hall->known ? &hall->facts : NULL;
}

bool hall_up(const struct hall *hall)
{
	return store_state(hall->store) == STORE_READY;
}

/* ---- kiosk ---- */

static void start(struct hall *hall, struct scope *scope, struct hall_ask *mine,
                  void (*done)(struct ask *, const struct reply *, const struct error *), const char *sql,
                  const struct param *params, int count)
{
	mine->ask.done = done;
	mine->ask.repeat = true; /* reads, and writes that carry a request or change nothing twice */
	mine->ask.into = mine->into;
	store_ask(hall->store, scope, &mine->ask, sql, params, count);
}

static void over(struct hall_ask *mine, const struct reply *reply, const struct error *err)
{
	struct error unfit;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	mine->done(mine, err);
}

static void on_choices(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct hall_ask *mine = OWNER_OF(ask, struct hall_ask, ask);
	mine->count = err ? 0 : reply->rows;
	struct hall_choice *rows = ARENA_MANY(mine->into, struct hall_choice, mine->count + 1);
	for (int i = 0; i < mine->count; i++)
		rows[i] = (struct hall_choice){ .series = reply_text(reply, i, "series"),
			.name = reply_text(reply, i, "name"), .counters = reply_text(reply, i, "counters"),
			.quick = reply_flag(reply, i, "quick"), .waiting = (int)reply_number(reply, i, "waiting", 0),
			.open = (int)reply_number(reply, i, "open", 0) };
	mine->choices = rows;
	over(mine, reply, err);
}

void hall_read_choices(struct hall *hall, struct scope *scope, struct hall_ask *mine)
{
	start(hall, scope, mine, on_choices, "select * from hall.kiosk_choices()", NULL, 0);
}

static void on_groups(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct hall_ask *mine = OWNER_OF(ask, struct hall_ask, ask);
	mine->count = err ? 0 : reply->rows;
	struct hall_group *rows = ARENA_MANY(mine->into, struct hall_group, mine->count + 1);
	for (int i = 0; i < mine->count; i++)
		rows[i] = (struct hall_group){ reply_text(reply, i, "code"), reply_text(reply, i, "name") };
	mine->groups = rows;
	over(mine, reply, err);
}

void hall_read_groups(struct hall *hall, struct scope *scope, struct hall_ask *mine)
{
	start(hall, scope, mine, on_groups, "select * from hall.kiosk_groups()", NULL, 0);
}

static void on_taken(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct hall_ask *mine = OWNER_OF(ask, struct hall_ask, ask);
	if (!err)
		mine->ticket = (struct hall_ticket){ .number = reply_text(reply, 0, "number"),
			.name = reply_text(reply, 0, "name"), .priority = reply_text(reply, 0, "priority_name"),
			.counters = reply_text(reply, 0, "counters"), .before = (int)reply_number(reply, 0, "before", 0),
			.taken_at = reply_moment(reply, 0, "taken_at"), .slot = reply_moment(reply, 0, "slot"),
			.again = reply_flag(reply, 0, "again") };
	over(mine, reply, err);
}

void hall_take(struct hall *hall, struct scope *scope, struct hall_ask *mine, const char *request,
               const char *series, const char *priority, const char *person, const char *booking, int limit_ms)
{
	mine->ask = (struct ask){ .limit_ms = limit_ms };
	start(hall, scope, mine, on_taken, "select * from hall.kiosk_take($1::uuid, $2, $3, $4, $5)",
	      (struct param[]){ PARAM_TEXT(request), PARAM_TEXT(series), PARAM_TEXT(priority), PARAM_TEXT(person),
	                        PARAM_TEXT(booking) }, 5);
}

static void on_blocks(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct hall_ask *mine = OWNER_OF(ask, struct hall_ask, ask);
	mine->count = err ? 0 : reply->rows;
	struct hall_block *rows = ARENA_MANY(mine->into, struct hall_block, mine->count + 1);
	for (int i = 0; i < mine->count; i++)
		rows[i] = (struct hall_block){ reply_text(reply, i, "series"), reply_day(reply, i, "day"),
			(int)reply_number(reply, i, "first", 0), (int)reply_number(reply, i, "last", -1) };
	mine->blocks = rows;
	over(mine, reply, err);
}

void hall_reserve(struct hall *hall, struct scope *scope, struct hall_ask *mine, const char *series, int least)
{
	char number[16];
	snprintf(number, sizeof number, "%d", least);
	start(hall, scope, mine, on_blocks, "select * from hall.kiosk_reserve($1::text[], $2::int)",
	      (struct param[]){ PARAM_TEXT(series), PARAM_TEXT(number) }, 2);
}

void hall_ahead(struct hall *hall, struct scope *scope, struct hall_ask *mine, const char *series, int days)
{
	char number[16];
	snprintf(number, sizeof number, "%d", days);
	start(hall, scope, mine, on_blocks, "select * from hall.kiosk_ahead($1::text[], $2::int)",
	      (struct param[]){ PARAM_TEXT(series), PARAM_TEXT(number) }, 2);
}

static void on_bookings(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct hall_ask *mine = OWNER_OF(ask, struct hall_ask, ask);
	mine->count = err ? 0 : reply->rows;
	struct hall_booking *rows = ARENA_MANY(mine->into, struct hall_booking, mine->count + 1);
	for (int i = 0; i < mine->count; i++)
		rows[i] = (struct hall_booking){ reply_text(reply, i, "code"), reply_text(reply, i, "series"), reply_moment(reply, i, "slot"),
			reply_moment(reply, i, "until") };
	mine->bookings = rows;
	over(mine, reply, err);
}

void hall_read_bookings(struct hall *hall, struct scope *scope, struct hall_ask *mine, int days)
{
	char number[16];
	snprintf(number, sizeof number, "%d", days);
	start(hall, scope, mine, on_bookings, "select * from hall.kiosk_bookings($1::int)", (struct param[]){ PARAM_TEXT(number) }, 1);
}

static void on_key(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct hall_ask *mine = OWNER_OF(ask, struct hall_ask, ask);
	mine->key = err ? "" : reply_text(reply, 0, "key");
	mine->key_day = err ? DAY_NONE : reply_day(reply, 0, "day");
	over(mine, reply, err);
}

void hall_read_key(struct hall *hall, struct scope *scope, struct hall_ask *mine)
{
	start(hall, scope, mine, on_key, "select * from hall.kiosk_key()", NULL, 0);
}

static void on_done(struct ask *ask, const struct reply *reply, const struct error *err)
{
	over(OWNER_OF(ask, struct hall_ask, ask), reply, err);
}

void hall_reconcile(struct hall *hall, struct scope *scope, struct hall_ask *mine, const struct hall_given *given,
                    int count, day_t key_day)
{
	json_t *rows = json_array();
	for (int i = 0; i < count; i++) {
		char day[16], at[40];
		json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:s}", "request", given[i].request, "day",
			day_write_iso(given[i].day, day, sizeof day), "series", given[i].series, "number", given[i].number,
			"priority", given[i].priority, "taken_at", moment_write_iso(given[i].taken_at, at, sizeof at), "booking", given[i].booking,
			"person", given[i].day == key_day ? given[i].person : ""));
	}
	char *text = json_dumps(rows, JSON_COMPACT);
	start(hall, scope, mine, on_done, "select hall.kiosk_reconcile($1::jsonb)", (struct param[]){ PARAM_TEXT(text) }, 1);
	free(text);
	json_decref(rows);
}

/* ---- display ---- */

static void board_over(struct hall_board *board, const struct reply *reply, const struct error *err)
{
	struct error unfit;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	board->done(board, err);
}

static void on_waiting(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct hall_board *board = OWNER_OF(ask, struct hall_board, second);
	board->waiting_count = err ? board->waiting_count : reply->rows < HALL_SERIES ? reply->rows : HALL_SERIES;
	for (int i = 0; !err && i < board->waiting_count; i++) {
		struct hall_waiting *row = &board->waiting[i];
		snprintf(row->series, sizeof row->series, "%s", reply_text(reply, i, "series"));
		row->waiting = (int)reply_number(reply, i, "waiting", 0);
	}
	board_over(board, reply, err);
}

static void on_calls(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct hall_board *board = OWNER_OF(ask, struct hall_board, ask);
	struct error unfit;
	if (!err && !reply_whole(reply, &unfit))
		err = &unfit;
	if (err) {
		board->done(board, err);
		return;
	}
	board->call_count = reply->rows < HALL_CALLS ? reply->rows : HALL_CALLS;
	for (int i = 0; i < board->call_count; i++) {
		struct hall_call *row = &board->calls[i];
		row->call = reply_number(reply, i, "call", 0);
		snprintf(row->number, sizeof row->number, "%s", reply_text(reply, i, "number"));
		snprintf(row->counter, sizeof row->counter, "%s", reply_text(reply, i, "counter"));
		row->calls = (int)reply_number(reply, i, "calls", 1);
		row->age = (int)reply_number(reply, i, "age", 0);
	}
	board->second = (struct ask){ .done = on_waiting, .repeat = true };
	store_ask(board->hall->store, board->scope, &board->second, "select * from hall.display_waiting()", NULL, 0);
}

void hall_read_board(struct hall *hall, struct scope *scope, struct hall_board *board)
{
	board->hall = hall;
	board->scope = scope;
	board->ask = (struct ask){ .done = on_calls, .repeat = true };
	store_ask(hall->store, scope, &board->ask, "select * from hall.display_calls(6)", NULL, 0);
}
