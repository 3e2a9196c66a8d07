/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/printer_form.h — A printer described at the counter and written into motcua.ini. */
#pragma once
#include "tui/screen.h"

extern const struct screen_kind printer_form_screen;
