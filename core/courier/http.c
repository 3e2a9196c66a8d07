/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/date.h"
#include "core/base/say.h"

/* One watch for each socket of libcurl. */
struct line {
	struct watch watch;
	struct http *http;
};

struct http {
	struct loop *loop;
	CURLM *multi;
	struct timer timer;
	struct http_call *calls;
};

static void settle(struct http *);

static void act(struct http *http, curl_socket_t fd, int events)
{
	int running;
	curl_multi_socket_action(http->multi, fd, events, &running);
	settle(http);
}

static void line_ready(struct watch *watch, short revents)
{
	struct line *line = OWNER_OF(watch, struct line, watch);
	int events = 0;
	if (revents & (POLLIN | POLLHUP))
		events |= CURL_CSELECT_IN;
	if (revents & POLLOUT)
		events |= CURL_CSELECT_OUT;
	if (revents & (POLLERR | POLLNVAL))
		events |= CURL_CSELECT_ERR;
	act(line->http, watch->fd, events);
}

static void timer_fire(struct timer *timer)
{
	act(OWNER_OF(timer, struct http, timer), CURL_SOCKET_TIMEOUT, 0);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *owner, void *of_socket)
{
	(void)easy;
	struct http *http = owner;
	struct line *line = of_socket;
	if (what == CURL_POLL_REMOVE) {
		if (line) {
			loop_unwatch(http->loop, &line->watch);
			curl_multi_assign(http->multi, fd, NULL);
			free(line);
		}
		return 0;
	}
	if (!line) {
		line = calloc(1, sizeof *line);
		if (!line)
			abort();
		line->http = http;
		line->watch.fd = fd;
		line->watch.ready = line_ready;
		curl_multi_assign(http->multi, fd, line);
		loop_watch(http->loop, &line->watch);
	}
	line->watch.events = (short)((what & CURL_POLL_IN ? POLLIN : 0) |
	                             (what & CURL_POLL_OUT ? POLLOUT : 0));
	return 0;
}

static int on_timer(CURLM *multi, long ms, void *owner)
{
	(void)multi;
	struct http *http = owner;
	if (ms < 0)
		loop_cancel(http->loop, &http->timer);
	else
		loop_after(http->loop, &http->timer, ms);
	return 0;
}

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
		call->reply.xroad_error = true;
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
	size_t left = call->request.size - call->read_at;
	size_t n = left < size * count ? left : size * count;
	if (n)
		memcpy(out, call->request.data + call->read_at, n);
	call->read_at += n;
	call->reply.sent |= n > 0;
	return n;
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

static enum http_fault fault_of(const struct http_call *call, CURLcode code)
{
	if (call->reply.body.failed)
		return HTTP_TOO_BIG;
	switch (code) {
	case CURLE_OK: return HTTP_FINE;
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL: return HTTP_FORBIDDEN;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT: return HTTP_CONNECT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE: return HTTP_TLS;
	case CURLE_OPERATION_TIMEDOUT: return HTTP_TIMEOUT;
	default: return HTTP_BROKEN;
	}
}

static void forget(struct http_call *call)
{
	if (!call->http)
		return;
	for (struct http_call **at = &call->http->calls; *at; at = &(*at)->next)
		if (*at == call) {
			*at = call->next;
			break;
		}
	loop_cancel(call->http->loop, &call->fault_timer);
	if (call->easy) {
		curl_multi_remove_handle(call->http->multi, call->easy);
		curl_easy_cleanup(call->easy);
	}
	curl_slist_free_all(call->list);
	call->easy = NULL;
	call->list = NULL;
	call->http = NULL;
}

static void finish(struct http_call *call, CURLcode code)
{
	long status = 0;
	curl_off_t spent = 0;
	curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(call->easy, CURLINFO_TOTAL_TIME_T, &spent);
	call->reply.code = (int)status;
	call->reply.milliseconds = (int)(spent / 1000);
	call->reply.fault = fault_of(call, code);
	if (code != CURLE_OK)
		snprintf(call->reply.log, sizeof call->reply.log, "%.150s",
		         call->curl_error[0] ? call->curl_error : curl_easy_strerror(code));
	forget(call);
	call->done(call);
}

