/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/lesson_screen.h — Bài tập: the lessons of the practice unit, how far this clerk
 * is in each; one is begun, gone on with, or put away. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind lesson_screen;
/* There are lessons here: this is a practice unit. */
bool lesson_may(const struct screen *);
