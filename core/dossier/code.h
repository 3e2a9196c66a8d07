/* SPDX-License-Identifier: Apache-2.0
 *
 * core/dossier/code.h — Dossier codes (mã số hồ sơ).  Ours are
 * <unit e-identifier>-YYMMDD-XXXX (TT 03/2025/TT-VPCP, Điều 13); foreign ones
 * are opaque: shape is checked loosely, meaning is never read from them. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "core/base/date.h"

#define CODE_MOST 60 /* characters of any code, foreign ones included */
#define CODE_ROOM (CODE_MOST + 1)

/* [A-Z0-9.]+ - 6 or 8 digits - 4 to 9 digits, at most 60 characters. */
bool code_plausible(const char *code);
/* What was typed or scanned, made comparable: blanks dropped, upper case.
 * False when empty, longer than CODE_MOST, or with other than [A-Z0-9.-/]. */
bool code_tidy(const char *typed, char out[CODE_ROOM]);
/* A plausible code inside something longer that was scanned: a look-up address,
 * words around it.  The first one wins. */
bool code_inside(const char *scanned, char out[CODE_ROOM]);
/* Could this, scanned whole, be a number of somebody else's?  6 to 60 of
 * [A-Za-z0-9._/-], a digit among them. */
bool code_foreign(const char *scanned);
/* "H01.999", 20/11/2026, 7 → "H01.999-261120-0007"; the sequence widens past
 * 9999.  False when the e-identifier is not [A-Z0-9.]{1,35} or seq < 1. */
bool code_make(const char *eid, day_t, int seq, char out[CODE_ROOM]);
