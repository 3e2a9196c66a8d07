/* SPDX-License-Identifier: Apache-2.0
 *
 * libmicrohttpd inside the loop: its epoll descriptor is a watch, its time-out a
 * timer; whoever waits for the database is a suspended connection. */
#include "core/courier/door.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/say.h"

/* They send words and links; files are fetched.  The product of both is the most
 * that strangers can make us hold. */
#define MOST_BODY  ((size_t)1 << 20)
#define MOST_CALLS 32u
/* Silence ends a connection; a body that drips ends, too. */
#define SILENCE_SECONDS 10u
#define BODY_MS         20000

struct door {
	struct loop *loop;
	struct door_plan plan;
	struct MHD_Daemon *daemon;
	struct watch watch;
	struct timer timer; /* what libmicrohttpd asks for */
	struct door_call *calls;
	bool closing;
};

struct door_call {
	struct door *door;
	struct door_call *next, **self;
	struct MHD_Connection *connection;
	const char *method;
	char path[300];
	int64_t began;
	struct bytes body;
	struct bytes reply;
	unsigned status; /* 0: not answered yet */
	char retry_after[16];
	bool told, suspended;
};

const char *door_method(const struct door_call *call)
{
	return call->method;
}

const char *door_path(const struct door_call *call)
{
	return call->path;
}

const char *door_header(const struct door_call *call, const char *name)
{
	return MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, name);
}

const struct bytes *door_body(const struct door_call *call)
{
	return &call->body;
}

static void run(struct door *door)
{
	MHD_UNSIGNED_LONG_LONG wait;
	MHD_run(door->daemon);
	if (MHD_get_timeout(door->daemon, &wait) == MHD_YES)
		loop_after(door->loop, &door->timer, (int64_t)wait);
	else
		loop_cancel(door->loop, &door->timer);
}

static void readable(struct watch *watch, short revents)
{
	(void)revents;
	run(OWNER_OF(watch, struct door, watch));
}

static void late(struct timer *timer)
{
	run(OWNER_OF(timer, struct door, timer));
}

static enum MHD_Result send_reply(struct door_call *call)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		call->reply.size, (void *)(uintptr_t)bytes_string(&call->reply), MHD_RESPMEM_MUST_COPY);
	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", "application/json; charset=utf-8");
	if (call->retry_after[0])
		MHD_add_response_header(response, "Retry-After", call->retry_after);
	enum MHD_Result done = MHD_queue_response(call->connection, call->status, response);
	MHD_destroy_response(response);
	return done;
}

void door_answer(struct door_call *call, unsigned status, const char *json, int retry_after)
{
	struct door *door = call->door;
	call->status = status;
	bytes_clear(&call->reply);
	bytes_text(&call->reply, json);
	if (retry_after > 0)
		snprintf(call->retry_after, sizeof call->retry_after, "%d", retry_after);
	if (!call->suspended || door->closing)
		return; /* answered from inside `called` */
	call->suspended = false;
	MHD_resume_connection(call->connection);
	run(door);
}

static enum MHD_Result begin_call(struct door *door, struct MHD_Connection *connection,
                                  const char *url, const char *method, void **context)
{
	const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
	struct door_call *call = calloc(1, sizeof *call);
	if (!call)
		abort();
	call->door = door;
	call->connection = connection;
	call->method = strcmp(method, "POST") == 0 ? "POST" : "";
	snprintf(call->path, sizeof call->path, "%s", strlen(url) < sizeof call->path ? url : "");
	call->began = door->loop->clock();
	call->body.limit = MOST_BODY;
	call->next = door->calls;
	call->self = &door->calls;
	if (call->next)
		call->next->self = &call->next;
	door->calls = call;
	*context = call;
	if (length && (strlen(length) > 9 || strtoul(length, NULL, 10) > MOST_BODY)) {
		door_answer(call, 413, "{\"error\":\"body too big\"}", 0);
		return send_reply(call); /* nothing of it is read */
	}
	return MHD_YES;
}

