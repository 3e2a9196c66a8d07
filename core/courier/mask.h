/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/mask.h — What the journal keeps of a reply: its first 4 KB,
 * valid text, without secrets, personal numbers, or names of the message's
 * people. */
#pragma once
#include <jansson.h>
#include <stddef.h>
#include "core/base/bytes.h"

#define JOURNAL_SIZE 4096

/* payload, secrets ({name: value}) and headers (of the request, each ending in
 * NUL) may be NULL, session "".  A peer that tells us our own request back, tells
 * no credential of it to the journal. */
void mask_reply(struct bytes *out, const char *reply, size_t n, const json_t *payload,
                const char *session, const json_t *secrets, const struct bytes *headers);
