/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/profile.h — One system outside, as data (core/data/systems/):
 * address, dialect, code maps, phrases, limits.  Never a secret: those lie in
 * courier.secrets, readable by the courier's account alone.
 *
 * Members (all optional but base_url, family, account, maps):
 *   enabled, practice, base_url, login_path, call_path, hosts, dstcode,
 *   dstcode_in ("header" "query" "query-encoded" "none"), provider_url, account,
 *   unit_code ("" = the dossier's own unit), ca_file, connect_ms, total_ms,
 *   session_seconds, max_inflight,
 *   max_batch (poll.h), back_off_seconds, back_off_most_seconds,
 *   ask_seconds, asks, quiet (told and no more: it never marks a dossier), phrases {success failure duplicate auth missing retry:
 *   [texts]}, plain_words (bare text may tell success), steps (their history
 *   also lists what we reported), rights (it tells what our officers may do
 *   there), maps {name: {our value: their value, or a list of theirs that mean
 *   the same: the first is the one we say}}.
 * "{practice}" in base_url and hosts is the port of the practice world. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/base/error.h"

struct profile {
	char code[24], family[16], name[160];
	json_t *data;
};

/* Takes a reference to data. FAULT_INPUT when something it must have is not
 * there. */
bool profile_take(struct profile *, const char *code, const char *name, const char *family,
                  json_t *data, struct error *);
void profile_clear(struct profile *);
bool profile_enabled(const struct profile *);
/* Is there a session to open first?  Not with "auth": {"mode": "basic" "keys"
 * "none"}: each call carries its credentials itself. */
bool profile_logs_in(const struct profile *);
/* Can they be asked what they have?  Not with "asks": false: what may have been
 * carried out is sent again. */
bool profile_asks(const struct profile *);
const char *profile_text(const struct profile *, const char *key, const char *fallback);
long profile_number(const struct profile *, const char *key, long fallback);
/* Their word for ours, or NULL: unmapped values are refused, never guessed. */
const char *profile_map(const struct profile *, const char *map, const char *ours);
/* Ours for theirs, or NULL. */
const char *profile_unmap(const struct profile *, const char *map, const char *theirs);
/* Does text hold one of the phrases of that kind (accents and case aside)? */
bool profile_says(const struct profile *, const char *kind, const char *text);
bool profile_has_phrases(const struct profile *, const char *kind);
/* base_url or hosts with the practice port put in; false when it is needed and
 * not known (port 0). */
bool profile_fill(const struct profile *, const char *key, unsigned port, char *out, size_t room);
