/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store/store.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"
#include "core/store/seal.h"
#include "core/store/store_private.h"

static void fill_defaults(struct store *store, const struct store_settings *set)
{
	store->set = *set;
	if (!store->set.connect_ms)
		store->set.connect_ms = 4000;
	if (!store->set.ask_ms)
		store->set.ask_ms = 20000;
	if (!store->set.statement_ms)
		store->set.statement_ms = 15000;
	if (!store->set.silence_ms)
		store->set.silence_ms = 25000;
	store->set.server = arena_string(&store->arena, set->server);
	if (set->user)
		store->set.user = arena_string(&store->arena, set->user);
	store->set.program = arena_string(&store->arena, set->program ? set->program : "motcua");
	store->set.password = NULL;
	if (set->password) {
		store->password = strdup(set->password);
		if (!store->password)
			abort();
	}
}

static void empty(struct slots *slots)
{
	*slots = (struct slots){ .last = &slots->first };
}

struct store *store_open(struct loop *loop, const struct store_settings *set, struct error *err)
{
	struct store *store = calloc(1, sizeof *store);
	if (!store)
		abort();
	store->loop = loop;
	fill_defaults(store, set);
	empty(&store->waiting);
	empty(&store->flight);
	empty(&store->finished);
	store->watch = (struct watch){ .fd = -1 };
	store->deliver.fire = pipe_deliver;
	if (!connect_read(store, store->set.server, err))
		return store_close(store);
	fail(&store->trouble, FAULT_OFFLINE, "%s", _("Đang kết nối cơ sở dữ liệu…"));
	connect_plan(store, 1); /* nobody is called back from inside */
	return store;
}

static void drop_all(struct slots *slots)
{
	for (struct slot *slot; (slot = slots_take(slots));) {
		slot_detach(slot);
		slot_free(slot);
	}
}

static void wipe(struct store *store)
{
	connect_drop(store);
	drop_all(&store->waiting);
	drop_all(&store->flight);
	drop_all(&store->finished);
	loop_cancel(store->loop, &store->retry);
	loop_cancel(store->loop, &store->deliver);
	store_greet(store, NULL, NULL, NULL, 0);
	if (store->password) {
		seal_wipe(store->password, strlen(store->password));
		free(store->password);
		store->password = NULL;
	}
	while (store->channels) {
		struct channel_name *next = store->channels->next;
		free(store->channels);
		store->channels = next;
	}
	PQconninfoFree(store->options);
	store->options = NULL;
	arena_free(&store->round);
	arena_free(&store->arena);
}

struct store *store_close(struct store *store)
{
	if (!store || store->closed)
		return NULL;
	store->closed = true;
	wipe(store);
	if (store->depth == 0)
		free(store);
	return NULL;
}

void store_enter(struct store *store)
{
	store->depth++;
}

bool store_leave(struct store *store)
{
	store->depth--;
	if (!store->closed)
		return false;
	if (store->depth == 0)
		free(store);
	return true;
}

void store_tell(struct store *store, enum store_state state, const struct error *err)
{
	store->state = state;
	store->trouble = err ? *err : (struct error){ 0 };
	if (store->set.state)
		store->set.state(store, state, err);
}

enum store_state store_state(const struct store *store)
{
	return store->state;
}

const struct error *store_trouble(const struct store *store)
{
	return &store->trouble;
}

void *store_owner(const struct store *store)
{
	return store->set.owner;
}

struct loop *store_loop(const struct store *store)
{
	return store->loop;
}

int store_pending(const struct store *store)
{
	return store->waiting.count + store->flight.count + store->finished.count;
}

/* ---- the queue ---- */

static void copy_params(struct slot *slot, const struct param *params, int count)
{
	slot->count = count;
	slot->values = ARENA_MANY(&slot->arena, const char *, count + 1);
	slot->lengths = ARENA_MANY(&slot->arena, int, count + 1);
	slot->formats = ARENA_MANY(&slot->arena, int, count + 1);
	for (int i = 0; i < count; i++) {
		if (params[i].bytes) {
			slot->values[i] = arena_copy(&slot->arena, params[i].bytes, params[i].size);
			slot->lengths[i] = (int)params[i].size;
			slot->formats[i] = 1;
		} else if (params[i].text) {
			slot->values[i] = arena_string(&slot->arena, params[i].text);
		}
	}
}

struct slot *slot_new(struct store *store, enum slot_kind kind, const char *sql,
                      const struct param *params, int count)
{
	struct slot *slot = calloc(1, sizeof *slot);
	if (!slot)
		abort();
	slot->store = store;
	slot->kind = kind;
	slot->sql = sql;
	copy_params(slot, params, count);
	return slot;
}

void slot_free(struct slot *slot)
{
	loop_cancel(slot->store->loop, &slot->limit);
	loop_cancel(slot->store->loop, &slot->slow);
	PQclear(slot->result);
	/* What was asked may be personal, or a password. */
	for (int i = 0; i < slot->count; i++)
		if (slot->values[i])
			seal_wipe((void *)slot->values[i],
			          slot->formats[i] ? (size_t)slot->lengths[i]
			                           : strlen(slot->values[i]));
	arena_free(&slot->arena);
	free(slot);
}

/* Nobody waits for it any more. */
void slot_detach(struct slot *slot)
{
	if (slot->ask) {
		scope_remove(&slot->task);
		slot->ask->slot = NULL;
		slot->ask = NULL;
	}
	loop_cancel(slot->store->loop, &slot->limit);
	loop_cancel(slot->store->loop, &slot->slow);
}

