/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/booking_screen.h — Numbers booked ahead: which there are, calling one off. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind booking_screen;
