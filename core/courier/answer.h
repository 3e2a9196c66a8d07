/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/answer.h — The room's own: what stands where in a reply. */
#pragma once
#include "core/courier/classify.h"

/* A member of "reply", of the call before that of the whole profile. */
json_t *reply_rule(const struct profile *, enum call_kind, const char *name);
/* Is it there and false (true)? */
bool reply_rule_is(const struct profile *, enum call_kind, const char *name, bool value);
/* Fills root, code, text and result from the body. */
void answer_read(struct answer *, const struct profile *, enum call_kind,
                 const struct http_reply *);
void answer_take_text(struct answer *, const char *bytes, size_t n);
