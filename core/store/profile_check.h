/* SPDX-License-Identifier: Apache-2.0
 *
 * core/store/profile_check.h — Looks at a system's profile before it is taken: no
 * secret in it, no member that nobody reads, maps and fields well formed.  What
 * its members mean: core/courier/profile.h, and the families' headers. */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include "core/base/error.h"

/* FAULT_INPUT names system and member.  A secret's value is repeated nowhere.
 * strict: a member that nobody knows is refused, too. */
bool profile_check(const char *code, const json_t *data, bool strict, struct error *);
