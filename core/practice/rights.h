/* SPDX-License-Identifier: Apache-2.0
 *
 * core/practice/rights.h — The accounts of a unit's officers, as one system
 * knows them.  Everybody has one, until a trainer takes it away on the control
 * port; it is kept in the system's extra.rights. */
#pragma once
#include "core/practice/door.h"

/* The reply's list for the officers asked about, in the words that
 * core/courier/rights.h reads; a new reference. */
json_t *rights_answer(const struct world_system *, const json_t *items);
/* {officer: our login or "*", state: "granted" "missing" "error", account, fields[],
 * procedures[], note}: from now on; state absent: as at the beginning. */
void rights_turn(struct world *, struct world_system *, const json_t *request);

/* POST /CODE/quyen-can-bo/kiem-tra {danhSach} → {code, message, data}: for the dialects without
 * an envelope of their own for it. */
extern const struct practice_door door_rights;
