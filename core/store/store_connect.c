/* SPDX-License-Identifier: Apache-2.0
 *
 * Connecting: one host after another, each of its addresses after another,
 * each with our own time limit.  libpq gets addresses only: a name would make
 * it resolve, and wait, inside the loop. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/base/say.h"
#include "core/store/seal.h"
#include "core/store/store_private.h"

#define MOST_ADDRESSES 16
#define RESOLVE_MS     4000
#define BACKOFF_MOST   8000

static void try_host(struct store *);
static void try_address(struct store *);

/* ---- one round over all hosts ---- */

static void round_failed(struct store *store)
{
	struct error err = store->trouble;
	long ms = 250L << (store->failures < 5 ? store->failures : 5);
	if (ms > BACKOFF_MOST)
		ms = BACKOFF_MOST;
	uint8_t jitter;
	seal_random(&jitter, 1);
	ms += ms * jitter / 1024; /* many counters must not come back at once */
	store->failures++;
	connect_plan(store, ms);
	if (store->state != STORE_LOST) {
		store_enter(store);
		store_tell(store, STORE_LOST, &err);
		store_leave(store);
	}
}

static void on_retry(struct timer *timer)
{
	struct store *store = OWNER_OF(timer, struct store, retry);
	connect_drop(store);
	store->host_at = 0;
	try_host(store);
}

void connect_plan(struct store *store, long ms)
{
	store->retry.fire = on_retry;
	loop_after(store->loop, &store->retry, ms);
}

void store_hurry(struct store *store)
{
	if (store->retry.armed)
		loop_after(store->loop, &store->retry, 1);
}

static void next_host(struct store *store)
{
	store->host_at++;
	try_host(store);
}

static void next_address(struct store *store)
{
	connect_drop(store);
	store->address_at++;
	try_address(store);
}

static bool numeric(const char *name)
{
	struct in6_addr any;
	return inet_pton(AF_INET, name, &any) == 1 || inet_pton(AF_INET6, name, &any) == 1;
}

static void add_address(struct store *store, const char *address, size_t length)
{
	for (int i = 0; i < store->address_count; i++)
		if (strlen(store->addresses[i]) == length &&
		    memcmp(store->addresses[i], address, length) == 0)
			return;
	if (store->address_count < MOST_ADDRESSES)
		store->addresses[store->address_count++] =
			arena_copy(&store->round, address, length);
}

