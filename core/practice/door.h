/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/door.h — The room's own: one dialect of the practice world is
 * one door, told apart by the path.  A path may begin with a system's code
 * ("/noi-vu/tichhop/v1/token"): it is cut off before the doors are tried, and
 * names the system.  Dialects know nothing of libmicrohttpd, and the dial of
 * faults turns in front of all of them alike. */
#pragma once
#include <jansson.h>
#include "core/base/bytes.h"
#include "core/practice/world.h"

struct practice;

/* One request. */
struct practice_ask {
	struct practice *practice;
	struct world *world;
	const char *method;
	const char *rest;             /* of the path, behind the door's prefix        */
	struct world_system *tenant;  /* named by the path's first segment, or NULL   */
	struct bytes *body;
	json_t *json;                 /* the body when it is JSON, else NULL; borrowed */
	void *connection;
	int64_t now_ms;               /* monotonic: sessions                          */
	moment_t now;
};
/* NULL when there is none. */
const char *ask_header(const struct practice_ask *, const char *name);
const char *ask_query(const struct practice_ask *, const char *name);
/* The token of "Authorization: Bearer …", "" when there is none. */
const char *ask_bearer(const struct practice_ask *);

/* The reply: json (a new reference), or text of that type. */
struct practice_told {
	unsigned status; /* 0: 200 */
	json_t *json;
	struct bytes text;
	const char *type;
};

struct practice_door {
	const char *prefix;
	/* Who answers, and what the call is called on the dial of faults (control.c):
	 * set *service.  NULL: nobody; the reply is in *told, or 404. */
	struct world_system *(*find)(const struct practice_ask *, const char **service,
	                             struct practice_told *);
	void (*answer)(const struct practice_ask *, struct world_system *, const char *service,
	               struct practice_told *);
};

/* A line each here and in doors.c; the first prefix that fits is taken. */
extern const struct practice_door door_ndxp;

const struct practice_door *door_of(const char *path, const char **rest);
