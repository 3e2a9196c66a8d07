/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/settings_screen.h — Thiết lập đơn vị: what a supervisor may set, one line each. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind settings_screen;
