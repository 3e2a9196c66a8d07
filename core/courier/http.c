/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/http.h"

#include <curl/curl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/say.h"
#include "core/courier/http_wire.h"

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

static enum http_fault fault_of(const struct http_call *call, CURLcode code)
{
	if (call->reply.body.failed)
		return HTTP_TOO_BIG;
	if (call->body.failed)
		return HTTP_UNREAD;
	switch (code) {
	case CURLE_OK: return HTTP_FINE;
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL: return HTTP_FORBIDDEN;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT: return HTTP_CONNECT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_CACERT_BADFILE: return HTTP_TLS;
	case CURLE_OPERATION_TIMEDOUT: return HTTP_TIMEOUT;
	default: break;
	}
	/* TLS 1.3 tells only after the handshake that our certificate is not theirs. */
	return strstr(call->curl_error, "tls") && strstr(call->curl_error, "alert") ? HTTP_TLS
	                                                                           : HTTP_BROKEN;
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
	body_close(&call->body);
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
	if (call->reply.fault == HTTP_TLS)
		call->reply.sent = false; /* what left was never read over there */
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

/* A fault found before anything was sent. */
static void forbid(struct http_call *call, const char *why)
{
	call->reply.fault = HTTP_FORBIDDEN;
	snprintf(call->reply.log, sizeof call->reply.log, "%s: %.100s", why, call->url);
	loop_after(call->http->loop, &call->fault_timer, 1);
}

void http_send(struct http *http, struct http_call *call)
{
	size_t limit = call->reply_limit ? call->reply_limit : HTTP_REPLY_LIMIT;
	bytes_free(&call->reply.body);
	call->reply = (struct http_reply){ .retry_after = -1, .body.limit = limit };
	call->http = http;
	call->curl_error[0] = '\0';
	call->fault_timer = (struct timer){ .fire = tell_fault };
	call->next = http->calls;
	http->calls = call;
	if (!http_allowed(call->url, call->hosts)) {
		forbid(call, "host not on the list");
		return;
	}
	if (call->headers.failed) {
		forbid(call, "control characters in a header");
		return;
	}
	call->easy = curl_easy_init();
	if (!call->easy)
		abort();
	http_wire(call);
	curl_multi_add_handle(http->multi, call->easy);
}

void http_cancel(struct http_call *call)
{
	forget(call);
}

void http_header(struct http_call *call, const char *format, ...)
{
	char *line;
	va_list list;
	va_start(list, format);
	int n = vasprintf(&line, format, list);
	va_end(list);
	if (n < 0)
		abort();
	for (const char *at = line; *at; at++)
		if ((unsigned char)*at < 32 || *at == 127)
			call->headers.failed = true;
	if (!call->headers.failed)
		bytes_add(&call->headers, line, (size_t)n + 1);
	free(line);
}

void http_blank(struct http_call *call)
{
	call->method = call->content_type = NULL;
	body_clear(&call->body);
	bytes_clear(&call->headers);
}

void http_clear(struct http_call *call)
{
	forget(call);
	body_free(&call->body);
	bytes_free(&call->headers);
	bytes_free(&call->reply.body);
}
