/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/filed.h — How a dossier was filed, from the payload of its message: the member
 * "filed" {"at", "verified", "paid", "through"} of one that came in online (schema 0700).
 * At the counter and by post filing and reception are one act; of an online dossier without the
 * member nothing is known but its channel. */
#pragma once
#include <jansson.h>
#include "core/base/date.h"

struct filed {
	moment_t at;      /* MOMENT_NONE: not known                                      */
	int verified;     /* the account, by VNeID: 1, 0 or -1, not known; 0 at a counter */
	char paid[12];    /* through "portal" (the national one), "system", "" not online */
	char through[12]; /* where it was filed: the same words, "" here                  */
};
struct filed filed_of(const json_t *payload);
