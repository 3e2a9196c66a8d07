/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/waiting_list.h — Results nobody has fetched: where they lie, how long they wait,
 * whether the citizen knows. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind waiting_list_screen;
