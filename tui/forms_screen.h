/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/forms_screen.h — The forms of papers that are in force or to come, ours and the
 * office's own, each shown with invented fields before anybody is given one. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind forms_screen;
