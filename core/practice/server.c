/* SPDX-License-Identifier: Apache-2.0
 *
 * libmicrohttpd inside the loop: its epoll descriptor is a watch, its time-out
 * a timer; hanging and late replies are suspended connections. */
#include "core/practice/server.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/path.h"
#include "core/base/say.h"
#include "core/practice/callback.h"

/* A file of 100 MB in base64 and what surrounds it. */
#define MOST_BODY ((size_t)160 << 20)

static void run(struct practice *practice)
{
	MHD_UNSIGNED_LONG_LONG wait;
	MHD_run(practice->daemon);
	if (MHD_get_timeout(practice->daemon, &wait) == MHD_YES)
		loop_after(practice->loop, &practice->mhd_timer, (int64_t)wait);
	else
		loop_cancel(practice->loop, &practice->mhd_timer);
}

static void readable(struct watch *watch, short revents)
{
	(void)revents;
	run(OWNER_OF(watch, struct practice, watch));
}

static void mhd_late(struct timer *timer)
{
	run(OWNER_OF(timer, struct practice, mhd_timer));
}

static void wake(struct timer *timer)
{
	struct practice_call *call = OWNER_OF(timer, struct practice_call, wake);
	call->suspended = false;
	MHD_resume_connection(call->connection);
	run(call->practice);
}

static ssize_t broken_reader(void *context, uint64_t at, char *out, size_t room)
{
	const struct practice_call *call = context;
	size_t half = call->reply.size / 2;
	if (at >= half)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	size_t n = half - (size_t)at < room ? half - (size_t)at : room;
	memcpy(out, call->reply.data + at, n);
	return (ssize_t)n;
}

static ssize_t endless_reader(void *context, uint64_t at, char *out, size_t room)
{
	(void)context;
	(void)at;
	memset(out, ' ', room);
	return (ssize_t)room;
}

static enum MHD_Result send_reply(struct practice_call *call)
{
	struct MHD_Response *response;
	if (call->fault.kind == FAULT_KIND_HALF)
		response = MHD_create_response_from_callback(call->reply.size, 512, broken_reader,
		                                             call, NULL);
	else if (call->fault.kind == FAULT_KIND_FLOOD)
		response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 65536,
		                                             endless_reader, call, NULL);
	else
		response = MHD_create_response_from_buffer(
			call->reply.size, (void *)(uintptr_t)bytes_string(&call->reply),
			MHD_RESPMEM_MUST_COPY);
	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", call->type);
	if (call->retry_after[0])
		MHD_add_response_header(response, "Retry-After", call->retry_after);
	if (call->fault.kind == FAULT_KIND_REDIRECT)
		MHD_add_response_header(response, "Location", "http://192.0.2.1/elsewhere");
	enum MHD_Result done = MHD_queue_response(call->connection, call->status, response);
	MHD_destroy_response(response);
	return done;
}

static bool waits(const struct practice_call *call)
{
	return call->fault.kind == FAULT_KIND_DELAY || call->fault.kind == FAULT_KIND_HANG ||
	       call->fault.kind == FAULT_KIND_HANG_AFTER;
}

static enum MHD_Result begin_call(struct practice *practice, struct MHD_Connection *connection,
                                  void **context)
{
	struct practice_call *call = calloc(1, sizeof *call);
	if (!call)
		abort();
	call->practice = practice;
	call->connection = connection;
	call->wake.fire = wake;
	call->body.limit = MOST_BODY;
	call->next = practice->calls;
	call->self = &practice->calls;
	if (call->next)
		call->next->self = &call->next;
	practice->calls = call;
	*context = call;
	return MHD_YES;
}

static enum MHD_Result on_request(void *owner, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **context)
{
	(void)version;
	if (!*context)
		return begin_call(owner, connection, context);
	struct practice_call *call = *context;
	if (*size) {
		bytes_add(&call->body, data, *size);
		*size = 0;
		return MHD_YES;
	}
	if (call->practice->stopping)
		return MHD_NO;
	if (!call->decided) {
		if (call->body.failed) {
			route_page(call, 413, "413 Request Entity Too Large");
		} else {
			route_decide(call, method, url);
		}
		if (waits(call)) {
			call->suspended = true;
			MHD_suspend_connection(connection);
			if (call->fault.kind == FAULT_KIND_DELAY)
				loop_after(call->practice->loop, &call->wake, call->fault.ms);
			return MHD_YES;
		}
	}
	return call->dropped ? MHD_NO : send_reply(call);
}

