/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/call_list.h — Citizens to be told by telephone: no gateway, or it did not reach
 * them.  Numbers are masked until a key shows one, which is recorded. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind call_list_screen;
