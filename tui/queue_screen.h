/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/queue_screen.h — The queue at this counter: the number it has, who waits,
 * who stands aside; one key calls the next. */
#pragma once
#include "tui/screen.h"

/* Argument: NULL, or a bool that is true: call the next number at once. */
extern const struct screen_kind queue_screen;
/* "Gọi số tiếp" from anywhere: the panel, calling. */
void queue_call_from(struct screen *);
