/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/courier/post.h"

/* Lines in one statement: a commit more matters little beyond it. */
#define MOST_LINES 200

static void flush(struct ledger *);

static void add(struct book *book, struct trip *trip)
{
	struct trip **last = &book->wait;
	while (*last)
		last = &(*last)->next_booked;
	*last = trip;
	trip->next_booked = NULL;
}

/* The trip of that message leaves those that are in the database's hands. */
static struct trip *take(struct book *book, int64_t message)
{
	for (struct trip **at = &book->out; *at; at = &(*at)->next_booked)
		if ((*at)->errand.message == message) {
			struct trip *trip = *at;
			*at = trip->next_booked;
			return trip;
		}
	return NULL;
}

static struct trip *first(struct book *book)
{
	struct trip *trip = book->out;
	if (trip)
		book->out = trip->next_booked;
	return trip;
}

/* At most so many of the gathered ones go out. */
static int move(struct book *book)
{
	int count = 0;
	book->out = book->wait;
	for (struct trip **at = &book->out; *at; at = &(*at)->next_booked)
		if (++count == MOST_LINES) {
			book->wait = (*at)->next_booked;
			(*at)->next_booked = NULL;
			return count;
		}
	book->wait = NULL;
	return count;
}

/* Those the database did not name have lost their lease; with an error nobody
 * knows, and the leases run out by themselves. */
static void named(struct ledger *ledger, struct book *book, const char *what,
                  const struct reply *reply, const struct error *err,
                  void (*go_on)(struct trip *, bool kept))
{
	struct trip *trip;
	if (err)
		log_error(what, err);
	for (int row = 0; !err && row < reply->rows; row++)
		if ((trip = take(book, reply_number(reply, row, "message_id", 0))))
			go_on(trip, true);
	while ((trip = first(book)))
		go_on(trip, false);
	flush(ledger);
}

static void begun(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct ledger *ledger = ask->owner;
	named(ledger, &ledger->begins, "begin", reply, err, trip_begun);
}

static void remembered(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct ledger *ledger = ask->owner;
	named(ledger, &ledger->memories, "remember", reply, err, trip_remembered);
}

static void finished(struct ask *ask, const struct reply *reply, const struct error *err)
{
	struct ledger *ledger = ask->owner;
	struct book *book = &ledger->finishes;
	struct trip *trip;
	if (err)
		log_error("finish", err);
	for (int row = 0; !err && row < reply->rows; row++)
		if ((trip = take(book, reply_number(reply, row, "message_id", 0))))
			trip_finished(trip, true, reply_flag(reply, row, "more"));
	while ((trip = first(book))) {
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
	struct book *book = &ledger->begins;
	int count = move(book);
	struct trip *trip = book->out;
	for (int i = 0; i < count; i++, trip = trip->next_booked) {
		ids[i] = trip->errand.message;
		fences[i] = trip->errand.fence;
	}
	struct engine *engine = ledger->engine;
	book->ask = (struct ask){ .done = begun, .owner = ledger };
	wire_begin_all(engine->plan.store, &engine->scope, &book->ask, ids, fences, count);
}

/* The lines of the trips that go out, as a JSON array, malloc'ed. */
static char *take_lines(struct book *book)
{
	json_t *lines = json_array();
	move(book);
	for (struct trip *trip = book->out; trip; trip = trip->next_booked)
		json_array_append(lines, trip->result);
	char *text = json_dumps(lines, JSON_COMPACT);
	if (!text)
		abort();
	json_decref(lines);
	return text;
}

static void flush_lines(struct ledger *ledger, struct book *book,
                        void (*done)(struct ask *, const struct reply *, const struct error *),
                        void (*write)(struct store *, struct scope *, struct ask *, const char *))
{
	struct engine *engine = ledger->engine;
	char *lines = take_lines(book);
	book->ask = (struct ask){ .done = done, .owner = ledger };
	write(engine->plan.store, &engine->scope, &book->ask, lines);
	free(lines);
}

static bool due(const struct book *book)
{
	return book->wait && !book->out;
}

static void flush(struct ledger *ledger)
{
	if (due(&ledger->begins))
		flush_begins(ledger);
	if (due(&ledger->memories))
		flush_lines(ledger, &ledger->memories, remembered, wire_remember_all);
	if (due(&ledger->finishes))
		flush_lines(ledger, &ledger->finishes, finished, wire_finish_all);
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
	add(&ledger->begins, trip);
	flush_soon(ledger);
}

void ledger_remember(struct ledger *ledger, struct trip *trip)
{
	json_decref(trip->result);
	trip->result = json_pack("{s:I, s:I, s:O}", "message_id", (json_int_t)trip->errand.message,
	                         "fence", (json_int_t)trip->errand.fence, "memory", trip->memory);
	if (!trip->result)
		abort();
	add(&ledger->memories, trip);
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
	add(&ledger->finishes, trip);
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
	struct book *books[] = { &ledger->begins, &ledger->memories, &ledger->finishes };
	for (size_t i = 0; i < sizeof books / sizeof *books; i++)
		if (drop(&books[i]->wait, trip) || drop(&books[i]->out, trip))
			return;
}

void ledger_start(struct ledger *ledger, struct engine *engine)
{
	ledger->engine = engine;
	ledger->soon.fire = soon;
}

void ledger_stop(struct ledger *ledger)
{
	loop_cancel(ledger->engine->loop, &ledger->soon);
}
