/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/json.h — The family that is described, not written: every call
 * stands in the profile, so that a new system is a file.
 *
 * "calls": {WORD of call.h: {
 *   "method": default POST with a body, else GET
 *   "path": "/ho-so/{code}"      under base_url, parts percent-encoded
 *   "query": {name: NODE}, "headers": {name: "line with {PATH}"}
 *   "body": NODE (JSON) | "form": {name: NODE} | "multipart": {"fields": {name:
 *       NODE}, "files": {"field": "tep", "where": …, "unless": …}}
 *   "reply": rules of classify.h
 *   "learn": {name: NODE}        into memory (procedure: known.procedures, upload:
 *       memory.files of the file); empty ones are left out
 *   "needs": {name of memory: WORD of the call that teaches it}
 *   "then": [WORDs]              calls that follow it
 *   "session", "expires": paths  of login, where auth.h knows no such log-in
 *   "read": NODE                 of lookup, rights, tell and told (tell.h): the reply in neutral members
 * }}
 * "ask-many" is an ask about "codes" (an array in the payload), read as "ask" is.
 * A verb without a call is nothing to be told there.  NODEs: template.h; "answer"
 * is the reply.
 *
 * "view" and "list" read what ask and list answer; paths (codec.h), one or a list
 * of them, from the result on:
 *   items   of the list, "" when it is the result itself
 *   found   {"path", "is"}: when an answer without a dossier looks like one
 *   ours, foreign_code, status (through the map "status"), at, text, received_at,
 *   due_at, steps {"items", "status", "at", "text"}
 *   asks {"items", "key", "text", "by", "at", "until", "new_due", "done"}, fees
 *   {"items", "key", "name", "amount", "at", "text", "done"}, results {"items",
 *   "key", "name" or the text "called", "code", "link" or "content" (base64),
 *   "file", "media_type", "at"}, extensions {"items", "key", "text", "at",
 *   "old_due", "new_due"}: peer.h; items may be one object instead of a list
 *   list only: cursor, more (from the root) */
#pragma once
#include "core/courier/connector.h"

/* The call's description, or NULL. */
json_t *json_call(const struct profile *, enum call_kind);
/* The file to upload next, or NULL. */
const json_t *json_file(const struct profile *, const struct call_facts *);

/* json_read.c */
void json_read_view(const struct profile *, const struct answer *, const char *code,
                    struct peer_view *);
bool json_read_list(const struct profile *, const struct answer *, struct peer_list *);
json_t *json_read_reply(const struct profile *, enum call_kind, const struct answer *,
                        struct error *);
/* The part of an ask's answer that is about this dossier; a new reference. */
json_t *json_item(const struct profile *, const struct answer *, const char *code, bool *other);
/* One thing of theirs by such rules; the view is overwritten. */
void json_read_item(const struct profile *, const json_t *item, const json_t *rules,
                    struct peer_view *);
/* Does it tell of a dossier at all, by the rule "found"? */
bool json_tells(const json_t *item, const json_t *rules);
/* The first of a rule's paths that leads to a word; "" when none does. */
const char *json_word(const json_t *item, const json_t *rules, const char *name, char *out,
                      size_t room);
