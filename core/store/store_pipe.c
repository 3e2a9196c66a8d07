/* SPDX-License-Identifier: Apache-2.0
 *
 * The pipeline: every statement with a Sync of its own, so that each is a
 * transaction and one failure never spoils its neighbours. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/store_private.h"

#define MOST_FLIGHT 64 /* statements sent and not answered */
#define TURN_MS     3  /* then let the keyboard have its turn */

static void check_broken(struct store *store)
{
	store->broken = true;
	pipe_soon(store);
}

static bool send_slot(struct store *store, struct slot *slot)
{
	return PQsendQueryParams(store->conn, slot->sql, slot->count, NULL, slot->values,
	                         slot->lengths, slot->formats, slot->binary) == 1 &&
	       PQpipelineSync(store->conn) == 1;
}

static void flush(struct store *store)
{
	int left = PQflush(store->conn);
	if (left < 0)
		check_broken(store);
	store->watch.events = (short)(POLLIN | (left == 1 ? POLLOUT : 0));
}

static void on_silence(struct timer *timer)
{
	struct store *store = OWNER_OF(timer, struct store, silence);
	connect_lost(store, "asks in flight and no answer");
}

static void mind_silence(struct store *store)
{
	store->silence.fire = on_silence;
	if (store->flight.count)
		loop_after(store->loop, &store->silence, store->set.silence_ms);
	else
		loop_cancel(store->loop, &store->silence);
}

void pipe_send(struct store *store)
{
	if (store->state != STORE_READY || store->broken || !store->waiting.first)
		return;
	bool idle = store->flight.count == 0;
	while (store->waiting.first && store->flight.count < MOST_FLIGHT) {
		if (!send_slot(store, store->waiting.first)) {
			check_broken(store);
			return;
		}
		slots_add(&store->flight, slots_take(&store->waiting));
	}
	if (idle)
		mind_silence(store);
	flush(store);
}

/* ---- opening ---- */

static bool pipe_setup(struct store *store, const char *sql, const struct param *params, int count)
{
	struct slot *slot = slot_new(store, SLOT_SETUP, NULL, params, count);
	slot->sql = arena_string(&slot->arena, sql);
	slots_add(&store->flight, slot);
	store->setup_left++;
	return send_slot(store, slot);
}

static bool send_greeting(struct store *store)
{
	if (!store->greet)
		return true;
	struct slot *slot = slot_new(store, SLOT_GREET, store->greet_sql, store->greet_params,
	                             store->greet_count);
	slot->ask = store->greet;
	slot->ask->slot = slot;
	slot->ask->hint[0] = '\0';
	slots_add(&store->flight, slot);
	store->setup_left++;
	return send_slot(store, slot);
}

/* Compiling a plan takes longer than any of our statements runs. */
static const char SETTINGS[] =
	"select set_config('statement_timeout', $1, false), set_config('timezone', "
	"'Asia/Ho_Chi_Minh', false), set_config('datestyle', 'ISO, DMY', false), "
	"set_config('jit', 'off', false), "
	"set_config('idle_in_transaction_session_timeout', '60000', false)";

void pipe_open(struct store *store)
{
	store->linked = true;
	store->watch.ready = pipe_ready;
	char ms[16];
	snprintf(ms, sizeof ms, "%d", store->set.statement_ms);
	bool good = PQsetnonblocking(store->conn, 1) == 0 && PQenterPipelineMode(store->conn) == 1 &&
	            pipe_setup(store, SETTINGS, (struct param[]){ PARAM_TEXT(ms) }, 1);
	for (struct channel_name *at = store->channels; good && at; at = at->next) {
		char listen[80];
		snprintf(listen, sizeof listen, "listen %s", at->name);
		good = pipe_setup(store, listen, NULL, 0);
	}
	if (!good || !send_greeting(store)) {
		connect_lost(store, PQerrorMessage(store->conn));
		return;
	}
	mind_silence(store);
	flush(store);
}

static void become_ready(struct store *store)
{
	bool again = store->was_ready;
	store->was_ready = true;
	store->failures = 0;
	store_enter(store);
	store_tell(store, STORE_READY, NULL);
	if (again && !store->closed && store->set.again)
		store->set.again(store);
	if (!store_leave(store))
		pipe_send(store);
}

/* ---- handing out ---- */