/* "192.0.2.7       STREAM db1" a line, each address three times. */
static void on_resolved(struct child *child)
{
	struct store *store = OWNER_OF(child, struct store, resolver);
	const char *line = child->status == 0 ? bytes_string(&child->out) : "";
	while (*line) {
		size_t length = strcspn(line, " \t\n");
		if (length)
			add_address(store, line, length);
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	child_clear(child);
	if (store->address_count == 0) {
		fail(&store->trouble, FAULT_OFFLINE, _("Không tìm thấy máy chủ %s trong mạng."),
		     store->hosts[store->host_at].name);
		because(&store->trouble, "getent ahosts %s: status %d%s",
		        store->hosts[store->host_at].name, child->status,
		        child->timed_out ? ", timed out" : "");
		next_host(store);
		return;
	}
	store->address_at = 0;
	try_address(store);
}

static void resolve(struct store *store, const char *name)
{
	const char *argv[] = { "getent", "ahosts", name, NULL };
	const struct child_plan plan = { .argv = argv, .output_limit = 65536,
		.timeout_ms = RESOLVE_MS };
	if (!child_start(store->loop, &store->scope, &store->resolver, &plan, on_resolved,
	                 &store->trouble))
		next_host(store);
}

static void try_host(struct store *store)
{
	if (store->host_at >= store->host_count) {
		round_failed(store);
		return;
	}
	arena_free(&store->round);
	store->addresses = ARENA_MANY(&store->round, const char *, MOST_ADDRESSES);
	store->address_count = 0;
	const struct host *host = &store->hosts[store->host_at];
	if (host->address) {
		add_address(store, host->address, strlen(host->address));
	} else if (!host->name || *host->name == '/' || *host->name == '@') {
		store->addresses[store->address_count++] = NULL;
	} else if (numeric(host->name)) {
		add_address(store, host->name, strlen(host->name));
	} else {
		resolve(store, host->name);
		return;
	}
	store->address_at = 0;
	try_address(store);
}

/* ---- one address ---- */

static void on_poll(struct watch *, short);

static void follow(struct store *store, PostgresPollingStatusType polled)
{
	store->watch.fd = PQsocket(store->conn);
	store->watch.ready = on_poll;
	store->watch.events = polled == PGRES_POLLING_READING ? POLLIN : POLLOUT;
	loop_watch(store->loop, &store->watch);
}

/* A host that answers and refuses is not asked again: that would lock a clerk
 * out who mistyped once. */
static void address_failed(struct store *store)
{
	connect_error(store->conn, &store->trouble);
	if (store->trouble.fault == FAULT_DENIED || store->trouble.fault == FAULT_INPUT) {
		struct error err = store->trouble;
		connect_refuse(store, &err);
		return;
	}
	next_address(store);
}

static void on_poll(struct watch *watch, short revents)
{
	(void)revents;
	struct store *store = OWNER_OF(watch, struct store, watch);
	PostgresPollingStatusType polled = PQconnectPoll(store->conn);
	if (polled == PGRES_POLLING_FAILED) {
		address_failed(store);
		return;
	}
	if (polled != PGRES_POLLING_OK) {
		follow(store, polled);
		return;
	}
	follow(store, polled);
	loop_cancel(store->loop, &store->connect_limit);
	pipe_open(store);
}

static void on_connect_limit(struct timer *timer)
{
	struct store *store = OWNER_OF(timer, struct store, connect_limit);
	const struct host *host = &store->hosts[store->host_at];
	fail(&store->trouble, FAULT_OFFLINE, "%s", _("Máy chủ cơ sở dữ liệu không trả lời."));
	because(&store->trouble, "connect to %s: no answer in %d ms", host->name ? host->name : "-",
	        store->set.connect_ms);
	next_address(store);
}

static void on_notice(void *owner, const char *text)
{
	(void)owner;
	(void)text; /* libpq would write it over the screen */
}

static void try_address(struct store *store)
{
	if (store->address_at >= store->address_count) {
		next_host(store);
		return;
	}
	store->conn = connect_start(store, store->addresses[store->address_at]);
	if (!store->conn)
		abort();
	PQsetNoticeProcessor(store->conn, on_notice, NULL);
	PQsetErrorVerbosity(store->conn, PQERRORS_VERBOSE); /* SQLSTATE in the text */
	if (PQstatus(store->conn) == CONNECTION_BAD) {
		address_failed(store);
		return;
	}
	store->connect_limit.fire = on_connect_limit;
	loop_after(store->loop, &store->connect_limit, store->set.connect_ms);
	follow(store, PGRES_POLLING_WRITING);
}

/* ---- the end of a connection ---- */

void connect_drop(struct store *store)
{
	scope_end(&store->scope);
	loop_cancel(store->loop, &store->connect_limit);
	loop_cancel(store->loop, &store->silence);
	loop_unwatch(store->loop, &store->watch);
	if (store->conn) {
		/* So that PQfinish's farewell cannot wait for a server that hangs. */
		if (store->broken && PQsocket(store->conn) >= 0)
			shutdown(PQsocket(store->conn), SHUT_RDWR);
		PQfinish(store->conn);
	}
	store->conn = NULL;
	store->linked = false;
	store->broken = false;
	store->setup_left = 0;
	store->nulls = 0;
}

static void fail_slot(struct store *store, struct slot *slot, const struct error *err)
{
	loop_cancel(store->loop, &slot->limit);
	loop_cancel(store->loop, &slot->slow);
	slot->failed = true;
	slot->err = *err;
	slots_add(&store->finished, slot);
	pipe_soon(store);
}

/* What was sent and may be repeated goes back in front of the queue; what may
 * not, fails: nobody knows whether the server did it. */
static void sort_sent(struct store *store)
{
	struct slots kept = { .first = NULL };
	kept.last = &kept.first;
	struct error err = { 0 };
	fail(&err, FAULT_OFFLINE, "%s",
	     _("Mất kết nối, chưa rõ việc này đã ghi hay chưa. Xem lại trước khi làm lại."));
	because(&err, "connection lost after the statement was sent");
	for (struct slot *slot; (slot = slots_take(&store->flight));) {
		PQclear(slot->result);
		slot->result = NULL;
		if (slot->kind != SLOT_ASK || !slot->ask) {
			slot_detach(slot);
			slot_free(slot);
		} else if (slot->repeat) {
			slots_add(&kept, slot);
		} else {
			fail_slot(store, slot, &err);
		}
	}
	for (struct slot *slot; (slot = slots_take(&store->waiting));)
		slots_add(&kept, slot);
	for (struct slot *slot; (slot = slots_take(&kept));)
		slots_add(&store->waiting, slot);
}

void connect_lost(struct store *store, const char *cause)
{
	struct error err = { 0 };
	fail(&err, FAULT_OFFLINE, "%s", _("Mất kết nối cơ sở dữ liệu, đang nối lại…"));
	because(&err, "connection lost: %s", cause);
	store->broken = true;
	connect_drop(store);
	sort_sent(store);
	store->trouble = err;
	round_failed(store);
}

void connect_refuse(struct store *store, const struct error *err)
{
	store->broken = true;
	connect_drop(store);
	loop_cancel(store->loop, &store->retry);
	sort_sent(store);
	for (struct slot *slot; (slot = slots_take(&store->waiting));)
		fail_slot(store, slot, err);
	store_enter(store);
	store_tell(store, STORE_REFUSED, err);
	store_leave(store);
}
