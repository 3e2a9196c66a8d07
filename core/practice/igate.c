/* SPDX-License-Identifier: Apache-2.0
 *
 * A ministry's paths: /tichhop/v1/…, every reply {code, message, data}. */
#include "core/practice/filed.h"
#include "core/practice/igate.h"
#include "core/practice/rights.h"

#include <stdlib.h>
#include <string.h>

/* "*" stands for one segment.  The words are those of the dial of faults. */
static const struct gate_path paths[] = {
	{ "POST", "token", "login" },
	{ "GET", "ho-so/so-tiep-theo", "number" },
	{ "GET", "ho-so/*/noi-dung", "filing" },
	{ "GET", "ho-so", "filings" },
	{ "POST", "tep-tin", "upload" },
	{ "GET", "tep-tin/*", "fetch" },
	{ "POST", "ho-so", "add" },
	{ "PUT", "ho-so/*", "update" },
	{ "GET", "ho-so/*", "ask" },
	{ "PUT", "ho-so/*/da-nhan", "ack" },
	{ "POST", "tien-trinh", "progress" },
	{ "POST", "trang-thai", "status" },
	{ "GET", "thay-doi", "list" },
	{ "POST", "tai-khoan/kiem-tra", "rights" },
	{ NULL, NULL, NULL },
};