static void hand_out(struct slot *slot)
{
	struct ask *ask = slot->ask;
	struct error err = slot->err;
	bool failed = slot->failed;
	struct reply reply = { 0 };
	slot_detach(slot);
	if (!ask) {
		slot_free(slot);
		return;
	}
	if (!failed) {
		ExecStatusType status = PQresultStatus(slot->result);
		failed = status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK;
		if (failed)
			reply_error(slot->result, &err, ask->hint);
		else
			reply_copy(&reply, slot->result, ask->into ? ask->into : &slot->arena,
			           ask->binary, ask->verbatim);
	}
	ask->done(ask, failed ? NULL : &reply, failed ? &err : NULL);
	slot_free(slot);
}

void pipe_soon(struct store *store)
{
	if (!store->deliver.armed)
		loop_after(store->loop, &store->deliver, 1);
}

static void setup_answered(struct store *store, struct slot *slot)
{
	ExecStatusType status = PQresultStatus(slot->result);
	bool good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
	struct error err = { 0 };
	char hint[64];
	if (!good)
		reply_error(slot->result, &err, hint);
	bool greeting = slot->kind == SLOT_GREET;
	hand_out(slot);
	if (store->closed || !store->conn)
		return;
	store->setup_left--;
	if (!good && greeting && err.fault != FAULT_OFFLINE)
		connect_refuse(store, &err);
	else if (!good)
		connect_lost(store, err.log);
	else if (store->setup_left == 0)
		become_ready(store);
}

/* Hands out until the turn's time is used up. */
static void deliver(struct store *store)
{
	int64_t until = store->loop->clock() + TURN_MS;
	while (!store->closed && store->finished.first) {
		struct slot *slot = slots_take(&store->finished);
		if (slot->kind == SLOT_ASK)
			hand_out(slot);
		else
			setup_answered(store, slot);
		if (!store->closed && store->finished.first && store->loop->clock() >= until) {
			pipe_soon(store);
			return;
		}
	}
}

void pipe_deliver(struct timer *timer)
{
	struct store *store = OWNER_OF(timer, struct store, deliver);
	store_enter(store);
	if (store->broken && store->conn)
		connect_lost(store, PQerrorMessage(store->conn));
	deliver(store);
	store_leave(store);
}

/* ---- receiving ---- */

/* One result; false when the connection is at its end. */
static bool take_result(struct store *store, PGresult *result)
{
	struct slot *slot = store->flight.first;
	ExecStatusType status = PQresultStatus(result);
	if (status == PGRES_PIPELINE_SYNC) {
		PQclear(result);
		loop_cancel(store->loop, &slot->limit);
		loop_cancel(store->loop, &slot->slow);
		slots_add(&store->finished, slots_take(&store->flight));
		return true;
	}
	struct error err = { 0 };
	char hint[64];
	bool ending = status == PGRES_FATAL_ERROR && !reply_error(result, &err, hint);
	if (slot->result || ending)
		PQclear(result); /* the first answer counts */
	else
		slot->result = result;
	if (ending)
		connect_lost(store, err.log);
	return !ending;
}

/* False when the connection was lost. */
static bool receive(struct store *store)
{
	if (!PQconsumeInput(store->conn)) {
		connect_lost(store, PQerrorMessage(store->conn));
		return false;
	}
	while (store->flight.first && !PQisBusy(store->conn)) {
		PGresult *result = PQgetResult(store->conn);
		if (result) {
			store->nulls = 0;
			if (!take_result(store, result))
				return false;
		} else if (++store->nulls > 3) {
			store->nulls = 0;
			break; /* libpq has nothing more */
		}
	}
	if (PQstatus(store->conn) == CONNECTION_BAD) {
		connect_lost(store, PQerrorMessage(store->conn));
		return false;
	}
	return true;
}

static void tell_notified(struct store *store)
{
	for (PGnotify *note; store->conn && (note = PQnotifies(store->conn));) {
		if (store->set.notify)
			store->set.notify(store, note->relname, note->extra);
		PQfreemem(note);
		if (store->closed)
			return;
	}
}

void pipe_ready(struct watch *watch, short revents)
{
	(void)revents;
	struct store *store = OWNER_OF(watch, struct store, watch);
	store_enter(store);
	if (receive(store)) {
		mind_silence(store);
		tell_notified(store);
		if (!store->closed)
			deliver(store);
		if (!store->closed && store->conn) {
			pipe_send(store);
			flush(store);
		}
	}
	store_leave(store);
}
