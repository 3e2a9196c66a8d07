/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/courier/post.h"

/* Lines in one statement: a commit more matters little beyond it. */
#define MOST_LINES 200

static void flush(struct ledger *);

static void add(struct trip **list, struct trip *trip)
{
	while (*list)
		list = &(*list)->next_booked;
	*list = trip;
	trip->next_booked = NULL;
}

static struct trip *take(struct trip **list, int64_t message)
{
	for (struct trip **at = list; *at; at = &(*at)->next_booked)
		if ((*at)->errand.message == message) {
			struct trip *trip = *at;
			*at = trip->next_booked;
			return trip;
		}
	return NULL;
}

/* At most so many of the gathered ones go out. */
static int move(struct trip **from, struct trip **to)
{
	int count = 0;
	*to = *from;
	for (struct trip **at = to; *at; at = &(*at)->next_booked)
		if (++count == MOST_LINES) {
			*from = (*at)->next_booked;
			(*at)->next_booked = NULL;
			return count;
		}
	*from = NULL;
	return count;
}

/* Those the database did not name have lost their lease; with an error nobody
 * knows, and the leases run out by themselves. */
static void begun(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct ledger *ledger = ask->owner;
	if (err)
		log_error("begin", err);
	for (int row = 0; !err && row < reply->rows; row++) {
		struct trip *trip =
			take(&ledger->begin_out, reply_number(reply, row, "message_id", 0));
		if (trip)
			trip_begun(trip, true);
	}
	while (ledger->begin_out) {
		struct trip *trip = ledger->begin_out;
		ledger->begin_out = trip->next_booked;
		trip_begun(trip, false);
	}
	flush(ledger);
}

static void finished(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct ledger *ledger = ask->owner;
	if (err)
		log_error("finish", err);
	for (int row = 0; !err && row < reply->rows; row++) {
		struct trip *trip =
			take(&ledger->finish_out, reply_number(reply, row, "message_id", 0));
		if (trip)
			trip_finished(trip, true, reply_flag(reply, row, "more"));
	}
	while (ledger->finish_out) {
		struct trip *trip = ledger->finish_out;
		ledger->finish_out = trip->next_booked;
		if (!err)
			log_line(LOG_WARN, "message %lld: the lease had gone to another courier",
			         (long long)trip->errand.message);
		trip_finished(trip, false, false);
	}
	flush(ledger);
}

static void flush_begins(struct ledger *ledger)
{
	int64_t ids[MOST_LINES], fences[MOST_LINES];
	int count = move(&ledger->begin_wait, &ledger->begin_out);
	struct trip *trip = ledger->begin_out;
	for (int i = 0; i < count; i++, trip = trip->next_booked) {
		ids[i] = trip->errand.message;
		fences[i] = trip->errand.fence;
	}
	struct engine *engine = ledger->engine;
	ledger->begin_ask = (struct ask){ .done = begun, .owner = ledger };
	wire_begin_all(engine->plan.store, &engine->scope, &ledger->begin_ask, ids, fences, count);
}

static void flush_finishes(struct ledger *ledger)
{
	struct engine *engine = ledger->engine;
	json_t *lines = json_array();
	move(&ledger->finish_wait, &ledger->finish_out);
	for (struct trip *trip = ledger->finish_out; trip; trip = trip->next_booked)
		json_array_append(lines, trip->result);
	char *text = json_dumps(lines, JSON_COMPACT);
	if (!text)
		abort();
	ledger->finish_ask = (struct ask){ .done = finished, .owner = ledger };
	wire_finish_all(engine->plan.store, &engine->scope, &ledger->finish_ask, text);
	free(text);
	json_decref(lines);
}

static void flush(struct ledger *ledger)
{
	if (ledger->begin_wait && !ledger->begin_out)
		flush_begins(ledger);
	if (ledger->finish_wait && !ledger->finish_out)
		flush_finishes(ledger);
}

static void soon(struct timer *timer)
{
	flush(OWNER_OF(timer, struct ledger, soon));
}

/* What happens in one turn of the loop goes together. */
static void flush_soon(struct ledger *ledger)
{
	if (!ledger->soon.armed)
		loop_after(ledger->engine->loop, &ledger->soon, 0);
}

void ledger_begin(struct ledger *ledger, struct trip *trip)
{
	add(&ledger->begin_wait, trip);
	flush_soon(ledger);
}

/* Their words may hold what JSON cannot: they were mended for the journal. */
static json_t *text(const char *words)
{
	json_t *string = json_string(words);
	return string ? string : json_string("");
}

void ledger_finish(struct ledger *ledger, struct trip *trip, const struct wire_result *result)
{
	json_decref(trip->result);
	trip->result = json_pack("{s:I, s:I, s:s, s:i, s:i, s:o, s:o, s:i}", "message_id",
	                         (json_int_t)trip->errand.message, "fence",
	                         (json_int_t)trip->errand.fence, "class", result->class,
	                         "http_code", result->http_code, "milliseconds",
	                         result->milliseconds, "reply", text(result->reply), "note",
	                         text(result->note), "retry_after", result->retry_after);
	if (!trip->result)
		abort();
	add(&ledger->finish_wait, trip);
	flush_soon(ledger);
}

static bool drop(struct trip **list, const struct trip *trip)
{
	for (struct trip **at = list; *at; at = &(*at)->next_booked)
		if (*at == trip) {
			*at = trip->next_booked;
			return true;
		}
	return false;
}

void ledger_forget(struct ledger *ledger, struct trip *trip)
{
	if (!drop(&ledger->begin_wait, trip) && !drop(&ledger->begin_out, trip) &&
	    !drop(&ledger->finish_wait, trip))
		drop(&ledger->finish_out, trip);
}

void ledger_start(struct ledger *ledger, struct engine *engine)
{
	ledger->engine = engine;
	ledger->soon.fire = soon;
}

void ledger_stop(struct ledger *ledger)
{
	loop_cancel(ledger->engine->loop, &ledger->soon);
	ledger->begin_wait = ledger->begin_out = ledger->finish_wait = ledger->finish_out = NULL;
}
