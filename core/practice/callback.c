/* SPDX-License-Identifier: Apache-2.0
 *
 * A plain POST over a socket of this machine, inside the loop. */
#include "core/practice/callback.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/bytes.h"
#include "core/base/path.h"

#define LIMIT_MS 15000
/* After a call that nobody kept. */
#define REST_MS  500
#define MOST_KEPT 50

struct callbacks {
	struct loop *loop;
	struct world *world;
	const char *port_file;
	json_t *queue;              /* of the dial: [{system, call, body, key}]      */
	struct watch watch;
	struct timer limit;
	int64_t rest_until;
	bool open;                  /* a call is under way                           */
	struct bytes out, in;
	size_t sent;
	json_t *under_way;          /* {system, call, code}; without code: the dial's */
};

static void finish(struct callbacks *calls);

static const char *word(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? text : "";
}

/* 0: nobody listens. */
static unsigned port_of(const struct callbacks *calls)
{
	struct arena arena = { 0 };
	char *text;
	unsigned long port = 0;
	if (path_read(&arena, calls->port_file, &text, NULL, NULL))
		port = strtoul(text, NULL, 10);
	arena_free(&arena);
	return port < 65536 ? (unsigned)port : 0;
}

static void write_request(struct callbacks *calls, const char *system, const char *name, const json_t *body,
                          const char *key)
{
	json_t *whole = json_copy((json_t *)(uintptr_t)body);
	json_object_set_new(whole, "SecurityCode", json_string(key));
	char *text = json_dumps(whole, JSON_COMPACT);
	if (!text)
		abort();
	bytes_clear(&calls->out);
	bytes_clear(&calls->in);
	bytes_format(&calls->out, "POST /%s/%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
	                          "Content-Type: application/json; charset=utf-8\r\nContent-Length: %zu\r\n\r\n%s",
	             system, name, strlen(text), text);
	calls->sent = 0;
	free(text);
	json_decref(whole);
}

static void talk(struct watch *watch, short revents)
{
	struct callbacks *calls = OWNER_OF(watch, struct callbacks, watch);
	char piece[4096];
	ssize_t n;
	if (revents & (POLLERR | POLLNVAL)) {
		finish(calls);
		return;
	}
	if (calls->sent < calls->out.size) {
		n = send(watch->fd, calls->out.data + calls->sent, calls->out.size - calls->sent, MSG_NOSIGNAL);
		if (n > 0)
			calls->sent += (size_t)n;
		else if (errno != EAGAIN)
			finish(calls);
		if (calls->open && calls->sent == calls->out.size)
			watch->events = POLLIN;
		return;
	}
	n = recv(watch->fd, piece, sizeof piece, 0);
	if (n > 0 && calls->in.size < 65536)
		bytes_add(&calls->in, piece, (size_t)n);
	else if (n >= 0 || errno != EAGAIN)
		finish(calls);
}

static bool call_up(struct callbacks *calls, unsigned port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		                       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS) {
		close(fd);
		return false;
	}
	calls->open = true;
	calls->watch.fd = fd;
	calls->watch.events = POLLOUT;
	loop_watch(calls->loop, &calls->watch);
	loop_after(calls->loop, &calls->limit, LIMIT_MS);
	return true;
}

/* What the dial wants said, else the next word of a land dossier; sets under_way. */
static bool next_call(struct callbacks *calls)
{
	const char *code, *name = "";
	json_t *kept, *asked = json_array_get(calls->queue, 0);
	if (asked) {
		const char *key = json_string_value(json_object_get(asked, "key"));
		write_request(calls, word(asked, "system"), word(asked, "call"), json_object_get(asked, "body"),
		              key ? key : "tap-duyet");
		calls->under_way = json_pack("{s:s, s:s}", "system", word(asked, "system"), "call", word(asked, "call"));
		json_array_remove(calls->queue, 0);
		return true;
	}
	struct world_system *system = world_find(calls->world, "dat-dai");
	json_object_foreach(system->dossiers, code, kept) {
		json_t *body = dat_dai_says(system, code, kept, &name);
		if (!body)
			continue;
		write_request(calls, system->code, name, body, "tap-duyet");
		calls->under_way = json_pack("{s:s, s:s, s:s}", "system", system->code, "call", name, "code", code);
		json_decref(body);
		return true;
	}
	return false;
}

void callbacks_look(struct callbacks *calls)
{
	if (!calls->port_file || calls->open || monotonic_ms() < calls->rest_until)
		return;
	unsigned port = port_of(calls);
	if (!port || !next_call(calls))
		return;
	if (!call_up(calls, port))
		finish(calls);
}

/* The answer, for whoever compares both sides; 0: there was none. */
static void note(struct callbacks *calls, struct world_system *system, int status)
{
	const char *body = strstr(bytes_string(&calls->in), "\r\n\r\n");
	json_t *reply = body ? json_loads(body + 4, 0, NULL) : NULL;
	json_t *list = json_object_get(system->extra, "calls");
	if (!json_is_array(list)) {
		list = json_array();
		json_object_set_new(system->extra, "calls", list);
	}
	if (json_array_size(list) == MOST_KEPT)
		json_array_remove(list, 0);
	json_array_append_new(list, json_pack("{s:s, s:i, s:o}", "call", word(calls->under_way, "call"), "status",
	                                      status, "reply", reply ? reply : json_null()));
	calls->world->changed = true;
}

static void hang_up(struct callbacks *calls)
{
	if (calls->open) {
		loop_unwatch(calls->loop, &calls->watch);
		close(calls->watch.fd);
	}
	calls->open = false;
	loop_cancel(calls->loop, &calls->limit);
}

static void finish(struct callbacks *calls)
{
	int status = 0;
	struct world_system *system = world_find(calls->world, word(calls->under_way, "system"));
	const char *code = json_string_value(json_object_get(calls->under_way, "code"));
	hang_up(calls);
	if (sscanf(bytes_string(&calls->in), "HTTP/1.1 %3d", &status) != 1)
		status = 0;
	json_t *kept = system && code ? world_kept(system, code) : NULL;
	/* What was answered was heard; the rest is said again. */
	if (kept && status == 200)
		dat_dai_said(kept);
	if (system && (!code || status == 200))
		note(calls, system, status);
	json_decref(calls->under_way);
	calls->under_way = NULL;
	if (status == 200)
		callbacks_look(calls);
	else
		calls->rest_until = monotonic_ms() + REST_MS;
}

static void too_late(struct timer *timer)
{
	finish(OWNER_OF(timer, struct callbacks, limit));
}

bool callbacks_turn(struct callbacks *calls, const json_t *request)
{
	if (!world_find(calls->world, word(request, "system")) || !*word(request, "call") ||
	    !json_is_object(json_object_get(request, "body")))
		return false;
	json_array_append(calls->queue, (json_t *)(uintptr_t)request);
	callbacks_look(calls);
	return true;
}

struct callbacks *callbacks_start(struct loop *loop, struct world *world, const char *port_file)
{
	struct callbacks *calls = calloc(1, sizeof *calls);
	if (!calls)
		abort();
	*calls = (struct callbacks){ .loop = loop, .world = world, .port_file = port_file, .queue = json_array(),
		                     .watch.ready = talk, .limit.fire = too_late };
	return calls;
}

void callbacks_stop(struct callbacks *calls)
{
	if (!calls)
		return;
	hang_up(calls);
	json_decref(calls->under_way);
	json_decref(calls->queue);
	bytes_free(&calls->out);
	bytes_free(&calls->in);
	free(calls);
}