static bool fits(const char *pattern, const char *path, char segment[64])
{
	while (*pattern && *path) {
		if (*pattern == '*') {
			size_t n = strcspn(path, "/");
			if (!n || n >= 64)
				return false;
			snprintf(segment, 64, "%.*s", (int)n, path);
			path += n;
			pattern++;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return !*pattern && !*path;
}

const char *gate_service(const struct gate_path *table, const struct practice_ask *ask,
                          char segment[64])
{
	for (; table->method; table++)
		if (strcmp(table->method, ask->method) == 0 &&
		    fits(table->path, ask->rest, segment))
			return table->service;
	return NULL;
}

static struct world_system *find(const struct practice_ask *ask, const char **service,
                                 struct practice_told *told)
{
	char segment[64];
	*service = gate_service(paths, ask, segment);
	if (*service && ask->tenant)
		return ask->tenant;
	told->status = 404;
	told->json = json_pack("{s:i, s:s, s:n}", "code", 404, "message", "Không tìm thấy", "data");
	return NULL;
}

static json_t *wrapped(struct gate_end *end)
{
	return json_pack("{s:i, s:s, s:o}", "code", end->code, "message", bytes_string(&end->say),
	                 "data", end->data ? json_incref(end->data) : json_null());
}

static void log_in(const struct practice_ask *ask, struct world_system *system,
                   struct practice_told *told)
{
	const char *token = gate_token(
		system, json_string_value(json_object_get(ask->json, "client_id")),
		json_string_value(json_object_get(ask->json, "client_secret")), ask->now_ms);
	if (!*token)
		told->json = json_pack("{s:i, s:s, s:n}", "code", 401, "message",
		                       "client_id hoặc client_secret không đúng", "data");
	else
		told->json = json_pack("{s:i, s:s, s:{s:s, s:I, s:s, s:s}}", "code", 200, "message",
		                       "OK", "data", "access_token", token, "expires_in",
		                       (json_int_t)(system->session_ms / 1000), "token_type",
		                       "Bearer", "scope", "default");
}

static long number(const char *text, long fallback)
{
	return text && *text ? strtol(text, NULL, 10) : fallback;
}

static void carry_out(const struct practice_ask *ask, struct world_system *system,
                      const char *service, const char *segment, struct gate_end *end)
{
	if (strcmp(service, "number") == 0)
		gate_number(ask->world, system, ask_query(ask, "code"), ask->now, end);
	else if (strcmp(service, "upload") == 0)
		gate_upload(ask->world, system, ask_header(ask, "Content-Type"), ask->body, end);
	else if (strcmp(service, "add") == 0)
		gate_create(ask->world, system, ask->json, ask->now, end);
	else if (strcmp(service, "update") == 0)
		gate_change(ask->world, system, segment, ask->json, ask->now, end);
	else if (strcmp(service, "progress") == 0)
		gate_progress(ask->world, system, ask->json, ask->now, end);
	else if (strcmp(service, "status") == 0)
		gate_status(ask->world, system, ask->json, ask->now, end);
	else if (strcmp(service, "rights") == 0)
		*end = (struct gate_end){ .code = 200, .data = rights_answer(system, json_object_get(ask->json, "danhSach")) };
	else if (strcmp(service, "filings") == 0)
		*end = (struct gate_end){ .code = 200, .data = filed_page(system, ask_query(ask, "trangThai") ? ask_query(ask, "trangThai") : "1",
			number(ask_query(ask, "page"), 0), number(ask_query(ask, "size"), 50)) };
	else if (strcmp(service, "filing") == 0)
		gate_filing(system, segment, end);
	else if (strcmp(service, "ack") == 0)
		gate_taken(ask->world, system, segment, end);
	else
		gate_view(system, segment, end);
}

/* Files come wrapped twice. */
static json_t *uploaded(struct gate_end *end)
{
	return json_pack("{s:i, s:s, s:[{s:{s:i, s:O}}]}", "code", 200, "message", "OK", "data",
	                 "response", "code", 200, "data", end->data);
}

static void list(const struct practice_ask *ask, struct world_system *system,
                 struct practice_told *told)
{
	struct gate_end end = { 0 };
	size_t total;
	gate_changes(system, ask_query(ask, "tuNgay"), ask_query(ask, "denNgay"),
	              number(ask_query(ask, "page"), 0), number(ask_query(ask, "size"), 50), &total,
	              &end);
	told->status = (unsigned)end.code;
	told->json = end.code == 200 ? json_pack("{s:i, s:I, s:O}", "code", 200, "total",
	                                         (json_int_t)total, "data", end.data)
	                             : wrapped(&end);
	gate_end_clear(&end);
}

static void answer(const struct practice_ask *ask, struct world_system *system,
                   const char *service, struct practice_told *told)
{
	char segment[64] = "";
	struct gate_end end = { 0 };
	gate_service(paths, ask, segment);
	if (strcmp(service, "login") == 0) {
		log_in(ask, system, told);
		return;
	}
	system->calls++;
	if (!world_session_good(system, ask_bearer(ask), ask->now_ms)) {
		told->status = 401;
		told->type = "text/plain";
		bytes_text(&told->text, "Unauthorized");
	} else if (strcmp(service, "list") == 0) {
		list(ask, system, told);
	} else if (strcmp(service, "fetch") == 0) {
		if (gate_result_file(system, segment, &told->text))
			told->type = "application/pdf";
	} else if (strcmp(ask->method, "GET") != 0 && strcmp(service, "upload") != 0 && !ask->json) {
		told->status = 400; /* without a body, as described */
		told->type = "text/plain";
	} else {
		carry_out(ask, system, service, segment, &end);
		if (strcmp(service, "upload") == 0 && end.code == 200)
			told->json = uploaded(&end);
		else
			told->json = wrapped(&end);
		/* Complaints come with 200, what is not there with its own code. */
		if (end.code == 404 || end.code == 415)
			told->status = (unsigned)end.code;
	}
	gate_end_clear(&end);
}

const struct practice_door door_igate = {
	.prefix = "/tichhop/v1/",
	.find = find,
	.answer = answer,
};

/* Links to files go through the exchange's adapter, which knows who asks. */
static struct world_system *find_file(const struct practice_ask *ask, const char **service,
                                      struct practice_told *told)
{
	(void)told;
	*service = "fetch";
	return strcmp(ask->method, "GET") == 0
	               ? world_by_dstcode(ask->world, ask_query(ask, "dstcode"))
	               : NULL;
}

static void answer_file(const struct practice_ask *ask, struct world_system *system,
                        const char *service, struct practice_told *told)
{
	(void)service;
	if (gate_result_file(system, ask->rest, &told->text)) {
		told->type = "application/pdf";
		return;
	}
	told->status = 404;
	told->json = json_pack("{s:i, s:s}", "error_code", -1, "message", "Không tìm thấy tệp");
}

const struct practice_door door_igate_file = {
	.prefix = "/XrdAdapter/RestService/forward/tichhop/tep-tin/",
	.find = find_file,
	.answer = answer_file,
};
