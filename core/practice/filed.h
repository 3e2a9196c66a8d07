/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/filed.h — Citizens who file online with a system of the practice world: what they
 * wrote, its files, its pages of a list; and the dial that makes them file, change their mind,
 * bring what was asked for, or write what no desk wants to read. */
#pragma once
#include "core/base/bytes.h"
#include "core/practice/world.h"

/* POST /practice/filed: {system, count: 1, person: card number, procedure, summary, agency,
 *   files: [{component, name, text | bytes: so many, base64: inside the answer, spoil: "hash" "size"
 *   "gone"}], hostile}: files so many dossiers, with the papers that the procedure requires unless
 *   told otherwise; {system, code, status | summary | files, say}: changes one of them.
 * False: nothing in it is understood. */
bool filed_turn(struct world *, struct world_system *, const json_t *request, moment_t now);
/* Is it one that the desk has not accepted? */
bool filed_waits(const json_t *kept);
/* All of it in the portal's vocabulary; a new reference. */
json_t *filed_item(const struct world_system *, const char *code, const json_t *kept);
/* The same as the ministries' platform says it. */
json_t *filed_content(const struct world_system *, const char *code, const json_t *kept);
/* A page of those with that status, in the order of their coming, with codes and moments alone; a new reference. */
json_t *filed_page(const struct world_system *, const char *status, long page, long size);
/* The bytes of a file by the id in its link; false: none. */
bool filed_file(const struct world_system *, const char *id, struct bytes *out);
