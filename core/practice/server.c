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

#define PREFIX "/XrdAdapter/RestService/forward/mapi/"
#define MOST_BODY ((size_t)16 << 20)

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

static void reply_text(struct practice_call *call, unsigned status, const char *type,
                       const char *text)
{
	call->status = status;
	call->type = type;
	bytes_clear(&call->reply);
	bytes_text(&call->reply, text);
}

static void reply_json(struct practice_call *call, unsigned status, json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
	if (!text)
		abort();
	reply_text(call, status, "application/json; charset=utf-8", text);
	free(text);
	json_decref(json);
}

static const char *page(const char *words)
{
	static char html[256];
	snprintf(html, sizeof html,
	         "<html><head><title>%s</title></head><body><center><h1>%s</h1></center>"
	         "</body></html>", words, words);
	return html;
}

/* What the fault does to the reply, or to the connection. */
static void befall(struct practice_call *call, struct world_system *system)
{
	switch (call->fault.kind) {
	case FAULT_KIND_BAD_GATEWAY:
		reply_text(call, 502, "text/html", page("502 Bad Gateway"));
		break;
	case FAULT_KIND_GATEWAY_TIME:
		reply_text(call, 504, "text/html", page("504 Gateway Time-out"));
		break;
	case FAULT_KIND_UNAUTHORIZED:
		world_expire(system);
		reply_text(call, 200, "text/plain", "Unauthorized");
		break;
	case FAULT_KIND_TOO_MANY:
		snprintf(call->retry_after, sizeof call->retry_after, "%lld",
		         (long long)(call->fault.ms / 1000));
		reply_json(call, 429,
		           json_pack("{s:{s:i, s:s}}", "fault", "code", 900800, "message",
		                     "Message throttled out"));
		break;
	case FAULT_KIND_REDIRECT:
		reply_text(call, 302, "text/html", page("302 Found"));
		break;
	case FAULT_KIND_QUOTED:
		reply_json(call, 200, json_string(bytes_string(&call->reply)));
		break;
	case FAULT_KIND_DROP_BEFORE:
	case FAULT_KIND_DROP_AFTER:
		call->dropped = true;
		break;
	default:
		break;
	}
}

static void answer_system(struct practice_call *call, const char *door, const char *dstcode)
{
	struct practice *practice = call->practice;
	struct world_system *system = world_by_dstcode(&practice->world, dstcode);
	if (!system) {
		reply_json(call, 400,
		           json_pack("{s:s, s:s, s:s}", "type", "Client.BadRequest", "message",
		                     "dstcode unknown", "detail", dstcode ? dstcode : ""));
		return;
	}
	json_t *request = json_loadb(bytes_string(&call->body), call->body.size, 0, NULL);
	bool login = strcmp(door, "login") == 0;
	const char *service = json_string_value(json_object_get(request, "service"));
	call->fault = faults_take(&practice->faults, system->code,
	                          login ? "login" : service ? service : "");
	if (call->fault.kind == FAULT_KIND_EXPIRE)
		world_expire(system);
	bool carried_out = call->fault.kind == FAULT_KIND_NONE ||
	                   call->fault.kind == FAULT_KIND_EXPIRE ||
	                   fault_kind_after(call->fault.kind);
	if (!request)
		reply_json(call, 200, json_pack("{s:s, s:s}", "error_code", "-1", "message",
		                                "Dữ liệu gửi lên không đúng cấu trúc"));
	else if (carried_out && login)
		reply_json(call, 200, world_login(system, request, monotonic_ms()));
	else if (carried_out)
		reply_json(call, 200, world_call(&practice->world, system, request, monotonic_ms(),
		                                 moment_now()));
	json_decref(request);
	befall(call, system);
}

static void decide(struct practice_call *call, const char *method, const char *path)
{
	call->decided = true;
	if (strncmp(path, "/practice/", 10) == 0) {
		const char *system = MHD_lookup_connection_value(call->connection,
		                                                 MHD_GET_ARGUMENT_KIND, "system");
		json_t *request = json_loadb(bytes_string(&call->body), call->body.size, 0, NULL);
		json_t *reply = NULL;
		unsigned status = control_answer(call->practice, method, path + 10, system, request,
		                                 &reply);
		json_decref(request);
		reply_json(call, status, reply);
		return;
	}
	if (strncmp(path, PREFIX, sizeof PREFIX - 1) != 0 || strcmp(method, "POST") != 0) {
		reply_text(call, 404, "text/html", page("404 Not Found"));
		return;
	}
	const char *dstcode =
		MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "dstcode");
	if (!dstcode)
		dstcode = MHD_lookup_connection_value(call->connection, MHD_GET_ARGUMENT_KIND,
		                                      "dstcode");
	answer_system(call, path + sizeof PREFIX - 1, dstcode);
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
			call->decided = true;
			reply_text(call, 413, "text/html", page("413 Request Entity Too Large"));
		} else {
			decide(call, method, url);
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
	if (!load(practice, err) || !listen_on(practice, err)) {
		practice_stop(practice);
		return NULL;
	}
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
	practice_save(practice);
	world_free(&practice->world);
	free(practice);
}
