/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/accounts_screen.h — Tài khoản: clerk × system, who has which right. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind accounts_screen;
/* One account, and one clerk's own data: forms over it, supervisors only. */
extern const struct screen_kind account_edit_screen, officer_edit_screen;
