/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/practice/asks.h — Plain HTTP to a practice world in this process,
 * without our connectors. */
#pragma once
#include <jansson.h>
#include "tests/courier/bench.h"

extern struct bench bench;
extern char token[64];          /* goes along as a bearer's unless empty        */
extern struct http_reply last;  /* of the last call, without its body           */

/* cmocka group fixtures. */
int open_bench(void **state);
int close_bench(void **state);
/* The reply's JSON, a new reference or NULL. */
json_t *call(const char *method, const char *path, const char *type, const char *body);
long code_of(json_t *reply);
/* "" when there is none. */
const char *text(const json_t *object, const char *name);
/* A call whose reply's code must be so; its data, a new reference. */
json_t *good(const char *method, const char *path, const char *body, long want);
