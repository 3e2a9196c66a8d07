/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/template.h — A message in a system's own words, from a template
 * in its profile.  Pure.  Literals pass; objects and arrays are gone into; these
 * objects are put in place of:
 *
 *   {"$": PATH or [PATHS, the first that is not empty], …}   a fact, with
 *        "must": LABEL      refused when empty ("hồ sơ thiếu LABEL")
 *        "label": LABEL     its name in refusals
 *        "else": NODE       in place of an empty one
 *        "map": NAME        through the profile's map: total, an unmapped value
 *                           is refused, never guessed
 *        "when": CODEC      a moment or day, spelt so (codec.h); one that cannot
 *                           be read is refused
 *        "as": "text" (default) "number" "flag" (true) "flag-text" ("True")
 *              "flag-number" (1) "raw" (the JSON itself) "json-text" "xml-text"
 *              (with "root": NAME) "upper" "lower"; empty numbers and flags are
 *              null
 *        "cut": N           at most so many characters
 *   {"each": PATH, "item": NODE, "where": {MEMBER: VALUE or [VALUES]},
 *    "unless": the same, "most": N}      an array; PATH may be "files" (those of
 *        the message) or "own-files" (those of the component at hand)
 *   {"$file": "base64"}     inside files: the file's bytes, streamed
 *   {"$if": PATH, "is": VALUE or [VALUES], "then": NODE, "else": NODE}
 *   {"$switch": PATH, "of": {VALUE: NODE}, "else": NODE, "label": LABEL}
 *   {"$first": NODE}        the first of that array
 *   {"$line": "text with {PATH} and {PATH|CODEC}"}
 *   {"$json": NODE}         the whole, as JSON in a string
 *   {"$xml": NODE, "root": NAME}
 * A node that comes to nothing ("$if" without "else") is left out.
 *
 * PATH is looked up in the neutral payload, or in what its first word names:
 * payload, memory, known, profile, answer (learning), item, index (from 1), file,
 * component (of the file), uploaded (memory.files of the file), code, session,
 * secret, cursor. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/courier/connector.h"

struct template_scope {
	const struct profile *profile;
	const struct call_facts *facts;
	const json_t *file;   /* of facts->files, or NULL          */
	const json_t *answer; /* result of a reply, or NULL        */
};

/* A new reference, json_null() when it comes to nothing.  NULL: FAULT_INPUT when
 * a fact is missing or has no word over there (the sentence names the field),
 * FAULT_BUG when the template itself is wrong. */
json_t *template_expand(const struct template_scope *, const json_t *node, struct error *);
/* Adds a line with {PATH}s, percent-encoded for an address when asked. */
bool template_line(const struct template_scope *, const char *line, bool percent,
                   struct bytes *out, struct error *);
/* What lies at PATH; a new reference or NULL. */
json_t *template_find(const struct template_scope *, const char *path);