static void forget(struct slot *slot)
{
	struct store *store = slot->store;
	slot_detach(slot);
	if (slot->kind == SLOT_GREET)
		return;
	struct slot *at = store->flight.first;
	while (at && at != slot)
		at = at->next;
	if (at)
		return; /* sent: its answer must still be read */
	slots_remove(&store->waiting, slot);
	slots_remove(&store->finished, slot);
	slot_free(slot);
}

static void on_scope_end(struct task *task)
{
	forget(OWNER_OF(task, struct slot, task));
}

void ask_forget(struct ask *ask)
{
	if (ask->slot)
		forget(ask->slot);
}

/* A struct that is filled anew no longer knows its slot. */
static void forget_earlier(struct store *store, const struct ask *ask)
{
	const struct slots *const all[] = { &store->waiting, &store->flight, &store->finished };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		for (struct slot *slot = all[i]->first, *next; slot; slot = next) {
			next = slot->next;
			if (slot->ask == ask)
				forget(slot);
		}
}

static void on_limit(struct timer *timer)
{
	struct slot *slot = OWNER_OF(timer, struct slot, limit);
	struct store *store = slot->store;
	struct ask *ask = slot->ask;
	struct error err = { 0 };
	int waiting = store->waiting.count;
	slots_remove(&store->waiting, slot);
	bool sent = waiting == store->waiting.count;
	if (!sent && store->state != STORE_READY)
		err = store->trouble;
	else if (sent && !slot->repeat)
		fail(&err, FAULT_OFFLINE, "%s",
		     _("Máy chủ chưa trả lời, chưa rõ việc này đã ghi hay chưa. Xem lại trước khi làm lại."));
	else
		fail(&err, FAULT_OFFLINE, "%s", _("Máy chủ chưa trả lời. Thử lại sau giây lát."));
	err.fault = FAULT_OFFLINE;
	if (!err.log[0])
		because(&err, "time limit of the ask passed (%s)", sent ? "sent" : "not sent");
	slot_detach(slot);
	if (!sent)
		slot_free(slot);
	store_enter(store);
	ask->done(ask, NULL, &err);
	store_leave(store);
}

static void on_slow(struct timer *timer)
{
	struct slot *slot = OWNER_OF(timer, struct slot, slow);
	struct store *store = slot->store;
	store_enter(store);
	slot->ask->waiting(slot->ask);
	store_leave(store);
}

void store_ask(struct store *store, struct scope *scope, struct ask *ask, const char *sql,
               const struct param *params, int count)
{
	forget_earlier(store, ask);
	struct slot *slot = slot_new(store, SLOT_ASK, sql, params, count);
	slot->ask = ask;
	slot->repeat = ask->repeat;
	slot->binary = ask->binary;
	ask->slot = slot;
	ask->hint[0] = '\0';
	slot->task.end = on_scope_end;
	if (scope)
		scope_add(scope, &slot->task);
	slot->limit.fire = on_limit;
	slot->slow.fire = on_slow;
	bool refused = store->state == STORE_REFUSED;
	if (refused || (ask->at_once && store->state != STORE_READY)) {
		slot->failed = true;
		slot->err = store->trouble;
		slots_add(&store->finished, slot);
		pipe_soon(store);
		return;
	}
	loop_after(store->loop, &slot->limit, ask->limit_ms ? ask->limit_ms : store->set.ask_ms);
	if (ask->waiting)
		loop_after(store->loop, &slot->slow, ask->waiting_ms ? ask->waiting_ms : 800);
	slots_add(&store->waiting, slot);
	pipe_send(store);
}

/* ---- LISTEN and the greeting ---- */

static bool plain_name(const char *name)
{
	size_t n = strlen(name);
	return n > 0 && n < 63 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

/* LISTEN takes no parameter: the channel's letters are checked instead. */
static void say_listen(struct store *store, const char *verb, const char *channel)
{
	struct slot *slot = slot_new(store, SLOT_ASK, NULL, NULL, 0);
	slot->sql = arena_format(&slot->arena, "%s %s", verb, channel);
	slots_add(&store->waiting, slot);
	pipe_send(store);
}

void store_listen(struct store *store, const char *channel)
{
	if (!plain_name(channel))
		abort();
	for (struct channel_name *at = store->channels; at; at = at->next)
		if (strcmp(at->name, channel) == 0)
			return;
	struct channel_name *fresh = calloc(1, sizeof *fresh);
	if (!fresh)
		abort();
	memcpy(fresh->name, channel, strlen(channel) + 1);
	fresh->next = store->channels;
	store->channels = fresh;
	if (store->linked)
		say_listen(store, "listen", channel);
}

void store_unlisten(struct store *store, const char *channel)
{
	for (struct channel_name **at = &store->channels; *at; at = &(*at)->next) {
		if (strcmp((*at)->name, channel) != 0)
			continue;
		struct channel_name *gone = *at;
		*at = gone->next;
		if (store->linked)
			say_listen(store, "unlisten", gone->name);
		free(gone);
		return;
	}
}

void store_greet(struct store *store, struct ask *ask, const char *sql, const struct param *params,
                 int count)
{
	arena_free(&store->greet_arena);
	store->greet_arena = (struct arena){ 0 };
	store->greet = sql ? ask : NULL;
	store->greet_sql = sql;
	store->greet_count = count;
	store->greet_params = ARENA_MANY(&store->greet_arena, struct param, count + 1);
	for (int i = 0; i < count; i++)
		if (params[i].text)
			store->greet_params[i].text = arena_string(&store->greet_arena, params[i].text);
	if (!sql)
		arena_free(&store->greet_arena);
}