/* done may start and cancel other calls, so messages are read one at a time. */
static void settle(struct http *http)
{
	int left;
	for (CURLMsg *message; (message = curl_multi_info_read(http->multi, &left));) {
		if (message->msg != CURLMSG_DONE)
			continue;
		struct http_call *call = NULL;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&call);
		finish(call, message->data.result);
	}
}

struct http *http_open(struct loop *loop, struct error *err)
{
	struct http *http = calloc(1, sizeof *http);
	if (!http)
		abort();
	http->loop = loop;
	http->timer.fire = timer_fire;
	if (curl_global_init(CURL_GLOBAL_ALL) != 0 || !(http->multi = curl_multi_init())) {
		free(http);
		fail(err, FAULT_BUG, _("Không khởi động được thư viện mạng"));
		because(err, "curl_multi_init failed");
		return NULL;
	}
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
	return http;
}

void http_close(struct http *http)
{
	if (!http)
		return;
	while (http->calls)
		http_cancel(http->calls);
	curl_multi_cleanup(http->multi);
	loop_cancel(http->loop, &http->timer);
	curl_global_cleanup();
	free(http);
}

bool http_allowed(const char *url, const char *hosts)
{
	const char *host = strncmp(url, "https://", 8) == 0  ? url + 8
	                   : strncmp(url, "http://", 7) == 0 ? url + 7
	                                                     : NULL;
	if (!host || !hosts)
		return false;
	size_t length = strcspn(host, "/?#");
	if (!length || memchr(host, '@', length) || memchr(host, '\\', length))
		return false;
	for (const char *at = hosts; *at;) {
		size_t n = strcspn(at, " ");
		if (n == length && strncasecmp(at, host, n) == 0)
			return true;
		at += n;
		at += strspn(at, " ");
	}
	return false;
}

static void tell_fault(struct timer *timer)
{
	struct http_call *call = OWNER_OF(timer, struct http_call, fault_timer);
	forget(call);
	call->done(call);
}

static void set_options(struct http_call *call)
{
	CURL *easy = call->easy;
	curl_easy_setopt(easy, CURLOPT_URL, call->url);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->curl_error);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
	                 (long)(call->connect_ms ? call->connect_ms : 10000));
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(call->total_ms ? call->total_ms : 90000));
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, 60L);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "motcua/" MOTCUA_VERSION);
	if (call->ca_file)
		curl_easy_setopt(easy, CURLOPT_CAINFO, call->ca_file);
	struct curl_slist *list =
		curl_slist_append(NULL, "Accept: application/json, */*;q=0.1");
	list = curl_slist_append(list, "Expect:");
	for (int i = 0; i < 4; i++)
		if (call->headers[i][0])
			list = curl_slist_append(list, call->headers[i]);
	if (call->request.size) {
		list = curl_slist_append(list, "Content-Type: application/json");
		list = curl_slist_append(list, "Charset: utf-8");
		curl_easy_setopt(easy, CURLOPT_POST, 1L);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->request.size);
		curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
		curl_easy_setopt(easy, CURLOPT_READDATA, call);
		curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, on_seek);
	}
	call->list = list;
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
}

void http_send(struct http *http, struct http_call *call)
{
	bytes_free(&call->reply.body);
	call->reply = (struct http_reply){ .retry_after = -1, .body.limit = HTTP_REPLY_LIMIT };
	call->http = http;
	call->read_at = 0;
	call->curl_error[0] = '\0';
	call->fault_timer = (struct timer){ .fire = tell_fault };
	call->next = http->calls;
	http->calls = call;
	if (!http_allowed(call->url, call->hosts)) {
		call->reply.fault = HTTP_FORBIDDEN;
		snprintf(call->reply.log, sizeof call->reply.log, "host not on the list: %.100s",
		         call->url);
		loop_after(http->loop, &call->fault_timer, 1);
		return;
	}
	call->easy = curl_easy_init();
	if (!call->easy)
		abort();
	set_options(call);
	curl_multi_add_handle(http->multi, call->easy);
}

void http_cancel(struct http_call *call)
{
	forget(call);
}

void http_clear(struct http_call *call)
{
	forget(call);
	bytes_free(&call->request);
	bytes_free(&call->reply.body);
}
