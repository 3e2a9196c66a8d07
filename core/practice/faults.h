/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/faults.h — What may go wrong on the way, on a dial. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/*  name            after the world has carried the request out? */
#define FAULTS(X)                                                                   \
	X(DELAY,        "delay",        true)  /* answers after ms                */ \
	X(HANG,         "hang",         false) /* takes the request, says nothing */ \
	X(HANG_AFTER,   "hang-after",   true)                                        \
	X(DROP_BEFORE,  "drop-before",  false) /* closes without a reply          */ \
	X(DROP_AFTER,   "drop-after",   true)                                        \
	X(BAD_GATEWAY,  "bad-gateway",  false) /* 502 with a page of HTML         */ \
	X(GATEWAY_TIME, "gateway-time", true)  /* 504, though it was carried out  */ \
	X(UNAUTHORIZED, "unauthorized", false) /* plain text, status 200          */ \
	X(EXPIRE,       "expire",       false) /* forgets every session first     */ \
	X(HALF,         "half",         true)  /* the reply breaks off            */ \
	X(TOO_MANY,     "too-many",     false) /* 429, Retry-After ms/1000        */ \
	X(QUOTED,       "quoted",       true)  /* the JSON inside a JSON string   */ \
	X(REDIRECT,     "redirect",     false) /* 302 to another host             */ \
	X(FLOOD,        "flood",        true)  /* a reply without end             */ \
	X(TWICE,        "twice",        true)  /* a gateway delivers it twice     */

enum fault_kind {
	FAULT_KIND_NONE,
#define X(name, word, after) FAULT_KIND_##name,
	FAULTS(X)
#undef X
};

struct practice_fault {
	enum fault_kind kind;
	char system[24];  /* code, "*" for every one                       */
	char service[32]; /* "login", a service, "" for every one          */
	int times;        /* how often still; < 0: until it is turned off  */
	int64_t ms;
};

#define MOST_FAULTS 64
struct practice_faults {
	struct practice_fault list[MOST_FAULTS];
	int count;
};

/* KIND_NONE when the word is unknown. */
enum fault_kind fault_kind_of(const char *word);
bool fault_kind_after(enum fault_kind);
/* False when the dial is full. */
bool faults_add(struct practice_faults *, const struct practice_fault *);
/* NULL: all of them. */
void faults_clear(struct practice_faults *, const char *system);
/* The fault that befalls this call, counted down; kind NONE when none does. */
struct practice_fault faults_take(struct practice_faults *, const char *system, const char *service);
