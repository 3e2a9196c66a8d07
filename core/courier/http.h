/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/http.h — The only door to libcurl: one multi handle inside the
 * loop.  It never follows a redirect, never repeats a request by itself, talks
 * only to hosts on the caller's list, checks certificates, caps replies. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/loop.h"
#include "core/courier/body.h"

#define HTTP_REPLY_LIMIT ((size_t)4 << 20)

enum http_fault {
	HTTP_FINE,      /* a whole reply, whatever its status code */
	HTTP_FORBIDDEN, /* address not on the list: nothing was sent */
	HTTP_CONNECT,   /* name, connection */
	HTTP_TLS,       /* certificate or handshake */
	HTTP_TIMEOUT,
	HTTP_BROKEN,    /* the connection or the reply broke off */
	HTTP_TOO_BIG,
	HTTP_UNREAD,    /* a file to be sent could not be read: the request broke off
	                 * before it was whole, so that it cannot count over there   */
};

struct http_reply {
	enum http_fault fault;
	int code;             /* 0 without a status line                           */
	bool sent;            /* at least part of the request's body left          */
	char type[64];        /* Content-Type, lower case, without parameters      */
	int retry_after;      /* seconds; -1 when not told                         */
	char xroad_error[80]; /* the X-Road-Error header: made by security servers,
	                       * not by the provider; "" without one               */
	int milliseconds;
	struct bytes body;
	char log[160];        /* English, what libcurl says of a fault             */
};

struct http_call {
	/* Filled by the caller; must live until done. */
	char url[2048];
	const char *method;       /* a constant; NULL: POST with a body, else GET  */
	const char *content_type; /* a constant; NULL: the body's own, else JSON   */
	struct body body;
	struct bytes headers;     /* by http_header: "name: value", NUL, …         */
	struct body_source *source; /* where the body's files come from, or NULL   */
	char hosts[512];          /* allowed "host[:port]", blank-separated        */
	/* Borrowed until http_send returns; NULL: the system's authorities, no
	 * certificate of ours. */
	const char *ca_file, *cert_file, *key_file;
	/* 0: 10 s, 90 s.  Files may take longer: a second more each 64 KB. */
	int connect_ms, total_ms;
	size_t reply_limit;       /* 0: HTTP_REPLY_LIMIT                           */
	void (*done)(struct http_call *);
	/* Result. */
	struct http_reply reply;
	/* http.c's own. */
	struct http *http;
	void *easy;               /* NULL: not under way                           */
	void *list;
	char curl_error[256];
	struct http_call *next;
	struct timer fault_timer; /* faults found before sending are told later    */
};

struct http;
struct http *http_open(struct loop *, struct error *);
/* Forgets every call under way, silently. */
void http_close(struct http *);
/* A header line, of any length.  One with a control character in it (a peer's
 * token may hold a line's end) makes the call fail as HTTP_FORBIDDEN. */
void http_header(struct http_call *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Empties method, content type, body and headers: what a connector writes. */
void http_blank(struct http_call *);
/* done is never called from inside. */
void http_send(struct http *, struct http_call *);
/* How long it may take, in ms: total_ms and the time of its files. */
int64_t http_patience(const struct http_call *);
/* Stops it silently. */
void http_cancel(struct http_call *);
/* Stops it and frees body, headers and reply. */
void http_clear(struct http_call *);
/* Is the address http(s) and its host[:port] on the list? */
bool http_allowed(const char *url, const char *hosts);
