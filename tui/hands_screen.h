/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/hands_screen.h — Who of the unit holds what, who is away and who acts for them; work given on. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind hands_screen;