static void on_done(void *owner, struct MHD_Connection *connection, void **context,
                    enum MHD_RequestTerminationCode code)
{
	(void)owner;
	(void)connection;
	(void)code;
	struct practice_call *call = *context;
	if (!call)
		return;
	loop_cancel(call->practice->loop, &call->wake);
	*call->self = call->next;
	if (call->next)
		call->next->self = call->self;
	bytes_free(&call->body);
	bytes_free(&call->reply);
	free(call);
	*context = NULL;
}

void practice_save(struct practice *practice)
{
	if (!practice->plan.state_file || !practice->world.changed)
		return;
	json_t *state = world_state(&practice->world, NULL);
	char *text = json_dumps(state, JSON_INDENT(1));
	json_decref(state);
	if (text && path_write(practice->plan.state_file, text, strlen(text), 0600, NULL))
		practice->world.changed = false;
	free(text);
}

static void step(struct timer *timer)
{
	struct practice *practice = OWNER_OF(timer, struct practice, step_timer);
	for (int i = 0; i < WORLD_COUNT; i++) {
		struct world_system *system = &practice->world.systems[i];
		if (system->step_ms > 0)
			world_step(&practice->world, system, moment_now(), system->step_ms);
	}
	control_day(practice);
	callbacks_look(practice->callbacks);
	practice_save(practice);
	loop_after(practice->loop, &practice->step_timer, 1000);
}

static bool load(struct practice *practice, struct error *err)
{
	if (!practice->plan.state_file)
		return true;
	json_error_t where;
	json_t *state = json_load_file(practice->plan.state_file, 0, &where);
	if (!state) /* the first run has none */
		return json_error_code(&where) == json_error_cannot_open_file ||
		       fail(err, FAULT_INPUT, _("Tệp trạng thái tập duyệt bị hỏng: dòng %d"),
		            where.line);
	bool good = world_load(&practice->world, state, err);
	json_decref(state);
	return good;
}

static bool listen_on(struct practice *practice, struct error *err)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		                       .sin_port = htons(practice->plan.port),
		                       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	practice->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, practice->plan.port, NULL, NULL,
		on_request, practice, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_COMPLETED,
		on_done, practice, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
		MHD_OPTION_CONNECTION_LIMIT, 512u, MHD_OPTION_END);
	if (!practice->daemon) {
		fail(err, FAULT_OFFLINE, _("Không mở được cổng %u cho hệ thống tập duyệt"),
		     (unsigned)practice->plan.port);
		return because(err, "libmicrohttpd cannot listen on 127.0.0.1:%u",
		               (unsigned)practice->plan.port);
	}
	practice->watch.fd =
		MHD_get_daemon_info(practice->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	practice->watch.events = POLLIN;
	practice->watch.ready = readable;
	loop_watch(practice->loop, &practice->watch);
	return true;
}

struct practice *practice_start(struct loop *loop, const struct practice_plan *plan,
                                struct error *err)
{
	struct practice *practice = calloc(1, sizeof *practice);
	if (!practice)
		abort();
	practice->loop = loop;
	practice->plan = *plan;
	practice->mhd_timer.fire = mhd_late;
	practice->step_timer.fire = step;
	world_init(&practice->world, plan->session_ms, plan->step_ms);
	practice->callbacks = callbacks_start(loop, &practice->world, plan->call_file);
	if (!load(practice, err) || !control_start(practice, err) || !listen_on(practice, err)) {
		practice_stop(practice);
		return NULL;
	}
	control_day(practice);
	loop_after(loop, &practice->step_timer, 1000);
	return practice;
}

uint16_t practice_port(const struct practice *practice)
{
	return MHD_get_daemon_info(practice->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void practice_stop(struct practice *practice)
{
	if (!practice)
		return;
	practice->stopping = true;
	loop_cancel(practice->loop, &practice->step_timer);
	if (practice->daemon) {
		loop_unwatch(practice->loop, &practice->watch);
		for (struct practice_call *call = practice->calls; call; call = call->next)
			if (call->suspended) {
				loop_cancel(practice->loop, &call->wake);
				call->suspended = false;
				MHD_resume_connection(call->connection);
			}
		MHD_run(practice->daemon);
		MHD_stop_daemon(practice->daemon);
		loop_cancel(practice->loop, &practice->mhd_timer);
	}
	callbacks_stop(practice->callbacks);
	practice_save(practice);
	world_free(&practice->world);
	day_free(&practice->day);
	free(practice);
}
