/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/pushed.h — A call by which a portal hands over what citizens filed with it, instead
 * of being asked for the list: "inbound": {"filings": NAME} of its profile (nhanhsdvcqg).  Pure. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/courier/profile.h"

/* Is it that call? */
bool pushed_call(const struct profile *, const char *name);
/* {service, madonvi, data: [HoSo]} as [{line, view}] of wire.filings_pushed (schema 0704); a new
 * reference.  NULL: none, too many, or one of them without a code. */
json_t *pushed_items(const struct profile *, const json_t *body);