static enum MHD_Result on_request(void *owner, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **context)
{
	(void)version;
	struct door *door = owner;
	if (!*context)
		return begin_call(door, connection, url, method, context);
	struct door_call *call = *context;
	if (*size) {
		bytes_add(&call->body, data, *size);
		*size = 0;
		return call->body.failed || door->loop->clock() - call->began > BODY_MS ? MHD_NO
		                                                                        : MHD_YES;
	}
	if (door->closing)
		return MHD_NO;
	if (!call->told) {
		call->told = true;
		door->plan.called(call, door->plan.owner);
		if (!call->status) {
			call->suspended = true;
			MHD_suspend_connection(connection);
			return MHD_YES;
		}
	}
	return send_reply(call);
}

static void on_done(void *owner, struct MHD_Connection *connection, void **context,
                    enum MHD_RequestTerminationCode code)
{
	(void)owner;
	(void)connection;
	(void)code;
	struct door_call *call = *context;
	if (!call)
		return;
	*call->self = call->next;
	if (call->next)
		call->next->self = call->self;
	bytes_free(&call->body);
	bytes_free(&call->reply);
	free(call);
	*context = NULL;
}

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

/* Numbers only: a name could mean another machine tomorrow. */
static bool read_address(const char *text, union address *out)
{
	char host[64] = "127.0.0.1";
	const char *colon = strrchr(text, ':'), *port = colon ? colon + 1 : text;
	char *end;
	unsigned long number = strtoul(port, &end, 10);
	size_t n = colon ? (size_t)(colon - text) : 0;
	*out = (union address){ 0 };
	if (!*port || *end || strspn(port, "0123456789") != strlen(port) || number > 65535 || n >= sizeof host)
		return false;
	if (n)
		snprintf(host, sizeof host, "%.*s", (int)n, text);
	if (host[0] == '[' && host[strlen(host) - 1] == ']') {
		host[strlen(host) - 1] = '\0';
		out->six.sin6_family = AF_INET6;
		out->six.sin6_port = htons((uint16_t)number);
		return inet_pton(AF_INET6, host + 1, &out->six.sin6_addr) == 1;
	}
	out->four.sin_family = AF_INET;
	out->four.sin_port = htons((uint16_t)number);
	return inet_pton(AF_INET, host, &out->four.sin_addr) == 1;
}

static bool listen_on(struct door *door, const union address *address, struct error *err)
{
	unsigned six = address->any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0;
	door->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | six, 0, NULL, NULL, on_request, door,
		MHD_OPTION_SOCK_ADDR, &address->any, MHD_OPTION_NOTIFY_COMPLETED, on_done, door,
		MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_CONNECTION_LIMIT, MOST_CALLS,
		MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)32768, MHD_OPTION_END);
	if (!door->daemon) {
		fail(err, FAULT_OFFLINE, _("Không mở được cửa nhận tin %s"), door->plan.listen);
		return because(err, "libmicrohttpd cannot listen on %s", door->plan.listen);
	}
	door->watch.fd = MHD_get_daemon_info(door->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	door->watch.events = POLLIN;
	door->watch.ready = readable;
	loop_watch(door->loop, &door->watch);
	return true;
}

struct door *door_open(struct loop *loop, const struct door_plan *plan, struct error *err)
{
	union address address;
	if (!read_address(plan->listen, &address)) {
		fail(err, FAULT_INPUT, _("Mục [inbound] listen phải là ĐỊA-CHỈ:CỔNG, không phải “%s”"), plan->listen);
		because(err, "[inbound] listen: %s", plan->listen);
		return NULL;
	}
	struct door *door = calloc(1, sizeof *door);
	if (!door)
		abort();
	door->loop = loop;
	door->plan = *plan;
	door->timer.fire = late;
	if (!listen_on(door, &address, err)) {
		free(door);
		return NULL;
	}
	return door;
}

uint16_t door_port(const struct door *door)
{
	return MHD_get_daemon_info(door->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

struct door *door_close(struct door *door)
{
	if (!door)
		return NULL;
	door->closing = true;
	loop_unwatch(door->loop, &door->watch);
	for (struct door_call *call = door->calls; call; call = call->next)
		if (call->suspended) {
			call->suspended = false;
			MHD_resume_connection(call->connection);
		}
	MHD_run(door->daemon);
	MHD_stop_daemon(door->daemon);
	loop_cancel(door->loop, &door->timer);
	free(door);
	return NULL;
}
