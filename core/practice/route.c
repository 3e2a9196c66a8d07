/* SPDX-License-Identifier: Apache-2.0
 *
 * From a request to its reply: the dials, or the door of a dialect with the
 * faults in front of it. */
#include <stdlib.h>
#include <string.h>

#include "core/practice/door.h"
#include "core/practice/server.h"

const char *ask_header(const struct practice_ask *ask, const char *name)
{
	return MHD_lookup_connection_value(ask->connection, MHD_HEADER_KIND, name);
}

const char *ask_query(const struct practice_ask *ask, const char *name)
{
	return MHD_lookup_connection_value(ask->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *ask_bearer(const struct practice_ask *ask)
{
	const char *text = ask_header(ask, "Authorization");
	return text && strncmp(text, "Bearer ", 7) == 0 ? text + 7 : "";
}

static void reply_bytes(struct practice_call *call, unsigned status, const char *type,
                        const char *bytes, size_t n)
{
	call->decided = true;
	call->status = status;
	call->type = type;
	bytes_clear(&call->reply);
	bytes_add(&call->reply, bytes, n);
}

static void reply_text(struct practice_call *call, unsigned status, const char *type,
                       const char *text)
{
	reply_bytes(call, status, type, text, strlen(text));
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

void route_page(struct practice_call *call, unsigned status, const char *heading)
{
	struct bytes html = { 0 };
	bytes_format(&html, "<html><head><title>%s</title></head><body><center><h1>%s</h1></center>"
	                    "</body></html>", heading, heading);
	reply_text(call, status, "text/html", bytes_string(&html));
	bytes_free(&html);
}

/* What the fault does to the reply, or to the connection. */
static void befall(struct practice_call *call, struct world_system *system)
{
	switch (call->fault.kind) {
	case FAULT_KIND_BAD_GATEWAY:
		route_page(call, 502, "502 Bad Gateway");
		break;
	case FAULT_KIND_GATEWAY_TIME:
		route_page(call, 504, "504 Gateway Time-out");
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
		route_page(call, 302, "302 Found");
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

static void take(struct practice_call *call, struct practice_told *told)
{
	unsigned status = told->status ? told->status : 200;
	if (told->json)
		reply_json(call, status, told->json);
	else if (told->type)
		reply_bytes(call, status, told->type, bytes_string(&told->text), told->text.size);
	else
		route_page(call, told->status ? told->status : 404, "404 Not Found");
	bytes_free(&told->text);
}

/* A code in front of the path names the system. */
static const char *tenant_of(struct world *world, const char *path, struct world_system **tenant)
{
	char code[24];
	size_t n = strcspn(path + 1, "/");
	*tenant = NULL;
	if (n && n < sizeof code) {
		snprintf(code, sizeof code, "%.*s", (int)n, path + 1);
		*tenant = world_find(world, code);
	}
	return *tenant ? path + 1 + n : path;
}

static void through_door(struct practice_call *call, const char *method, const char *path)
{
	struct practice *practice = call->practice;
	struct practice_told told = { 0 };
	struct practice_ask ask = { .practice = practice, .world = &practice->world,
		                    .method = method, .body = &call->body,
		                    .connection = call->connection, .now_ms = monotonic_ms(),
		                    .now = moment_now() };
	const struct practice_door *door =
		door_of(tenant_of(ask.world, path, &ask.tenant), &ask.rest);
	if (!door) {
		route_page(call, 404, "404 Not Found");
		return;
	}
	ask.json = json_loadb(bytes_string(&call->body), call->body.size, JSON_DECODE_ANY, NULL);
	const char *service = "";
	struct world_system *system = door->find(&ask, &service, &told);
	if (system) {
		call->fault = faults_take(&practice->faults, system->code, service);
		if (call->fault.kind == FAULT_KIND_EXPIRE)
			world_expire(system);
		if (call->fault.kind == FAULT_KIND_NONE || call->fault.kind == FAULT_KIND_EXPIRE ||
		    fault_kind_after(call->fault.kind))
			door->answer(&ask, system, service, &told);
		if (call->fault.kind == FAULT_KIND_TWICE) {
			/* The answer to the first is the one that gets lost. */
			json_decref(told.json);
			bytes_free(&told.text);
			told = (struct practice_told){ 0 };
			door->answer(&ask, system, service, &told);
		}
	}
	take(call, &told);
	if (system)
		befall(call, system);
	json_decref(ask.json);
}

void route_decide(struct practice_call *call, const char *method, const char *path)
{
	call->decided = true;
	if (strncmp(path, "/practice/", 10) != 0) {
		through_door(call, method, path);
		return;
	}
	const char *system =
		MHD_lookup_connection_value(call->connection, MHD_GET_ARGUMENT_KIND, "system");
	json_t *request = json_loadb(bytes_string(&call->body), call->body.size, 0, NULL);
	json_t *reply = NULL;
	unsigned status = control_answer(call->practice, method, path + 10, system, request, &reply);
	json_decref(request);
	reply_json(call, status, reply);
}
