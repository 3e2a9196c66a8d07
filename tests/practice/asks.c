/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/practice/asks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

struct bench bench;
char token[64];

int open_bench(void **state)
{
	(void)state;
	bench_open(&bench, 0);
	return 0;
}

int close_bench(void **state)
{
	(void)state;
	bench_close(&bench);
	return 0;
}

struct http_reply last;

json_t *call(const char *method, const char *path, const char *type, const char *body)
{
	struct http_call one = { .method = method, .content_type = type };
	snprintf(one.url, sizeof one.url, "http://127.0.0.1:%u%s", bench.port, path);
	snprintf(one.hosts, sizeof one.hosts, "127.0.0.1:%u", bench.port);
	if (*token)
		http_header(&one, "Authorization: Bearer %s", token);
	if (body)
		body_string(&one.body, body);
	bench_call(&bench, &one);
	json_t *json = json_loads(bytes_string(&one.reply.body), JSON_DECODE_ANY, NULL);
	last = one.reply;
	last.body = (struct bytes){ 0 };
	http_clear(&one);
	return json;
}

long code_of(json_t *reply)
{
	return (long)json_integer_value(json_object_get(reply, "code"));
}

const char *text(const json_t *object, const char *name)
{
	const char *value = json_string_value(json_object_get(object, name));
	return value ? value : "";
}

json_t *good(const char *method, const char *path, const char *body, long want)
{
	json_t *reply = call(method, path, NULL, body);
	if (code_of(reply) != want)
		fail_msg("%s %s: %ld %s", method, path, code_of(reply), text(reply, "message"));
	json_t *data = json_incref(json_object_get(reply, "data"));
	json_decref(reply);
	return data;
}
