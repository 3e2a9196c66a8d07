/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/standstill_screen.h — Power, network, database away: told, ended, and the due dates it moves. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind standstill_screen;
