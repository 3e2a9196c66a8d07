/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/http_wire.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/date.h"

/* A file on a thin line takes its time, but not for ever. */
#define FILE_BYTES_PER_SECOND ((int64_t)64 << 10)

static size_t on_body(char *data, size_t size, size_t count, void *owner)
{
	struct http_call *call = owner;
	bytes_add(&call->reply.body, data, size * count);
	return call->reply.body.failed ? 0 : size * count;
}

static bool header_is(const char *line, size_t n, const char *name, const char **value)
{
	size_t length = strlen(name);
	if (n <= length || strncasecmp(line, name, length) != 0 || line[length] != ':')
		return false;
	*value = line + length + 1;
	while (**value == ' ')
		++*value;
	return true;
}

/* Retry-After is a number of seconds, or a date. */
static int retry_after(const char *text)
{
	char *end;
	long seconds = strtol(text, &end, 10);
	if (end == text) {
		time_t when = curl_getdate(text, NULL);
		seconds = when < 0 ? -1 : (long)(when - moment_now());
		if (when >= 0 && seconds < 0)
			seconds = 0;
	}
	return seconds < 0 ? -1 : seconds > 86400 ? 86400 : (int)seconds;
}

static size_t on_header(char *data, size_t size, size_t count, void *owner)
{
	struct http_call *call = owner;
	char line[256];
	size_t n = size * count < sizeof line - 1 ? size * count : sizeof line - 1;
	memcpy(line, data, n);
	line[n] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	n = strlen(line);
	const char *value;
	if (header_is(line, n, "Retry-After", &value))
		call->reply.retry_after = retry_after(value);
	else if (header_is(line, n, "X-Road-Error", &value))
		snprintf(call->reply.xroad_error, sizeof call->reply.xroad_error, "%.79s",
		         *value ? value : "?");
	else if (header_is(line, n, "Content-Type", &value)) {
		size_t length = strcspn(value, "; ");
		if (length >= sizeof call->reply.type)
			length = sizeof call->reply.type - 1;
		for (size_t i = 0; i < length; i++)
			call->reply.type[i] = (char)(value[i] >= 'A' && value[i] <= 'Z' ? value[i] + 32
			                                                         : value[i]);
		call->reply.type[length] = '\0';
	}
	return size * count;
}

static size_t on_read(char *out, size_t size, size_t count, void *owner)
{
	struct http_call *call = owner;
	long n = body_read(&call->body, out, size * count);
	if (n == BODY_WAIT)
		return CURL_READFUNC_PAUSE;
	if (n == BODY_BROKEN) {
		/* Not whole, so nobody over there can have taken it. */
		call->reply.sent = false;
		return CURL_READFUNC_ABORT;
	}
	call->reply.sent |= n > 0;
	return (size_t)n;
}

/* The piece that was waited for is there, or will never be. */
static void on_wake(struct body *body)
{
	struct http_call *call = OWNER_OF(body, struct http_call, body);
	curl_easy_pause(call->easy, CURLPAUSE_CONT);
}

/* libcurl would silently send a POST again when a kept connection dies without
 * an answer; but the far side may have carried it out.  Refusing to rewind
 * turns that into a broken call, whose outcome is then asked for. */
static int on_seek(void *owner, curl_off_t offset, int origin)
{
	(void)owner;
	(void)offset;
	(void)origin;
	return CURL_SEEKFUNC_FAIL;
}

int64_t http_patience(const struct http_call *call)
{
	return (call->total_ms ? call->total_ms : 90000) +
	       body_file_bytes(&call->body) / FILE_BYTES_PER_SECOND * 1000;
}

static void set_safety(struct http_call *call)
{
	CURL *easy = call->easy;
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
	                 (long)(call->connect_ms ? call->connect_ms : 10000));
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)http_patience(call));
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, 60L);
	if (call->ca_file)
		curl_easy_setopt(easy, CURLOPT_CAINFO, call->ca_file);
	if (call->cert_file)
		curl_easy_setopt(easy, CURLOPT_SSLCERT, call->cert_file);
	if (call->key_file)
		curl_easy_setopt(easy, CURLOPT_SSLKEY, call->key_file);
}

static struct curl_slist *set_body(struct http_call *call, struct curl_slist *list)
{
	CURL *easy = call->easy;
	int64_t size = body_size(&call->body);
	const char *type = call->content_type        ? call->content_type
	                   : call->body.type[0]      ? call->body.type
	                                             : "application/json";
	if (body_empty(&call->body)) {
		/* Nothing to rewind would stop a second sending on a dead connection. */
		if (call->method && strcmp(call->method, "GET") != 0)
			curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	} else {
		char line[192];
		snprintf(line, sizeof line, "Content-Type: %s", type);
		list = curl_slist_append(list, line);
		if (strcmp(type, "application/json") == 0)
			list = curl_slist_append(list, "Charset: utf-8");
	}
	if (size < 0)
		list = curl_slist_append(list, "Transfer-Encoding: chunked");
	body_open(&call->body, call->source, on_wake);
	curl_easy_setopt(easy, CURLOPT_POST, 1L);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)size);
	curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(easy, CURLOPT_READDATA, call);
	curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, on_seek);
	return list;
}

void http_wire(struct http_call *call)
{
	CURL *easy = call->easy;
	curl_easy_setopt(easy, CURLOPT_URL, call->url);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->curl_error);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "motcua/" MOTCUA_VERSION);
	set_safety(call);
	struct curl_slist *list =
		curl_slist_append(NULL, "Accept: application/json, */*;q=0.1");
	list = curl_slist_append(list, "Expect:");
	for (size_t at = 0; at < call->headers.size; at += strlen(call->headers.data + at) + 1)
		list = curl_slist_append(list, call->headers.data + at);
	if (!body_empty(&call->body) || (call->method && strcmp(call->method, "GET") != 0))
		list = set_body(call, list);
	if (call->method)
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, call->method);
	call->list = list;
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
}
