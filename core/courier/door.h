/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/door.h — Where systems that call us ring: plain HTTP behind the
 * loop, small bodies, few at a time, each in bounded time.  TLS is a reverse
 * proxy's work; without one it listens on this machine alone.  It knows nothing
 * of systems and dossiers (inbound.h does). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/loop.h"

/* One request, whole.  It is the door's until it was answered. */
struct door_call;
const char *door_method(const struct door_call *);
/* Without the query, decoded. */
const char *door_path(const struct door_call *);
/* NULL when there is none. */
const char *door_header(const struct door_call *, const char *name);
const struct bytes *door_body(const struct door_call *);

struct door_plan {
	const char *listen; /* "127.0.0.1:8091", "[::1]:8091" or "8091" (loopback); port 0: any */
	/* Must lead to door_answer exactly once, now or later, unless the door was
	 * closed meanwhile. */
	void (*called)(struct door_call *, void *owner);
	void *owner;
};

struct door;
/* NULL: FAULT_INPUT, an address that cannot be read; FAULT_OFFLINE, one that
 * cannot be listened on. */
struct door *door_open(struct loop *, const struct door_plan *, struct error *);
uint16_t door_port(const struct door *);
/* Every call under way is dropped.  Returns NULL; NULL-safe. */
struct door *door_close(struct door *);

/* json: the whole body, copied.  retry_after: seconds, 0: not said. */
void door_answer(struct door_call *, unsigned status, const char *json, int retry_after);
