/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/tidings.h"

#include <stdlib.h>

#include "core/base/log.h"
#include "core/courier/post.h"
#include "core/courier/wire_answers.h"

/* Lines in one transaction: it holds the rows of all its dossiers. */
#define MOST_LINES 40

static void flush(struct tidings *);

/* One line of theirs must not spoil the others: after an error each is told by
 * itself, and what cannot be told then is asked for again at the next look. */
static void told(struct ask *ask, const struct reply *reply, const struct error *err)
{
	(void)reply;
	struct tidings *tidings = ask->owner;
	if (err)
		log_error("told", err);
	bool again = err && err->fault != FAULT_OFFLINE && tidings->out && tidings->out->next_booked;
	struct trip **last = &tidings->out;
	for (; again && *last; last = &(*last)->next_booked)
		(*last)->told_alone = true;
	if (again) {
		*last = tidings->wait;
		tidings->wait = tidings->out;
		tidings->out = NULL;
	}
	while (tidings->out)
		trip_free(tidings->out); /* it leaves the list */
	flush(tidings);
}

/* From the front of those that wait: one that is told alone, or many. */
static json_t *take_lines(struct tidings *tidings)
{
	json_t *lines = json_array();
	struct trip **last = &tidings->out;
	while (tidings->wait && json_array_size(lines) < MOST_LINES) {
		struct trip *trip = tidings->wait;
		if (trip->told_alone && tidings->out)
			break;
		tidings->wait = trip->next_booked;
		trip->next_booked = NULL;
		*last = trip;
		last = &trip->next_booked;
		json_array_append(lines, trip->result);
		if (trip->told_alone)
			break;
	}
	return lines;
}

static void flush(struct tidings *tidings)
{
	struct engine *engine = tidings->engine;
	if (!tidings->wait || tidings->out)
		return;
	json_t *lines = take_lines(tidings);
	char *text = json_dumps(lines, JSON_COMPACT);
	if (!text)
		abort();
	tidings->ask = (struct ask){ .done = told, .owner = tidings };
	wire_told_all(engine->plan.aside, &engine->scope, &tidings->ask, text);
	free(text);
	json_decref(lines);
}

static void soon(struct timer *timer)
{
	flush(OWNER_OF(timer, struct tidings, soon));
}

void tidings_tell(struct tidings *tidings, struct trip *trip)
{
	struct trip **last = &tidings->wait;
	while (*last)
		last = &(*last)->next_booked;
	*last = trip;
	trip->next_booked = NULL;
	if (!tidings->soon.armed)
		loop_after(tidings->engine->loop, &tidings->soon, 0);
}

static void drop(struct trip **list, const struct trip *trip)
{
	while (*list && *list != trip)
		list = &(*list)->next_booked;
	if (*list)
		*list = trip->next_booked;
}

void tidings_forget(struct tidings *tidings, struct trip *trip)
{
	drop(&tidings->wait, trip);
	drop(&tidings->out, trip);
}

void tidings_start(struct tidings *tidings, struct engine *engine)
{
	tidings->engine = engine;
	tidings->soon.fire = soon;
}

void tidings_stop(struct tidings *tidings)
{
	loop_cancel(tidings->engine->loop, &tidings->soon);
	tidings->wait = tidings->out = NULL;
}
