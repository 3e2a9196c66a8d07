/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/blanks.h — Receipts printed beforehand: blocks of sheets, laid in and
 * printed by supervisors; what became of every sheet; the report of both. */
#pragma once
#include "core/base/bytes.h"
#include "core/store/blanks.h"
#include "tui/screen.h"

extern const struct screen_kind blanks_screen;
/* Its argument is an int64_t: the block. */
extern const struct screen_kind blank_sheets_screen;

/* "chưa dùng", "đã nhập", "đã huỷ", "báo mất". */
const char *blank_state_name(const char *state);
/* "mất điện" … */
const char *standstill_name(const char *kind);
/* All blocks as text to read or print: every sheet is in one of the columns. */
void blanks_report(const struct blank_block *, int count, struct bytes *out);
