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

#define HTTP_REPLY_LIMIT ((size_t)4 << 20)

enum http_fault {
	HTTP_FINE,      /* a whole reply, whatever its status code */
	HTTP_FORBIDDEN, /* address not on the list: nothing was sent */
	HTTP_CONNECT,   /* name, connection */
	HTTP_TLS,       /* certificate or handshake */
	HTTP_TIMEOUT,
	HTTP_BROKEN,    /* the connection or the reply broke off */
	HTTP_TOO_BIG,
};

struct http_reply {
	enum http_fault fault;
	int code;             /* 0 without a status line                           */
	bool sent;            /* at least part of the request's body left          */
	char type[64];        /* Content-Type, lower case, without parameters      */
	int retry_after;      /* seconds; -1 when not told                         */
	bool xroad_error;     /* an X-Road-Error header came                       */
	int milliseconds;
	struct bytes body;
	char log[160];        /* English, what libcurl says of a fault             */
};

struct http_call {
	/* Filled by the caller; must live until done. */
	char url[1024];
	struct bytes request;     /* JSON                                          */
	char headers[4][192];     /* "name: value", "" unused                      */
	char hosts[256];          /* allowed "host[:port]", blank-separated        */
	const char *ca_file;      /* NULL: the system's                            */
	int connect_ms, total_ms; /* 0: 10 s, 90 s                                 */
	void (*done)(struct http_call *);
	/* Result. */
	struct http_reply reply;
	/* http.c's own. */
	struct http *http;
	void *easy;               /* NULL: not under way                           */
	void *list;
	size_t read_at;
	char curl_error[256];
	struct http_call *next;
	struct timer fault_timer; /* faults found before sending are told later    */
};

struct http;
struct http *http_open(struct loop *, struct error *);
/* Forgets every call under way, silently. */
void http_close(struct http *);
/* POST, or GET when the request is empty.  done is never called from inside. */
void http_send(struct http *, struct http_call *);
/* Stops it silently. */
void http_cancel(struct http_call *);
/* Frees request and reply. */
void http_clear(struct http_call *);
/* Is the address http(s) and its host[:port] on the list? */
bool http_allowed(const char *url, const char *hosts);
