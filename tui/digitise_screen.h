/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/digitise_screen.h — Papers that lie here on paper alone, by field and age, the oldest
 * first; Enter scans one. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind digitise_screen;
